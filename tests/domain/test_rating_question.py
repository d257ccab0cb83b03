"""“How is the pain now?”: asked once, soon after a session, of who rates their pain."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.phases import Phase
from backtimer.domain.reminding import (
    Message,
    holds,
    is_rating_open,
    rating_in_s,
    rating_to_ask,
)
from backtimer.domain.view import Action
from tests.domain.kit import HEAT_THEN_COOL, ICE, Life, plain_rules, quiet


def rated(**rules: object) -> Life:
    """Pain was rated before the first ice, which is on for 20 minutes by now."""
    life = Life(rules=plain_rules(**rules))
    life.do(cmd.RatePain(nrs=6))
    life.start()
    life.wait(20)
    return life


def over(minutes: float = 0.0, **rules: object) -> Life:
    """The ice is off since `minutes`."""
    life = rated(**rules)
    life.off()
    life.wait(minutes)
    return life


def is_asked(life: Life) -> bool:
    due = rating_to_ask(life.episode, life.now)
    assert due is None or (due.message, due.modality) == (Message.RATING, ICE)
    return due is not None


def test_it_is_asked_two_minutes_after_the_pack_came_off() -> None:
    life = over()
    assert rating_in_s(life.episode, life.now) == 120
    life.wait(1.9)
    assert not is_asked(life)
    life.wait(0.1)
    assert is_asked(life)


def test_it_is_asked_within_half_an_hour_and_not_later() -> None:
    life = over(30)
    assert is_asked(life)
    life.wait(0.1)
    assert not is_asked(life)
    assert rating_in_s(life.episode, life.now) is None


def test_who_never_rated_their_pain_is_not_asked() -> None:
    life = Life()
    assert not is_asked(life)
    life.start()
    life.wait(20)
    life.off()
    life.wait(5)
    assert not is_asked(life)


def test_who_took_the_only_rating_back_is_not_asked() -> None:
    life = over(1)
    life.do(cmd.WithdrawEntry(of=life.episode.pains[0].at.wall))
    life.wait(2)
    assert not is_asked(life)


def test_who_has_rated_since_is_not_asked() -> None:
    life = over(1)
    life.do(cmd.RatePain(nrs=6))
    life.wait(2)
    assert not is_asked(life)


def test_a_rating_while_the_pack_was_on_is_one_before() -> None:
    life = rated()
    life.do(cmd.RatePain(nrs=5))
    life.wait(0.5)
    life.off()
    life.wait(2)
    assert is_asked(life)


def test_it_is_not_asked_with_a_pack_on() -> None:
    life = over(90)
    life.start()
    life.wait(5)
    assert not is_asked(life)
    life.wait(15)
    assert life.phase is Phase.REMOVE
    assert not is_asked(life)


def test_it_is_not_asked_in_the_rest_within_a_session() -> None:
    life = Life()
    life.do(cmd.RatePain(nrs=6))
    life.begin(HEAT_THEN_COOL)
    life.wait(15)
    life.off()
    life.wait(2)
    assert not is_asked(life)


def test_it_is_not_asked_while_nobody_knows_when_the_pack_came_off() -> None:
    life = rated()
    life.do(cmd.LoseTrack())
    life.wait(3)
    assert not is_asked(life)


def test_it_is_not_asked_of_who_did_not_say_that_the_pack_is_off() -> None:
    life = Life()
    life.do(cmd.RatePain(nrs=6))
    life.start()
    life.do(cmd.Pause())
    life.wait(12)
    assert "PackRemoved" in life.kinds()
    assert not is_asked(life)


def test_a_late_removal_is_explained_first() -> None:
    life = rated()
    life.wait(20)
    life.off()
    life.wait(3)
    assert life.view.ask_removal
    assert not is_asked(life)
    life.do(cmd.ExplainRemoval(removed=life.ago(3)))
    assert is_asked(life)


def test_it_is_not_asked_once_the_next_session_is_due() -> None:
    life = over(30, ice_rest_min=30)
    assert life.phase is Phase.DUE
    assert not is_asked(life)


def test_it_is_not_asked_in_quiet_hours() -> None:
    assert is_asked(over(5, quiet=quiet("08:30", "12:00")))
    life = over(15, quiet=quiet("08:30", "12:00"))
    assert life.phase is Phase.RESTING
    assert not is_asked(life)


def test_the_question_is_open_until_it_is_rated_or_a_session_begins() -> None:
    life = over(2)
    assert is_rating_open(life.episode)
    assert holds(Message.RATING, life.view, life.episode)
    life.do(cmd.RatePain(nrs=4))
    assert not holds(Message.RATING, life.view, life.episode)
    life = over(40)
    assert holds(Message.RATING, life.view, life.episode)
    life.start()
    assert not holds(Message.RATING, life.view, life.episode)


@pytest.mark.parametrize("notice", list(ev.Notice))
def test_only_that_it_was_asked_in_this_session_counts(notice: ev.Notice) -> None:
    life = over(2)
    life.take((ev.Noticed(at=life.now, notice=notice),))
    assert is_asked(life) is (notice is not ev.Notice.RATING)
    assert (life.episode.heat_told is None) is (notice is not ev.Notice.SWITCH_TO_HEAT)
    life.wait(90)
    life.start()
    assert not life.episode.rating_asked


def test_the_same_pain_again_can_be_said_once_there_is_one() -> None:
    life = Life()
    assert Action.RATE in life.view.allowed
    assert Action.SAME_PAIN not in life.view.allowed
    life.do(cmd.RatePain(nrs=6))
    assert Action.SAME_PAIN in life.view.allowed
    life.do(cmd.WithdrawEntry(of=life.episode.pains[0].at.wall))
    assert Action.SAME_PAIN not in life.view.allowed
