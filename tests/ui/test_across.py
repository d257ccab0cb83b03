"""Across the room: the whole window is the one button, and back again."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from backtimer.domain import commands as cmd
from backtimer.domain.phases import Phase
from backtimer.ui.reaching.across import AcrossPage
from backtimer.ui.theme import Tone
from tests.ui.conftest import Screen


def enter(screen: Screen) -> AcrossPage:
    """Press F11, and let the guard against double clicks pass."""
    QTest.keyClick(screen.window, Qt.Key.Key_F11)
    page = screen.front._across._page
    assert page is not None
    page._guard.stop()
    return page


def is_across(screen: Screen) -> bool:
    return screen.window.isFullScreen() and screen.window._alone is not None


def test_f11_fills_the_screen_with_the_sign_and_f11_or_escape_gives_the_window_back(
    screen: Screen,
) -> None:
    screen.start()
    before = screen.window.geometry()
    for leave in (Qt.Key.Key_F11, Qt.Key.Key_Escape):
        page = enter(screen)
        assert is_across(screen)
        assert page.isVisible()
        assert not screen.window.pages.isVisible()
        QTest.keyClick(page, leave)
        assert not is_across(screen)
        assert screen.window.geometry() == before
        assert screen.window.now_page.isVisible()


def test_a_window_that_was_maximised_is_so_again(screen: Screen) -> None:
    screen.window.showMaximized()
    page = enter(screen)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert screen.window.isMaximized()


def test_it_is_told_whether_the_sign_is_seen(screen: Screen) -> None:
    told: list[bool] = []
    screen.front.across_changed.connect(told.append)
    enter(screen)
    screen.window.showMinimized()
    screen.front.show_front()
    assert is_across(screen)
    screen.front._across.leave()
    assert told == [True, False, True, False]


def test_when_the_desktop_ends_the_full_screen_the_window_is_itself_again(screen: Screen) -> None:
    enter(screen)
    screen.window.showNormal()
    assert not screen.front._across.is_on
    assert screen.window.idle_page.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_space_and_enter_are_the_one_action(screen: Screen, key: Qt.Key) -> None:
    screen.start()
    screen.wait(20)
    QTest.keyClick(enter(screen), key)
    assert screen.care.view.phase is Phase.RESTING


@pytest.mark.parametrize("x", [1, 300])
def test_a_click_anywhere_is_the_one_action(screen: Screen, x: int) -> None:
    screen.start()
    screen.wait(20)
    page = enter(screen)
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=QPoint(x, page.height() - 5))
    assert screen.care.view.phase is Phase.RESTING


def test_a_double_click_does_not_take_off_what_it_has_just_begun(screen: Screen) -> None:
    screen.start()
    screen.care.do(cmd.Off())
    screen.wait(91)
    page = enter(screen)
    for _ in range(2):
        QTest.mouseClick(page, Qt.MouseButton.LeftButton)
        QTest.keyClick(page, Qt.Key.Key_Space)
    assert screen.care.episode.pack
    page._guard.stop()
    QTest.mouseClick(page, Qt.MouseButton.LeftButton)
    assert screen.care.episode.pack is None


def test_what_is_not_possible_yet_does_nothing(screen: Screen) -> None:
    screen.start()
    screen.wait(20)
    screen.care.do(cmd.Off())
    page = enter(screen)
    assert page._label.startswith("Ice from")
    QTest.keyClick(page, Qt.Key.Key_Space)
    QTest.mouseClick(page, Qt.MouseButton.LeftButton)
    assert screen.care.view.phase is Phase.RESTING
    assert not screen.window.banner.isVisible()


def test_digits_still_rate_the_pain_and_it_is_seen(screen: Screen) -> None:
    screen.start()
    screen.window.pages.go_to("settings")
    page = enter(screen)
    QTest.keyClick(page, Qt.Key.Key_7)
    assert screen.care.view.pain == 7
    assert page._foot.startswith("Pain 7")


def test_each_phase_has_its_colour_and_overdue_is_strong(screen: Screen) -> None:
    page = enter(screen)
    assert page._sign.time == ""
    for steps, tone, time in (((), Tone.ICE, "20:00"), ((22.1,), Tone.OVERDUE, "+2:06")):
        if not steps:
            screen.start()
        for step in steps:
            screen.wait(step)
        assert page._tone is tone
        assert page._sign.time == time


def test_seconds_change_the_sign_but_not_what_a_screen_reader_reads(screen: Screen) -> None:
    screen.start()
    page = enter(screen)
    assert page.accessibleName() == "Ice is on. Take it off at 08:20"
    assert page.accessibleDescription() == "I took it off"
    name, time = page.accessibleName(), page._sign.time
    screen.clock.pass_real_s(1)
    screen.window._on_tick()
    assert page._sign.time != time
    assert page.accessibleName() == name
    screen.wait(20)
    assert page.accessibleName() == "Take the ice off. Was due at 08:20"


def test_what_has_to_be_said_is_said_there_too_and_does_not_press_the_button(
    screen: Screen,
) -> None:
    screen.start()
    screen.wait(20)
    page = enter(screen)
    screen.front.tell_fault("The disk is full.")
    assert page.banner.isVisible()
    QTest.mouseClick(page.banner, Qt.MouseButton.LeftButton)
    assert screen.care.view.phase is Phase.REMOVE
    screen.front._across.leave()
    assert screen.window.banner.isVisible()


def test_enter_closes_what_is_said_there_and_does_not_press_the_button(screen: Screen) -> None:
    screen.start()
    screen.wait(20)
    page = enter(screen)
    screen.front.tell_fault("The disk is full.")
    page.banner._close.setFocus()
    QTest.keyClick(page.banner._close, Qt.Key.Key_Return)
    assert not page.banner.isVisible()
    assert screen.care.view.phase is Phase.REMOVE


def test_a_start_that_needs_its_card_shows_the_window(screen: Screen) -> None:
    page = enter(screen)
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert not is_across(screen)
    assert screen.window.pages.card
    assert screen.care.view.phase is Phase.IDLE


def test_a_card_that_is_missing_is_asked_once_the_sign_is_left(screen: Screen) -> None:
    page = enter(screen)
    screen.care.do(cmd.Start())
    assert screen.window.pages.card is None
    page.left.emit()
    assert screen.window.pages.card


def test_closing_the_window_leaves_the_sign(screen: Screen) -> None:
    screen.start()
    enter(screen)
    screen.window.close()
    assert not screen.front._across.is_on


def test_the_more_menu_offers_it(screen: Screen) -> None:
    screen.start()
    menu = screen.front._parts.asking.more_menu()
    next(each for each in menu.actions() if each.text() == "Across the room (F11)").trigger()
    assert is_across(screen)


@pytest.mark.parametrize("size", [(640, 480), (1920, 1080)])
def test_it_can_be_painted_in_every_size(screen: Screen, size: tuple[int, int]) -> None:
    screen.start()
    page = enter(screen)
    page.resize(*size)
    assert not page.grab().isNull()
