"""The plan never disagrees with what then happens when every step of it is obeyed."""

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backtimer.domain import commands as cmd
from backtimer.domain.errors import Refused
from backtimer.domain.library import session_plan
from backtimer.domain.limits import LIMITS
from backtimer.domain.phases import Phase
from backtimer.domain.plan import Mark, StepKind, marks_of_day, next_choice, next_session, steps
from backtimer.domain.protocol import Modality
from backtimer.domain.session import Outcome
from tests.domain.kit import (
    BERLIN,
    HEAT,
    HEAT_THEN_COOL,
    ICE,
    ICE_TWICE,
    Life,
    at_due,
    at_rest,
    clock,
    manual_rules,
    plain_rules,
    quiet,
)

Happening = tuple[str, float, Modality]


def planned(life: Life, number: int) -> list[Happening]:
    """The next removals and sessions as the plan has them, with minutes from now."""
    coming = (each for each in steps(life.episode, life.now) if each.kind is not StepKind.REST)
    return [
        (str(each.kind), each.at.since(life.now), each.modality) for each in islice(coming, number)
    ]


def lived(life: Life, number: int) -> list[Happening]:
    """What happens when every step is obeyed at once."""
    first, happened = life.now, list[Happening]()
    if life.phase is Phase.PAUSED:
        life.do(cmd.Resume())
    while len(happened) < number and (life.view.changes_in_s(life.now) is not None):
        seen, gone_s = life.view, life.now.since(first)
        if seen.phase is Phase.DUE:
            assert seen.modality
            life.start()
            happened.append(("session", gone_s, seen.modality))
        elif seen.phase is Phase.REMOVE:
            assert seen.modality
            life.off()
            happened.append(("remove", gone_s, seen.modality))
        elif seen.next is None and seen.phase is Phase.RESTING:
            break
        else:
            life.now = life.now.after(seen.changes_in_s(life.now) or 0)
            life.check()
    return happened


LENGTHS = {key: st.integers(limit.least, limit.most) for key, limit in LIMITS.items()}
MINUTES = st.integers(0, 1439)
COMMANDS: list[cmd.Command] = [
    *(cmd.Start(), cmd.Start(modality=HEAT), cmd.Start(modality=ICE), cmd.Off(), cmd.Pause()),
    *(cmd.Resume(), cmd.Skip(), cmd.Switch(modality=HEAT), cmd.Switch(modality=ICE)),
]


@settings(max_examples=20)
@given(
    lengths=st.fixed_dictionaries({}, optional=LENGTHS),
    quiet_min=st.tuples(MINUTES, MINUTES),
    begin=st.datetimes(
        min_value=datetime(2026, 3, 27),  # noqa: DTZ001 - the strategy adds the zone
        max_value=datetime(2026, 3, 30),  # noqa: DTZ001
        timezones=st.sampled_from([BERLIN, ZoneInfo("Asia/Kolkata")]),
    ),
    onset_h=st.integers(0, 170),
    before=st.lists(st.tuples(st.sampled_from(COMMANDS), st.integers(0, 200)), max_size=5),
)
def test_what_is_planned_is_what_happens(
    lengths: dict[str, Any],
    quiet_min: tuple[int, int],
    begin: datetime,
    onset_h: int,
    before: list[tuple[cmd.Command, int]],
) -> None:
    hours = quiet(*(f"{at // 60}:{at % 60:02}" for at in quiet_min))
    life = Life(rules=plain_rules(quiet=hours, **lengths), wall=begin)
    life.do(cmd.Start(onset=life.ago(onset_h * 60)))
    for command, minutes in before:
        life.sleep(minutes)
        with suppress(Refused):
            life.do(command)
    expected = planned(life, 12)
    assert lived(life, len(expected)) == expected


def test_the_next_steps_are_removal_rest_and_session() -> None:
    life = Life()
    life.start()
    life.wait(5)
    first, second, third = islice(steps(life.episode, life.now), 3)
    assert (first.kind, clock(first.at), first.length_s) == (StepKind.REMOVE, "Mon 08:20", 0)
    assert (second.kind, clock(second.at), second.length_s) == (StepKind.REST, "Mon 08:20", 5400)
    assert (third.kind, clock(third.at), third.length_s) == (StepKind.SESSION, "Mon 09:50", 1200)


def test_while_idle_and_by_hand_nothing_is_planned() -> None:
    assert list(steps(Life().episode, Life().now)) == []
    life = Life(rules=manual_rules())
    life.start(HEAT)
    assert [each.kind for each in steps(life.episode, life.now)] == [
        StepKind.REMOVE,
        StepKind.REST,
    ]
    assert next_session(life.episode, life.now) is None
    assert next_choice(life.episode, life.now) == (HEAT, life.now)


def test_a_plan_without_an_end_stops_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backtimer.domain.plan.STEPS_MOST", 5)
    life = Life()
    life.start()
    kinds = [each.kind for each in steps(life.episode, life.now)]
    assert kinds.count(StepKind.SESSION) + kinds.count(StepKind.REMOVE) == 5


def test_a_session_in_two_halves_has_a_step_for_each() -> None:
    life = Life()
    life.begin(ICE_TWICE)
    life.wait(4)
    kinds = [(each.kind, each.at.since(life.now) / 60) for each in islice(steps_of(life), 6)]
    assert kinds == [
        (StepKind.REMOVE, 6),
        (StepKind.REST, 6),
        (StepKind.SESSION, 16),
        (StepKind.REMOVE, 26),
        (StepKind.REST, 26),
        (StepKind.SESSION, 116),
    ]


def steps_of(life: Life) -> Any:
    return steps(life.episode, life.now)


def test_heat_and_then_cold_massage_are_one_step_of_the_plan_and_two_removals() -> None:
    life = Life()
    life.begin(HEAT_THEN_COOL)
    kinds = [(each.kind, each.at.since(life.now) / 60) for each in islice(steps_of(life), 3)]
    assert kinds == [(StepKind.REMOVE, 15), (StepKind.REMOVE, 20), (StepKind.REST, 20)]


def test_a_protocol_of_several_parts_is_planned_as_long_as_it_is_on_at_a_stretch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("backtimer.domain.phases.session_plan", lambda _m, _r: ICE_TWICE)
    life = at_rest()
    life.do(cmd.Switch(modality=HEAT))
    step = next_session(life.episode, life.now)
    assert step
    assert step.length_s == 600
    assert session_plan(HEAT, life.rules) != ICE_TWICE


# Marks of a day


def spans(life: Life) -> list[tuple[str, str, bool, Outcome | None]]:
    return [
        (f"{each.begin.wall:%H:%M}", f"{each.end.wall:%H:%M}", each.planned, each.outcome)
        for each in marks_of_day(life.episode, life.now)
    ]


def test_marks_of_the_day_are_what_was_what_is_and_what_is_planned() -> None:
    life = at_due(rules=plain_rules(quiet=quiet("15:00", "07:00")))
    life.wait(5)
    life.start()
    life.wait(5)
    assert spans(life) == [
        ("08:00", "08:20", False, Outcome.COMPLETE),
        ("09:55", "10:15", False, None),
        ("11:45", "12:05", True, None),
        ("13:35", "13:55", True, None),
    ]


def test_a_mark_is_as_long_as_the_pack_is_on_and_longer_when_it_is_late() -> None:
    life = Life()
    life.start()
    life.wait(5)
    life.do(cmd.Pause())
    life.wait(8)
    assert spans(life)[0][:2] == ("08:00", "08:28")
    life.do(cmd.Resume())
    life.wait(30)
    assert spans(life)[0][:2] == ("08:00", "08:43")


def test_marks_of_a_session_of_several_parts_do_not_overlap() -> None:
    life = Life(rules=plain_rules(sessions_per_day=1))
    life.begin(HEAT_THEN_COOL)
    life.wait(5)
    assert spans(life) == [("08:00", "08:20", False, None)]
    life.wait(13)
    life.off()
    assert spans(life) == [("08:00", "08:23", False, None)]
    life = Life(rules=plain_rules(sessions_per_day=1))
    life.begin(ICE_TWICE)
    assert spans(life) == [("08:00", "08:10", False, None), ("08:20", "08:30", True, None)]
    life.wait(10)
    life.off()
    assert spans(life) == [("08:00", "08:10", False, None), ("08:20", "08:30", True, None)]


def test_left_out_sessions_are_marked_when_they_were_due() -> None:
    life = at_due(rules=plain_rules(sessions_per_day=2))
    life.do(cmd.Skip())
    assert spans(life) == [
        ("08:00", "08:20", False, Outcome.COMPLETE),
        ("09:50", "10:10", False, Outcome.SKIPPED),
        ("11:40", "12:00", True, None),
    ]


def test_marks_are_of_the_local_day() -> None:
    life = at_rest()
    life.sleep(24 * 60)
    (due, *others) = marks_of_day(life.episode, life.now)
    assert (due.planned, due.begin) == (True, life.now), "it can begin at once"
    assert all(each.begin.wall.date() == life.now.wall.date() for each in others)
    life.set_clock(-24)
    first = marks_of_day(life.episode, life.now)[0]
    assert (first.planned, first.modality) == (True, ICE), "by this clock the first was yesterday"


def test_the_last_day_of_the_plan_has_no_marks_past_its_end() -> None:
    life = Life()
    life.do(cmd.Start(onset=life.ago(167 * 60)))
    assert [each.planned for each in marks_of_day(life.episode, life.now)] == [False]


@pytest.mark.parametrize(
    ("outcome", "is_done"),
    [
        *((None, False), (Outcome.MISSED, False), (Outcome.SKIPPED, False)),
        *((Outcome.COMPLETE, True), (Outcome.LATE, True), (Outcome.UNKNOWN, True)),
    ],
)
def test_a_mark_is_done_when_the_pack_was_on(outcome: Outcome | None, is_done: bool) -> None:
    now = Life().now
    mark = Mark(modality=ICE, begin=now, end=now.after(1), outcome=outcome)
    assert mark.is_done == is_done


def test_marks_lie_one_after_the_other_on_a_day_of_summer_time() -> None:
    life = Life(wall=datetime(2026, 10, 25, 0, 30, tzinfo=BERLIN))
    life.start()
    marks = marks_of_day(life.episode, life.now)
    for before, after in pairwise(marks):
        assert before.end.since(life.now) < after.begin.since(life.now)
    last = marks[-1].begin.wall
    assert last.date() == life.now.wall.date()
    assert last - life.now.wall < timedelta(days=1)
