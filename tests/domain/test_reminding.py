"""When to speak up: once for each moment, not in a burst, and again only as documented."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.phases import Phase
from backtimer.domain.reminding import (
    Message,
    due_step,
    heat_to_tell,
    next_due_step_s,
    settled_by_time,
)
from tests.domain.kit import HEAT, ICE, Life, at_due, at_rest, manual_rules, plain_rules, quiet

NIGHT = quiet("22:30", "07:00")


def step(life: Life, speed: float = 1) -> int | None:
    due = due_step(life.episode, life.now, speed)
    return due.step if due else None


def tell(life: Life) -> None:
    due = due_step(life.episode, life.now, 1)
    assert due
    life.take((ev.Noticed(at=life.now, notice=ev.Notice.DUE, step=due.step),))


def heat_is_told(life: Life) -> bool:
    due = heat_to_tell(life.episode, life.view.heat_from, life.now)
    assert due is None or (due.message, due.modality) == (Message.SWITCH_TO_HEAT, HEAT)
    return due is not None


def tell_heat(life: Life) -> None:
    life.take((ev.Noticed(at=life.now, notice=ev.Notice.SWITCH_TO_HEAT),))


def begun_hours_ago(hours: float, **changes: object) -> Life:
    """An ice session is over; the onset is `hours` before it began."""
    life = Life(rules=plain_rules(**changes))
    life.do(cmd.Start(modality=ICE, onset=life.ago(hours * 60)))
    life.wait(20)
    life.off()
    return life


# A session that is due


def test_a_due_session_is_said_at_once_with_its_modality() -> None:
    life = at_due()
    due = due_step(life.episode, life.now, 1)
    assert due
    assert (due.message, due.modality, due.step) == (Message.DUE, ICE, 1)
    assert next_due_step_s(life.episode, life.now, 1) == 0


def test_nothing_is_said_before_it_is_due() -> None:
    life = at_rest(89)
    assert step(life) is None
    assert next_due_step_s(life.episode, life.now, 1) is None


def test_what_was_said_is_not_said_again_until_its_next_moment() -> None:
    life = at_due()
    tell(life)
    assert step(life) is None
    assert next_due_step_s(life.episode, life.now, 1) == 600
    life.wait(10)
    assert step(life) == 2
    tell(life)
    assert next_due_step_s(life.episode, life.now, 1) == 1200


def test_found_late_all_reminders_are_one() -> None:
    life = at_rest()
    life.sleep(90 + 45)
    assert step(life) == 3
    tell(life)
    assert step(life) is None
    assert next_due_step_s(life.episode, life.now, 1) is None


def test_a_restart_does_not_say_it_again() -> None:
    life = at_due()
    tell(life)
    life.restart()
    assert step(life) is None


def test_in_a_demo_reminders_are_real_minutes_apart() -> None:
    life = at_due()
    tell(life)
    assert next_due_step_s(life.episode, life.now, 600) == 600
    life.wait(600 * 9)
    assert step(life, speed=600) is None
    life.wait(600)
    assert step(life, speed=600) == 2


def test_after_a_snooze_the_reminders_begin_again() -> None:
    life = at_due()
    tell(life)
    life.do(cmd.Snooze(snooze_min=15))
    assert next_due_step_s(life.episode, life.now, 1) == 15 * 60
    life.wait(15)
    assert step(life) == 1
    tell(life)
    life.wait(10)
    assert step(life) == 2


def test_a_session_that_is_due_again_after_a_gap_is_said_again() -> None:
    life = at_due(5, plain_rules(gap_min=120))
    tell(life)
    life.do(cmd.Switch(modality=HEAT))
    assert step(life) is None
    life.wait(25)
    due = due_step(life.episode, life.now, 1)
    assert due
    assert (due.modality, due.step) == (HEAT, 1)


def test_a_switch_that_changes_no_time_is_not_said_again() -> None:
    life = at_due(5)
    tell(life)
    life.do(cmd.Switch(modality=HEAT))
    assert step(life) is None


def test_the_next_session_is_said_from_the_beginning() -> None:
    life = at_due(35)
    tell(life)
    life.start()
    life.wait(20)
    life.off()
    life.wait(90)
    assert step(life) == 1


def test_in_the_morning_only_the_morning_is_said() -> None:
    life = at_due(rules=plain_rules(quiet=NIGHT))
    tell(life)
    life.sleep(24 * 60)
    assert life.phase is Phase.DUE
    assert step(life) == 3
    assert life.kinds().count("SessionMissed") == 1


# Heat takes over


def test_heat_is_told_once_when_it_takes_over() -> None:
    life = begun_hours_ago(71)
    assert not heat_is_told(life)
    life.wait(39.9)
    assert not heat_is_told(life)
    life.wait(0.1)
    assert heat_is_told(life)
    tell_heat(life)
    assert not heat_is_told(life)
    life.restart()
    assert not heat_is_told(life)


def test_heat_is_told_again_when_the_onset_was_said_to_be_later() -> None:
    life = begun_hours_ago(72)
    assert heat_is_told(life)
    tell_heat(life)
    life.do(cmd.ChangeOnset(onset=life.ago(60 * 60)))
    assert not heat_is_told(life)
    life.wait(12 * 60)
    assert heat_is_told(life)


def test_heat_is_not_told_with_a_pack_on() -> None:
    life = Life()
    life.do(cmd.Start(modality=ICE, onset=life.ago(72 * 60)))
    assert not heat_is_told(life)
    life.do(cmd.Pause())
    assert not heat_is_told(life)
    life.do(cmd.Resume())
    life.wait(20)
    assert not heat_is_told(life)
    life.off()
    assert heat_is_told(life)


def test_heat_is_not_told_at_night() -> None:
    life = begun_hours_ago(71, quiet=quiet("09:00", "12:00"))
    life.wait(60)
    assert not heat_is_told(life)
    life.wait(160)
    assert heat_is_told(life)


def test_heat_is_not_told_in_a_rest_that_lasts_into_the_night() -> None:
    life = begun_hours_ago(71, quiet=quiet("08:30", "12:00"))
    assert life.wait(60).phase is Phase.RESTING
    assert not heat_is_told(life)


def test_heat_is_not_told_to_who_has_had_heat_or_wants_ice() -> None:
    life = begun_hours_ago(71)
    life.wait(35)
    life.start(HEAT)
    life.wait(15)
    life.off()
    assert not heat_is_told(life)
    life = begun_hours_ago(71)
    life.do(cmd.Switch(modality=ICE))
    life.wait(60)
    assert not heat_is_told(life)


def test_heat_is_not_told_where_it_never_takes_over_or_where_all_is_over() -> None:
    life = Life(rules=manual_rules())
    life.start()
    life.wait(15)
    life.off()
    assert life.view.heat_from is None
    assert not heat_is_told(life)
    life = begun_hours_ago(71)
    life.sleep(100 * 60)
    assert not heat_is_told(life)


# What time brought about


def test_of_several_facts_the_last_that_counts_is_told() -> None:
    life = Life(rules=plain_rules(quiet=NIGHT))
    life.start()
    life.do(cmd.Pause())
    life.now = life.now.after(20 * 3600)
    facts = life.check()
    assert [type(each) for each in facts] == [ev.PackRemoved, ev.SessionMissed]
    told = settled_by_time(facts, life.episode)
    assert told
    assert told.message is Message.PAUSE_OVER


@pytest.mark.parametrize("minutes", [0, 30])
def test_where_nothing_happened_nothing_is_told(minutes: int) -> None:
    life = at_due(minutes)
    assert settled_by_time(life.check(), life.episode) is None
