"""The days of an episode as rows: what was on each of them, and what is planned."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from backtimer.domain.clock import MICROSECOND_S, Moment
from backtimer.domain.episode import Episode
from backtimer.domain.library import stages, switch_to_heat_s
from backtimer.domain.plan import Mark, marks
from backtimer.domain.quiet import QuietHours
from backtimer.domain.settle import settle

DAYS_MOST = 14
DAYS_BEHIND = 6  # of a plan that is longer: a week up to today, and what is to come


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time within a day, as the wall clock reads."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A local day: its sessions, its quiet hours, and when heat takes over if it does so then."""

    date: date
    marks: tuple[Mark, ...]
    quiet: tuple[Span, ...]
    switch: datetime | None


def plan_of_days(episode: Episode, now: Moment) -> tuple[Day, ...]:
    """The days from the onset's to the end of the protocol or today, at most `DAYS_MOST`.

    Before an episode it is what the protocol would have from now on. All times are on the wall
    clock of `now`, in its zone.
    """
    _, episode = settle(episode, now)
    onset = episode.onset or now
    episode = replace(episode, onset=onset)
    switch = switch_moment(episode, now)
    all_marks = tuple(marks(episode, now))
    return tuple(
        Day(
            date=day,
            marks=tuple(each for each in all_marks if each.begin.wall.date() == day),
            quiet=tuple(_quiet_spans(episode.rules.quiet, day, now)),
            switch=switch.wall if switch and switch.wall.date() == day else None,
        )
        for day in _dates(episode, onset, now)
    )


def switch_moment(episode: Episode, now: Moment) -> Moment | None:
    """When heat takes over from ice; None where it never does, or was put off by the person."""
    switch_s = switch_to_heat_s(episode.rules)
    if episode.onset is None or switch_s is None:
        return None
    switch = episode.onset.after(switch_s).seen_from(now)
    return None if episode.wanted and switch.since(now) > 0 else switch


def _dates(episode: Episode, onset: Moment, now: Moment) -> list[date]:
    ends_s = [stage.to_s for stage in stages(episode.rules)]
    # What ends at midnight has nothing in the day that begins then.
    end = onset.after(max(ends_s, default=0.0) - MICROSECOND_S).seen_from(now)
    first, today = onset.seen_from(now).wall.date(), now.wall.date()
    number = (max(today, end.wall.date()) - first).days + 1
    if number > DAYS_MOST:
        behind = min((today - first).days - DAYS_BEHIND, number - DAYS_MOST)
        first += timedelta(days=max(0, behind))
    return [first + timedelta(days=each) for each in range(min(number, DAYS_MOST))]


def _quiet_spans(quiet: QuietHours, day: date, now: Moment) -> Iterator[Span]:
    zone = now.wall.tzinfo
    at = datetime.combine(day, time(), tzinfo=zone)
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
    while at.timestamp() < end.timestamp():
        if over := quiet.end_if_quiet(at):
            yield Span(begin=at, end=min(over, end, key=datetime.timestamp))
            at = over
        elif start := quiet.next_start(at):
            at = start
        else:
            return
