"""Services that fail, and what takes the place of what."""

import time
from dataclasses import replace

import pytest

from backtimer.adapters.channels.phone.channel import Phone
from backtimer.domain.ports import Delivery
from tests.adapters.channel_kit import NO_ROOM, SENT, Reports, Until, no_room_for_threads
from tests.adapters.phone.kit import DUE, NtfyStandIn, closed_port

REACHED = "The phone could not be reached: "
NO_CONNECTION = (Delivery.FAILED, REACHED + "no connection to the service.")
NO_ANSWER = (Delivery.FAILED, REACHED + "the service does not answer.")
NOT_TAKEN = (Delivery.FAILED, REACHED + "the service did not take the message.")


@pytest.mark.parametrize("how", [500, 429, 403])
def test_what_a_server_refuses_is_tried_twice_and_has_failed(
    server: NtfyStandIn, phone: Phone, delivered: Reports, until: Until, how: int
) -> None:
    server.publishing = how
    phone.use([server.address()], says_what=False)
    phone.say(DUE)
    until(lambda: delivered)
    assert delivered == [NOT_TAKEN]
    assert len(server.published()) == 2


def test_what_a_server_refuses_once_is_sent_the_second_time(
    server: NtfyStandIn, phone: Phone, delivered: Reports, until: Until
) -> None:
    server.publishing = 500
    phone.use([server.address()], says_what=False)
    phone.say(DUE)
    until(server.published)
    server.publishing = "well"
    until(lambda: delivered)
    assert delivered == [SENT]


@pytest.mark.parametrize("how", ["silent", "dripping"])
def test_a_server_that_never_answers_is_given_up(
    server: NtfyStandIn, phone: Phone, delivered: Reports, until: Until, how: str
) -> None:
    server.publishing = how
    phone.use([server.address()], says_what=False)
    started = time.monotonic()
    phone.say(DUE)
    until(lambda: delivered)
    assert delivered == [NO_ANSWER]
    assert time.monotonic() - started < 5


def test_where_nobody_listens_it_has_failed(phone: Phone, delivered: Reports, until: Until) -> None:
    phone.use([f"ntfy://127.0.0.1:{closed_port()}/secret-topic"], says_what=False)
    phone.say(DUE)
    until(lambda: delivered)
    assert delivered == [NO_CONNECTION]


def test_addresses_that_fail_do_not_keep_the_others_from_being_used(
    server: NtfyStandIn, other_server: NtfyStandIn, phone: Phone, delivered: Reports, until: Until
) -> None:
    other_server.publishing = "silent"
    refused = f"ntfy://127.0.0.1:{closed_port()}/topic"
    phone.use(
        ["rubbish", "foo://bar", other_server.address(), refused, server.address()],
        says_what=False,
    )
    phone.say(DUE)
    until(server.published)
    until(lambda: delivered)
    assert delivered == [SENT]


def test_an_address_that_is_not_known_is_named_without_telling_it(
    phone: Phone, delivered: Reports, until: Until
) -> None:
    phone.use(["my-password", "ntfyy://secret@host/topic"], says_what=False)
    phone.say(DUE)
    until(lambda: delivered)
    assert delivered == [(Delivery.FAILED, REACHED + "Apprise cannot use address 1, 2 (ntfyy).")]


def test_only_the_newest_message_waits(
    server: NtfyStandIn, phone: Phone, delivered: Reports, until: Until
) -> None:
    server.publishing = "silent"
    phone.use([server.address()], says_what=True)
    phone.say(DUE)
    until(server.published)
    server.publishing = "well"
    for each in ("second", "third", "last"):
        phone.say(replace(DUE, title=each))
    until(lambda: delivered)
    assert delivered == [SENT]
    titles = [each.json["title"] for each in server.published()]
    assert (titles[0], titles[-1]) == (DUE.title, "last")
    assert len(titles) < 4


def test_what_was_answered_is_not_sent_a_second_time(
    server: NtfyStandIn, phone: Phone, delivered: Reports, until: Until
) -> None:
    server.publishing = 500
    phone.use([server.address()], says_what=True)
    phone.say(DUE)
    until(server.published)
    phone.hush()
    server.publishing = "well"
    phone.say(replace(DUE, title="next"))
    until(lambda: delivered)
    assert [each.json["title"] for each in server.published()] == [DUE.title, "next"]


def test_where_no_thread_can_be_started_it_is_told_and_tried_again_later(
    server: NtfyStandIn,
    phone: Phone,
    delivered: Reports,
    until: Until,
) -> None:
    phone.use([server.address()], says_what=False)
    with no_room_for_threads():
        phone.say(DUE)
        assert delivered == []  # not from within the call
        until(lambda: delivered)
    assert delivered == [NO_ROOM]
    phone.say(DUE)
    until(lambda: delivered == [NO_ROOM, SENT])
