"""When the second that is shown changes."""

from backtimer.domain.clock import Moment
from backtimer.domain.view import View

_FAST_TICK_MS = 200  # a demo's seconds pass too quickly to be counted one by one


def next_tick_ms(view: View, now: Moment, speed: float) -> int | None:
    """Milliseconds until another time is to be shown; None where none counts."""
    over_s, left_s = view.overdue_s(now), view.remaining_s(now)
    if over_s is None and left_s is None:
        return None
    if speed > 1:
        return _FAST_TICK_MS
    to_next_s = 1 - over_s % 1 if over_s is not None else (left_s or 0) % 1 or 1.0
    return int(to_next_s * 1000) + 2
