import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.clock import Moment
from backtimer.domain.decide import decide
from backtimer.domain.episode import evolve, fold
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality
from backtimer.domain.rules import Rules
from backtimer.domain.view import View, view
from backtimer.reports.status import as_json, as_text
from tests.event_examples import moment, opened, rated, removed, started

ROOT = Path(__file__).parents[2]
MORNING = moment().after(-(9 * 60 + 40) * 60)  # 9:00
KEYS = [
    *("running", "saved", "phase", "modality", "protocol", "onset", "day", "since", "until"),
    *("remaining_s", "overdue_s", "next", "sessions_today", "pain", "unsure", "speed", "version"),
]


def at(minutes: float) -> Moment:
    """`minutes` after nine in the morning."""
    return MORNING.after(minutes * 60)


def seen(minutes: float, *commands: tuple[float, cmd.Command], rules: Rules | None = None) -> View:
    """What is shown after `commands`, each given some minutes after nine."""
    episode = fold(rules or Rules(), ())
    for when, command in commands:
        for event in decide(episode, command, at(when)):
            episode = evolve(episode, event)
    return view(episode, at(minutes))


RESUME = "backtimer resume"
START, OFF = (0, cmd.Start()), (20, cmd.Off())


def told(shown: View) -> dict[str, object]:
    return as_json(shown, running=True, saved=True, speed=1.0, version="0.1")


# --- for programs --------------------------------------------------------------------------


def test_every_key_is_there_in_every_phase() -> None:
    for shown in (seen(0), seen(5, START), seen(25, START), seen(30, START, OFF)):
        assert list(told(shown)) == KEYS


def test_idle_has_null_where_nothing_applies() -> None:
    assert told(seen(0)) == dict.fromkeys(KEYS) | {
        "running": True,
        "saved": True,
        "phase": "idle",
        "protocol": "ice-then-heat",
        "sessions_today": 0,
        "unsure": False,
        "speed": 1.0,
        "version": "0.1",
    }


def test_with_a_pack_on_there_is_all_that_a_script_needs() -> None:
    shown = seen(8.006, START, (1, cmd.RatePain(nrs=6)))
    assert as_json(shown, running=False, saved=False, speed=600.0, version="0.1") == {
        "running": False,
        "saved": False,
        "phase": "applying",
        "modality": "ice",
        "protocol": "ice-then-heat",
        "onset": "2026-11-20T09:00:00+05:30",
        "day": 1,
        "since": "2026-11-20T09:00:00+05:30",
        "until": "2026-11-20T09:20:00+05:30",
        "remaining_s": 720,
        "overdue_s": None,
        "next": {"modality": "ice", "at": "2026-11-20T10:50:00+05:30"},
        "sessions_today": 1,
        "pain": 6,
        "unsure": False,
        "speed": 600.0,
        "version": "0.1",
    }


def test_an_overdue_pack_counts_whole_seconds_and_has_no_end() -> None:
    found = told(seen(22.11, START))
    assert found["phase"] == "remove"
    assert (found["remaining_s"], found["overdue_s"], found["until"]) == (None, 126, None)


def test_resting_tells_its_end() -> None:
    found = told(seen(30, START, OFF))
    assert (found["phase"], found["modality"], found["remaining_s"]) == ("resting", None, 80 * 60)


def test_resting_with_nothing_planned_is_open() -> None:
    found = told(seen(200, START, OFF, rules=Rules(protocol="manual", course="manual")))
    assert found["phase"] == "resting"
    assert (found["until"], found["remaining_s"], found["next"]) == (None, None, None)


def test_the_day_is_counted_from_the_onset() -> None:
    shown = seen(5, (0, cmd.Start(onset=at(-25 * 60))))
    assert told(shown)["day"] == 2


# --- for people ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (seen(0), "Nothing is going on. To begin with ice: backtimer start"),
        (seen(8, START), "Ice is on. Take it off at 09:20 (12 min left). Next: ice at 10:50."),
        (
            seen(8, START, (5, cmd.Pause())),
            "Ice paused at 09:05. Put it back on before 09:15, or it counts as off: " + RESUME,
        ),
        (
            seen(23, START),
            "Take the ice off now: time was up at 09:20, 3 min ago. Then: backtimer off",
        ),
        (
            seen(30, START, OFF),
            "Resting until 10:50 (1 h 20 min left). Next: ice at 10:50.",
        ),
        (
            seen(200, START, OFF, rules=Rules(protocol="manual", course="manual")),
            "Resting. Nothing is planned; to begin by hand: backtimer start",
        ),
        (
            seen(30, START, OFF, rules=Rules(protocol="manual", course="manual")),
            "Resting until 10:50 (1 h 20 min left).",
        ),
        (seen(115, START, OFF), "Time for ice since 10:50. To begin: backtimer start"),
        (
            seen(14 * 60, (12 * 60, cmd.Start()), (12 * 60 + 20, cmd.Off())),
            "Quiet hours until Sat 07:00. Next: ice at Sat 07:00.",
        ),
    ],
    ids=lambda value: str(value.phase) if isinstance(value, View) else "",
)
def test_each_phase_is_told_in_plain_words(shown: View, text: str) -> None:
    assert as_text(shown, 1.0) == text


def test_every_phase_has_its_words() -> None:
    for phase in Phase:
        assert as_text(replace(seen(5, START), phase=phase), 1.0)


def test_heat_is_called_heat() -> None:
    shown = seen(0, (0, cmd.Start(modality=Modality.HEAT)))
    assert as_text(shown, 1.0).startswith("Heat is on. Take it off at 09:15 (15 min left).")


def test_a_demo_says_so() -> None:
    assert as_text(seen(0), 600.0).endswith("\nDemo ×600")
    assert as_text(seen(0), 1.5).endswith("\nDemo ×1.5")
    assert "Demo" not in as_text(seen(0), 1.0)


def test_a_pack_that_was_put_on_from_the_record_alone_is_told() -> None:
    history: tuple[ev.Event, ...] = (opened(), rated(1, 5), started(2), removed(22), started(120))
    shown = view(fold(Rules(), history), moment(121))
    assert as_text(shown, 1.0).startswith("Ice is on.")


def test_telling_the_state_imports_no_window_and_nothing_slow() -> None:
    code = (
        "import sys\nimport backtimer.reports.status\n"
        "heavy = {'PySide6', 'sqlite3', 'tomlkit', 'apscheduler', 'asyncio', 'json', 'logging'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert found.stdout == "[]\n"


def test_a_time_on_another_day_has_its_weekday() -> None:
    shown = view(fold(Rules(), ()), at(0))
    late = replace(shown, phase=Phase.QUIET, until=at(3 * 24 * 60))
    assert as_text(late, 1.0) == "Quiet hours until Mon 09:00."
