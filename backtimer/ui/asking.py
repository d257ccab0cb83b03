"""The questions that open over the window: when was it, really quit, and the “More” menu."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from backtimer.domain.clock import DAY_S, HOUR_S, MINUTE_S, Moment
from backtimer.domain.decide import ONSET_MOST_DAYS
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Clock
from backtimer.domain.session import Application
from backtimer.domain.view import Action
from backtimer.domain.wording import when
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.ui import offers
from backtimer.ui.actions import Actions
from backtimer.ui.dialogs.ask_dialog import AskDialog
from backtimer.ui.dialogs.when_dialog import WhenDialog
from backtimer.ui.theme import Theme

_EARLIER_ONSETS = (
    (tr("1 hour ago"), HOUR_S),
    (tr("6 hours ago"), 6 * HOUR_S),
    (tr("1 day ago"), DAY_S),
    (tr("2 days ago"), 2 * DAY_S),
)
_EARLIER_REMOVALS = (
    (tr("5 min ago"), 5 * MINUTE_S),
    (tr("15 min ago"), 15 * MINUTE_S),
    (tr("30 min ago"), 30 * MINUTE_S),
)


class Asking(QObject):
    """Opens dialogs over `window` and passes the answers to `actions`.

    Signals: `across_asked()`, the “More” menu was asked for the sign that is read from afar;
    `routine_asked()`, for the routines.
    """

    across_asked = Signal()
    routine_asked = Signal()

    def __init__(
        self,
        *,
        theme: Theme,
        window: QWidget,
        care: CareService,
        actions: Actions,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._window = window
        self._care = care
        self._actions = actions
        self._clock = clock

    def ask_first_onset(self) -> None:
        """Ask when it began, then start."""
        self._ask_onset(self._actions.start)

    def ask_onset(self) -> None:
        """Ask when it really began."""
        self._ask_onset(self._actions.change_onset)

    def ask_removal(self) -> None:
        """Ask when the pack, which is on as far as is known, came off."""
        pack = self._care.episode.pack
        if pack:
            self._ask_removal(pack, self._clock.now(), self._actions.off_at)

    def ask_late_removal(self) -> None:
        """Ask when the pack that was confirmed late really came off."""
        last = self._care.episode.last_held
        if last and last.last.removed:
            self._ask_removal(last.last, last.last.removed, self._actions.explain_removal)

    def ask_pain(self) -> None:
        """Ask how the pain is, for the digit keys; once, however often it is asked for."""
        from backtimer.ui.dialogs.entry_dialog import EntryDialog

        if any(each.isVisible() for each in self._window.findChildren(EntryDialog)):
            return
        entries = self._care.episode.entries
        dialog = EntryDialog(
            self._theme, now=self._clock.now(), entries=entries, parent=self._window
        )
        dialog.accepted.connect(lambda: self._actions.write(dialog.commands))
        self._show(dialog)

    def open_more(self, button: QWidget) -> None:
        """Show what else can be done now, above `button`."""
        menu = self.more_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, 0)) - QPoint(0, menu.sizeHint().height()))

    def more_menu(self) -> QMenu:
        """What else can be done now."""
        menu = QMenu(self._window)
        view = self._care.view
        if view.phase is Phase.REMOVE:
            menu.addAction(tr("I took it off earlier…")).triggered.connect(self.ask_removal)
            self._add(menu, tr("I don’t know when it came off"), Action.LOSE_TRACK)
        if Action.STOP_SKIN in view.allowed:
            self._add(menu, tr("Burning or numb: stop"), Action.STOP_SKIN)
        if Action.SWITCH in view.allowed:
            self._add(menu, offers.switch_words(view), Action.SWITCH)
        menu.addAction(tr("It began at another time…")).triggered.connect(self.ask_onset)
        menu.addAction(tr("Change routine…")).triggered.connect(self.routine_asked)
        menu.addAction(tr("Across the room (F11)")).triggered.connect(self.across_asked)
        if Action.END in view.allowed:
            menu.addSeparator()
            menu.addAction(tr("My back is better: end this episode…")).triggered.connect(
                self._ask_end
            )
        return menu

    def ask_quit(self, quit_program: Callable[[], None]) -> None:
        """Quit, after a question where that would leave the person alone with a pack on."""
        if Action.QUIT in self._care.check().allowed:
            self._ask_if_unsaved(quit_program)
            return

        def off_and_quit() -> None:
            self._actions.perform(Action.OFF)
            self._ask_if_unsaved(quit_program)

        self._ask(
            tr("The pack is still on"),
            tr("Take it off first. When Backtimer is closed, nothing reminds you."),
            yes=tr("I took it off – quit"),
            no=tr("Go on timing"),
            act=off_and_quit,
        )

    def _ask_if_unsaved(self, quit_program: Callable[[], None]) -> None:
        if self._care.is_saved:
            quit_program()
            return
        self._ask(
            tr("Not everything is saved yet"),
            tr("{fault} What is not saved is lost when you quit now.", fault=self._care.fault),
            yes=tr("Quit anyway"),
            no=tr("Go on"),
            act=quit_program,
        )

    def ask_close(self, quit_program: Callable[[], None], minimise: Callable[[], None]) -> None:
        """Ask whether closing the only thing that can be seen is to end the timer."""
        self._ask(
            tr("Close Backtimer?"),
            tr("When it is closed, nothing reminds you of the next session."),
            yes=tr("Quit"),
            no=tr("Go on, minimised"),
            act=lambda: self.ask_quit(quit_program),
            otherwise=minimise,
        )

    def _add(self, menu: QMenu, label: str, action: Action) -> None:
        menu.addAction(label).triggered.connect(lambda: self._actions.perform(action))

    def _ask_end(self) -> None:
        self._ask(
            tr("End this episode?"),
            tr("The record stays. If it comes back, start a new one."),
            yes=tr("End it"),
            no=tr("Not yet"),
            act=lambda: self._actions.perform(Action.END),
        )

    def _ask_onset(self, take: Callable[[Moment], object]) -> None:
        now, episode = self._clock.now(), self._care.episode
        held = next((each.begun for each in episode.sessions if each.is_held), None)
        self._open(
            WhenDialog(
                self._theme,
                question=tr("When did it begin?"),
                earliest=now.after(-ONSET_MOST_DAYS * DAY_S + MINUTE_S),
                latest=held.seen_from(now) if held else now,
                likely=episode.onset.seen_from(now) if episode.onset else now,
                quick=_ago(now, _EARLIER_ONSETS),
                parent=self._window,
            ),
            take,
        )

    def _ask_removal(
        self, pack: Application, latest: Moment, take: Callable[[Moment], object]
    ) -> None:
        """Ask when `pack` came off; most likely that was when its time was up."""
        now = self._clock.now()
        latest, up = latest.seen_from(now), pack.time_up().seen_from(now)
        likely = up if up.since(latest) < 0 else latest
        on_time = tr("When time was up, {time}", time=when(up.wall, now.wall))
        self._open(
            WhenDialog(
                self._theme,
                question=tr("When did you take it off?"),
                earliest=pack.begun.seen_from(now),
                latest=latest,
                likely=likely,
                quick=((on_time, up), *_ago(now, _EARLIER_REMOVALS)),
                parent=self._window,
            ),
            take,
        )

    def _open(self, dialog: WhenDialog, take: Callable[[Moment], object]) -> None:
        dialog.accepted.connect(lambda: take(dialog.moment))
        self._show(dialog)

    def _ask(
        self,
        title: str,
        text: str,
        *,
        yes: str,
        no: str,
        act: Callable[[], None],
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        dialog = AskDialog(
            self._theme, question=title, text=text, yes=yes, no=no, parent=self._window
        )
        dialog.accepted.connect(act)
        if otherwise:
            dialog.no.clicked.connect(otherwise)
        self._show(dialog)

    def _show(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _ago(now: Moment, answers: Sequence[tuple[str, float]]) -> tuple[tuple[str, Moment], ...]:
    return tuple((words, now.after(-ago_s)) for words, ago_s in answers)
