"""The fold of events: also one that makes no sense, as in a record that somebody edited."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.clock import Moment
from backtimer.domain.episode import Episode, evolve, fold
from backtimer.domain.journal import session_rows
from backtimer.domain.plan import marks_of_day
from backtimer.domain.protocol import Modality
from backtimer.domain.record import with_open_episode
from backtimer.domain.reminding import due_step, heat_to_tell, next_due_step_s
from backtimer.domain.session import Outcome
from backtimer.domain.settle import settle
from backtimer.domain.view import view
from tests.domain.event_strategies import events, moments
from tests.domain.kit import (
    HEAT,
    HEAT_THEN_COOL,
    ICE,
    ICE_TWICE,
    Life,
    at_rest,
    moment,
    plain_rules,
)


def skipped(at_min: float) -> ev.SessionSkipped:
    at = moment().after(at_min * 60)
    return ev.SessionSkipped(at=at, modality=ICE, due=at, resume=at)


@settings(max_examples=60)
@given(moments(), st.lists(events(but=ev.EpisodeEnded), max_size=20), moments())
def test_any_events_in_any_order_can_be_shown(
    onset: Moment, history: list[ev.Event], now: Moment
) -> None:
    begun = ev.EpisodeStarted(at=onset, onset=onset, rules=plain_rules())
    episode = fold(plain_rules(), [begun, *history])
    shown = view(episode, now)
    _, settled = settle(episode, now)
    assert settle(settled, now) == ((), settled)
    marks_of_day(settled, now)
    session_rows(settled, now)
    due_step(settled, now, 1)
    next_due_step_s(settled, now, 1)
    heat_to_tell(settled, shown.heat_from, now)


@given(events())
def test_only_a_start_and_the_diary_change_anything_while_idle(event: ev.Event) -> None:
    idle = Episode(rules=plain_rules())
    counts = isinstance(event, ev.EpisodeStarted | ev.PainRated | ev.Logged)
    assert (evolve(idle, event) != idle) == counts


def test_a_second_start_of_the_episode_changes_nothing() -> None:
    life = at_rest()
    again = ev.EpisodeStarted(at=life.now, onset=life.now, rules=plain_rules(ice_min=5))
    assert evolve(life.episode, again) == life.episode


def test_a_session_that_starts_with_a_pack_on_gives_up_the_one_before() -> None:
    life = Life()
    life.start()
    life.begin(ICE_TWICE)
    given_up, running = life.episode.sessions
    assert given_up.outcome is Outcome.UNKNOWN
    assert given_up.pack is None
    assert running.outcome is None


def test_what_is_put_on_twice_or_taken_off_twice_is_put_on_or_taken_off_once() -> None:
    life = Life()
    life.begin(ICE_TWICE)
    life.take((ev.PackPutOn(at=life.now),))
    assert len(life.episode.sessions[-1].applications) == 1
    life.wait(10)
    life.off()
    before = life.episode
    removed = ev.PackRemoved(at=life.now, removed=life.now, how=ev.RemovalKind.CONFIRMED)
    for event in (removed, ev.Paused(at=life.now), ev.Resumed(at=life.now)):
        assert evolve(before, event) == before


def test_pausing_twice_is_pausing_once_and_resuming_without_a_pause_is_nothing() -> None:
    life = Life()
    life.start()
    before = life.episode
    assert evolve(before, ev.Resumed(at=life.now)) == before
    paused = evolve(before, ev.Paused(at=life.now))
    assert evolve(paused, ev.Paused(at=life.now.after(60))).sessions == paused.sessions


def test_a_correction_with_a_pack_on_or_without_any_is_nothing() -> None:
    life = Life()
    life.start()
    corrected = ev.RemovalCorrected(at=life.now, removed=life.now)
    assert evolve(life.episode, corrected) == life.episode
    idle = Episode(rules=life.rules)
    assert evolve(idle, corrected) == idle


def test_what_a_restart_of_the_machine_asks_is_answered_by_any_word_about_the_pack() -> None:
    life = Life()
    life.start()
    life.take((ev.MachineRestarted(at=life.now),))
    for answer in (
        ev.PackStillOn(at=life.now),
        ev.PackRemoved(at=life.now, removed=life.now, how=ev.RemovalKind.UNKNOWN),
    ):
        session = evolve(life.episode, answer).sessions[-1]
        assert not session.last.unsure


def test_a_restart_of_the_machine_asks_nothing_of_a_pack_that_was_off() -> None:
    life = Life()
    life.start()
    for off in (
        ev.Paused(at=life.now),
        ev.PackRemoved(at=life.now, removed=life.now, how=ev.RemovalKind.CONFIRMED),
    ):
        episode = fold(life.rules, [*life.history, off, ev.MachineRestarted(at=life.now)])
        assert not episode.sessions[-1].last.unsure


def test_nothing_follows_in_a_session_of_which_the_end_is_unknown() -> None:
    life = Life()
    life.begin(HEAT_THEN_COOL)
    life.wait(20)
    life.do(cmd.LoseTrack())
    assert life.episode.running is None
    assert life.episode.sessions[-1].outcome is Outcome.UNKNOWN


def test_a_correction_after_a_skipped_session_is_of_the_one_that_was_held() -> None:
    life = Life()
    life.start()
    life.wait(60)
    life.off()
    life.take((skipped(70),))
    earlier = life.ago(30)
    life.take((ev.RemovalCorrected(at=life.now, removed=earlier),))
    held, left_out = life.episode.sessions
    assert held.last.removed == earlier
    assert left_out.outcome is Outcome.SKIPPED


def test_left_out_sessions_have_the_plan_of_their_modality() -> None:
    life = at_rest()
    at = life.now
    life.take((ev.SessionMissed(at=at, modality=HEAT, due=at, resume=at),))
    missed = life.episode.sessions[-1]
    assert (missed.outcome, missed.plan.modality) == (Outcome.MISSED, HEAT)
    assert missed.next_part is None


def test_a_resume_that_is_earlier_than_its_pause_takes_nothing_away() -> None:
    life = Life()
    life.start()
    life.wait(10)
    life.take((ev.Paused(at=life.now), ev.Resumed(at=life.ago(5))))
    assert life.until_min() == 10


def test_the_episode_knows_what_was_on_skin() -> None:
    life = Life()
    assert not life.episode.has_held(ICE)
    life.start()
    assert life.episode.has_held(ICE)
    assert not life.episode.has_held(Modality.HEAT)


def test_everything_but_the_rules_is_gone_with_the_end() -> None:
    life = at_rest()
    ended = evolve(life.episode, ev.EpisodeEnded(at=life.now))
    assert ended == Episode(rules=life.rules)


def test_a_record_gets_its_open_episode_back_and_keeps_the_others() -> None:
    at = moment()
    first = (
        ev.EpisodeStarted(at=at, onset=at, rules=plain_rules()),
        ev.PainRated(at=at.after(1), nrs=1),
    )
    ended = ev.EpisodeEnded(at=at.after(2))
    second = tuple(replace(each, at=each.at.after(60)) for each in first)
    assert with_open_episode((), ()) == ()
    assert with_open_episode((), second) == (second,)
    assert with_open_episode(((*first, ended),), second) == ((*first, ended), second)
    assert with_open_episode(((*first, ended), second[:1]), second) == ((*first, ended), second)
    lost_its_end = with_open_episode((first,), second)
    assert lost_its_end == ((*first, replace(ended, at=at.after(1))), second)
    assert with_open_episode((first,), ()) == (first,)
