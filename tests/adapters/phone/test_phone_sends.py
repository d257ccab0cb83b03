"""What goes over the wire, to whom, and what is told of it."""

import threading
from dataclasses import replace
from functools import partial
from typing import Protocol

import pytest

from backtimer.adapters.channels.phone.channel import Phone
from backtimer.domain.announcements import Announcement, trial
from tests.adapters.channel_kit import SENT, Reports, Until
from tests.adapters.phone.kit import DUE, TAKE_OFF, NtfyStandIn, Request


class Sent(Protocol):
    """Sends one message, and returns what the server got of it."""

    def __call__(
        self, announcement: Announcement, *, says_what: bool = False, login: str = ""
    ) -> Request: ...


@pytest.fixture
def sent(server: NtfyStandIn, phone: Phone, delivered: Reports, until: Until) -> Sent:
    def send(announcement: Announcement, *, says_what: bool = False, login: str = "") -> Request:
        phone.use([server.address(login=login)], says_what=says_what)
        phone.say(announcement)
        until(lambda: delivered == [SENT])
        (request,) = server.published()
        return request

    return send


def test_a_message_says_nothing_of_the_persons_health_unless_they_want_it(
    sent: Sent,
) -> None:
    request = sent(TAKE_OFF)
    assert request.json["title"] == "Backtimer"
    assert request.json["message"] == "It is time. Please answer."
    for word in ("ice", "heat", "pain", "cold", "skin", "took", "session", "github", "back"):
        assert not request.holds(word), word


def test_a_message_says_what_it_is_about_if_the_person_wants_it(
    sent: Sent,
) -> None:
    request = sent(TAKE_OFF, says_what=True)
    assert (request.json["title"], request.json["message"]) == (TAKE_OFF.title, TAKE_OFF.body)


def test_a_change_of_the_settings_holds_for_the_next_message(
    server: NtfyStandIn, phone: Phone, delivered: Reports, until: Until
) -> None:
    phone.use([server.address("first")], says_what=True)
    phone.say(TAKE_OFF)
    until(lambda: delivered == [SENT])
    phone.use(["", f" {server.address('second')} "], says_what=False)
    phone.say(TAKE_OFF)
    until(lambda: delivered == [SENT, SENT])
    assert [each.json["topic"] for each in server.published()] == ["first", "second"]
    assert server.published()[1].json["title"] == "Backtimer"


def test_what_must_come_off_has_a_button_that_posts_to_a_topic_nobody_can_guess(
    sent: Sent, server: NtfyStandIn
) -> None:
    request = sent(TAKE_OFF)
    button = request.button
    url = button.pop("url")
    assert button == {
        "action": "http",
        "label": "It’s off",
        "method": "POST",
        "body": "off",
        "clear": True,
    }
    start, _, topic = url.rpartition("/")
    assert start == f"http://{server.host}"
    assert len(bytes.fromhex(topic)) == 16
    assert request.headers["x-priority"] == "max"
    assert request.headers["x-actions"].isascii()


def test_repetitions_share_their_topic_and_the_next_ringing_has_another(
    server: NtfyStandIn, phone: Phone, delivered: Reports, until: Until
) -> None:
    phone.use([server.address()], says_what=False)
    for turn in range(3):
        if turn == 2:
            phone.hush()
        phone.say(TAKE_OFF)
        until(partial(_holds, delivered, turn + 1))
    one, again, next_one = (each.button["url"] for each in server.published())
    assert one == again != next_one


def test_what_cannot_be_answered_with_off_has_no_button_and_is_not_asked_about(
    server: NtfyStandIn, phone: Phone, delivered: Reports, until: Until
) -> None:
    phone.use([server.address()], says_what=True)
    phone.say(DUE)
    until(lambda: delivered == [SENT])
    phone.say(replace(DUE, title="Once more"))
    until(lambda: delivered == [SENT, SENT])
    assert all("x-actions" not in each.headers for each in server.published())
    assert all("x-priority" not in each.headers for each in server.published())
    assert server.polls() == []


def test_a_trial_says_that_it_is_one_and_is_as_loud_as_an_alarm(
    sent: Sent,
) -> None:
    request = sent(trial(50))
    assert "only a try" in request.json["message"]
    assert request.headers["x-priority"] == "max"
    assert "x-actions" not in request.headers


@pytest.mark.parametrize(
    ("login", "authorization"),
    [("ann:pass-word@", "Basic YW5uOnBhc3Mtd29yZA=="), ("tk_token@", "Bearer tk_token")],
)
def test_a_password_opens_the_server_and_is_in_no_message_so_that_there_is_no_button(
    sent: Sent, login: str, authorization: str
) -> None:
    request = sent(TAKE_OFF, login=login)
    assert request.headers["authorization"] == authorization
    assert "x-actions" not in request.headers
    assert not {"pass-word", "tk_token"} & {str(each) for each in request.json.values()}


def test_without_an_address_nothing_is_said_and_nothing_reported(
    server: NtfyStandIn, phone: Phone, delivered: Reports, until: Until
) -> None:
    phone.say(TAKE_OFF)
    phone.use(["  "], says_what=True)
    phone.say(TAKE_OFF)
    phone.hush()
    assert not any(each.name.startswith("phone") for each in threading.enumerate())
    phone.use([server.address()], says_what=True)
    phone.say(DUE)
    until(lambda: delivered)
    assert delivered == [SENT]
    assert len(server.published()) == 1


def _holds(reports: Reports, count: int) -> bool:
    return len(reports) == count
