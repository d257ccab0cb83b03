"""A window with a life behind it: hand-moved clock, memory store, the real services."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backtimer.domain import commands as cmd
from backtimer.domain.events import CardAnswer
from backtimer.domain.settings import Settings
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService
from backtimer.ui.asking import Asking
from backtimer.ui.main_window import MainWindow
from backtimer.ui.window_front import WindowFront
from tests.fakes import HandClock, MemorySettings, MemoryStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Everything around one window."""

    clock: HandClock
    store: MemoryStore
    care: CareService
    settings: SettingsService
    front: WindowFront

    @property
    def window(self) -> MainWindow:
        return self.front._window

    @property
    def asking(self) -> Asking:
        return self.front._parts.asking

    def start(self) -> None:
        """Begin with the start card answered."""
        self.care.do(cmd.Start(card=CardAnswer.NONE_OF_THESE))

    def wait(self, minutes: float) -> None:
        """Let time pass, and look at the clock as the alarm would."""
        self.clock.pass_min(minutes)
        self.care.check()


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication) -> Iterator[Screen]:
    font, palette = qapp.font(), qapp.palette()
    clock, store = HandClock(), MemoryStore()
    care = CareService(store=store, clock=clock, rules=Settings().rules())
    settings = SettingsService(store=MemorySettings(), settings=Settings())
    front = WindowFront(
        application=qapp, care=care, settings=settings, clock=clock, painted=lambda: None
    )
    made = Screen(clock=clock, store=store, care=care, settings=settings, front=front)
    settings.changed.connect(partial(_adopt, made))
    # As on a usual screen; the one of the tests has 800 by 800.
    made.window.resize(960, 640)
    front.open()
    front.complete([])
    # pytest-qt closes the window at the end, which must not be taken for a person's wish to quit.
    qtbot.addWidget(made.window, before_close_func=_let_close)
    qtbot.waitExposed(made.window)
    yield made
    front.close()
    qapp.setFont(font)
    qapp.setPalette(palette)


def _let_close(window: MainWindow) -> None:
    window.closing.disconnect()


def _adopt(made: Screen, settings: Settings) -> None:
    made.care.adopt(settings.rules())
