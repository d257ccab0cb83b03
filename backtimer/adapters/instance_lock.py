"""One program for each data folder: the lock that it holds as long as it runs."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtCore import QLockFile

from backtimer.adapters.endpoint import LOCK_NAME
from backtimer.adapters.socket_path import socket_path, usual_paths
from backtimer.domain.errors import DataError
from backtimer.domain.words import tr


class InstanceLock:
    """The lock of a data folder, freed by the system's own means when the program is killed.

    Where the folder cannot be written, on a full disk, say, it is in the folder of the command
    line's socket; one that is held there counts also once the disk has room again.
    """

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._usual = _Lock(data_dir / LOCK_NAME)
        self._aside: _Lock | None = None

    def acquire(self) -> bool:
        """Take the lock; False while another program holds it.

        Raises DataError where it can be held nowhere.
        """
        aside = usual_paths(self._data_dir, f".{LOCK_NAME}")
        if any(each.exists() and not _is_abandoned(each) for each in aside):
            return False
        with suppress(_CannotBeWritten):
            return self._usual.take()
        try:
            return self._take_aside()
        except _CannotBeWritten as error:
            raise DataError(
                tr(
                    "The folder {path} cannot be written to. Allow writing there, or choose "
                    "another folder with --data-dir.",
                    path=self._usual.path.parent,
                )
            ) from error

    def _take_aside(self) -> bool:
        if sys.platform == "win32":
            raise _CannotBeWritten  # a pipe is in no folder
        self._aside = _Lock(Path(f"{socket_path(self._data_dir)}.{LOCK_NAME}"))
        return self._aside.take()

    def release(self) -> None:
        """Free the lock; nothing happens when it is not held."""
        self._usual.free()
        if self._aside:
            self._aside.free()


class _CannotBeWritten(Exception):
    """There can be no lock file."""


class _Lock:
    """A lock file at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = QLockFile(str(path))
        # Only the death of its holder makes a lock stale, never its age.
        self._file.setStaleLockTime(0)

    def take(self) -> bool:
        """Whether it could be taken. Raises `_CannotBeWritten`."""
        with _one_start_at_a_time(self.path.parent):
            if self._file.tryLock(0):
                return True
            if _is_abandoned(self.path) and self._file.removeStaleLockFile():
                return self._file.tryLock(0)
        if self._file.error() is QLockFile.LockError.LockFailedError:
            return False
        raise _CannotBeWritten

    def free(self) -> None:
        self._file.unlock()


@contextmanager
def _one_start_at_a_time(folder: Path) -> Iterator[None]:
    """Keep a start from removing, for a stale one, the lock that another has just made."""
    if sys.platform == "win32":
        yield  # there nobody can remove a file that is open
        return
    import fcntl

    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield  # QLockFile finds out what is wrong with the folder
        return
    try:
        with suppress(OSError):  # a file system without such locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _is_abandoned(path: Path) -> bool:
    """Whether no living program holds the lock file, whatever is written in it.

    QLockFile takes a dead program for a living one when its number now belongs to another
    `python`, and never lets go of a file that a power cut left empty. But it also holds a lock
    of the kernel, which ends with the process.
    """
    if sys.platform == "win32":
        return False
    import fcntl

    with suppress(OSError), path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
