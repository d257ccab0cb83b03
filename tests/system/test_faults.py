"""Folders that cannot be used, disks that are full, files full of rubbish: one sentence each."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.system.real import Done, Program, ended, on_terminal, until

pytestmark = pytest.mark.system

TIMER_COMMANDS = (
    "start",
    "off",
    "pause",
    "snooze",
    "skip",
    "silence",
    "switch heat",
    "end",
    "quit",
)
RUBBISH = {
    "empty": b"",
    "text": b"rubbish\n" * 20,
    "bytes": bytes(range(256)) * 20,
    "brackets": b"[" * 20_000,
}

Make = Callable[[str, dict[str, str]], Program]


def one_sentence(done: Done, status: int) -> str:
    """The one line that was said."""
    assert done.status == status, done
    assert done.out == ""
    assert done.err.endswith("\n")
    assert done.err.count("\n") == 1, done.err
    return done.err.rstrip("\n")


def opened(program: Program, *words: str) -> Done:
    """How a start that fails ends."""
    return ended(program.spawn(*words))


# --- not running ---


def test_a_command_to_a_timer_that_does_not_run_says_how_to_start_it(program: Program) -> None:
    for line in TIMER_COMMANDS:
        told = one_sentence(program.run(*line.split()), 3)
        assert told == "Backtimer is not running. To start it: backtimer"
    assert not program.folder.exists()


def test_what_is_told_without_a_program_comes_from_the_record(program: Program) -> None:
    program.start()
    program.told("start")
    program.kill()
    status = json.loads(program.run("status", "--json").out)
    assert (status["running"], status["phase"]) == (False, "applying")
    assert program.run("pain", "5").status == 0
    assert program.run("config", "volume", "30").status == 0
    assert program.run("protocol").status == 0
    program.start()
    status = program.status()
    assert (status["phase"], status["pain"]) == ("applying", 5)
    assert program.told("config", "volume") == "30"


def test_wrong_words_end_with_2(program: Program) -> None:
    assert "There is no command" in one_sentence(program.run("dance"), 2)
    assert "not a speed" in one_sentence(program.run("--speed", "0"), 2)
    assert "--data-dir" not in one_sentence(program.run("--data-dir", ""), 2)


# --- demo and real ---


def test_a_real_folder_is_refused_in_a_demo_and_the_reverse(make_program: Make) -> None:
    real, demo = make_program("real", {}), make_program("demo", {})
    real.start()
    real.end()
    assert "real record" in one_sentence(opened(real, "--speed", "600"), 1)
    demo.start("--speed", "600")
    demo.end()
    assert "belongs to a demo" in one_sentence(opened(demo), 1)
    real.start()
    demo.start("--speed", "600")


# --- folders and disks ---


@pytest.fixture
def without_rights() -> list[str]:
    """A prefix under which root has no more rights than its files give it."""
    if os.geteuid() != 0:
        return []
    caps = "-dac_override,-dac_read_search"
    prefix = ["setpriv", f"--bounding-set={caps}", f"--inh-caps={caps}"]
    if subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("root's rights cannot be taken away here")
    return prefix


@pytest.mark.parametrize("words", [("pain", "3"), ("config", "volume", "3")])
def test_what_cannot_be_written_without_a_program_is_told(
    program: Program, without_rights: list[str], words: tuple[str, ...]
) -> None:
    program.folder.mkdir()
    program.folder.chmod(0o500)
    program.prefix = without_rights
    assert str(program.folder) in one_sentence(program.run(*words), 4)
    assert list(program.folder.iterdir()) == []


@pytest.mark.parametrize("words", [("status",), ("pain", "3"), ("export", "x.csv")])
def test_a_folder_that_may_not_be_looked_into_is_told(
    program: Program, without_rights: list[str], words: tuple[str, ...]
) -> None:
    program.folder.mkdir()
    program.folder.chmod(0)
    program.prefix = without_rights
    done = program.run(*words)
    program.folder.chmod(0o700)
    one_sentence(done, 4)


@pytest.mark.parametrize("mode", [0o500, 0])
def test_without_rights_the_timer_goes_on_from_memory_and_saves_once_it_has_them(
    program: Program, without_rights: list[str], mode: int
) -> None:
    program.folder.mkdir()
    program.folder.chmod(mode)
    program.prefix = without_rights
    with on_terminal(program, "--terminal") as terminal:
        terminal.expect("Nothing is going on")
        begun = program.run("start")
        assert (begun.status, "Ice is on." in begun.out) == (4, True)
        assert "Until then the timer goes on" in begun.err
        assert json.loads(program.run("status", "--json").out)["saved"] is False
        program.folder.chmod(0o700)
        assert json.loads(program.run("status", "--json").out)["saved"] is True
        terminal.expect("Everything is saved again")
        terminal.process.kill()
        terminal.process.wait()
    assert program.status()["phase"] == "applying"


@pytest.mark.parametrize("name", ["file", "file/below", "/dev/null", "/proc/none"])
def test_a_folder_that_cannot_be_is_told(program: Program, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    program.folder = tmp_path / name
    assert name.rpartition("/")[2] in one_sentence(opened(program), 4)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode != 0:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Leave no room on `disk`; the file that takes it."""
    file = disk / "filler"
    with file.open("wb", buffering=0) as opened_file:
        for size in (4096, 1):
            try:
                while opened_file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return file


def test_on_a_full_disk_what_is_done_without_a_program_is_told(
    program: Program, small_disk: Path
) -> None:
    program.folder = small_disk / "data"
    program.folder.mkdir()
    fill(small_disk)
    for words in (("--speed", "600"), ("pain", "3"), ("config", "volume", "3")):
        one_sentence(opened(program, *words), 4)
    assert program.run("status").status == 0


@pytest.mark.parametrize("is_there", [True, False])
def test_on_a_full_disk_the_timer_starts_and_saves_once_there_is_room(
    program: Program, small_disk: Path, *, is_there: bool
) -> None:
    program.folder = small_disk / "data"
    if is_there:
        program.folder.mkdir()
    filler = fill(small_disk)
    process = program.spawn()
    until("the timer", lambda: program.ask("start").status == 4)
    assert process.poll() is None
    assert program.status()["saved"] is False
    assert "the timer goes on" in program.told("status")
    second = ended(program.spawn())
    assert second.status == 0, "it brings the first to the front"
    filler.unlink()
    until("all on disk", lambda: program.status()["saved"] is True)
    program.told("pain", "4")
    process.kill()
    process.wait()
    assert program.status()["phase"] == "applying"


def test_on_a_disk_that_fills_up_what_happens_counts_and_is_saved_once_there_is_room(
    program: Program, small_disk: Path
) -> None:
    program.folder = small_disk / "data"
    program.start("--speed", "600")
    program.told("start")
    program.told("pause")
    filler = fill(small_disk)
    # The record may have some room left in its own files.
    until("a full record", lambda: program.ask("pain", "5", "--note", "x" * 9000).status == 4)
    done = program.ask("pain", "7")
    assert (done.status, done.out) == (4, "Noted: pain 7 of 10.\n")
    assert "disk is full" in done.err
    assert program.run("status").status == 0
    assert "would be lost" in one_sentence(program.ask("quit"), 4)
    # A pause of ten minutes is over: that is so, whether or not it can be written.
    program.until_phase("resting")
    until("trouble", lambda: program.status()["saved"] is False)
    filler.unlink()
    until("all on disk", lambda: program.status()["saved"] is True)
    before = program.status()
    program.kill()
    after = program.status()
    same = ("phase", "since", "pain")
    assert [after[each] for each in same] == [before[each] for each in same]
    assert after["pain"] == 7


def test_removal_goes_on_while_the_disk_is_full(program: Program, small_disk: Path) -> None:
    program.folder = small_disk / "data"
    program.start("--speed", "600")
    program.told("start")
    fill(small_disk)
    program.until_phase("remove")
    assert program.process.poll() is None
    assert program.status()["overdue_s"] >= 0


# --- rubbish ---


@pytest.mark.parametrize("kind", ["text", "bytes", "brackets"])
def test_rubbish_in_the_settings_is_told_and_kept(program: Program, kind: str) -> None:
    program.folder.mkdir()
    file = program.folder / "settings.toml"
    file.write_bytes(RUBBISH[kind])
    with on_terminal(program, "--terminal") as terminal:
        terminal.expect("settings.toml is not the TOML it should be")
        terminal.expect("Nothing is going on")
        terminal.type("start\n")
        terminal.expect("Ice is on.")
        terminal.type("config volume 30\n")
        terminal.expect("volume = 30")
        terminal.process.terminate()
        assert terminal.ended() == 0
    (kept,) = (each for each in program.folder.glob("settings.*.toml"))
    assert kept.read_bytes() == RUBBISH[kind]


@pytest.mark.parametrize("kind", RUBBISH)
def test_rubbish_in_the_record_is_told_and_kept(program: Program, kind: str) -> None:
    program.folder.mkdir()
    file = program.folder / "backtimer.db"
    file.write_bytes(RUBBISH[kind])
    for words in (("status",), ("export", "x.csv")):
        assert "is damaged" in one_sentence(opened(program, *words), 4)
    assert file.read_bytes() == RUBBISH[kind]
    with on_terminal(program, "--terminal") as terminal:
        terminal.expect("damaged")
        terminal.type("start\n")
        terminal.expect("Ice is on.")
        assert program.status()["saved"] is True
    (kept,) = program.folder.glob("backtimer.2*.db")
    assert kept.read_bytes() == RUBBISH[kind]


@pytest.mark.parametrize("kind", RUBBISH)
def test_rubbish_in_a_demos_clock_is_told_and_kept(program: Program, kind: str) -> None:
    program.folder.mkdir()
    file = program.folder / "demo-clock.json"
    file.write_bytes(RUBBISH[kind])
    for words in (("--speed", "600"), ("status",)):
        assert "is damaged" in one_sentence(opened(program, *words), 4)
    assert file.read_bytes() == RUBBISH[kind]


@pytest.mark.parametrize("kind", RUBBISH)
def test_rubbish_where_the_socket_is_told_is_replaced(program: Program, kind: str) -> None:
    program.folder.mkdir()
    (program.folder / "endpoint").write_bytes(RUBBISH[kind])
    program.spawn()
    until("the program", lambda: (program.folder / "endpoint").read_bytes() != RUBBISH[kind])
    assert program.status()["running"]


@pytest.mark.parametrize("kind", RUBBISH)
def test_rubbish_in_the_lock_keeps_nobody_out(program: Program, kind: str) -> None:
    program.folder.mkdir()
    lock = program.folder / "lock"
    lock.write_bytes(RUBBISH[kind])
    os.utime(lock, (time.time() - 60, time.time() - 60))
    program.start()


def test_folders_where_files_should_be_are_told_and_the_timer_goes_on(program: Program) -> None:
    for name in ("settings.toml", "backtimer.db"):
        (program.folder / name).mkdir(parents=True)
    with on_terminal(program, "--terminal") as terminal:
        terminal.expect("settings.toml")
        terminal.expect("backtimer.db")
        terminal.type("start\n")
        terminal.expect("Ice is on.")
    for name in ("demo-clock.json", "lock"):
        shutil.rmtree(program.folder)
        (program.folder / name).mkdir(parents=True)
        words = ("--speed", "600") if name == "demo-clock.json" else ()
        one_sentence(opened(program, *words), 4)
