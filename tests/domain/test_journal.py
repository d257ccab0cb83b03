"""The record as rows: outcomes, times on skin and the pain around each session."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.journal import SessionRow, session_rows
from backtimer.domain.protocol import WhenOver
from backtimer.domain.session import Outcome
from tests.domain.kit import (
    COLD_MASSAGE,
    HEAT,
    HEAT_THEN_COOL,
    ICE,
    ICE_TWICE,
    Life,
    at_due,
    at_rest,
    plain_rules,
    quiet,
)


def rows(life: Life) -> list[SessionRow]:
    return session_rows(life.episode, life.now)


def last(life: Life) -> SessionRow:
    return rows(life)[-1]


def rate(life: Life, nrs: int) -> None:
    life.do(cmd.RatePain(nrs=nrs))


def test_a_complete_session_has_its_times() -> None:
    life = at_rest(10)
    row = last(life)
    assert (row.modality, row.protocol) == (ICE, "ice-then-heat")
    assert (row.started, row.ended) == (life.ago(30), life.ago(10))
    assert (row.planned_s, row.on_skin_s, row.late_s) == (1200, 1200, 0)
    assert row.outcome is Outcome.COMPLETE


def test_a_session_that_goes_on_has_no_end_and_no_outcome_yet() -> None:
    life = Life()
    life.start()
    life.wait(5)
    row = last(life)
    assert (row.ended, row.outcome, row.on_skin_s, row.pain_after) == (None, None, 300, None)


@pytest.mark.parametrize(
    ("minutes", "outcome", "late_s"),
    [
        (19, Outcome.EARLY, 0),
        (19.1, Outcome.COMPLETE, 0),
        (20, Outcome.COMPLETE, 0),
        (21, Outcome.COMPLETE, 60),
        (21.1, Outcome.LATE, 66),
        (90, Outcome.LATE, 4200),
    ],
)
def test_a_removal_is_early_complete_or_late(
    minutes: float, outcome: Outcome, late_s: float
) -> None:
    life = Life()
    life.start()
    life.wait(minutes)
    life.off()
    assert (last(life).outcome, last(life).late_s) == (outcome, late_s)


def test_a_pause_is_not_on_skin_and_not_late() -> None:
    life = Life()
    life.start()
    life.wait(5)
    life.do(cmd.Pause())
    life.wait(6)
    life.do(cmd.Resume())
    life.wait(15)
    life.off()
    row = last(life)
    assert (row.on_skin_s, row.late_s, row.outcome) == (1200, 0, Outcome.COMPLETE)


def test_a_pack_that_was_taken_as_off_is_assumed() -> None:
    life = Life(rules=plain_rules(when_over=WhenOver.ASSUME))
    life.start()
    life.wait(30)
    assert last(life).outcome is Outcome.ASSUMED


def test_skipped_and_missed_sessions_have_no_minutes() -> None:
    life = at_due(rules=plain_rules(quiet=quiet("22:30", "07:00")))
    rate(life, 5)
    life.do(cmd.Skip())
    life.wait(15 * 60)
    skipped, missed = rows(life)[1:]
    assert (skipped.outcome, missed.outcome) == (Outcome.SKIPPED, Outcome.MISSED)
    for row in (skipped, missed):
        assert (row.on_skin_s, row.late_s, row.ended) == (None, None, None)
        assert (row.pain_before, row.pain_after) == (None, None)
    assert missed.started.since(skipped.started) == 110 * 60


def test_where_nobody_knows_when_it_came_off_no_minutes_are_made_up() -> None:
    life = Life()
    life.start()
    life.wait(5)
    life.begin(ICE_TWICE)
    unknown = rows(life)[0]
    assert (unknown.outcome, unknown.on_skin_s, unknown.ended) == (Outcome.UNKNOWN, None, None)


def test_a_session_of_two_parts_is_one_row() -> None:
    life = Life()
    life.begin(HEAT_THEN_COOL)
    life.wait(17)
    life.off()
    assert last(life).modality is HEAT
    assert life.view.modality is COLD_MASSAGE
    life.wait(6)
    life.off()
    row = last(life)
    assert len(rows(life)) == 1
    assert (row.planned_s, row.on_skin_s, row.late_s) == (1200, 1380, 180)
    assert (row.ended, row.outcome) == (life.now, Outcome.LATE)


def test_a_session_in_its_inner_rest_has_not_ended() -> None:
    life = Life()
    life.begin(ICE_TWICE)
    life.wait(10)
    life.off()
    rate(life, 3)
    assert (last(life).ended, last(life).outcome, last(life).pain_after) == (None, None, None)


def test_a_session_given_up_in_its_inner_rest_is_early() -> None:
    life = Life()
    life.begin(ICE_TWICE)
    life.wait(10)
    life.off()
    life.do(cmd.Skip())
    assert (last(life).outcome, last(life).on_skin_s) == (Outcome.EARLY, 600)


def test_pain_before_is_the_last_within_an_hour_and_after_the_first_within_an_hour() -> None:
    life = Life()
    rate(life, 9)
    life.wait(30)
    rate(life, 8)
    life.wait(60)
    life.start()
    assert last(life).pain_before == 8
    life.wait(20)
    life.off()
    assert last(life).pain_after is None
    life.wait(60)
    rate(life, 4)
    rate(life, 3)
    assert last(life).pain_after == 4


def test_pain_that_is_rated_more_than_an_hour_away_belongs_to_no_session() -> None:
    life = Life()
    rate(life, 8)
    life.wait(60.1)
    life.start()
    rate(life, 7)
    life.wait(20)
    life.off()
    life.wait(60.1)
    rate(life, 4)
    assert (last(life).pain_before, last(life).pain_after) == (7, None)


def test_who_rates_as_the_clock_begins_to_run_tells_how_it_was_before() -> None:
    life = Life()
    life.start()
    life.wait(5)
    rate(life, 7)
    life.wait(10)
    rate(life, 5)
    assert last(life).pain_before == 7
    life = Life()
    rate(life, 8)
    life.start()
    life.wait(1)
    rate(life, 7)
    assert last(life).pain_before == 8


def test_pain_in_the_middle_of_a_session_is_neither_before_nor_after() -> None:
    life = Life()
    life.start()
    life.wait(5.1)
    rate(life, 7)
    life.wait(14.9)
    life.off()
    assert (last(life).pain_before, last(life).pain_after) == (None, None)
