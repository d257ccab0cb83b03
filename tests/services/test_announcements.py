"""Every message in its words, for every pack."""

from dataclasses import replace

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.clock import MINUTE_S
from backtimer.domain.ports import Urgency
from backtimer.domain.protocol import Modality
from backtimer.domain.reminding import Due, Message
from backtimer.domain.view import View
from backtimer.domain.wording import take_off
from backtimer.services.announcements import Announcement, announcement
from tests.services.timer import Timer

ICE, HEAT, COLD_MASSAGE = Modality.ICE, Modality.HEAT, Modality.COLD_MASSAGE


def told(message: Message, modality: Modality, timer: Timer | None = None) -> Announcement:
    timer = timer or Timer()
    due = Due(message=message, modality=modality)
    return announcement(due, timer.care.view, timer.clock.now())


def with_ice_on_for(minutes: float) -> Timer:
    timer = Timer()
    timer.start()
    timer.clock.pass_min(minutes)
    timer.care.check()
    return timer


@pytest.mark.parametrize(
    ("message", "modality", "title"),
    [
        (Message.TAKE_OFF, ICE, "Take the ice off"),
        (Message.TAKE_OFF, HEAT, "Take the heat off"),
        (Message.TAKE_OFF, COLD_MASSAGE, "Stop the cold massage"),
        (Message.ASSUMED_OFF, ICE, "Take the ice off"),
        (Message.STILL_ON, ICE, "Is the ice still on?"),
        (Message.DUE, ICE, "Time for ice"),
        (Message.DUE, COLD_MASSAGE, "Time for cold massage"),
        (Message.SWITCH_TO_HEAT, HEAT, "From now on: heat"),
        (Message.PAUSE_OVER, HEAT, "The pause is over"),
        (Message.BEGUN, HEAT, "Heat has begun"),
        (Message.BEGUN, COLD_MASSAGE, "Cold massage has begun"),
    ],
)
def test_every_message_says_first_what_to_do(
    message: Message, modality: Modality, title: str
) -> None:
    assert told(message, modality).title == title


@pytest.mark.parametrize("modality", list(Modality))
@pytest.mark.parametrize("message", list(Message))
def test_every_message_is_known_by_its_kind_and_has_a_sentence(
    message: Message, modality: Modality
) -> None:
    said = told(message, modality)
    assert said.message is message
    assert said.body.endswith(".")
    assert "{" not in said.title + said.body


def test_only_what_keeps_skin_safe_is_urgent() -> None:
    urgent = {each for each in Message if told(each, ICE).urgency is Urgency.URGENT}
    assert urgent == {Message.TAKE_OFF, Message.ASSUMED_OFF}


def test_a_removal_in_time_says_that_time_is_up() -> None:
    body = told(Message.TAKE_OFF, ICE, with_ice_on_for(20)).body
    assert body == "Time is up. Then press “I took it off”."


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(20.9, None), (21, "1 min"), (22.5, "2 min"), (45, "25 min"), (20 + 90, "1 h 30 min")],
)
def test_a_removal_that_is_late_says_since_when_and_how_late(
    minutes: float, said: str | None
) -> None:
    body = told(Message.TAKE_OFF, ICE, with_ice_on_for(minutes)).body
    if said is None:
        assert "ago" not in body
    else:
        assert body == f"It was due at 08:20, {said} ago. Then press “I took it off”."


def test_a_pause_that_ran_out_names_the_pack() -> None:
    assert told(Message.PAUSE_OVER, HEAT).body == "Heat counts as off since you paused."


def test_time_to_begin_reminds_of_the_cloth() -> None:
    assert "cloth" in told(Message.DUE, HEAT).body


def test_the_sentence_that_must_arrive_is_the_same_everywhere() -> None:
    assert told(Message.TAKE_OFF, HEAT).title == take_off(HEAT)


def test_how_late_it_is_is_told_for_the_clock_that_now_is() -> None:
    timer = with_ice_on_for(19)
    stale: View = timer.care.view
    timer.clock.pass_min(6)
    due = Due(message=Message.TAKE_OFF, modality=ICE)
    # What was seen before time was up knows of no lateness yet.
    assert "ago" not in announcement(due, stale, timer.clock.now()).body
    timer.care.check()
    late = announcement(due, timer.care.view, timer.clock.now().after(MINUTE_S))
    assert "6 min ago" in late.body
    assert "ago" not in announcement(due, replace(stale, since=None), timer.clock.now()).body


def test_a_snoozed_session_is_announced_in_the_same_words() -> None:
    timer = Timer()
    timer.start()
    timer.wait(20)
    timer.off()
    timer.wait(90)
    timer.do(cmd.Snooze(snooze_min=5))
    timer.wait(5)
    first, again = (said for _, said in timer.said if said.message is Message.DUE)
    assert first == again
