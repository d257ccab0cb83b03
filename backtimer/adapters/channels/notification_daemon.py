"""Asks the session bus of a Linux desktop whether a notification daemon is there and answers."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backtimer.domain.words import tr

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

# One that runs answers in a millisecond. One that the bus has to start first takes longer.
ANSWER_S = 2.0
START_S = 4.0


class NoDaemon(Exception):
    """Nobody would show a notification; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A name on the session bus and the call by which it proves that it answers."""

    name: str
    path: str
    interface: str
    method: str
    arguments: tuple[str, ...] = ()


DAEMON = Service(
    name="org.freedesktop.Notifications",
    path="/org/freedesktop/Notifications",
    interface="org.freedesktop.Notifications",
    method="GetCapabilities",
)
# What plyer talks to in a Flatpak.
PORTAL = Service(
    name="org.freedesktop.portal.Desktop",
    path="/org/freedesktop/portal/desktop",
    interface="org.freedesktop.DBus.Properties",
    method="Get",
    arguments=("org.freedesktop.portal.Notification", "version"),
)


def capabilities(service: Service = DAEMON) -> frozenset[str]:
    """Return what the notification daemon can show, such as `body-markup`; blocks up to 4 s.

    Raises NoDaemon where there is none or it does not answer.
    """
    # Imported here, in the worker thread, as the first window must not wait for it.
    from jeepney.io.blocking import open_dbus_connection

    try:
        with open_dbus_connection(_bus_address()) as connection:
            answer = _ask(connection, service)
    except TimeoutError as error:
        raise NoDaemon(tr("The desktop's notification service does not answer.")) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise NoDaemon(tr("The desktop's message bus cannot be reached.")) from error
    return frozenset(answer) if service is DAEMON else frozenset()


def _bus_address() -> str:
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if address:
        return address
    # Where desktops put it, and where notify-send looks too.
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / "bus"
    if usual.is_absolute() and usual.exists():
        return f"unix:path={usual}"
    raise NoDaemon(tr("There is no desktop session that could show a notification."))


def _ask(connection: "DBusConnection", service: Service) -> list[str]:
    from jeepney import DBusAddress, MessageType, new_method_call
    from jeepney.bus_messages import message_bus

    def call(message: Any, timeout_s: float) -> Any:
        reply = connection.send_and_get_reply(message, timeout=timeout_s)
        if reply.header.message_type is MessageType.error:
            raise NoDaemon(tr("No notification service runs on this desktop."))
        return reply.body[0]

    runs = call(message_bus.NameHasOwner(service.name), ANSWER_S)
    address = DBusAddress(service.path, bus_name=service.name, interface=service.interface)
    signature = "s" * len(service.arguments) or None
    question = new_method_call(address, service.method, signature, service.arguments)
    answer = call(question, ANSWER_S if runs else START_S)
    return answer if isinstance(answer, list) else []
