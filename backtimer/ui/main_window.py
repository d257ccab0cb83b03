"""The window: navigation, pages, and the strip for what has to be said."""

from collections.abc import Callable, Mapping

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from backtimer.domain.clock import Moment
from backtimer.domain.ports import Clock
from backtimer.domain.view import View
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService
from backtimer.ui import formatting
from backtimer.ui.paging import Paging
from backtimer.ui.theme import Theme
from backtimer.ui.ticking import next_tick_ms
from backtimer.ui.widgets.banner import Banner
from backtimer.ui.widgets.nav_shell import NavShell
from backtimer.ui.widgets.scroll import scrolls

_FRAME_PX = 48  # what the desktop puts around a window, at most
_PRECISE_TIMER = 0  # Qt.TimerType.PreciseTimer, by number for the reason given in `ui/theme.py`


class MainWindow(QMainWindow):
    """Shows what the care service announces, and counts the time while it can be seen.

    `painted` is called once, after the first paint; `makers` build the pages that are not needed
    before. Signals: `closing(QCloseEvent)`, whoever listens decides what closing means;
    `ticked()`, another time is to be shown.
    """

    closing = Signal(object)
    ticked = Signal()

    def __init__(
        self,
        *,
        theme: Theme,
        care: CareService,
        settings: SettingsService,
        clock: Clock,
        makers: Mapping[str, Callable[[], QWidget]],
        painted: Callable[[], None],
    ) -> None:
        super().__init__()
        self._care = care
        self._clock = clock
        self._painted: Callable[[], None] | None = painted
        self.pages = Paging(theme=theme, care=care, settings=settings, clock=clock, makers=makers)
        self.now_page, self.idle_page = self.pages.now_page, self.pages.idle_page
        self.banner = Banner(theme)
        self._whole = QStackedWidget()
        self._alone: QWidget | None = None
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
        self.pages.show_view(view, self._clock.now())

    def show_alone(self, page: QWidget | None) -> None:
        """Fill the screen with `page` and nothing else; None: be the window that it was."""
        full = QtCore.Qt.WindowState.WindowFullScreen
        before, self._alone = self._alone, page
        if page is None:
            self._whole.setCurrentIndex(0)
            self.pages.focus_main()
            if before:
                self._whole.removeWidget(before)
            self.setWindowState(self.windowState() & ~full)
            return
        self._whole.addWidget(page)
        self._whole.setCurrentWidget(page)
        page.setFocus()
        self.setWindowState(self.windowState() | full)

    @property
    def is_seen(self) -> bool:
        """Whether the person can see the window, as far as the program can know."""
        return self.isVisible() and not self.isMinimized()

    def come_to_front(self) -> None:
        """Show the window before others, as far as the desktop allows."""
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space is the main button and a digit rates the pain, unless something else took it.

        From the rail, too, the page is scrolled.
        """
        takes = self.pages.takes_digit if self._alone else self.pages.takes_key
        if not takes(event) and not scrolls(self.pages, event):
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

    def _count(self, now: Moment) -> None:
        """Tick when the second that is shown changes; not at all where nothing does."""
        to_next_ms = next_tick_ms(self._care.view, now, self._clock.speed)
        if to_next_ms is None or not self.is_seen:
            self._tick.stop()
        else:
            self._tick.start(to_next_ms)

    def _on_tick(self) -> None:
        self._care.glance()
        now = self._clock.now()
        self.now_page.show_time(self._care.view, now)
        self.ticked.emit()
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
        layout.addWidget(self.pages, 1)
        self._whole.addWidget(NavShell(theme, self.pages.rail, content))
        self.setCentralWidget(self._whole)
        # Not larger than the screen, with its frame: what cannot be seen cannot be pressed.
        room = self.screen().availableSize() - QSize(_FRAME_PX, _FRAME_PX)
        self.resize(QSize(theme.px(960), theme.px(640)).boundedTo(room))
        self.setMinimumSize(420, 480)
