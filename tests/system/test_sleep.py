"""The machine stays awake while a pack is on; if it slept all the same, a second is enough."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters.logind_stand_in import StandIn
from tests.system.clocks import Clocks
from tests.system.real import Desktop, Program, on_terminal, until

pytestmark = pytest.mark.system

MINUTE_S, HOUR_S = 60, 3600
AT_ONCE_S = 1.0


@pytest.fixture
def logind(desktop: Desktop, tmp_path: Path) -> Iterator[StandIn]:
    stand_in = StandIn(desktop.address, tmp_path)
    stand_in.start()
    until("logind", lambda: stand_in.is_ready)
    yield stand_in
    stand_in.stop()


@pytest.fixture
def clocks(tmp_path: Path) -> Clocks:
    return Clocks(tmp_path)


@pytest.fixture
def watched(program: Program, desktop: Desktop, logind: StandIn, clocks: Clocks) -> Program:
    """A program that hears of sleep and can keep the machine awake."""
    assert logind.is_ready
    program.environment |= clocks.environment | {"DBUS_SYSTEM_BUS_ADDRESS": desktop.address}
    program.is_on_all_day()
    return program


def wake(logind: StandIn) -> None:
    """The machine is awake again."""
    logind.tell("sleep false")


@pytest.mark.parametrize("words", [(), ("--minimized",), ("--terminal",)])
def test_the_machine_is_kept_awake_from_putting_the_pack_on_to_taking_it_off(
    watched: Program, logind: StandIn, words: tuple[str, ...]
) -> None:
    watched.start(*words)
    # To know whether it can be had, one was taken and given back.
    until("a first try", lambda: "closed" in " ".join(logind.said) and logind.held == [])
    assert "fall asleep by itself" not in watched.told("start")
    until("held", lambda: logind.held == ["sleep:idle:handle-lid-switch"])
    watched.told("pause")
    watched.told("resume")
    assert len(logind.held) == 1
    watched.told("off")
    until("released", lambda: logind.held == [])


def test_a_program_that_is_killed_holds_nothing(watched: Program, logind: StandIn) -> None:
    watched.start("--terminal")
    watched.told("start")
    until("held", lambda: logind.held)
    watched.kill()
    until("released", lambda: logind.held == [])
    watched.start("--terminal")
    until("held again", lambda: logind.held)


@pytest.mark.parametrize("words", [("--minimized",), ("--terminal",)])
def test_a_removal_that_came_due_in_sleep_rings_within_a_second_and_says_how_late(
    watched: Program,
    logind: StandIn,
    clocks: Clocks,
    desktop: Desktop,
    words: tuple[str, ...],
) -> None:
    watched.start(*words)
    watched.told("start")
    until("held", lambda: logind.held)
    clocks.sleep(50 * MINUTE_S)
    woke_s = time.monotonic()
    wake(logind)
    until("the alarm", lambda: watched.said() == ["take-off"])
    assert time.monotonic() - woke_s < AT_ONCE_S
    until("the notification", lambda: desktop.titles() == ["Take the ice off"])
    assert "30 min ago" in desktop.bodies()[-1]


def test_a_rest_that_ended_in_sleep_is_told_once(
    watched: Program, logind: StandIn, clocks: Clocks
) -> None:
    watched.start("--terminal")
    watched.told("start")
    watched.told("off")
    until("released", lambda: logind.held == [])
    clocks.sleep(3 * HOUR_S)
    wake(logind)
    until("the message", lambda: watched.said() == ["due"])
    for _ in range(3):
        clocks.sleep(2 * MINUTE_S)
        wake(logind)
        watched.status()
    assert watched.said() == ["due"]


def test_a_session_that_lapsed_into_quiet_hours_in_sleep_is_not_told(
    watched: Program, logind: StandIn, clocks: Clocks
) -> None:
    watched.environment["TZ"] = "UTC"
    night_s = clocks.now_s() // MINUTE_S * MINUTE_S + 3 * HOUR_S
    clock = time.strftime("%H:%M", time.gmtime(night_s))
    morning = time.strftime("%H:%M", time.gmtime(night_s + 9 * HOUR_S))
    watched.told("config", "quiet_from", clock)
    watched.told("config", "quiet_to", morning)
    watched.start("--terminal")
    watched.told("start")
    watched.told("off")
    clocks.sleep(5 * HOUR_S)
    wake(logind)
    until("the night", lambda: watched.phase == "quiet")
    assert watched.said() == []


def test_who_cannot_be_kept_awake_is_told_before_anybody_lies_down(
    watched: Program, logind: StandIn, clocks: Clocks
) -> None:
    logind.tell("deny all")
    with on_terminal(watched, "--terminal") as terminal:
        terminal.expect("Nothing is going on")
        watched.told("start")
        terminal.expect("fall asleep by itself")
        watched.told("off")
        clocks.sleep(2 * HOUR_S)
        wake(logind)
        until("the next one", lambda: watched.phase == "due")
        assert "fall asleep by itself" in watched.told("start")
