"""A backup that was exported is taken back: all of it or nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from backtimer.adapters.settings_edit import document_of
from backtimer.domain import events as ev
from backtimer.reports.json import render
from tests.desk.desks import Program
from tests.event_examples import ended, opened, rated, removed, started


@pytest.fixture
def program() -> Program:
    return Program()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.json"


def export(program: Program, file: Path) -> None:
    settings = document_of(program.settings.current)
    file.write_text(render(program.store.episodes(), settings), "utf-8")


def a_day(program: Program) -> None:
    """Something to keep."""
    program.told("start")
    program.wait(20)
    program.told("off")
    program.told("pain 4")


def restore(program: Program, file: Path, *words: str) -> str:
    return program.told("import", str(file), *words)


def test_an_empty_record_takes_a_backup_over(program: Program, file: Path) -> None:
    a_day(program)
    export(program, file)
    fresh = Program(clock=program.clock)
    assert restore(fresh, file) == f"Restored: 4 entries from {file}."
    assert fresh.store.events == program.store.events
    assert fresh.status() == program.status()


def test_settings_come_back_with_it(program: Program, file: Path) -> None:
    program.told("config ice_min 12")
    program.told("protocol --copy mine")
    program.told("config volume 30")
    export(program, file)
    fresh = Program(clock=program.clock)
    restore(fresh, file)
    assert fresh.settings.current == program.settings.current
    assert fresh.settings_store.saved


def test_addresses_of_a_phone_are_in_no_backup_and_stay_where_they_are(
    program: Program, file: Path
) -> None:
    program.told("config", "phone_urls", "ntfy://secret-topic")
    export(program, file)
    assert "secret-topic" not in file.read_text("utf-8")
    restore(program, file)
    assert program.told("config phone_urls") == "ntfy://secret-topic"


def test_what_the_backup_does_not_have_is_not_overwritten_without_a_word(
    program: Program, file: Path
) -> None:
    a_day(program)
    export(program, file)
    program.wait(1)
    program.told("pain 7")
    told = program.refusal("import", str(file))
    assert told.startswith("The record has 1 entries that this backup does not have.")
    assert "--replace" in told
    restore(program, file, "--replace")
    assert len(program.store.events) == 4
    assert program.status()["pain"] == 4


def test_a_backup_that_has_more_is_taken_over_without_asking(program: Program, file: Path) -> None:
    a_day(program)
    more = Program(clock=program.clock)
    more.store.append(program.store.events)
    again = Program(clock=program.clock, store=more.store)
    again.wait(1)
    again.told("pain 7")
    export(again, file)
    restore(program, file)
    assert program.status()["pain"] == 7


def test_the_same_backup_again_changes_nothing(program: Program, file: Path) -> None:
    a_day(program)
    export(program, file)
    tries = program.store.tries
    restore(program, file)
    assert program.store.tries == tries


def test_with_a_pack_on_it_is_refused(program: Program, file: Path) -> None:
    export(program, file)
    program.told("start")
    assert program.refusal("import", str(file)) == "Take it off first: backtimer off"
    program.told("pause")
    program.refusal("import", str(file))


def test_while_nothing_can_be_saved_nothing_is_taken_over(program: Program, file: Path) -> None:
    export(program, file)
    program.store.failure = "The disk is full."
    program.ask("pain 3")
    reply = program.ask("import", str(file))
    assert (reply["status"], reply["err"]) == (4, "The disk is full.")


def test_a_disk_that_does_not_take_it_leaves_all_as_it_is(program: Program, file: Path) -> None:
    a_day(program)
    file.write_text(render([], {}), "utf-8")
    program.store.failure = "The disk is full."
    told = program.refusal("import", str(file), "--replace", status=4)
    assert told == "The disk is full."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe rubbish",
        b"[" * 100_000,
        b'{"format": "backtimer", "version": 2}',
        b"\x00" * 1000,
    ],
)
def test_what_is_no_backup_changes_nothing(program: Program, file: Path, content: bytes) -> None:
    a_day(program)
    file.write_bytes(content)
    assert program.refusal("import", str(file), "--replace", status=4)


def test_a_file_that_is_not_there_or_no_file_is_told(program: Program, tmp_path: Path) -> None:
    assert "no.json" in program.refusal("import", str(tmp_path / "no.json"), status=4)
    program.refusal("import", str(tmp_path), status=4)


def test_a_file_that_is_far_too_large_is_not_even_read(program: Program, file: Path) -> None:
    with file.open("wb") as made:
        made.truncate(65 * 1024 * 1024)
    assert "too large" in program.refusal("import", str(file), status=4)


def refused_events(program: Program, file: Path, *events: ev.Event) -> str:
    a_day(program)
    file.write_text(render([events], {}), "utf-8")
    return program.refusal("import", str(file), "--replace", status=4)


def test_events_out_of_order_are_refused(program: Program, file: Path) -> None:
    told = refused_events(program, file, opened(), rated(9, 3), rated(5, 3))
    assert told.startswith("Event 3 of this backup cannot be: it comes before")


def test_an_event_that_is_there_twice_is_refused(program: Program, file: Path) -> None:
    told = refused_events(program, file, opened(), started(1), started(1))
    assert told.startswith("Event 3 of this backup cannot be: it is there twice")


def test_a_backup_from_the_future_is_refused(program: Program, file: Path) -> None:
    # The examples are of November 2026, where this program's clock shows June.
    told = refused_events(program, file, opened(), started(1), removed(21), ended(30))
    assert "2026-11-20" in told
    assert "still to come" in told


def test_a_pack_that_would_be_on_for_hours_is_refused(program: Program, file: Path) -> None:
    a_day(program)
    export(program, file)
    backup: dict[str, Any] = json.loads(file.read_text("utf-8"))
    (begun,) = (each for each in backup["events"] if each["kind"] == "SessionStarted")
    begun["plan"]["parts"][0]["on_s"] = 4 * 3600
    file.write_text(json.dumps(backup), "utf-8")
    assert "damaged" in program.refusal("import", str(file), "--replace", status=4)


def test_settings_outside_their_limits_are_refused(program: Program, file: Path) -> None:
    a_day(program)
    file.write_text(render(program.store.episodes(), {"volume": 500}), "utf-8")
    told = program.refusal("import", str(file), "--replace", status=4)
    assert "volume" in told


def test_a_backup_without_settings_leaves_them_as_they_are(program: Program, file: Path) -> None:
    program.told("config volume 30")
    a_day(program)
    export(program, file)
    backup: dict[str, Any] = json.loads(file.read_text("utf-8"))
    del backup["settings"], backup["least_version"]
    file.write_text(json.dumps(backup | {"version": 1}), "utf-8")
    restore(program, file)
    assert program.told("config volume") == "30"


def test_a_backup_of_a_version_to_come_is_read_as_far_as_it_says(
    program: Program, file: Path
) -> None:
    a_day(program)
    export(program, file)
    backup: dict[str, Any] = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(backup | {"version": 4, "drawings": []}), "utf-8")
    restore(program, file)
    file.write_text(json.dumps(backup | {"version": 5, "least_version": 4}), "utf-8")
    assert "newer Backtimer" in program.refusal("import", str(file), status=4)
