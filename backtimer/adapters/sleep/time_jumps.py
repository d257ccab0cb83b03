"""Finds out from the machine's clocks that it slept, or that its wall clock was set."""

import sys
import time
from dataclasses import dataclass

from backtimer.adapters.system_clock import elapsed_s

# Less is a moment between two readings, or a clock that is being slowed down a little.
_JUMP_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The clocks at one moment: seconds awake, since the machine was started, and of the wall."""

    awake_s: float
    boot_s: float
    wall_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """How long the machine slept, and how far its clock was set; 0 where it was not."""

    slept_s: float
    set_s: float

    def __bool__(self) -> bool:
        return self.slept_s != 0 or self.set_s != 0


class TimeJumps:
    """Compares each reading with the one before."""

    def __init__(self, first: Reading) -> None:
        self._last = first

    def look(self, now: Reading) -> Jump:
        """What happened since the last look."""
        last, self._last = self._last, now
        boot_s = now.boot_s - last.boot_s
        return Jump(
            slept_s=_if_jump(boot_s - (now.awake_s - last.awake_s)),
            set_s=_if_jump(now.wall_s - last.wall_s - boot_s),
        )


def _if_jump(seconds: float) -> float:
    return seconds if abs(seconds) >= _JUMP_S else 0.0


def read_clocks() -> Reading:
    """All clocks now."""
    return Reading(awake_s=_awake_s(), boot_s=elapsed_s(), wall_s=time.time())


def _awake_s() -> float:
    """Seconds that stand still while the machine sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_UPTIME_RAW)
    if sys.platform == "win32":
        return _windows_awake_s()
    return elapsed_s()


if sys.platform == "win32":

    def _windows_awake_s() -> float:
        import ctypes

        tenths_of_us = ctypes.c_uint64()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(tenths_of_us))
        return tenths_of_us.value / 10_000_000
