"""The window: navigation, pages, and the strip for what has to be said."""

from collections.abc import Callable

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from backtimer.domain.clock import Moment
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Clock
from backtimer.domain.view import View
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService
from backtimer.ui import formatting
from backtimer.ui.pages.idle import IdlePage
from backtimer.ui.pages.now import NowPage
from backtimer.ui.theme import Theme
from backtimer.ui.tones import tone_of
from backtimer.ui.widgets.banner import Banner
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.nav_rail import NavEntry, NavRail
from backtimer.ui.widgets.nav_shell import NavShell

NOW, SETTINGS = "now", "settings"
_PRECISE_TIMER = 0  # Qt.TimerType.PreciseTimer, by number for the reason given in `ui/theme.py`
_FAST_TICK_MS = 200  # a demo's seconds pass too quickly to be counted one by one


class MainWindow(QMainWindow):
    """Shows what the care service announces, and counts the time while it can be seen.

    `painted` is called once, after the first paint; `settings_page` builds that page when it is
    first needed. Signal `closing(QCloseEvent)`: whoever listens decides what closing means.
    """

    closing = Signal(object)

    def __init__(
        self,
        *,
        theme: Theme,
        care: CareService,
        settings: SettingsService,
        clock: Clock,
        settings_page: Callable[[], QWidget],
        painted: Callable[[], None],
    ) -> None:
        super().__init__()
        self._care = care
        self._settings = settings
        self._clock = clock
        self._painted: Callable[[], None] | None = painted
        self._make_settings_page = settings_page
        self._settings_page: QWidget | None = None
        self._card_page: QWidget | None = None
        self.now_page = NowPage(theme)
        self.idle_page = IdlePage(theme)
        self.banner = Banner(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.now_page)
        self._pages.addWidget(self.idle_page)
        self._rail = NavRail(
            theme,
            [NavEntry(NOW, tr("Now"), "clock"), NavEntry(SETTINGS, tr("Settings"), "gear")],
        )
        self._rail.chosen.connect(self.go_to)
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        # A coarse one is often early: it would find the same second, and tick twice for one.
        self._tick.setProperty("timerType", _PRECISE_TIMER)
        self._tick.timeout.connect(self._on_tick)
        self._lay_out(theme)
        self._shown: View | None = None
        self._show_pages(care.view)
        care.changed.connect(self.show_view)
        self.show_view(care.view)

    def show_view(self, view: View) -> None:
        """Show the state that was announced; while nobody sees the window, in its title only."""
        now = self._clock.now()
        self.setWindowTitle(formatting.window_title(view, now, self._clock.speed))
        if self.is_seen and view is not self._shown:
            self._show_pages(view)
        elif self.is_seen:
            self.now_page.show_now(now)
        self._count(now)

    def _show_pages(self, view: View) -> None:
        self._shown = view
        now = self._clock.now()
        self._rail.set_tone(tone_of(view))
        if view.phase is Phase.IDLE:
            self.idle_page.show_view(view)
        else:
            snooze_min = self._settings.current.number("snooze_min")
            speed = self._clock.speed
            self.now_page.show_view(view, now, snooze_min=snooze_min, speed=speed)
            self.now_page.show_day(view, self._care.marks_of_day())
            self.now_page.show_steps(view, self._care.steps(), self._care.next_night())
        if self._rail.current() == NOW and self._card_page is None:
            self._show_now()

    def go_to(self, key: str) -> None:
        """Show the page `key`."""
        self._rail.set_current(key)
        if key == SETTINGS:
            if self._settings_page is None:
                self._settings_page = self._make_settings_page()
                self._pages.addWidget(self._settings_page)
            self._pages.setCurrentWidget(self._settings_page)
        elif self._card_page is not None:
            self._pages.setCurrentWidget(self._card_page)
        else:
            self._show_now()

    def show_card(self, page: QWidget) -> None:
        """Show the start card in place of the page of what is going on."""
        self.close_card()
        self._card_page = page
        self._pages.addWidget(page)
        self.go_to(NOW)

    def close_card(self) -> None:
        """Go back to what is going on."""
        page, self._card_page = self._card_page, None
        if page is not None:
            self._show_now()
            self._pages.removeWidget(page)
            page.deleteLater()

    @property
    def has_card(self) -> bool:
        """Whether the start card is shown."""
        return self._card_page is not None

    @property
    def is_seen(self) -> bool:
        """Whether the person can see the window, as far as the program can know."""
        return self.isVisible() and not self.isMinimized()

    def come_to_front(self) -> None:
        """Show the window before others, as far as the desktop allows."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space is the main button and a digit rates the pain, unless something else took it."""
        key, text = event.key(), event.text()
        on_now = self._rail.current() == NOW and self._card_page is None
        if on_now and key == QtCore.Qt.Key.Key_Space and not event.isAutoRepeat():
            self._main_button().click()
        elif on_now and len(text) == 1 and text in "0123456789":
            self.now_page.take_digit(event)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let others decide."""
        self.closing.emit(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that there is something to see."""
        super().paintEvent(event)
        if self._painted:
            QTimer.singleShot(0, self._painted)
            self._painted = None

    def showEvent(self, event: QShowEvent) -> None:
        """Show what happened meanwhile, and count again."""
        super().showEvent(event)
        self.show_view(self._care.view)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it: do not count."""
        super().hideEvent(event)
        self._tick.stop()

    def changeEvent(self, event: QEvent) -> None:
        """A window that was minimised, or is shown or used again, looks at the clock."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self.show_view(self._care.view)
        elif event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._care.glance()

    def _main_button(self) -> PillButton:
        shown = self._pages.currentWidget()
        return self.idle_page.main if shown is self.idle_page else self.now_page.main

    def _show_now(self) -> None:
        idle = self._care.view.phase is Phase.IDLE
        page = self.idle_page if idle else self.now_page
        if self._pages.currentWidget() is not page:
            self._pages.setCurrentWidget(page)
            self._main_button().setFocus()

    def _count(self, now: Moment) -> None:
        """Tick when the second that is shown changes; not at all where nothing does."""
        view = self._care.view
        moving_s = view.overdue_s(now)
        left_s = view.remaining_s(now)
        if not self.is_seen or (moving_s is None and left_s is None):
            self._tick.stop()
        elif self._clock.speed > 1:
            self._tick.start(_FAST_TICK_MS)
        else:
            to_next_s = 1 - moving_s % 1 if moving_s is not None else (left_s or 0) % 1 or 1.0
            self._tick.start(int(to_next_s * 1000) + 2)

    def _on_tick(self) -> None:
        self._care.glance()
        now = self._clock.now()
        self.now_page.show_time(self._care.view, now)
        self._count(now)

    def _lay_out(self, theme: Theme) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        frame = QVBoxLayout()
        frame.setContentsMargins(theme.px(28), theme.px(8), theme.px(28), 0)
        frame.addWidget(self.banner)
        layout.addLayout(frame)
        layout.addWidget(self._pages, 1)
        self.setCentralWidget(NavShell(theme, self._rail, content))
        self.resize(theme.px(960), theme.px(640))
        self.setMinimumSize(420, 480)
