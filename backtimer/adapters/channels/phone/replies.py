"""Asks for the answer that is given on the phone, and only while something rings.

Nothing listens here: an ntfy server keeps the answer until it is asked for it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from backtimer.adapters.channels.phone.ntfy import random_word, says_off

_SLOWEST_S = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class _Ringing:
    """One thing that rings, until it is answered. `topic`: 128 random bits."""

    topic: str = field(default_factory=random_word)
    ended: threading.Event = field(default_factory=threading.Event)
    asked: set[str] = field(default_factory=set)  # servers


class Replies:
    """Calls `answered(topic)`, from a thread, when the person says on the phone that it is off.

    A thread for each server and ringing, so that one that never ends its answer delays nobody.
    """

    def __init__(
        self, *, answered: Callable[[str], None], every_s: float = 4.0, patience_s: float = 5.0
    ) -> None:
        self._answered = answered
        self._every_s = every_s
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._ringing: _Ringing | None = None

    def begin(self) -> str:
        """The topic for answers to what rings now: the same until `end`."""
        with self._lock:
            if self._ringing is None:
                self._ringing = _Ringing()
            return self._ringing.topic

    def end(self) -> None:
        """What rang is answered: ask no more, and take no answer to it."""
        with self._lock:
            ringing, self._ringing = self._ringing, None
        if ringing:
            ringing.ended.set()

    def accepts(self, topic: str) -> bool:
        """Whether an answer to `topic` counts: once, and while it rings."""
        with self._lock:
            ringing = self._ringing
            if ringing is None or ringing.topic != topic or ringing.ended.is_set():
                return False
            ringing.ended.set()
            return True

    def ask(self, server: str, topic: str) -> None:
        """Ask `server` (`https://host`) from now on. From any thread; harmless when it does."""
        with self._lock:
            ringing = self._ringing
            if ringing is None or ringing.topic != topic or server in ringing.asked:
                return
            ringing.asked.add(server)
            thread = threading.Thread(
                target=self._run, args=(server, ringing), name="phone answers", daemon=True
            )
            try:
                thread.start()
            except RuntimeError:
                # The next repetition of the message tries again.
                ringing.asked.discard(server)

    def _run(self, server: str, ringing: _Ringing) -> None:
        # Here, as the first window need not wait for what is not asked before an alarm.
        from backtimer.adapters.channels.phone.http import NoAnswer, answer, opener

        by = opener(server)
        address = f"{server}/{ringing.topic}/json?poll=1&since=all"
        wait_s = self._every_s
        while not ringing.ended.wait(wait_s):
            try:
                said = answer(by, address, patience_s=self._patience_s)
            except NoAnswer:
                wait_s = min(2 * wait_s, max(_SLOWEST_S, self._every_s))
                continue
            wait_s = self._every_s
            if says_off(said, ringing.topic):
                with self._lock:
                    # Under the lock: what receives it may be gone once end() returned.
                    if self._ringing is ringing:
                        self._answered(ringing.topic)
                return
