"""A notification daemon for tests, on any bus, in a process of its own.

Run as `python -m tests.adapters.notifications.stand_in ADDRESS`. It says what it does, one line of
JSON each: `["ready"]`, `["notify", …]`, `["close", number]` and `["obeyed", line]`. It
understands lines on its input:

    can actions body-markup     what it can, from now on; nothing at first
    press NUMBER NAME           the person presses an action, told to everybody
    closed NUMBER               the person closes a popup
    inhibited true | false      “do not disturb”, as KDE tells it; at first it knows no such thing
    with-buttons answer | refuse | keep | freeze | die
                                what to do with a popup that has buttons: `keep` shows it and
                                answers late, at `answer`; it shows and answers all at first

`StandIn` does it from a test.
"""

import json
import os
import select
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.adapters.stand_in_process import StandInProcess

NAME = "org.freedesktop.Notifications"
HERE = DBusAddress("/org/freedesktop/Notifications", NAME, NAME)


def _say(*what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class _Daemon:
    """Answers on one connection until its input ends."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self._can: list[str] = []
        self._with_buttons = "answer"
        self._inhibited: bool | None = None
        self._kept: list[Message] = []
        self._last = 0

    def run(self) -> None:
        self._connection.send_and_get_reply(message_bus.RequestName(NAME, 4), timeout=10)
        poll = select.poll()
        poll.register(sys.stdin, select.POLLIN)
        poll.register(self._connection.sock, select.POLLIN)
        _say("ready")
        while True:
            for fd, _ in poll.poll():
                if fd != sys.stdin.fileno():
                    self._answer_all()
                elif not self._obey(os.read(fd, 4096).decode()):
                    return

    def _obey(self, lines: str) -> bool:
        for line in lines.splitlines():
            word, *rest = line.split()
            match word:
                case "can":
                    self._can = rest
                case "press":
                    self._emit("ActionInvoked", "us", (int(rest[0]), rest[1]))
                case "closed":
                    self._emit("NotificationClosed", "uu", (int(rest[0]), 2))
                case "inhibited":
                    self._inhibited = rest == ["true"]
                case "with-buttons":
                    self._with_buttons = rest[0]
                    while rest == ["answer"] and self._kept:
                        self._show(self._kept.pop(0))
                case _:
                    raise ValueError(line)
            _say("obeyed", line)
        return bool(lines)

    def _emit(self, member: str, signature: str, body: tuple[object, ...]) -> None:
        self._connection.send(new_signal(HERE, member, signature, body))

    def _answer_all(self) -> None:
        with suppress(TimeoutError):
            while True:
                message = self._connection.receive(timeout=0)
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)

    def _answer(self, message: Message) -> None:
        match message.header.fields[HeaderFields.member]:
            case "GetCapabilities":
                self._reply(message, "as", (self._can,))
            case "GetServerInformation":
                self._reply(message, "ssss", ("stand-in", "backtimer", "1", "1.2"))
            case "Notify":
                self._notify(message)
            case "CloseNotification":
                _say("close", message.body[0])
                self._reply(message, None, ())
                self._emit("NotificationClosed", "uu", (message.body[0], 3))
            case "Get" if message.body == (NAME, "Inhibited") and self._inhibited is not None:
                self._reply(message, "v", (("b", self._inhibited),))
            case _:
                self._refuse(message)

    def _notify(self, message: Message) -> None:
        does = self._with_buttons if message.body[5] else "answer"
        _say("notify", *message.body, message.header.fields[HeaderFields.sender])
        match does:
            case "refuse":
                self._refuse(message)
            case "keep":
                self._kept.append(message)
            case "freeze":
                os.kill(os.getpid(), signal.SIGSTOP)
                self._show(message)
            case "die":
                os._exit(0)
            case _:
                self._show(message)

    def _show(self, message: Message) -> None:
        self._last += 1
        self._reply(message, "u", (message.body[1] or self._last,))

    def _reply(self, message: Message, signature: str | None, body: tuple[object, ...]) -> None:
        if not message.header.flags & 1:
            self._connection.send(new_method_return(message, signature, body))

    def _refuse(self, message: Message) -> None:
        error = "org.freedesktop.DBus.Error.Failed"
        self._connection.send(new_error(message, error, "s", ("I do not want to",)))


@dataclass(frozen=True)
class Notified:
    """What the daemon was asked to show."""

    app_name: str
    replaces: int
    icon: str
    title: str
    body: str
    actions: list[str]
    hints: dict[str, list[Any]]
    expires_ms: int
    sender: str


class StandIn(StandInProcess):
    """Starts, stops and commands a stand-in, and reads what it says."""

    def __init__(self, address: str, folder: Path) -> None:
        super().__init__("tests.adapters.notifications.stand_in", address, folder)

    def tell(self, line: str) -> None:
        """Give it a command: see the module. Waits until it is done."""
        before = self._obeyed(line)
        self.write(line)
        end_s = time.monotonic() + 20
        while self._obeyed(line) == before:
            assert time.monotonic() < end_s, f"it did not {line}"
            time.sleep(0.002)

    @property
    def said(self) -> list[list[Any]]:
        """All it has said since its start."""
        return [json.loads(line) for line in self.lines]

    @property
    def is_ready(self) -> bool:
        """Whether it has its name and answers."""
        return ["ready"] in self.said

    @property
    def notified(self) -> list[Notified]:
        """All it was asked to show, the oldest first."""
        return [Notified(*rest) for word, *rest in self.said if word == "notify"]

    @property
    def closed(self) -> list[int]:
        """What it was asked to close."""
        return [rest[0] for word, *rest in self.said if word == "close"]

    def _obeyed(self, line: str) -> int:
        return self.said.count(["obeyed", line])


if __name__ == "__main__":
    with suppress(ConnectionResetError), open_dbus_connection(sys.argv[1]) as bus:
        _Daemon(bus).run()
