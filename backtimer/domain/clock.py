"""Moments: elapsed time that nobody can set, beside wall time that a person reads."""

from dataclasses import dataclass
from datetime import UTC, datetime

MICROSECOND_S = 1e-6  # what both clocks are kept to
MINUTE_S = 60
HOUR_S = 3600
DAY_S = 24 * HOUR_S

# A local calendar ends with the years 1 and 9999; these leave room for any offset.
_FIRST_S = datetime(2, 1, 1, tzinfo=UTC).timestamp()
_LAST_S = datetime(9998, 1, 1, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One instant on both clocks: `boot_s` within boot `boot` (elapsed), `wall` (to read).

    `boot_s` counts seconds while the machine sleeps and cannot be set; it may be negative for
    something that happened before the machine was started. `wall` is always aware. Both are
    kept to the microsecond, so that a moment 20 minutes later is 20 minutes later.
    """

    boot: str
    boot_s: float
    wall: datetime

    def __post_init__(self) -> None:
        if self.wall.tzinfo is None:
            raise ValueError("a moment needs a wall time with its offset")
        object.__setattr__(self, "boot_s", to_microseconds(self.boot_s))

    def since(self, earlier: "Moment") -> float:
        """Seconds from `earlier` to this moment; negative when `earlier` is later.

        Within one boot the wall clock is not looked at. Across boots it is all there is.
        """
        if self.boot == earlier.boot:
            return to_microseconds(self.boot_s - earlier.boot_s)
        return to_microseconds(self.wall.timestamp() - earlier.wall.timestamp())

    def after(self, seconds: float) -> "Moment":
        """The moment `seconds` later (earlier when negative), on both clocks.

        The wall time stays within the calendar, however far away that is.
        """
        seconds = to_microseconds(seconds)  # or the two clocks would drift apart by one
        # Through UTC: arithmetic on a local wall time would be an hour off across DST.
        utc_s = min(max(self.wall.timestamp() + seconds, _FIRST_S), _LAST_S)
        wall = datetime.fromtimestamp(utc_s, tz=self.wall.tzinfo)
        return Moment(boot=self.boot, boot_s=self.boot_s + seconds, wall=wall)

    def at_wall(self, wall: datetime) -> "Moment":
        """The moment at which the wall clock of this moment shows `wall`."""
        return self.after(wall.timestamp() - self.wall.timestamp())

    def seen_from(self, now: "Moment") -> "Moment":
        """This moment as the wall clock of `now` would call it, in the zone of `now`.

        Elapsed time decides, so a clock that was set in between changes what is read, not
        how long ago it was.
        """
        return now.after(self.since(now))


def to_microseconds(seconds: float) -> float:
    """`seconds` as exactly as clocks have them; sums of floats are off by less than that."""
    return round(seconds, 6)
