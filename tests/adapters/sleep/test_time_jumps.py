import pytest

from backtimer.adapters.sleep.time_jumps import Jump, TimeJumps, read_clocks
from tests.adapters.sleep.kit import NOON, later


def test_time_that_merely_passes_is_no_jump() -> None:
    jumps = TimeJumps(NOON)
    assert not jumps.look(NOON)
    assert not jumps.look(later(NOON, awake_s=86_400))


@pytest.mark.parametrize("slept_s", [1, 3_600, 86_400 * 30])
def test_boot_time_that_ran_ahead_of_time_awake_was_sleep(slept_s: float) -> None:
    jumps = TimeJumps(NOON)
    assert jumps.look(later(NOON, awake_s=20, slept_s=slept_s)) == Jump(slept_s=slept_s, set_s=0)


@pytest.mark.parametrize("set_s", [-86_400, -1, 1, 3_600])
def test_a_wall_clock_that_moved_against_boot_time_was_set(set_s: float) -> None:
    jumps = TimeJumps(NOON)
    assert jumps.look(later(NOON, awake_s=20, set_s=set_s)) == Jump(slept_s=0, set_s=set_s)


def test_a_clock_can_be_set_in_sleep() -> None:
    jumps = TimeJumps(NOON)
    found = jumps.look(later(NOON, awake_s=1, slept_s=600, set_s=-60))
    assert found == Jump(slept_s=600, set_s=-60)


def test_each_jump_is_found_once() -> None:
    jumps = TimeJumps(NOON)
    woken = later(NOON, awake_s=1, slept_s=600)
    assert jumps.look(woken)
    assert not jumps.look(later(woken, awake_s=1))


def test_a_clock_that_runs_a_little_fast_is_not_set() -> None:
    jumps = TimeJumps(NOON)
    now = NOON
    for _ in range(1_000):
        now = later(now, awake_s=1, set_s=0.01)
        assert not jumps.look(now)


def test_the_clocks_of_this_machine_do_not_jump_while_it_is_awake() -> None:
    jumps = TimeJumps(read_clocks())
    assert not jumps.look(read_clocks())
