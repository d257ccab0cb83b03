from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from backtimer.ui.theme import Theme, Tone
from backtimer.ui.widgets.banner import Banner
from backtimer.ui.widgets.card import Card
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.next_list import NextList
from backtimer.ui.widgets.switch import Switch
from backtimer.ui.widgets.tip import Tip


def shown(qtbot: QtBot, widget: QWidget, width: int = 400, height: int = 0) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, height or max(60, widget.sizeHint().height()))
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_a_label_shows_markup_as_it_was_typed(qtbot: QtBot, theme: Theme) -> None:
    label = Label(theme, "<b>back</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_muted_label_has_the_muted_colour(qtbot: QtBot, theme: Theme) -> None:
    label = Label(theme, "since Friday", muted=True)
    qtbot.addWidget(label)
    assert label.foregroundRole() is QPalette.ColorRole.PlaceholderText
    assert label.palette().color(label.foregroundRole()) == theme.colors.muted


def test_a_card_is_a_surface_with_round_corners(qtbot: QtBot, theme: Theme) -> None:
    card = Card(theme, "Today", "4 of 9 done")
    shown(qtbot, card, 300, 120)
    image = card.grab().toImage()
    assert image.pixelColor(150, 60) == theme.colors.card
    assert image.pixelColor(150, 0) == theme.colors.border
    assert image.pixelColor(0, 0) == theme.colors.background


def test_a_card_is_named_by_its_title_and_its_note_can_change(qtbot: QtBot, theme: Theme) -> None:
    card = Card(theme, "Today", "4 of 9 done")
    qtbot.addWidget(card)
    assert card.accessibleName() == "Today"
    card.set_note("5 of 9 done")
    card.set_title("Yesterday")
    assert [label.text() for label in card.findChildren(QLabel)] == ["Yesterday", "5 of 9 done"]
    assert card.accessibleName() == "Yesterday"


def test_a_tip_has_the_soft_colour_of_its_tone(qtbot: QtBot, theme: Theme) -> None:
    tip = Tip(theme, Tone.REST, "Stay gently active.", "A walk keeps your back from stiffening.")
    shown(qtbot, tip, 300, 80)
    assert tip.grab().toImage().pixelColor(8, 40) == theme.tone(Tone.REST).soft
    tip.set_tip(Tone.HEAT, "Warm, not hot.")
    assert tip.grab().toImage().pixelColor(8, 40) == theme.tone(Tone.HEAT).soft


def test_a_tip_without_a_second_line_is_lower(qtbot: QtBot, theme: Theme) -> None:
    tip = Tip(theme, Tone.REST, "Stay gently active.", "A walk keeps your back from stiffening.")
    shown(qtbot, tip)
    two_lines = tip.sizeHint().height()
    tip.set_tip(Tone.REST, "Stay gently active.")
    assert tip.sizeHint().height() < two_lines


def test_a_tip_gets_higher_where_it_has_to_wrap(qtbot: QtBot, theme: Theme) -> None:
    tip = Tip(theme, Tone.REST, "Stay gently active.", "A walk keeps your back from stiffening.")
    shown(qtbot, tip)
    assert tip.heightForWidth(150) > tip.heightForWidth(500)


def test_the_list_shows_the_rows_given_last(qtbot: QtBot, theme: Theme) -> None:
    rows = NextList(theme)
    shown(qtbot, rows)
    rows.set_rows([("15:20", "Rest"), ("16:50", "Ice"), ("22:30", "Quiet")])
    assert rows.rows() == [("15:20", "Rest"), ("16:50", "Ice"), ("22:30", "Quiet")]
    rows.set_rows([("now", "Take it off")])
    assert rows.rows() == [("now", "Take it off")]
    visible = [label.text() for label in rows.findChildren(QLabel) if label.isVisible()]
    assert visible == ["now", "Take it off"]


def test_fewer_rows_take_less_room(qtbot: QtBot, theme: Theme) -> None:
    rows = NextList(theme)
    shown(qtbot, rows)
    rows.set_rows([("15:20", "Rest"), ("16:50", "Ice")])
    two = rows.sizeHint().height()
    rows.set_rows([("15:20", "Rest")])
    assert rows.sizeHint().height() < two


def test_a_switch_is_turned_by_click_and_space(qtbot: QtBot, theme: Theme) -> None:
    switch = Switch(theme, "Say it aloud")
    shown(qtbot, switch, 48, 30)
    assert switch.accessibleName() == "Say it aloud"
    with qtbot.waitSignal(switch.toggled):
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().center())
    assert switch.isChecked()
    with qtbot.waitSignal(switch.toggled):
        QTest.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()


def test_the_side_of_the_knob_says_on_or_off_without_colour(qtbot: QtBot, theme: Theme) -> None:
    switch = Switch(theme, "Say it aloud")
    shown(qtbot, switch, 48, 30)
    left_off, right_off = _sides(switch)
    switch.setChecked(True)
    left_on, right_on = _sides(switch)
    assert left_off > right_off
    assert left_on < right_on


def _sides(switch: Switch) -> tuple[int, int]:
    image = switch.grab().toImage()
    y = switch.height() // 2
    return image.pixelColor(15, y).lightness(), image.pixelColor(33, y).lightness()


def test_a_switch_that_cannot_be_turned_stays(qtbot: QtBot, theme: Theme) -> None:
    switch = Switch(theme, "Say it aloud")
    shown(qtbot, switch, 48, 30)
    switch.setEnabled(False)
    with qtbot.assertNotEmitted(switch.toggled):
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert switch.grab().toImage().pixelColor(24, 15) == theme.colors.shade


@pytest.fixture
def banner(qtbot: QtBot, theme: Theme) -> Iterator[Banner]:
    page = QWidget()
    made = Banner(theme, page)
    made.resize(600, 60)
    shown(qtbot, page, 600, 200)
    yield made
    page.hide()


def test_a_banner_is_hidden_until_there_is_something_to_say(banner: Banner) -> None:
    assert banner.isHidden()
    banner.show_message("It could not be saved.", tone=Tone.OVERDUE, icon="warning")
    assert banner.isVisible()
    assert banner.accessibleName() == "It could not be saved."
    banner.dismiss()
    assert banner.isHidden()


def test_its_action_is_there_only_when_there_is_one(qtbot: QtBot, banner: Banner) -> None:
    banner.show_message("It could not be saved.")
    assert banner._action.isHidden()
    banner.show_message("It could not be saved.", action="Try again")
    assert banner._action.isVisible()
    with qtbot.waitSignal(banner.acted):
        QTest.mouseClick(banner._action, Qt.MouseButton.LeftButton)
    assert banner.isVisible()


def test_closing_it_hides_it_and_says_so(qtbot: QtBot, banner: Banner) -> None:
    banner.show_message("Your desktop shows no notifications.")
    with qtbot.waitSignal(banner.closed):
        QTest.mouseClick(banner._close, Qt.MouseButton.LeftButton)
    assert banner.isHidden()


@pytest.fixture
def flow(qtbot: QtBot) -> Iterator[FlowLayout]:
    page = QWidget()
    qtbot.addWidget(page)
    layout = FlowLayout(10, parent=page)
    for _ in range(3):
        part = QWidget()
        part.setFixedSize(100, 40)
        layout.addWidget(part)
    yield layout
    page.hide()


def _corners(flow: FlowLayout) -> list[tuple[int, int]]:
    items = [flow.itemAt(index) for index in range(flow.count())]
    return [(item.geometry().x(), item.geometry().y()) for item in items if item is not None]


def _lay(flow: FlowLayout, width: int) -> None:
    flow.setGeometry(QRect(0, 0, width, 200))


def test_what_fits_stands_side_by_side(flow: FlowLayout) -> None:
    _lay(flow, 320)
    assert _corners(flow) == [(0, 0), (110, 0), (220, 0)]
    assert flow.heightForWidth(320) == 40


def test_what_does_not_fit_goes_on_below(flow: FlowLayout) -> None:
    _lay(flow, 319)
    assert _corners(flow) == [(0, 0), (110, 0), (0, 50)]
    assert flow.heightForWidth(319) == 90
    assert flow.heightForWidth(100) == 140


def test_what_is_hidden_takes_no_room(flow: FlowLayout) -> None:
    page = flow.parentWidget()
    assert page is not None
    page.findChildren(QWidget)[0].hide()
    _lay(flow, 320)
    assert _corners(flow)[1:] == [(0, 0), (110, 0)]


def test_a_row_can_stand_in_the_middle(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = FlowLayout(10, share=0.5, parent=page)
    part = QWidget()
    part.setFixedSize(100, 40)
    layout.addWidget(part)
    _lay(layout, 300)
    assert _corners(layout) == [(100, 0)]


def test_taking_an_item_out_leaves_the_others(flow: FlowLayout) -> None:
    assert flow.takeAt(0) is not None
    assert flow.count() == 2
    assert flow.takeAt(5) is None
    assert flow.itemAt(5) is None
