"""Whether there is a screen to show a window on."""

import os
import socket
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

# Qt's platforms that need no screen; a person who names one knows why.
_WITHOUT_SCREEN = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")
_TIMEOUT_S = 2.0


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether Qt can open a window here. Asked beforehand, since Qt aborts where it cannot."""
    if sys.platform in ("win32", "darwin"):
        return True
    if environment.get("QT_QPA_PLATFORM", "").split(":")[0] in _WITHOUT_SCREEN:
        return True
    return _has_wayland(environment) or _has_x11(environment.get("DISPLAY", ""))


def _has_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    if not name:
        return False
    return _listens(Path(environment.get("XDG_RUNTIME_DIR", "/")) / name)


def _has_x11(display: str) -> bool:
    host, _, number = display.rpartition(":")
    number = number.split(".")[0]
    if not number.isdecimal():
        return False
    if host not in ("", "unix"):
        return _answers(host, 6000 + int(number))
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X11 keeps its sockets
    # Linux also has the abstract name, which containers often see alone.
    return _listens(Path(path)) or _listens(f"\0{path}")


def _listens(address: Path | str) -> bool:
    with closing(socket.socket(socket.AF_UNIX)) as probe:
        probe.settimeout(_TIMEOUT_S)
        try:
            probe.connect(str(address))
        except OSError:
            return False
    return True


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=_TIMEOUT_S):
            return True
    except (OSError, OverflowError):
        return False
