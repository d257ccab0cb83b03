"""The page of the record: what it shows, how it is corrected, and the ways out of it."""

import re
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTime
from PySide6.QtGui import QAccessible, QContextMenuEvent, QMouseEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.clock import Moment
from backtimer.domain.events import TEXT_MOST, Topic
from backtimer.domain.journal_lines import Shown
from backtimer.domain.pain_chart import Zoom
from backtimer.ui.dialogs.entry_dialog import EntryDialog
from backtimer.ui.dialogs.report_dialog import ReportDialog
from backtimer.ui.dialogs.session_dialog import SessionDialog
from backtimer.ui.journal.model import Column
from tests.ui.journal_kit import Desk, HandExporting, desk

__all__ = ["desk"]


@pytest.fixture
def told(desk: Desk) -> Desk:
    """Pain, a session and a note."""
    desk.rate(8)
    desk.hold()
    desk.rate(6)
    desk.log(Topic.NOTE, "Walked to the door")
    return desk


def test_a_new_diary_says_that_it_is_empty(desk: Desk) -> None:
    assert desk.rows() == []
    assert desk.page.table_card._empty.text() == "Nothing is written down yet."
    assert desk.page.chart_card._which.text() == "Pain"
    assert "No pain was rated" in desk.page.chart_card.chart.accessibleName()


def test_what_happens_is_shown_at_once_newest_first(told: Desk) -> None:
    assert told.rows() == [
        "Note | Today 08:23 | Walked to the door | –",
        "Pain | Today 08:22 |  | 6",
        "Ice | Today 08:01 | 20 min · complete | 8 → 6",
        "Pain | Today 08:01 |  | 8",
    ]
    assert told.page.chart_card._change.text() == "8 → 6"


def test_lines_are_picked_by_kind_and_by_words(told: Desk) -> None:
    card = told.page.table_card
    card.shown.buttons[Shown.PAIN].click()
    assert [each.split(" | ")[0] for each in told.rows()] == ["Pain", "Pain"]
    card.shown.buttons[Shown.ALL].click()
    card.search.setText("DOOR")
    assert len(told.rows()) == 1
    card.search.setText("nowhere")
    assert told.rows() == []
    assert card._empty.text() == "Nothing found."


def test_ctrl_f_goes_to_the_search(told: Desk) -> None:
    QTest.keyClick(told.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert told.page.table_card.search.hasFocus()


def test_a_double_click_works_while_a_session_goes_on_and_its_row_changes(told: Desk) -> None:
    told.wait(100)
    told.care.do(cmd.Start())
    told.page.reading.finish()
    table = told.page.table_card.table
    place = table.visualRect(table.journal.index(1, 0)).center()
    left = Qt.MouseButton.LeftButton
    before = told.rows()
    QTest.mouseClick(table.viewport(), left, pos=place)
    told.wait(3)
    told.page._read()
    told.page.reading.finish()
    changed = [n for n, each in enumerate(told.rows()) if each != before[n]]
    assert changed == [0]
    QTest.mouseDClick(table.viewport(), left, pos=place)
    assert isinstance(told.dialog(), EntryDialog)


def test_only_the_rows_that_read_otherwise_are_told_until_another_day_begins(
    told: Desk, qtbot: QtBot
) -> None:
    told.wait(100)
    told.care.do(cmd.Start())
    told.page.reading.finish()
    told.choose(2)
    model = told.page.table_card.table.journal
    with qtbot.assertNotEmitted(model.modelReset):
        with qtbot.waitSignal(model.dataChanged) as first:
            told.wait(3)
            told.page._read()
            told.page.reading.finish()
        assert [each.row() for each in first.args[:2]] == [0, 0]
        model.show_lines(model.lines, told.clock.now().wall + timedelta(days=1))
        assert told.rows()[1].startswith("Note | Yesterday 08:23")
    assert told.page.table_card.table.currentIndex().row() == 2
    with qtbot.waitSignal(model.modelReset):
        told.rate(4)
    assert told.page.table_card.table.currentIndex().row() == 3


# --- zoom ---


def test_all_has_the_earlier_episodes_below(told: Desk) -> None:
    told.care.do(cmd.End())
    told.wait(3 * 24 * 60)
    told.rate(3)
    assert len(told.rows()) == 1
    told.page.chart_card.zooms.buttons[Zoom.ALL].click()
    told.page.reading.finish()
    assert len(told.rows()) == 5
    assert told.rows()[-1].startswith("Pain | Mon 1 Jun 08:01")
    assert len(told.page.chart_card.chart._chart.ratings) == 3  # type: ignore[union-attr]


def test_where_nothing_goes_on_the_last_episode_is_shown(told: Desk) -> None:
    told.care.do(cmd.End())
    told.page.reading.finish()
    assert len(told.rows()) == 4
    assert told.page.chart_card._which.text() == "Pain, last episode"


def test_the_day_has_the_last_24_hours(told: Desk) -> None:
    told.wait(30 * 60)
    told.rate(2)
    told.page.chart_card.zooms.buttons[Zoom.DAY].click()
    assert [each.split(" | ")[3] for each in told.rows() if each.startswith("Pain")] == ["2"]


def test_plus_and_minus_zoom_and_stop_at_the_ends(told: Desk) -> None:
    chart, card = told.page.chart_card.chart, told.page.chart_card
    keys = Qt.Key
    for key, zoom in (
        (keys.Key_Plus, Zoom.DAY),
        (keys.Key_Plus, Zoom.DAY),
        (keys.Key_Minus, Zoom.EPISODE),
        (keys.Key_Minus, Zoom.ALL),
        (keys.Key_Minus, Zoom.ALL),
    ):
        told.press(key, on=chart)
        assert card.zoom is zoom


def test_the_arrow_keys_step_through_the_ratings(told: Desk) -> None:
    chart = told.page.chart_card.chart
    chart.setFocus()
    told.press(Qt.Key.Key_Left, on=chart)
    assert chart.accessibleDescription() == "Pain 6, 08:22"
    told.press(Qt.Key.Key_Left, on=chart)
    told.press(Qt.Key.Key_Left, on=chart)
    assert chart.rating
    assert chart.rating.nrs == 8
    told.press(Qt.Key.Key_Right, on=chart)
    assert chart.accessibleDescription() == "Pain 6, 08:22"
    told.press(Qt.Key.Key_Home, on=chart)
    assert chart.accessibleDescription() == "Pain 8, 08:01"
    chart.grab()
    told.press(Qt.Key.Key_A, on=chart)
    chart.clearFocus()


def test_the_pointer_is_told_which_rating_it_is_near(told: Desk) -> None:
    chart = told.page.chart_card.chart
    assert chart._chart
    place = chart._place(chart._chart.ratings[0])
    for point, words in ((place, "Pain 8, 08:01"), (place + QPointF(300, 0), "")):
        event = QMouseEvent(
            QMouseEvent.Type.MouseMove,
            point,
            chart.mapToGlobal(point),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        chart.mouseMoveEvent(event)
        assert chart.toolTip() == words


def test_the_picture_is_said_in_words(told: Desk) -> None:
    words = told.page.chart_card.chart.accessibleName()
    assert words == "Pain 8 on 08:01, worst 8, least 6, 6 now; 1 ice, 0 heat sessions"


def test_a_row_is_said_in_words(told: Desk) -> None:
    model = told.page.table_card.table.journal
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(2, 0).data(role) == "Ice, Today 08:01, 20 min · complete, pain 8 → 6"
    assert model.headerData(Column.PAIN, Qt.Orientation.Horizontal) == "Pain"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    table = QAccessible.queryAccessibleInterface(told.page.table_card.table)
    assert table.text(QAccessible.Text.Name).startswith("Sessions and entries")


# --- correcting ---


def test_delete_takes_an_entry_back_and_ctrl_z_restores_it(told: Desk) -> None:
    told.choose(1)
    told.press(Qt.Key.Key_Delete)
    assert told.said == "Taken back."
    assert told.rows()[1] == "Pain | Today 08:22 | taken back | 6"
    assert [each.number for each in told.care.episode.pains] == [8]
    told.page.table_card.table.grab()
    QTest.keyClick(told.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert told.rows()[1] == "Pain | Today 08:22 |  | 6"
    assert told.said == "Undone."
    kinds = [type(each) for each in told.store.events[-2:]]
    assert kinds == [ev.EntryWithdrawn, ev.EntryRestored]


def test_the_line_with_undo_undoes_one_thing_after_the_other(told: Desk) -> None:
    for row in (0, 1):
        told.choose(row)
        told.press(Qt.Key.Key_Delete)
    told.page.banner._action.setFocus()
    told.page.banner.acted.emit()
    assert told.page.banner._action.text() == "Undo one more"
    told.page.banner.acted.emit()
    assert told.page.banner._action.isHidden()
    assert told.page.table_card.table.hasFocus()
    told.page.banner.acted.emit()
    assert not any("taken back" in each for each in told.rows())
    assert not told.page.writing.can_undo


def test_enter_on_what_was_taken_back_has_it_count_again(told: Desk) -> None:
    told.choose(0)
    told.press(Qt.Key.Key_Delete)
    told.press(Qt.Key.Key_Delete)
    assert told.said == "This entry was taken back already."
    told.press(Qt.Key.Key_Return)
    assert told.said == "It counts again."
    told.page.writing.undo()
    assert "taken back" in told.rows()[0]


def test_a_session_is_corrected_by_two_times_and_what_it_was_stays_visible(told: Desk) -> None:
    told.choose(2)
    told.press(Qt.Key.Key_Return)
    dialog = told.dialog()
    assert isinstance(dialog, SessionDialog)
    dialog.begun.setTime(QTime(7, 50))
    dialog.save.click()
    assert dialog.isVisible()
    assert "The pain began at 08:01." in dialog._told.text()
    dialog.begun.setTime(QTime(8, 6))
    dialog.save.click()
    assert told.said == "Corrected."
    assert told.rows()[2] == "Ice | Today 08:06 | 15 min · stopped early · was: 08:01–08:21 | 8 → 6"
    told.page.writing.undo()
    row = "Ice | Today 08:01 | 20 min · complete · was: 08:01–08:21; 08:06–08:21 | 8 → 6"
    assert told.rows()[2] == row


def test_a_session_that_is_saved_as_it_was_is_no_correction(told: Desk) -> None:
    told.choose(2)
    told.press(Qt.Key.Key_Return)
    dialog = told.dialog()
    assert isinstance(dialog, SessionDialog)
    dialog.save.click()
    assert told.said == ""
    assert not told.page.writing.can_undo


def test_a_session_is_taken_back_and_counts_again(told: Desk) -> None:
    told.choose(2)
    told.press(Qt.Key.Key_Delete)
    assert told.rows()[2] == "Ice | Today 08:01 | 20 min · complete · taken back | 8 → 6"
    assert told.care.view.sessions_today == 0
    told.press(Qt.Key.Key_Return)
    assert told.said == "It counts again."
    assert told.care.view.sessions_today == 1


def test_a_session_that_goes_on_or_did_not_take_place_has_no_times(told: Desk) -> None:
    told.wait(100)
    told.care.do(cmd.Skip())
    told.choose(0)
    told.press(Qt.Key.Key_Return)
    assert told.said.startswith("It did not take place")
    told.wait(120)
    told.care.do(cmd.Start())
    told.choose(0)
    told.press(Qt.Key.Key_Return)
    assert told.said == "This session is not over yet. Take it off first."
    assert told.dialog() is None


def test_an_episode_that_is_over_can_be_corrected_too(told: Desk) -> None:
    told.care.do(cmd.End())
    told.page.reading.finish()
    for row in (2, 1):
        told.choose(row)
        told.press(Qt.Key.Key_Delete)
        told.page.reading.finish()
    assert [each for each in told.rows() if "taken back" in each] == [
        "Pain | Today 08:22 | taken back | 6",
        "Ice | Today 08:01 | 20 min · complete · taken back | 8 → –",
    ]
    told.page.writing.undo()
    told.page.writing.undo()
    told.page.reading.finish()
    assert not any("taken back" in each for each in told.rows())
    told.choose(2)
    told.press(Qt.Key.Key_Return)
    dialog = told.dialog()
    assert isinstance(dialog, SessionDialog)
    dialog.removed.setTime(QTime(23, 0))
    dialog.save.click()
    assert "That is later than 08:23." in dialog._told.text()
    dialog.removed.setTime(QTime(8, 16))
    dialog.save.click()
    told.page.reading.finish()
    assert "15 min · stopped early · was: 08:01–08:21" in told.rows()[2]


def test_the_menu_of_a_line_offers_what_its_keys_do(told: Desk) -> None:
    table = told.page.table_card.table
    told.choose(2)
    for entry, said in (("Take back", "Taken back."), ("Have it count again", "It counts again.")):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
        table.contextMenuEvent(event)
        menu = table.findChildren(QMenu)[-1]
        next(each for each in menu.actions() if each.text() == entry).trigger()
        menu.close()
        assert told.said == said


def test_enter_or_a_double_click_corrects_and_what_it_was_stays_visible(told: Desk) -> None:
    told.choose(1)
    told.press(Qt.Key.Key_Return)
    dialog = told.dialog()
    assert isinstance(dialog, EntryDialog)
    dialog.pain.rated.emit(5)
    dialog.pain.set_value(5)
    dialog.fields.words.setPlainText("mistyped")
    dialog.save.click()
    assert told.rows()[1] == "Pain | Today 08:22 | mistyped · was: 6 | 5"
    assert told.said == "Corrected."
    assert told.page.table_card.table.currentIndex().row() == 1
    told.page.writing.undo()
    assert told.rows()[1] == "Pain | Today 08:22 | was: 6; 5 mistyped | 6"
    told.page.table_card.table.doubleClicked.emit(told.page.table_card.table.currentIndex())
    dialog = told.dialog()
    assert isinstance(dialog, EntryDialog)
    dialog.save.click()
    assert told.rows()[1] == "Pain | Today 08:22 | was: 6; 5 mistyped | 6"


def test_an_entry_is_added_and_undone(told: Desk) -> None:
    told.page.add.click()
    dialog = told.dialog()
    assert isinstance(dialog, EntryDialog)
    told.wait(1)
    QTest.keyClick(dialog, Qt.Key.Key_7)
    QTest.keyClick(dialog.fields.words, Qt.Key.Key_Return)
    assert told.said == "Added."
    assert told.rows()[0] == "Pain | Today 08:24 |  | 7"
    told.page.writing.undo()
    assert told.rows()[0] == "Pain | Today 08:24 | taken back | 7"


def test_what_is_said_stays_in_sight_wherever_the_page_is_scrolled(told: Desk) -> None:
    told.page.resize(876, 480)
    bar = told.page.scrolled.verticalScrollBar()
    assert bar.maximum() > 0
    for place in (0, bar.maximum()):
        bar.setValue(place)
        told.choose(0)
        told.press(Qt.Key.Key_Delete)
        seen = told.page.banner.visibleRegion().boundingRect()
        assert seen == told.page.banner.rect()


def test_what_was_said_is_not_there_on_another_visit(told: Desk) -> None:
    told.choose(0)
    told.press(Qt.Key.Key_Delete)
    told.page.hide()
    told.page.show()
    assert told.said == ""
    assert told.page._foot.isHidden()
    told.page.writing.undo()
    assert told.said == "Undone."


def test_what_is_closed_leaves_no_gap(told: Desk) -> None:
    told.choose(0)
    told.press(Qt.Key.Key_Delete)
    told.page.banner._close.click()
    assert told.page._foot.isHidden()


def test_a_window_that_is_minimised_keeps_what_was_said(told: Desk) -> None:
    told.choose(0)
    told.press(Qt.Key.Key_Delete)
    told.page.showMinimized()
    QApplication.processEvents()
    assert told.said == "Taken back."


def test_pain_of_yesterday_is_entered_at_its_time_and_undone(told: Desk) -> None:
    told.page.add.click()
    dialog = told.dialog()
    assert isinstance(dialog, EntryDialog)
    dialog.since.buttons["earlier"].click()
    dialog.when.setDate(dialog.when.date().addDays(-1))
    dialog.pain.set_value(9)
    dialog.save.click()
    assert told.said == "Added."
    assert told.rows()[-1] == "Pain | Yesterday 08:23 |  | 9"
    assert told.page.chart_card._change.text() == "9 → 6"
    told.page.writing.undo()
    assert told.rows()[-1] == "Pain | Yesterday 08:23 | taken back | 9"


# --- files ---


def test_export_writes_in_a_thread_and_says_where(told: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    assert not told.page.export.isEnabled()
    exporting = HandExporting()
    told.page.give(exporting)
    told.page.export.click()
    dialog = told.page.files.dialog
    assert isinstance(dialog, QFileDialog)
    assert len(dialog.nameFilters()) == 4
    dialog.filterSelected.emit(dialog.nameFilters()[1])
    assert dialog.defaultSuffix() == "json"
    with qtbot.waitSignal(told.page.files.done):
        dialog.fileSelected.emit(str(tmp_path / "x.csv"))
    dialog.reject()
    assert exporting.files == [tmp_path / "x.csv"]
    assert exporting.threads[0] != threading.get_ident()
    assert told.said == f"Written: {tmp_path / 'x.csv'}"
    assert told.page.export.isEnabled()


def test_without_a_plan_there_is_no_calendar_to_export(desk: Desk) -> None:
    desk.page.give(HandExporting())
    desk.page.export.click()
    dialog = desk.page.files.dialog
    assert dialog
    assert len(dialog.nameFilters()) == 3
    dialog.reject()


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(
    told: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    told.page.files.write(tmp_path / "x.csv")  # nothing to write with: nothing happens
    told.page.give(HandExporting(fault="The disk is full."))
    with qtbot.waitSignal(told.page.files.failed):
        told.page.files.write(tmp_path / "x.csv")
    assert told.said == "The disk is full."
    assert told.page.files.can_write


def test_what_is_not_saved_is_told_with_the_export(
    told: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    told.store.failure = "The disk is full."
    told.rate(3)
    told.page.give(HandExporting())
    with qtbot.waitSignal(told.page.files.done):
        told.page.files.write(tmp_path / "x.csv")
    assert told.said.endswith("The disk is full.")


def test_the_report_is_shown_with_one_click_and_saved_with_two(told: Desk, qtbot: QtBot) -> None:
    exporting = HandExporting()
    told.page.give(exporting)
    told.page.report.click()
    dialog = told.dialog()
    assert isinstance(dialog, ReportDialog)
    assert not dialog._sheet.pixmap().isNull()
    assert "Warning" not in dialog._sheet.accessibleName().split(".")[0]
    assert "Sleep: not recorded" in dialog._sheet.accessibleName()
    dialog.save.click()
    files = told.page.files.dialog
    assert files
    assert files.defaultSuffix() == "pdf"
    with qtbot.waitSignal(told.page.files.done):
        files.fileSelected.emit("/nowhere/x.pdf")
    files.reject()
    assert exporting.files == [Path("/nowhere/x.pdf")]
    assert not dialog.isVisible()


def test_the_report_of_what_goes_on_does_not_say_that_it_is_over(
    told: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing = told.clock.now

    def going_on() -> Moment:
        told.clock.pass_min(0.0001)
        return standing()

    monkeypatch.setattr(told.clock, "now", going_on)
    told.page.report.click()
    dialog = told.dialog()
    assert isinstance(dialog, ReportDialog)
    assert "day 1 today" in dialog._sheet.accessibleName()


def test_the_report_is_printed_on_one_page(told: Desk, tmp_path: Path) -> None:
    told.page.report.click()
    dialog = told.dialog()
    assert isinstance(dialog, ReportDialog)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "x.pdf"))
    dialog._print_on(printer)
    pdf = (tmp_path / "x.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    dialog.print.click()
    asked = next(each for each in dialog.findChildren(QPrintDialog) if each.isVisible())
    asked.reject()


def test_the_report_of_an_empty_diary_is_a_page_too(desk: Desk) -> None:
    desk.page.report.click()
    dialog = desk.dialog()
    assert isinstance(dialog, ReportDialog)
    dialog.reject()


# --- size ---


@pytest.fixture
def long_ago(told: Desk) -> Desk:
    """Some hundreds of entries in an episode that is over, before the one that goes on."""
    then = told.clock.now().after(-400 * 24 * 3600)
    ratings = [ev.PainRated(at=then.after(60 * n), nrs=n % 10) for n in range(700)]
    told.store.events[:0] = [*ratings, ev.EpisodeEnded(at=then.after(60 * 700))]
    told.care.past.forget()
    return told


def test_a_long_record_is_read_while_the_page_goes_on_showing_what_it_has(
    long_ago: Desk, qtbot: QtBot
) -> None:
    before = long_ago.rows()
    long_ago.page.chart_card.zooms.buttons[Zoom.ALL].click()
    assert long_ago.rows() == before
    long_ago.page.chart_card.zooms.buttons[Zoom.EPISODE].click()
    long_ago.page.chart_card.zooms.buttons[Zoom.ALL].click()
    qtbot.waitUntil(lambda: len(long_ago.rows()) == len(before) + 700)


def test_the_report_has_all_earlier_episodes_however_long_they_take(long_ago: Desk) -> None:
    long_ago.page.report.click()
    dialog = long_ago.dialog()
    assert isinstance(dialog, ReportDialog)
    assert len(long_ago.page.reading.told) == 2
    assert len(long_ago.page.reading.told[0][0].pains) == 700
    dialog.reject()


def test_a_correction_finds_its_episode_also_before_that_was_read(long_ago: Desk) -> None:
    rating = long_ago.store.events[3]
    found = long_ago.page.reading.told_with(rating.at.wall)
    assert found is not None
    assert len(found[0].pains) == 700
    assert long_ago.page.reading.told_with(rating.at.after(1).wall) is None


def test_ten_thousand_rows_are_quick_to_show_and_to_search(desk: Desk, qtbot: QtBot) -> None:
    now = desk.clock.now()
    desk.store.events += [
        ev.Logged(at=now.after(n), topic=Topic.NOTE, text=f"note {n} " + "x" * (n % 50))
        for n in range(10_000)
    ]
    desk.store.events.append(ev.EpisodeEnded(at=now.after(10_001)))
    desk.clock.pass_min(1000)
    desk.care.past.forget()
    desk.page._read()
    model = desk.page.table_card.table.journal
    qtbot.waitUntil(lambda: model.rowCount() == 10_000, timeout=30_000)
    assert len(desk.page.findChildren(QObject)) < 400
    begun = time.perf_counter()
    desk.page.table_card.search.setText("note 9999")
    desk.page.table_card.table.grab()
    assert time.perf_counter() - begun < 0.5
    assert desk.page.table_card.table.journal.rowCount() == 1


def test_any_text_is_shown(desk: Desk) -> None:
    for text in ("ألم شديد", "🧊👩‍👩‍👧", "é́́", "a\0b", "<b>x</b>", "x" * TEXT_MOST, "a\nb"):
        desk.log(Topic.NOTE, text)
    desk.page.resize(560, 900)
    desk.page.grab()
    assert desk.rows()[3] == "Note | Today 08:04 | a�b | –"
    assert desk.rows()[2].split(" | ")[2] == "<b>x</b>"


@pytest.mark.parametrize("width", [420, 556, 876, 1836])
def test_it_stands_at_any_width(told: Desk, width: int) -> None:
    told.page.resize(width, 480)
    QApplication.processEvents()
    assert told.page.scrolled.horizontalScrollBar().maximum() == 0
    right = told.page.report.mapTo(told.page, QPoint(told.page.report.width(), 0)).x()
    assert right <= width
    told.page.grab()


def test_a_page_that_is_not_seen_reads_nothing(told: Desk) -> None:
    told.page.hide()
    told.rate(1)
    assert len(told.rows()) == 4
    told.page.show()
    assert len(told.rows()) == 5


def test_an_entry_that_is_refused_says_why(told: Desk) -> None:
    assert not told.page.writing.add((cmd.RatePain(nrs=11),))
    assert told.said == "Pain is a number from 0 (none) to 10 (worst)."
