"""The alarm clock: one APScheduler date job on one precise Qt timer, in the main thread."""

import inspect
import logging
import math
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from backtimer.adapters.system_clock import elapsed_s


@contextmanager
def _without_asyncio() -> Iterator[None]:
    """Let APScheduler import one function of asyncio without asyncio, ssl and 6 MB.

    Its `util` needs `iscoroutinefunction` only, and takes that of `inspect` from Python 3.14
    on. The stand-in is gone when its import is done; asyncio itself is not touched.
    """
    if "asyncio" in sys.modules:
        yield
        return
    stand_in = types.ModuleType("asyncio")
    stand_in.__dict__["iscoroutinefunction"] = inspect.iscoroutinefunction
    sys.modules["asyncio"] = stand_in
    try:
        yield
    finally:
        del sys.modules["asyncio"]


with _without_asyncio():
    from apscheduler.executors.debug import DebugExecutor
    from apscheduler.schedulers.qt import QtScheduler
    from apscheduler.triggers.date import DateTrigger

# A timer does not count the time asleep and knows nothing of a clock that was set, so no wait
# is longer than this.
LONGEST_WAIT_S = 30.0
_LONGEST_DELAY_S = 366 * 86_400.0
_JOB = "alarm"
_SAME_S = 0.002


class _OneTimerScheduler(QtScheduler):  # type: ignore[misc] # APScheduler has no types
    """QtScheduler on a timer that it owns, so that a wake-up can be replaced and cancelled.

    The stock one keeps the result of `QTimer.singleShot`, which is None: each change of a job
    leaves one more chain of timers, which runs on after `shutdown`. `on_wake_up(waited_long=)`
    is called before jobs are looked for. `left_s()`: the longest wait that elapsed time allows.
    """

    def __init__(
        self, *, on_wake_up: Callable[..., None], left_s: Callable[[], float], **options: object
    ) -> None:
        self._on_wake_up = on_wake_up
        self._left_s = left_s
        self._waits_long = False
        self._owned = QTimer()
        self._owned.setSingleShot(True)
        self._owned.setTimerType(Qt.TimerType.PreciseTimer)
        self._owned.timeout.connect(self._on_timeout)
        super().__init__(**options)

    def rest(self) -> None:
        """Do not wake up until a job is added."""
        self._stop_timer()

    def _start_timer(self, wait_seconds: float | None) -> None:
        self._stop_timer()
        if wait_seconds is None:
            return
        # The job's time is the wall clock's, which may be set while it is worked out.
        wait_s = min(wait_seconds, self._left_s())
        self._waits_long = wait_s > LONGEST_WAIT_S
        # Rounded up: a timer that is a fraction early would find nothing due and spin.
        self._owned.start(math.ceil(min(wait_s, LONGEST_WAIT_S) * 1000))

    def _stop_timer(self) -> None:
        self._owned.stop()

    def _on_timeout(self) -> None:
        self._on_wake_up(waited_long=self._waits_long)
        self._process_jobs()


class SchedulerAlarm(QObject):
    """The port `Alarm`, rung by APScheduler; needs a running Qt event loop.

    Also rings about twice a minute while an alarm is set, so that whoever listens looks at
    the clock again after the machine slept or its clock was set.
    """

    _due = Signal()
    _rang = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deadline_s: float | None = None
        self._run_at: datetime | None = None
        self._ringing = False
        # Queued: a job that sets the alarm anew while it runs would have it deleted.
        self._due.connect(self._on_due, Qt.ConnectionType.QueuedConnection)
        # APScheduler writes a line at level INFO for each job.
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        self._scheduler = _OneTimerScheduler(
            on_wake_up=self._on_wake_up,
            left_s=self._left_s,
            timezone=UTC,
            executors={"default": DebugExecutor()},
            job_defaults={"misfire_grace_time": None, "coalesce": True},
        )
        self._scheduler.start()

    def set(self, delay_s: float) -> None:
        """Ring in `delay_s` real seconds (0 or more); this replaces what was set before.

        Does nothing after `shutdown`.
        """
        if not self._scheduler.running:
            return
        self._ringing = False
        delay_s = min(max(0.0, delay_s), _LONGEST_DELAY_S)
        self._deadline_s = elapsed_s() + delay_s
        self._schedule(delay_s)

    def cancel(self) -> None:
        """Do not ring, not even for an alarm that is due but was not yet heard."""
        self._ringing = False
        self._deadline_s = None
        if self._run_at is not None:
            self._run_at = None
            self._scheduler.remove_job(_JOB)
        self._scheduler.rest()

    def on_ring(self, listener: Callable[[], None]) -> None:
        """Call `listener` in the main thread, from its event loop, at each ring."""
        self._rang.connect(listener)

    def shutdown(self) -> None:
        """Fall silent for good."""
        if self._scheduler.running:
            self.cancel()
            self._scheduler.shutdown(wait=False)

    def _schedule(self, delay_s: float) -> None:
        run_at = datetime.now(UTC) + timedelta(seconds=delay_s)
        if self._run_at is not None and abs((run_at - self._run_at).total_seconds()) < _SAME_S:
            return
        self._run_at = run_at
        self._scheduler.add_job(
            self._on_job, DateTrigger(run_at, UTC), id=_JOB, replace_existing=True
        )

    def _left_s(self) -> float:
        return math.inf if self._deadline_s is None else max(0.0, self._deadline_s - elapsed_s())

    def _on_wake_up(self, *, waited_long: bool) -> None:
        """Move the job to where elapsed time wants it, as the wall clock may have been set."""
        if self._deadline_s is None:
            return
        self._schedule(max(0.0, self._deadline_s - elapsed_s()))
        if waited_long:
            self._ring()

    def _on_job(self) -> None:
        # APScheduler deletes a date job once it ran.
        self._run_at = None
        self._deadline_s = None
        self._ring()

    def _ring(self) -> None:
        self._ringing = True
        self._due.emit()

    def _on_due(self) -> None:
        if self._ringing:
            self._ringing = False
            self._rang.emit()
