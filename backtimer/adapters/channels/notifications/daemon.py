"""Asks the session bus of a Linux desktop whether a notification daemon is there and answers."""

from dataclasses import dataclass

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus

from backtimer.adapters.bus_link import BusLost, session_bus
from backtimer.adapters.channels.notifications.findings import NoDaemon, no_answer
from backtimer.adapters.channels.notifications.session_bus import NoAnswer, SessionBus
from backtimer.domain.words import tr

# One that runs answers in a millisecond. One that the bus has to start first takes longer.
ANSWER_S = 2.0
START_S = 4.0


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Daemon:
    """Who answers now: `owner` is its connection, `can` what it shows, such as `body-markup`."""

    owner: str
    can: frozenset[str]


def find_daemon(bus: SessionBus, service: Service = DAEMON) -> Daemon:
    """Who shows notifications; blocks for 4 s at most.

    Raises NoDaemon where there is nobody or they do not answer.
    """
    try:
        answer = _ask(bus, service)
    except NoAnswer as error:
        raise NoDaemon(no_answer(), tr("Sign out of the desktop and in again.")) from error
    except BusLost as error:
        raise _no_bus() from error
    if answer.header.message_type is MessageType.error:
        raise NoDaemon(
            tr("No notification service runs on this desktop."),
            tr("Install one that your desktop starts, such as dunst."),
        )
    found = answer.body[0] if answer.body and service is DAEMON else ()
    return Daemon(owner=sender(answer), can=frozenset(found))


def sender(message: Message) -> str:
    """The connection that sent `message`."""
    return str(message.header.fields.get(HeaderFields.sender, ""))


def _no_bus() -> NoDaemon:
    if session_bus():
        why = tr("The desktop’s message bus cannot be reached.")
        return NoDaemon(why, tr("Sign out of the desktop and in again."))
    return NoDaemon(
        tr("There is no desktop session that could show a notification."),
        tr("Start Backtimer from within your desktop."),
    )


def _ask(bus: SessionBus, service: Service) -> Message:
    runs = bus.call(message_bus.NameHasOwner(service.name), ANSWER_S).body == (True,)
    address = DBusAddress(service.path, bus_name=service.name, interface=service.interface)
    signature = "s" * len(service.arguments) or None
    question = new_method_call(address, service.method, signature, service.arguments)
    return bus.call(question, ANSWER_S if runs else START_S)
