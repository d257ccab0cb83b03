"""Addresses of ntfy, the link for the phone, and its QR code."""

import pytest

from backtimer.adapters.channels.phone.ntfy import (
    new_topic,
    off_button,
    qr_modules,
    says_off,
    subscribe_link,
)
from backtimer.adapters.channels.phone.services import PhoneMessage, Service, TimeLimits


def service(address: str) -> Service:
    return Service(1, address, limits=TimeLimits())


def test_a_new_topic_is_on_the_public_server_and_cannot_be_guessed() -> None:
    one, other = new_topic(), new_topic()
    start, _, secret = one.rpartition("-")
    assert start == "ntfys://ntfy.sh/backtimer"
    assert len(bytes.fromhex(secret)) == 16
    assert one != other


def test_a_new_topic_is_what_apprise_sends_to_by_https() -> None:
    found = service(new_topic())
    assert found.is_known
    assert found.answers_at == "https://ntfy.sh"
    assert found.endpoint == ("ntfy.sh", 443)


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("ntfys://ntfy.sh/backtimer-1f", "https://ntfy.sh/backtimer-1f"),
        ("ntfy://My-Topic", "https://ntfy.sh/My-Topic"),
        ("ntfys://ann:pass-word@my.host:8443/Topic?priority=max", "https://my.host:8443/Topic"),
        ("ntfy://[::1]:80/topic/", "http://[::1]:80/topic"),
    ],
)
def test_the_link_for_the_phone_holds_no_password(address: str, link: str) -> None:
    assert subscribe_link(address) == link


@pytest.mark.parametrize("address", ["", "ntfy://", "tgram://secret/1", "https://ntfy.sh/t", "x"])
def test_what_is_no_address_of_ntfy_has_no_link(address: str) -> None:
    with pytest.raises(ValueError, match="not an address of ntfy"):
        subscribe_link(address)


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("ntfy://topic", "https://ntfy.sh"),
        ("https://ntfy.sh/topic", "https://ntfy.sh"),
        ("ntfys://tk_secret@ntfy.sh/topic", "https://ntfy.sh"),
        ("ntfys://my.host:8443/topic", "https://my.host:8443"),
        ("ntfy://[::1]:8080/topic", "http://[::1]:8080"),
        ("ntfys://ann:secret@my.host/topic", ""),
        ("ntfys://my.host/topic?token=tk_secret", ""),
        ("gotify://my.host/abcdefghijklmno", ""),
        ("rubbish", ""),
    ],
)
def test_a_button_posts_to_the_server_of_the_address_unless_that_needs_a_password(
    address: str, server: str
) -> None:
    assert service(address).answers_at == server


def test_what_apprise_does_not_know_takes_no_message() -> None:
    assert not service("foo://x").send(PhoneMessage(title="T", body="B"))


def test_only_the_word_of_the_button_is_an_answer() -> None:
    yes = b'{"event":"message","topic":"abc","message":"off"}'
    assert '"body": "off"' in off_button("https://ntfy.sh", "abc")
    assert says_off(b'{"event":"open","topic":"abc"}\n' + yes + b"\n", "abc")
    assert not says_off(yes, "other")
    for word in (b"on", b"off ", b"OFF"):
        assert not says_off(yes.replace(b'"off"', b'"%s"' % word), "abc")
    for rubbish in (b"", b"off", b"[]", b"null", b"\xff", b"[" * 60_000, b'{"message":"off"}'):
        assert not says_off(rubbish, "abc")


def test_the_qr_code_is_a_square_with_a_light_border_and_a_mark_in_three_corners() -> None:
    modules = qr_modules("https://ntfy.sh/backtimer-0123456789abcdef0123456789abcdef")
    size = len(modules)
    assert {len(row) for row in modules} == {size}
    assert (size - 8 - 17) % 4 == 0
    border = [*modules[:4], *modules[-4:]]
    assert not any(any(row) for row in border)
    assert not any(any((*row[:4], *row[-4:])) for row in modules)
    mark = tuple(modules[4][4:11])
    assert mark == (True,) * 7
    assert tuple(modules[4][-11:-4]) == tuple(modules[-5][4:11]) == mark
    assert tuple(modules[-5][-11:-4]) != mark
