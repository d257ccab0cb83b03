"""The table of cases, a test or more for each row: due, snoozed, skipped, and nobody comes."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.phases import Phase
from backtimer.domain.reminding import due_step, next_due_step_s
from backtimer.domain.session import Outcome
from tests.domain.kit import (
    ICE_TWICE,
    MONDAY_8,
    Life,
    at_due,
    at_rest,
    clock,
    live_plan,
    plain_rules,
    quiet,
)

NIGHT = quiet("22:30", "07:00")

TAKE_IT_OFF_FIRST = "Take it off first: backtimer off"


# snooze


def test_snooze_is_only_possible_when_due() -> None:
    life = at_rest(89)
    refused = life.refusal(cmd.Snooze(snooze_min=10))
    assert refused == "There is nothing to snooze: no session is due."


@pytest.mark.parametrize("snooze_min", [4, 61])
def test_snooze_outside_5_to_60_min_is_refused_with_the_limits(snooze_min: int) -> None:
    assert "5–60 min" in at_due().refusal(cmd.Snooze(snooze_min=snooze_min))


@pytest.mark.parametrize("snooze_min", [5, 10, 60])
def test_snooze_stays_due_and_is_silent_until_then(snooze_min: int) -> None:
    life = at_due(3)
    life.do(cmd.Snooze(snooze_min=snooze_min))
    silent_s = next_due_step_s(life.episode, life.now, speed=1)
    assert silent_s == snooze_min * 60
    life.wait(snooze_min - 0.1)
    assert life.phase is Phase.DUE
    assert due_step(life.episode, life.now, speed=1) is None
    life.wait(0.1)
    assert life.phase is Phase.DUE
    told = due_step(life.episode, life.now, speed=1)
    assert told
    assert told.step == 1


# skip


@pytest.mark.parametrize("rested_min", [0, 40, 90])
def test_skip_while_due_or_resting_puts_the_next_session_one_cycle_later(rested_min: int) -> None:
    life = at_rest(rested_min)
    life.do(cmd.Skip())
    assert life.phase is Phase.RESTING
    assert life.next_at() == "Mon 11:40"
    assert life.episode.sessions[-1].outcome is Outcome.SKIPPED


def test_skip_of_a_session_that_waited_long_is_one_cycle_from_now() -> None:
    life = at_due(100)
    life.do(cmd.Skip())
    assert life.next_min() == 110


def test_skip_can_be_said_again() -> None:
    life = at_rest()
    life.do(cmd.Skip())
    life.do(cmd.Skip())
    assert life.next_at() == "Mon 13:30"


def test_skip_is_refused_with_a_pack_on() -> None:
    life = Life()
    life.start()
    assert life.refusal(cmd.Skip()) == TAKE_IT_OFF_FIRST
    life.do(cmd.Pause())
    assert "backtimer off" in life.refusal(cmd.Skip())


def test_skip_in_an_inner_rest_ends_the_session_there() -> None:
    life = Life()
    life.begin(ICE_TWICE)
    life.wait(10)
    life.off()
    life.do(cmd.Skip())
    assert life.phase is Phase.RESTING
    assert life.next_min() == 90
    assert [each.outcome for each in life.episode.sessions] == [Outcome.EARLY]


# due and nobody comes


def test_due_and_nobody_comes_is_reminded_at_0_10_and_30_min_then_only_shown() -> None:
    life = at_due()
    told = []
    for gone_min in range(200):
        if said := due_step(life.episode, life.now, speed=1):
            told.append(gone_min)
            noticed = ev.Noticed(at=life.now, notice=ev.Notice.DUE, step=said.step)
            life.take((noticed,))
        life.wait(1)
    assert told == [0, 10, 30]
    assert life.phase is Phase.DUE
    assert next_due_step_s(life.episode, life.now, speed=1) is None


def test_due_and_nobody_comes_lapses_at_quiet_hours_as_one_missed_session() -> None:
    life = at_due(rules=plain_rules(quiet=NIGHT))
    before = life.wait(12 * 60 + 39)
    assert before.phase is Phase.DUE
    assert before.changes_in_s(life.now) == 60
    seen = life.wait(1)
    assert (seen.phase, life.next_at()) == (Phase.QUIET, "Tue 07:00")
    assert [each.outcome for each in life.episode.sessions] == [Outcome.COMPLETE, Outcome.MISSED]
    assert life.wait(8.5 * 60).phase is Phase.DUE


def test_due_and_nobody_comes_lapses_also_after_a_snooze() -> None:
    life = at_due(12 * 60, plain_rules(quiet=NIGHT))
    life.do(cmd.Snooze(snooze_min=60))
    seen = life.wait(40)
    assert seen.phase is Phase.QUIET
    assert life.episode.snoozed_until is None
    life.wait(8.5 * 60)
    told = due_step(life.episode, life.now, speed=1)
    assert told
    assert told.step == 1


def test_due_and_nobody_comes_for_days_is_one_missed_session_a_night_and_one_reminder() -> None:
    life = at_due(rules=plain_rules(quiet=NIGHT))
    life.sleep(5 * 1440)
    outcomes = [each.outcome for each in life.episode.sessions]
    assert outcomes == [Outcome.COMPLETE] + [Outcome.MISSED] * 5
    assert life.phase is Phase.DUE
    said = due_step(life.episode, life.now, speed=1)
    assert said
    life.take((ev.Noticed(at=life.now, notice=ev.Notice.DUE, step=said.step),))
    assert due_step(life.episode, life.now, speed=1) is None


def test_due_without_quiet_hours_never_lapses() -> None:
    life = at_due()
    assert life.sleep(2 * 1440).phase is Phase.DUE
    assert clock(life.view.since) == "Mon 09:50"


# sessions a day


def test_sessions_a_day_stop_the_plan_at_the_setting_over_the_last_24_elapsed_hours() -> None:
    life = Life(rules=plain_rules(sessions_per_day=3))
    begun: list[tuple[float, object]] = []
    live_plan(life, 1440 + 300, begun)  # type: ignore[arg-type]
    assert [at for at, _ in begun] == [0, 110, 220, 1440, 1550, 1660]


def test_sessions_a_day_keep_resting_until_the_plan_may_go_on() -> None:
    life = Life(rules=plain_rules(sessions_per_day=1))
    life.start()
    life.wait(20)
    life.off()
    assert (life.phase, life.until_min()) == (Phase.RESTING, 1420)
    life.wait(1425)
    seen = life.view
    assert (seen.phase, clock(seen.since)) == (Phase.DUE, "Tue 08:00")
    assert seen.sessions_today == 0


def test_a_full_day_that_ends_in_the_night_does_not_miss_a_session() -> None:
    rules = plain_rules(sessions_per_day=1, quiet=NIGHT)
    life = Life(rules=rules, wall=MONDAY_8.replace(hour=7))
    life.start()
    life.wait(20)
    life.off()
    life.wait(1420 + 5)
    assert life.phase is Phase.DUE
    assert "SessionMissed" not in life.kinds()


def test_sessions_a_day_by_hand_are_up_to_12() -> None:
    life = Life(rules=plain_rules(sessions_per_day=3))
    for _ in range(12):
        life.start()
        life.wait(5)
        life.off()
        life.wait(31)
    refused = life.refusal(cmd.Start())
    assert refused == "12 sessions in 24 hours are enough. The next is possible from Tue 08:00."
    life.wait(1440 - 12 * 36)
    assert life.start().phase is Phase.APPLYING
    assert life.view.sessions_today == 12


def test_a_due_session_lapses_at_once_where_the_night_was_moved_to_now() -> None:
    life = at_due(40)
    life.do(cmd.ChangeRules(rules=plain_rules(quiet=quiet("10:20", "12:00"))))
    life.check()
    assert life.phase is Phase.QUIET
    assert life.kinds()[-1] == "SessionMissed"
