"""Whether a record from elsewhere can have happened: `check(history, now)`."""

from collections.abc import Sequence

from backtimer.domain import events as ev
from backtimer.domain.clock import DAY_S, Moment
from backtimer.domain.errors import DataError
from backtimer.domain.words import tr

# Clocks of one boot agree to the microsecond; wall clocks of two machines hardly.
_BOOT_SLACK_S = 1.0
_WALL_SLACK_S = DAY_S


def check(history: Sequence[ev.Event], now: Moment) -> None:
    """Raise `DataError` unless the events of `history`, oldest first, can all be true at `now`."""
    ended: set[str] = set()
    seen: set[ev.Event] = set()
    last: Moment | None = None
    for number, event in enumerate(history, start=1):
        if last and event.at.boot != last.boot:
            ended.add(last.boot)
        if event.at.boot in ended or (last and _is_before(event.at, last)):
            raise _wrong(number, tr("it comes before the one that it follows"))
        if _was_later(event):
            raise _wrong(number, tr("it was later than it was written"))
        if event in seen:
            raise _wrong(number, tr("it is there twice"))
        seen.add(event)
        last = event.at
    if last and _is_to_come(last, now):
        raise DataError(
            tr(
                "This backup ends on {day}, which is still to come. Set the clock of this "
                "computer, or use another backup.",
                day=last.wall.date().isoformat(),
            )
        )


def _was_later(event: ev.Event) -> bool:
    was_at = event.was_at if isinstance(event, ev.PainRated | ev.Logged) else None
    return was_at is not None and was_at.since(event.at) > _BOOT_SLACK_S


def _is_before(at: Moment, last: Moment) -> bool:
    return at.boot == last.boot and at.boot_s < last.boot_s - _BOOT_SLACK_S


def _is_to_come(at: Moment, now: Moment) -> bool:
    if at.boot == now.boot:
        return at.boot_s > now.boot_s + _BOOT_SLACK_S
    return at.wall.timestamp() > now.wall.timestamp() + _WALL_SLACK_S


def _wrong(number: int, why: str) -> DataError:
    return DataError(
        tr(
            "Event {number} of this backup cannot be: {why}. So nothing was read. "
            "Use another backup.",
            number=number,
            why=why,
        )
    )
