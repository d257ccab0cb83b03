"""Desktop notifications: the port `Channel` on a thread of its own, as plyer may block."""

import itertools
import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from backtimer.adapters.channels.notification_daemon import NoDaemon
from backtimer.adapters.channels.plyer_notifier import PlyerNotifier
from backtimer.domain.ports import Delivery, Urgency
from backtimer.domain.words import tr

_log = logging.getLogger(__name__)

# plyer gives up on a frozen daemon after 25 to 75 seconds, which is too late for a pack of ice.
PATIENCE_S = 5.0
_QUEUE_LENGTH = 3
_CLOSE_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    ticket: int
    title: str
    body: str
    urgency: Urgency

    def replaces(self, older: "_Message") -> bool:
        return self.title == older.title and self.urgency is older.urgency


class DesktopChannel(QObject):
    """Shows messages as desktop notifications. Each is reported once, sent or failed.

    Only a message that a newer one of the same title replaced while it waited is not
    reported. Use from the main thread; close before the application ends.
    """

    _done = Signal(int, str, str)  # from the worker: ticket, delivery, why
    _reported = Signal(Delivery, str)

    def __init__(self, *, app_icon: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickets = itertools.count()
        self._watchdogs: dict[int, QTimer] = {}
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)
        notifier = PlyerNotifier(app_icon=app_icon)
        self._worker = _Worker(
            show=lambda message: notifier.show(message.title, message.body), report=self._emit
        )

    def send(self, title: str, body: str, urgency: Urgency) -> None:
        """Show a message; returns at once and never raises."""
        message = _Message(ticket=next(self._tickets), title=title, body=body, urgency=urgency)
        replaced, crowded_out = self._worker.put(message)
        for ticket in replaced:
            self._settle(ticket)
        for ticket in crowded_out:
            self._fail(ticket)
        watchdog = QTimer(self, singleShot=True, interval=int(PATIENCE_S * 1000))
        watchdog.timeout.connect(lambda: self._fail(message.ticket))
        self._watchdogs[message.ticket] = watchdog
        watchdog.start()

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None:
        """Call `listener(what became of it, why in a sentence)` in the main thread."""
        self._reported.connect(listener)

    def close(self) -> None:
        """Report nothing more, and wait up to a second for what is still to be sent."""
        for ticket in list(self._watchdogs):
            self._settle(ticket)
        self._worker.close(_CLOSE_S)

    def _emit(self, ticket: int, delivery: Delivery, why: str) -> None:
        self._done.emit(ticket, delivery.value, why)

    def _on_done(self, ticket: int, delivery: str, why: str) -> None:
        if self._settle(ticket):
            self._reported.emit(Delivery(delivery), why)

    def _fail(self, ticket: int) -> None:
        # What was called failed is shown in another way: it must not pop up late.
        self._worker.withdraw(ticket)
        self._on_done(
            ticket, Delivery.FAILED, tr("The desktop's notification service does not answer.")
        )

    def _settle(self, ticket: int) -> bool:
        """Stop watching over a message; False when that was done before."""
        watchdog = self._watchdogs.pop(ticket, None)
        if watchdog is None:
            return False
        watchdog.stop()
        watchdog.deleteLater()
        return True


class _Worker:
    """The thread that shows one message after another, and the short queue before it."""

    def __init__(
        self, *, show: Callable[[_Message], None], report: Callable[[int, Delivery, str], None]
    ) -> None:
        self._show = show
        self._report = report
        self._waiting: deque[_Message] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None

    def put(self, message: _Message) -> tuple[list[int], list[int]]:
        """Queue a message; returns the tickets that it replaced and those it crowded out."""
        with self._changed:
            if self._closed:
                return [], []
            replaced = [m for m in self._waiting if message.replaces(m)]
            for old in replaced:
                self._waiting.remove(old)
            self._waiting.append(message)
            crowded_out = []
            while len(self._waiting) > _QUEUE_LENGTH:
                crowded_out.append(self._waiting.popleft().ticket)
            if self._thread is None:
                # A daemon: one that hangs must not keep the program from ending.
                self._thread = threading.Thread(target=self._run, name="notify", daemon=True)
                self._thread.start()
            self._changed.notify()
        return [m.ticket for m in replaced], crowded_out

    def withdraw(self, ticket: int) -> None:
        """Take a message out of the queue if it is still there."""
        with self._changed:
            self._waiting = deque(m for m in self._waiting if m.ticket != ticket)

    def close(self, wait_s: float) -> None:
        """Report nothing from now on, and wait for the thread to send what is queued."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(wait_s)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closed)
                if not self._waiting:
                    return
                message = self._waiting.popleft()
            delivery, why = self._try(message)
            with self._changed:
                # Under the lock: what receives the report may be gone once close() returned.
                if not self._closed:
                    self._report(message.ticket, delivery, why)

    def _try(self, message: _Message) -> tuple[Delivery, str]:
        try:
            self._show(message)
        except NoDaemon as error:
            return Delivery.FAILED, str(error)
        except Exception as error:
            # plyer's back ends raise what they like, and this thread must live on.
            _log.warning("plyer failed", exc_info=True)
            why = tr("The desktop did not take the notification: {why}.", why=repr(error))
            return Delivery.FAILED, why
        return Delivery.SENT, ""
