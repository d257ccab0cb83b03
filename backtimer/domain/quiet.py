"""Quiet hours: when the person sleeps, told by the wall clock."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `from_min` to `to_min`, in minutes of the local day (0–1439); equal means none."""

    from_min: int
    to_min: int

    def __post_init__(self) -> None:
        if not (0 <= self.from_min < DAY_MIN and 0 <= self.to_min < DAY_MIN):
            raise ValueError("quiet hours are minutes of a day")

    @property
    def is_none(self) -> bool:
        """Whether there are no quiet hours."""
        return self.from_min == self.to_min

    def end_if_quiet(self, wall: datetime) -> datetime | None:
        """When the quiet hours that `wall` lies in are over, or None outside of them."""
        if self.is_none:
            return None
        end = self._next(self.to_min, wall)
        # Quiet now means that the hours end before they begin again. A beginning is not over.
        return end if _before(end, self._next(self.from_min, wall)) else None

    def next_start(self, wall: datetime) -> datetime | None:
        """The first beginning of quiet hours after `wall`, or None where there are none."""
        return None if self.is_none else self._next(self.from_min, wall)

    def last_end(self, wall: datetime) -> datetime | None:
        """The last end of quiet hours at or before `wall`, or None where there are none."""
        return None if self.is_none else self._last(self.to_min, wall)

    def fit(self, wall: datetime, length_s: float) -> datetime:
        """The first instant from `wall` on at which `length_s` seconds end before quiet hours.

        Where the time between two quiet hours is shorter than that, any of it has to do.
        """
        if self.is_none:
            return wall
        end = self.end_if_quiet(wall)
        if end is not None:
            return end
        start = self._next(self.from_min, wall)
        latest_s = start.timestamp() - length_s
        if wall.timestamp() <= latest_s or latest_s < self._last(self.to_min, wall).timestamp():
            return wall
        return self._next(self.to_min, start)

    def _next(self, minute: int, wall: datetime) -> datetime:
        day = _at(minute, wall, 0)
        return day if _before(wall, day) else _at(minute, wall, 1)

    def _last(self, minute: int, wall: datetime) -> datetime:
        day = _at(minute, wall, 0)
        return _at(minute, wall, -1) if _before(wall, day) else day


def _at(minute: int, wall: datetime, days_on: int) -> datetime:
    date = wall.date() + timedelta(days=days_on)
    return datetime.combine(date, time(minute // 60, minute % 60), tzinfo=wall.tzinfo)


def _before(one: datetime, other: datetime) -> bool:
    # By timestamp: two times of one zone compare as they read, which repeats in autumn.
    return one.timestamp() < other.timestamp()
