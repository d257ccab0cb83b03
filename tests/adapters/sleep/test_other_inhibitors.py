"""What keeps Windows and macOS awake, with stand-ins for what only they have."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from backtimer.adapters.sleep.other_inhibitors import (
    CaffeinateInhibitor,
    ExecutionStateInhibitor,
    NoInhibitor,
)
from backtimer.domain.ports import SleepInhibitor, Waking
from tests.adapters.channel_kit import Until

CAUTION_BEGINS = "This computer may fall asleep by itself"
AWAKE, ASLEEP_AGAIN = 0x80000001, 0x80000000


def outlooks_of(inhibitor: SleepInhibitor) -> list[str]:
    told: list[str] = []
    inhibitor.on_outlook(told.append)
    return told


# --- Windows ---


@pytest.mark.usefixtures("qapp")
def test_windows_is_told_to_stay_awake_and_that_it_may_sleep() -> None:
    states: list[int] = []

    def set_state(state: int) -> int:
        states.append(state)
        return ASLEEP_AGAIN

    inhibitor = ExecutionStateInhibitor(set_state)
    told = outlooks_of(inhibitor)
    inhibitor.start()
    assert states == [AWAKE, ASLEEP_AGAIN]
    assert told == [""]
    inhibitor.hold()
    assert states[-1] == AWAKE
    inhibitor.release()
    assert states[-1] == ASLEEP_AGAIN
    inhibitor.hold()
    inhibitor.close()
    assert states[-1] == ASLEEP_AGAIN
    assert told == [""]


@pytest.mark.usefixtures("qapp")
def test_a_windows_that_refuses_is_told_before_anybody_lies_down() -> None:
    inhibitor = ExecutionStateInhibitor(lambda _: 0)
    told = outlooks_of(inhibitor)
    inhibitor.start()
    assert len(told) == 1
    assert told[0].startswith(CAUTION_BEGINS)


# --- macOS ---

needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are looked for."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def said(programs: Path) -> Path:
    """What a caffeinate that runs until it is ended was started with, one line each time."""
    said = programs / "said"
    said.write_text("")
    program = programs / "caffeinate"
    program.write_text(f'#!/bin/sh\necho "$@" >> {said}\nexec /bin/sleep 600\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return said


@pytest.fixture
def mac(qapp: QCoreApplication) -> Iterator[CaffeinateInhibitor]:
    inhibitor = CaffeinateInhibitor(parent=qapp)
    yield inhibitor
    inhibitor.close()


@needs_shell
def test_a_mac_stays_awake_while_its_program_runs(
    mac: CaffeinateInhibitor, said: Path, until: Until
) -> None:
    told = outlooks_of(mac)
    mac.start()
    assert told == [""]
    before = mac._process
    assert before is None
    mac.hold()
    mac.hold()
    process = mac._process
    assert process is not None
    until(lambda: said.read_text() == f"-i -w {os.getpid()}\n")
    assert process.poll() is None
    mac.release()
    assert process.poll() is not None
    mac.release()
    assert told == [""]


@needs_shell
def test_a_program_that_was_ended_by_somebody_is_started_again_with_the_next_pack(
    mac: CaffeinateInhibitor, said: Path, until: Until
) -> None:
    mac.hold()
    process = mac._process
    assert process is not None
    until(said.read_text)
    process.kill()
    process.wait()
    mac.hold()
    until(lambda: len(said.read_text().splitlines()) == 2)
    mac.close()
    assert mac._process is None


@needs_shell
@pytest.mark.usefixtures("programs")
def test_where_the_program_is_missing_it_is_told_before_anybody_lies_down(
    mac: CaffeinateInhibitor,
) -> None:
    told = outlooks_of(mac)
    mac.start()
    mac.hold()
    mac.release()
    assert len(told) == 1
    assert told[0].startswith(CAUTION_BEGINS)


# --- elsewhere ---


@pytest.mark.usefixtures("qapp")
def test_on_a_system_that_nobody_knows_it_is_told() -> None:
    inhibitor = NoInhibitor()
    waking: Waking = inhibitor
    waking.on_wake(lambda: None)
    told = outlooks_of(inhibitor)
    inhibitor.start()
    inhibitor.hold()
    inhibitor.close()
    assert len(told) == 1
    assert told[0].startswith(CAUTION_BEGINS)
