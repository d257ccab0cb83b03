"""What a fault of the disk means for the person: one sentence with what to do."""

import errno
import os
import sqlite3
from pathlib import Path

from backtimer.domain.errors import DataError, TooNew
from backtimer.domain.words import tr

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_ROOM_TO_OPEN = 64 * 1024
_PRIMARY = 0xFF  # the low byte of SQLite's extended result codes
_DAMAGE = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_ERROR,  # its tables are not ours
    sqlite3.SQLITE_SCHEMA,
    sqlite3.SQLITE_TOOBIG,
    sqlite3.SQLITE_CONSTRAINT,  # rows are not where they should be
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_RANGE,
    sqlite3.SQLITE_INTERRUPT,  # it would never end
}


class Damaged(DataError):
    """A record that is none, or holds something that it should not. It can be mended."""


def cannot_read(path: Path, error: OSError) -> DataError:
    """The fault that kept `path` from being read."""
    if error.errno in _FORBIDDEN:
        return _unreadable(path)
    return DataError(tr("{path} could not be read: {why}.", path=path, why=_why(error)))


def cannot_write(path: Path, error: OSError) -> DataError:
    """The fault that kept `path` from being written."""
    if error.errno in _FULL:
        return _full(path)
    if error.errno in _FORBIDDEN:
        return _unwritable(path)
    if error.errno == errno.ENOENT:
        # Folders such as /proc are there and take no file: they say the same.
        is_there = Path(os.path.realpath(path)).parent.is_dir()
        return _takes_nothing(path) if is_there else _no_folder(path)
    return DataError(tr("{path} could not be written: {why}.", path=path, why=_why(error)))


def of_record(path: Path, error: sqlite3.Error | UnicodeDecodeError) -> DataError:
    """The fault that SQLite met with the record `path`.

    Raises `error` itself when it is none of the outside world but a bug of this program.
    """
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        raise error
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & _PRIMARY:
        case code if code in _DAMAGE:
            return damaged_record(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return locked(path)
        case sqlite3.SQLITE_FULL:
            return _full(path)
        case sqlite3.SQLITE_IOERR if _has_no_room(path):
            return _full(path)  # no room for the file beside it that opening needs
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return _unwritable(path)
        case sqlite3.SQLITE_CANTOPEN:
            return _unopened(path)
        case _:
            # SQLITE_IOERR, and whatever else only the system can explain.
            return DataError(
                tr("The disk failed at {path}: {why}. Check the disk.", path=path, why=error)
            )


def damaged_record(path: Path) -> Damaged:
    """The record at `path` is none, or is damaged."""
    return Damaged(
        tr(
            "{path} is damaged, or is no record of Backtimer. Start Backtimer: it sets the file "
            "aside and takes the newest copy.",
            path=path,
        )
    )


def unread_copy(folder: Path) -> DataError:
    """What was written into `folder` beside a record is not there: the record itself is sound."""
    return DataError(
        tr(
            "A copy of your record in {folder} could not be read back. Check the disk.",
            folder=folder,
        )
    )


def locked(path: Path) -> DataError:
    """Another program keeps the record at `path` to itself."""
    return DataError(tr("Another program has {path} locked. Close it, then try again.", path=path))


def newer_file(path: Path) -> TooNew:
    """The file at `path` was written by a later version of this program."""
    return TooNew(
        tr(
            "{path} was written by a newer Backtimer. Use that version, or choose another "
            "folder with --data-dir.",
            path=path,
        )
    )


def _unopened(path: Path) -> DataError:
    if not path.parent.is_dir():
        return _no_folder(path)
    return _unreadable(path)


def _unreadable(path: Path) -> DataError:
    return DataError(
        tr("{path} may not be opened. Ask for the right to read and write it.", path=path)
    )


def _unwritable(path: Path) -> DataError:
    return DataError(
        tr("{path} may not be written. Ask for the right to write in that folder.", path=path)
    )


def _full(path: Path) -> DataError:
    return DataError(
        tr("The disk is full: {path} could not be written. Make some room on it.", path=path)
    )


def _no_folder(path: Path) -> DataError:
    return DataError(tr("There is no folder {folder}. Create it first.", folder=path.parent))


def _takes_nothing(path: Path) -> DataError:
    return DataError(
        tr("Nothing can be written in {folder}. Choose another folder.", folder=path.parent)
    )


def _has_no_room(path: Path) -> bool:
    import shutil  # slow to import, and seldom needed

    try:
        return shutil.disk_usage(path.parent).free < _ROOM_TO_OPEN
    except OSError:
        return False


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
