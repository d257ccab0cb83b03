"""A voice that says what to do: the port `Channel`, by the platform's own speech."""

import itertools
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from backtimer.adapters.channels.voice.speech import speech
from backtimer.adapters.channels.voice.worker import VoiceWorker
from backtimer.domain.announcements import Announcement
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding, Way, unknown
from backtimer.domain.words import tr

_CLOSE_S = 1.0


class Voice(QObject):
    """Says the newest text. One that is said already is not begun anew.

    A text that was spoken to its end, or could not be spoken, is reported; one that was cut off
    by an answer, or by a newer text, is not. Use from the main thread; close before the
    application ends.
    """

    _done = Signal(str, str)  # from the worker: delivery, why
    _found_out = Signal(int, object)  # from the worker: number, finding
    _reported = Signal(Delivery, str)

    def __init__(
        self,
        *,
        patience_s: float = 6.0,
        attempt_s: float = 3.0,
        probe_s: float = 7.5,
        parent: QObject | None = None,
    ) -> None:
        """`patience_s`: what a program may take to begin; `attempt_s`: to speak in silence.

        `probe_s`: what a probe may take in all.
        """
        super().__init__(parent)
        self._probe_ms = int(probe_s * 1000)
        self._numbers = itertools.count()
        self._probes: dict[int, Callable[[tuple[Finding, ...]], None]] = {}
        queued = Qt.ConnectionType.QueuedConnection
        self._done.connect(self._on_done, queued)
        self._found_out.connect(self._on_found_out, queued)
        self._worker = VoiceWorker(
            speech=speech(patience_s=patience_s, attempt_s=attempt_s),
            report=self._done.emit,
            probed=self._found_out.emit,
        )

    def say(self, announcement: Announcement) -> None:
        """Say `announcement.spoken`, in place of what is said."""
        if not announcement.spoken:
            return
        try:
            self._worker.say(announcement.spoken)
        except RuntimeError:
            self._done.emit(Delivery.FAILED.value, _no_thread())

    def hush(self) -> None:
        """Be silent within a fifth of a second. Harmless when nothing is said."""
        self._worker.hush()

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None:
        """Call `listener(what became of it, why in a sentence)` in the main thread."""
        self._reported.connect(listener)

    def probe(self, listener: Callable[[tuple[Finding, ...]], None]) -> None:
        """Call `listener` once, in the main thread, within 8 s: whether a voice can be heard.

        A text is spoken without being heard, as a program that is there may hang.
        """
        number = next(self._numbers)
        self._probes[number] = listener
        QTimer.singleShot(self._probe_ms, self, lambda: self._on_no_answer(number))
        try:
            self._worker.probe(number)
        except RuntimeError:
            self._found_out.emit(number, unknown(Way.VOICE, _no_thread()))

    def close(self) -> None:
        """Fall silent and report nothing more; waits up to a second."""
        self._probes.clear()
        # What the worker has reported already is still on its way.
        self.blockSignals(True)
        self._worker.close(_CLOSE_S)

    def _on_done(self, delivery: str, why: str) -> None:
        self._reported.emit(Delivery(delivery), why)

    def _on_found_out(self, number: int, finding: Finding) -> None:
        if listener := self._probes.pop(number, None):
            listener((finding,))

    def _on_no_answer(self, number: int) -> None:
        why = tr("The voice did not answer in time.")
        self._on_found_out(number, unknown(Way.VOICE, why, tr("Try again in a minute.")))


def _no_thread() -> str:
    return tr("The computer has no room for another thread.")
