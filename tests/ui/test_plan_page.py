"""The plan: days as rows, each session in words, by pointer and by keyboard."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTimeEdit, QToolTip
from pytestqt.qtbot import QtBot

from backtimer.domain import commands as cmd
from backtimer.domain.errors import DataError
from backtimer.domain.protocol import Modality
from backtimer.ui.dialogs.protocol_dialog import ProtocolDialog
from backtimer.ui.pages.plan import PlanPage
from backtimer.ui.theme import Tone
from backtimer.ui.widgets.day_row import DayRow
from backtimer.ui.widgets.nav_rail import RailShape
from backtimer.ui.widgets.session_bar import BarLook
from tests.ui.conftest import Screen
from tests.ui.pointer import point_at

RAIL = ["now", "plan", "journal", "guide", "hearing", "settings"]


class HandExporting:
    """The port `Exporting`: remembers what it was asked for."""

    def __init__(self) -> None:
        self.files: list[tuple[Path, bool]] = []
        self.failure = ""
        self.may_write = threading.Event()
        self.may_write.set()

    def export(self, file: Path, *, overwrite: bool) -> str:
        self.may_write.wait()
        if self.failure:
            raise DataError(self.failure)
        self.files.append((file, overwrite))
        return f"Written: {file.name}."


def open_plan(screen: Screen) -> PlanPage:
    # Without a window manager nobody else does it.
    screen.window.activateWindow()
    screen.window.pages.go_to("plan")
    shown = screen.window.pages.page("plan")
    assert isinstance(shown, PlanPage)
    QApplication.processEvents()  # its rows are shown from the event loop
    return shown


def looks(row: DayRow) -> list[BarLook]:
    return [bar.look for bar in row.bars]


def said(page: PlanPage) -> str:
    return page._words.text()


def press(page: PlanPage, *keys: Qt.Key) -> None:
    for key in keys:
        row = next(each for each in page.chart.rows if each.hasFocus())
        QTest.keyClick(row, key)


@pytest.fixture
def page(screen: Screen) -> PlanPage:
    """One session done two minutes late, the second is on."""
    screen.start()
    screen.wait(22)
    screen.care.do(cmd.Off())
    screen.wait(90)
    screen.care.do(cmd.Start())
    screen.wait(5)
    return open_plan(screen)


@pytest.mark.parametrize("number", range(6))
def test_ctrl_and_a_number_leads_to_each_page_in_the_order_of_the_rail(
    screen: Screen, number: int
) -> None:
    key = Qt.Key(Qt.Key.Key_1 + number)
    QTest.keyClick(screen.window, key, Qt.KeyboardModifier.ControlModifier)
    assert screen.window.pages.rail.current() == RAIL[number]


def test_before_an_episode_it_shows_what_the_routine_would_do_from_now_on(screen: Screen) -> None:
    page = open_plan(screen)
    assert page._assumed.isVisible()
    assert len(page.chart.rows) == 8
    assert {look for row in page.chart.rows for look in looks(row)} == {BarLook.PLANNED}
    assert page._routine.text() == "Ice 20 min, 1 h 30 min off · heat 15 min after day three"
    first = page.chart.rows[0].bars[0].start_min
    screen.wait(10)
    assert page.chart.rows[0].bars[0].start_min == first + 10


def test_what_was_what_is_and_what_is_planned_stand_in_the_row_of_today(page: PlanPage) -> None:
    today = page.chart.rows[0]
    assert not page._assumed.isVisible()
    assert looks(today)[:3] == [BarLook.DONE, BarLook.DONE, BarLook.PLANNED]
    assert [bar.words for bar in today.bars[:3]] == [
        "Mon 08:00, ice, 20 min, done; 2 min late",
        "Mon 09:52, ice, 20 min, going on",
        "Mon 11:42, ice, 20 min, planned",
    ]


def test_missed_skipped_and_unknown_are_told_apart(screen: Screen) -> None:
    screen.start()
    screen.wait(30)
    screen.care.do(cmd.LoseTrack())
    screen.wait(90)
    screen.care.do(cmd.Skip())
    page = open_plan(screen)
    assert looks(page.chart.rows[0])[:2] == [BarLook.UNKNOWN, BarLook.MISSED]
    assert "end not known" in page.chart.rows[0].bars[0].words
    assert page.chart.rows[0].bars[1].words.endswith("skipped")


def test_heat_and_the_switch_to_it_are_marked(page: PlanPage) -> None:
    fourth = page.chart.rows[3]
    assert fourth._day.switch_min == 8 * 60
    assert {bar.tone for bar in fourth.bars} == {Tone.ICE, Tone.HEAT}
    assert [row._day.switch_min for row in page.chart.rows].count(None) == 7
    assert {bar.tone for bar in page.chart.rows[4].bars} == {Tone.HEAT}


def test_a_screen_reader_gets_each_day_in_a_sentence(page: PlanPage) -> None:
    assert page.chart.rows[0].accessibleName() == (
        "Mon 2026-06-01, today, 2 done, 6 planned, "
        "quiet from 00:00 to 07:00, quiet from 22:30 to 00:00"
    )
    assert "switch to heat at 08:00" in page.chart.rows[3].accessibleName()
    assert "Mon 11:42, ice, 20 min, planned" in page.chart.rows[0].accessibleDescription()


def test_the_pointer_over_a_session_says_it_in_words(page: PlanPage) -> None:
    row = page.chart.rows[0]
    where = row._bar_rect(row.bars[0]).center().toPoint()
    point_at(row, where)
    assert said(page) == "Mon 08:00, ice, 20 min, done; 2 min late"
    assert row.toolTip() == said(page)
    assert page._foot.currentWidget() is page._words
    point_at(row, QPoint(round(row._gutter) + 2, where.y()))
    assert row.toolTip() == ""
    assert page._foot.currentWidget() is page._legend


def test_the_arrow_keys_go_from_session_to_session(page: PlanPage) -> None:
    (entrance,) = [
        row for row in page.chart.rows if row.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert entrance is page.chart.rows[0]
    entrance.setFocus(Qt.FocusReason.TabFocusReason)
    assert said(page) == "Mon 09:52, ice, 20 min, going on"
    press(page, Qt.Key.Key_Right)
    assert said(page) == "Mon 11:42, ice, 20 min, planned"
    press(page, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert said(page).startswith("Mon 08:00")
    press(page, Qt.Key.Key_Left)
    assert said(page).startswith("Mon 08:00")
    press(page, Qt.Key.Key_Down)
    assert said(page).startswith("Tue 08:50"), "the nearest"
    press(page, Qt.Key.Key_End)
    assert said(page).startswith("Tue 21:40")
    press(page, Qt.Key.Key_Right)
    assert said(page).startswith("Wed 07:00")
    press(page, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert said(page).startswith("Mon 08:00")
    for _ in range(9):
        press(page, Qt.Key.Key_Down)
    assert page.chart.rows[-1].hasFocus()
    QTest.keyClick(page.chart.rows[-1], Qt.Key.Key_A)
    page.change.setFocus()
    assert page._foot.currentWidget() is page._legend


def test_in_a_low_window_the_words_stand_beside_the_session(
    screen: Screen, page: PlanPage, qtbot: QtBot
) -> None:
    screen.window.resize(640, 480)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    page.chart.rows[0].setFocus(Qt.FocusReason.TabFocusReason)
    press(page, Qt.Key.Key_Right)
    assert QToolTip.text() == "Mon 11:42, ice, 20 min, planned"
    for _ in range(8):
        press(page, Qt.Key.Key_Down)
    row = page.chart.rows[-1]
    assert row.visibleRegion().boundingRect().height() == row.height()
    assert row.mapToGlobal(QPoint(0, 0)).x() < row.place().x()


def test_a_click_on_a_session_puts_the_keyboard_there(page: PlanPage) -> None:
    row = page.chart.rows[1]
    QTest.mouseClick(
        row, Qt.MouseButton.LeftButton, pos=row._bar_rect(row.bars[2]).center().toPoint()
    )
    assert row.hasFocus()
    assert row.selected == 2
    assert row._bar_at(QPointF(1, 1)) is None


def test_days_without_a_session_are_passed_over(screen: Screen) -> None:
    screen.settings.change(lambda settings: settings.with_protocol("heat-then-cool"))
    page = open_plan(screen)
    assert len(page.chart.rows) == 14
    assert [len(row.bars) for row in page.chart.rows[:2]] == [0, 0]
    assert page.chart.rows[2].focusPolicy() is Qt.FocusPolicy.TabFocus
    page.chart.rows[2].setFocus(Qt.FocusReason.TabFocusReason)
    assert said(page).startswith("Wed 08:00, heat, then cold massage, 20 min")
    press(page, Qt.Key.Key_Up)
    assert page.chart.rows[2].hasFocus()


def test_by_hand_it_says_that_nothing_is_planned(screen: Screen) -> None:
    screen.settings.change(lambda settings: settings.with_protocol("manual"))
    page = open_plan(screen)
    assert page._routine.text() == "Nothing is planned: you start ice or heat yourself"
    (row,) = page.chart.rows
    row.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(row, Qt.Key.Key_Right)
    assert said(page) == ""


def test_what_happens_while_it_is_not_seen_is_shown_when_it_is(
    screen: Screen, page: PlanPage
) -> None:
    before = page.chart.rows[0].bars
    screen.window.pages.go_to("now")
    screen.wait(15)
    screen.care.do(cmd.Off())
    assert page.chart.rows[0].bars is before
    screen.window.pages.go_to("plan")
    assert page.chart.rows[0].bars[1].words.endswith("done")


def test_the_line_of_now_moves_with_the_time(screen: Screen, page: PlanPage) -> None:
    assert page.chart.rows[0]._now_min == 9 * 60 + 57
    assert page.chart.rows[1]._now_min is None
    screen.wait(2)
    assert page.chart.rows[0]._now_min == 9 * 60 + 59


def test_the_quiet_hours_lead_to_their_setting(screen: Screen, page: PlanPage) -> None:
    assert page.quiet.text() == "Quiet hours 22:30–07:00"
    page.quiet.click()
    assert screen.window.pages.rail.current() == "settings"
    focused = screen.window.focusWidget()
    assert isinstance(focused, QTimeEdit)
    assert focused.time().toString("HH:mm") == "22:30"
    screen.settings.set("quiet_to", "22:30")
    screen.window.pages.go_to("plan")
    assert page.quiet.text() == "No quiet hours"


def test_another_routine_is_a_click_away(screen: Screen, page: PlanPage) -> None:
    page.change.click()
    assert screen.window.findChildren(ProtocolDialog)[0].isVisible()


def test_add_to_calendar_writes_the_file_that_was_chosen(
    screen: Screen, page: PlanPage, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not page.calendar.isEnabled()
    exporting = HandExporting()
    screen.front.give(exporting)
    page.calendar.click()
    dialog = page.file.dialog
    assert dialog
    assert dialog.defaultSuffix() == "ics"
    dialog.fileSelected.emit(str(tmp_path / "back.ics"))
    dialog.reject()
    qtbot.waitUntil(page._told.isVisible)
    assert page._told.text() == "Written: back.ics."
    assert exporting.files == [(tmp_path / "back.ics", True)]
    exporting.failure = "The disk is full."
    page.file.write(tmp_path / "back.ics")
    qtbot.waitUntil(lambda: page._told.text() == "The disk is full.")
    assert page.calendar.isEnabled()


def test_closing_waits_for_the_file_that_is_being_written(
    screen: Screen, page: PlanPage, tmp_path: Path
) -> None:
    exporting = HandExporting()
    exporting.may_write.clear()
    threading.Timer(0.2, exporting.may_write.set).start()
    screen.front.give(exporting)
    page.file.write(tmp_path / "back.ics")
    assert not page.calendar.isEnabled()
    screen.front.close()
    assert exporting.files == [(tmp_path / "back.ics", True)]


def test_before_an_episode_there_is_nothing_for_a_calendar(screen: Screen) -> None:
    screen.front.give(HandExporting())
    page = open_plan(screen)
    assert not page.calendar.isEnabled()
    assert page.calendar.toolTip() == "Once you have started."
    screen.start()
    assert page.calendar.isEnabled()


def is_grey(image: QImage, where: QPoint) -> bool:
    color = image.pixelColor(where)
    return (
        max(color.red(), color.green(), color.blue())
        - min(color.red(), color.green(), color.blue())
        < 24
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_colour_ice_and_heat_differ_by_their_shape(
    screen: Screen, page: PlanPage, theme: str
) -> None:
    screen.settings.set("theme", theme)
    ice, heat = page.chart.rows[1], page.chart.rows[5]
    for row, is_ice in ((ice, True), (heat, False)):
        place = row._bar_rect(row.bars[3])
        image = row.grab().toImage()
        top = QPoint(round(place.center().x()), round(place.top()) + 1)
        assert is_grey(image, top) is not is_ice, "ice is as high as the line, heat is lower"


@pytest.mark.parametrize(("width", "height"), [(420, 480), (640, 480), (960, 640), (1920, 1080)])
def test_nothing_is_cut_off_at_the_side(
    screen: Screen, page: PlanPage, qtbot: QtBot, width: int, height: int
) -> None:
    screen.window.resize(width, height)
    content = page.widget()
    assert content
    qtbot.waitUntil(lambda: content.minimumSizeHint().width() <= page.viewport().width())


def test_at_the_usual_size_a_week_and_the_buttons_are_seen_at_once(
    screen: Screen, page: PlanPage, qtbot: QtBot
) -> None:
    screen.window.resize(960, 640)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() == 0)


@pytest.mark.parametrize(("width", "height"), [(420, 480), (640, 480), (960, 640)])
def test_all_entries_of_the_rail_are_within_the_window(
    screen: Screen, qtbot: QtBot, width: int, height: int
) -> None:
    screen.window.resize(width, height)
    rail = screen.window.pages.rail
    qtbot.waitUntil(lambda: screen.window.width() == width)
    assert list(rail._items) == RAIL
    for item in rail._items.values():
        assert rail.rect().contains(item.geometry())
    assert rail.shape() is (RailShape.RAIL if height > 480 else RailShape.BAR)


def test_the_words_of_a_bar_name_what_follows_in_it(screen: Screen) -> None:
    screen.settings.change(lambda settings: settings.with_protocol("heat-then-cool"))
    onset = screen.clock.now().after(-50 * 3600)
    screen.care.do(cmd.Start(modality=Modality.HEAT, onset=onset))
    page = open_plan(screen)
    today = next(row for row in page.chart.rows if row.bars)
    assert today.bars[0].words == "Mon 08:00, heat, then cold massage, 20 min, going on"


def test_where_a_weekday_comes_twice_it_has_its_number_in_the_month(
    screen: Screen, page: PlanPage
) -> None:
    def labels() -> list[str]:
        return [row._day.label for row in page.chart.rows]

    assert labels()[:2] == ["Mon 1", "Tue 2"]
    screen.settings.change(lambda settings: settings.with_protocol("short-ice"))
    assert labels() == ["Mon", "Tue", "Wed"]


def test_the_legend_names_only_what_is_there(page: PlanPage) -> None:
    words = [each.text() for each in page._legend.findChildren(QLabel) if each.isVisibleTo(page)]
    assert words == ["Ice", "Heat", "Planned"]
