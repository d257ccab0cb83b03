"""Tells that time may have jumped, from whoever knows: logind, the kernel or the clocks."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from backtimer.adapters.sleep.clock_set import ClockSetNotifier
from backtimer.adapters.sleep.time_jumps import Jump, Reading, TimeJumps, read_clocks
from backtimer.domain.ports import Waking

_log = logging.getLogger(__name__)

# Qt may be some hundredths late, and a second is promised.
_LOOK_MS = 900


class SystemWaking(QObject):
    """The port `Waking`. `herald` is another one that may know it sooner, such as logind's.

    Where the kernel tells, nothing runs until it does; elsewhere the clocks are compared about
    once a second. Use from the main thread; close before the application ends.
    """

    _woke = Signal()

    def __init__(
        self,
        *,
        herald: Waking,
        read: Callable[[], Reading] = read_clocks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._jumps = TimeJumps(read())
        self._notifier: ClockSetNotifier | None = None
        self._timer: QTimer | None = None
        herald.on_wake(self._on_told)

    def start(self) -> None:
        """Watch from now on; once."""
        try:
            self._notifier = ClockSetNotifier(self._on_told, self)
        except OSError as error:
            _log.info("the clocks are compared each second: %s", error)
            self._timer = QTimer(self, interval=_LOOK_MS)
            self._timer.timeout.connect(self.check)
            self._timer.start()

    def on_wake(self, listener: Callable[[], None]) -> None:
        """Call `listener` in the main thread, within a second of it, maybe more than once."""
        self._woke.connect(listener)

    def check(self) -> None:
        """Compare the clocks now, and tell if they jumped: at each alarm, should all else fail."""
        if self._look():
            self._woke.emit()

    def close(self) -> None:
        """Watch no more. Harmless when it was not started or is closed already."""
        if self._notifier is not None:
            self._notifier.close()
            self._notifier = None
        if self._timer is not None:
            self._timer.stop()

    def _on_told(self) -> None:
        self._look()
        self._woke.emit()

    def _look(self) -> Jump:
        """Write down what happened since the last look."""
        jump = self._jumps.look(self._read())
        if jump.slept_s:
            _log.info("the machine slept %.1f s", jump.slept_s)
        if jump.set_s:
            _log.info("the clock was set by %+.1f s", jump.set_s)
        return jump
