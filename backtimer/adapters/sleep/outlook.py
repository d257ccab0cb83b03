"""What the person is to know about the machine's sleep before lying down."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from backtimer.domain.words import tr


class Outlook(QObject):
    """Remembers whether the machine can be kept awake, and tells of each change in a sentence.

    Use from the main thread.
    """

    _changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sentence: str | None = None

    def on_change(self, listener: Callable[[str], None]) -> None:
        """Call `listener` now if something is known, and at each change."""
        self._changed.connect(listener)
        if self._sentence is not None:
            listener(self._sentence)

    def settle(self, *, is_safe: bool) -> None:
        """It is known now: the machine stays awake when asked to, or it may not."""
        sentence = "" if is_safe else _caution()
        if sentence != self._sentence:
            self._sentence = sentence
            self._changed.emit(sentence)


def _caution() -> str:
    return tr(
        "This computer may fall asleep by itself and could not ring then."
        " Switch automatic sleep off while you use the timer."
    )
