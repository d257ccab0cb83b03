"""Which copies are of the same record, and which of two knows more of it.

A record keeps its id as long as events are appended; with an imported one a new id begins.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from backtimer.adapters.backups import kept
from backtimer.adapters.migrations import is_record
from backtimer.adapters.migrations.v2_checksums import crc_of

_STEPS = 1_000_000  # of SQLite's, far more than a look at one row takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a file says about itself. `last`: the number of its last row, 0 where there is none.

    `lineage` is None where it does not tell: it is of the first version, or damaged.
    """

    lineage: str | None
    last: int


def known(file: Path) -> Known:
    """What the file says; it may be anything, and nobody may be writing to it."""
    lineage, last = None, 0
    with suppress(sqlite3.Error, OSError, UnicodeDecodeError), glance(file) as connection:
        last = last_of(connection)[0]
        lineage = lineage_of(connection)
    return Known(lineage=lineage, last=last)


def lineage_of(connection: sqlite3.Connection) -> str | None:
    """The id of the record behind `connection`, None for a damaged one. Raises `sqlite3.Error`."""
    row = connection.execute("SELECT id, crc FROM lineage").fetchone()
    is_whole = row and isinstance(row[0], str) and crc_of(row[:1]) == row[1]
    return row[0] if is_whole else None


def last_of(connection: sqlite3.Connection) -> tuple[int, int]:
    """Number and checksum of the last row; zeros where there is none. Raises `sqlite3.Error`."""
    row = connection.execute("SELECT seq, crc FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    if row is None:
        return 0, 0
    last, crc = row
    if not isinstance(last, int) or not isinstance(crc, int):  # the table itself is damaged
        raise sqlite3.DatabaseError(row)
    return last, crc


def lacks_end(path: Path, connection: sqlite3.Connection) -> bool:
    """Whether the newest copy of the record `path` goes on where the record ends.

    Raises `sqlite3.Error` where the record does not tell its end.
    """
    copies = kept(path)[:1]
    if not copies:
        return False
    lineage, (last, crc) = lineage_of(connection), last_of(connection)
    with suppress(sqlite3.Error, OSError, UnicodeDecodeError), glance(copies[0]) as other:
        if lineage_of(other) == lineage and last_of(other)[0] > last:
            there = other.execute("SELECT crc FROM events WHERE seq = ?", (last,)).fetchone()
            return last == 0 or bool(there == (crc,))
    return False


@contextmanager
def glance(file: Path) -> Iterator[sqlite3.Connection]:
    """A file that nobody writes to, for a few short questions. Raises `sqlite3.Error`."""
    uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.set_progress_handler(lambda: 1, _STEPS)
        if not is_record(connection):
            raise sqlite3.DatabaseError(str(file))
        yield connection
