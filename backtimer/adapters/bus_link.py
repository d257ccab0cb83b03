"""A connection to a message bus of Linux that can be polled together with other things."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from jeepney import FileDescriptor, HeaderFields, Message, Parser
from jeepney.bus import get_connectable_addresses
from jeepney.fds import fds_buf_size
from jeepney.io.blocking import prep_socket

# Both are less than the second that the end of the program may take.
_GREETING_S = 0.4
_SENDING_S = 0.4
_USUAL = "unix:path=/run/dbus/system_bus_socket;unix:path=/var/run/dbus/system_bus_socket"


def system_bus() -> str:
    """The address of the bus that all users share."""
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or _USUAL


def session_bus() -> str:
    """The address of the bus of the person's desktop; empty where there is none."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if address:
        return address
    # Where desktops put it, and where notify-send looks too.
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / "bus"
    return f"unix:path={usual}" if usual.is_absolute() and usual.exists() else ""


class BusLost(Exception):
    """The bus cannot be reached, or no longer."""


class BusLink:
    """Sends messages to a bus without waiting for answers, and reads what has come.

    jeepney's own blocking connection waits for one answer at a time and drops signals
    meanwhile; its greeting waits without end for a bus that hangs.
    """

    def __init__(self, address: str) -> None:
        """Connect. Raises `BusLost`; takes no longer than a fraction of a second."""
        self._socket = _connected_socket(address)
        # What is sent fits into the buffer of a bus that reads. Reading is never waited for.
        self._socket.settimeout(_SENDING_S)
        self._parser = Parser()
        self._serials = count(1)

    def fileno(self) -> int:
        return self._socket.fileno()

    def send(self, message: Message) -> int:
        """Send `message`; its answer names the number that is returned. Raises `BusLost`."""
        serial = next(self._serials)
        try:
            self._socket.sendall(message.serialise(serial=serial))
        except OSError as error:
            raise BusLost(str(error)) from error
        return serial

    def read(self) -> Iterator[Message]:
        """Whole messages that have come; call it when there is something. Raises `BusLost`.

        The file descriptors in them are the caller's to close.
        """
        if sys.platform != "linux":
            raise BusLost("no descriptors")
        try:
            # No more than one message's bytes at a time, so that each gets its own descriptors.
            data, extras, _, _ = self._socket.recvmsg(
                self._parser.bytes_desired(), fds_buf_size(), socket.MSG_CMSG_CLOEXEC
            )
        except OSError as error:
            raise BusLost(str(error)) from error
        if not data:
            raise BusLost("closed by the bus")
        self._parser.add_data(data, fds=FileDescriptor.from_ancdata(extras))
        while (message := self._parser.get_next_message()) is not None:
            yield message

    def close(self) -> None:
        self._socket.close()
        for each in self._parser.fds:
            each.close()


def answers(message: Message) -> int | None:
    """The number of the sent message that `message` answers, if it does."""
    serial: int | None = message.header.fields.get(HeaderFields.reply_serial)
    return serial


def error_name(message: Message) -> str:
    """The name of the error that `message` is, or nothing."""
    return str(message.header.fields.get(HeaderFields.error_name, ""))


def descriptors(message: Message) -> list[int]:
    """The open file descriptors in `message`, from now on the caller's."""
    found: list[Any] = [each for each in message.body if isinstance(each, FileDescriptor)]
    return [each.to_raw_fd() for each in found]


def _connected_socket(address: str) -> socket.socket:
    why = "no address"
    # What jeepney raises where an address or a greeting is not what it should be.
    with suppress(ValueError, RuntimeError):
        for each in get_connectable_addresses(address):
            try:
                found: socket.socket = prep_socket(each, enable_fds=True, timeout=_GREETING_S)
            except OSError as error:
                why = f"{each}: {error}"
            else:
                return found
    raise BusLost(why)
