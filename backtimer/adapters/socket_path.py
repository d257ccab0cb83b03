"""Where the command line's socket is: a folder that only this user can open."""

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from backtimer.domain.errors import DataError
from backtimer.domain.words import tr

# A socket's path ends at 107 bytes, and Qt first makes it in a folder with a longer name.
_PATH_BYTES = 90
_KEY_LENGTH = 16


def socket_path(data_dir: Path) -> str:
    """Return the path of the socket for `data_dir` (on Windows a pipe's name). Raises DataError.

    The folder that it is in was made if need be.
    """
    if sys.platform == "win32":
        return _pipe_name(data_dir)
    try:
        return str(_private_folder() / _key(data_dir))
    except OSError as error:
        raise DataError(
            tr(
                "There is no folder for the command line's socket: {why}. Set TMPDIR to a "
                "folder that can be written to.",
                why=error.strerror or error,
            )
        ) from error


def socket_there(data_dir: Path) -> str | None:
    """Return the path of the socket for `data_dir` where there is one in a usual place."""
    if sys.platform == "win32":
        return _pipe_name(data_dir)
    return next((str(each) for each in usual_paths(data_dir) if each.exists()), None)


def usual_paths(data_dir: Path, suffix: str = "") -> Iterator[Path]:
    """Yield where a program on `data_dir` may have its socket, or what is named after it."""
    if sys.platform != "win32":
        name = _key(data_dir)
        yield from (each / f"{name}{suffix}" for each in _usual_folders())


def _key(data_dir: Path) -> str:
    return hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:_KEY_LENGTH]


def _pipe_name(data_dir: Path) -> str:
    return f"backtimer-{_key(data_dir)}"


if sys.platform != "win32":

    def _private_folder() -> Path:
        """Return a folder that only this user can open. Raises OSError."""
        for folder in _usual_folders():
            fits = len(os.fsencode(folder)) + 1 + _KEY_LENGTH <= _PATH_BYTES
            if fits and _is_private(folder):
                return folder
        # Somebody else took the usual name. The endpoint file tells the unusual one.
        return Path(tempfile.mkdtemp(prefix="backtimer-", dir="/tmp"))

    def _usual_folders() -> Iterator[Path]:
        runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
        # With sudo it may be the folder of somebody else.
        if runtime.is_absolute() and runtime.is_dir() and _is_ours(runtime):
            yield runtime / "backtimer"
        name = f"backtimer-{os.getuid()}"
        yield Path(tempfile.gettempdir()) / name
        yield Path("/tmp") / name  # noqa: S108 - its owner and mode are looked at

    def _is_private(folder: Path) -> bool:
        """Make `folder` if need be; whether it is one that only we can open."""
        with suppress(OSError):
            folder.mkdir(mode=0o700)
        with suppress(OSError):
            found = folder.lstat()
            is_closed = stat.S_IMODE(found.st_mode) & 0o077 == 0
            return stat.S_ISDIR(found.st_mode) and _is_ours(folder) and is_closed
        return False

    def _is_ours(folder: Path) -> bool:
        return folder.stat().st_uid == os.getuid()

else:

    def _private_folder() -> Path:
        raise AssertionError("a named pipe is in no folder")

    def _usual_folders() -> Iterator[Path]:
        raise AssertionError("a named pipe is in no folder")
