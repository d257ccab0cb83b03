"""A tray for programs to put their icon into: the D-Bus part of a panel, without a picture.

`python -m benchmarks.tray_host` prints a line once it stands. Like a panel it fetches the whole
icon when it appears, and its picture each time it says that there is a new one.
"""

import os
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
ITEM_PATH = "/StatusNotifierItem"
PROPERTIES = "org.freedesktop.DBus.Properties"


class TrayHost:
    """Answers programs on the session bus until it is ended."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self._items: list[str] = []

    def stand(self) -> None:
        """Take the name that programs look for, and listen to their icons."""
        rule = MatchRule(type="signal", interface=ITEM, member="NewIcon")
        # The name last: whoever registers while an answer is awaited would not be heard.
        for request in (message_bus.AddMatch(rule), message_bus.RequestName(WATCHER)):
            self._connection.send_and_get_reply(request)

    def serve(self) -> None:
        """Answer one message."""
        message = self._connection.receive()
        match message.header.message_type:
            case MessageType.method_call:
                self._connection.send(self._answer(message))
            case MessageType.signal if _member(message) == "NewIcon":
                self._ask_item(_sender(message), "Get", "ss", (ITEM, "IconPixmap"))

    def _answer(self, message: Message) -> Message:
        match _member(message):
            case "RegisterStatusNotifierItem":
                self._items.append(_sender(message))
                self._ask_item(_sender(message), "GetAll", "s", (ITEM,))
                return new_method_return(message)
            case "Get":
                return new_method_return(message, "v", (self._properties()[message.body[1]],))
            case "GetAll":
                return new_method_return(message, "a{sv}", (self._properties(),))
            case _:
                return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")

    def _properties(self) -> dict[str, tuple[str, Any]]:
        return {
            "IsStatusNotifierHostRegistered": ("b", True),
            "ProtocolVersion": ("i", 0),
            "RegisteredStatusNotifierItems": ("as", self._items),
        }

    def _ask_item(self, owner: str, method: str, signature: str, arguments: object) -> None:
        address = DBusAddress(ITEM_PATH, bus_name=owner, interface=PROPERTIES)
        self._connection.send(new_method_call(address, method, signature, arguments))


def _member(message: Message) -> str:
    return str(message.header.fields.get(HeaderFields.member))


def _sender(message: Message) -> str:
    return str(message.header.fields.get(HeaderFields.sender))


def main() -> None:
    """Stand until ended."""
    with open_dbus_connection(os.environ["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        host = TrayHost(connection)
        host.stand()
        print("the tray stands", flush=True)
        while True:
            host.serve()


if __name__ == "__main__":
    main()
