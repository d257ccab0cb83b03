"""The settings that decide about care, as one value that the record keeps with each episode."""

from dataclasses import dataclass

from backtimer.domain.limits import LIMITS
from backtimer.domain.protocol import WhenDue, WhenOver
from backtimer.domain.quiet import QuietHours


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything that `decide` and `view` need to know besides events and time.

    `protocol` is the key the person chose, `course` the key of the built-in protocol that it
    is or was copied from. `moist_heat`: where the course has it, heat follows ice. Numbers are
    within the limits of `limits.LIMITS`.
    """

    protocol: str = "ice-then-heat"
    course: str = "ice-then-heat"
    ice_min: int = LIMITS["ice_min"].default
    heat_min: int = LIMITS["heat_min"].default
    cold_massage_min: int = LIMITS["cold_massage_min"].default
    ice_rest_min: int = LIMITS["ice_rest_min"].default
    heat_rest_min: int = LIMITS["heat_rest_min"].default
    gap_min: int = LIMITS["gap_min"].default
    heat_after_h: int = LIMITS["heat_after_h"].default
    sessions_per_day: int = LIMITS["sessions_per_day"].default
    skin_check_min: int = LIMITS["skin_check_min"].default
    moist_heat: bool = False
    when_due: WhenDue = WhenDue.ASK
    when_over: WhenOver = WhenOver.CONFIRM
    quiet: QuietHours = QuietHours(from_min=22 * 60 + 30, to_min=7 * 60)

    def __post_init__(self) -> None:
        for key, limit in LIMITS.items():
            limit.check(key, getattr(self, key))
