"""The keyboard stays where it is, and presses what it is on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backtimer.domain.phases import Phase
from backtimer.ui.dialogs.ask_dialog import AskDialog
from backtimer.ui.widgets.scroll import ScrollPage
from tests.ui.conftest import Screen

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@pytest.mark.parametrize("key", ENTER)
def test_enter_presses_the_button_it_is_on_and_not_the_default_one(
    screen: Screen, qtbot: QtBot, key: Qt.Key
) -> None:
    done: list[str] = []
    dialog = AskDialog(
        screen.front._theme, question="?", text="", yes="Yes", no="No", parent=screen.window
    )
    dialog.accepted.connect(lambda: done.append("yes"))
    dialog.rejected.connect(lambda: done.append("no"))
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    QTest.keyClick(dialog.yes, key)
    assert done == ["yes"]


@pytest.mark.parametrize("key", ENTER)
def test_enter_presses_a_button_of_the_window(screen: Screen, key: Qt.Key) -> None:
    screen.start()
    QTest.keyClick(screen.window.now_page.main, key)
    assert screen.care.view.phase is Phase.RESTING


@pytest.mark.parametrize("widths", [(640, 960), (960, 640), (640, 960, 640)])
def test_the_keyboard_stays_on_its_button_when_the_window_changes(
    screen: Screen, qtbot: QtBot, widths: tuple[int, ...]
) -> None:
    screen.start()
    page = screen.window.now_page
    page.main.setFocus()
    for width in widths:
        screen.window.resize(width, 700)
        qtbot.waitUntil(lambda width=width: screen.window.width() == width)  # type: ignore[misc]
    qtbot.waitUntil(lambda: screen.window.focusWidget() is page.main)
    QTest.keyClick(page.main, Qt.Key.Key_Space)
    assert screen.care.view.phase is Phase.RESTING
    assert not any(each.stopped_for for each in screen.care.episode.sessions)


def test_the_window_is_not_larger_than_the_screen(screen: Screen) -> None:
    from backtimer.ui.main_window import MainWindow

    front = screen.front
    window = MainWindow(
        theme=front._theme,
        care=screen.care,
        settings=screen.settings,
        clock=screen.clock,
        makers={},
        painted=lambda: None,
    )
    room = window.screen().availableSize()
    assert window.width() < room.width()
    assert window.height() < room.height()
    window.deleteLater()


def test_the_page_that_is_seen_is_scrolled_from_the_rail_too(screen: Screen, qtbot: QtBot) -> None:
    screen.window.resize(640, 480)
    screen.window.pages.go_to("settings")
    page = screen.window.pages.page("settings")
    assert isinstance(page, ScrollPage)
    bar = page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    QTest.keyClick(screen.window.pages.rail, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(screen.window.pages.rail, Qt.Key.Key_PageUp)
    assert bar.value() < bar.maximum()
    QTest.keyClick(screen.window.pages.rail, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_the_tabulator_passes_what_only_scrolls(screen: Screen) -> None:
    pages = screen.window.findChildren(ScrollPage)
    assert pages
    assert {each.focusPolicy() for each in pages} == {Qt.FocusPolicy.NoFocus}


def test_a_page_that_is_gone_to_by_its_key_has_the_keyboard(screen: Screen) -> None:
    QTest.keyClick(screen.window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert screen.window.pages.rail.current() == "settings"
    focused = screen.window.focusWidget()
    page = screen.window.pages.page("settings")
    assert page
    assert page.isAncestorOf(focused)
