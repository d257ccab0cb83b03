"""One program for each data folder: the lock that it holds as long as it runs."""

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
        if self._file.tryLock(0):
            return True
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
