"""Desktop notifications: the port `Answerable`, whose work is done on a thread of its own."""

import itertools
import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from backtimer.adapters.channels.notifications.findings import no_answer, unanswered
from backtimer.adapters.channels.notifications.worker import NotificationWorker
from backtimer.domain.announcements import Announcement
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding
from backtimer.domain.view import Action
from backtimer.domain.words import tr

_log = logging.getLogger(__name__)

# plyer gives up on a frozen daemon after 25 to 75 seconds, which is too late for a pack of ice.
PATIENCE_S = 5.0
# Less than the 8 s that a probe may take, and more than a daemon that has to be started first.
PROBE_S = 7.5
_CLOSE_S = 1.0


class DesktopChannel(QObject):
    """Shows messages as desktop notifications, with buttons where the desktop has them.

    Each message is reported once, unless it was replaced or hushed while it waited. Use from the
    main thread; close before the application ends.
    """

    # From the worker, each with a ticket first.
    _done = Signal(int, str, str)  # delivery, why
    _pressed = Signal(int, str)  # the action; empty for the popup itself
    _found = Signal(int, object)  # findings
    _reported = Signal(Delivery, str)
    _answered = Signal(object)

    def __init__(self, *, app_icon: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickets = itertools.count()
        self._hushed = -1  # what has a ticket up to this is answered
        self._watchdogs: dict[int, QTimer] = {}
        self._probes: dict[int, Callable[[tuple[Finding, ...]], None]] = {}
        self._closed = False
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)
        self._pressed.connect(self._on_pressed, Qt.ConnectionType.QueuedConnection)
        self._found.connect(self._on_found, Qt.ConnectionType.QueuedConnection)
        self._worker = NotificationWorker(
            app_icon=app_icon,
            report=self._emit_done,
            answered=self._emit_pressed,
            found=self._emit_found,
        )

    def say(self, announcement: Announcement) -> None:
        """Show a message; returns at once and never raises."""
        if self._closed:
            return
        ticket = self._watch(PATIENCE_S, self._fail)
        try:
            replaced = self._worker.say(ticket, announcement)
        except RuntimeError as error:
            _log.warning("no thread for notifications: %s", error)
            self._emit_done(ticket, Delivery.FAILED, tr("The computer is out of resources."))
            return
        for each in replaced:
            self._settle(each)

    def hush(self) -> None:
        """Take back what needed an answer; what is only good to know stays."""
        if not self._closed:
            self._hushed = next(self._tickets)
            for each in self._worker.hush():
                self._settle(each)

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None:
        """Call `listener(what became of it, why in a sentence)` in the main thread."""
        self._reported.connect(listener)

    def on_answer(self, listener: Callable[[Action | None], None]) -> None:
        """Call `listener` in the main thread with the button, or None for the popup itself."""
        self._answered.connect(listener)

    def probe(self, listener: Callable[[tuple[Finding, ...]], None]) -> None:
        """Call `listener(findings for NOTIFICATION and BUTTONS)`. No notification is shown."""
        if self._closed:
            return
        ticket = self._watch(PROBE_S, lambda ticket: self._on_found(ticket, unanswered()))
        self._probes[ticket] = listener
        try:
            self._worker.probe(ticket)
        except RuntimeError as error:
            _log.warning("no thread for notifications: %s", error)
            self._emit_found(ticket, unanswered())

    def close(self) -> None:
        """Report nothing more, and wait up to a second for what is still to be sent."""
        self._closed = True
        for ticket in list(self._watchdogs):
            self._settle(ticket)
        self._worker.close(_CLOSE_S)

    def _emit_done(self, ticket: int, delivery: Delivery, why: str) -> None:
        self._done.emit(ticket, delivery.value, why)

    def _emit_pressed(self, ticket: int, action: Action | None) -> None:
        self._pressed.emit(ticket, "" if action is None else action.value)

    def _emit_found(self, ticket: int, findings: tuple[Finding, ...]) -> None:
        self._found.emit(ticket, findings)

    def _on_done(self, ticket: int, delivery: str, why: str) -> None:
        if self._settle(ticket):
            self._reported.emit(Delivery(delivery), why)

    def _on_pressed(self, ticket: int, action: str) -> None:
        # What was pressed on its way here may be answered in the window by now.
        if ticket > self._hushed and not self._closed:
            self._answered.emit(Action(action) if action else None)

    def _on_found(self, ticket: int, findings: tuple[Finding, ...]) -> None:
        listener = self._probes.get(ticket)
        if self._settle(ticket) and listener is not None:
            listener(findings)

    def _fail(self, ticket: int) -> None:
        # What was called failed is shown in another way: it must not pop up late.
        self._worker.withdraw(ticket)
        self._on_done(ticket, Delivery.FAILED, no_answer())

    def _watch(self, patience_s: float, on_overdue: Callable[[int], None]) -> int:
        """Return a new ticket, for which `on_overdue` is called unless it is settled by then."""
        ticket = next(self._tickets)
        watchdog = QTimer(self, singleShot=True, interval=int(patience_s * 1000))
        watchdog.timeout.connect(lambda: on_overdue(ticket))
        self._watchdogs[ticket] = watchdog
        watchdog.start()
        return ticket

    def _settle(self, ticket: int) -> bool:
        """Stop watching over an errand; False when that was done before."""
        self._probes.pop(ticket, None)
        watchdog = self._watchdogs.pop(ticket, None)
        if watchdog is None:
            return False
        watchdog.stop()
        watchdog.deleteLater()
        return True
