"""Choosing a routine: explained with its source, chosen, copied to edit."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from backtimer.domain.library import PROTOCOLS
from backtimer.ui.dialogs.protocol_dialog import ProtocolDialog
from backtimer.ui.pages.settings import SettingsPage
from backtimer.ui.widgets.choice_row import ChoiceRow
from tests.ui.conftest import Screen


def dialogs(screen: Screen) -> list[ProtocolDialog]:
    return [each for each in screen.window.findChildren(ProtocolDialog) if each.isVisible()]


def texts(dialog: ProtocolDialog) -> list[str]:
    return [each.text() for each in dialog.findChildren(QLabel) if each.isVisibleTo(dialog)]


def copy_as(dialog: ProtocolDialog, name: str) -> None:
    if dialog.copy.isVisible():
        dialog.copy.click()
    dialog.name.setText(name)
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)


@pytest.fixture
def dialog(screen: Screen) -> ProtocolDialog:
    screen.front._late_pages.ask_routine(screen.window)
    (shown,) = dialogs(screen)
    return shown


def test_all_six_are_there_each_with_what_it_does_and_its_source(dialog: ProtocolDialog) -> None:
    assert list(dialog.rows) == list(PROTOCOLS)
    assert len(dialog.rows) == 6
    told = texts(dialog)
    for each in PROTOCOLS.values():
        assert {each.name, each.explanation, f"Source: {each.source}."} <= set(told)
        described = dialog.rows[each.key].accessibleDescription()
        assert each.explanation in described
        assert each.source in described


def test_it_says_that_a_change_takes_effect_from_the_next_session(dialog: ProtocolDialog) -> None:
    (told,) = [each for each in texts(dialog) if "takes effect" in each]
    assert told.startswith("A change takes effect from the next session.")


def test_the_one_in_force_is_marked_and_another_can_be_used(
    screen: Screen, dialog: ProtocolDialog
) -> None:
    assert dialog.chosen == "ice-then-heat"
    dialog.rows["short-ice"].click()
    assert dialog.chosen == "short-ice"
    assert screen.settings.current.protocol == "ice-then-heat", "nothing is changed yet"
    dialog.use.click()
    assert screen.settings.current.protocol == "short-ice"
    assert screen.care.episode.rules.ice_min == 15
    assert dialogs(screen) == []


def test_a_click_anywhere_on_a_row_marks_it(dialog: ProtocolDialog) -> None:
    row = dialog.rows["short-ice"]
    where = QPoint(row.width() - 20, row.height() - 6)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=where)
    assert dialog.chosen == "short-ice"


def test_the_arrow_keys_go_from_one_to_the_next_and_enter_uses_it(
    screen: Screen, dialog: ProtocolDialog
) -> None:
    row = dialog.rows["ice-then-heat"]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Down)
    assert dialog.chosen == "short-ice"
    QTest.keyClick(dialog.rows["short-ice"], Qt.Key.Key_Return)
    assert screen.settings.current.protocol == "short-ice"


def test_the_running_session_keeps_its_promise(screen: Screen, dialog: ProtocolDialog) -> None:
    screen.start()
    dialog.rows["short-ice"].click()
    dialog.use.click()
    assert screen.care.view.planned_s == 20 * 60


def test_cancel_and_escape_change_nothing(screen: Screen, dialog: ProtocolDialog) -> None:
    dialog.rows["manual"].click()
    dialog.cancel.click()
    assert screen.settings.current.protocol == "ice-then-heat"
    assert dialogs(screen) == []


def test_a_copy_is_named_chosen_and_then_edited_in_the_settings(
    screen: Screen, dialog: ProtocolDialog
) -> None:
    dialog.rows["short-ice"].click()
    copy_as(dialog, "my physio’s")
    chosen = screen.settings.current
    assert (chosen.protocol, chosen.course) == ("my-physio-s", "short-ice")
    assert screen.window.pages.rail.current() == "settings"
    page = screen.window.pages.page("settings")
    assert isinstance(page, SettingsPage)
    assert page._routine_row._title.text() == "Routine: my physio’s"
    assert page._routine_row._hint.text() == "Ice 15 min, 1 h 45 min off"


@pytest.mark.parametrize(
    ("name", "told"),
    [("", "1–40 letters"), ("?!", "1–40 letters"), ("Manual", "There is a protocol “manual”")],
)
def test_a_name_that_cannot_be_says_why_and_changes_nothing(
    screen: Screen, dialog: ProtocolDialog, name: str, told: str
) -> None:
    copy_as(dialog, name)
    assert told in dialog._problem.text()
    assert dialog._problem.isVisible()
    assert screen.settings.current.copies == {}
    copy_as(dialog, "physio")
    assert "physio" in screen.settings.current.copies


def test_what_cannot_be_saved_is_said_in_the_dialog(screen: Screen, dialog: ProtocolDialog) -> None:
    screen.settings._store.failure = "The disk is full."  # type: ignore[attr-defined]
    dialog.rows["manual"].click()
    dialog.use.click()
    assert dialog._problem.text() == "The disk is full."
    assert dialog.isVisible()
    copy_as(dialog, "physio")
    assert dialog.isVisible()
    assert screen.window.pages.rail.current() == "now"


def test_a_copy_shows_its_own_lengths_and_what_it_was_copied_from(
    screen: Screen, qtbot: QtBot
) -> None:
    screen.settings.change(
        lambda settings: settings.with_copy("my physio’s").with_value("ice_min", 12)
    )
    screen.front._late_pages.ask_routine(screen.window)
    (dialog,) = dialogs(screen)
    assert dialog.chosen == "my-physio-s"
    row = dialog.rows["my-physio-s"]
    assert row.accessibleDescription().startswith("Ice 12 min, 1 h 30 min off")
    assert row.accessibleDescription().endswith("Your copy of “Ice, then heat”.")
    qtbot.waitUntil(lambda: not row.visibleRegion().isEmpty())


@pytest.mark.parametrize(("width", "height"), [(640, 480), (960, 640)])
def test_it_is_not_larger_than_the_window_and_cuts_nothing_off(
    screen: Screen, qtbot: QtBot, width: int, height: int
) -> None:
    screen.window.resize(width, height)
    qtbot.waitUntil(lambda: screen.window.height() == height)
    screen.front._late_pages.ask_routine(screen.window)
    (dialog,) = dialogs(screen)
    assert dialog.width() <= width
    assert dialog.height() <= height
    row = dialog.rows["heat-first"]
    assert isinstance(row, ChoiceRow)
    layout = row.layout()
    assert layout
    assert layout.heightForWidth(row.width()) <= row.height()


def test_it_is_reached_from_the_settings_and_the_more_menu(screen: Screen) -> None:
    screen.window.pages.go_to("settings")
    page = screen.window.pages.page("settings")
    assert isinstance(page, SettingsPage)
    page.change_routine.click()
    (first,) = dialogs(screen)
    first.reject()
    screen.start()
    menu = screen.front._parts.asking.more_menu()
    (entry,) = [each for each in menu.actions() if each.text() == "Change routine…"]
    entry.trigger()
    assert len(dialogs(screen)) == 1
