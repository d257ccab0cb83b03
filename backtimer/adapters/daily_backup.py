"""A copy of the record each day, and once a day a look whether all of it is whole."""

import sqlite3
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from backtimer.adapters.backups import Reason, back_up, is_sound_record, kept
from backtimer.adapters.faults import Damaged, cannot_read
from backtimer.adapters.lineage import known, last_of, lineage_of
from backtimer.adapters.migrations import VERSIONS
from backtimer.adapters.record_file import explained, open_to_read
from backtimer.adapters.system_clock import elapsed_s
from backtimer.domain.errors import DataError
from backtimer.domain.words import tr

_DAY_S = 24 * 3600.0
_AGAIN_S = 600.0  # after a failure; a full disk is not filled twice a minute
_CLOSE_S = 2.0
_BUSY_S = 2.0


class DailyBackup(QObject):
    """Keeps a copy of the file `record` that is not older than a day.

    Signals: `failed(str)` with a sentence when no copy could be made, once until it is another
    one, and empty when it works again; `damaged()` when the record is, which is then not copied.
    """

    failed = Signal(str)
    damaged = Signal()

    def __init__(self, *, record: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._record = record
        self._work: _Work | None = None
        # On the clock that goes on in suspend. Not by the wall clock alone: it can be set back.
        self._not_before: float | None = None
        self._told = ""

    def look(self) -> None:
        """See whether a copy is due, and how the last one went. Cheap; call it every minute.

        Never raises: what goes wrong is told by `failed`.
        """
        if self._work is not None:
            if self._work.is_running():
                return
            self._take_in(self._work)
            self._work = None
        if self._sees_it_is_due():
            self._work = _Work(record=self._record)
            self._work.start()

    def close(self) -> None:
        """Stop copying; returns within two seconds."""
        if self._work is not None:
            self._work.stop()

    def _sees_it_is_due(self) -> bool:
        try:
            return self._is_due()
        except OSError as error:
            self._not_before = elapsed_s() + _AGAIN_S
            self._tell(str(cannot_read(self._record, error)))
            return False

    def _is_due(self) -> bool:
        now = elapsed_s()
        if self._not_before is None:
            self._not_before = now + _until_due(self._record)
        return now >= self._not_before and self._record.exists()

    def _take_in(self, work: "_Work") -> None:
        is_done = work.outcome is _Outcome.DONE
        self._not_before = elapsed_s() + (_DAY_S if is_done else _AGAIN_S)
        if work.outcome is _Outcome.DAMAGED:
            self.damaged.emit()
        else:
            self._tell(work.why)

    def _tell(self, why: str) -> None:
        if why != self._told:
            self._told = why
            self.failed.emit(why)


class _Outcome(Enum):
    DONE = auto()
    FAILED = auto()
    DAMAGED = auto()


@dataclass(kw_only=True, eq=False)
class _Work:
    """One look through the record and one copy, in a thread with a connection of its own."""

    record: Path
    outcome: _Outcome = _Outcome.FAILED
    why: str = ""
    _connection: sqlite3.Connection | None = None
    _thread: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        # A daemon: a disk that does not answer keeps nobody from quitting.
        thread = threading.Thread(target=self._run, name="backup", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:  # the system has no more threads; it may have one later
            self.why = tr("No copy of {path} was made: {why}.", path=self.record, why=error)
        else:
            self._thread = thread

    def is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def stop(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.interrupt()
        if self._thread is not None:
            self._thread.join(_CLOSE_S)

    def _run(self) -> None:
        try:
            with closing(self._opened()) as connection, explained(self.record):
                try:
                    self.outcome = _checked_and_copied(self.record, connection)
                finally:
                    with self._lock:
                        self._connection = None
        except Damaged:
            self.outcome = _Outcome.DAMAGED
        except DataError as error:
            self.why = str(error)

    def _opened(self) -> sqlite3.Connection:
        opened = open_to_read(self.record, busy_s=_BUSY_S, versions=VERSIONS)
        with self._lock:
            self._connection = opened
        return opened


def _checked_and_copied(record: Path, connection: sqlite3.Connection) -> _Outcome:
    if not is_sound_record(connection):
        return _Outcome.DAMAGED
    last, lineage = last_of(connection)[0], lineage_of(connection)
    copies = [known(each) for each in kept(record)]
    if last > 0 and not any(it.lineage == lineage and it.last >= last for it in copies):
        back_up(connection, record, reason=Reason.DAILY)
    return _Outcome.DONE


def _until_due(record: Path) -> float:
    """Seconds until the newest copy is a day old; 0 where there is none.

    One with a date to come, since the clock was set, does not count.
    """
    now, ages = time.time(), []
    for each in kept(record):
        with suppress(OSError):
            ages.append(now - each.stat().st_mtime)
    newest = min((age for age in ages if age >= 0), default=_DAY_S)
    return max(0.0, _DAY_S - newest)
