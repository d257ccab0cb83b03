"""The button on the phone: what is asked, what counts as an answer, and for how long."""

import threading
from typing import Any

import pytest

from backtimer.adapters.channels.phone.channel import Phone
from backtimer.domain.view import Action
from tests.adapters.channel_kit import Until
from tests.adapters.phone.kit import TAKE_OFF, NtfyStandIn, post, press

Answers = list[Action | None]


@pytest.fixture
def ring(phone: Phone, server: NtfyStandIn, until: Until) -> Any:
    """Has the phone ring once more, and tells the button that the person gets."""
    phone.use([server.address()], says_what=False)

    def ring() -> dict[str, Any]:
        before = len(server.published())
        phone.say(TAKE_OFF)
        until(lambda: len(server.published()) > before)
        return server.published()[-1].button

    return ring


def asked_again(server: NtfyStandIn, until: Until, times: int = 3) -> None:
    """Waits until the server was asked so many times more."""
    before = len(server.polls())
    until(lambda: len(server.polls()) >= before + times)


def test_the_answer_from_the_phone_is_that_it_is_off(
    server: NtfyStandIn, ring: Any, answers: Answers, until: Until
) -> None:
    button = ring()
    asked_again(server, until)
    assert answers == []
    press(button)
    until(lambda: answers)
    assert answers == [Action.OFF]
    topic = button["url"].rpartition("/")[2]
    assert {each.path for each in server.polls()} == {f"/{topic}/json?poll=1&since=all"}


def test_it_is_answered_once_however_often_the_button_is_pressed(
    phone: Phone, ring: Any, answers: Answers, until: Until
) -> None:
    button = ring()
    for _ in range(3):
        press(button)
    until(lambda: answers)
    press(ring())
    phone.hush()
    press(ring())
    until(lambda: len(answers) > 1)
    assert answers == [Action.OFF, Action.OFF]


@pytest.mark.parametrize("said", ["", "OFF", " off", "off\n", "start", "on", '{"message":"off"}'])
def test_another_word_is_no_answer(
    server: NtfyStandIn, ring: Any, answers: Answers, until: Until, said: str
) -> None:
    button = ring()
    press(button | {"body": said})
    asked_again(server, until)
    assert answers == []
    press(button)
    until(lambda: answers == [Action.OFF])


def test_an_old_button_does_nothing(
    server: NtfyStandIn, phone: Phone, ring: Any, answers: Answers, until: Until
) -> None:
    old = ring()
    phone.hush()
    new = ring()
    press(old)
    asked_again(server, until)
    assert answers == []
    press(new)
    until(lambda: answers == [Action.OFF])


def test_after_the_answer_here_nothing_is_asked_and_nothing_counts(
    server: NtfyStandIn, phone: Phone, ring: Any, answers: Answers, until: Until
) -> None:
    button = ring()
    asked_again(server, until)
    phone.hush()
    press(button)
    until(lambda: not any(each.name == "phone answers" for each in threading.enumerate()))
    asked = len(server.polls())
    # One that is known to ring for some time afterwards.
    other = NtfyStandIn()
    phone.use([other.address()], says_what=False)
    phone.say(TAKE_OFF)
    asked_again(other, until, 5)
    other.close()
    assert (len(server.polls()), answers) == (asked, [])


def test_an_answer_that_was_read_just_before_the_one_here_does_not_count(
    server: NtfyStandIn, phone: Phone, ring: Any, answers: Answers, qapp: Any
) -> None:
    press(ring())
    _wait_until_read()
    assert server.polls()
    phone.hush()
    # Nor for what rings next.
    phone.say(TAKE_OFF)
    qapp.processEvents()
    assert answers == []


def test_two_answers_that_come_at_once_are_one(
    server: NtfyStandIn, other_server: NtfyStandIn, phone: Phone, answers: Answers, qapp: Any
) -> None:
    for each in (server, other_server):
        each.polling = "off"
    phone.use([server.address(), other_server.address()], says_what=False)
    phone.say(TAKE_OFF)
    while not (server.polls() and other_server.polls()):
        threading.Event().wait(0.005)
    _wait_until_read()
    qapp.processEvents()
    assert answers == [Action.OFF]


def _wait_until_read() -> None:
    """The answer is on its way then, as the event loop does not run."""
    for each in threading.enumerate():
        if each.name == "phone answers":
            each.join(10)


@pytest.mark.parametrize("how", [500, 429, "silent", "rubbish", "huge", "endless", "dripping"])
def test_an_answer_that_is_none_does_no_harm_and_the_next_ringing_can_be_answered(
    server: NtfyStandIn, phone: Phone, ring: Any, answers: Answers, until: Until, how: str | int
) -> None:
    server.polling = how
    ring()
    until(lambda: len(server.polls()) >= (1 if how == "dripping" else 2))
    assert answers == []
    phone.hush()
    server.polling = "well"
    press(ring())
    until(lambda: answers == [Action.OFF])


def test_a_server_that_recovers_is_asked_on(
    server: NtfyStandIn, ring: Any, answers: Answers, until: Until
) -> None:
    server.polling = 429
    press(ring())
    until(lambda: len(server.polls()) >= 3)
    assert answers == []
    server.polling = "well"
    until(lambda: answers == [Action.OFF])


def test_a_server_that_sends_elsewhere_is_not_followed(
    server: NtfyStandIn, other_server: NtfyStandIn, ring: Any, answers: Answers, until: Until
) -> None:
    server.polling = f"http://{other_server.host}/elsewhere/json?poll=1"
    other_server.kept["elsewhere"].append("off")
    ring()
    asked_again(server, until)
    assert (answers, other_server.requests) == ([], [])


def test_the_button_of_each_server_is_asked_for(
    server: NtfyStandIn, other_server: NtfyStandIn, phone: Phone, answers: Answers, until: Until
) -> None:
    server.polling = "dripping"
    phone.use([server.address(), other_server.address()], says_what=False)
    phone.say(TAKE_OFF)
    until(other_server.published)
    press(other_server.published()[0].button)
    until(lambda: answers == [Action.OFF])


def test_when_the_last_address_is_removed_nothing_is_asked_any_more(
    server: NtfyStandIn, phone: Phone, ring: Any, answers: Answers, until: Until, qapp: Any
) -> None:
    button = ring()
    asked_again(server, until)
    phone.use([], says_what=False)
    press(button)
    until(lambda: not any(each.name == "phone answers" for each in threading.enumerate()))
    qapp.processEvents()
    assert answers == []


def test_the_topic_of_the_messages_themselves_answers_nothing(
    server: NtfyStandIn, ring: Any, answers: Answers, until: Until
) -> None:
    ring()
    post(f"http://{server.host}/secret-topic", "off")
    asked_again(server, until)
    assert answers == []
