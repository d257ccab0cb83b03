"""What a picture of the pain over time shows: ratings, sessions below them, and a scale of time.

Times are seconds of wall time, since a person reads them, over any number of episodes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from backtimer.domain.clock import DAY_S, HOUR_S, MINUTE_S, Moment
from backtimer.domain.episode import Episode
from backtimer.domain.protocol import Modality
from backtimer.domain.rules import Rules
from backtimer.domain.wording import day_and_time, hour_and_minute, when
from backtimer.domain.words import tr

_LEAST_SPAN_S = 2 * HOUR_S
_TICKS_MOST = 8


class Zoom(StrEnum):
    """How much time is shown."""

    DAY = "day"
    EPISODE = "episode"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """Pain `nrs` at the wall time `wall`; `begins`: it is the first of its episode."""

    wall: datetime
    nrs: int
    begins: bool = False

    @property
    def at_s(self) -> float:
        return self.wall.timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One time that a pack was on, from `from_s` to `to_s`; `begins`: the first of its session."""

    from_s: float
    to_s: float
    modality: Modality
    begins: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on the scale of time."""

    at_s: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """All that is painted, oldest first, from `from_s` to `to_s`; `words` says it in words."""

    from_s: float
    to_s: float
    ratings: tuple[Rating, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    words: str
    note: str

    def share(self, at_s: float) -> float:
        """Where a time stands, from 0 at the left to 1 at the right."""
        return (at_s - self.from_s) / (self.to_s - self.from_s)


def chart(episodes: Sequence[tuple[Episode, Moment]], now: Moment, zoom: Zoom) -> Chart:
    """The picture of `episodes`, oldest first, each with the moment up to which it is told."""
    shown = episodes if zoom is Zoom.ALL else episodes[-1:]
    ratings = [each for episode, _ in shown for each in _ratings(episode)]
    bars = [bar for episode, end in shown for bar in _bars(episode, end)]
    shown = shown or ((Episode(rules=Rules()), now),)
    if zoom is Zoom.DAY:
        # The last day of what is told: today, or the end of an episode that is over.
        to_s = shown[-1][1].wall.timestamp()
        from_s = to_s - DAY_S
    else:
        times = [each.at_s for each in ratings]
        from_s, to_s = _span(shown, (*times, *(each.to_s for each in bars)))
    ratings = [each for each in ratings if from_s <= each.at_s <= to_s]
    ratings.sort(key=lambda each: each.at_s)
    bars = [each for each in bars if each.to_s >= from_s and each.from_s <= to_s]
    return Chart(
        from_s=from_s,
        to_s=to_s,
        ratings=tuple(ratings),
        bars=tuple(bars),
        ticks=_ticks(from_s, to_s, now),
        words=_words(ratings, bars, now),
        note=_note(ratings),
    )


def rating_words(rating: Rating, now: datetime) -> str:
    """One rating in words: `Pain 8, Thu 18:40`."""
    return tr("Pain {nrs}, {when}", nrs=rating.nrs, when=when(rating.wall, now))


def _ratings(episode: Episode) -> list[Rating]:
    known = [each for each in episode.pains if each.number is not None]
    return [
        Rating(wall=each.at.wall, nrs=each.number or 0, begins=index == 0)
        for index, each in enumerate(known)
    ]


def _bars(episode: Episode, end: Moment) -> list[Bar]:
    return [
        Bar(
            from_s=each.begun.wall.timestamp(),
            # Of a pack that is on, or of which nobody knows, the time that was planned.
            to_s=_ended_s(each.removed, each.begun, each.part.on_s, end),
            modality=each.part.modality,
            begins=index == 0,
        )
        for session in episode.sessions
        if not session.withdrawn
        for index, each in enumerate(session.applications)
    ]


def _ended_s(removed: Moment | None, begun: Moment, on_s: float, end: Moment) -> float:
    begun_s = begun.wall.timestamp()
    if removed is None:
        return begun_s + max(0.0, min(on_s, end.since(begun)))
    # By elapsed time: a clock that was set does not turn a bar around.
    return begun_s + max(0.0, removed.since(begun))


def _span(shown: Sequence[tuple[Episode, Moment]], times: Iterable[float]) -> tuple[float, float]:
    """The time from the first to the last of all that is told, or of `times`."""
    found = [*times]
    found += [episode.onset.wall.timestamp() for episode, _ in shown if episode.onset]
    found += [end.wall.timestamp() for _, end in shown]
    return min(found), max(*found, min(found) + _LEAST_SPAN_S)


def _ticks(from_s: float, to_s: float, now: Moment) -> tuple[Tick, ...]:
    first = datetime.fromtimestamp(from_s, tz=now.wall.tzinfo)
    if to_s - from_s > 2 * DAY_S:
        return _day_ticks(first, from_s, to_s)
    step_h = next((h for h in (1, 3, 6) if (to_s - from_s) / (h * HOUR_S) <= _TICKS_MOST), 12)
    hour = first.replace(minute=0, second=0, microsecond=0)
    found = []
    while hour.timestamp() <= to_s:
        if hour.timestamp() >= from_s and hour.hour % step_h == 0:
            found.append(Tick(at_s=hour.timestamp(), words=_hour_words(hour)))
        # Through elapsed time, so that a day with a change of the clock has all its hours.
        hour = datetime.fromtimestamp(hour.timestamp() + HOUR_S, tz=hour.tzinfo)
    return tuple(found)


def _hour_words(hour: datetime) -> str:
    return hour_and_minute(hour) if hour.hour else day_and_time(hour).split()[0]


def _day_ticks(first: datetime, from_s: float, to_s: float) -> tuple[Tick, ...]:
    days = (to_s - from_s) / DAY_S
    step = max(1, -int(-days // _TICKS_MOST))
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    for n in range(0, int(days) + 1, step):
        day = midnight + timedelta(days=n)
        if from_s <= day.timestamp() <= to_s:
            words = _date_words(day) if days > 6 else day_and_time(day).split()[0]
            found.append(Tick(at_s=day.timestamp(), words=words))
    return tuple(found)


def _date_words(day: datetime) -> str:
    months = tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return tr("{n} {month}", n=day.day, month=months[day.month - 1])


def _note(ratings: Sequence[Rating]) -> str:
    """The pain at first and by now: `8 → 3`; of one rating, that."""
    if len(ratings) < 2:
        return "".join(str(each.nrs) for each in ratings)
    return tr("{first} → {last}", first=ratings[0].nrs, last=ratings[-1].nrs)


def _words(ratings: Sequence[Rating], bars: Sequence[Bar], now: Moment) -> str:
    """The picture in a sentence: `Pain 8 on Thu 18:40, 5 at the worst …, 2 now`."""
    begun = [each.modality for each in bars if each.begins]
    heat = begun.count(Modality.HEAT)
    counted = tr("{ice} ice, {heat} heat sessions", ice=len(begun) - heat, heat=heat)
    if not ratings:
        return tr("No pain was rated. {counted}", counted=counted)
    first, last = ratings[0], ratings[-1]
    # A rating of the last minutes is the pain of now; another has its time.
    is_now = now.wall.timestamp() - last.at_s < 30 * MINUTE_S
    end = tr("now") if is_now else when(last.wall, now.wall)
    if len(ratings) == 1:
        return tr("Pain {nrs}, {end}; {counted}", nrs=first.nrs, end=end, counted=counted)
    return tr(
        "Pain {first} on {begin}, worst {worst}, least {least}, {last} {end}; {counted}",
        first=first.nrs,
        begin=when(first.wall, now.wall),
        worst=max(each.nrs for each in ratings),
        least=min(each.nrs for each in ratings),
        last=last.nrs,
        end=end,
        counted=counted,
    )
