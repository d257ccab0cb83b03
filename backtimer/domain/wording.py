"""How the field's things are called in plain words: modalities, times, lengths."""

from datetime import datetime
from typing import assert_never

from backtimer.domain.clock import DAY_S, HOUR_S, MINUTE_S
from backtimer.domain.protocol import Modality
from backtimer.domain.words import tr


def modality_name(modality: Modality) -> str:
    """The pack in one word or two, as in “Take the … off”."""
    match modality:
        case Modality.ICE:
            return tr("ice")
        case Modality.HEAT:
            return tr("heat")
        case Modality.COLD_MASSAGE:
            return tr("cold massage")
        case _:
            assert_never(modality)


def take_off(modality: Modality) -> str:
    """The one sentence that must arrive."""
    if modality is Modality.COLD_MASSAGE:
        return tr("Stop the cold massage")
    return tr("Take the {name} off", name=modality_name(modality))


def capitalised(text: str) -> str:
    """`text` with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def not_saved(fault: str) -> str:
    """What it means for the person that the record cannot be written because of `fault`."""
    return tr("{fault} Until then the timer goes on, and keeps what is not saved.", fault=fault)


def hour_and_minute(wall: datetime) -> str:
    """A time of day such as `15:20`."""
    return f"{wall:%H:%M}"


def day_and_time(wall: datetime) -> str:
    """A weekday and time such as `Thu 18:40`."""
    days = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))
    return tr("{day} {time}", day=days[wall.weekday()], time=hour_and_minute(wall))


def when(wall: datetime, now: datetime) -> str:
    """A time of day, with its weekday when that is not today, and its date when far away."""
    if wall.date() == now.date():
        return hour_and_minute(wall)
    if abs(wall.timestamp() - now.timestamp()) < 6 * DAY_S:
        return day_and_time(wall)
    return tr("{date} {time}", date=wall.date().isoformat(), time=hour_and_minute(wall))


_NUMBERS = (
    tr("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen")
    + " "
    + tr("sixteen seventeen eighteen nineteen twenty")
).split()


def spoken_time(wall: datetime) -> str:
    """A time of day as a voice says it, to the next five minutes: `ten to five`, `half past one`.

    Of what is told this way nothing rests on a minute: the reminder comes by itself.
    """
    hour, minute = divmod(wall.hour * 60 + wall.minute + 2, 60)
    fives = minute // 5
    if not fives:
        return tr("{hour} o’clock", hour=_spoken_hour(hour))
    if fives <= 6:
        return tr("{part} past {hour}", part=_spoken_part(fives), hour=_spoken_hour(hour))
    return tr("{part} to {hour}", part=_spoken_part(12 - fives), hour=_spoken_hour(hour + 1))


def _spoken_hour(hour: int) -> str:
    return _NUMBERS[(hour - 1) % 12]


def _spoken_part(fives: int) -> str:
    named = {3: tr("a quarter"), 6: tr("half"), 5: tr("twenty-five")}
    return named.get(fives) or _NUMBERS[5 * fives - 1]


def length(seconds: float) -> str:
    """A length such as `45 s`, `20 min`, `1 h 30 min` or `3 h`, rounded to minutes from 1 min."""
    if round(seconds) < MINUTE_S:
        return tr("{n} s", n=round(seconds))
    hours, minutes = divmod(round(seconds / MINUTE_S), 60)
    if not hours:
        return tr("{n} min", n=minutes)
    if not minutes:
        return tr("{n} h", n=hours)
    return tr("{h} h {m} min", h=hours, m=minutes)


def countdown(seconds: float) -> str:
    """Time left as a clock shows it: `12:14`, or `1:12:14` from an hour on.

    A begun second counts as a whole one, so that `0:00` means that time is up.
    """
    whole = max(0, int(-(-seconds // 1)))
    hours, rest = divmod(whole, HOUR_S)
    minutes, secs = divmod(rest, MINUTE_S)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def overrun(seconds: float) -> str:
    """Time over as a clock shows it: `+2:06`."""
    return f"+{countdown(int(max(0.0, seconds)))}"
