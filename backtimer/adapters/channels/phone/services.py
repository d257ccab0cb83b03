"""The person's addresses as Apprise knows them. Blocks, and is slow to import: for a thread only.

No address, topic or password is in any text that leaves this module, nor in the log.
"""

import gc
import logging
import re
import sys
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from backtimer.adapters.channels.phone.ntfy import PUBLIC_HOST, off_button

APP_NAME = "Backtimer"
_SCHEMA = re.compile(r"([A-Za-z][A-Za-z0-9+-]{0,20}):")
_HTTP_PORT, _HTTPS_PORT = 80, 443
# Those of the person's own server that are on the web's ports unless the address says otherwise.
_WEB_SERVICES = frozenset({"gotify", "json", "form", "xml", "mmost", "ncloud", "apprise"})
# Plug-ins are loaded by the first look-up, and are shared by all threads.
_lock = threading.Lock()
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneMessage:
    """What is sent. `topic`: where the button posts to; empty where there is none."""

    title: str
    body: str
    is_urgent: bool = False
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimits:
    """What may pass, in seconds: to connect, for one try, and between the two tries."""

    connect_s: float = 4.0
    whole_s: float = 10.0
    pause_s: float = 2.0


class Service:
    """One address: a service that Apprise knows, or nothing."""

    def __init__(self, number: int, address: str, *, limits: TimeLimits) -> None:
        self.address = address
        self._limits = limits
        found = _SCHEMA.match(address)
        # By this the person finds it, and nobody else anything.
        self.name = f"{number} ({found[1].lower()})" if found else f"{number}"
        with _lock:
            self._plugin = _plugin(address)

    @property
    def is_known(self) -> bool:
        """Whether anything can be sent there."""
        return self._plugin is not None

    @property
    def answers_at(self) -> str:
        """The ntfy server that a button can post to without a password; empty where none can.

        A message shows all that its button sends, so that a password is nothing for it. On the
        public server a topic that nobody reserved is open to all.
        """
        plugin = self._plugin
        if plugin is None or not _is_ntfy(plugin):
            return ""
        if plugin.mode == "cloud":
            return f"https://{PUBLIC_HOST}"
        has_password = bool(plugin.user or plugin.password or plugin.token)
        if has_password and plugin.host.lower() != PUBLIC_HOST:
            return ""
        port = f":{plugin.port}" if plugin.port else ""
        return f"{'https' if plugin.secure else 'http'}://{plugin.host}{port}"

    @property
    def endpoint(self) -> tuple[str, int] | None:
        """Host and port of the service's server, None where they are not known."""
        plugin = self._plugin
        if plugin is None:
            return None
        if _is_ntfy(plugin) and plugin.mode == "cloud":
            return PUBLIC_HOST, _HTTPS_PORT
        fixed = getattr(type(plugin), "notify_url", None)
        if isinstance(fixed, str) and (parts := urlsplit(fixed)).hostname and "{" not in fixed:
            return parts.hostname or "", _HTTPS_PORT if parts.scheme == "https" else _HTTP_PORT
        # Elsewhere what stands in the place of the host may be a secret, not to be looked up.
        if getattr(plugin, "smtp_host", ""):
            return plugin.smtp_host, plugin.port
        if _is_ntfy(plugin) or str(plugin.protocol) in _WEB_SERVICES:
            port = plugin.port or (_HTTPS_PORT if plugin.secure else _HTTP_PORT)
            return plugin.host.strip("[]"), port
        return None

    def send(self, message: PhoneMessage) -> bool:
        """Whether the service took `message`. Blocks; may never end, if the server does not."""
        more: dict[str, Any] = {}
        if self._plugin is not None and _is_ntfy(self._plugin):
            if message.is_urgent:
                more["priority"] = "max"
            if message.topic and self.answers_at:
                more["actions"] = off_button(self.answers_at, message.topic)
        with _lock:
            # A new one each time: it keeps a pause of its own between two messages.
            plugin = _plugin(self.address, **more)
        if plugin is None:
            return False
        plugin.request_rate_per_sec = 0
        plugin.socket_connect_timeout = self._limits.connect_s
        plugin.socket_read_timeout = self._limits.whole_s
        try:
            return bool(plugin.notify(title=message.title, body=message.body, body_format="text"))
        except Exception as error:
            # Plug-ins raise what they like, and its text may hold the address.
            _log.warning("a plug-in of Apprise failed: %s", type(error).__name__)
            return False


def _plugin(address: str, **more: Any) -> Any:
    """Apprise's plug-in for `address`, None where it knows none."""
    is_first = "apprise" not in sys.modules
    if is_first:
        # Else the garbage collector would look through all that is loaded, and the window wait.
        gc.freeze()
    _quieten()
    from apprise import Apprise, AppriseAsset
    from apprise.plugins import url_to_dict

    # No picture: the phone would fetch it from somewhere.
    asset = AppriseAsset(
        app_id=APP_NAME, app_desc=APP_NAME, app_url="", image_url_mask="", image_url_logo=""
    )
    try:
        parts = url_to_dict(address)  # type: ignore[no-untyped-call]  # only some of it is typed
        plugin: Any = Apprise.instantiate(parts | more, asset=asset) if parts else None
    except Exception as error:
        _log.warning("Apprise failed at an address: %s", type(error).__name__)
        return None
    finally:
        if is_first:
            gc.freeze()
    # Apprise takes these, and then sends nothing.
    return None if plugin and _is_ntfy(plugin) and not plugin.topics else plugin


def _is_ntfy(plugin: Any) -> bool:
    return bool(plugin.secure_protocol == "ntfys")


def _quieten() -> None:
    """Have nobody's log get what these write: it is full of addresses."""
    for name in ("apprise", "requests", "urllib3"):
        log = logging.getLogger(name)
        log.propagate = False
        log.disabled = True
        if not log.handlers:
            # Else the warnings would be printed.
            log.addHandler(logging.NullHandler())
