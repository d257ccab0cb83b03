"""Linux: keeps the machine awake through logind, and hears from it when it slept."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from backtimer.adapters.sleep.grip import Grip
from backtimer.adapters.sleep.logind_thread import LogindThread
from backtimer.adapters.sleep.outlook import Outlook
from backtimer.domain.words import tr

_CLOSE_S = 1.0


class LogindInhibitor(QObject):
    """The ports `SleepInhibitor` and `Waking` by a thread that talks to logind.

    Use from the main thread; close before the application ends.
    """

    _answered = Signal(bool)  # from the thread: whether the machine can be kept awake
    _slept = Signal()  # from the thread
    _woke = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outlook = Outlook(self)
        self._grip = Grip()
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._slept.connect(self._on_slept, Qt.ConnectionType.QueuedConnection)
        self._thread = LogindThread(
            why=tr("A pack of ice or heat is on and has to come off in time."),
            grip=self._grip,
            tell=self._answered.emit,
            woke=self._slept.emit,
        )

    def start(self) -> None:
        """Find out how things stand, and listen from now on."""
        self._thread.start()

    def hold(self) -> None:
        """From now on the machine does not fall asleep by itself. Harmless when held already."""
        self._grip.want()
        self._thread.start()
        self._thread.nudge()

    def release(self) -> None:
        """It may, from this moment on. Harmless when nothing is held."""
        self._grip.let_go()

    def on_outlook(self, listener: Callable[[str], None]) -> None:
        """Call `listener` as the port says; it is known soon after `start`."""
        self._outlook.on_change(listener)

    def on_wake(self, listener: Callable[[], None]) -> None:
        """Call `listener` in the main thread each time when logind says that sleep is over."""
        self._woke.connect(listener)

    def close(self) -> None:
        """Let go and tell nothing more; takes up to a second where the bus hangs."""
        self._thread.close(_CLOSE_S)
        self._grip.let_go()

    def _on_answered(self, is_safe: bool) -> None:  # noqa: FBT001 - the signal's
        self._outlook.settle(is_safe=is_safe)

    def _on_slept(self) -> None:
        self._woke.emit()
