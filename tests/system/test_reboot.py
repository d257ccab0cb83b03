"""The machine is started again: what was going on goes on, and a pack that was on is asked about.

A machine of its own for each boot: boot time begins anew, with another boot id, and the wall clock
moves on by the time that it was off.
"""

import csv
import subprocess
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.system.clocks import Clocks, Machine
from tests.system.real import Program, on_terminal, until

pytestmark = pytest.mark.system

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400
# Starting and asking take some seconds of what is counted.
NEAR_S = 20
LOOKS = 20


class Bed:
    """The program on a machine that can be started again."""

    def __init__(self, program: Program, clocks: Clocks, machine: Machine) -> None:
        self.program, self.clocks, self._machine = program, clocks, machine
        self.words: tuple[str, ...] = ("--terminal",)
        program.is_on_all_day()
        program.prefix = machine.prefix
        program.start(*self.words)

    def is_started_again(self, off_s: float) -> dict[str, Any]:
        """Cut the power, and start machine and program again; what the program tells then."""
        self.restarts(off_s)
        self.program.start(*self.words)
        return self.program.status()

    def restarts(self, off_s: float) -> None:
        """Cut the power, and start the machine again; nothing was said there yet."""
        self.program.kill()
        (self.program.folder / "backtimer.log").unlink(missing_ok=True)
        self._machine.restart(off_s)
        self.program.prefix = self._machine.prefix

    def session(self, tmp_path: Path) -> dict[str, str]:
        """The one session, as a spreadsheet has it."""
        file = tmp_path / "record.csv"
        done = self.program.run("export", str(file), "--force")
        assert done.status == 0, done
        with file.open(newline="", encoding="utf-8") as opened:
            (row,) = (each for each in csv.DictReader(opened) if each["kind"] == "session")
        return row


@pytest.fixture
def bed(program: Program, tmp_path: Path) -> Bed:
    clocks = Clocks(tmp_path)
    program.environment |= clocks.environment | {"TZ": "UTC"}
    return Bed(program, clocks, Machine(tmp_path, clocks))


def near(seconds: float, expected_s: float) -> bool:
    return abs(seconds - expected_s) <= NEAR_S


def moment(status: dict[str, Any], key: str) -> float:
    return datetime.fromisoformat(status[key]).timestamp()


def said_after_some_looks(program: Program) -> list[str]:
    """What it says, with everybody looking for a while."""
    for _ in range(LOOKS):
        program.status()
        time.sleep(0.03)
    return program.said()


# --- the machine itself: else the rest proves nothing ---


def boot_of(bed: Bed) -> tuple[str, float]:
    """The boot id and the seconds since boot that a process beside the program sees."""
    look = "cat /proc/sys/kernel/random/boot_id /proc/uptime"
    told = subprocess.check_output([*bed.program.prefix, "sh", "-c", look], text=True)
    boot, uptime_s, _ = told.split()
    return boot, float(uptime_s)


def test_a_boot_of_its_own_begins_anew(bed: Bed) -> None:
    first, first_s = boot_of(bed)
    bed.is_started_again(0)
    second, second_s = boot_of(bed)
    assert first != second
    for each in (first_s, second_s):
        assert 0 < each < 2 * MINUTE_S


# --- without a pack ---


def test_rest_goes_on_by_the_wall_clock(bed: Bed) -> None:
    bed.program.told("start")
    bed.clocks.sleep(15 * MINUTE_S)
    bed.program.told("off")
    before = bed.program.status()
    status = bed.is_started_again(40 * MINUTE_S)
    assert (status["phase"], status["unsure"]) == ("resting", False)
    assert near(status["remaining_s"], 50 * MINUTE_S)
    for key in ("onset", "since", "until"):
        assert near(moment(status, key), moment(before, key))
    again = bed.is_started_again(20 * MINUTE_S)
    assert near(again["remaining_s"], 30 * MINUTE_S)
    assert said_after_some_looks(bed.program) == []


def test_the_days_since_the_onset_go_on(bed: Bed) -> None:
    bed.program.told("start", "--onset", "2d ago")
    bed.program.told("off")
    before = bed.program.status()
    assert before["day"] == 3
    status = bed.is_started_again(20 * HOUR_S)
    assert status["day"] == 3
    status = bed.is_started_again(5 * HOUR_S)
    assert status["day"] == 4
    assert near(moment(status, "onset"), moment(before, "onset"))


def test_a_session_that_became_due_while_the_machine_was_off_is_told_once(bed: Bed) -> None:
    bed.program.told("start")
    bed.program.told("off")
    status = bed.is_started_again(2 * HOUR_S)
    assert status["phase"] == "due"
    until("the message", bed.program.said)
    assert said_after_some_looks(bed.program) == ["due"]
    bed.is_started_again(MINUTE_S)
    assert said_after_some_looks(bed.program) == []


def test_a_session_that_was_due_yesterday_does_not_ring(bed: Bed) -> None:
    bed.program.told("start")
    bed.program.told("off")
    status = bed.is_started_again(30 * HOUR_S)
    assert status["phase"] == "due"
    assert said_after_some_looks(bed.program) == []


def test_a_clock_that_is_wrong_after_the_start_shortens_no_rest(bed: Bed) -> None:
    """A dead battery: the wall clock begins years ago, and is put right a little later."""
    bed.program.told("start")
    bed.program.told("off")
    status = bed.is_started_again(-2 * 365 * DAY_S)
    assert status["phase"] == "resting"
    # That it runs for some seconds is known.
    assert near(status["remaining_s"], 90 * MINUTE_S - Machine.UPTIME_S)
    bed.clocks.step(2 * 365 * DAY_S + 10 * MINUTE_S)
    status = bed.program.status()
    assert status["phase"] == "resting"
    assert 80 * MINUTE_S - NEAR_S <= status["remaining_s"] <= 90 * MINUTE_S - Machine.UPTIME_S


def test_a_clock_that_was_put_right_leaves_the_day_what_it_is(bed: Bed) -> None:
    bed.program.told("start")
    bed.program.told("off")
    bed.is_started_again(-2 * 365 * DAY_S)
    bed.clocks.step(2 * 365 * DAY_S + 10 * MINUTE_S)
    assert bed.program.status()["day"] == 1


# --- with a pack ---


def is_asked(bed: Bed, off_s: float) -> dict[str, Any]:
    """A pack that was on for five minutes when the power went."""
    bed.program.told("start")
    bed.clocks.sleep(5 * MINUTE_S)
    assert bed.program.status()["unsure"] is False
    status = bed.is_started_again(off_s)
    assert status["unsure"] is True
    return status


def test_a_pack_that_is_still_on_goes_on(bed: Bed) -> None:
    status = is_asked(bed, 10 * MINUTE_S)
    assert status["phase"] == "applying"
    assert near(status["remaining_s"], 5 * MINUTE_S)
    bed.program.told("still-on")
    status = bed.program.status()
    assert (status["phase"], status["unsure"]) == ("applying", False)
    assert near(status["remaining_s"], 5 * MINUTE_S)
    assert said_after_some_looks(bed.program) == ["still-on"]
    bed.clocks.sleep(5 * MINUTE_S - NEAR_S)
    bed.clocks.sleep(2 * NEAR_S)
    assert bed.program.phase == "remove"
    assert said_after_some_looks(bed.program) == ["still-on", "take-off"]


def test_a_pack_whose_time_is_up_rings_and_asks(bed: Bed) -> None:
    status = is_asked(bed, 40 * MINUTE_S)
    assert status["phase"] == "remove"
    assert near(status["overdue_s"], 25 * MINUTE_S)
    until("the message", bed.program.said)
    assert said_after_some_looks(bed.program).count("take-off") == 1
    # The question stays open over another start.
    status = bed.is_started_again(5 * MINUTE_S)
    assert (status["phase"], status["unsure"]) == ("remove", True)
    assert near(status["overdue_s"], 30 * MINUTE_S)


def test_a_pack_that_came_off_before_is_recorded_as_said(bed: Bed, tmp_path: Path) -> None:
    is_asked(bed, 40 * MINUTE_S)
    bed.program.told("off", "--at", "30m ago")
    status = bed.program.status()
    assert (status["phase"], status["unsure"]) == ("resting", False)
    assert near(status["remaining_s"], 60 * MINUTE_S)
    row = bed.session(tmp_path)
    assert near(float(row["on_skin_s"]), 15 * MINUTE_S)
    assert row["outcome"] == "early"


@pytest.mark.parametrize("off_s", [5 * MINUTE_S, 40 * MINUTE_S])
def test_a_pack_of_which_nobody_knows_has_no_length(bed: Bed, tmp_path: Path, off_s: int) -> None:
    is_asked(bed, off_s)
    bed.program.told("unknown")
    status = bed.program.status()
    assert (status["phase"], status["unsure"]) == ("resting", False)
    # For all that is known it came off just now.
    assert near(status["remaining_s"], 90 * MINUTE_S)
    row = bed.session(tmp_path)
    assert (row["outcome"], row["ended_at"], row["on_skin_s"]) == ("unknown", "", "")
    # What was not known does not come back.
    status = bed.is_started_again(10 * MINUTE_S)
    assert (status["phase"], status["unsure"]) == ("resting", False)
    assert bed.session(tmp_path)["outcome"] == "unknown"


def test_a_pack_that_is_off_for_a_pause_is_not_asked_about(bed: Bed) -> None:
    bed.program.told("start")
    bed.clocks.sleep(5 * MINUTE_S)
    bed.program.told("pause")
    status = bed.is_started_again(4 * MINUTE_S)
    assert (status["phase"], status["unsure"]) == ("paused", False)
    bed.program.told("resume")
    assert near(bed.program.status()["remaining_s"], 15 * MINUTE_S)


def test_a_wrong_clock_with_a_pack_on_rings_rather_than_wait(bed: Bed) -> None:
    status = is_asked(bed, -2 * 365 * DAY_S)
    assert status["phase"] == "remove"
    until("the message", lambda: "take-off" in bed.program.said())


def test_an_end_without_an_answer_is_refused(bed: Bed) -> None:
    is_asked(bed, 40 * MINUTE_S)
    for command in ("quit", "end"):
        assert bed.program.ask(command).status == 1
    for command in ("still-on", "off"):
        bed.program.told(command)
    assert bed.program.ask("still-on").status == 1


def test_the_terminal_asks_in_words(bed: Bed) -> None:
    bed.program.told("start")
    bed.restarts(3 * MINUTE_S)
    with on_terminal(bed.program, "--terminal") as terminal:
        terminal.expect("Is the ice still on?")
        terminal.type("still-on\n")
        until("the answer", lambda: bed.program.status()["unsure"] is False)


def test_the_window_starts_again_with_a_pack_on(bed: Bed) -> None:
    bed.words = ()
    is_asked(bed, 40 * MINUTE_S)
    until("its window", bed.program.window)
    bed.program.told("unknown")
    assert bed.program.phase == "resting"
    assert "Traceback" not in bed.program.log()
