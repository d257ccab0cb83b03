"""The command line as a whole: which folder is meant, what is printed where, and exit statuses."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from backtimer import cli
from backtimer.adapters.demo_clock import DemoClock
from backtimer.adapters.system_clock import SystemClock
from backtimer.cli import run

TIMER_COMMANDS = [
    "start", "start heat --onset 2d ago", "off", "off --at 5m ago", "pause", "resume", "snooze",
    "snooze 15", "skip", "silence", "switch heat", "onset 2d ago", "end", "quit",
]  # fmt: skip

Captured = pytest.CaptureFixture[str]
# Elsewhere no variable leads the usual folders away from the person's own.
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="XDG names the usual folders")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own, so that no test sees the person's."""
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("BACKTIMER_DATA_DIR", str(tmp_path / "mine"))
    return tmp_path / "mine"


def usage_error(*arguments: str) -> int:
    """The exit status of words that are not understood."""
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code


# --- exit statuses ---


def test_0_for_what_is_done(capsys: Captured) -> None:
    assert run(["pain", "4"]) == 0
    assert capsys.readouterr() == ("Noted: pain 4 of 10.\n", "")


def test_1_for_what_is_refused(capsys: Captured) -> None:
    assert run(["pain", "11"]) == 1
    assert capsys.readouterr() == ("", "Pain is a number from 0 (none) to 10 (worst).\n")


def test_2_for_what_is_not_understood(capsys: Captured) -> None:
    assert usage_error("pain") == 2
    assert run(["pain", "bad"]) == 2
    assert run(["config", "cream"]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("line", TIMER_COMMANDS)
def test_3_for_a_command_to_a_timer_that_does_not_run(
    data: Path, line: str, capsys: Captured
) -> None:
    assert run(line.split()) == 3
    told = "Backtimer is not running. To start it: backtimer\n"
    assert capsys.readouterr() == ("", told)
    assert not data.exists()


@pytest.mark.parametrize("line", ["status", "config", "protocol", "pain 3", "export x.csv"])
def test_4_for_data_that_cannot_be_read(data: Path, line: str, capsys: Captured) -> None:
    data.mkdir()
    (data / "backtimer.db").write_bytes(b"rubbish" * 1000)
    assert run(line.split()) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "damaged" in err


@pytest.mark.parametrize("line", ["status", "config", "protocol"])
def test_4_for_settings_of_a_newer_program(data: Path, line: str, capsys: Captured) -> None:
    data.mkdir()
    (data / "settings.toml").write_text("version = 99\n")
    assert run(line.split()) == 4
    assert "newer" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["status", "pain 3", "export x.csv"])
@pytest.mark.parametrize("clock", [b"", b"{", b"[]", b'{"speed": 600}', b"\xff" * 99, b"[" * 9999])
def test_4_for_a_damaged_clock_of_a_demo(
    data: Path, line: str, clock: bytes, capsys: Captured
) -> None:
    data.mkdir()
    (data / "demo-clock.json").write_bytes(clock)
    assert run(line.split()) == 4
    assert "damaged" in capsys.readouterr().err
    assert (data / "demo-clock.json").read_bytes() == clock


@pytest.mark.parametrize("rubbish", [b"", b"\0" * 99, b"no such socket\n", b"\xff\n", b"x" * 9999])
def test_rubbish_where_the_socket_is_told_is_nobody(
    data: Path, rubbish: bytes, capsys: Captured
) -> None:
    data.mkdir()
    (data / "endpoint").write_bytes(rubbish)
    status = run(["status"])
    out, err = capsys.readouterr()
    assert (status, bool(out)) in ((0, True), (4, False))
    assert out.count("\n") + err.count("\n") == 1


@pytest.mark.parametrize("rubbish", [b"", b"\0" * 99, b"x\ny\nz\n", b"9" * 9999])
def test_rubbish_in_the_lock_is_nobody(data: Path, rubbish: bytes) -> None:
    data.mkdir()
    (data / "lock").write_bytes(rubbish)
    assert run(["status"]) == 0
    assert run(["off"]) == 3


def test_an_interrupted_command_ends_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_asked", interrupted)
    assert run(["status"]) == 0
    assert capsys.readouterr() == ("", "")


# --- which folder ---


def test_the_folder_that_is_named_goes_before_that_of_the_environment(
    data: Path, tmp_path: Path
) -> None:
    assert run(["--data-dir", str(tmp_path / "named"), "pain", "3"]) == 0
    assert (tmp_path / "named" / "backtimer.db").exists()
    assert not data.exists()


def test_a_named_folder_holds_everything(data: Path) -> None:
    run(["pain", "3"])
    run(["config", "volume", "40"])
    assert {each.name for each in data.iterdir()} == {"backtimer.db", "settings.toml"}


@only_linux
def test_without_a_name_the_usual_folders_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BACKTIMER_DATA_DIR")
    run(["pain", "3"])
    run(["config", "volume", "40"])
    assert (tmp_path / "data" / "backtimer" / "backtimer.db").exists()
    assert (tmp_path / "config" / "backtimer" / "settings.toml").exists()


@only_linux
def test_an_empty_name_in_the_environment_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKTIMER_DATA_DIR", "")
    monkeypatch.chdir(tmp_path)
    run(["pain", "3"])
    assert not (tmp_path / "backtimer.db").exists()


@only_linux
def test_a_demo_without_a_name_has_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BACKTIMER_DATA_DIR")
    run(["--speed", "600", "config", "volume", "40"])
    (settings,) = tmp_path.rglob("settings.toml")
    assert settings.parent.name == "demo"


def test_a_folder_may_be_named_from_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(["--data-dir", "here", "pain", "3"])
    assert (tmp_path / "here" / "backtimer.db").exists()


def test_a_folder_may_be_named_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    run(["--data-dir", "~/here", "pain", "3"])
    assert (tmp_path / "here" / "backtimer.db").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--data-dir", "~no-such-user/x", "status"),
        ("export", "~no-such-user/x.csv"),
    ],
)
def test_a_home_of_nobody_is_told(arguments: tuple[str, ...], capsys: Captured) -> None:
    assert usage_error(*arguments) == 2
    assert "leads nowhere" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the folder one is in")
def test_a_folder_that_was_removed_meanwhile_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert usage_error("--data-dir", "x", "status") == 2
    assert usage_error("export", "x.csv") == 2
    assert "leads nowhere" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other names")
@pytest.mark.parametrize("name", ["x" * 5000, "file/x", "/dev/null", "/dev/null/x"])
@pytest.mark.parametrize("line", ["status", "pain 3", "config volume 3", "export y.csv", "off"])
def test_a_folder_that_cannot_be_is_told_in_a_line(
    tmp_path: Path, name: str, line: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    status = run(["--data-dir", name, *line.split()])
    assert status in (0, 3, 4)
    _, err = capsys.readouterr()
    assert bool(err) == bool(status)
    assert err.count("\n") <= 1


# --- what is printed ---


def test_status_of_a_demo_tells_its_speed(data: Path, capsys: Captured) -> None:
    data.mkdir()
    DemoClock(data_dir=data, speed=600, real=SystemClock())
    assert run(["status"]) == 0
    assert capsys.readouterr().out.endswith("\nDemo ×600\n")


def test_export_says_where_it_wrote(tmp_path: Path, capsys: Captured) -> None:
    assert run(["export", str(tmp_path / "x.json")]) == 0
    assert capsys.readouterr().out == f"Written: {tmp_path / 'x.json'}\n"
    assert run(["export", str(tmp_path / "x.json")]) == 1
    assert run(["export", str(tmp_path / "x.json"), "--force"]) == 0
    assert run(["export", str(tmp_path / "x.doc")]) == 2
    assert run(["export", str(tmp_path / "gone" / "x.csv")]) == 4


def test_status_json_can_be_read_by_a_program(capsys: Captured) -> None:
    assert run(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["running"] is False


def test_a_letter_that_the_terminal_does_not_have_is_a_question_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert run(["config"]) == 0
    assert b"5?20 min" in raw.getvalue()


class Broken(io.StringIO):
    """An output that takes nothing."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error

    def write(self, _text: str) -> int:
        raise self._error


def test_whoever_reads_no_further_is_no_trouble(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "stdout", Broken(BrokenPipeError()))
    assert run(["config"]) == 0
    assert capsys.readouterr().err == ""
    assert sys.stdout.name == os.devnull
    sys.stdout.close()


def test_an_answer_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "stdout", Broken(OSError(28, "No space left on device")))
    assert run(["config"]) == 4
    assert capsys.readouterr().err == (
        "The answer could not be written: No space left on device.\n"
    )
    sys.stdout.close()


def test_without_any_output_a_command_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert run(["config"]) == 0
    assert run(["off"]) == 3
