"""Writing into the diary by hand: what opens for a new entry, and for a line of the table."""

from PySide6.QtWidgets import QDialog, QWidget

from backtimer.domain import commands as cmd
from backtimer.domain.amend import amend
from backtimer.domain.diary import Entry
from backtimer.domain.journal_lines import Line
from backtimer.domain.ports import Clock
from backtimer.domain.session import Session
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.ui.journal.reading import Reading
from backtimer.ui.journal.writing import Writing
from backtimer.ui.theme import Theme


class Editing:
    """Asks in a dialog over `over`, and has `writing` write the answer."""

    def __init__(
        self,
        theme: Theme,
        *,
        care: CareService,
        clock: Clock,
        reading: Reading,
        writing: Writing,
        over: QWidget,
    ) -> None:
        self._theme = theme
        self._care = care
        self._clock = clock
        self._reading = reading
        self._writing = writing
        self._over = over

    def add(self) -> None:
        """Ask for a new entry."""
        from backtimer.ui.dialogs.entry_dialog import EntryDialog

        dialog = EntryDialog(
            self._theme,
            now=self._clock.now(),
            entries=self._care.episode.entries,
            parent=self._over.window(),
        )
        dialog.accepted.connect(lambda: self._writing.add(dialog.commands))
        _open(dialog)

    def edit(self, line: Line) -> None:
        """Ask how `line` is to read; one that was taken back counts again."""
        if line.is_withdrawn:
            self._writing.restore(line.about)
        elif isinstance(line.about, Entry):
            self._edit_entry(line.about)
        elif line.about.is_over and line.about.is_held:
            self._edit_session(line.about)
        elif line.about.is_over:
            self._writing.refused.emit(
                tr("It did not take place. To have it not counted, press Delete.")
            )
        else:
            self._writing.refused.emit(tr("This session is not over yet. Take it off first."))

    def withdraw(self, line: Line) -> None:
        """Have `line` count no more."""
        self._writing.withdraw(line.about)

    def _edit_entry(self, entry: Entry) -> None:
        from backtimer.ui.dialogs.entry_dialog import EntryDialog

        dialog = EntryDialog(
            self._theme, now=self._clock.now(), entry=entry, parent=self._over.window()
        )

        def correct() -> None:
            for each in dialog.commands:
                if isinstance(each, cmd.CorrectEntry):
                    self._writing.correct_entry(entry, each)

        dialog.accepted.connect(correct)
        _open(dialog)

    def _edit_session(self, session: Session) -> None:
        from backtimer.ui.dialogs.session_dialog import SessionDialog

        is_other = False

        def check(command: cmd.CorrectSession) -> None:
            nonlocal is_other
            now = self._clock.now()
            episode, until = self._reading.told_with(command.of) or (self._care.episode, now)
            is_other = bool(amend(episode, command, now, until=until))

        def correct() -> None:
            # What reads as before is no correction: nothing is said, and nothing to undo.
            if is_other:
                self._writing.correct_session(session, dialog.command)

        dialog = SessionDialog(self._theme, session, check=check, parent=self._over.window())
        dialog.accepted.connect(correct)
        _open(dialog)


def _open(dialog: QDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
