"""“How is the pain now?”: one press where it is shown, or a digit in the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.announcements import Announcement, announcement
from backtimer.domain.protocol import Modality
from backtimer.domain.reminding import Due, Message
from backtimer.domain.view import Action
from backtimer.ui.dialogs.entry_dialog import EntryDialog
from tests.ui.conftest import Screen


def question(screen: Screen) -> Announcement:
    due = Due(message=Message.RATING, modality=Modality.ICE)
    return announcement(due, screen.care.view, screen.clock.now(), snooze_min=10)


@pytest.fixture
def asked(screen: Screen) -> Screen:
    """Ice is off for two minutes, pain was 6, it was asked, and the window is out of sight."""
    screen.care.do(cmd.RatePain(nrs=6))
    screen.start()
    screen.wait(20)
    screen.care.do(cmd.Off())
    screen.wait(2)
    screen.window.showMinimized()
    screen.front.on_said(question(screen))
    return screen


def ratings(screen: Screen) -> list[tuple[int, str]]:
    return [(each.nrs, each.note) for each in screen.store.events if isinstance(each, ev.PainRated)]


def entries(screen: Screen) -> list[EntryDialog]:
    found = screen.window.findChildren(EntryDialog)
    return [each for each in found if each.isVisible()]


def press(dialog: EntryDialog, key: Qt.Key) -> None:
    """Press `key` in whatever of it has the keyboard."""
    QTest.keyClick(dialog.focusWidget(), key)


def test_still_the_same_is_recorded_at_once_and_nothing_opens(asked: Screen) -> None:
    (same, _) = question(asked).buttons
    assert same.label == "Still 6"
    asked.front.on_answer(same.action)
    assert ratings(asked) == [(6, ""), (6, "")]
    assert asked.window.isMinimized()
    assert entries(asked) == []


@pytest.mark.parametrize("answer", [Action.RATE, None])
def test_rate_it_and_a_click_open_the_entry_for_a_digit_and_enter(
    asked: Screen, answer: Action | None
) -> None:
    asked.front.on_answer(answer)
    assert asked.window.is_seen
    (dialog,) = entries(asked)
    press(dialog, Qt.Key.Key_4)
    press(dialog, Qt.Key.Key_Return)
    assert ratings(asked) == [(6, ""), (4, "")]
    assert entries(asked) == []


def test_words_go_with_the_digit(asked: Screen) -> None:
    asked.front.on_answer(Action.RATE)
    (dialog,) = entries(asked)
    for key in (Qt.Key.Key_3, Qt.Key.Key_B, Qt.Key.Key_A, Qt.Key.Key_D, Qt.Key.Key_2):
        press(dialog, key)
    dialog.save.click()
    assert ratings(asked)[-1] == (3, "bad2")


def test_who_asks_for_it_twice_gets_one_entry(asked: Screen) -> None:
    asked.front.on_answer(Action.RATE)
    asked.front.on_answer(None)
    assert len(entries(asked)) == 1


def test_it_opens_over_the_sign_across_the_room(asked: Screen) -> None:
    asked.window.showNormal()
    asked.front._across.toggle()
    asked.front.on_answer(Action.RATE)
    assert not asked.front._across.is_on
    assert len(entries(asked)) == 1


def test_once_it_is_answered_a_click_only_shows_the_window(asked: Screen) -> None:
    asked.care.do(cmd.RatePain(nrs=5))
    asked.front.on_answer(None)
    assert asked.window.is_seen
    assert entries(asked) == []


def test_a_click_on_another_message_only_shows_the_window(asked: Screen) -> None:
    asked.front.on_said(replace(question(asked), message=Message.PAUSE_OVER, opens=None))
    asked.front.on_answer(None)
    assert entries(asked) == []


def test_the_same_as_what_was_taken_back_is_asked_for(asked: Screen) -> None:
    asked.care.do(cmd.WithdrawEntry(of=asked.care.episode.pains[0].at.wall))
    asked.front.on_answer(Action.SAME_PAIN)
    assert len(entries(asked)) == 1
    assert len(ratings(asked)) == 1


def test_what_is_refused_is_told_and_the_rest_is_not_written(asked: Screen) -> None:
    said: list[str] = []
    actions = asked.front._actions
    actions.refused.connect(said.append)
    actions.write([cmd.RatePain(nrs=99), cmd.RatePain(nrs=1)])
    assert said == ["Pain is a number from 0 (none) to 10 (worst)."]
    assert ratings(asked) == [(6, "")]
