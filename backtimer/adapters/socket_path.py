"""Where the command line's socket is: a folder that only this user can open."""

import hashlib
import os
import stat
import sys
import tempfile
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
    key = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:_KEY_LENGTH]
    if sys.platform == "win32":
        return f"backtimer-{key}"
    try:
        return str(_private_folder() / key)
    except OSError as error:
        raise DataError(
            tr(
                "There is no folder for the command line's socket: {why}. Set TMPDIR to a "
                "folder that can be written to.",
                why=error.strerror or error,
            )
        ) from error


if sys.platform != "win32":

    def _private_folder() -> Path:
        """Return a folder that only this user can open. Raises OSError."""
        runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
        # With sudo it may be the folder of somebody else.
        usable = runtime.is_absolute() and runtime.is_dir() and _is_ours(runtime)
        name = f"backtimer-{os.getuid()}"
        candidates = [
            *([runtime / "backtimer"] if usable else []),
            Path(tempfile.gettempdir()) / name,
            Path("/tmp") / name,  # noqa: S108 - its owner and mode are looked at
        ]
        for folder in candidates:
            fits = len(os.fsencode(folder)) + 1 + _KEY_LENGTH <= _PATH_BYTES
            if fits and _is_private(folder):
                return folder
        # Somebody else took the usual name. The endpoint file tells the unusual one.
        return Path(tempfile.mkdtemp(prefix="backtimer-", dir="/tmp"))

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
