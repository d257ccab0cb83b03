"""A logind for tests, on any bus, in a process of its own.

Run as `python -m tests.adapters.logind_stand_in ADDRESS`. It understands lines on its input:
`sleep true`, `sleep false` (PrepareForSleep), `deny lid`, `deny all`, `allow`, `can yes`,
`can na` (what CanSuspend and CanHibernate answer), and says on its output: `ready`,
`held WHAT MODE`, `closed WHAT` (the other end of an inhibitor is closed), `denied WHAT`.
`StandIn` does it from a test.
"""

import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
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

NAME = "org.freedesktop.login1"
MANAGER = DBusAddress("/org/freedesktop/login1", NAME, "org.freedesktop.login1.Manager")
DENIED = "org.freedesktop.DBus.Error.AccessDenied"
ROOT = Path(__file__).parents[2]
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


class StandIn:
    """Starts, stops and commands a stand-in, and reads what it says."""

    def __init__(self, address: str, folder: Path) -> None:
        self._address = address
        self._folder = folder
        self._starts = 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start another one that has just begun, and knows of nothing before."""
        self._starts += 1
        with self._said.open("wb") as file:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.adapters.logind_stand_in", self._address],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=file,
            )

    def tell(self, line: str) -> None:
        """Give it a command: see the module."""
        stdin: Any = self._running.stdin
        stdin.write(f"{line}\n".encode())
        stdin.flush()

    @property
    def said(self) -> list[str]:
        """All it has said since its start."""
        return self._said.read_text().splitlines()

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

    def freeze(self) -> None:
        """It no longer answers, and it does not end either."""
        self._running.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._running.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it, if it runs, without a word to anybody."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    @property
    def _said(self) -> Path:
        return self._folder / f"logind-{self._starts}"

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "it was not started"
        return self._process


if __name__ == "__main__":
    with (
        suppress(ConnectionResetError),  # the bus has ended
        open_dbus_connection(sys.argv[1], enable_fds=True) as bus,
    ):
        _Logind(bus).run()
