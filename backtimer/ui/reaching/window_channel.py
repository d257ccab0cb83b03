"""The window as a way to the person: before their eyes, whatever else they look at."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from backtimer.domain.announcements import Announcement
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Clock, Delivery
from backtimer.domain.view import Action, View
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.ui import formatting, offers
from backtimer.ui.reaching.overlay import Overlay
from backtimer.ui.theme import Theme
from backtimer.ui.ticking import next_tick_ms

# From one of the program's windows to another the keyboard is nowhere for a moment.
_LEFT_MS = 400


class WindowChannel(QObject):
    """Shows the overlay while a pack has to come off and none of the program's windows is used.

    Once it was said, that holds until `hush`: whoever turns to another program unanswered sees it.

    Signals: `acted(Action)` for what was pressed on it, `opened()` for the wish to see more.
    """

    acted = Signal(object)
    opened = Signal()

    def __init__(
        self,
        *,
        application: QApplication,
        theme: Theme,
        window: QWidget,
        care: CareService,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._application = application
        self._theme = theme
        self._window = window
        self._care = care
        self._clock = clock
        self._overlay: Overlay | None = None
        self._is_said = False
        self._listeners: list[Callable[[Delivery, str], None]] = []
        self._tick = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._on_tick)
        self._left = QTimer(self, singleShot=True, interval=_LEFT_MS)
        self._left.timeout.connect(self._show_where_needed)
        care.changed.connect(self._on_changed)
        application.focusWindowChanged.connect(self._on_focus)

    @property
    def is_shown(self) -> bool:
        """Whether the overlay is there now."""
        return self._overlay is not None and self._overlay.isVisible()

    def say(self, announcement: Announcement) -> None:  # noqa: ARG002  it shows the state
        """Show that it has to come off; what else is said is in the window anyway."""
        QTimer.singleShot(0, self, lambda: self._tell(Delivery.SENT))
        self._application.alert(self._window)
        self._is_said = self._care.view.phase is Phase.REMOVE
        self._show_where_needed()

    def hush(self) -> None:
        """Take it away at once."""
        self._is_said = False
        self._left.stop()
        self._hide()

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None:
        """Call `listener` from the event loop once something was shown."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Show nothing any more."""
        self.hush()
        if self._overlay:
            self._overlay.deleteLater()
            self._overlay = None

    def _tell(self, what: Delivery) -> None:
        for listener in self._listeners:
            listener(what, "")

    def _hide(self) -> None:
        self._tick.stop()
        if self._overlay:
            self._overlay.hide()

    def _show_where_needed(self) -> None:
        if not self._is_said or self._application.activeWindow() is not None:
            return
        overlay = self._overlay or self._made()
        self._show_view(self._care.view)
        # Where the pointer is, the person looks.
        screen = self._application.screenAt(QCursor.pos()) or self._window.screen()
        overlay.appear(screen.availableGeometry())
        self._count()

    def _made(self) -> Overlay:
        overlay = Overlay(self._theme, bypass=self._application.platformName() == "xcb")
        overlay.acted.connect(self._on_acted)
        overlay.silenced.connect(lambda: self.acted.emit(Action.SILENCE))
        # It stays until the window really is in front: then the window has the keyboard.
        overlay.opened.connect(self.opened)
        self._overlay = overlay
        return overlay

    def _show_view(self, view: View) -> None:
        if self._overlay is None:
            return
        line = formatting.then_line(view)
        self._overlay.show_state(
            words=formatting.phase_words(view),
            time=formatting.big_time(view, self._clock.now()),
            line=tr("Is it off already? Click here.") if view.unsure else line,
            action=offers.main_button(view).label,
            can_silence=Action.SILENCE in view.allowed,
        )

    def _count(self) -> None:
        to_next_ms = next_tick_ms(self._care.view, self._clock.now(), self._clock.speed)
        if to_next_ms is not None and self.is_shown:
            self._tick.start(to_next_ms)

    def _on_tick(self) -> None:
        if self._overlay:
            self._overlay.set_time(formatting.big_time(self._care.view, self._clock.now()))
        self._count()

    def _on_changed(self, view: View) -> None:
        if view.phase is not Phase.REMOVE:
            self.hush()
        elif self.is_shown:
            self._show_view(view)

    def _on_focus(self, window: QWindow | None) -> None:
        """One of the program's own windows is used now, and says it as well; or none is."""
        if window is not None:
            self._left.stop()
            self._hide()
        elif self._is_said:
            self._left.start()

    def _on_acted(self) -> None:
        self.acted.emit(offers.main_button(self._care.view).action)
