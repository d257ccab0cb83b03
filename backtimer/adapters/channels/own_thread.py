"""A channel's own thread, which starts when there is something to do and may be left behind."""

import threading
from collections.abc import Callable

from backtimer.domain.words import tr


class OwnThread:
    """Runs `run` in a thread from the first `wake` on.

    `changed` guards what `run` shares with other threads, and is notified when that changed.
    """

    def __init__(self, run: Callable[[], None], *, name: str) -> None:
        self.changed = threading.Condition()
        self._run = run
        self._name = name
        self._closed = False
        self._thread: threading.Thread | None = None

    @property
    def is_closed(self) -> bool:
        """Whether `run` is to end. Look at it under `changed`."""
        return self._closed

    def wake(self) -> None:
        """Tell `run` of a change, under `changed`. Raises RuntimeError: no thread can be had."""
        if self._thread is None and not self._closed:
            # A daemon: what hangs outside must not keep the program from ending.
            thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            thread.start()
            self._thread = thread
        self.changed.notify_all()

    def tell(self, report: Callable[[], None]) -> None:
        """Call `report`, but not after `close`."""
        with self.changed:
            # Under the lock: what receives the report may be gone once close() returned.
            if not self._closed:
                report()

    def close(self, wait_s: float) -> None:
        """Tell nothing from now on, and wait up to `wait_s` for the thread to end."""
        with self.changed:
            self._closed = True
            self.changed.notify_all()
        if self._thread is not None:
            self._thread.join(wait_s)


def no_thread() -> str:
    """What a person is told where no thread can be had."""
    return tr("The computer has no room for another thread.")
