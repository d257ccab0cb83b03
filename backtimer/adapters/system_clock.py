"""The machine's clocks: elapsed time since boot beside the wall time of the local zone."""

import math
import sys
import time
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path

from backtimer.domain.clock import Moment

_ZONE_CHECK_S = 1.0
_MINUTE_S = 60.0
_YEAR_S = 31_556_952
_MIDWINTER_S, _MIDSUMMER_S = 15 * 86_400, 196 * 86_400


def elapsed_s() -> float:
    """Seconds since the machine was started, those asleep included; nobody can set them."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


def boot_id() -> str:
    """A text that is the same as long as the machine runs and another after each start."""
    if sys.platform == "linux":
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    if sys.platform == "darwin":
        return _macos_boot_id()
    if sys.platform == "win32":
        return _windows_boot_id()
    return _boot_minute()


def _boot_minute() -> str:
    """The wall time of the start to a minute: another text after the clock was set."""
    return f"started-{round((time.time() - elapsed_s()) / 60)}"


if sys.platform == "darwin":

    def _macos_boot_id() -> str:
        import ctypes

        size = ctypes.c_size_t(64)
        buffer = ctypes.create_string_buffer(size.value)
        libc = ctypes.CDLL(None)
        name = b"kern.bootsessionuuid"
        if libc.sysctlbyname(name, buffer, ctypes.byref(size), None, ctypes.c_size_t(0)) != 0:
            return _boot_minute()
        return buffer.value.decode("ascii")


if sys.platform == "win32":

    def _windows_boot_id() -> str:
        import winreg

        path = (
            r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management"
            r"\PrefetchParameters"
        )
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as key:
                return f"boot-{winreg.QueryValueEx(key, 'BootId')[0]}"
        except OSError:
            return _boot_minute()


class SystemZone(tzinfo):
    """The zone of the machine, with the rules that the operating system knows.

    A `datetime` of `datetime.astimezone()` has one fixed offset: added to across the end of
    summer time, it would be an hour off. Once the machine was told of another zone, `retire`
    keeps the offset that this zone last had, so that what was read before stays what it was.
    """

    def __init__(self) -> None:
        self._retired: timedelta | None = None
        # The rules of a zone stay, offsets change on whole minutes, and to ask takes its time.
        self._offset_of = lru_cache(maxsize=256)(_offset_of)

    def retire(self, offset: timedelta) -> None:
        """Stand still at `offset` from UTC: the operating system has forgotten these rules."""
        self._retired = offset

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """Difference to UTC at local time `dt`, the second time in a repeated hour if `fold`."""
        if self._retired is not None or dt is None:
            return self._retired
        return self._offset_of(dt.replace(second=0, microsecond=0, tzinfo=None), dt.fold)

    def fromutc(self, dt: datetime) -> datetime:
        """The local time, with its `fold`, of `dt` whose figures are UTC."""
        if self._retired is not None:
            return dt + self._retired
        utc_s = dt.replace(tzinfo=UTC, microsecond=0).timestamp()
        local = datetime.fromtimestamp(utc_s)  # noqa: DTZ006 - naive local time is what is asked
        return local.replace(microsecond=dt.microsecond, tzinfo=self)

    def dst(self, dt: datetime | None) -> timedelta | None:  # noqa: ARG002 - the protocol's
        """Return None: how much of the offset is summer time is not known."""
        return None

    def tzname(self, dt: datetime | None) -> str | None:
        """The zone's short name at `dt`, such as CEST."""
        if dt is None or self._retired is not None:
            return None
        return time.localtime(dt.timestamp()).tm_zone


def _offset_of(naive: datetime, _fold: int) -> timedelta:
    """The offset at a local time; `_fold` is that of `naive`, which comparisons leave out."""
    # timestamp() asks the operating system, and knows `fold` and the hour that never was.
    return timedelta(seconds=naive.replace(tzinfo=UTC).timestamp() - naive.timestamp())


class SystemClock:
    """The port `Clock` in real time."""

    def __init__(self) -> None:
        self._boot = boot_id()
        self._zone = SystemZone()
        self._rules: tuple[object, ...] = ()
        self._offset = timedelta()
        self._zone_checked_s = -_ZONE_CHECK_S
        self._minute_s = -math.inf
        self._minute = datetime.fromtimestamp(0, tz=UTC)

    @property
    def speed(self) -> float:
        """Always 1: care time is real time."""
        return 1.0

    def now(self) -> Moment:
        """The present moment."""
        boot_s = elapsed_s()
        wall_s = time.time()
        if boot_s - self._zone_checked_s >= _ZONE_CHECK_S:
            self._zone_checked_s = boot_s
            self._follow_zone(wall_s)
        # Offsets change on whole minutes, so the costly conversion is needed once in each.
        if not 0 <= wall_s - self._minute_s < _MINUTE_S:
            self._minute_s = wall_s // _MINUTE_S * _MINUTE_S
            self._minute = datetime.fromtimestamp(self._minute_s, tz=self._zone)
        wall = self._minute + timedelta(seconds=wall_s - self._minute_s)
        if self._minute.fold:
            wall = wall.replace(fold=1)  # lost in the addition
        return Moment(boot=self._boot, boot_s=boot_s, wall=wall)

    def _follow_zone(self, wall_s: float) -> None:
        """Take a new zone object when the person has travelled to other rules."""
        _reread_zone()
        year_s = wall_s - wall_s % _YEAR_S
        samples = [time.localtime(year_s + s) for s in (_MIDWINTER_S, _MIDSUMMER_S)]
        rules = tuple((sample.tm_zone, sample.tm_gmtoff) for sample in samples)
        if self._rules and rules != self._rules:
            self._zone.retire(self._offset)
            self._zone = SystemZone()
            self._minute_s = -math.inf
        self._rules = rules
        self._offset = timedelta(seconds=time.localtime(wall_s).tm_gmtoff)


def _reread_zone() -> None:
    """Have the C library look again which zone the machine is in."""
    if sys.platform == "win32":
        import ctypes

        ctypes.CDLL("ucrtbase")._tzset()
    else:
        time.tzset()
