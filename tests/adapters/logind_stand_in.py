"""A logind for tests, on any bus, in a process of its own.

Run as `python -m tests.adapters.logind_stand_in ADDRESS`. It understands lines on its input:
`sleep true`, `sleep false` (PrepareForSleep), `deny lid`, `deny all`, `allow`, `can yes`,
`can na` (what CanSuspend and CanHibernate answer), and says on its output: `ready`,
`held WHAT MODE`, `closed WHAT` (the other end of an inhibitor is closed), `denied WHAT`, and
`obeyed LINE` for each line that it understood.
`StandIn` does it from a test.
"""

import os
import select
import sys
import time
from contextlib import suppress
from pathlib import Path

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

NAME = "org.freedesktop.login1"
MANAGER = DBusAddress("/org/freedesktop/login1", NAME, "org.freedesktop.login1.Manager")
DENIED = "org.freedesktop.DBus.Error.AccessDenied"
PATIENCE_S = 20.0
LID = "handle-lid-switch"


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


class _Logind:
    """Answers on one connection until its input ends."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self._denies = ""
        self._can = "yes"
        self._held: dict[int, str] = {}
        self._poll = select.poll()

    def run(self) -> None:
        self._connection.send_and_get_reply(message_bus.RequestName(NAME, 4), timeout=10)
        self._poll.register(sys.stdin, select.POLLIN)
        self._poll.register(self._connection.sock, select.POLLIN)
        _say("ready")
        while True:
            for fd, _ in self._poll.poll():
                if fd in self._held:
                    self._on_closed(fd)
                elif fd == sys.stdin.fileno():
                    if not self._obey(os.read(fd, 4096).decode()):
                        return
                else:
                    self._answer_all()

    def _obey(self, lines: str) -> bool:
        for line in lines.splitlines():
            word, _, rest = line.partition(" ")
            if word == "sleep":
                body = (rest == "true",)
                self._connection.send(new_signal(MANAGER, "PrepareForSleep", "b", body))
            elif word == "can":
                self._can = rest
            else:
                self._denies = rest
            _say("obeyed", line)
        return bool(lines)

    def _answer_all(self) -> None:
        with suppress(TimeoutError):
            while True:
                self._answer(self._connection.receive(timeout=0))

    def _answer(self, message: Message) -> None:
        if message.header.message_type is not MessageType.method_call:
            return
        method = message.header.fields[HeaderFields.member]
        if method == "Inhibit":
            self._inhibit(message)
        else:
            self._connection.send(new_method_return(message, "s", (self._can,)))

    def _inhibit(self, message: Message) -> None:
        what, _who, _why, mode = message.body
        if self._denies == "all" or (self._denies == "lid" and LID in what):
            self._connection.send(new_error(message, DENIED, "s", ("Permission denied",)))
            _say("denied", what)
            return
        kept, given = os.pipe()
        self._connection.send(new_method_return(message, "h", (given,)))
        os.close(given)
        self._held[kept] = what
        self._poll.register(kept, 0)  # its end is told in any case
        _say("held", what, mode)

    def _on_closed(self, fd: int) -> None:
        self._poll.unregister(fd)
        os.close(fd)
        _say("closed", self._held.pop(fd))


class StandIn(StandInProcess):
    """Starts, stops and commands a stand-in, and reads what it says."""

    def __init__(self, address: str, folder: Path) -> None:
        super().__init__("tests.adapters.logind_stand_in", address, folder)

    def tell(self, line: str) -> None:
        """Give it a command, see the module; it has obeyed when this returns."""
        obeyed = self.said.count(f"obeyed {line}")
        self.write(line)
        deadline = time.monotonic() + PATIENCE_S
        while self.said.count(f"obeyed {line}") == obeyed:
            # Else it might answer what is asked meanwhile as it did before.
            assert time.monotonic() < deadline, "it does not obey"
            time.sleep(0.005)

    @property
    def said(self) -> list[str]:
        """All it has said since its start."""
        return self.lines

    @property
    def is_ready(self) -> bool:
        """Whether it has its name and answers."""
        return "ready" in self.said

    @property
    def held(self) -> list[str]:
        """What it is kept from doing now: one entry for each inhibitor."""
        held: list[str] = []
        for line in self.said:
            word, _, rest = line.partition(" ")
            if word == "held":
                held.append(rest.split()[0])
            elif word == "closed":
                held.remove(rest)
        return held


if __name__ == "__main__":
    with (
        suppress(ConnectionResetError),  # the bus has ended
        open_dbus_connection(sys.argv[1], enable_fds=True) as bus,
    ):
        _Logind(bus).run()
