"""Sessions corrected afterwards: what is recorded stays, what is read is what really was."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.errors import Refused
from backtimer.domain.journal import SessionRow, session_rows
from backtimer.domain.pain_chart import Zoom, chart
from backtimer.domain.phases import Phase
from backtimer.domain.plan import marks_of_day
from backtimer.domain.session import Outcome, Session
from tests.domain.kit import HEAT_THEN_COOL, Life, at_due, at_rest, plain_rules

TAKEN_BACK = "This session was taken back. Have it count again first."


def at(clock: str, day: int = 1) -> datetime:
    """A time of day of the first of June, when the lives here begin at eight."""
    hour, minute = clock.split(":")
    return Life().now.wall.replace(day=day, hour=int(hour), minute=int(minute))


def correction(life: Life, number: int = 0, *, begun: str = "", removed: str = "") -> cmd.Command:
    """To have the session of that `number` be from `begun` to `removed`."""
    return cmd.CorrectSession(
        of=life.episode.sessions[number].of,
        begun=at(begun) if begun else None,
        removed=at(removed) if removed else None,
    )


def times(session: Session) -> str:
    assert session.last.removed
    return f"{session.begun.wall:%H:%M}-{session.last.removed.wall:%H:%M}"


def row(life: Life, number: int = 0) -> SessionRow:
    return session_rows(life.episode, life.now)[number]


def two_sessions() -> Life:
    """From 8:00 to 8:20, and from 9:50 to 10:10; an hour ago."""
    life = at_due()
    life.start()
    life.sleep(20)
    life.off()
    life.sleep(60)
    return life


def test_a_session_reads_as_it_was_corrected_and_keeps_what_was() -> None:
    life = at_rest(60)
    life.do(correction(life, begun="08:05", removed="08:22"))
    (session,) = life.episode.sessions
    assert times(session) == "08:05-08:22"
    assert [(f"{begun.wall:%H:%M}", ended) for begun, ended in session.was] == [
        ("08:00", life.ago(60))
    ]
    assert row(life).on_skin_s == 17 * 60


def test_the_rest_counts_from_when_it_really_came_off() -> None:
    life = at_rest(60)
    assert life.next_min() == 30
    life.do(correction(life, removed="08:50"))
    assert life.next_min() == 60
    assert row(life).outcome is Outcome.LATE
    life.do(correction(life, removed="08:10"))
    assert life.next_min() == 20
    assert row(life).outcome is Outcome.EARLY


@pytest.mark.parametrize(
    ("short_s", "outcome"),
    [(0, Outcome.COMPLETE), (59, Outcome.COMPLETE), (60, Outcome.EARLY)],
)
def test_less_than_a_minute_before_time_was_up_is_complete_as_times_are_said_to_the_minute(
    short_s: float, outcome: Outcome
) -> None:
    life = Life()
    life.start()
    life.sleep(20 - short_s / 60)
    life.off()
    assert row(life).outcome is outcome


def test_a_session_corrected_to_its_minute_is_complete() -> None:
    life = Life()
    life.sleep(40 / 60)
    life.start()
    life.sleep(25)
    life.off()
    life.do(correction(life, removed="08:20"))
    assert row(life).on_skin_s == 20 * 60 - 40
    assert row(life).outcome is Outcome.COMPLETE


def test_who_gives_a_reason_stopped_early_however_near_the_end_it_was() -> None:
    life = Life()
    life.start()
    life.sleep(20 - 0.5)
    life.do(cmd.Stop(why=ev.StopReason.HURTS))
    assert row(life).outcome is Outcome.EARLY


def test_what_is_said_as_it_was_is_no_event() -> None:
    life = at_rest(60)
    before = len(life.history)
    life.do(correction(life, begun="08:00", removed="08:20"))
    life.do(correction(life))
    assert len(life.history) == before


def test_an_unknown_end_can_be_told_later_and_be_unknown_again() -> None:
    life = Life()
    life.start()
    life.sleep(60)
    life.do(cmd.LoseTrack())
    life.sleep(10)
    assert row(life).outcome is Outcome.UNKNOWN
    life.do(correction(life, removed="08:20"))
    assert row(life).outcome is Outcome.COMPLETE
    of = life.episode.sessions[0].of
    life.do(cmd.CorrectSession(of=of, removed=at("09:00"), how=ev.RemovalKind.UNKNOWN))
    assert row(life).outcome is Outcome.UNKNOWN
    assert row(life).ended is None


@pytest.mark.parametrize(
    ("number", "begun", "removed", "why"),
    [
        (0, "07:30", "", "The pain began at 08:00. Say a later time, or first when it began."),
        (0, "08:20", "08:19", "It cannot have come off before it went on."),
        (0, "08:20", "08:20", "It cannot have come off before it went on."),
        (0, "", "09:51", "The session after it began at 09:50. Say an earlier time."),
        (1, "08:19", "", "The session before it went on until 08:20. Say a later time."),
        (1, "", "11:11", "That is later than 11:10. Say an earlier time."),
        (1, "", "23:59", "That is later than 11:10. Say an earlier time."),
    ],
)
def test_times_that_cannot_be_are_refused_with_why(
    number: int, begun: str, removed: str, why: str
) -> None:
    life = two_sessions()
    assert life.refusal(correction(life, number, begun=begun, removed=removed)) == why


def test_a_day_with_a_pack_on_is_a_slip_of_the_hand() -> None:
    life = at_rest(3 * 24 * 60)
    of = life.episode.sessions[0].of
    told = life.refusal(cmd.CorrectSession(of=of, removed=at("08:01", day=2)))
    assert told == "A pack is not on for more than 24 hours. Say other times."
    life.do(cmd.CorrectSession(of=of, removed=at("08:00", day=2)))


def test_times_are_said_to_the_minute_and_less_than_one_is_no_contradiction() -> None:
    life = Life()
    life.now = life.now.after(23)
    life.start()
    life.sleep(20)
    life.off()
    life.sleep(70)
    life.start()
    life.sleep(0.5)
    # The next began at 9:30:23: said are whole minutes.
    life.do(correction(life, removed="09:31"))
    first, second = life.episode.sessions
    assert first.last.removed == second.begun


def test_one_that_goes_on_is_not_corrected() -> None:
    life = Life()
    life.start()
    going_on = "This session is not over yet. Take it off first."
    assert life.refusal(correction(life, removed="08:10")) == going_on
    of = life.episode.sessions[0].of
    assert life.refusal(cmd.WithdrawSession(of=of)) == going_on
    assert life.refusal(cmd.RestoreSession(of=of)) == "This session counts already."


def test_what_is_not_there_is_not_corrected() -> None:
    life = at_rest()
    of = life.now.wall
    for command in (
        cmd.CorrectSession(of=of),
        cmd.WithdrawSession(of=of),
        cmd.RestoreSession(of=of),
    ):
        assert life.refusal(command) == "There is no such session in this episode."


def test_a_skipped_one_has_no_time_to_correct_and_can_be_taken_back() -> None:
    life = at_due()
    life.do(cmd.Skip())
    skipped = life.episode.sessions[1]
    assert "did not take place" in life.refusal(correction(life, 1, removed="09:51"))
    life.do(cmd.WithdrawSession(of=skipped.of))
    assert life.episode.sessions[1].withdrawn
    life.do(cmd.RestoreSession(of=skipped.of))
    assert life.episode.sessions[1] == skipped


# --- taken back ---


def test_one_that_was_taken_back_does_not_count_anywhere() -> None:
    life = two_sessions()
    assert life.view.sessions_today == 2
    second = life.episode.sessions[1]
    life.do(cmd.WithdrawSession(of=second.of))
    assert life.view.sessions_today == 1
    assert life.episode.removed == life.episode.sessions[0].last.removed
    assert life.phase is Phase.DUE
    assert life.refusal(cmd.WithdrawSession(of=second.of)) == TAKEN_BACK
    assert life.refusal(correction(life, 1, removed="10:00")) == TAKEN_BACK
    life.do(cmd.RestoreSession(of=second.of))
    assert str(life.phase) == "resting"
    assert life.episode.sessions[1] == second


def test_what_was_taken_back_is_told_as_it_was_recorded() -> None:
    life = at_rest(60)
    life.do(cmd.WithdrawSession(of=life.episode.sessions[0].of))
    assert next(each.planned for each in marks_of_day(life.episode, life.now))
    assert chart([(life.episode, life.now)], life.now, Zoom.EPISODE).bars == ()
    assert (row(life).outcome, row(life).on_skin_s) == (Outcome.COMPLETE, 20 * 60)
    assert not life.episode.has_held(life.episode.sessions[0].plan.modality)


def test_one_does_not_count_again_where_another_is_by_now() -> None:
    life = two_sessions()
    first, second = life.episode.sessions
    life.do(cmd.WithdrawSession(of=second.of))
    life.do(correction(life, removed="10:00"))
    told = life.refusal(cmd.RestoreSession(of=second.of))
    assert told == "The session before it went on until 10:00. Say a later time."
    life.do(cmd.WithdrawSession(of=first.of))
    life.do(cmd.RestoreSession(of=second.of))


# --- several parts ---


def test_a_session_of_parts_is_corrected_at_both_its_ends_and_never_goes_on() -> None:
    life = Life()
    life.begin(HEAT_THEN_COOL)
    life.sleep(5)
    life.off()
    assert row(life).outcome is Outcome.EARLY
    # It lasted its full time after all; what would have followed does not follow now.
    life.do(correction(life, begun="08:00", removed="08:05"))
    life.sleep(60)
    life.do(correction(life, removed="08:15"))
    (session,) = life.episode.sessions
    assert session.next_part is None
    assert session.is_over
    assert row(life).outcome is Outcome.EARLY


def test_both_parts_keep_what_lies_between_them() -> None:
    life = Life()
    life.begin(HEAT_THEN_COOL)
    life.sleep(15)
    life.off()
    life.sleep(5)
    life.off()
    life.sleep(60)
    life.do(correction(life, begun="08:03", removed="08:19"))
    heat, cool = life.episode.sessions[0].applications
    assert (heat.on_skin_s(life.now), cool.on_skin_s(life.now)) == (12 * 60, 4 * 60)


def test_a_pause_before_it_really_began_takes_nothing_away() -> None:
    life = Life()
    life.start()
    life.sleep(2)
    life.do(cmd.Pause())
    life.sleep(2)
    life.do(cmd.Resume())
    life.sleep(20)
    life.off()
    life.do(correction(life, begun="08:05"))
    assert row(life).on_skin_s == 19 * 60


# --- the record ---


@pytest.mark.parametrize("happens", [Life.restart, Life.reboot])
def test_what_was_corrected_is_read_again_as_it_was(happens: Callable[[Life], None]) -> None:
    life = two_sessions()
    life.do(correction(life, begun="08:02", removed="08:12"))
    life.do(cmd.WithdrawSession(of=life.episode.sessions[1].of))
    before = [(times(each), each.withdrawn, each.outcome) for each in life.episode.sessions]
    happens(life)
    after = [(times(each), each.withdrawn, each.outcome) for each in life.episode.sessions]
    assert after == before


def test_a_clock_that_was_set_since_does_not_move_what_was_recorded() -> None:
    life = at_rest(60)
    life.set_clock(5)
    life.do(correction(life, removed="08:30"))
    assert times(life.episode.sessions[0]) == "08:00-08:30"
    assert row(life).on_skin_s == 30 * 60


CHANGES = st.tuples(
    st.integers(0, 3), st.integers(-200, 200), st.integers(-200, 200), st.integers(0, 3)
)


@given(st.lists(CHANGES, max_size=12))
@settings(deadline=None, database=None, derandomize=True)
def test_whatever_is_corrected_no_two_sessions_overlap(
    changes: list[tuple[int, int, int, int]],
) -> None:
    life = two_sessions()
    for _ in range(2):
        life.wait(60)
        life.start()
        life.sleep(20)
        life.off()
    for number, begun, removed, what in changes:
        session = life.episode.sessions[number]
        assert session.last.removed
        commands = {
            0: cmd.WithdrawSession(of=session.of),
            1: cmd.RestoreSession(of=session.of),
        }
        said = cmd.CorrectSession(
            of=session.of,
            begun=session.begun.wall + timedelta(minutes=begun),
            removed=session.last.removed.wall + timedelta(minutes=removed),
        )
        try:
            life.do(commands.get(what, said))
        except Refused:
            continue
    counting = [each for each in life.episode.sessions if each.is_held]
    for one, other in pairwise(counting):
        assert one.last.removed
        assert other.begun.since(one.last.removed) >= 0
    assert all((row_.on_skin_s or 0) >= 0 for row_ in session_rows(life.episode, life.now))
    assert life.episode.onset
    assert all(each.begun.since(life.episode.onset) >= 0 for each in counting)


def test_rubbish_about_a_session_changes_nothing() -> None:
    life = Life()
    life.start()
    of, now = life.episode.sessions[0].of, life.now
    before = life.episode.sessions
    life.take((ev.SessionWithdrawn(at=now, of=of),))
    assert life.episode.sessions == before, "it goes on"
    life.sleep(20)
    life.off()
    life.take((ev.SessionWithdrawn(at=now, of=of),))
    taken_back = life.episode.sessions
    moved = ev.SessionCorrected(at=now, of=of, begun=now, removed=now, how=ev.RemovalKind.CONFIRMED)
    life.take((moved,))
    assert life.episode.sessions == taken_back, "it does not count"


def test_the_plan_of_another_course_has_no_say() -> None:
    life = at_rest(60, plain_rules(ice_min=15))
    life.do(correction(life, removed="08:15"))
    assert row(life).outcome is Outcome.COMPLETE
