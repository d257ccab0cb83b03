from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backtimer.ui.theme import Theme, Tone
from backtimer.ui.widgets.nav_rail import NavEntry, NavRail, RailShape
from backtimer.ui.widgets.nav_shell import NavShell

ENTRIES = [
    NavEntry("now", "Now", "clock"),
    NavEntry("plan", "Plan", "calendar"),
    NavEntry("settings", "Settings", "gear"),
]


@pytest.fixture
def rail(theme: Theme) -> NavRail:
    return NavRail(theme, ENTRIES)


@pytest.fixture
def shell(qtbot: QtBot, theme: Theme, rail: NavRail) -> Iterator[NavShell]:
    made = NavShell(theme, rail, QWidget())
    qtbot.addWidget(made)
    made.resize(960, 640)
    made.show()
    qtbot.waitActive(made)
    yield made
    made.hide()


def test_it_has_the_entries_it_was_given_and_the_first_is_chosen(rail: NavRail) -> None:
    assert [item.accessibleName() for item in rail._items.values()] == ["Now", "Plan", "Settings"]
    assert rail.current() == "now"
    assert [item.isChecked() for item in rail._items.values()] == [True, False, False]


def test_a_click_chooses(qtbot: QtBot, shell: NavShell, rail: NavRail) -> None:
    assert shell.isVisible()
    with qtbot.waitSignal(rail.chosen) as chosen:
        QTest.mouseClick(rail._items["settings"], Qt.MouseButton.LeftButton)
    assert chosen.args == ["settings"]
    assert rail.current() == "settings"
    assert [item.isChecked() for item in rail._items.values()] == [False, False, True]


def test_a_click_on_the_chosen_entry_keeps_it_chosen(
    qtbot: QtBot, shell: NavShell, rail: NavRail
) -> None:
    assert shell.isVisible()
    with qtbot.waitSignal(rail.chosen):
        QTest.mouseClick(rail._items["now"], Qt.MouseButton.LeftButton)
    assert rail._items["now"].isChecked()


def test_showing_a_page_is_not_choosing_it(qtbot: QtBot, rail: NavRail) -> None:
    with qtbot.assertNotEmitted(rail.chosen):
        rail.set_current("plan")
    assert rail.current() == "plan"


@pytest.mark.parametrize(
    ("key", "reached"),
    [
        (Qt.Key.Key_Down, "plan"),
        (Qt.Key.Key_Right, "plan"),
        (Qt.Key.Key_Up, "settings"),
        (Qt.Key.Key_Left, "settings"),
    ],
)
def test_arrow_keys_go_round(
    qtbot: QtBot, shell: NavShell, rail: NavRail, key: Qt.Key, reached: str
) -> None:
    assert shell.isVisible()
    rail._items["now"].setFocus()
    with qtbot.waitSignal(rail.chosen) as chosen:
        QTest.keyClick(rail._items["now"], key)
    assert chosen.args == [reached]
    assert rail._items[reached].hasFocus()


def test_a_wide_window_has_a_rail_at_the_left(shell: NavShell, rail: NavRail) -> None:
    assert shell.isVisible()
    assert rail.shape() is RailShape.RAIL
    assert rail.width() == 84
    assert rail.height() == 640


def test_a_narrow_window_has_a_bar_below_with_its_labels(shell: NavShell, rail: NavRail) -> None:
    shell.resize(420, 560)
    assert rail.shape() is RailShape.BAR
    QApplication.processEvents()
    assert rail.width() == 420
    assert rail.geometry().bottom() == shell.height() - 1
    assert all(item.toolTip() == "" for item in rail._items.values())
    assert {item.y() for item in rail._items.values()} == {rail._items["now"].y()}


def test_it_becomes_a_rail_again(shell: NavShell, rail: NavRail) -> None:
    shell.resize(420, 560)
    shell.resize(960, 640)
    QApplication.processEvents()
    assert rail.shape() is RailShape.RAIL
    assert rail.geometry().left() == 0
    assert rail.width() == 84


def test_a_window_too_low_for_a_rail_has_a_bar(shell: NavShell, rail: NavRail) -> None:
    shell.resize(960, 200)
    assert rail.shape() is RailShape.BAR


def test_labels_that_do_not_fit_become_tooltips(shell: NavShell, rail: NavRail) -> None:
    rail.set_shape(RailShape.BAR)
    rail.resize(160, 66)
    assert shell.isVisible()
    assert [item.toolTip() for item in rail._items.values()] == ["Now", "Plan", "Settings"]
    rail.resize(420, 66)
    assert [item.toolTip() for item in rail._items.values()] == ["", "", ""]


@pytest.mark.parametrize("tone", [Tone.HEAT, Tone.OVERDUE])
def test_the_chosen_entry_stands_on_the_soft_colour_of_the_tone(
    shell: NavShell, rail: NavRail, theme: Theme, tone: Tone
) -> None:
    assert shell.isVisible()
    rail.set_tone(tone)
    chosen = rail._items["now"].grab().toImage()
    other = rail._items["plan"].grab().toImage()
    assert chosen.pixelColor(8, 30) == theme.tone(tone).soft
    assert other.pixelColor(8, 30) != theme.tone(tone).soft
