"""What a person may write for a time: now, 18:40, 2026-11-20T18:40, 12m ago, 1h30m ago, 2d ago."""

import re
from datetime import datetime, timedelta

from backtimer.domain.clock import DAY_S, HOUR_S, MINUTE_S, Moment
from backtimer.domain.errors import Misused
from backtimer.domain.words import quoted, tr

_AGO = re.compile(r"(?:(\d{1,4})d)?\s*(?:(\d{1,5})h)?\s*(?:(\d{1,6})m)?\s*ago", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


def parse_when(text: str, now: Moment) -> Moment:
    """The moment that `text` names. A time of day is the last one that has been.

    Raises `Misused` for anything else; whether the moment is possible is for `decide` to say.
    """
    word = " ".join(text.strip().lower().split())
    if word == "now":
        return now
    if (ago := _AGO.fullmatch(word)) and any(ago.groups()):
        days, hours, minutes = (int(each or 0) for each in ago.groups())
        return now.after(-(days * DAY_S + hours * HOUR_S + minutes * MINUTE_S))
    try:
        return now.at_wall(_wall(word, now))
    except (ValueError, OverflowError, OSError):
        raise Misused(
            tr(
                "{text} is not a time. Write for example: now, 18:40, 2026-11-20T18:40, "
                "12m ago, 1h30m ago or 2d ago",
                text=quoted(text),
            )
        ) from None


def _wall(word: str, now: Moment) -> datetime:
    if time := _TIME.fullmatch(word):
        hour, minute = (int(each) for each in time.groups())
        today = now.wall.replace(hour=hour, minute=minute, second=0, microsecond=0)
        # The hour that comes twice in autumn has been once before it has been twice.
        for last in (today.replace(fold=1), today.replace(fold=0)):
            if last.timestamp() <= now.wall.timestamp():
                return last
        return (today - timedelta(days=1)).replace(fold=1)
    wall = datetime.fromisoformat(word.upper())
    return wall if wall.tzinfo else wall.replace(tzinfo=now.wall.tzinfo)
