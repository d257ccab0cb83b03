"""Who asked what a channel could do now: each is told once, in the main thread, and in time."""

import itertools
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from backtimer.domain.reach import Finding

Listener = Callable[[tuple[Finding, ...]], None]


class Probes(QObject):
    """Whoever waits for a finding. Use from the main thread, but for `answer`.

    Who was not answered after `patience_s` is told what `unanswered` returns.
    """

    _found_out = Signal(int, object)  # number, finding

    def __init__(
        self, *, patience_s: float, unanswered: Callable[[], Finding], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._patience_ms = int(patience_s * 1000)
        self._unanswered = unanswered
        self._numbers = itertools.count()
        self._listeners: dict[int, Listener] = {}
        self._found_out.connect(self._on_found_out, Qt.ConnectionType.QueuedConnection)

    def begin(self, listener: Listener) -> int:
        """Have `listener` told later; returns the number to answer under."""
        number = next(self._numbers)
        self._listeners[number] = listener
        QTimer.singleShot(
            self._patience_ms, self, lambda: self._on_found_out(number, self._unanswered())
        )
        return number

    def answer(self, number: int, finding: Finding) -> None:
        """This was found out, in any thread."""
        self._found_out.emit(number, finding)

    def forget(self) -> None:
        """Tell nobody any more."""
        self._listeners.clear()

    def _on_found_out(self, number: int, finding: Finding) -> None:
        if listener := self._listeners.pop(number, None):
            listener((finding,))
