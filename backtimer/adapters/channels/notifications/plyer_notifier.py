"""One blocking call of plyer's `notification.notify`, with text that survives its back ends."""

import importlib.util
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

from backtimer.adapters.channels.notifications.findings import NoDaemon
from backtimer.adapters.channels.notifications.plain_text import (
    as_argument,
    as_gvariant,
    as_markup,
    plain_body,
    plain_title,
)
from backtimer.domain.words import tr

APP_NAME = "backtimer"
# On Windows a thread waits this long and quitting waits for it. Linux: 0 means until closed.
_TIMEOUT_S = 10 if sys.platform == "win32" else 0
_FLATPAK_FOLDER = Path("/app")
_FLATPAK_MARK = Path("/.flatpak-info")


class PlyerNotifier:
    """Hands a message to plyer; blocks, so use it in one thread that may wait."""

    def __init__(self, *, app_icon: Path) -> None:
        self._app_icon = app_icon
        self._notifier: Any = None

    def show(self, title: str, body: str, can: frozenset[str] = frozenset()) -> None:
        """Hand the message over and return when it was taken; may block more than a minute.

        On Linux it never fails: make sure before that somebody is there, and say in `can` what
        they can show. Raises NoDaemon with a sentence, or whatever plyer raises.
        """
        title, body = plain_title(title) or APP_NAME, plain_body(body)
        if sys.platform == "linux":
            title, body = _for_linux(title, body, can)
        self.get_ready().notify(
            title=title,
            message=body,
            app_name=APP_NAME,
            app_icon=str(self._app_icon),
            timeout=_TIMEOUT_S,
        )

    def get_ready(self) -> Any:
        """Return plyer's notifier; raises NoDaemon where it would have no way to notify."""
        if self._notifier is None:
            self._notifier = _linux_notifier() if sys.platform == "linux" else _plyer_notifier()
        return self._notifier


def is_in_flatpak() -> bool:
    """Whether plyer talks to a Flatpak's portal."""
    return _FLATPAK_FOLDER.is_dir() and _FLATPAK_MARK.exists()


def _plyer_notifier() -> Any:
    if sys.platform == "darwin" and importlib.util.find_spec("pyobjus") is None:
        why = tr("Notifications on macOS need the package pyobjus.")
        raise NoDaemon(why, tr("Install pyobjus."))
    from plyer import notification

    return notification


def _linux_notifier() -> Any:
    in_flatpak = is_in_flatpak()
    if not in_flatpak and not _has_dbus_python() and shutil.which("notify-send") is None:
        raise NoDaemon(tr("The program notify-send is missing."), tr("Install libnotify."))
    if _FLATPAK_FOLDER.is_dir() and not in_flatpak:
        # Any folder /app makes plyer talk to a portal that only a Flatpak has.
        from plyer.platforms.linux.notification import NotifySendNotification

        return NotifySendNotification()
    with warnings.catch_warnings():
        # plyer recommends dbus-python when its stand-in is first looked at.
        warnings.simplefilter("ignore")
        from plyer import notification

        str(notification)
    return notification


def _for_linux(title: str, body: str, can: frozenset[str]) -> tuple[str, str]:
    """Return the texts as the back end wants them."""
    if is_in_flatpak():
        # plyer pastes the text between the apostrophes of a GVariant.
        return as_gvariant(title), as_gvariant(body)
    if "body-markup" in can:
        body = as_markup(body)
    if _has_dbus_python():
        return title, body
    # notify-send resolves backslashes in the body, and not in the title.
    return as_argument(title), as_argument(body).replace("\\", "\\\\")


def _has_dbus_python() -> bool:
    return importlib.util.find_spec("dbus") is not None
