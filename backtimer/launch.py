"""Opens a data folder for running: lock, settings, clock, record, and the timer on them."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from backtimer.adapters.clocks import clock_to_run
from backtimer.adapters.endpoint import LOCK_NAME
from backtimer.adapters.event_store import SqliteEventStore
from backtimer.adapters.instance_lock import InstanceLock
from backtimer.adapters.settings_file import SettingsFile
from backtimer.domain.errors import DataError
from backtimer.domain.ports import Clock
from backtimer.domain.words import tr
from backtimer.paths import Folders
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService


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
    """The lock of the folders, which are made if need be. Raises `DataError`."""
    for folder in {folders.data, folders.config}:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise DataError(
                tr(
                    "The folder {path} cannot be used: {why}. Choose another with --data-dir.",
                    path=folder,
                    why=error.strerror or error,
                )
            ) from error
    return InstanceLock(folders.data)


class Instance:
    """The one program of a data folder: its lock, record, clock, settings and timer.

    `notes` are sentences about settings that could not be taken over.
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
        settings, self.notes = file.load()
        self.settings = SettingsService(store=file, settings=settings)
        self.store = SqliteEventStore(launch.folders.record_file)
        self.care = CareService(store=self.store, clock=self.clock, rules=settings.rules())

    def close(self) -> None:
        """Let go of the folder; a throw-away one is emptied."""
        self.store.close()
        if self._throw_away:
            _empty(self.folders.data)
        self._lock.release()


def _empty(folder: Path) -> None:
    for each in folder.iterdir():
        if each.name == LOCK_NAME:
            continue
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        else:
            each.unlink(missing_ok=True)
