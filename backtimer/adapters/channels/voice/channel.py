"""A voice that says what to do: the port `Channel`, by the platform's own speech."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from backtimer.adapters.channels.own_thread import no_thread
from backtimer.adapters.channels.probes import Probes
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
        self._probes = Probes(patience_s=probe_s, unanswered=_unanswered, parent=self)
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)
        self._worker = VoiceWorker(
            speech=speech(patience_s=patience_s, attempt_s=attempt_s),
            report=self._done.emit,
            probed=self._probes.answer,
        )

    def say(self, announcement: Announcement) -> None:
        """Say `announcement.spoken`, in place of what is said."""
        if not announcement.spoken:
            return
        try:
            self._worker.say(announcement.spoken)
        except RuntimeError:
            self._done.emit(Delivery.FAILED.value, no_thread())

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
        number = self._probes.begin(listener)
        try:
            self._worker.probe(number)
        except RuntimeError:
            self._probes.answer(number, unknown(Way.VOICE, no_thread()))

    def close(self) -> None:
        """Fall silent and report nothing more; waits up to a second."""
        self._probes.forget()
        # What the worker has reported already is still on its way.
        self.blockSignals(True)
        self._worker.close(_CLOSE_S)

    def _on_done(self, delivery: str, why: str) -> None:
        self._reported.emit(Delivery(delivery), why)


def _unanswered() -> Finding:
    why = tr("The voice did not answer in time.")
    return unknown(Way.VOICE, why, tr("Try again in a minute."))
