"""Three days of care, lived by the real program in a minute or two."""

import csv
import json
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.system.real import Desktop, Program

pytestmark = pytest.mark.system

# A second of the test is 50 minutes of care: three days and two hours last 89 seconds.
SPEED = 3000
MINUTE_S, HOUR_S = 60, 3600
SWITCH_S = 72 * HOUR_S
ICE_S, HEAT_S, REST_S = 20 * MINUTE_S, 15 * MINUTE_S, 90 * MINUTE_S
SESSIONS_A_DAY = 12
HEATS = 2
# Seeing and answering takes some real milliseconds, and on a machine with much to do more.
ANSWERED_S = 0.5 * SPEED
USUALLY_ANSWERED_S = 0.3 * SPEED


def live(program: Program) -> None:
    """Do what is asked, as soon as it is seen, until the second heat is over."""
    heats = 0
    while heats < HEATS:
        status = program.status()
        match status["phase"]:
            case "idle" | "due":
                program.told("start")
            case "remove":
                program.told("off")
                heats += status["modality"] == "heat"
            case _:
                # Up to shortly before: then looking is quick enough.
                time.sleep(max(0.0, (status["remaining_s"] or 0) / SPEED - 0.03))


def exported(program: Program, file: Path) -> list[dict[str, Any]]:
    program.told("export", str(file))
    with file.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    return [row for row in rows if row["kind"] == "session"]


def seconds(row: dict[str, Any], column: str) -> float:
    return datetime.fromisoformat(row[column]).timestamp()


@pytest.mark.timeout(240)
def test_three_days_of_ice_and_then_heat(
    program: Program, desktop: Desktop, tmp_path: Path
) -> None:
    # Day and night alike, so that the sessions follow each other as the plan alone has them.
    program.is_on_all_day()
    program.told("config", "sessions_per_day", str(SESSIONS_A_DAY))
    program.start("--speed", str(SPEED))
    live(program)
    rows = exported(program, tmp_path / "life.csv")

    check_times(rows)
    check_modalities(rows)
    check_outcomes(rows)
    check_backup(program, rows, tmp_path / "life.json")
    check_notifications(desktop, rows)
    assert program.end().status == 0
    assert "CRITICAL" not in program.log()
    # The record tells the same without the program.
    assert exported(program, tmp_path / "after.csv") == rows


def check_times(rows: list[dict[str, Any]]) -> None:
    """Sessions begin at 0, 110, 220 … minutes, each as much later as it was answered later."""
    begun = [seconds(row, "started_at") for row in rows]
    ended = [seconds(row, "ended_at") for row in rows]
    answered = []
    for n in range(1, len(rows)):
        due = ended[n - 1] + REST_S
        if n >= SESSIONS_A_DAY:
            due = max(due, begun[n - SESSIONS_A_DAY] + 24 * HOUR_S)
        answered.append(begun[n] - due)
    assert all(-1 <= each <= ANSWERED_S for each in answered), answered
    assert median(answered) <= USUALLY_ANSWERED_S, answered
    minutes = [round((each - begun[0]) / MINUTE_S) for each in begun[:4]]
    late = 2 * ANSWERED_S / MINUTE_S
    assert all(110 * n <= minute <= 110 * n + n * late for n, minute in enumerate(minutes)), minutes


def check_modalities(rows: list[dict[str, Any]]) -> None:
    """Ice up to 72 hours after the onset, heat from then on."""
    onset = seconds(rows[0], "started_at")
    for row in rows:
        expected = "ice" if seconds(row, "started_at") - onset < SWITCH_S else "heat"
        assert row["modality"] == expected, row
    kinds = [row["modality"] for row in rows]
    assert kinds.count("ice") >= 34
    assert kinds.count("heat") == HEATS


def check_outcomes(rows: list[dict[str, Any]]) -> None:
    """Each pack was on as long as planned, and as much longer as it was answered later."""
    for row in rows:
        assert row["protocol"] == "ice-then-heat"
        assert float(row["planned_s"]) == (ICE_S if row["modality"] == "ice" else HEAT_S)
        assert row["outcome"] in ("complete", "late"), row
        late_s = float(row["late_s"])
        assert 0 <= late_s <= ANSWERED_S
        assert abs(float(row["on_skin_s"]) - float(row["planned_s"]) - late_s) <= 1
    assert median(float(row["late_s"]) for row in rows) <= USUALLY_ANSWERED_S


def check_backup(program: Program, rows: list[dict[str, Any]], file: Path) -> None:
    """The backup holds every session, and that each thing was told once."""
    program.told("export", str(file))
    events = json.loads(file.read_text("utf-8"))["events"]
    kinds = [each["kind"] for each in events]
    assert kinds[0] == "EpisodeStarted"
    assert kinds.count("SessionStarted") == kinds.count("PackRemoved") == len(rows)
    noticed = [each["notice"] for each in events if each["kind"] == "Noticed"]
    assert noticed.count("switch-to-heat") == 1
    assert noticed.count("due") == len(rows) - 1


def check_notifications(desktop: Desktop, rows: list[dict[str, Any]]) -> None:
    """Everything that had to be said arrived, and nothing twice."""
    titles = desktop.titles()
    for modality in ("ice", "heat"):
        count = sum(1 for row in rows if row["modality"] == modality)
        assert titles.count(f"Take the {modality} off") == count
    assert titles.count("From now on: heat") == 1
    due = [each for each in titles if each.startswith("Time for")]
    assert len(due) == len(rows) - 1


def test_a_backup_is_taken_back_by_another_installation(
    make_program: Callable[[str, dict[str, str]], Program], desktop: Desktop, tmp_path: Path
) -> None:
    bus = {"DBUS_SESSION_BUS_ADDRESS": desktop.address}
    old, new, file = make_program("old", bus), make_program("new", bus), tmp_path / "backup.json"
    old.told("config", "ice_min", "12")
    old.start("--terminal")
    for line in ("start", "pain 6", "off", "pain 4"):
        old.told(*line.split())
    old.told("export", str(file))
    assert new.run("import", str(file)).status == 3
    new.start("--terminal")
    assert new.run("import", str(file)).out == f"Restored: 5 entries from {file}.\n"
    same = ("phase", "onset", "since", "until", "sessions_today", "pain", "saved")
    before, after = old.status(), new.status()
    assert [after[each] for each in same] == [before[each] for each in same]
    assert new.told("config", "ice_min") == "12"
    new.told("pain", "3")
    done = new.run("import", str(file))
    assert (done.status, "--replace" in done.err) == (1, True)
    assert len(list((new.folder / "backups").glob("*import*"))) == 1
    old.end()
    again = new.run("import", str(file), "--replace")
    assert again.status == 0
    new.kill()
    assert new.status()["pain"] == 4
