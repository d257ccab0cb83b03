"""kill -9, in every phase: the next start goes on as if nothing had been."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.system.real import Program, until

pytestmark = pytest.mark.system

# What must be the same; what is left of a phase goes on meanwhile.
SAME = ("phase", "modality", "protocol", "onset", "since", "until", "sessions_today", "pain")
LEAST_LATE_S = 15.0


def same(status: dict[str, Any]) -> dict[str, Any]:
    return {each: status[each] for each in SAME} | {"next": next_of(status)}


def next_of(status: dict[str, Any]) -> object:
    """The next session; while a pack is off for a pause, or late, it moves on with time."""
    moves = status["phase"] in ("paused", "remove")
    return status["next"]["modality"] if moves else status["next"]


def events(program: Program, folder: Path) -> list[dict[str, Any]]:
    file = folder / "events.json"
    program.told("export", str(file), "--force")
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["events"]
    return found


def check_survives(program: Program, folder: Path, phase: str) -> None:
    """Kill `program`, which runs at speed 1, and start it again: all is as it was."""
    before, recorded = program.status(), events(program, folder)
    assert before["phase"] == phase
    program.kill()
    offline = program.status()
    assert offline["running"] is False
    program.start("--speed", "1")
    after = program.status()
    assert same(offline) == same(before)
    assert same(after) == same(before)
    if before["remaining_s"] is not None:
        assert 0 <= before["remaining_s"] - after["remaining_s"] <= LEAST_LATE_S
    assert events(program, folder) == recorded


def hurry(program: Program, phase: str) -> None:
    """Have time fly until `phase`, then run at speed 1 again."""
    program.kill()
    program.start("--speed", "3600")
    program.until_phase(phase)
    program.kill()
    program.start("--speed", "1")


@pytest.mark.timeout(120)
def test_every_phase_survives_a_kill(program: Program, tmp_path: Path) -> None:
    program.is_on_all_day()
    program.start("--speed", "1")
    check_survives(program, tmp_path, "idle")
    program.told("pain", "6")
    program.told("start")
    check_survives(program, tmp_path, "applying")
    program.told("pause")
    check_survives(program, tmp_path, "paused")
    program.told("resume")
    hurry(program, "remove")
    check_survives(program, tmp_path, "remove")
    program.told("off")
    check_survives(program, tmp_path, "resting")
    hurry(program, "due")
    check_survives(program, tmp_path, "due")
    # A night that begins half an hour after that: nobody came, so it lapses.
    due = datetime.fromisoformat(program.status()["since"])
    program.told("config", "quiet_to", (due - timedelta(hours=1)).strftime("%H:%M"))
    program.told("config", "quiet_from", (due + timedelta(minutes=30)).strftime("%H:%M"))
    hurry(program, "quiet")
    check_survives(program, tmp_path, "quiet")
    kinds = [each["kind"] for each in events(program, tmp_path)]
    assert kinds.count("SessionStarted") == kinds.count("PackRemoved") == 1
    assert kinds.count("SessionMissed") == 1


def test_a_real_session_survives_a_kill(program: Program) -> None:
    program.start()
    program.told("start")
    before = program.status()
    program.kill()
    program.start()
    after = program.status()
    assert same(after) == same(before)
    assert program.told("off").startswith("Resting")


def test_a_kill_between_command_and_answer_loses_nothing_that_was_answered(
    program: Program, tmp_path: Path
) -> None:
    program.start()
    for nrs in range(11):
        program.told("pain", str(nrs))
    program.kill()
    rated = [each["nrs"] for each in events(program, tmp_path)]
    assert rated == list(range(11))


def test_after_a_kill_a_pack_that_has_to_come_off_rings_again(program: Program) -> None:
    program.start("--speed", "3600")
    program.told("start")
    program.until_phase("remove")
    program.kill()
    program.start("--speed", "3600")
    assert program.phase == "remove"
    until("a message", lambda: program.log().count("said: take-off") >= 2)


def test_a_demo_goes_on_with_its_clock(program: Program) -> None:
    program.start("--speed", "3600")
    program.told("start")
    onset = datetime.fromisoformat(program.status()["onset"])
    program.until_phase("remove")
    program.kill()
    program.start("--speed", "60")
    status = program.status()
    assert (status["phase"], status["speed"]) == ("remove", 60)
    # Told in whole seconds, of a clock that runs by the hour each second.
    assert abs(datetime.fromisoformat(status["onset"]) - onset) <= timedelta(seconds=1)
