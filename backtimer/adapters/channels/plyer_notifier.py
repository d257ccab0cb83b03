"""One blocking call of plyer's `notification.notify`, with text that survives its back ends."""

import importlib.util
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

from backtimer.adapters.channels.notification_daemon import (
    DAEMON,
    PORTAL,
    NoDaemon,
    capabilities,
)
from backtimer.domain.words import tr

APP_NAME = "backtimer"
# In UTF-16 units, less than what Windows holds; elsewhere what can still be read in a bubble.
_TITLE_UNITS = 60 if sys.platform == "win32" else 120
_BODY_UNITS = 250 if sys.platform == "win32" else 1000
# On Windows a thread waits this long and quitting waits for it. Linux: 0 means until closed.
_TIMEOUT_S = 10 if sys.platform == "win32" else 0
_ELLIPSIS = "…"
_MINUS = "\N{MINUS SIGN}"
_FLATPAK_FOLDER = Path("/app")
_FLATPAK_MARK = Path("/.flatpak-info")


class PlyerNotifier:
    """Hands a message to plyer; blocks, so use it in one thread that may wait."""

    def __init__(self, *, app_icon: Path) -> None:
        self._app_icon = app_icon
        self._notifier: Any = None

    def show(self, title: str, body: str) -> None:
        """Hand the message over and return when it was taken; may block more than a minute.

        Raises NoDaemon with a sentence, or whatever plyer raises.
        """
        title = plain(title, _TITLE_UNITS).replace("\n", " ").strip() or APP_NAME
        body = plain(body, _BODY_UNITS)
        if sys.platform == "linux":
            in_flatpak = _FLATPAK_FOLDER.is_dir() and _FLATPAK_MARK.exists()
            title, body = _for_linux(title, body, in_flatpak=in_flatpak)
            notifier = self._linux_notifier(in_flatpak=in_flatpak)
        else:
            notifier = self._plyer_notifier()
        notifier.notify(
            title=title,
            message=body,
            app_name=APP_NAME,
            app_icon=str(self._app_icon),
            timeout=_TIMEOUT_S,
        )

    def _plyer_notifier(self) -> Any:
        if sys.platform == "darwin" and importlib.util.find_spec("pyobjus") is None:
            raise NoDaemon(tr("Notifications need the package pyobjus on macOS."))
        from plyer import notification

        return notification

    def _linux_notifier(self, *, in_flatpak: bool) -> Any:
        """Return plyer's notifier; raises NoDaemon where it would have no way to notify."""
        if self._notifier is not None:
            return self._notifier
        if not in_flatpak and not _has_dbus_python() and shutil.which("notify-send") is None:
            raise NoDaemon(tr("The program notify-send is missing: install libnotify."))
        if _FLATPAK_FOLDER.is_dir() and not in_flatpak:
            # Any folder /app makes plyer talk to a portal that only a Flatpak has.
            from plyer.platforms.linux.notification import NotifySendNotification

            self._notifier = NotifySendNotification()
            return self._notifier
        with warnings.catch_warnings():
            # plyer recommends dbus-python when its stand-in is first looked at.
            warnings.simplefilter("ignore")
            from plyer import notification

            str(notification)
        self._notifier = notification
        return notification


def plain(text: str, units: int) -> str:
    """Return `text` without what a back end stumbles over, of at most `units` UTF-16 units."""
    # A lone surrogate is no character, a NUL ends an argument, other controls break markup.
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = "".join(c for c in text if c == "\n" or ord(c) >= 0xA0 or 0x20 <= ord(c) < 0x7F)
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * units:
        return text
    # A surrogate pair that was cut in two is left out.
    return encoded[: 2 * (units - 1)].decode("utf-16-le", "ignore") + _ELLIPSIS


def _for_linux(title: str, body: str, *, in_flatpak: bool) -> tuple[str, str]:
    """Return the texts as the back end wants them, once somebody is there to show them."""
    can = capabilities(PORTAL if in_flatpak else DAEMON)
    if in_flatpak:
        # plyer pastes the text between the apostrophes of a GVariant.
        return _gvariant(title), _gvariant(body)
    if "body-markup" in can:
        body = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if _has_dbus_python():
        return title, body
    # notify-send resolves backslashes in the body, and not in the title.
    return _argument(title), _argument(body).replace("\\", "\\\\")


def _gvariant(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")


def _argument(text: str) -> str:
    """Return `text` so that notify-send does not take it for an option."""
    return _MINUS + text[1:] if text.startswith("-") else text


def _has_dbus_python() -> bool:
    return importlib.util.find_spec("dbus") is not None
