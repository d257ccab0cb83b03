"""The conversation with logind, message by message, on a bus that is only written down."""

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from math import inf
from pathlib import Path
from typing import Any

import pytest
from jeepney import (
    DBusAddress,
    FileDescriptor,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)

from backtimer.adapters.bus_link import BusLink, BusLost, system_bus
from backtimer.adapters.sleep.grip import Grip
from backtimer.adapters.sleep.logind import Logind

BUS = "org.freedesktop.DBus"
LOGIN = "org.freedesktop.login1"


class PaperLink(BusLink):
    """Keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[Message] = []

    def send(self, message: Message) -> int:
        self.sent.append(message)
        message.header.serial = len(self.sent)
        return len(self.sent)

    def calls(self) -> list[str]:
        """What was asked of logind, with what an inhibitor was asked for."""
        found = [each for each in self.sent if field(each, HeaderFields.destination) == LOGIN]
        return [f"{field(each, HeaderFields.member)} {each.body[:1]}" for each in found]


def field(message: Message, name: HeaderFields) -> Any:
    return message.header.fields.get(name)


class Talk:
    """A conversation, and what came of it."""

    def __init__(self) -> None:
        self.link = PaperLink()
        self.grip = Grip()
        self.told: list[bool] = []
        self.wakes = 0
        self.logind = Logind(
            self.link, why="ice", grip=self.grip, tell=self.told.append, woke=self._on_wake
        )

    def _on_wake(self) -> None:
        self.wakes += 1

    def answer(self, signature: str, *body: object, to: int = -1) -> None:
        self.logind.take(new_method_return(self.link.sent[to], signature, body))

    def refuse(self, name: str, to: int = -1) -> None:
        self.logind.take(new_error(self.link.sent[to], name))

    def owner(self, *, new: str) -> None:
        address = DBusAddress("/org/freedesktop/DBus", BUS, BUS)
        body = (LOGIN, ":1.1", new)
        self.logind.take(new_signal(address, "NameOwnerChanged", "sss", body))


@pytest.fixture
def talk() -> Iterator[Talk]:
    talk = Talk()
    yield talk
    talk.grip.let_go()


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """An end to look at, and one to give away."""
    kept, given = os.pipe()
    yield kept, given
    os.close(kept)


def is_open(fd: int) -> bool:
    return Path(f"/proc/self/fd/{fd}").is_symlink()


INHIBIT_ALL = "Inhibit ('sleep:idle:handle-lid-switch',)"
INHIBIT = "Inhibit ('sleep:idle',)"
CAN_SUSPEND = "CanSuspend ()"
CAN_HIBERNATE = "CanHibernate ()"


@pytest.mark.parametrize(
    "name",
    [
        "org.freedesktop.DBus.Error.ServiceUnknown",
        "org.freedesktop.DBus.Error.NameHasNoOwner",
        "org.freedesktop.DBus.Error.NoReply",
        "org.freedesktop.DBus.Error.Spawn.ChildExited",
        "org.freedesktop.systemd1.UnitMasked",
    ],
)
def test_where_nobody_answers_no_more_is_asked(talk: Talk, name: str) -> None:
    talk.refuse(name)
    assert talk.told == [False]
    assert talk.link.calls() == [INHIBIT_ALL]


@pytest.mark.parametrize(
    "name",
    [
        "org.freedesktop.DBus.Error.AccessDenied",
        "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired",
        "org.freedesktop.DBus.Error.InvalidArgs",
    ],
)
def test_what_is_denied_is_asked_for_in_part_and_then_whether_it_matters(
    talk: Talk, name: str
) -> None:
    talk.refuse(name)
    talk.refuse(name)
    assert talk.link.calls() == [INHIBIT_ALL, INHIBIT, CAN_SUSPEND]
    assert talk.told == []


@pytest.mark.parametrize(
    ("suspend", "hibernate", "told"),
    [
        ("na", "na", True),
        ("na", "yes", False),
        ("na", "challenge", False),
        ("yes", None, False),
        ("no", None, False),
    ],
)
def test_only_a_machine_that_can_do_neither_is_safe(
    talk: Talk, suspend: str, hibernate: str | None, told: bool
) -> None:
    talk.refuse("org.freedesktop.DBus.Error.AccessDenied")
    talk.refuse("org.freedesktop.DBus.Error.AccessDenied")
    talk.answer("s", suspend)
    if hibernate is not None:
        assert talk.link.calls()[-1] == CAN_HIBERNATE
        talk.answer("s", hibernate)
    assert talk.told == [told]


def test_an_inhibitor_that_nobody_expects_is_closed(talk: Talk, pipe: tuple[int, int]) -> None:
    talk.grip.want()
    talk.owner(new=":1.2")
    talk.answer("h", FileDescriptor(pipe[1]), to=-2)
    assert not is_open(pipe[1])
    assert talk.told == []


def test_one_that_is_wanted_is_kept_and_an_older_one_is_closed(
    talk: Talk, pipe: tuple[int, int]
) -> None:
    talk.grip.want()
    missing = [talk.grip.is_missing]
    second = os.dup(pipe[1])
    talk.answer("h", FileDescriptor(pipe[1]))
    assert is_open(pipe[1])
    missing.append(talk.grip.is_missing)
    assert missing == [True, False]
    talk.owner(new=":1.2")
    talk.answer("h", FileDescriptor(second))
    assert not is_open(pipe[1])
    assert is_open(second)
    talk.grip.let_go()
    assert not is_open(second)


def test_one_that_is_not_wanted_is_closed_at_once(talk: Talk, pipe: tuple[int, int]) -> None:
    talk.answer("h", FileDescriptor(pipe[1]))
    assert not is_open(pipe[1])
    assert talk.told == [True]


def test_a_yes_without_a_descriptor_is_none(talk: Talk) -> None:
    talk.answer("s", "yes")
    assert talk.told == [False]


def test_while_an_answer_is_to_come_it_is_not_asked_again(talk: Talk) -> None:
    talk.logind.ask()
    assert talk.link.calls() == [INHIBIT_ALL]
    talk.refuse("org.freedesktop.DBus.Error.ServiceUnknown")
    talk.logind.ask()
    assert talk.link.calls() == [INHIBIT_ALL, INHIBIT_ALL]


def test_one_that_goes_is_told_and_one_that_comes_is_asked(talk: Talk) -> None:
    talk.owner(new="")
    assert talk.told == [False]
    assert talk.link.calls() == [INHIBIT_ALL]
    assert talk.logind.wait_s() is None
    talk.owner(new=":1.2")
    assert talk.link.calls() == [INHIBIT_ALL, INHIBIT_ALL]


def test_an_answer_that_is_overdue_is_told_once(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_s = talk.logind.wait_s()
    assert wait_s is not None
    assert 0 < wait_s <= 2
    talk.logind.look_at_time()
    assert talk.told == []
    monkeypatch.setattr("backtimer.adapters.sleep.logind.time.monotonic", lambda: inf)
    assert talk.logind.wait_s() == 0
    talk.logind.look_at_time()
    talk.logind.look_at_time()
    assert talk.told == [False]
    assert talk.logind.wait_s() is None


def test_only_the_end_of_sleep_is_news(talk: Talk) -> None:
    address = DBusAddress("/org/freedesktop/login1", LOGIN, f"{LOGIN}.Manager")
    talk.logind.take(new_signal(address, "PrepareForSleep", "b", (True,)))
    talk.logind.take(new_signal(address, "PrepareForShutdown", "b", (False,)))
    assert talk.wakes == 0
    talk.logind.take(new_signal(address, "PrepareForSleep", "b", (False,)))
    assert talk.wakes == 1


def test_answers_of_the_bus_itself_are_nothing(talk: Talk) -> None:
    talk.answer("s", ":1.7", to=0)
    assert talk.link.sent[0].header.message_type is MessageType.method_call
    assert talk.told == []


def test_a_link_to_a_bus_that_is_gone_says_so(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus)
    nothing = new_signal(DBusAddress("/nobody", interface="a.b"), "Nothing")
    with closing(BusLink(system_bus())) as link:
        link._socket.shutdown(socket.SHUT_RDWR)
        with pytest.raises(BusLost):
            link.send(nothing)
        with pytest.raises(BusLost, match="closed"):
            list(link.read())
    with pytest.raises(BusLost):
        list(link.read())
