"""Where the window is: before the person, in the tray, in the task bar; what closing means."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent

from backtimer.domain.phases import Phase
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.ui.asking import Asking
from backtimer.ui.main_window import MainWindow
from backtimer.ui.tray import Tray


class Presence(QObject):
    """Hides `window` where there is a tray to open it from, and never elsewhere."""

    def __init__(
        self,
        *,
        window: MainWindow,
        tray: Tray,
        care: CareService,
        asking: Asking,
        close_program: Callable[[], None],
    ) -> None:
        super().__init__()
        self._window = window
        self._tray = tray
        self._care = care
        self._asking = asking
        self._close_program = close_program
        self._hides = False
        self._told_of_tray = False

    def start_hidden(self) -> None:
        """Stay out of the way: in the tray, or minimised where there is none (yet)."""
        self._hides = True
        self._tray.look()
        if not self._tray.is_there:
            self._window.showMinimized()

    def come(self) -> None:
        """Bring the window before the person."""
        self._hides = False
        self._window.come_to_front()

    def keep(self) -> None:
        """Follow a tray that came or went."""
        if not self._window.isVisible() and not self._tray.is_there:
            # Whatever hid it is gone: it must stay reachable.
            self._window.showMinimized()
        elif self._hides and self._tray.is_there and self._window.isMinimized():
            self._window.hide()

    def on_closing(self, event: QCloseEvent) -> None:
        """Hide instead; ask where that cannot be."""
        event.ignore()
        if self._tray.is_there:
            self._hides = True
            self._window.hide()
            if not self._told_of_tray:
                self._told_of_tray = True
                self._tray.say(tr("Backtimer goes on here."), tr("Open or quit it from this icon."))
        elif self._care.view.phase is Phase.IDLE:
            self._asking.ask_quit(self._close_program)
        else:
            self._asking.ask_close(self._close_program, self._window.showMinimized)
