"""Copies of the record that were read back before they count, and no more of them than needed."""

import os
import sqlite3
from contextlib import closing, suppress
from enum import StrEnum
from pathlib import Path

from backtimer.adapters.atomic import OWN_FILE, OWN_FOLDER, dated, forget_drafts, sync_folder
from backtimer.adapters.faults import cannot_write, damaged_record, of_record, unread_copy
from backtimer.adapters.record_rows import ALL_ROWS, is_whole

FOLDER_NAME = "backups"


class Reason(StrEnum):
    """Why a copy was made; each has copies of its own that stay."""

    DAILY = "daily"
    UPDATE = "update"  # before a new version of the program changes the file
    IMPORT = "import"  # before another record takes its place
    RESCUE = "rescue"  # what was saved of a damaged record


KEEP = {Reason.DAILY: 7, Reason.UPDATE: 3, Reason.IMPORT: 3, Reason.RESCUE: 3}


def back_up(connection: sqlite3.Connection, record: Path, *, reason: Reason) -> Path:
    """Copy the record behind `connection` into the folder `backups` beside the file `record`.

    Returns the copy's path. It holds the whole record and no damage; only the newest copies
    with that reason stay. Raises `DataError`; then there is no new copy.
    """
    folder = record.parent / FOLDER_NAME
    try:
        folder.mkdir(mode=OWN_FOLDER, exist_ok=True)
        forget_drafts(folder, f".{record.stem}.*.new*")
        copy = dated(folder / f"{record.stem}.{reason}{record.suffix}")
        draft = copy.with_name(f".{copy.name}.{os.getpid()}.new")
        try:
            _copy(connection, draft, record)
            draft.replace(copy)
        finally:
            with suppress(OSError):
                draft.unlink()
        sync_folder(folder)
        _forget_oldest(record, newest=copy, reason=reason)
    except sqlite3.Error as error:
        raise of_record(record, error) from error
    except OSError as error:
        raise cannot_write(folder, error) from error
    return copy


def kept(record: Path, reason: Reason | None = None) -> list[Path]:
    """The copies of `record`, newest first; only those made for `reason`, where one is given."""
    folder = record.parent / FOLDER_NAME
    found = {}
    for each in folder.glob(f"{record.stem}.{reason or ''}*{record.suffix}"):
        with suppress(OSError):  # just removed by another process
            found[each] = each.stat().st_mtime_ns
    return sorted(found, key=lambda each: found[each], reverse=True)


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds no damage anywhere in the file. Slow for a large one."""
    return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))


def is_sound_record(connection: sqlite3.Connection) -> bool:
    """Whether there is no damage anywhere, and every row is as it was written."""
    rows = connection.execute(ALL_ROWS)
    return is_sound(connection) and all(is_whole(row) for row in rows)


def _copy(connection: sqlite3.Connection, draft: Path, record: Path) -> None:
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN_FILE))
    with closing(sqlite3.connect(draft, isolation_level=None)) as target:
        connection.backup(target)
        if not _reads_back(target):
            # Damage is mended by whoever meets it: not to be mistaken for that of the record.
            raise unread_copy(draft.parent) if is_sound(connection) else damaged_record(record)
    descriptor = os.open(draft, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _reads_back(target: sqlite3.Connection) -> bool:
    try:
        return is_sound(target)
    except sqlite3.DatabaseError:
        return False


def _forget_oldest(record: Path, *, newest: Path, reason: Reason) -> None:
    # The clock may have been set back: the copy just made stays, whatever its date.
    older = [each for each in kept(record, reason) if each != newest]
    for each in older[KEEP[reason] - 1 :]:
        with suppress(OSError):
            each.unlink()
    sync_folder(newest.parent)
