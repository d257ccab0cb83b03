"""What a probe tells."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject

from backtimer.adapters.channels.phone.channel import Phone
from backtimer.domain.hearing import switched_off
from backtimer.domain.reach import Finding, State, Way, broken, unknown, works
from tests.adapters.channel_kit import Until
from tests.adapters.phone.kit import NtfyStandIn, closed_port

Look = Callable[[], Finding]
TELEGRAM = "tgram://123456789:abcdefghijklmnopqrstuvwxyz123456789/12315544"


def test_without_an_address_it_is_not_wanted(look: Look) -> None:
    found = look()
    assert found == switched_off(Way.PHONE)
    assert found.why == "No phone is set up."


def test_a_server_that_takes_connections_works_and_is_sent_nothing(
    server: NtfyStandIn, phone: Phone, look: Look
) -> None:
    phone.use([server.address()], says_what=False)
    assert look() == works(Way.PHONE)
    assert server.requests == []


def test_a_server_that_takes_no_connection_is_broken(phone: Phone, look: Look) -> None:
    phone.use([f"ntfy://secret-name:pass-word@127.0.0.1:{closed_port()}/topic"], says_what=False)
    assert look() == broken(
        Way.PHONE,
        "There is no connection to the server of address 1 (ntfy).",
        "Look whether the internet is there, and how the address is written.",
    )


@pytest.mark.parametrize(
    ("address", "name"),
    [("foo://my-password", "1 (foo)"), ("my-password", "1"), ("ntfy://", "1 (ntfy)")],
)
def test_an_address_that_is_not_known_is_named_by_its_place(
    phone: Phone, look: Look, address: str, name: str
) -> None:
    phone.use([address], says_what=False)
    assert look() == broken(
        Way.PHONE,
        f"Address {name} cannot be used: Apprise does not know it, or lacks a package.",
        "Look how it is written.",
    )


def test_one_address_that_works_is_enough_and_the_others_are_named(
    server: NtfyStandIn, phone: Phone, look: Look
) -> None:
    phone.use(["foo://x", server.address()], says_what=False)
    found = look()
    assert found.state is State.WORKS
    assert (
        found.why == "Address 1 (foo) cannot be used: Apprise does not know it, or lacks a package."
    )
    assert found.fix


def test_what_cannot_be_looked_at_is_not_called_broken(phone: Phone, look: Look) -> None:
    phone.use([f"irc://ann:pass-word@127.0.0.1:{closed_port()}/#room"], says_what=False)
    assert look() == unknown(
        Way.PHONE, "Whether address 1 (irc) works is known once it was used.", "Try it."
    )


def test_no_secret_is_looked_up_as_if_it_were_a_host(
    phone: Phone, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def look_up(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        raise OSError

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    phone.use([TELEGRAM, "ntfy://cloud-topic", "mailto://me:pass-word@gmail.com"], says_what=False)
    assert look().state is State.BROKEN
    assert sorted(asked) == ["api.telegram.org", "ntfy.sh", "smtp.gmail.com"]


def test_a_probe_is_answered_in_time_when_looking_takes_too_long(
    qapp: QObject, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: ended.wait(10) and [])
    phone = Phone(look_s=5, probe_s=0.3, parent=qapp)
    phone.use(["ntfy://topic"], says_what=False)
    found: list[Finding] = []
    phone.probe(found.extend)
    until(lambda: found)
    assert found == [
        unknown(Way.PHONE, "The phone's service did not answer in time.", "Try again in a minute.")
    ]
    ended.set()
    phone.close()
