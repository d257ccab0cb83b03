"""Clocks that are set, zones that change, machines that sleep or have no time: elapsed time counts.

A folder of a demo lives by elapsed time alone, so what a person reads is tried in real folders;
there a jump of both clocks brings the end of a session near.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.system.clocks import Clocks, Zone
from tests.system.real import Desktop, Program, on_terminal, until

pytestmark = pytest.mark.system

MINUTE_S, HOUR_S, YEAR_S = 60, 3600, 365 * 86_400
STEPS = [3 * HOUR_S, -3 * HOUR_S, 2 * YEAR_S, -2 * YEAR_S]
# Seeing, asking and painting take their time, on a machine with much to do.
NEAR_S = 1.5
# As long as a second message of a burst would need.
BURST_S = 0.6

Make = Callable[[str, dict[str, str]], Program]


@pytest.fixture
def clocks(tmp_path: Path) -> Clocks:
    return Clocks(tmp_path)


@pytest.fixture
def shifted(make_program: Make, desktop: Desktop, clocks: Clocks) -> Program:
    """The program with clocks that can be set, day and night alike."""
    changes = clocks.environment | {"DBUS_SESSION_BUS_ADDRESS": desktop.address, "TZ": "UTC"}
    program = make_program("data", changes)
    program.is_on_all_day()
    return program


def told_time(status: dict[str, Any], key: str) -> datetime:
    return datetime.fromisoformat(status[key])


def check_goes_on(
    before: dict[str, Any], before_s: float, after: dict[str, Any], clocks: Clocks
) -> None:
    """Between the two nothing happened but the time that really passed."""
    passed_s = time.monotonic() - before_s
    assert after["phase"] == before["phase"]
    assert -1 <= before["remaining_s"] - after["remaining_s"] <= passed_s + 1
    ends_s = clocks.now_s() + after["remaining_s"]
    assert abs(told_time(after, "until").timestamp() - ends_s) <= NEAR_S
    assert after["day"] == before["day"]


def check_says_once(program: Program, message: str) -> None:
    """`message` comes, and nothing else follows on its heels."""
    until(message, lambda: message in program.said())
    check_nothing_more(program, [message])


def check_nothing_more(program: Program, messages: list[str]) -> None:
    """`messages` were said, and for a while, with everybody looking, no more."""
    deadline = time.monotonic() + BURST_S
    while time.monotonic() < deadline:
        program.status()
        time.sleep(0.05)
    assert program.said() == messages


# --- a clock that is set ---


@pytest.mark.parametrize("seconds", STEPS)
def test_setting_the_clock_changes_nothing_of_a_pack_or_a_rest_but_what_is_read(
    shifted: Program, clocks: Clocks, seconds: int
) -> None:
    shifted.start()
    shifted.told("start")
    before, before_s = shifted.status(), time.monotonic()
    clocks.step(seconds)
    check_goes_on(before, before_s, shifted.status(), clocks)
    clocks.sleep(19 * MINUTE_S + 58)
    assert shifted.phase == "applying"
    check_says_once(shifted, "take-off")
    shifted.told("off")
    before, before_s = shifted.status(), time.monotonic()
    clocks.step(-seconds)
    check_goes_on(before, before_s, shifted.status(), clocks)
    clocks.step(seconds / 7)
    check_goes_on(before, before_s, shifted.status(), clocks)
    assert before["phase"] == "resting"
    assert shifted.said() == ["take-off"]
    assert shifted.end().status == 0


@pytest.mark.parametrize("words", [("--terminal",), ("--minimized",)])
def test_the_removal_comes_at_the_same_moment_when_the_clock_is_set(
    shifted: Program, clocks: Clocks, words: tuple[str, ...]
) -> None:
    shifted.told("config", "ice_min", "5")
    shifted.start(*words, "--speed", "200")
    for number, seconds in enumerate(STEPS, start=1):
        shifted.told("start")
        due_s = time.monotonic() + shifted.status()["remaining_s"] / 200
        clocks.step(seconds)
        until("the removal", lambda n=number: len(shifted.said()) >= n)  # type: ignore[misc]
        assert -0.1 <= time.monotonic() - due_s <= NEAR_S
        for command in ("off", "end"):
            shifted.told(command)
    check_nothing_more(shifted, ["take-off"] * len(STEPS))


@pytest.mark.parametrize("seconds", [3 * HOUR_S, -2 * YEAR_S])
def test_the_next_session_is_due_at_the_same_moment_when_the_clock_is_set(
    shifted: Program, clocks: Clocks, seconds: int
) -> None:
    shifted.told("config", "ice_rest_min", "30")
    shifted.start("--terminal", "--speed", "1200")
    shifted.told("start")
    shifted.told("off")
    due_s = time.monotonic() + shifted.status()["remaining_s"] / 1200
    clocks.step(seconds)
    until("the session", lambda: "due" in shifted.said())
    assert -0.1 <= time.monotonic() - due_s <= NEAR_S
    check_says_once(shifted, "due")


def test_a_clock_that_is_set_again_and_again_rings_once(shifted: Program, clocks: Clocks) -> None:
    shifted.told("config", "ice_min", "5")
    shifted.start("--terminal", "--speed", "100")
    shifted.told("start")
    due_s = time.monotonic() + shifted.status()["remaining_s"] / 100
    while shifted.phase == "applying":
        for seconds in STEPS:
            clocks.step(seconds)
            time.sleep(0.02)
    assert -0.1 <= time.monotonic() - due_s <= NEAR_S
    check_says_once(shifted, "take-off")


def test_a_second_start_finds_the_first_after_years(shifted: Program, clocks: Clocks) -> None:
    shifted.start("--terminal")
    clocks.step(20 * YEAR_S)
    second = shifted.run("--terminal")
    assert (second.status, second.err) == (0, "")
    assert shifted.process.poll() is None


# --- zones ---


def until_offset(program: Program, offset: timedelta) -> dict[str, Any]:
    """The first status whose times stand in a zone of that offset."""

    def look() -> dict[str, Any] | None:
        status = program.status()
        return status if told_time(status, "until").utcoffset() == offset else None

    found = until(f"times in {offset}", look)
    assert found
    return found


@pytest.mark.parametrize("rests", [False, True])
def test_a_journey_changes_the_times_that_are_read_and_no_length(
    shifted: Program, clocks: Clocks, tmp_path: Path, rests: bool
) -> None:
    zone = Zone(tmp_path, "Europe/Berlin")
    clocks.set_to(datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp())
    shifted.prefix = zone.prefix
    shifted.start(TZ=None)
    shifted.told("start")
    if rests:
        shifted.told("off")
    before, before_s = shifted.status(), time.monotonic()
    for name, hours in (("America/New_York", -5), ("Asia/Kolkata", 5.5), ("Europe/Berlin", 1)):
        zone.travel_to(name)
        offset = timedelta(hours=hours)
        after = until_offset(shifted, offset)
        check_goes_on(before, before_s, after, clocks)
        for key in ("since", "onset"):
            change = told_time(after, key) - told_time(before, key)
            assert abs(change) <= timedelta(seconds=1)
            assert told_time(after, key).utcoffset() == offset
    assert shifted.said() == []


@pytest.mark.parametrize(
    ("changes_at", "offset_h"),
    [(datetime(2026, 10, 25, 1, tzinfo=UTC), 1), (datetime(2027, 3, 28, 1, tzinfo=UTC), 2)],
)
def test_summer_time_that_begins_or_ends_with_a_pack_on_changes_no_length(
    shifted: Program, clocks: Clocks, tmp_path: Path, changes_at: datetime, offset_h: int
) -> None:
    zone = Zone(tmp_path, "Europe/Berlin")
    clocks.set_to(changes_at.timestamp() - 10 * MINUTE_S)
    shifted.prefix = zone.prefix
    shifted.start(TZ=None)
    shifted.told("start")
    before, before_s = shifted.status(), time.monotonic()
    assert told_time(before, "until").utcoffset() == timedelta(hours=offset_h)
    assert abs(told_time(before, "until").timestamp() - clocks.now_s() - 20 * MINUTE_S) <= NEAR_S
    clocks.sleep(15 * MINUTE_S)
    slept = before | {"remaining_s": before["remaining_s"] - 15 * MINUTE_S}
    check_goes_on(slept, before_s, shifted.status(), clocks)
    clocks.sleep(4 * MINUTE_S + 58)
    assert shifted.phase == "applying"
    check_says_once(shifted, "take-off")


# --- sleep ---


def test_a_removal_slept_through_rings_once_when_the_window_looks_and_says_how_late(
    shifted: Program, clocks: Clocks, desktop: Desktop
) -> None:
    shifted.start()
    until("its window", shifted.window)
    shifted.told("start")
    clocks.sleep(27 * MINUTE_S)
    woken_s = time.monotonic()
    # Nobody asks: the program looks by itself.
    until("the removal", lambda: "take-off" in shifted.said())
    assert time.monotonic() - woken_s <= 2 + NEAR_S
    check_says_once(shifted, "take-off")
    assert abs(shifted.status()["overdue_s"] - 7 * MINUTE_S) <= 5
    until("the message", desktop.titles)
    assert desktop.titles() == ["Take the ice off"]
    assert "7 min ago" in desktop.bodies()[0]


def test_a_removal_slept_through_rings_once_in_a_terminal(shifted: Program, clocks: Clocks) -> None:
    shifted.start("--terminal", "--speed", "60")
    shifted.told("start")
    # 33 minutes of care; a demo looks once a second.
    clocks.sleep(33)
    woken_s = time.monotonic()
    until("the removal", lambda: "take-off" in shifted.said())
    assert time.monotonic() - woken_s <= 2 + NEAR_S
    check_says_once(shifted, "take-off")


@pytest.mark.parametrize(
    ("slept_s", "messages"), [(3 * HOUR_S, ["due"]), (26 * HOUR_S, [])], ids=["today", "yesterday"]
)
def test_a_session_that_became_due_during_sleep_is_told_once_unless_it_was_yesterday(
    shifted: Program, clocks: Clocks, slept_s: int, messages: list[str]
) -> None:
    shifted.start()
    until("its window", shifted.window)
    shifted.told("start")
    shifted.told("off")
    clocks.sleep(slept_s)
    shifted.until_phase("due")
    check_nothing_more(shifted, messages)


def test_a_machine_that_sleeps_while_the_clock_is_set_back_counts_its_sleep(
    shifted: Program, clocks: Clocks
) -> None:
    shifted.start()
    shifted.told("start")
    clocks.step(-5 * HOUR_S)
    clocks.sleep(12 * MINUTE_S)
    status = shifted.status()
    assert abs(status["remaining_s"] - 8 * MINUTE_S) <= 5
    assert abs(told_time(status, "until").timestamp() - clocks.now_s() - 8 * MINUTE_S) <= 5


# --- a process that does not run ---


@pytest.mark.parametrize("words", [(), ("--terminal",)])
def test_a_program_that_was_stopped_says_one_thing_when_it_goes_on(
    program: Program, words: tuple[str, ...]
) -> None:
    program.is_on_all_day()
    program.start(*words, "--speed", "1200")
    program.told("start")
    program.process.send_signal(signal.SIGSTOP)
    # Twenty minutes of ice, and ten more.
    time.sleep(1.5)
    assert program.said() == []
    program.process.send_signal(signal.SIGCONT)
    went_on_s = time.monotonic()
    until("the removal", lambda: "take-off" in program.said())
    assert time.monotonic() - went_on_s <= NEAR_S
    check_says_once(program, "take-off")
    assert program.status()["overdue_s"] >= 10 * MINUTE_S


def test_a_rest_that_ends_while_it_was_stopped_is_told_once(program: Program) -> None:
    program.is_on_all_day()
    program.told("config", "ice_rest_min", "30")
    program.start("--terminal", "--speed", "3600")
    program.told("start")
    program.told("off")
    program.process.send_signal(signal.SIGSTOP)
    time.sleep(1.5)
    program.process.send_signal(signal.SIGCONT)
    check_says_once(program, "due")


@contextmanager
def busy_machine() -> Iterator[None]:
    """More that wants to compute than the machine has processors."""
    loop = [sys.executable, "-c", "while True: pass"]
    busy = [subprocess.Popen(loop) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        yield
    finally:
        for each in busy:
            each.kill()
            each.wait(20)


@pytest.mark.parametrize("words", [(), ("--terminal",)])
def test_a_removal_comes_once_and_in_time_on_a_machine_under_full_load(
    program: Program, words: tuple[str, ...]
) -> None:
    program.is_on_all_day()
    program.told("config", "ice_min", "5")
    program.start(*words, "--speed", "200")
    with busy_machine():
        program.told("start")
        due_s = time.monotonic() + program.status()["remaining_s"] / 200
        until("the removal", lambda: "take-off" in program.said())
        assert -0.1 <= time.monotonic() - due_s <= 2
        check_says_once(program, "take-off")


def test_a_terminal_tells_how_late_it_is(shifted: Program, clocks: Clocks) -> None:
    with on_terminal(shifted, "--terminal", "--speed", "60") as terminal:
        terminal.expect("Type a command")
        terminal.type("start\n")
        terminal.expect("Ice is on.")
        clocks.sleep(27)
        terminal.expect("It was due at")
        terminal.expect("min ago")
