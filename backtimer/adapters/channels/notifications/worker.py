"""The thread that shows notifications, and the short queue before it; no Qt in it."""

import logging
import selectors
import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import assert_never

from backtimer.adapters.channels.notifications.errands import Errand, Hush, Probe, Say
from backtimer.adapters.channels.notifications.findings import NoDaemon
from backtimer.adapters.channels.notifications.notifier import Notifier, notifier_here
from backtimer.domain.announcements import Announcement
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding
from backtimer.domain.view import Action
from backtimer.domain.words import tr

_log = logging.getLogger(__name__)


class NotificationWorker:
    """Shows one message after another, and hears in between what is pressed on them.

    Starts its thread at the first errand, and raises RuntimeError where the system has none to
    give. The reports come from that thread, and none after `close`: `report(ticket, what became
    of it, why)`, `answered(ticket, action)`, `found(ticket, findings)`.
    """

    def __init__(
        self,
        *,
        app_icon: Path,
        report: Callable[[int, Delivery, str], None],
        answered: Callable[[int, Action | None], None],
        found: Callable[[int, tuple[Finding, ...]], None],
    ) -> None:
        self._app_icon = app_icon
        self._report = report
        self._answered = answered
        self._found = found
        self._lock = threading.Lock()
        self._waiting: deque[Errand] = deque()
        self._current: Say | None = None
        self._is_wanted = False
        self._closed = False
        self._notifier: Notifier | None = None
        self._thread: threading.Thread | None = None
        self._ears, self._mouth = socket.socketpair()
        self._mouth.setblocking(False)

    def say(self, ticket: int, announcement: Announcement) -> list[int]:
        """Queue a message; returns the tickets of those of its kind that it replaced there."""
        kind = announcement.message
        with self._lock:
            self._add(Say(ticket=ticket, announcement=announcement))
            return self._drop(lambda say: say.announcement.message is kind and say.ticket < ticket)

    def hush(self) -> list[int]:
        """Take back what needs an answer; returns the tickets of what was not shown yet."""
        with self._lock:
            dropped = self._drop(lambda say: say.needs_answer)
            if self._current is not None and self._current.needs_answer:
                self._is_wanted = False
                dropped.append(self._current.ticket)
            # Nothing is shown before the thread is there.
            if self._thread is not None and not self._closed:
                self._waiting.appendleft(Hush())
                self._wake()
            return dropped

    def probe(self, ticket: int) -> None:
        """Find out what would become of a notification."""
        with self._lock:
            self._add(Probe(ticket=ticket))

    def withdraw(self, ticket: int) -> None:
        """Do not show a message any more, nor report it."""
        with self._lock:
            self._drop(lambda say: say.ticket == ticket)
            if self._current is not None and self._current.ticket == ticket:
                self._is_wanted = False

    def close(self, wait_s: float) -> None:
        """Report nothing from now on, and wait for the thread to send what is queued."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._wake()
        if self._thread is None:
            self._ears.close()
        else:
            self._thread.join(wait_s)
        self._mouth.close()

    def _add(self, errand: Errand) -> None:
        if self._closed:
            return
        if self._thread is None:
            # A daemon: one that hangs must not keep the program from ending.
            thread = threading.Thread(target=self._run, name="notify", daemon=True)
            thread.start()
            self._thread = thread
        self._waiting.append(errand)
        self._wake()

    def _drop(self, unwanted: Callable[[Say], bool]) -> list[int]:
        dropped = [e for e in self._waiting if isinstance(e, Say) and unwanted(e)]
        for each in dropped:
            self._waiting.remove(each)
        return [each.ticket for each in dropped]

    def _wake(self) -> None:
        # Full of what was not read yet: it will wake up anyway.
        with suppress(BlockingIOError):
            self._mouth.send(b".")

    def _run(self) -> None:
        with self._ears:
            while True:
                errand = self._next()
                if self._closed and self._notifier is not None:
                    self._shielded(self._notifier.part)
                if errand is not None:
                    self._shielded(partial(self._do, errand))
                elif self._closed:
                    break
                else:
                    self._wait()
            if self._notifier is not None:
                self._notifier.close()

    def _next(self) -> Errand | None:
        with self._lock:
            errand = self._waiting.popleft() if self._waiting else None
            self._current = errand if isinstance(errand, Say) else None
            self._is_wanted = self._current is not None
            return errand

    def _wait(self) -> None:
        """Sleep until the main thread or the desktop has something to say."""
        desktop = None if self._notifier is None else self._notifier.fileno()
        with selectors.DefaultSelector() as selector:
            selector.register(self._ears, selectors.EVENT_READ)
            if desktop is not None:
                selector.register(desktop, selectors.EVENT_READ)
            found = {key.fd for key, _ in selector.select()}
        if self._ears.fileno() in found:
            self._ears.recv(4096)
        if desktop in found and self._notifier is not None:
            self._shielded(self._notifier.catch_up)

    def _do(self, errand: Errand) -> None:
        match errand:
            case Say():
                self._show(errand)
            case Hush():
                self._get_ready().hush()
            case Probe():
                findings = self._get_ready().findings()
                self._tell(lambda: self._found(errand.ticket, findings))
            case _:
                assert_never(errand)

    def _get_ready(self) -> Notifier:
        if self._notifier is None:
            self._notifier = notifier_here(app_icon=self._app_icon, answered=self._on_answered)
        return self._notifier

    def _show(self, say: Say) -> None:
        delivery, why = self._try(say)
        with self._lock:
            is_wanted = self._is_wanted
            self._current = None
        if is_wanted:
            self._tell(lambda: self._report(say.ticket, delivery, why))
        elif self._notifier is not None:
            self._notifier.take_back(say.ticket)

    def _try(self, say: Say) -> tuple[Delivery, str]:
        try:
            return self._get_ready().show(say, lambda: self._is_wanted)
        except NoDaemon as error:
            return Delivery.FAILED, error.why
        except Exception as error:
            # plyer's back ends raise what they like.
            _log.warning("the notification was not shown", exc_info=True)
            why = tr("The desktop did not take the notification: {why}.", why=repr(error))
            return Delivery.FAILED, why

    def _on_answered(self, ticket: int, action: Action | None) -> None:
        self._tell(lambda: self._answered(ticket, action))

    def _tell(self, tell: Callable[[], None]) -> None:
        # Under the lock: what hears it may be gone once close() returned.
        with self._lock:
            if not self._closed:
                tell()

    def _shielded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            # Whatever a desktop does, this thread must live on.
            _log.warning("notifications", exc_info=True)
