"""The words of the command line: what they mean, and what is said of words that mean nothing."""

from pathlib import Path
from typing import Any

import pytest

from backtimer.arguments import parse, request


def words(line: str) -> dict[str, Any]:
    """What the desk is asked for `line`, without what was not said."""
    asked = request(parse(line.split()))
    said = {k: v for k, v in asked["words"].items() if v not in (None, False)}
    return {"command": asked["command"], **said}


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("status", {}),
        ("status --json", {"json": True}),
        ("start", {}),
        ("start heat", {"modality": "heat"}),
        ("start --onset now", {"onset": "now"}),
        ("start ice --onset 2d ago", {"modality": "ice", "onset": "2d ago"}),
        ("start --onset 2d ago ice", {"modality": "ice", "onset": "2d ago"}),
        ("start --onset=2d ago", {"onset": "2d ago"}),
        ("off", {}),
        ("off --at 18:40", {"at": "18:40"}),
        ("off --at 12m ago", {"at": "12m ago"}),
        ("off --at 1h30m ago", {"at": "1h30m ago"}),
        ("off --at 1h 30m ago", {"at": "1h 30m ago"}),
        ("pause", {}),
        ("resume", {}),
        ("snooze", {}),
        ("snooze 15", {"minutes": "15"}),
        ("skip", {}),
        ("silence", {}),
        ("switch heat", {"modality": "heat"}),
        ("onset 2D Ago", {"when": "2D Ago"}),
        ("onset 2026-11-20T18:40", {"when": "2026-11-20T18:40"}),
        ("pain 4", {"nrs": "4"}),
        ("pain -1", {"nrs": "-1"}),
        ("pain 4 --note sore", {"nrs": "4", "note": "sore"}),
        ("end", {}),
        ("protocol", {}),
        ("protocol manual", {"key": "manual"}),
        ("protocol manual --copy mine", {"key": "manual", "copy": "mine"}),
        ("config", {}),
        ("config ice_min", {"key": "ice_min"}),
        ("config ice_min 12", {"key": "ice_min", "value": "12"}),
        ("config volume -5", {"key": "volume", "value": "-5"}),
        ("export a.csv", {"file": "a.csv"}),
        ("export a.csv --force", {"file": "a.csv", "force": True}),
        ("import a.json", {"file": "a.json"}),
        ("import a.json --replace", {"file": "a.json", "replace": True}),
        ("still-on", {}),
        ("unknown", {}),
        ("quit", {}),
    ],
)
def test_every_command_is_understood(line: str, asked: dict[str, Any]) -> None:
    assert words(line) == {"command": line.split(maxsplit=1)[0], **asked}


def test_quotes_around_a_time_are_allowed_too() -> None:
    assert request(parse(["onset", "2d ago"]))["words"]["when"] == "2d ago"


def test_a_note_may_have_any_letters() -> None:
    note = "after 2d\nago: –“🧊”\0"
    assert request(parse(["pain", "4", "--note", note]))["words"]["note"] == note


def test_without_a_command_the_program_is_opened() -> None:
    options = parse([])
    assert options.command is None
    assert not options.minimized
    assert not options.terminal


def test_how_it_is_opened_can_be_said() -> None:
    options = parse(["--minimized", "--terminal"])
    assert options.minimized
    assert options.terminal


@pytest.mark.parametrize(
    "line",
    [
        "--data-dir here --speed 600 status --json",
        "status --json --data-dir here --speed 600",
        "--speed 600 status --data-dir here --json",
        "--speed=600 status --data-dir=here --json",
    ],
)
def test_folder_and_speed_stand_before_or_after_the_command(line: str) -> None:
    options = parse(line.split())
    assert options.data_dir == Path("here")
    assert options.speed == 600
    assert request(options) == {"command": "status", "words": {"json": True}}


def test_of_two_folders_the_last_counts() -> None:
    assert parse(["--data-dir", "one", "status", "--data-dir", "two"]).data_dir == Path("two")


@pytest.mark.parametrize("text", ["1", "1.5", "3600", "6e2"])
def test_speeds_from_1_to_3600_are_understood(text: str) -> None:
    assert parse(["--speed", text]).speed == float(text)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("foo", "There is no command “foo”. For help: backtimer --help"),
        ("sta", "There is no command “sta”. For help: backtimer --help"),
        ("status now", "Not understood: now. For help: backtimer --help"),
        ("status --jso", "Not understood: --jso. For help: backtimer --help"),
        ("--spe 600", "There is no command “600”. For help: backtimer --help"),
        ("start cold", "“cold” is neither ice nor heat. For help: backtimer start --help"),
        ("switch ICE", "“ICE” is neither ice nor heat. For help: backtimer switch --help"),
        ("switch", "Missing: ice|heat. For help: backtimer switch --help"),
        ("onset", "Missing: WHEN. For help: backtimer onset --help"),
        ("onset yesterday evening", "Not understood: evening. For help: backtimer --help"),
        ("pain", "Missing: 0..10. For help: backtimer pain --help"),
        ("pain 3 4", "Not understood: 4. For help: backtimer --help"),
        ("pain 3 --note", "After --note something is missing. For help: backtimer pain --help"),
        ("off --at", "After --at something is missing. For help: backtimer off --help"),
        ("export", "Missing: FILE. For help: backtimer export --help"),
        (
            "status --json=yes",
            "--json stands alone, without a value. For help: backtimer status --help",
        ),
        ("--speed 0", "“0” is not a speed from 1 to 3600. For help: backtimer --help"),
        ("--speed -1", "“-1” is not a speed from 1 to 3600. For help: backtimer --help"),
        ("--speed 3601", "“3601” is not a speed from 1 to 3600. For help: backtimer --help"),
        ("--speed nan", "“nan” is not a speed from 1 to 3600. For help: backtimer --help"),
        ("--speed inf", "“inf” is not a speed from 1 to 3600. For help: backtimer --help"),
        (
            "--speed fast status",
            "“fast” is not a speed from 1 to 3600. For help: backtimer --help",
        ),
        ("--speed", "After --speed something is missing. For help: backtimer --help"),
    ],
)
def test_words_that_mean_nothing_are_told_in_one_plain_sentence(
    line: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{sentence}\n")


@pytest.mark.parametrize("option", ["--data-dir", "--data-dir="])
def test_a_folder_without_a_name_is_not_the_one_that_one_is_in(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [option] if option.endswith("=") else [option, ""]
    with pytest.raises(SystemExit):
        parse([*arguments, "status"])
    told = "A file or folder needs a name. For help: backtimer --help\n"
    assert capsys.readouterr().err == told


@pytest.mark.parametrize("word", ["", "a\nb", "x" * 100_000, "🧊", "\0", "'", "(choose from x)"])
def test_whatever_stands_for_a_command_the_answer_is_one_short_line(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse([word])
    assert ended.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith("There is no command ")
    assert err.count("\n") == 1
    assert len(err) < 300


@pytest.mark.parametrize("line", ["--help", "status --help", "--version"])
def test_help_and_version_are_no_mistake(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    assert not ended.value.code
    out, err = capsys.readouterr()
    assert "backtimer" in out
    assert not err
