"""What the journal writes into the diary, and how it is undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from backtimer.domain import commands as cmd
from backtimer.domain.clock import Moment
from backtimer.domain.diary import Entry
from backtimer.domain.episode import Episode
from backtimer.domain.errors import BacktimerError
from backtimer.domain.session import Session
from backtimer.domain.words import tr
from backtimer.services.care import CareService

Told = tuple[Episode, Moment]


class Writing(QObject):
    """Each method does one thing that `undo` takes back, the last one first.

    `told_with(of)` is the ended episode, and when it ended, in which there is something on
    record for the wall time `of`; None where that is the open one.

    Signals: `written(str)`, what was done; `undone()`, the last thing was taken back;
    `refused(str)`, why it was not done.
    """

    written = Signal(str)
    undone = Signal()
    refused = Signal(str)

    def __init__(self, care: CareService, *, told_with: Callable[[datetime], Told | None]) -> None:
        super().__init__()
        self._care = care
        self._told_with = told_with
        self._undoing: list[tuple[cmd.Command, ...]] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._undoing)

    def add(self, commands: tuple[cmd.Command, ...]) -> bool:
        """Write entries; whether that was possible."""
        before = {each.of for each in self._care.episode.entries}
        done = all(self._do(each) for each in commands)
        added = [each.of for each in self._care.episode.entries if each.of not in before]
        self._keep(tuple(cmd.WithdrawEntry(of=of) for of in reversed(added)), tr("Added."))
        return done

    def correct_entry(self, entry: Entry, command: cmd.CorrectEntry) -> bool:
        """Have `entry` read otherwise; whether that was possible."""
        if (entry.text, entry.number) == (command.text, command.number):
            return True
        undo = cmd.CorrectEntry(of=command.of, text=entry.text, number=entry.number)
        return self._do(command) and self._keep((undo,), tr("Corrected."))

    def correct_session(self, session: Session, command: cmd.CorrectSession) -> bool:
        """Have `session` be at other times; whether that was possible."""
        last = session.last
        undo = replace(
            command,
            begun=session.begun.wall,
            removed=last.removed.wall if last.removed else None,
            how=last.how or command.how,
        )
        return self._do(command) and self._keep((undo,), tr("Corrected."))

    def withdraw(self, about: Entry | Session) -> bool:
        """Have it count no more; whether that was possible."""
        undo = restoring(about)
        return self._do(withdrawing(about)) and self._keep((undo,), tr("Taken back."))

    def restore(self, about: Entry | Session) -> bool:
        """Have it count again; whether that was possible."""
        undo = withdrawing(about)
        return self._do(restoring(about)) and self._keep((undo,), tr("It counts again."))

    def undo(self) -> None:
        """Take the last thing back."""
        if self._undoing and all(self._do(each) for each in self._undoing.pop()):
            self.undone.emit()

    def _keep(self, undo: tuple[cmd.Command, ...], done: str) -> bool:
        if undo:
            self._undoing.append(undo)
            self.written.emit(done)
        return True

    def _do(self, command: cmd.Command) -> bool:
        told = self._told_with(command.of) if isinstance(command, cmd.Correct) else None
        try:
            if told and isinstance(command, cmd.Correct):
                self._care.amend(*told, command)
            else:
                self._care.do(command)
        except BacktimerError as error:
            self.refused.emit(str(error))
            return False
        return True


def withdrawing(about: Entry | Session) -> cmd.Correct:
    """What takes `about` back."""
    if isinstance(about, Session):
        return cmd.WithdrawSession(of=about.of)
    return cmd.WithdrawEntry(of=about.of)


def restoring(about: Entry | Session) -> cmd.Correct:
    """What has `about` count again."""
    if isinstance(about, Session):
        return cmd.RestoreSession(of=about.of)
    return cmd.RestoreEntry(of=about.of)
