"""Where a running program is met: its lock and its endpoint file, read without Qt."""

import contextlib
import os
import sys
from pathlib import Path

LOCK_NAME = "lock"
ENDPOINT_NAME = "endpoint"
MESSAGE_BYTES = 64 * 1024


def read_endpoint(data_dir: Path) -> str | None:
    """Return the socket's path (the pipe's on Windows), or None where there is no file.

    Raises OSError when there is one that cannot be read.
    """
    try:
        text = (data_dir / ENDPOINT_NAME).read_text("utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return None
    return text.strip() or None


def is_held(data_dir: Path) -> bool:
    """Whether a living program holds the lock of `data_dir`. Raises OSError.

    Reads what QLockFile wrote, line by line: process id, program, host, machine and boot.
    """
    try:
        lines = (data_dir / LOCK_NAME).read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return False
    if len(lines) < 2 or not lines[0].isdigit():
        return False
    if sys.platform == "linux" and len(lines) > 4 and lines[4]:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        if lines[4] != boot:
            return False
    return _is_running(int(lines[0]), lines[1])


def _is_running(pid: int, program: str) -> bool:
    """Whether process `pid` lives and, where that can be known, is a `program`."""
    if sys.platform == "win32":
        return _windows_is_running(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/exe").readlink().name == program
    return True


if sys.platform == "win32":

    def _windows_is_running(pid: int) -> bool:
        import ctypes

        query, synchronize, still_waiting = 0x1000, 0x100000, 0x102
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = ctypes.c_void_p
        process = kernel.OpenProcess(query | synchronize, 0, pid)
        if not process:
            return False
        handle = ctypes.c_void_p(process)
        try:
            return bool(kernel.WaitForSingleObject(handle, 0) == still_waiting)
        finally:
            kernel.CloseHandle(handle)
