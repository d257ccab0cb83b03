"""The thread that speaks: the newest text, until it is no longer wanted."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from backtimer.adapters.channels.own_thread import OwnThread
from backtimer.adapters.channels.voice.speech import NoVoice, Speech
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding
from backtimer.domain.words import tr

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    """A text to be spoken. One of the same words that comes later is another wish."""

    text: str


class VoiceWorker:
    """Speaks what was asked last. Starts its thread at the first request.

    Both reports come from that thread, and none after `close`: `report(delivery, why)` for a
    text that was spoken to its end or could not be, `probed(number, finding)`.
    """

    def __init__(
        self,
        *,
        speech: Speech,
        report: Callable[[str, str], None],
        probed: Callable[[int, Finding], None],
    ) -> None:
        self._speech = speech
        self._report = report
        self._probed = probed
        self._thread = OwnThread(self._run, name="voice")
        self._changed = self._thread.changed
        self._wish: _Wish | None = None  # spoken, or to be spoken
        self._probes: list[int] = []

    def say(self, text: str) -> None:
        """Speak `text` in place of all else, or go on with it. Raises RuntimeError: no thread."""
        with self._changed:
            if self._wish is None or self._wish.text != text:
                self._wish = _Wish(text)
            self._wake()

    def hush(self) -> None:
        """Fall silent at once."""
        with self._changed:
            self._wish = None
            self._changed.notify_all()

    def probe(self, number: int) -> None:
        """Report as `number` whether something could be spoken. Raises RuntimeError: no thread."""
        with self._changed:
            self._probes.append(number)
            self._wake()

    def close(self, wait_s: float) -> None:
        """Report nothing from now on, fall silent, and wait for the thread to end."""
        self._thread.close(wait_s)

    def _wake(self) -> None:
        try:
            self._thread.wake()
        except RuntimeError:
            self._wish = None
            self._probes.clear()
            raise

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wish or self._probes or self._is_closed)
                wish = self._wish
                if self._is_closed:
                    return
            try:
                if wish:
                    self._speak(wish)
                else:
                    self._look()
            except Exception:
                # This thread must live on: the next alarm matters more than this one.
                _log.exception("the voice failed")
                self._settle(wish, Delivery.FAILED, tr("The voice failed."))

    def _speak(self, wish: _Wish) -> None:
        try:
            is_spoken = self._speech.speak(wish.text, lambda s: self._is_wanted(wish, s))
        except NoVoice as error:
            self._settle(wish, Delivery.FAILED, str(error))
        else:
            if is_spoken:
                self._settle(wish, Delivery.SENT, "")

    def _settle(self, wish: _Wish | None, delivery: Delivery, why: str) -> None:
        with self._changed:
            if wish is None or self._wish is not wish:
                return
            self._wish = None
            self._thread.tell(lambda: self._report(delivery.value, why))

    def _is_wanted(self, wish: _Wish, seconds: float) -> bool:
        with self._changed:
            return not self._changed.wait_for(
                lambda: self._is_closed or self._wish is not wish, seconds
            )

    def _look(self) -> None:
        with self._changed:
            number = self._probes.pop(0)
        finding = self._speech.look(self._may_look)
        with self._changed:
            if finding is None:
                # A text came between.
                self._probes.insert(0, number)
            else:
                self._thread.tell(lambda: self._probed(number, finding))

    @property
    def _is_closed(self) -> bool:
        return self._thread.is_closed

    def _may_look(self, seconds: float) -> bool:
        with self._changed:
            return not self._changed.wait_for(lambda: self._is_closed or self._wish, seconds)
