"""Opens a data folder for running: lock, settings, clock, record, and the timer on them."""

import errno
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from backtimer.adapters.clocks import clock_to_run
from backtimer.adapters.endpoint import LOCK_NAME
from backtimer.adapters.event_store import SqliteEventStore
from backtimer.adapters.instance_lock import InstanceLock
from backtimer.adapters.settings_file import SettingsFile
from backtimer.domain.errors import DataError, TooNew
from backtimer.domain.ports import Clock
from backtimer.domain.settings import Settings
from backtimer.domain.words import tr
from backtimer.paths import Folders
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService

# A full disk, rights that were taken away: they may come back.
_MAY_PASS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO}

# How long a command may wait for another program that has the record locked, while all stands.
BUSY_S = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """What the command line asks for. `speed` is None except in a demo.

    `throw_away`: the folder is emptied before and after. `usual`: these are the platform's
    usual folders, not some that were named.
    """

    folders: Folders
    speed: float | None = None
    throw_away: bool = False
    usual: bool = False
    minimized: bool = False
    terminal: bool = False


def lock_of(folders: Folders) -> InstanceLock:
    """The lock of the folders, which are made if need be. Raises `DataError` for what is none.

    Where they cannot be made now, on a full disk, say, the timer goes on without them.
    """
    for folder in {folders.data, folders.config}:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            if error.errno in _MAY_PASS:
                continue  # the record says what is wrong, once it is needed
            raise DataError(
                tr(
                    "The folder {path} cannot be used: {why}. Choose another with --data-dir.",
                    path=folder,
                    why=error.strerror or error,
                )
            ) from error
    return InstanceLock(folders.data)


def start_command() -> list[str]:
    """The command that starts this program, wherever it is installed."""
    return [sys.executable, "-m", "backtimer"]


class Instance:
    """The one program of a data folder: its lock, record, clock, settings and timer.

    `notes` are sentences about files that were not as they should be.
    """

    def __init__(self, launch: Launch, lock: InstanceLock) -> None:
        """Open what `launch` names. Raises `DataError` or `Refused`."""
        self.folders = launch.folders
        self.is_usual = launch.usual
        self._throw_away = launch.throw_away
        self._lock = lock
        if launch.throw_away:
            _empty(launch.folders.data)
        self.clock: Clock = clock_to_run(
            launch.folders.data, launch.folders.record_file, launch.speed
        )
        file = SettingsFile(launch.folders.settings_file)
        settings, self.notes = _loaded(file)
        self.settings = SettingsService(store=file, settings=settings)
        self._tell = self.notes.append
        self.store = SqliteEventStore(
            launch.folders.record_file,
            busy_s=BUSY_S,
            on_rescue=self._on_rescue,
        )
        self.care = CareService(store=self.store, clock=self.clock, rules=settings.rules())

    def _on_rescue(self, sentence: str) -> None:
        self._tell(sentence)

    def on_rescue(self, listener: Callable[[str], None]) -> None:
        """From now on tell `listener`, instead of `notes`, that the record had to be rescued."""
        self._tell = listener

    def close(self) -> None:
        """Let go of the folder; a throw-away one is emptied."""
        self.care.save()
        with suppress(DataError):  # a disk that fails now keeps nobody from quitting
            self.store.close()
        if self._throw_away:
            _empty(self.folders.data)
        self._lock.release()


def _loaded(file: SettingsFile) -> tuple[Settings, list[str]]:
    """The settings, or those as they come where the file cannot be read; and what is wrong."""
    try:
        return file.mend()
    except TooNew:
        raise
    except DataError as error:
        return Settings(), [tr("{error} The settings are as they come.", error=error)]


def _empty(folder: Path) -> None:
    for each in folder.iterdir():
        if each.name == LOCK_NAME:
            continue
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        else:
            each.unlink(missing_ok=True)
