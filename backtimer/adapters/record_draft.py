"""A whole new record under another name, which then takes the place of the one there is."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from backtimer.adapters.atomic import (
    OWN_FILE,
    OWN_FOLDER,
    forget_drafts,
    put_in_place,
    sync_folder,
)
from backtimer.adapters.backups import Reason, back_up, is_sound_record
from backtimer.adapters.faults import Damaged, cannot_write, of_record, unread_copy
from backtimer.adapters.migrations import Migration, migrate
from backtimer.adapters.migrations.v2_checksums import crc_of
from backtimer.adapters.record_rows import INSERT, MOST_BYTES, Row

COMPANIONS = ("-wal", "-shm")


@contextmanager
def drafted(path: Path, versions: Sequence[Migration]) -> Iterator[Path]:
    """A new and empty record beside `path`, which is gone afterwards unless it was put in place.

    Raises `DataError`.
    """
    # Under another name first, so that a kill leaves no record rather than half of one.
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        forget_drafts(path.parent, f".{path.name}.*.new*")
        _remove(draft)
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN_FILE))
        with opened_draft(draft) as connection:
            # Stays with the file, so that it need not be set at each opening.
            connection.execute("PRAGMA journal_mode = WAL")
            migrate(connection, versions)
        yield draft
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with suppress(OSError):
            _remove(draft)


@contextmanager
def opened_draft(draft: Path) -> Iterator[sqlite3.Connection]:
    """The draft, to write into; it is on disk and one file afterwards.

    Raises a `DataError` that is not `Damaged` where it cannot be read back.
    """
    with (
        its_own_damage(draft),
        closing(sqlite3.connect(draft, isolation_level=None)) as connection,
    ):
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
        connection.execute("PRAGMA page_size = 4096")  # what salvage.py relies on
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")
        yield connection


@contextmanager
def its_own_damage(draft: Path) -> Iterator[None]:
    """Keep damage of `draft` from being taken for damage of the record, which would be mended."""
    try:
        yield
    except Damaged as error:
        raise unread_copy(draft.parent) from error
    except sqlite3.Error as error:
        if isinstance(of_record(draft, error), Damaged):
            raise unread_copy(draft.parent) from error
        raise


def fill(draft: Path, rows: Iterable[Row], lineage: str | None = None) -> None:
    """Put `rows` into `draft`; `lineage` is its id from now on, where one is given."""
    with opened_draft(draft) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(INSERT, rows)
        if lineage is not None:
            sealed = (lineage, crc_of((lineage,)))
            connection.execute("UPDATE lineage SET id = ?, crc = ?", sealed)
        connection.execute("COMMIT")


def keep(draft: Path, path: Path, *, reason: Reason) -> None:
    """Have a copy of `draft` among those of the record `path`. Raises `DataError` for a bad one."""
    with opened_draft(draft) as connection:
        if not is_sound_record(connection):
            raise unread_copy(draft.parent)
        back_up(connection, path, reason=reason)


def begin(draft: Path, path: Path) -> None:
    """Make `draft` the record `path`, where there is none yet. Raises OSError."""
    with suppress(FileExistsError):  # another process was quicker: its file is as good
        put_in_place(draft, path)
    sync_folder(path.parent)


def take_place(draft: Path, path: Path) -> None:
    """Make `draft` the record `path`, whatever that was. Raises OSError.

    A log of the old one would be taken for the new one's, so it goes first: all that matters
    in it has to be in a copy already.
    """
    for end in COMPANIONS:
        path.with_name(path.name + end).unlink(missing_ok=True)
    sync_folder(path.parent)
    draft.replace(path)
    sync_folder(path.parent)


def _remove(draft: Path) -> None:
    for end in ("", *COMPANIONS):
        draft.with_name(draft.name + end).unlink(missing_ok=True)
