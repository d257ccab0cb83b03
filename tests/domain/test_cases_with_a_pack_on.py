"""The table of cases, a test or more for each row: pausing, silencing, taking off, ending."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.phases import Phase
from backtimer.domain.reminding import Message, settled_by_time
from backtimer.domain.session import Outcome
from tests.domain.kit import (
    ICE,
    Life,
    at_rest,
)

TAKE_IT_OFF_FIRST = "Take it off first: backtimer off"


# pause


def test_pause_is_only_possible_while_applying() -> None:
    life = Life()
    assert life.refusal(cmd.Pause()) == "There is no pack on to pause."
    life.start()
    life.do(cmd.Pause())
    assert life.refusal(cmd.Pause()) == "It is paused already. To go on: backtimer resume"
    life.do(cmd.Resume())
    life.wait(20)
    assert life.refusal(cmd.Pause()) == "Time is up: take it off. Then: backtimer off"


def test_pause_stops_time_on_skin_until_resumed() -> None:
    life = Life()
    life.start()
    life.wait(5)
    assert life.do(cmd.Pause()).phase is Phase.PAUSED
    assert life.until_min() == 10
    life.wait(9)
    life.do(cmd.Resume())
    assert life.until_min() == 15


def test_pause_becomes_off_after_10_min_at_the_moment_of_the_pause() -> None:
    life = Life()
    life.start()
    life.wait(5)
    life.do(cmd.Pause())
    assert life.wait(10 - 1 / 60).phase is Phase.PAUSED
    assert life.wait(1 / 60).phase is Phase.RESTING
    assert life.until_min() == 80, "the rest counts from the pause"
    session = life.episode.sessions[-1]
    assert session.outcome is Outcome.EARLY
    assert session.last.on_skin_s(life.now) == 5 * 60


def test_pause_that_expired_is_announced_once() -> None:
    life = Life()
    life.start()
    life.do(cmd.Pause())
    life.now = life.now.after(11 * 60)
    told = settled_by_time(life.check(), life.episode)
    assert told
    assert (told.message, told.modality) == (Message.PAUSE_OVER, ICE)
    assert settled_by_time(life.check(), life.episode) is None


# silence


def test_silence_is_only_possible_at_remove_and_what_is_shown_stays() -> None:
    life = Life()
    assert life.refusal(cmd.Silence()) == "Nothing is ringing."
    life.start()
    assert life.refusal(cmd.Silence()) == "Nothing is ringing."
    shown = life.wait(21)
    life.do(cmd.Silence())
    assert life.episode.silenced == life.now
    assert (life.view.phase, life.view.since) == (Phase.REMOVE, shown.since)
    life.off()
    assert life.refusal(cmd.Silence()) == "Nothing is ringing."


def test_silence_is_forgotten_with_the_next_session() -> None:
    life = Life()
    life.start()
    life.wait(20)
    life.do(cmd.Silence())
    life.off()
    life.wait(90)
    life.start()
    assert life.episode.silenced is None


# end or quit with a pack on


@pytest.mark.parametrize("command", [cmd.End(), cmd.Quit()])
@pytest.mark.parametrize("minutes", [5, 25])
def test_end_or_quit_with_a_pack_on_is_refused(command: cmd.Command, minutes: int) -> None:
    life = Life()
    life.start()
    life.wait(minutes)
    assert life.refusal(command) == TAKE_IT_OFF_FIRST


def test_end_in_a_pause_takes_the_pack_as_off_since_then() -> None:
    life = Life()
    life.start()
    life.wait(5)
    life.do(cmd.Pause())
    life.wait(5)
    life.do(cmd.End())
    assert life.phase is Phase.IDLE
    removed, ended = life.history[-2:]
    assert isinstance(removed, ev.PackRemoved)
    assert removed.removed.since(life.now) == -5 * 60
    assert isinstance(ended, ev.EpisodeEnded)


def test_end_keeps_the_rules_and_nothing_else() -> None:
    life = at_rest()
    life.do(cmd.End())
    assert (life.view.phase, life.view.onset, life.view.pain) == (Phase.IDLE, None, None)
    assert life.episode.rules == life.rules


# off --at


def test_off_at_counts_the_rest_from_then() -> None:
    life = Life()
    life.start()
    life.wait(30)
    life.off(minutes_ago=8)
    assert life.until_min() == 82
    assert life.episode.sessions[-1].late_s == 2 * 60


@pytest.mark.parametrize("minutes_ago", [-0.1, 30.1])
def test_off_at_is_between_start_and_now(minutes_ago: float) -> None:
    life = Life()
    life.start()
    life.wait(30)
    refused = life.refusal(cmd.Off(removed=life.ago(minutes_ago)))
    assert refused == "It went on at 08:00: say a time between then and now."
    life.off(minutes_ago=30)


def test_off_at_in_a_pause_is_no_later_than_the_pause() -> None:
    life = Life()
    life.start()
    life.wait(10)
    life.do(cmd.Pause())
    life.wait(5)
    life.off(minutes_ago=2)
    assert life.episode.removed == life.ago(5)


def test_off_at_in_a_pause_can_be_before_the_pause() -> None:
    life = Life()
    life.start()
    life.wait(10)
    life.do(cmd.Pause())
    life.wait(5)
    life.off(minutes_ago=9)
    assert life.episode.sessions[-1].last.on_skin_s(life.now) == 6 * 60


def test_off_at_before_an_earlier_pause_counts_no_minute_of_it() -> None:
    life = Life()
    life.start()
    life.wait(6)
    life.do(cmd.Pause())
    life.wait(4)
    life.do(cmd.Resume())
    life.wait(5)
    life.off(minutes_ago=10)
    session = life.episode.sessions[-1]
    assert session.last.on_skin_s(life.now) == 5 * 60
    assert session.outcome is Outcome.EARLY


# removal answered more than 15 min late


def test_removal_answered_more_than_15_min_late_is_recorded_as_now_and_asked_about() -> None:
    life = Life()
    life.start()
    life.wait(20 + 15)
    assert not life.off().ask_removal
    life = Life()
    life.start()
    life.wait(20 + 16)
    seen = life.off()
    assert seen.ask_removal
    assert life.until_min() == 90
    assert life.episode.sessions[-1].outcome is Outcome.LATE


def test_removal_answered_late_can_be_explained_once() -> None:
    life = Life()
    life.start()
    life.wait(60)
    life.off()
    seen = life.do(cmd.ExplainRemoval(removed=life.ago(39)))
    assert not seen.ask_removal
    assert life.until_min() == 51, "the rest counts from when it really came off"
    assert life.episode.sessions[-1].outcome is Outcome.COMPLETE
    refused = life.refusal(cmd.ExplainRemoval(removed=life.ago(38)))
    assert refused == "There is no late removal to explain."


@pytest.mark.parametrize("minutes_ago", [-0.1, 60.1])
def test_removal_answered_late_is_explained_by_a_time_in_between(minutes_ago: float) -> None:
    life = Life()
    life.start()
    life.wait(60)
    life.off()
    refused = life.refusal(cmd.ExplainRemoval(removed=life.ago(minutes_ago)))
    assert refused == "Say a time between putting it on and saying that it was off."


@pytest.mark.parametrize("minutes_ago", [0, 60])
def test_removal_answered_late_can_have_been_at_either_end(minutes_ago: float) -> None:
    life = Life()
    life.start()
    life.wait(60)
    life.off()
    life.do(cmd.ExplainRemoval(removed=life.ago(minutes_ago)))
    assert life.episode.removed == life.ago(minutes_ago)


def test_removal_answered_late_is_no_longer_asked_about_in_the_next_session() -> None:
    life = Life()
    life.start()
    life.wait(60)
    life.off()
    life.wait(90)
    assert life.view.ask_removal
    assert not life.start().ask_removal
