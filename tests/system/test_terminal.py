"""The timer in a terminal, by choice or because there is no display; and pipes that break."""

import shlex
import subprocess
from collections.abc import Iterator

import pytest

from tests.system.real import OnTerminal, Program, on_terminal, until

pytestmark = pytest.mark.system

NO_DISPLAY: dict[str, str | None] = {"DISPLAY": None, "WAYLAND_DISPLAY": None}


@pytest.fixture
def terminal(program: Program) -> Iterator[OnTerminal]:
    with on_terminal(program, "--terminal") as terminal:
        terminal.expect("Nothing is going on")
        yield terminal


def test_without_a_display_it_says_so_and_runs_in_the_terminal(program: Program) -> None:
    with on_terminal(program, "--speed", "3600", **NO_DISPLAY) as terminal:
        terminal.expect("There is no display here, so the timer runs in this terminal.")
        terminal.expect("Nothing is going on")
        terminal.type("start\n")
        terminal.expect("Ice is on.")
        terminal.expect("Take the ice off now")
        terminal.type("off\n")
        terminal.expect("Resting until")
        terminal.expect("Time for ice since")
        terminal.type("quit\n")
        assert terminal.ended() == 0
        assert "Backtimer is closed." in terminal.text
        assert "Traceback" not in terminal.text


@pytest.mark.parametrize("display", [":7418", "nowhere:0", "rubbish"])
def test_a_display_that_is_not_there_is_none(program: Program, display: str) -> None:
    with on_terminal(program, DISPLAY=display) as terminal:
        terminal.expect("There is no display here")
        terminal.type("quit\n")
        assert terminal.ended() == 0


def test_with_a_display_the_terminal_can_be_chosen(program: Program, terminal: OnTerminal) -> None:
    assert "no display" not in terminal.text
    assert program.status()["running"]


def test_commands_come_from_everywhere_and_are_shown(
    program: Program, terminal: OnTerminal
) -> None:
    assert program.run("start").status == 0
    terminal.expect("Ice is on.")
    terminal.type("pause\n")
    terminal.expect("paused")
    assert program.phase == "paused"
    terminal.type("dance\n")
    terminal.expect("There is no command “dance”")
    terminal.type("pain 11\n")
    terminal.expect("Pain is a number from 0 (none) to 10 (worst).")
    terminal.type("help\n")
    terminal.expect("usage: backtimer")
    terminal.type("pain\0\n")
    terminal.type("\N{ICE CUBE}\n")
    terminal.expect("There is no command “\N{ICE CUBE}”")
    assert program.phase == "paused"
    assert "Traceback" not in terminal.text


def test_ctrl_c_ends_it_with_the_record_whole(program: Program, terminal: OnTerminal) -> None:
    terminal.type("start\n")
    terminal.expect("Ice is on.")
    terminal.type("\x03")
    assert terminal.ended() == 0
    assert "Traceback" not in terminal.text
    assert program.phase == "applying"
    assert not program.status()["running"]


def test_being_asked_to_end_it_ends_with_the_record_whole(
    program: Program, terminal: OnTerminal
) -> None:
    terminal.type("start\n")
    terminal.expect("Ice is on.")
    terminal.process.terminate()
    assert terminal.ended() == 0
    assert program.phase == "applying"


def test_a_closed_terminal_leaves_the_record_whole(program: Program, terminal: OnTerminal) -> None:
    terminal.type("start\n")
    terminal.expect("Ice is on.")
    terminal.close_window()
    until("its end", lambda: terminal.process.poll() is not None)
    assert program.phase == "applying"
    program.start()
    assert program.phase == "applying"


def test_a_second_start_says_where_the_first_stands(program: Program, terminal: OnTerminal) -> None:
    shown = terminal.text.count("Nothing is going on")
    assert program.run().status == 0
    until("a line", lambda: terminal.shows("") and terminal.text.count("Nothing is") > shown)
    assert program.status()["running"]


# --- pipes ---


def shell(program: Program, line: str) -> subprocess.CompletedProcess[str]:
    """Run `line`, in which @ is the program, with its exit status in the last line."""
    script = line.replace("@", shlex.join(program.command()))
    return subprocess.run(
        ["bash", "-c", script],
        env=program.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("words", ["config", "--help", "protocol", "status --json"])
def test_a_pipe_that_is_closed_early_is_no_traceback(program: Program, words: str) -> None:
    for reader in ("head -1", "true", "head -c 1"):
        done = shell(program, f"@ {words} | {reader}; exit ${{PIPESTATUS[0]}}")
        assert (done.returncode, done.stderr) == (0, "")


def test_an_answer_that_finds_no_room_is_told(program: Program) -> None:
    done = shell(program, "@ config >/dev/full")
    assert done.returncode == 4
    assert done.stderr == "The answer could not be written: No space left on device.\n"


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
def test_closed_outputs_are_no_traceback(program: Program, closed: str) -> None:
    assert shell(program, f"@ status {closed}").returncode == 0
    done = shell(program, f"@ off {closed}")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_when_nobody_reads_the_terminal_any_more_the_timer_goes_on(program: Program) -> None:
    line = shlex.join(program.command("--terminal", "--speed", "3600"))
    with subprocess.Popen(
        ["bash", "-c", f"{line} | head -1"],
        env=program.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as piped:
        until("the program", lambda: program.status()["running"])
        program.told("start")
        program.until_phase("remove")
        until("a message", lambda: "said: take-off" in program.log())
        program.told("off")
        assert program.run("quit").status == 0
        _, err = piped.communicate(timeout=20)
    assert err == ""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_terminal_can_show_it(program: Program, encoding: str) -> None:
    done = subprocess.run(
        program.command("config"),
        env=program.environment | {"PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
        timeout=20,
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert b"ice_min = 20" in done.stdout
