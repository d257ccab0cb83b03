"""The record on disk: the port `EventStore` on an append-only SQLite table."""

import json
import sqlite3
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from backtimer.adapters.faults import damaged_record
from backtimer.adapters.migrations import VERSIONS, Migration
from backtimer.adapters.record_file import explained, open_to_read, open_to_write, transaction
from backtimer.domain.codec import event_from_json, kind_of, moment_from_json, payload
from backtimer.domain.errors import DataError
from backtimer.domain.events import EpisodeEnded, Event

BUSY_S = 2.0

_LAST = "SELECT episode, kind FROM events ORDER BY seq DESC LIMIT 1"
_ALL = "SELECT episode, kind, wall, boot, boot_s, payload FROM events ORDER BY seq"
_OF_EPISODE = (
    "SELECT episode, kind, wall, boot, boot_s, payload FROM events WHERE episode = ? ORDER BY seq"
)
_INSERT = (
    "INSERT INTO events (episode, kind, wall, boot, boot_s, payload) VALUES (?, ?, ?, ?, ?, ?)"
)


class SqliteRecord:
    """The record to read. Close it when done."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    def open_episode(self) -> tuple[Event, ...]:
        """The events since the last episode ended, oldest first. Raises `DataError`."""
        with explained(self._path):
            rows = self._connection.execute(_OF_EPISODE, (self._open_number(),))
            return tuple(self._event(row) for row in rows)

    def episodes(self) -> tuple[tuple[Event, ...], ...]:
        """Every event there is, oldest first, one tuple an episode. Raises `DataError`."""
        with explained(self._path):
            rows = self._connection.execute(_ALL)
            return tuple(
                tuple(self._event(row) for row in of_one)
                for _, of_one in groupby(rows, itemgetter(0))
            )

    def close(self) -> None:
        """Let go of the file. Raises `DataError`."""
        with explained(self._path):
            self._connection.close()

    def _open_number(self) -> int:
        """The number of the open episode, which has no event yet after one has ended."""
        last = self._connection.execute(_LAST).fetchone()
        if last is None:
            return 1
        number, kind = last
        if not isinstance(number, int):
            raise damaged_record(self._path)
        return number + 1 if kind == EpisodeEnded.__name__ else number

    def _event(self, row: tuple[Any, ...]) -> Event:
        _, kind, wall, boot, boot_s, values = row
        try:
            at = moment_from_json({"wall": wall, "boot": boot, "boot_s": boot_s})
            return event_from_json(kind, at, json.loads(values))
        except (DataError, ValueError, TypeError, RecursionError) as error:
            raise damaged_record(self._path) from error


class SqliteEventStore(SqliteRecord):
    """The record to read and to append to: the port `EventStore`."""

    def __init__(
        self, path: Path, *, busy_s: float = BUSY_S, versions: Sequence[Migration] = VERSIONS
    ) -> None:
        """Open the record `path`, which is begun where there is none.

        An older one is brought up to date after a copy was made. Raises `DataError` for one
        that is damaged, newer, locked for `busy_s` seconds, or cannot be read or written.
        """
        super().__init__(path, open_to_write(path, busy_s=busy_s, versions=versions))

    @classmethod
    def read(
        cls, path: Path, *, busy_s: float = BUSY_S, versions: Sequence[Migration] = VERSIONS
    ) -> SqliteRecord:
        """Open the record `path` to read it, also while a program writes to it.

        Nothing is begun or brought up to date; where there is no file the record is empty.
        Raises `DataError` as opening it to write does.
        """
        return SqliteRecord(path, open_to_read(path, busy_s=busy_s, versions=versions))

    def append(self, events: Sequence[Event]) -> None:
        """Write all of `events` or none; they are on disk when this returns.

        Raises `DataError` when they could not be written; then none is in the record.
        """
        if not events:
            return
        with explained(self._path), transaction(self._connection):
            number = self._open_number()
            for event in events:
                self._connection.execute(_INSERT, _row(number, event))
                number += isinstance(event, EpisodeEnded)


def _row(number: int, event: Event) -> tuple[object, ...]:
    at = event.at
    # In ASCII: a note may hold half a surrogate pair, which has no UTF-8.
    values = json.dumps(payload(event), separators=(",", ":"))
    return (number, kind_of(event), at.wall.isoformat(), at.boot, at.boot_s, values)
