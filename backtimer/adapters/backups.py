"""Copies of the record that were read back before they count, and no more of them than needed."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from backtimer.adapters.atomic import OWN_FILE, OWN_FOLDER, dated, sync_folder
from backtimer.adapters.faults import cannot_write, damaged_record, of_record

FOLDER_NAME = "backups"
KEEP = 5


def back_up(connection: sqlite3.Connection, record: Path, *, keep: int = KEEP) -> Path:
    """Copy the record behind `connection` into the folder `backups` beside the file `record`.

    Returns the copy's path. It holds the whole record and no damage; only the newest `keep`
    copies stay. Raises `DataError`; then there is no new copy.
    """
    folder = record.parent / FOLDER_NAME
    try:
        folder.mkdir(mode=OWN_FOLDER, exist_ok=True)
        copy = dated(folder / record.name)
        draft = copy.with_name(f".{copy.name}.{os.getpid()}.new")
        try:
            _copy(connection, draft)
            draft.replace(copy)
        finally:
            with suppress(OSError):
                draft.unlink()
        sync_folder(folder)
        _forget_oldest(folder, record, newest=copy, keep=keep)
    except sqlite3.Error as error:
        raise of_record(record, error) from error
    except OSError as error:
        raise cannot_write(folder, error) from error
    return copy


def kept(record: Path) -> list[Path]:
    """The copies of `record`, newest first."""
    folder = record.parent / FOLDER_NAME
    copies = folder.glob(f"{record.stem}.*{record.suffix}")
    return sorted(copies, key=lambda each: each.stat().st_mtime_ns, reverse=True)


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds no damage anywhere in the file. Slow for a large one."""
    return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))


def _copy(connection: sqlite3.Connection, draft: Path) -> None:
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN_FILE))
    with closing(sqlite3.connect(draft, isolation_level=None)) as target:
        connection.backup(target)
        if not is_sound(target):
            raise damaged_record(draft)
    descriptor = os.open(draft, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget_oldest(folder: Path, record: Path, *, newest: Path, keep: int) -> None:
    # The clock may have been set back: the copy just made stays, whatever its date.
    older = [each for each in kept(record) if each != newest]
    for each in older[max(0, keep - 1) :]:
        with suppress(OSError):
            each.unlink()
    sync_folder(folder)
