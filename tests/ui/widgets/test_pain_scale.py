from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backtimer.ui.theme import Theme, Tone
from backtimer.ui.widgets.pain_scale import PainScale


@pytest.fixture
def scale(qtbot: QtBot, theme: Theme) -> PainScale:
    made = PainScale(theme)
    qtbot.addWidget(made)
    made.resize(294, made.heightForWidth(294))
    made.show()
    qtbot.waitActive(made)
    return made


@pytest.fixture
def rated(scale: PainScale) -> list[int]:
    given: list[int] = []
    scale.rated.connect(given.append)
    return given


def press(scale: PainScale, *keys: Qt.Key) -> None:
    for key in keys:
        focused = [cell for cell in scale._cells if cell.hasFocus()]
        QTest.keyClick([*focused, scale._cells[0]][0], key)


def test_nothing_is_chosen_at_first(scale: PainScale) -> None:
    assert scale.value() is None
    assert not any(cell.isChecked() for cell in scale._cells)


@pytest.mark.parametrize("number", [0, 6, 10])
def test_a_click_gives_the_number(scale: PainScale, rated: list[int], number: int) -> None:
    QTest.mouseClick(scale._cells[number], Qt.MouseButton.LeftButton)
    assert rated == [number]
    assert scale.value() == number
    assert [cell.number for cell in scale._cells if cell.isChecked()] == [number]


def test_the_same_number_can_be_given_again(scale: PainScale, rated: list[int]) -> None:
    for _ in range(2):
        QTest.mouseClick(scale._cells[6], Qt.MouseButton.LeftButton)
    assert rated == [6, 6]
    assert scale._cells[6].isChecked()


def test_showing_a_number_gives_none(scale: PainScale, rated: list[int]) -> None:
    scale.set_value(4)
    assert scale.value() == 4
    scale.set_value(None)
    assert not any(cell.isChecked() for cell in scale._cells)
    assert rated == []


def test_a_digit_gives_its_number(scale: PainScale, rated: list[int]) -> None:
    press(scale, Qt.Key.Key_7)
    assert rated == [7]
    press(scale, Qt.Key.Key_0)
    assert rated == [7, 0]


def test_one_and_zero_give_ten_once(scale: PainScale, rated: list[int]) -> None:
    press(scale, Qt.Key.Key_1)
    assert rated == []
    press(scale, Qt.Key.Key_0)
    assert rated == [10]
    assert not scale._one.isActive()


def test_one_alone_is_one_once_the_wait_is_over(scale: PainScale, rated: list[int]) -> None:
    press(scale, Qt.Key.Key_1)
    assert scale._one.isActive()
    scale._one.timeout.emit()
    assert rated == [1]


def test_one_and_another_digit_are_that_digit(scale: PainScale, rated: list[int]) -> None:
    press(scale, Qt.Key.Key_1, Qt.Key.Key_5)
    assert rated == [5]
    assert not scale._one.isActive()


def test_arrows_move_without_giving_and_space_gives(scale: PainScale, rated: list[int]) -> None:
    scale.set_value(4)
    scale._cells[4].setFocus()
    press(scale, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert scale._cells[5].hasFocus()
    assert rated == []
    press(scale, Qt.Key.Key_Space)
    assert rated == [5]


def test_home_and_end_go_to_the_ends_and_enter_gives(scale: PainScale, rated: list[int]) -> None:
    scale._cells[4].setFocus()
    press(scale, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Return)
    press(scale, Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_Return)
    assert rated == [10, 0]


def test_tab_stops_at_one_number_only(scale: PainScale) -> None:
    scale.set_value(4)
    stops = [c.number for c in scale._cells if c.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [4]


@pytest.mark.parametrize("width", [284, 294, 340, 600])
def test_all_are_in_one_row_and_large_enough_to_hit(scale: PainScale, width: int) -> None:
    scale.resize(width, scale.heightForWidth(width))
    cells = [cell.geometry() for cell in scale._cells]
    assert {cell.top() for cell in cells} == {0}
    assert all(cell.width() >= 24 for cell in cells)
    assert all(36 <= cell.height() <= 44 for cell in cells)
    assert cells[-1].right() + 1 == width
    assert all(a.right() < b.left() for a, b in pairwise(cells))


def test_a_narrow_scale_takes_two_rows_that_do_not_overlap(scale: PainScale) -> None:
    assert scale.heightForWidth(200) > 2 * 36
    scale.resize(200, scale.heightForWidth(200))
    cells = [cell.geometry() for cell in scale._cells]
    assert [cells[5].top(), cells[6].left()] == [0, 0]
    assert cells[6].top() > cells[0].bottom()
    assert cells[10].bottom() < scale.height()
    assert all(cell.width() >= 24 for cell in cells)


def test_up_and_down_go_from_row_to_row(scale: PainScale) -> None:
    scale.resize(200, scale.heightForWidth(200))
    scale._cells[2].setFocus()
    press(scale, Qt.Key.Key_Down)
    assert scale._cells[8].hasFocus()
    press(scale, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert scale._cells[2].hasFocus()


def test_the_chosen_number_has_the_colour_of_the_tone(scale: PainScale, theme: Theme) -> None:
    scale.set_tone(Tone.HEAT)
    scale.set_value(3)
    cell = scale._cells[3]
    assert cell.grab().toImage().pixelColor(3, 20) == theme.tone(Tone.HEAT).accent


def test_each_number_is_a_radio_button_with_its_number_as_name(scale: PainScale) -> None:
    assert [cell.text() for cell in scale._cells] == [str(number) for number in range(11)]
    assert scale.accessibleName() == "Pain right now, 0 none to 10 worst"
