"""“Stop: it hurts” and “It is numb”: one key or one press, and what to do afterwards."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from backtimer.domain import events as ev
from backtimer.domain.events import StopReason
from backtimer.domain.phases import Phase
from backtimer.domain.view import Action
from backtimer.ui.stopping import Stopping
from backtimer.ui.widgets.stop_row import StopRow
from tests.ui.conftest import Screen


@pytest.fixture
def stopping(screen: Screen) -> Stopping:
    front = screen.front
    parts = getattr(front._parts, "_stopping", None) or getattr(front._parts, "stopping", None)
    if parts is not None:
        assert isinstance(parts, Stopping)
        return parts
    return Stopping(
        window=screen.window, notices=front._notices, care=screen.care, actions=front._actions
    )


def said(screen: Screen) -> str:
    banner = screen.window.banner
    return banner.accessibleName() if banner.isVisible() else ""


@pytest.mark.usefixtures("stopping")
@pytest.mark.parametrize(
    ("key", "why"), [(Qt.Key.Key_H, StopReason.HURTS), (Qt.Key.Key_N, StopReason.NUMB)]
)
def test_s1_do_not_push_through_one_key_ends_the_session_and_is_logged(
    screen: Screen, key: Qt.Key, why: StopReason
) -> None:
    screen.start()
    QTest.keyClick(screen.window.now_page.main, key)
    assert screen.care.view.phase is Phase.RESTING
    stopped = screen.store.events[-1]
    assert isinstance(stopped, ev.SessionStopped)
    assert stopped.why is why
    assert said(screen).startswith("Leave it off. If it stays numb")


@pytest.mark.usefixtures("stopping")
def test_without_a_pack_the_keys_do_nothing(screen: Screen) -> None:
    QTest.keyClick(screen.window, Qt.Key.Key_H)
    assert screen.store.events == []


@pytest.mark.usefixtures("stopping")
def test_a_letter_that_is_typed_or_searched_for_stops_nothing(screen: Screen) -> None:
    screen.start()
    box, field = QComboBox(screen.window), QLineEdit(screen.window)
    box.addItems(["ice", "heat"])
    for widget in (box, field):
        widget.show()
        QTest.keyClick(widget, Qt.Key.Key_H)
    assert box.currentText() == "heat"
    assert field.text() == "h"
    QTest.keyClick(screen.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(screen.window, Qt.Key.Key_A)
    assert screen.care.view.phase is Phase.APPLYING


@pytest.mark.usefixtures("stopping")
def test_the_next_session_takes_back_what_was_said(screen: Screen) -> None:
    screen.start()
    screen.front._actions.perform(Action.STOP_NUMB)
    assert said(screen)
    screen.wait(100)
    screen.start()
    assert said(screen) == ""


@pytest.mark.usefixtures("stopping")
def test_burning_skin_asked_and_answered_says_nothing_more(screen: Screen) -> None:
    screen.start()
    screen.front._actions.perform(Action.STOP_SKIN)
    assert said(screen) == ""


@pytest.mark.usefixtures("stopping")
def test_a_refused_stop_says_why(screen: Screen) -> None:
    screen.front._actions.perform(Action.STOP_HURTS)
    assert said(screen) == "There is no pack on to take off."


def test_the_row_shows_both_while_a_pack_is_on_and_takes_no_room_else(
    qtbot: QtBot, screen: Screen
) -> None:
    row = StopRow(screen.front._theme)
    qtbot.addWidget(row)
    pressed: list[Action] = []
    row.pressed.connect(pressed.append)
    row.show_view(screen.care.view)
    assert row.isHidden()
    screen.start()
    row.show_view(screen.care.view)
    assert not row.isHidden()
    assert [each.text() for each in row._buttons.values()] == ["Stop: it hurts", "It is numb"]
    for each in row._buttons.values():
        each.setFocus(Qt.FocusReason.TabFocusReason)
        assert not row.grab().isNull()
        each.click()
    assert pressed == [Action.STOP_HURTS, Action.STOP_NUMB]
