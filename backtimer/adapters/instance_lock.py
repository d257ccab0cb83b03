"""One program for each data folder: the lock that it holds as long as it runs."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtCore import QLockFile

from backtimer.adapters.endpoint import LOCK_NAME
from backtimer.domain.errors import DataError
from backtimer.domain.words import tr


class InstanceLock:
    """The lock of a data folder, freed by the system's own means when the program is killed."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / LOCK_NAME
        self._file = QLockFile(str(self._path))
        # Only the death of its holder makes a lock stale, never its age.
        self._file.setStaleLockTime(0)

    def acquire(self) -> bool:
        """Take the lock; False while another program holds it.

        Raises DataError when the folder does not let it be written.
        """
        with _one_start_at_a_time(self._path.parent):
            if self._file.tryLock(0):
                return True
            if _is_abandoned(self._path) and self._file.removeStaleLockFile():
                return self._file.tryLock(0)
        if self._file.error() is QLockFile.LockError.LockFailedError:
            return False
        raise DataError(
            tr(
                "The folder {path} cannot be written to. Allow writing there, or choose another "
                "folder with --data-dir.",
                path=self._path.parent,
            )
        )

    def release(self) -> None:
        """Free the lock; nothing happens when it is not held."""
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
