"""Exercises: exact holds, counts and sides, locked until the flare is over."""

from itertools import pairwise

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.events import Topic
from backtimer.domain.exercises import (
    EXERCISES,
    LOCKED,
    STOP_IF_IT_HURTS,
    WALK_S,
    StepKind,
    amount,
    are_unlocked,
    place,
    step_spoken,
    steps,
    walk_left_s,
    walk_words,
)
from backtimer.domain.phases import Phase
from backtimer.domain.safety import tip
from tests.domain.kit import ICE, Life


def held(key: str, *, full: bool) -> list[tuple[int, int, int]]:
    """Side, count and seconds of each hold."""
    found = steps(EXERCISES[key], full=full)
    return [(each.side, each.count, each.seconds) for each in found if each.kind is StepKind.HOLD]


def test_s4_knee_to_chest_is_5_to_10_s_5_to_10_times_each_side() -> None:
    short, long = held("knee-to-chest", full=False), held("knee-to-chest", full=True)
    assert short == [(side, count, 5) for side in (1, 2) for count in range(1, 6)]
    assert long == [(side, count, 10) for side in (1, 2) for count in range(1, 11)]


def test_s4_both_knees_the_same_without_sides() -> None:
    assert held("both-knees", full=False) == [(1, count, 5) for count in range(1, 6)]
    assert held("both-knees", full=True) == [(1, count, 10) for count in range(1, 11)]


def test_s4_flatten_the_back_is_5_to_10_s_10_times() -> None:
    assert held("flatten-back", full=False) == [(1, count, 5) for count in range(1, 11)]
    assert held("flatten-back", full=True) == [(1, count, 10) for count in range(1, 11)]


def test_s4_no_early_sit_ups_crunches_or_extensions_are_in_the_library() -> None:
    assert set(EXERCISES) == {"knee-to-chest", "both-knees", "flatten-back"}
    for each in EXERCISES.values():
        words = f"{each.key} {each.name} {each.how}".lower()
        for never in ("sit-up", "sit up", "crunch", "extension", "arch", "backward", "push"):
            assert never not in words


def test_s4_stop_if_it_hurts_is_said() -> None:
    assert "Stop if it hurts" in STOP_IF_IT_HURTS


def test_s1_s4_exercises_wait_until_the_flare_is_over_is_said_and_say_why() -> None:
    life = Life()
    life.start()
    assert not are_unlocked(life.episode.entries)
    assert "doctor’s word" in LOCKED
    life.do(cmd.Log(topic=Topic.FLARE_OVER))
    assert are_unlocked(life.episode.entries)
    life.do(cmd.WithdrawEntry(of=life.episode.entries[-1].at.wall))
    assert not are_unlocked(life.episode.entries)


def test_time_goes_through_the_steps_one_after_the_other_and_ends() -> None:
    found = steps(EXERCISES["knee-to-chest"], full=False)
    begun = Life().now
    seen = []
    gone_s = 0.0
    while where := place(found, begun, begun.after(gone_s)):
        assert where.left_s == where.step.seconds
        seen.append(where.step)
        gone_s += where.step.seconds
    assert tuple(seen) == found
    assert gone_s == sum(each.seconds for each in found)


def test_before_a_side_one_gets_into_position_and_between_holds_one_lets_go() -> None:
    found = steps(EXERCISES["knee-to-chest"], full=False)
    settling = [(each.side, each.count) for each in found if each.kind is StepKind.SETTLE]
    assert settling == [(1, 1), (2, 1)]
    assert [each.kind for each in found[:4]] == [
        StepKind.SETTLE,
        StepKind.HOLD,
        StepKind.RELEASE,
        StepKind.HOLD,
    ]


def test_a_clock_that_is_a_little_early_is_at_the_beginning() -> None:
    found = steps(EXERCISES["both-knees"], full=False)
    begun = Life().now
    where = place(found, begun, begun.after(-1))
    assert where
    assert where.step is found[0]


def test_s1_s2_the_walk_runs_two_minutes() -> None:
    begun = Life().now
    assert WALK_S == 120
    assert walk_left_s(begun, begun) == 120
    assert walk_left_s(begun, begun.after(119)) == 1
    assert walk_left_s(begun, begun.after(500)) == 0


def test_a_voice_names_the_exercise_its_sides_and_each_hold_and_counts_no_seconds() -> None:
    found = steps(EXERCISES["knee-to-chest"], full=False)
    said = [step_spoken(each, 2, "Knee to chest") for each in found]
    assert said[:4] == [
        "Knee to chest. One side: get into position.",
        "Hold. 1 of 5.",
        "Let go.",
        "Hold. 2 of 5.",
    ]
    assert said[8:12] == [
        "Let go.",
        "Hold. 5, the last one.",
        "Now the other side.",
        "Hold. 1 of 5.",
    ]
    assert all(one != other for one, other in pairwise(said)), "each step is heard"


def test_an_exercise_without_sides_is_said_without_them() -> None:
    step = steps(EXERCISES["flatten-back"], full=True)[0]
    assert step_spoken(step, 1, "Flatten the back") == "Flatten the back. Get into position."


def test_who_walks_is_told_when_to_turn_back() -> None:
    assert walk_words(120) == walk_words(60.1) == "Walk, slow and upright."
    assert walk_words(60) == walk_words(1) == "One minute is over. Turn back."


def test_the_amount_is_told_in_a_few_words() -> None:
    assert amount(EXERCISES["knee-to-chest"], full=False) == "5 s, 5 times each side"
    assert amount(EXERCISES["flatten-back"], full=True) == "10 s, 10 times"


@pytest.mark.parametrize("phase", Phase)
def test_s0_s3_the_nudge_to_move_comes_in_rests_and_never_with_a_pack_on(phase: Phase) -> None:
    nudges = "active" in tip(phase, ICE, 1200).title
    assert nudges is (phase in (Phase.RESTING, Phase.IDLE))
