"""The desk without a running program: what can be told from, and added to, the files alone."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from backtimer.adapters.event_store import SqliteEventStore
from backtimer.adapters.record_reader import SqliteRecord
from backtimer.adapters.settings_file import SettingsFile
from backtimer.domain import commands as cmd
from backtimer.domain.decide import decide_settled
from backtimer.domain.episode import Episode, fold
from backtimer.domain.errors import Refused
from backtimer.domain.ports import Clock
from backtimer.domain.reboots import in_boot_of
from backtimer.domain.settings import Settings
from backtimer.domain.settle import settle
from backtimer.domain.view import View, view
from backtimer.domain.words import tr
from backtimer.paths import Folders

_PATIENCE_S = 3.0
_RETRY_S = 0.02


class OfflineDesk:
    """Answers from the files in `folders`. Only a rating of pain can be added."""

    is_running = False
    is_saved = True
    fault = ""
    cautions: tuple[str, ...] = ()

    def __init__(self, *, folders: Folders, clock: Clock) -> None:
        """Read the files. Raises `DataError` where they cannot be read."""
        self.clock = clock
        self.notes: list[str] = []  # what had to be done about the record
        self._folders = folders
        self._file = SettingsFile(folders.settings_file)
        self.settings, _ = self._file.load()
        with closing(SqliteEventStore.read(folders.record_file)) as store:
            self.episode = _open_episode(store, self.settings, clock)

    def view(self) -> View:
        """The state now, as the files tell it."""
        return view(self.episode, self.clock.now())

    def do(self, command: cmd.Command) -> View:
        """Record `command`; its events are on disk when this returns.

        What came true by time meanwhile is left to the program, which also says it.
        """
        now = self.clock.now()
        _, settled = settle(self.episode, now)
        events = decide_settled(settled, command, now)
        record = SqliteEventStore(self._folders.record_file, on_rescue=self.notes.append)
        with _alone(self._folders), closing(record) as store:
            store.append(events)
            self.episode = _open_episode(store, self.settings, self.clock)
        return self.view()

    def change(self, changed: Callable[[Settings], Settings]) -> None:
        """Save other settings. The episode follows them when the program is next started."""
        settings = changed(self.settings)
        self._file.save(settings)
        self.settings = settings

    def restore(self, file: Path, *, overwrite: bool) -> str:
        """A backup is taken over by the running program only: `import` asks for that."""
        raise NotImplementedError

    def show(self) -> None:
        """There is nothing to show without a running program."""

    def quit(self) -> None:
        """There is nothing to close without a running program."""


@contextmanager
def _alone(folders: Folders) -> Iterator[None]:
    """Nobody else writes to the folder. Raises `Refused` where somebody goes on doing so."""
    from backtimer.adapters.instance_lock import InstanceLock  # with Qt, which takes its time

    lock = InstanceLock(folders.data)
    deadline = time.monotonic() + _PATIENCE_S
    while not lock.acquire():
        if time.monotonic() > deadline:
            raise Refused(tr("Backtimer has just been started. Try that again."))
        time.sleep(_RETRY_S)
    try:
        yield
    finally:
        lock.release()


def _open_episode(
    store: SqliteRecord | SqliteEventStore, settings: Settings, clock: Clock
) -> Episode:
    return fold(settings.rules(), in_boot_of(clock.now(), store.open_episode()))


def export(folders: Folders, clock: Clock, file: Path, *, overwrite: bool) -> str:
    """Write the whole record to `file`, in the format its ending names, and say so.

    Raises `Misused` for another ending, `Refused` for a file that is there already unless
    `overwrite`, `DataError` where the record cannot be read or the file not be written.
    """
    # Here, as the other commands that work without the program do not need it.
    from backtimer.desk.exporting import check_kind, recorded, write_export

    check_kind(file)
    settings = SettingsFile(folders.settings_file).load()[0]
    histories = recorded(folders)
    return write_export(file, histories, settings, clock.now(), overwrite=overwrite)
