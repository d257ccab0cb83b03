"""The record on disk: the port `EventStore` on an append-only SQLite table."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from backtimer.adapters.backups import Reason, back_up
from backtimer.adapters.faults import Damaged, locked
from backtimer.adapters.migrations import VERSIONS, Migration
from backtimer.adapters.record_file import (
    carry_over,
    explained,
    open_to_read,
    open_to_write,
    transaction,
)
from backtimer.adapters.record_reader import (
    SqliteRecord,
    end,
    episodes,
    events_from,
    numbered,
    open_episode,
    part_from,
)
from backtimer.adapters.record_rows import INSERT
from backtimer.domain.errors import DataError, TooNew
from backtimer.domain.events import Event

BUSY_S = 2.0

_T = TypeVar("_T")


class SqliteEventStore:
    """The record to read and to append to: the port `EventStore`.

    Each call opens the file where it is not open, and begins one where there is none. An older
    one is brought up to date after a copy was made; a damaged one is set aside and made anew
    from what can be saved, which `on_rescue` is told in a sentence or two for the person. What
    a call could not do, the next one tries anew.
    """

    def __init__(
        self,
        path: Path,
        *,
        busy_s: float = BUSY_S,
        versions: Sequence[Migration] = VERSIONS,
        on_rescue: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Nothing is opened yet. `busy_s`: how long to wait for another program."""
        self._path = path
        self._busy_s = busy_s
        self._versions = versions
        self._on_rescue = on_rescue
        self._open: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._last = 0  # the number of the last row that is known to be on disk
        self._tried: tuple[int, tuple[Event, ...]] | None = None  # rows that may be on it

    @classmethod
    def read(
        cls, path: Path, *, busy_s: float = BUSY_S, versions: Sequence[Migration] = VERSIONS
    ) -> SqliteRecord:
        """Open the record `path` to read it, also while a program writes to it.

        Nothing is begun, brought up to date or mended; where there is no file, nor a copy
        of one, the record is empty. Raises `DataError` for one that is damaged, gone or newer,
        locked for `busy_s` seconds, or cannot be read.
        """
        return SqliteRecord(path, open_to_read(path, busy_s=busy_s, versions=versions))

    def open_episode(self) -> tuple[Event, ...]:
        """The events since the last episode ended, oldest first.

        Raises `DataError`, but not where the file can be read and only not be written.
        """
        return self._read(lambda connection: open_episode(self._path, connection))

    def episodes(self) -> tuple[tuple[Event, ...], ...]:
        """Every event there is, oldest first, one tuple an episode. Raises `DataError` as above."""
        return self._read(lambda connection: episodes(self._path, connection))

    def in_parts(self) -> Iterator[tuple[Event, ...]]:
        """Every event there is, oldest first, at most 100 at a time. Raises `DataError` as above.

        Each few are read when they are asked for; the file is free for others in between.
        """
        first = 1
        while True:
            first, events = self._read(partial(part_from, self._path, first))
            if not events:
                return
            yield events

    def append(self, events: Sequence[Event]) -> None:
        """Write all of `events` or none; they are on disk when this returns.

        Raises `DataError` when they could not be written; then all or none are in the record.
        Which one can be told from the disk only once it answers again: so the next call begins
        with the same events, and those that are there after all are not written twice.
        """
        if events:
            self._last = self._mended(lambda: self._append(events))

    def replace(self, events: Sequence[Event]) -> None:
        """Have `events`, oldest first, in place of the whole record, of which a copy is kept.

        Raises `DataError`; then the record is as it was.
        """
        from backtimer.adapters.replacing import replaced

        def replace() -> None:
            with self._using() as connection:
                back_up(connection, self._path, reason=Reason.IMPORT)
            self.close()
            replaced(self._path, numbered(events, 0, 1), self._versions, self._busy_s)

        self._mended(replace)
        self._last = len(events)

    def mend(self) -> None:
        """Set the record aside and have a sound one in its place; `on_rescue` is told.

        Raises `DataError`; then nothing has changed.
        """
        from backtimer.adapters.rescue import rescue

        self._drop()
        told = rescue(self._path, versions=self._versions, expected=self._last)
        self._last = 0
        self._on_rescue(told)

    def close(self) -> None:
        """Let go of the file, if it is open. Raises `DataError`."""
        if self._open is not None:
            connection, self._open = self._open, None
            with explained(self._path):
                connection.close()

    def _read(self, look: Callable[[sqlite3.Connection], _T]) -> _T:
        def attempt() -> _T:
            with self._using() as connection:
                return look(connection)

        try:
            return self._mended(attempt)
        except (Damaged, TooNew):
            raise
        except DataError as error:
            if not self._path.parent.is_dir():
                raise  # a disk that is not there holds a record still
            try:
                record = self.read(self._path, busy_s=0.0, versions=self._versions)
            except Damaged:
                raise error from None  # what kept it from being mended
            with closing(record), explained(self._path):
                return look(record.connection)

    def _append(self, events: Sequence[Event]) -> int:
        with self._using() as connection:
            with transaction(connection):
                last, number = end(self._path, connection)
                events = events[self._arrived(connection, events) :]
                self._tried = last + 1, tuple(events)
                connection.executemany(INSERT, numbered(events, last, number))
            self._tried = None
            carry_over(connection)
            return last + len(events)

    def _arrived(self, connection: sqlite3.Connection, events: Sequence[Event]) -> int:
        """How many of `events` a call that failed has written after all.

        A disk that fails while it is waited for may have them on it when it is back.
        """
        if self._tried is None:
            return 0
        first, tried = self._tried
        there = events_from(self._path, connection, first)
        return len(there) if there == tried == tuple(events[: len(there)]) else 0

    def _mended(self, attempt: Callable[[], _T]) -> _T:
        try:
            return attempt()
        except Damaged:
            self.mend()
            return attempt()

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        """The connection, made anew if need be, and given up where the file fails."""
        if self._open is not None and self._identity != _identity(self._path):
            self._leave(self._open)
        if self._open is None:
            self._open = open_to_write(self._path, busy_s=self._busy_s, versions=self._versions)
            self._identity = _identity(self._path)
        try:
            with explained(self._path):
                yield self._open
        except DataError:
            self._drop()
            raise

    def _leave(self, connection: sqlite3.Connection) -> None:
        """Give up a file that was moved, removed or replaced: what is written there is lost.

        With a copy of it whoever opens what is there now sees what is missing. Raises
        `DataError`, for example where the whole disk is gone; then it is kept a while longer.
        """
        back_up(connection, self._path, reason=Reason.RESCUE)
        if not carry_over(connection):
            raise locked(self._path)  # its log would be taken for that of the other file
        self._drop()
        self._last = 0

    def _drop(self) -> None:
        with suppress(DataError):
            self.close()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - twice as quick, and asked for each command
    except OSError:
        return None
    return found.st_dev, found.st_ino
