"""Ctrl-C and the system's request to end, brought into Qt's event loop."""

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier


class Termination(QObject):
    """Calls `ask` from the event loop when the program is asked to end.

    Python looks at signals only between its own instructions; in Qt's loop that can be late.
    A byte on a socket wakes the loop.
    """

    def __init__(self, ask: Callable[[], None]) -> None:
        super().__init__()
        self._ask = ask
        self._ears, self._mouth = socket.socketpair()
        self._ears.setblocking(False)
        self._mouth.setblocking(False)
        self._before = signal.set_wakeup_fd(self._mouth.fileno())
        self._handlers = {
            each: signal.signal(each, self._on_signal) for each in (signal.SIGINT, signal.SIGTERM)
        }
        self._notifier = QSocketNotifier(self._ears.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_byte)

    def close(self) -> None:
        """Leave signals as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for each, handler in self._handlers.items():
            signal.signal(each, handler)
        self._ears.close()
        self._mouth.close()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Nothing here: the byte on the socket says it."""

    def _on_byte(self) -> None:
        self._ears.recv(64)
        self._ask()
