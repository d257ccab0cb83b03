"""Every message in its words, for every pack."""

from dataclasses import replace

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.announcements import (
    Announcement,
    Urgency,
    announcement,
    guidance,
    sound_of,
    trial,
)
from backtimer.domain.clock import MINUTE_S
from backtimer.domain.ladder import Sound
from backtimer.domain.protocol import Modality
from backtimer.domain.reminding import Due, Message
from backtimer.domain.view import Action, View
from backtimer.domain.wording import take_off
from tests.services.timer import Timer, at_due

SAID = [each for each in Message if each not in (Message.TRIAL, Message.GUIDANCE)]
ICE, HEAT, COLD_MASSAGE = Modality.ICE, Modality.HEAT, Modality.COLD_MASSAGE


def told(message: Message, modality: Modality, timer: Timer | None = None) -> Announcement:
    timer = timer or Timer()
    due = Due(message=message, modality=modality)
    return announcement(due, timer.care.view, timer.clock.now(), snooze_min=10)


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
        (Message.SKIN_CHECK, ICE, "Burning, or no feeling at all?"),
        (Message.RATING, ICE, "How is the pain now?"),
        (Message.BEGUN, HEAT, "Heat has begun"),
        (Message.BEGUN, COLD_MASSAGE, "Cold massage has begun"),
    ],
)
def test_every_message_says_first_what_to_do(
    message: Message, modality: Modality, title: str
) -> None:
    assert told(message, modality).title == title


@pytest.mark.parametrize("modality", list(Modality))
@pytest.mark.parametrize("message", SAID)
def test_every_message_is_known_by_its_kind_and_has_a_sentence(
    message: Message, modality: Modality
) -> None:
    said = told(message, modality)
    assert said.message is message
    assert said.body.endswith(".")
    assert "{" not in said.title + said.body


def test_only_what_keeps_skin_safe_is_urgent() -> None:
    urgent = {each for each in SAID if told(each, ICE).urgency is Urgency.URGENT}
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
    assert "ago" not in announcement(due, stale, timer.clock.now(), snooze_min=10).body
    timer.care.check()
    late = announcement(due, timer.care.view, timer.clock.now().after(MINUTE_S), snooze_min=10)
    assert "6 min ago" in late.body
    odd = replace(stale, since=None)
    assert "ago" not in announcement(due, odd, timer.clock.now(), snooze_min=10).body


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


def labels(said: Announcement) -> list[str]:
    return [each.label for each in said.buttons]


def test_a_removal_can_be_answered_where_it_is_shown_and_lasts_until_then() -> None:
    said = told(Message.TAKE_OFF, ICE, with_ice_on_for(20))
    assert (labels(said), said.lasts) == (["I took it off"], True)


def test_the_next_session_can_be_begun_put_off_or_left_out() -> None:
    said = told(Message.DUE, ICE, at_due(Timer()))
    assert (labels(said), said.lasts) == (["Start", "Snooze 10 min", "Skip"], False)


def test_no_button_is_offered_that_would_be_refused() -> None:
    assert labels(told(Message.DUE, ICE)) == ["Start"]
    assert labels(told(Message.TAKE_OFF, ICE)) == []


def test_the_question_about_the_skin_has_one_answer_and_no_sound() -> None:
    said = told(Message.SKIN_CHECK, ICE, with_ice_on_for(10))
    assert (labels(said), said.sound) == (["Yes, I take it off"], None)


def test_how_the_pain_is_now_is_answered_by_one_press_or_in_the_window() -> None:
    timer = with_ice_on_for(20)
    timer.do(cmd.RatePain(nrs=6))
    timer.off()
    said = told(Message.RATING, ICE, timer)
    assert [(each.action, each.label) for each in said.buttons] == [
        (Action.SAME_PAIN, "Still 6"),
        (Action.RATE, "Rate it"),
    ]
    # For a desktop whose notifications have no buttons.
    assert said.body == "It was 6. Open Backtimer and press a digit."
    assert (said.opens, said.sound, said.urgency) == (Action.RATE, None, Urgency.GENTLE)
    assert not said.lasts


def test_only_the_question_about_the_pain_is_opened_by_a_click() -> None:
    opening = {each for each in SAID if told(each, ICE).opens}
    assert opening == {Message.RATING}


def test_after_a_restart_the_pack_may_be_on_or_off() -> None:
    timer = with_ice_on_for(10)
    timer.clock.reboot()
    again = timer.restarted()
    assert labels(told(Message.STILL_ON, ICE, again)) == ["Still on", "I took it off just now"]


def test_a_voice_says_what_to_do_and_what_follows() -> None:
    # Up at 8:20, and the next is an hour and a half later.
    said = told(Message.TAKE_OFF, ICE, with_ice_on_for(20))
    assert said.spoken == "Take the ice off. Next at ten to ten."


def test_a_voice_says_nothing_of_what_is_not_planned() -> None:
    timer = with_ice_on_for(20)
    nothing = replace(timer.care.view, next=None)
    due = Due(message=Message.TAKE_OFF, modality=ICE)
    said = announcement(due, nothing, timer.clock.now(), snooze_min=10)
    assert said.spoken == "Take the ice off."


def test_a_trial_is_as_loud_as_it_is_set_and_nobody_takes_it_for_an_alarm() -> None:
    said = trial(60)
    assert (said.volume, said.lasts, said.urgency) == (60, False, Urgency.GENTLE)
    assert "try" in said.body


@pytest.mark.parametrize("message", list(Message))
def test_only_what_has_to_come_off_sounds_like_an_alarm(message: Message) -> None:
    alarming = (Message.TAKE_OFF, Message.ASSUMED_OFF, Message.TRIAL)
    assert (sound_of(message) is Sound.ALARM) == (message in alarming)


def test_what_an_exercise_says_is_only_spoken() -> None:
    said = guidance("Let go.")
    assert (said.spoken, said.buttons, said.lasts) == ("Let go.", (), False)


@pytest.mark.parametrize("message", [Message.TRIAL, Message.GUIDANCE])
def test_a_trial_is_never_due_nor_what_an_exercise_says(message: Message) -> None:
    with pytest.raises(AssertionError):
        told(message, ICE)
