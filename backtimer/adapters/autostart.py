"""Starting with the desktop session: the entry that tells the desktop to do so."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from backtimer.adapters.atomic import write_atomically
from backtimer.domain.errors import BacktimerError
from backtimer.domain.words import tr

_NAME = "backtimer"
_LABEL = "io.github.backtimer"
_OPTION = "--minimized"
_ON_TRUE, _ON_FALSE = "true", "false"


class AutostartError(BacktimerError):
    """The desktop's list of programs to start could not be read or written."""


def is_enabled() -> bool:
    """Whether the program starts with the session. Raises AutostartError."""
    try:
        if sys.platform == "win32":
            return _windows_is_enabled()
        if sys.platform == "darwin":
            return _launch_agent().exists()
        return _desktop_entry_is_enabled(_desktop_entry())
    except OSError as error:
        raise AutostartError(_sentence(error)) from error


def set_autostart(*, enabled: bool, command: Sequence[str]) -> None:
    """Have the session start `command --minimized`, or no longer. Raises AutostartError.

    `command` is the program and its arguments, the program as an absolute path.
    """
    words = [*command, *([] if _OPTION in command else [_OPTION])]
    try:
        if sys.platform == "win32":
            _windows_set(words if enabled else None)
        elif sys.platform == "darwin":
            _set_file(_launch_agent(), _launch_agent_plist(words) if enabled else None)
        else:
            _set_file(_desktop_entry(), _desktop_entry_text(words) if enabled else None)
    except OSError as error:
        raise AutostartError(_sentence(error)) from error


def _sentence(error: OSError) -> str:
    return tr(
        "Starting with the desktop could not be changed: {why} ({path}). "
        "Allow writing there, or add backtimer to the desktop's autostart programs by hand.",
        why=error.strerror or error,
        path=error.filename2 or error.filename or "?",
    )


def _set_file(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, content)


def _desktop_entry() -> Path:
    configured = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    # The specification says to ignore a relative path.
    folder = configured if configured.is_absolute() else Path.home() / ".config"
    return folder / "autostart" / f"{_NAME}.desktop"


def _desktop_entry_text(words: Sequence[str]) -> bytes:
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Backtimer",
        "Comment=" + tr("Times ice and heat for a sore back"),
        "Exec=" + " ".join(map(_exec_word, words)),
        f"Icon={_NAME}",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    ]
    return ("\n".join(lines) + "\n").encode()


def _exec_word(word: str) -> str:
    """Return `word` as one argument in an Exec line: quoted, then escaped as a string value."""
    for character in '\\"`$':
        word = word.replace(character, "\\" + character)
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'


def _desktop_entry_is_enabled(path: Path) -> bool:
    """Whether the entry is there and neither it nor the desktop's settings turned it off."""
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return False
    pairs = [line.split("=", 1) for line in lines if "=" in line]
    entry = {key.strip(): value.strip() for key, value in pairs}
    return (
        entry.get("Hidden", _ON_FALSE) != _ON_TRUE
        and entry.get("X-GNOME-Autostart-enabled", _ON_TRUE) != _ON_FALSE
    )


def _launch_agent() -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{_LABEL}.plist"


def _launch_agent_plist(words: Sequence[str]) -> bytes:
    import plistlib

    return plistlib.dumps({"Label": _LABEL, "ProgramArguments": list(words), "RunAtLoad": True})


if sys.platform == "win32":
    import winreg

    _RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"

    def _windows_is_enabled() -> bool:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
                winreg.QueryValueEx(key, _NAME)
        except FileNotFoundError:
            return False
        return True

    def _windows_set(words: Sequence[str] | None) -> None:
        import subprocess

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN) as key:
            if words is not None:
                line = subprocess.list2cmdline(words)
                winreg.SetValueEx(key, _NAME, 0, winreg.REG_SZ, line)
                return
            try:
                winreg.DeleteValue(key, _NAME)
            except FileNotFoundError:
                return
