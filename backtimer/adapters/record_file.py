"""The record's SQLite file: how it is begun, opened to write or to read, and brought up to date."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from backtimer.adapters.backups import Reason, back_up, kept
from backtimer.adapters.faults import cannot_read, damaged_record, newer_file, of_record
from backtimer.adapters.lineage import lacks_end, lineage_of
from backtimer.adapters.migrations import Migration, is_record, migrate, version_of
from backtimer.adapters.record_draft import begin, drafted
from backtimer.adapters.record_rows import MOST_BYTES

# Opening makes a file beside the record. Where that fails: no right to, or no room.
_NOTHING_BESIDE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}

# What was acknowledged survives a power cut; on macOS that needs a word of its own.
_PRAGMAS = ("synchronous = FULL", "fullfsync = ON", "foreign_keys = ON")
# A record of a few years has less; a larger one is looked through once a day, not at the start.
_QUICKLY_CHECKED = 4 * 1024 * 1024


def open_to_write(
    path: Path, *, busy_s: float, versions: Sequence[Migration]
) -> sqlite3.Connection:
    """Open the file, which is begun where there is none, and bring it up to date.

    Before an older one changes, a copy is made. Raises `DataError`.
    """
    with explained(path):
        if not path.exists():
            _create(path, versions)
        _refuse_empty(path)
        connection = _connected(path, "mode=rw", busy_s)
        with _closed_on_error(connection):
            _refuse_strange(path, connection, versions)
            for each in _PRAGMAS:
                connection.execute(f"PRAGMA {each}")
            if version_of(connection) < len(versions):
                back_up(connection, path, reason=Reason.UPDATE)
                migrate(connection, versions)
            _refuse_damage(path, connection)
        return connection


def open_to_read(path: Path, *, busy_s: float, versions: Sequence[Migration]) -> sqlite3.Connection:
    """Open the file as it is, also while a program writes to it. Raises `DataError`.

    No file is the same as an empty record, unless something tells that there was one. One of an
    older version is read from a copy in memory that is brought up to date.
    """
    with explained(path):
        if not path.exists():
            _refuse_gone(path)
            return _in_memory(None, versions)
        _refuse_empty(path)
        connection = _readable(path, busy_s)
        with _closed_on_error(connection):
            _refuse_strange(path, connection, versions)
            if version_of(connection) == len(versions):
                return connection
            older = _in_memory(connection, versions)
        connection.close()
        return older


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what goes wrong with the file into a `DataError` with a sentence for the person."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise of_record(path, error) from error
    except OSError as error:
        raise cannot_read(path, error) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of what is written inside, or none; it is on disk at the end."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk makes SQLite roll back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def carry_over(connection: sqlite3.Connection) -> bool:
    """Have all that was written in the record's own file, and its log empty.

    Then a log that is lost loses nothing, and one that is left does no harm to another file.
    False where it has to wait for somebody who is reading; it is on disk in any case.
    """
    (wait_ms,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:  # a full disk: the next one may have room
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {wait_ms}")
    return not is_busy


def _create(path: Path, versions: Sequence[Migration]) -> None:
    _refuse_gone(path)
    with drafted(path, versions) as draft:
        begin(draft, path)


def _readable(path: Path, busy_s: float) -> sqlite3.Connection:
    # Not mode=ro: that leaves a -wal and a -shm file behind.
    connection = _connected(path, "mode=rw", busy_s)
    with _closed_on_error(connection):
        try:
            connection.execute("PRAGMA query_only = ON")
            version_of(connection)  # the first look at the file
        except sqlite3.OperationalError as error:
            wal = path.with_name(f"{path.name}-wal")
            waiting = wal.exists() and wal.stat().st_size > 0
            if waiting or error.sqlite_errorcode & 0xFF not in _NOTHING_BESIDE:
                raise
            # Then SQLite opens only what it may take as fixed.
            connection.close()
            connection = _connected(path, "immutable=1", busy_s)
    return connection


def _connected(path: Path, how: str, busy_s: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=busy_s)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
    return connection


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _in_memory(
    source: sqlite3.Connection | None, versions: Sequence[Migration]
) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    if source:
        source.backup(connection)
    migrate(connection, versions)
    return connection


def _refuse_gone(path: Path) -> None:
    """Where there was a record that somebody took away, an empty one is not the same."""
    wal = path.with_name(f"{path.name}-wal")
    if kept(path) or (wal.exists() and wal.stat().st_size):
        raise damaged_record(path)


def _refuse_empty(path: Path) -> None:
    # SQLite would remove its log. Not opened to look: closing a file gives up all of the locks
    # on it that this process has, SQLite's too.
    if path.is_file() and path.stat().st_size == 0:
        raise damaged_record(path)


def _refuse_strange(
    path: Path, connection: sqlite3.Connection, versions: Sequence[Migration]
) -> None:
    if not is_record(connection):
        raise damaged_record(path)
    if version_of(connection) > len(versions):
        raise newer_file(path)
    # A view of that name could compute without end.
    tables = "SELECT count(*) FROM sqlite_master WHERE name = 'events' AND type = 'table'"
    if connection.execute(tables).fetchone() != (1,):
        raise damaged_record(path)


def _refuse_damage(path: Path, connection: sqlite3.Connection) -> None:
    if path.stat().st_size <= _QUICKLY_CHECKED:
        ((found,),) = connection.execute("PRAGMA quick_check(1)").fetchall()
        if found != "ok":
            raise damaged_record(path)
    if lineage_of(connection) is None or lacks_end(path, connection):
        raise damaged_record(path)
