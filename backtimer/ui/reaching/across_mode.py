"""Turns the window into the sign that is read from across the room, and back."""

from PySide6.QtCore import QEvent, QObject, Signal

from backtimer.domain.ports import Clock
from backtimer.domain.view import View
from backtimer.services.care import CareService
from backtimer.ui.actions import Actions
from backtimer.ui.main_window import MainWindow
from backtimer.ui.notices.notices import Notices
from backtimer.ui.reaching.across import AcrossPage
from backtimer.ui.theme import Theme

_SEEN_OR_NOT = frozenset({QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowStateChange})


class AcrossMode(QObject):
    """`toggle` and `leave`. Signal `changed(bool)`: whether the sign is to be seen now."""

    changed = Signal(bool)

    def __init__(
        self,
        *,
        theme: Theme,
        window: MainWindow,
        notices: Notices,
        actions: Actions,
        care: CareService,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._window = window
        self._notices = notices
        self._actions = actions
        self._care = care
        self._clock = clock
        self._page: AcrossPage | None = None
        self._is_on = False
        self._is_told = False
        care.changed.connect(self._on_changed)
        window.ticked.connect(self._on_tick)
        window.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        """Whether the window is the sign, seen or not."""
        return self._is_on

    def toggle(self) -> None:
        """Become the sign, or no longer be it."""
        if self._is_on:
            self.leave()
        else:
            self._enter()

    def leave(self) -> None:
        """Be the window that it was, where it was. Harmless when it is."""
        if not self._is_on:
            return
        self._is_on = False
        self._notices.show_in(self._window.banner)
        self._window.show_alone(None)
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice when the window is hidden, minimised, or no longer fills the screen."""
        if watched is self._window and event.type() in _SEEN_OR_NOT:
            window = self._window
            if self._is_on and window.is_seen and not window.isFullScreen():
                self.leave()  # the desktop's own keys ended it
            self._tell()
        return False

    def _enter(self) -> None:
        page = self._page = self._page or self._made()
        self._is_on = True
        page.show_view(self._care.view, self._clock.now())
        self._notices.show_in(page.banner)
        self._window.show_alone(page)
        self._tell()

    def _made(self) -> AcrossPage:
        page = AcrossPage(self._theme)
        page.acted.connect(self._actions.perform)
        page.left.connect(self.leave)
        return page

    def _on_changed(self, view: View) -> None:
        if self._is_on and self._page:
            self._page.show_view(view, self._clock.now())

    def _on_tick(self) -> None:
        if self._is_on and self._page:
            self._page.show_time(self._care.view, self._clock.now())

    def _tell(self) -> None:
        is_seen = self._is_on and self._window.is_seen
        if is_seen != self._is_told:
            self._is_told = is_seen
            self.changed.emit(is_seen)
