"""Nobody shows notifications, or whoever does is frozen: the timer and the window go on."""

import time

import pytest

from tests.system.real import Desktop, Program, on_terminal, until, xdotool

pytestmark = pytest.mark.system

QUICK_S = 2.0
# A session is on for a third of a second, and the rest lasts one and a half.
FAST = ("--speed", "3600")


def covers(program: Program) -> bool:
    """Whether the card lies over everything; meanwhile the program answers at once."""
    begun = time.monotonic()
    program.status()
    assert time.monotonic() - begun < QUICK_S
    return bool(program.window())


def hide(program: Program) -> None:
    window = until("the window", program.window)
    xdotool("windowminimize", "--sync", window)
    until("the window out of sight", lambda: not program.window())


def test_a_frozen_daemon_delays_nothing_and_the_card_lies_over_everything(
    program: Program, desktop: Desktop
) -> None:
    program.is_on_all_day()
    program.start(*FAST)
    desktop.freeze_daemon()
    hide(program)
    program.told("start")
    program.until_phase("remove")
    until("the card", lambda: covers(program), 10)
    assert "does not answer" in program.log()
    # The removal goes on, and can be answered.
    assert program.phase == "remove"
    assert program.told("off").startswith("Resting")
    desktop.thaw_daemon()
    program.until_phase("due")
    until("a notification", lambda: "Time for ice" in desktop.titles())


def test_without_a_daemon_the_card_lies_over_everything(lonely_program: Program) -> None:
    program = lonely_program
    program.is_on_all_day()
    program.start(*FAST)
    hide(program)
    program.told("start")
    program.until_phase("remove")
    until("the card", lambda: covers(program), 10)
    assert "No notification service runs" in program.log()
    assert program.told("off").startswith("Resting")


def test_a_daemon_that_comes_later_is_found(
    lonely_program: Program, lonely_desktop: Desktop
) -> None:
    program = lonely_program
    program.start(*FAST)
    program.told("start")
    program.until_phase("remove")
    until("the failure", lambda: "not reached" in program.log())
    lonely_desktop.start_daemon()
    program.told("off")
    program.until_phase("due")
    until("a notification", lambda: "Time for ice" in lonely_desktop.titles())


def test_without_a_bus_the_card_lies_over_everything(program: Program) -> None:
    program.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere"
    program.start(*FAST)
    hide(program)
    program.told("start")
    program.until_phase("remove")
    until("the card", lambda: covers(program), 10)


def test_in_a_terminal_that_nobody_else_speaks_is_said_once(lonely_program: Program) -> None:
    with on_terminal(lonely_program, "--terminal", *FAST) as terminal:
        terminal.expect("Nothing is going on")
        terminal.type("start\n")
        terminal.expect("Take the ice off.")
        terminal.expect("Keep this terminal in sight.")
        terminal.type("off\n")
        terminal.expect("Time for ice.")
        terminal.type("quit\n")
        assert terminal.ended() == 0
        assert terminal.text.count("Keep this terminal in sight.") == 1
