"""Messages to the person's phone, and the answer from there: the port `Answerable`."""

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal

from backtimer.adapters.channels.own_thread import no_thread
from backtimer.adapters.channels.phone.replies import Replies
from backtimer.adapters.channels.phone.services import APP_NAME, PhoneMessage, Service, TimeLimits
from backtimer.adapters.channels.phone.worker import PhoneWorker
from backtimer.adapters.channels.probes import Probes
from backtimer.domain.announcements import Announcement
from backtimer.domain.hearing import switched_off
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding, Way, unknown
from backtimer.domain.reminding import Message
from backtimer.domain.view import Action
from backtimer.domain.words import tr

_CLOSE_S = 1.0


class Phone(QObject):
    """Sends the newest message to each address of the person's, and takes one answer to it.

    Sent: at least one service took it. What an answer or a newer message took the place of is
    not reported. Without an address it does nothing at all. Use from the main thread; close
    before the application ends.
    """

    _done = Signal(str, str)  # from the worker: delivery, why
    _reply_came = Signal(str)  # from a thread that asks: the topic
    _reported = Signal(Delivery, str)
    _answered = Signal(object)

    def __init__(
        self,
        *,
        limits: TimeLimits | None = None,
        ask_every_s: float = 4.0,
        ask_s: float = 5.0,
        look_s: float = 5.0,
        probe_s: float = 7.5,
        parent: QObject | None = None,
    ) -> None:
        """`ask_s`, `look_s`: what a server may take to tell the answer, and to be looked at.

        `probe_s`: what a probe may take in all.
        """
        super().__init__(parent)
        self._limits = limits or TimeLimits()
        self._look_s = look_s
        self._addresses: tuple[str, ...] = ()
        self._says_what = False
        self._lock = threading.Lock()
        self._closed = False
        self._probes = Probes(patience_s=probe_s, unanswered=_unanswered, parent=self)
        queued = Qt.ConnectionType.QueuedConnection
        self._done.connect(self._on_done, queued)
        self._reply_came.connect(self._on_reply_came, queued)
        self._replies = Replies(
            answered=self._reply_came.emit, every_s=ask_every_s, patience_s=ask_s
        )
        self._worker = PhoneWorker(
            limits=self._limits, report=self._done.emit, ask=self._replies.ask
        )

    def use(self, urls: Sequence[str], *, says_what: bool) -> None:
        """Send to `urls` from now on, with words about health in it or without."""
        self._addresses = tuple(each.strip() for each in urls if each.strip())
        self._says_what = says_what
        if not self._addresses:
            self.hush()

    def say(self, announcement: Announcement) -> None:
        """Send it, in place of what was not sent yet; with a button if it can be answered."""
        if not self._addresses or self._closed:
            return
        is_answerable = any(each.action is Action.OFF for each in announcement.buttons)
        is_trial = announcement.message is Message.TRIAL
        in_full = self._says_what or is_trial
        message = PhoneMessage(
            title=announcement.title if in_full else APP_NAME,
            body=announcement.body if in_full else tr("It is time. Please answer."),
            # A trial that makes less noise than an alarm would prove nothing.
            is_urgent=is_answerable or is_trial,
            topic=self._replies.begin() if is_answerable else "",
        )
        try:
            self._worker.send(message, self._addresses)
        except RuntimeError:
            self._done.emit(Delivery.FAILED.value, no_thread())

    def hush(self) -> None:
        """Send and ask no more. What is on the phone stays there; its button does nothing."""
        self._worker.drop()
        self._replies.end()

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None:
        """Call `listener(what became of it, why in a sentence)` in the main thread."""
        self._reported.connect(listener)

    def on_answer(self, listener: Callable[[Action | None], None]) -> None:
        """Call `listener` in the main thread with `Action.OFF`, once for what rings."""
        self._answered.connect(listener)

    def probe(self, listener: Callable[[tuple[Finding, ...]], None]) -> None:
        """Call `listener` once, in the main thread, within 8 s: whether services are reachable."""
        number = self._probes.begin(listener)
        if not self._addresses:
            self._probes.answer(number, switched_off(Way.PHONE))
            return
        # A thread of its own: the worker may be busy sending for much longer.
        thread = threading.Thread(
            target=self._look, args=(number, self._addresses), name="phone probe", daemon=True
        )
        try:
            thread.start()
        except RuntimeError:
            self._probes.answer(number, unknown(Way.PHONE, no_thread()))

    def close(self) -> None:
        """Report nothing more; waits up to a second."""
        with self._lock:
            self._closed = True
        self._probes.forget()
        # What the threads have reported already is still on its way.
        self.blockSignals(True)
        self._replies.end()
        self._worker.close(_CLOSE_S)

    def _look(self, number: int, addresses: Sequence[str]) -> None:
        from backtimer.adapters.channels.phone.look import look

        try:
            services = [
                Service(place, each, limits=self._limits) for place, each in enumerate(addresses, 1)
            ]
            finding = look(services, patience_s=self._look_s)
        except Exception:
            # Its text may hold an address.
            finding = unknown(Way.PHONE, tr("What sends to the phone could not be tried."))
        with self._lock:
            # Under the lock: what receives it may be gone once close() returned.
            if not self._closed:
                self._probes.answer(number, finding)

    def _on_done(self, delivery: str, why: str) -> None:
        self._reported.emit(Delivery(delivery), why)

    def _on_reply_came(self, topic: str) -> None:
        if self._replies.accepts(topic):
            self._answered.emit(Action.OFF)


def _unanswered() -> Finding:
    why = tr("The phone's service did not answer in time.")
    return unknown(Way.PHONE, why, tr("Try again in a minute."))
