"""The program as a person meets it: started once or often, clicked, raised, closed."""

import json
import subprocess
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.system.real import Program, ended, until, xdotool

pytestmark = pytest.mark.system

# A colour this far from grey is a button's.
COLOURFUL = 60


def test_the_first_start_and_a_session_by_the_command_line(program: Program) -> None:
    process = program.start()
    assert "Nothing is going on" in program.run("status").out
    started = program.run("start")
    assert started.status == 0
    assert "Never ice directly on skin" in started.out
    assert program.phase == "applying"
    assert program.run("start").status == 1
    assert program.run("pause").status == 0
    assert program.run("resume").status == 0
    assert program.run("quit").err == "Take it off first: backtimer off\n"
    assert program.run("off").status == 0
    assert program.phase == "resting"
    assert program.run("pain", "4", "--note", "better").out == "Noted: pain 4 of 10.\n"
    assert program.run("end").status == 0
    assert program.run("quit").status == 0
    done = ended(process)
    assert (done.status, done.out, done.err) == (0, "", "")


def test_a_command_is_answered_quickly(program: Program) -> None:
    program.start()
    begun = time.monotonic()
    program.run("status")
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "letter",
    [
        "x",
        "ö",
        "\N{ICE CUBE}",
    ],
)
def test_a_long_note_in_any_letters_reaches_the_program(
    program: Program, letter: str, tmp_path: Path
) -> None:
    program.start()
    assert program.run("pain", "4", "--note", letter * 10_000).status == 0
    refused = program.run("pain", "4", "--note", letter * 10_001)
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    (event,) = json.loads(exported(program, tmp_path / "x.json"))["events"]
    assert event["note"] == letter * 10_000


def test_start_is_clicked_and_the_card_is_answered_with_the_mouse(
    program: Program, tmp_path: Path
) -> None:
    program.start()
    until("the window", program.window)

    def clicked() -> bool:
        # First “Start ice”, then, once it is shown, the card of the first ice.
        click_main_button(program, tmp_path)
        return program.phase == "applying"

    until("a session", clicked)
    assert program.status()["modality"] == "ice"
    events = json.loads(exported(program, tmp_path / "x.json"))["events"]
    assert [each["kind"] for each in events] == ["EpisodeStarted", "CardAnswered", "SessionStarted"]


def exported(program: Program, file: Path) -> str:
    program.told("export", str(file))
    return file.read_text("utf-8")


def click_main_button(program: Program, folder: Path) -> None:
    """Click what is the largest coloured thing in the window: its main button."""
    window = program.window()
    picture = folder / "window.png"
    subprocess.run(["import", "-window", window, str(picture)], check=True, timeout=20)
    x, y = main_button(QImage(str(picture)))
    xdotool("mousemove", "--window", window, str(x), str(y), "click", "1")


def main_button(image: QImage) -> tuple[int, int]:
    """The middle of the longest line of one colour that is none of the greys."""
    longest, place = 0, (0, 0)
    for y in range(0, image.height(), 3):
        begin, before = 0, 0
        for x in range(image.width()):
            colour = image.pixel(x, y)
            if colour != before:
                begin, before = x, colour
            channels = colour >> 16 & 255, colour >> 8 & 255, colour & 255
            if x - begin > longest and max(channels) - min(channels) > COLOURFUL:
                longest, place = x - begin, ((begin + x) // 2, y)
    return place


def test_the_space_key_is_the_main_button(program: Program) -> None:
    program.start()
    program.told("start")
    ended(program.spawn())
    until("the window in front", program.is_in_front)

    def pressed() -> bool:
        # First it answers the card, which a start from the command line leaves open.
        xdotool("key", "space")
        return program.phase == "resting"

    until("the pack off", pressed)


def test_a_second_start_raises_the_first_and_is_done(program: Program) -> None:
    first = program.start()
    window = until("the window", program.window)
    until("the window in front", program.is_in_front)
    xdotool("windowminimize", "--sync", window)
    until("the window out of sight", lambda: not program.window())
    second = program.spawn()
    done = ended(second)
    assert (done.status, done.out, done.err) == (0, "", "")
    assert first.poll() is None
    until("the window in front", program.is_in_front)


def test_twenty_starts_at_once_leave_one_program(program: Program) -> None:
    starts = [program.spawn() for _ in range(20)]

    def living() -> list[subprocess.Popen[str]]:
        return [each for each in starts if each.poll() is None]

    until("one program", lambda: len(living()) == 1, patience_s=60)
    assert program.status()["running"]
    others = [each for each in starts if each.poll() is not None]
    assert [each.returncode for each in others] == [0] * 19
    assert [ended(each).err for each in others] == [""] * 19
    assert len(living()) == 1
    assert program.run("quit").status == 0
    until("its end", lambda: not living())


def test_started_minimised_it_stays_out_of_the_way(program: Program) -> None:
    program.start("--minimized")
    assert not program.window()
    assert ended(program.spawn()).status == 0
    until("the window in front", program.is_in_front)


def test_the_title_tells_the_time_that_is_left(program: Program) -> None:
    program.start("--speed", "600")
    program.told("start")

    def title() -> str:
        return xdotool("getwindowname", program.window())

    before = until("the window", lambda: program.window() and title())
    until("another time", lambda: title() != before)


def test_being_asked_to_end_it_ends_with_the_record_whole(program: Program) -> None:
    program.start()
    program.told("start")
    done = program.end()
    assert (done.status, done.out, done.err) == (0, "", "")
    assert program.phase == "applying"
    assert not program.status()["running"]
    assert not (program.folder / "endpoint").exists()


def test_a_throw_away_demo_leaves_nothing_behind(program: Program) -> None:
    command = [each for each in program.command("--speed", "600") if each != str(program.folder)]
    command.remove("--data-dir")
    process = subprocess.Popen(command, env=program.environment)
    demo = Path(program.environment["XDG_CACHE_HOME"]) / "backtimer" / "demo"
    try:
        until("the demo", (demo / "endpoint").exists)
        assert (demo / "backtimer.db").exists()
    finally:
        process.terminate()
        assert process.wait(20) == 0
    assert list(demo.iterdir()) == []
