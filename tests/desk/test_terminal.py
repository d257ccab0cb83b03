"""The timer in a terminal: a line for each change, and commands that are typed."""

import errno
import io
import os
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from backtimer.domain import commands as cmd
from backtimer.domain.announcements import Announcement
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding, State, Way, broken
from backtimer.domain.reminding import Message
from backtimer.domain.view import Action
from backtimer.terminal import Terminal
from tests.desk.desks import Program

Captured = pytest.CaptureFixture[str]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="reads a pseudo-terminal")


class Subject:
    """A terminal before a program, and what was typed into it."""

    def __init__(self) -> None:
        self.program = Program()
        self.typed: list[str] = []
        self.terminal = Terminal(
            care=self.program.care, clock=self.program.clock, ask=self.typed.append
        )


@pytest.fixture
def subject() -> Subject:
    return Subject()


class Keyboard:
    """A pseudo-terminal: what is typed on one side is read on the other."""

    def __init__(self) -> None:
        self.hands, self._end = os.openpty()
        self.stdin = os.fdopen(self._end)

    def type(self, text: str) -> None:
        os.write(self.hands, text.encode())

    def close_window(self) -> None:
        os.close(self.hands)
        self.hands = -1


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyboard]:
    keyboard = Keyboard()
    monkeypatch.setattr(sys, "stdin", keyboard.stdin)
    yield keyboard
    keyboard.stdin.close()
    if keyboard.hands >= 0:
        keyboard.close_window()


def test_it_begins_by_saying_what_can_be_typed(subject: Subject, capsys: Captured) -> None:
    subject.terminal.start(["settings.toml, volume: it can be 0–100 %."])
    note, usage = capsys.readouterr().out.splitlines()
    assert note == "Mon 08:00 settings.toml, volume: it can be 0–100 %."
    assert usage.startswith("Mon 08:00 Type a command and Enter: start, off")


def test_there_is_a_line_for_each_change_and_only_then(subject: Subject, capsys: Captured) -> None:
    subject.terminal.start([])
    program = subject.program
    program.care.check()
    capsys.readouterr()
    program.told("start")
    for _ in range(5):
        program.wait(5)
        program.care.check()
    program.told("off")
    lines = capsys.readouterr().out.splitlines()
    assert [line[:9] for line in lines] == ["Mon 08:00", "Mon 08:20", "Mon 08:25"]
    assert "Ice is on" in lines[0]
    assert "Take the ice off" in lines[1]
    assert "Resting" in lines[2]


def test_being_raised_says_where_things_stand(subject: Subject, capsys: Captured) -> None:
    subject.terminal.show_front()
    assert "Nothing is going on" in capsys.readouterr().out


def test_what_is_said_rings_the_bell(subject: Subject, capsys: Captured) -> None:
    said = Announcement(message=Message.TAKE_OFF, title="Take the ice off", body="Time is up.")
    subject.terminal.on_said(said)
    assert capsys.readouterr().out == "Mon 08:00 \aTake the ice off. Time is up.\n"


def test_each_step_of_a_removal_rings_the_bell_again(subject: Subject, capsys: Captured) -> None:
    delivered: list[Delivery] = []
    subject.terminal.on_delivery(lambda what, _why: delivered.append(what))
    subject.terminal.say(
        Announcement(message=Message.TAKE_OFF, title="Take the ice off", body="Time is up.")
    )
    subject.terminal.hush()
    assert capsys.readouterr().out == "Mon 08:00 \aTake the ice off\n"
    assert delivered == [Delivery.SENT]


def test_what_is_answered_elsewhere_is_carried_out_as_if_it_were_typed(subject: Subject) -> None:
    for action in (Action.OFF, Action.STOP_SKIN, None):
        subject.terminal.on_answer(action)
    assert subject.typed == ["off", "stop-skin", "status"]


def test_a_silent_message_rings_no_bell(subject: Subject, capsys: Captured) -> None:
    said = Announcement(message=Message.SKIN_CHECK, title="Burning?", body="Then take it off.")
    subject.terminal.on_said(said)
    assert capsys.readouterr().out == "Mon 08:00 Burning? Then take it off.\n"


def test_how_the_pain_is_now_is_typed(subject: Subject, capsys: Captured) -> None:
    said = Announcement(message=Message.RATING, title="How is it?", body="", opens=Action.RATE)
    subject.terminal.on_said(said)
    subject.terminal.on_answer(Action.RATE)
    subject.terminal.on_answer(Action.SAME_PAIN)
    how = "Type pain and a number from 0 to 10."
    told = [f"Mon 08:00 {each}" for each in (f"How is it? {how}", how, how)]
    assert capsys.readouterr().out.splitlines() == told
    assert subject.typed == []


def test_the_same_pain_again_is_carried_out_as_if_it_were_typed(subject: Subject) -> None:
    subject.program.care.do(cmd.RatePain(nrs=6))
    subject.terminal.on_answer(Action.SAME_PAIN)
    assert subject.typed == ["pain 6"]


def test_a_terminal_stands_for_the_window_and_has_no_tray(subject: Subject) -> None:
    found: list[Finding] = []
    subject.terminal.probe(found.extend)
    assert [(each.way, each.state) for each in found] == [
        (Way.TRAY, State.BROKEN),
        (Way.WINDOW, State.WORKS),
    ]


def test_what_no_longer_works_is_printed(subject: Subject, capsys: Captured) -> None:
    subject.terminal._on_lost((broken(Way.SOUND, "It is muted.", "Unmute it."),))
    assert capsys.readouterr().out == ("Mon 08:00 Sound no longer works. It is muted. Unmute it.\n")


def test_that_nothing_is_saved_is_told_and_that_it_is_again(
    subject: Subject, capsys: Captured
) -> None:
    subject.terminal.tell_fault("")
    subject.terminal.tell_fault("The disk is full.")
    subject.terminal.tell_fault("")
    assert capsys.readouterr().out == (
        "Mon 08:00 The disk is full. Until then the timer goes on, and keeps what is not saved.\n"
        "Mon 08:00 Everything is saved again.\n"
    )


def test_what_is_to_be_known_is_printed(subject: Subject, capsys: Captured) -> None:
    subject.terminal.note("The record was damaged.")
    subject.terminal.on_caution("This computer may fall asleep.")
    subject.terminal.on_caution("")
    assert capsys.readouterr().out == (
        "Mon 08:00 The record was damaged.\nMon 08:00 This computer may fall asleep.\n"
    )


def test_that_notifications_fail_is_said_once_until_they_work_again(
    subject: Subject, capsys: Captured
) -> None:
    for _ in range(3):
        subject.terminal.on_unreached("No notification service runs.")
    subject.terminal.on_reached()
    subject.terminal.on_unreached("No notification service runs.")
    told = "Mon 08:00 No notification service runs. Keep this terminal in sight.\n"
    assert capsys.readouterr().out == told * 2


def test_a_bug_is_told_and_the_timer_goes_on(subject: Subject, capsys: Captured) -> None:
    subject.terminal.on_bug("KeyError: 1")
    out = capsys.readouterr().out
    assert "the timer goes on: KeyError: 1" in out


@pytest.mark.parametrize("error", [BrokenPipeError(), OSError(28, "No space left on device")])
def test_when_nobody_reads_any_more_the_timer_goes_on(
    subject: Subject, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    class Broken(io.StringIO):
        def write(self, _text: str) -> int:
            raise error

    subject.terminal.start([])
    monkeypatch.setattr(sys, "stdout", Broken())
    assert "Ice is on" in subject.program.told("start")
    subject.terminal.note("The record was damaged.")
    sys.stdout.close()


def test_each_typed_line_is_a_command(subject: Subject, keyboard: Keyboard, qtbot: QtBot) -> None:
    subject.terminal.start([])
    keyboard.type("start ice\n")
    qtbot.waitUntil(lambda: subject.typed == ["start ice"])
    keyboard.type("\n   \noff --at 2m ago\n")
    qtbot.waitUntil(lambda: subject.typed[1:] == ["off --at 2m ago"])


def test_help_can_be_typed_as_it_is_said(
    subject: Subject, keyboard: Keyboard, qtbot: QtBot
) -> None:
    subject.terminal.start([])
    keyboard.type(" help \n")
    qtbot.waitUntil(lambda: subject.typed == ["--help"])


def test_bytes_that_are_no_text_are_typed_without_harm(
    subject: Subject, keyboard: Keyboard, qtbot: QtBot
) -> None:
    subject.terminal.start([])
    os.write(keyboard.hands, b"pain \xff\n")
    qtbot.waitUntil(lambda: subject.typed == ["pain \N{REPLACEMENT CHARACTER}"])


def test_the_end_of_the_input_is_not_the_end_of_the_timer(
    subject: Subject, keyboard: Keyboard, qtbot: QtBot
) -> None:
    subject.terminal.start([])
    keyboard.type("status\n\x04")
    qtbot.waitUntil(lambda: subject.typed == ["status"])
    qtbot.waitUntil(lambda: not subject.terminal._keyboard.isEnabled())  # type: ignore[union-attr]


def test_a_closed_terminal_is_not_read_again_and_again(
    subject: Subject, keyboard: Keyboard, qtbot: QtBot
) -> None:
    subject.terminal.start([])
    keyboard.close_window()
    qtbot.waitUntil(lambda: not subject.terminal._keyboard.isEnabled())  # type: ignore[union-attr]
    assert subject.typed == []


def test_a_terminal_that_cannot_be_read_is_left_alone(
    subject: Subject, keyboard: Keyboard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_descriptor: int, _most: int) -> bytes:
        # As for a program in the background whose shell is gone.
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    subject.terminal.start([])
    monkeypatch.setattr("backtimer.terminal.os.read", failing)
    keyboard.type("start\n")
    qtbot.waitUntil(lambda: not subject.terminal._keyboard.isEnabled())  # type: ignore[union-attr]


@pytest.mark.parametrize("stdin", [None, io.StringIO("start\n")])
def test_without_a_keyboard_nothing_is_read(
    subject: Subject, monkeypatch: pytest.MonkeyPatch, stdin: io.StringIO | None
) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    subject.terminal.start([])
    assert subject.terminal._keyboard is None
