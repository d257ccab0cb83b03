"""The thread that keeps a conversation with logind going, whatever becomes of bus and logind."""

import logging
import selectors
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from backtimer.adapters.sleep.grip import Grip

if TYPE_CHECKING:
    from backtimer.adapters.bus_link import BusLink

_log = logging.getLogger(__name__)

_AGAIN_S = 1.0
_AGAIN_MOST_S = 30.0


class LogindThread:
    """Sleeps until the bus or the main thread has something to say; no Qt in it.

    `tell(is_safe)` and `woke()` are called in this thread, and not any more after `close`.
    """

    def __init__(
        self,
        *,
        why: str,
        grip: Grip,
        tell: Callable[[bool], None],
        woke: Callable[[], None],
    ) -> None:
        self._why = why
        self._grip = grip
        self._tell = tell
        self._woke = woke
        self._closed = False
        self._lock = threading.Lock()
        self._again_s: float | None = None
        self._ears, self._mouth = socket.socketpair()
        self._mouth.setblocking(False)
        # A daemon: one that hangs must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="logind", daemon=True)

    def start(self) -> None:
        """Begin, where it has not begun or ended before."""
        if self._thread.ident is not None or self._closed:
            return
        try:
            self._thread.start()
        except RuntimeError as error:
            # The system has no more threads to give. Who holds next, tries again.
            _log.warning("no thread for logind: %s", error)
            self._tell(False)

    def nudge(self) -> None:
        """Something is wanted anew: look, and try at once what was to be tried later."""
        with self._lock:
            if not self._closed:
                self._wake()

    def close(self, wait_s: float) -> None:
        """Say nothing from now on, and wait up to `wait_s` for the end."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._wake()
        if self._thread.ident is None:
            self._ears.close()
        else:
            self._thread.join(wait_s)
        self._mouth.close()

    def _wake(self) -> None:
        # Full of what was not read yet: it will wake up anyway.
        with suppress(BlockingIOError):
            self._mouth.send(b".")

    def _run(self) -> None:
        with self._ears:
            while not self._closed:
                begun_s = time.monotonic()
                try:
                    self._converse()
                except Exception as error:
                    # Whatever a bus sends, this thread must live on.
                    _log.warning("no conversation with logind: %r", error)
                self._say(lambda: self._tell(False))
                self._rest(time.monotonic() - begun_s)

    def _converse(self) -> None:
        """Talk until the connection is lost or this is closed."""
        # Imported here, as the first window must not wait for it.
        from backtimer.adapters.bus_link import BusLink, system_bus
        from backtimer.adapters.sleep.logind import Logind

        with closing(BusLink(system_bus())) as link:
            self._again_s = self._again_s or _AGAIN_S
            logind = Logind(
                link,
                why=self._why,
                grip=self._grip,
                tell=lambda is_safe: self._say(lambda: self._tell(is_safe)),
                woke=lambda: self._say(self._woke),
            )
            while not self._closed:
                is_nudged, is_spoken_to = self._wait(logind.wait_s(), link)
                for message in link.read() if is_spoken_to else ():
                    logind.take(message)
                if is_nudged and self._grip.is_missing:
                    logind.ask()
                logind.look_at_time()

    def _rest(self, conversed_s: float) -> None:
        """Wait until it is time to connect again.

        Where there was no bus from the beginning it is not looked for again and again, but
        when somebody is about to lie down.
        """
        if self._closed:
            return
        again_s = self._again_s
        if again_s is not None and conversed_s > _AGAIN_MOST_S:
            again_s = _AGAIN_S
        is_nudged, _ = self._wait(again_s, None)
        if again_s is not None:
            self._again_s = _AGAIN_S if is_nudged else min(2 * again_s, _AGAIN_MOST_S)

    def _wait(self, timeout_s: float | None, link: "BusLink | None") -> tuple[bool, bool]:
        """Whether the main thread wants something, and whether the bus has something to say."""
        with selectors.DefaultSelector() as selector:
            for each in (self._ears, link):
                if each is not None:
                    selector.register(each, selectors.EVENT_READ)
            found = {key.fileobj for key, _ in selector.select(timeout_s)}
        if self._ears in found:
            self._ears.recv(64)
        return self._ears in found, link in found

    def _say(self, say: Callable[[], None]) -> None:
        # Under the lock: what hears it may be gone once close() returned.
        with self._lock:
            if not self._closed:
                say()
