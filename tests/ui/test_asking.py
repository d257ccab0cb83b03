"""When it began, and when it came off: what is likely stands there, what cannot be does not."""

import pytest
from PySide6.QtCore import QTime
from PySide6.QtWidgets import QPushButton

from backtimer.domain import commands as cmd
from backtimer.domain.clock import MINUTE_S
from backtimer.ui.dialogs.when_dialog import WhenDialog
from tests.ui.conftest import Screen


def asked(screen: Screen) -> WhenDialog:
    found = [each for each in screen.window.findChildren(WhenDialog) if each.isVisible()]
    return found[-1]


def quick(dialog: WhenDialog) -> list[str]:
    texts = [each.text() for each in dialog.findChildren(QPushButton)]
    return [each for each in texts if each not in ("Use this time", "Cancel")]


def press(dialog: WhenDialog, words: str) -> None:
    next(each for each in dialog.findChildren(QPushButton) if each.text() == words).click()


@pytest.fixture
def late(screen: Screen) -> Screen:
    """Ice from 8:00, confirmed at 9:00, and a rest of an hour since."""
    screen.start()
    screen.wait(60)
    screen.care.do(cmd.Off())
    screen.wait(60)
    screen.asking.ask_late_removal()
    return screen


def test_a_late_removal_was_likely_when_its_time_was_up(late: Screen) -> None:
    dialog = asked(late)
    assert dialog._edit.time() == QTime(8, 20)
    assert quick(dialog) == ["When time was up, 08:20"]
    press(dialog, "Use this time")
    (session,) = late.care.episode.sessions
    assert session.last.on_skin_s(late.clock.now()) == 20 * MINUTE_S


def test_a_late_removal_lies_between_putting_on_and_confirming(late: Screen) -> None:
    dialog = asked(late)
    dialog._edit.setTime(QTime(9, 30))
    assert dialog._edit.time() == QTime(9, 0)
    dialog._edit.setTime(QTime(8, 40))
    press(dialog, "Use this time")
    (session,) = late.care.episode.sessions
    assert session.last.on_skin_s(late.clock.now()) == 40 * MINUTE_S


def test_a_pack_that_has_to_come_off_may_have_come_off_minutes_ago(screen: Screen) -> None:
    screen.start()
    screen.wait(32)
    screen.asking.ask_removal()
    dialog = asked(screen)
    assert quick(dialog) == ["When time was up, 08:20", "5 min ago", "15 min ago", "30 min ago"]
    press(dialog, "5 min ago")
    (session,) = screen.care.episode.sessions
    assert session.last.on_skin_s(screen.clock.now()) == 27 * MINUTE_S


def test_a_pack_whose_time_is_not_up_came_off_now_most_likely(screen: Screen) -> None:
    screen.start()
    screen.wait(6)
    screen.asking.ask_removal()
    dialog = asked(screen)
    assert dialog._edit.time() == QTime(8, 6)
    assert quick(dialog) == ["5 min ago"]


def test_what_is_recorded_of_the_onset_stands_there_and_it_was_before_the_first_session(
    screen: Screen,
) -> None:
    screen.start()
    screen.wait(120)
    screen.asking.ask_onset()
    dialog = asked(screen)
    assert dialog._edit.time() == QTime(8, 0)
    assert quick(dialog) == ["6 hours ago", "1 day ago", "2 days ago"]
    press(dialog, "6 hours ago")
    assert screen.care.episode.onset
    assert screen.clock.now().since(screen.care.episode.onset) == 6 * 3600
