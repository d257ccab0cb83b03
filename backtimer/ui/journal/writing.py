"""What the journal writes into the diary, and how it is undone."""

from PySide6.QtCore import QObject, Signal

from backtimer.domain import commands as cmd
from backtimer.domain.diary import Entry
from backtimer.domain.errors import BacktimerError
from backtimer.domain.words import tr
from backtimer.services.care import CareService


class DiaryWriting(QObject):
    """Each method does one thing that `undo` takes back, the last one first.

    Signals: `written(str)`, what was done, empty where nothing can be undone any more;
    `refused(str)`, why it was not.
    """

    written = Signal(str)
    refused = Signal(str)

    def __init__(self, care: CareService) -> None:
        super().__init__()
        self._care = care
        self._undoing: list[tuple[cmd.Command, ...]] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._undoing)

    def add(self, commands: tuple[cmd.Command, ...]) -> bool:
        """Write entries; whether that was possible."""
        before = len(self._care.episode.entries)
        done = all(self._do(each) for each in commands)
        added = self._care.episode.entries[before:]
        self._keep(
            tuple(cmd.WithdrawEntry(of=each.at.wall) for each in reversed(added)), tr("Added.")
        )
        return done

    def correct(self, entry: Entry, command: cmd.CorrectEntry) -> bool:
        """Have `entry` read otherwise; whether that was possible."""
        if (entry.text, entry.number) == (command.text, command.number):
            return True
        undo = cmd.CorrectEntry(of=command.of, text=entry.text, number=entry.number)
        return self._do(command) and self._keep((undo,), tr("Corrected."))

    def withdraw(self, entry: Entry) -> bool:
        """Have `entry` count no more; whether that was possible."""
        of = entry.at.wall
        undo = cmd.RestoreEntry(of=of)
        return self._do(cmd.WithdrawEntry(of=of)) and self._keep((undo,), tr("Taken back."))

    def restore(self, entry: Entry) -> bool:
        """Have it count again; whether that was possible."""
        of = entry.at.wall
        undo = cmd.WithdrawEntry(of=of)
        return self._do(cmd.RestoreEntry(of=of)) and self._keep((undo,), tr("It counts again."))

    def undo(self) -> None:
        """Take the last thing back."""
        if self._undoing and all(self._do(each) for each in self._undoing.pop()):
            self.written.emit("")

    def _keep(self, undo: tuple[cmd.Command, ...], done: str) -> bool:
        if undo:
            self._undoing.append(undo)
            self.written.emit(done)
        return True

    def _do(self, command: cmd.Command) -> bool:
        try:
            self._care.do(command)
        except BacktimerError as error:
            self.refused.emit(str(error))
            return False
        return True
