"""The record's SQLite file: how it is begun, opened to write or to read, and brought up to date."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from backtimer.adapters.atomic import OWN_FILE, OWN_FOLDER, put_in_place, sync_folder
from backtimer.adapters.backups import back_up
from backtimer.adapters.faults import (
    cannot_read,
    cannot_write,
    damaged_record,
    newer_file,
    of_record,
)
from backtimer.adapters.migrations import Migration, is_record, migrate, version_of

# Opening makes a file beside the record. Where that fails: no right to, or no room.
_NOTHING_BESIDE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}


def open_to_write(
    path: Path, *, busy_s: float, versions: Sequence[Migration]
) -> sqlite3.Connection:
    """Open the file, which is begun where there is none, and bring it up to date.

    Before an older one changes, a copy is made. Raises `DataError`.
    """
    with explained(path):
        if not path.exists():
            _create(path, versions)
        connection = _connected(path, "mode=rw", busy_s)
        with _closed_on_error(connection):
            _refuse_strange(path, connection, versions)
            if version_of(connection) < len(versions):
                back_up(connection, path)
                migrate(connection, versions)
            # What was acknowledged survives a power cut; on macOS that needs a word of its own.
            for each in ("synchronous = FULL", "fullfsync = ON", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {each}")
        return connection


def open_to_read(path: Path, *, busy_s: float, versions: Sequence[Migration]) -> sqlite3.Connection:
    """Open the file as it is, also while a program writes to it. Raises `DataError`.

    No file is the same as an empty record. One of an older version is read from a copy in
    memory that is brought up to date.
    """
    with explained(path):
        if not path.exists():
            return _in_memory(None, versions)
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


def _create(path: Path, versions: Sequence[Migration]) -> None:
    # Under another name first, so that a kill leaves no record rather than half of one.
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWN_FILE))
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            # Stays with the file, so that it need not be set at each opening.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            migrate(connection, versions)
        with suppress(FileExistsError):  # another process was quicker: its file is as good
            put_in_place(draft, path)
        sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        for end in ("", "-wal", "-shm"):
            with suppress(OSError):
                draft.with_name(draft.name + end).unlink()


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
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=busy_s)


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


def _refuse_strange(
    path: Path, connection: sqlite3.Connection, versions: Sequence[Migration]
) -> None:
    if not is_record(connection):
        raise damaged_record(path)
    if version_of(connection) > len(versions):
        raise newer_file(path)
