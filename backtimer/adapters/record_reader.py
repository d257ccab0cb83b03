"""What stands in the record's table: its events, and where it ends."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path

from backtimer.adapters.faults import damaged_record
from backtimer.adapters.record_file import explained
from backtimer.adapters.record_rows import ALL_ROWS, COLUMNS, Row, event_of, row_of
from backtimer.domain.events import EpisodeEnded, Event

PART = 100  # events: read and decoded within a few milliseconds

_BACKWARDS = f"{ALL_ROWS} DESC"
_FROM = f"SELECT {COLUMNS} FROM events WHERE seq >= ? ORDER BY seq"  # noqa: S608 - fixed


class SqliteRecord:
    """The record to read. Close it when done."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self.connection = connection

    def open_episode(self) -> tuple[Event, ...]:
        """The events since the last episode ended, oldest first. Raises `DataError`."""
        with explained(self._path):
            return open_episode(self._path, self.connection)

    def episodes(self) -> tuple[tuple[Event, ...], ...]:
        """Every event there is, oldest first, one tuple an episode. Raises `DataError`."""
        with explained(self._path):
            return episodes(self._path, self.connection)

    def close(self) -> None:
        """Let go of the file. Raises `DataError`."""
        with explained(self._path):
            self.connection.close()


def open_episode(path: Path, connection: sqlite3.Connection) -> tuple[Event, ...]:
    """The events since the last episode ended, oldest first."""
    found: list[Event] = []
    number = None
    # From the end, so that the ended episodes are not looked at.
    with closing(connection.execute(_BACKWARDS)) as rows:
        for row in rows:
            event = _event(path, row)
            number = row[1] if number is None else number
            # By its number too: the row with the end of the one before may have been lost.
            if isinstance(event, EpisodeEnded) or row[1] != number:
                break
            found.append(event)
    return tuple(reversed(found))


def episodes(path: Path, connection: sqlite3.Connection) -> tuple[tuple[Event, ...], ...]:
    """Every event there is, oldest first, one tuple an episode."""
    rows = connection.execute(_FROM, (0,))
    pairs = ((row[1], _event(path, row)) for row in rows)
    return tuple(
        tuple(event for _, event in of_one) for _, of_one in groupby(pairs, lambda pair: pair[0])
    )


def end(path: Path, connection: sqlite3.Connection) -> tuple[int, int]:
    """The number of the last row, and that of the open episode."""
    row = connection.execute(f"{_BACKWARDS} LIMIT 1").fetchone()
    if row is None:
        return 0, 1
    ended = isinstance(_event(path, row), EpisodeEnded)
    return row[0], row[1] + ended


def events_from(path: Path, connection: sqlite3.Connection, first: int) -> tuple[Event, ...]:
    """The events of row `first` and those after it."""
    return tuple(_event(path, row) for row in connection.execute(_FROM, (first,)))


def part_from(
    path: Path, first: int, connection: sqlite3.Connection
) -> tuple[int, tuple[Event, ...]]:
    """The next few events from row `first` on, and the row that comes after them."""
    rows = connection.execute(f"{_FROM} LIMIT {PART}", (first,)).fetchall()
    return (rows[-1][0] + 1 if rows else first), tuple(_event(path, row) for row in rows)


def _event(path: Path, row: Row) -> Event:
    try:
        return event_of(row)
    except ValueError as error:
        raise damaged_record(path) from error


def numbered(events: Iterable[Event], last: int, episode: int) -> Iterator[Row]:
    """The rows of `events`, the first of which comes after row `last`.

    Raises ValueError for an event that could not be read again: it would look like damage.
    """
    for seq, event in enumerate(events, last + 1):
        row = row_of(seq, episode, event)
        event_of(row)
        yield row
        episode += isinstance(event, EpisodeEnded)
