"""The icon in the tray: it calls while it rings, and has a calmer mark for what waits."""

from typing import cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.reach import Finding, State, Way
from backtimer.ui import tray as tray_module
from backtimer.ui.colors import Tone
from backtimer.ui.tray import Tray
from backtimer.ui.widgets.tray_icon import Mark, tray_pixmap
from tests.ui.conftest import Screen


class Desktop:
    """Whether there is a tray."""

    has_tray = True


class HandIcon(QObject):
    """The part of QSystemTrayIcon that is used, on a desktop that is moved by hand."""

    activated = Signal(object)
    ActivationReason = QSystemTrayIcon.ActivationReason
    desktop = Desktop()

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[QIcon] = []

    @classmethod
    def isSystemTrayAvailable(cls) -> bool:  # noqa: N802  Qt's name
        return cls.desktop.has_tray

    def setIcon(self, icon: QIcon) -> None:  # noqa: N802
        self.pictures.append(icon)

    def setToolTip(self, text: str) -> None:  # noqa: N802
        self.tip = text

    def setContextMenu(self, menu: object) -> None:  # noqa: N802
        self.menu = menu

    def show(self) -> None:
        """It is there."""

    hide = show


@pytest.fixture(autouse=True)
def desktop(monkeypatch: pytest.MonkeyPatch) -> Desktop:
    monkeypatch.setattr(tray_module, "QSystemTrayIcon", HandIcon)
    HandIcon.desktop = Desktop()
    return HandIcon.desktop


@pytest.fixture
def tray(screen: Screen) -> Tray:
    shown = screen.front._tray
    shown._trusted_until_s = 0.0
    screen.start()
    return shown


def pictures(tray: Tray) -> list[QIcon]:
    return cast("HandIcon", tray._icon).pictures


def test_while_it_rings_the_picture_changes_every_second(screen: Screen, tray: Tray) -> None:
    assert not tray._blink.isActive()
    screen.wait(20)
    assert tray._blink.isActive()
    assert tray._blink.interval() == 1000
    keys = []
    for _ in range(4):
        keys.append(pictures(tray)[-1].cacheKey())
        tray._blink.timeout.emit()
    assert keys[0] == keys[2] != keys[1] == keys[3]


def test_a_repaint_does_not_start_the_change_anew(screen: Screen, tray: Tray) -> None:
    screen.wait(20)
    before = len(pictures(tray))
    screen.care.check()
    assert len(pictures(tray)) == before


def test_it_stops_as_soon_as_it_is_answered(screen: Screen, tray: Tray) -> None:
    screen.wait(20)
    screen.care.do(cmd.Off())
    assert not tray._blink.isActive()


def test_it_stops_when_the_alarm_gave_up(screen: Screen, tray: Tray) -> None:
    screen.wait(20)
    screen.care.note((ev.RemovalUnanswered(at=screen.clock.now()),))
    screen.care.check()
    assert not tray._blink.isActive()


def test_it_stops_with_the_tray(screen: Screen, tray: Tray, desktop: Desktop) -> None:
    screen.wait(20)
    desktop.has_tray = False
    tray._trusted_until_s = 0.0
    screen.care.check()
    assert not tray._blink.isActive()
    desktop.has_tray = True
    tray._trusted_until_s = 0.0
    screen.care.check()
    assert tray._blink.isActive()


def test_the_tray_tells_whether_it_is_there(tray: Tray, desktop: Desktop) -> None:
    found: list[Finding] = []
    tray.probe(found.extend)
    desktop.has_tray = False
    tray.probe(found.extend)
    assert [(each.way, each.state) for each in found] == [
        (Way.TRAY, State.WORKS),
        (Way.TRAY, State.BROKEN),
    ]


@pytest.mark.parametrize("size", [16, 22, 64])
def test_inverted_ground_and_text_change_places(screen: Screen, size: int) -> None:
    theme = screen.front._theme
    plain = tray_pixmap(theme, Tone.OVERDUE, "!", size).toImage()
    inverted = tray_pixmap(theme, Tone.OVERDUE, "!", size, mark=Mark.INVERTED).toImage()
    side = size // 4
    assert plain.pixelColor(side, size // 2).name() == "#b42318"
    assert inverted.pixelColor(side, size // 2).name() == "#ffffff"
    assert inverted.pixelColor(0, size // 2).name() == "#b42318"


@pytest.mark.parametrize("size", [16, 22, 64])
def test_a_due_session_has_a_dot_in_the_corner(screen: Screen, size: int) -> None:
    theme = screen.front._theme
    plain = tray_pixmap(theme, Tone.ICE, "", size, icon="ice").toImage()
    dotted = tray_pixmap(theme, Tone.ICE, "", size, icon="ice", mark=Mark.DOT).toImage()
    corner = int(size * 0.78), int(size * 0.22)
    assert dotted.pixelColor(*corner).name() == "#ffffff"
    assert plain.pixelColor(*corner).name() != "#ffffff"


def test_a_due_session_is_marked_in_the_tray(screen: Screen, tray: Tray) -> None:
    screen.care.do(cmd.Off())
    screen.wait(91)
    assert Mark.DOT in tray._pictured
    assert not tray._blink.isActive()
