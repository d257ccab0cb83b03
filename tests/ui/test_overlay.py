"""The window as a way to the person: the overlay above whatever else is on the screen."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backtimer.domain import commands as cmd
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding, State, Way
from backtimer.ui.reaching.overlay import Overlay
from tests.ui.conftest import Screen
from tests.ui.hearing_kit import removal


@pytest.fixture
def away(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A pack has to come off, and the person uses another program."""
    screen.start()
    screen.wait(22.1)
    monkeypatch.setattr(screen.front._channel._application, "activeWindow", lambda: None)
    return screen


def overlay(screen: Screen) -> Overlay:
    shown = screen.front._channel._overlay
    assert shown is not None
    return shown


def late(screen: Screen) -> Overlay:
    """The overlay, after the moment in which clicks are not meant for it."""
    shown = overlay(screen)
    shown._guard.stop()
    shown._guard.timeout.emit()
    return shown


def click(widget: object) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def test_a_removal_comes_above_other_windows_without_the_keyboard(away: Screen) -> None:
    away.window.showMinimized()
    away.front.say(removal(away))

    shown = overlay(away)
    assert shown.isVisible()
    assert shown.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    flags = shown.windowFlags()
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus
    assert shown._main.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert away.window.isMinimized()
    assert shown.accessibleName() == "Take the ice off. Was due at 08:20"


def test_on_x11_its_manager_does_not_know_it(away: Screen) -> None:
    shown = Overlay(away.front._theme, bypass=True)
    assert shown.windowFlags() & Qt.WindowType.BypassWindowManagerHint
    shown.deleteLater()


def test_it_is_told_from_the_event_loop_that_it_was_shown(away: Screen, qtbot: QtBot) -> None:
    told: list[tuple[Delivery, str]] = []
    away.front.on_delivery(lambda what, why: told.append((what, why)))
    away.front.say(removal(away))
    assert told == []
    qtbot.waitUntil(lambda: told == [(Delivery.SENT, "")])


def test_where_the_window_itself_is_used_there_is_no_overlay(screen: Screen) -> None:
    screen.start()
    screen.wait(21)
    screen.window.activateWindow()
    assert QApplication.activeWindow() is screen.window
    screen.front.say(removal(screen))
    assert not screen.front._channel.is_shown


def test_it_goes_once_the_window_is_used(away: Screen) -> None:
    away.front.say(removal(away))
    away.front._channel._on_focus(None)
    assert away.front._channel.is_shown
    away.front._channel._on_focus(away.window.windowHandle())
    assert not away.front._channel.is_shown


def test_whoever_turns_to_another_program_without_an_answer_sees_it(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.start()
    screen.wait(21)
    channel = screen.front._channel
    used = [screen.window]
    monkeypatch.setattr(channel._application, "activeWindow", lambda: used[0] if used else None)
    screen.front.say(removal(screen))
    assert not channel.is_shown

    channel._on_focus(None)
    channel._left.timeout.emit()
    assert not channel.is_shown, "the keyboard was only on its way to another of our windows"

    used.clear()
    channel._on_focus(None)
    channel._left.timeout.emit()
    assert channel.is_shown


def test_after_the_answer_nothing_comes_above_what_is_used(away: Screen) -> None:
    away.front.say(removal(away))
    away.front.hush()
    away.front._channel._on_focus(None)
    assert not away.front._channel._left.isActive()
    away.front._channel._left.timeout.emit()
    assert not away.front._channel.is_shown


def test_the_large_button_says_that_it_is_off(away: Screen) -> None:
    away.front.say(removal(away))
    shown = late(away)
    assert shown._main.text() == "I took it off"
    click(shown._main)
    assert away.care.view.phase is Phase.RESTING
    assert not shown.isVisible()


def test_a_click_that_was_meant_for_the_film_does_nothing(away: Screen) -> None:
    away.front.say(removal(away))
    shown = overlay(away)
    away.window.showMinimized()
    for button in (shown._main, shown._quiet):
        assert button.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    place = shown._main.geometry().center()
    for where in (place, shown._quiet.geometry().center(), QPoint(5, 5)):
        assert shown.childAt(where) is None
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=where)
    assert away.care.view.phase is Phase.REMOVE
    assert away.care.episode.silenced is None
    assert away.window.isMinimized()


def test_a_press_that_began_too_soon_is_not_a_click_later(away: Screen) -> None:
    away.window.showMinimized()
    away.front.say(removal(away))
    shown = overlay(away)
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    late(away)
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert away.window.isMinimized()


def test_said_again_while_it_is_there_it_can_be_pressed_on(away: Screen) -> None:
    away.front.say(removal(away))
    late(away)
    away.front.say(removal(away))
    click(overlay(away)._main)
    assert away.care.view.phase is Phase.RESTING


def test_silence_is_silence_and_leaves_it_there(away: Screen) -> None:
    away.front.say(removal(away))
    click(late(away)._quiet)
    assert away.care.episode.silenced is not None
    assert overlay(away).isVisible()


def test_a_click_elsewhere_on_it_opens_the_window(away: Screen) -> None:
    away.window.showMinimized()
    away.front.say(removal(away))
    QTest.mouseClick(late(away), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert away.window.is_seen
    assert away.care.view.phase is Phase.REMOVE


def test_it_ticks_only_while_it_is_shown(away: Screen) -> None:
    channel = away.front._channel
    away.front.say(removal(away))
    assert channel._tick.isActive()
    away.clock.pass_real_s(1)
    channel._on_tick()
    assert overlay(away)._sign.time == "+2:07"
    away.front.hush()
    assert not overlay(away).isVisible()
    assert not channel._tick.isActive()


def test_what_is_answered_elsewhere_takes_it_away(away: Screen) -> None:
    away.front.say(removal(away))
    away.care.do(cmd.Off())
    assert not away.front._channel.is_shown


def test_after_a_restart_of_the_computer_it_points_to_the_window(away: Screen) -> None:
    away.clock.reboot()
    away.care.check()
    away.front.say(removal(away))
    assert "Is it off already? Click here." in overlay(away).accessibleName()


def test_what_is_no_removal_never_comes_above_other_windows(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen.front._channel._application, "activeWindow", lambda: None)
    screen.start()
    screen.front.say(removal(screen))
    assert screen.front._channel._overlay is None


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (3840, 2160)])
def test_it_stands_near_the_top_in_the_middle_of_its_screen(
    away: Screen, size: tuple[int, int]
) -> None:
    shown = Overlay(away.front._theme, bypass=False)
    shown.show_state(words="Take the ice off", time="+2:06", line="x", action="y", can_silence=True)
    screen = QRect(100, 50, *size)
    shown.appear(screen)
    place = shown.geometry()
    assert screen.contains(place)
    assert abs(place.center().x() - screen.center().x()) <= 1
    assert place.center().y() < screen.center().y()
    inside = shown.rect()
    assert inside.contains(shown._main.geometry())
    assert inside.contains(shown._quiet.geometry())
    assert not shown._main.geometry().intersects(shown._quiet.geometry())
    assert not shown.grab().isNull()
    shown.deleteLater()


def test_the_front_tells_of_tray_and_window(screen: Screen) -> None:
    found: list[Finding] = []
    screen.front.probe(found.extend)
    assert [(each.way, each.state) for each in found] == [
        (Way.TRAY, State.BROKEN),
        (Way.WINDOW, State.WORKS),
    ]
    assert found[0].why == "This desktop has no tray."
    assert found[0].fix == "The window stays in the task bar instead."
