"""Puts the sessions of a day onto the timeline widget."""

from datetime import datetime

from backtimer.domain.plan import Mark
from backtimer.domain.session import Outcome
from backtimer.domain.view import View
from backtimer.domain.words import tr
from backtimer.ui.formatting import done_of_day, mark_words
from backtimer.ui.tones import modality_tone
from backtimer.ui.widgets.timeline import Bar, BarKind, DayTimeline

_FIRST_HOUR, _LAST_HOUR = 6, 24


def show_day(timeline: DayTimeline, view: View, marks: tuple[Mark, ...]) -> None:
    """Show `marks`, from six in the morning on or earlier where there is something earlier."""
    now = view.at.wall
    bars = [_bar(each, now) for each in marks]
    now_min = _minute(now, now)
    first = min([_FIRST_HOUR * 60, now_min, *(each.start_min for each in bars)])
    timeline.set_day(
        bars,
        from_min=first // 60 * 60,
        to_min=_LAST_HOUR * 60,
        now_min=now_min,
        words=tr("Today: {done}", done=done_of_day(marks) or tr("no session yet")),
    )


def show_now(timeline: DayTimeline, now: datetime) -> None:
    """Show that it is later on the same day."""
    timeline.set_now(_minute(now, now))


def _bar(mark: Mark, now: datetime) -> Bar:
    return Bar(
        start_min=_minute(mark.begin.wall, now),
        end_min=_minute(mark.end.wall, now),
        kind=_kind(mark),
        tone=modality_tone(mark.modality),
        words=mark_words(mark),
    )


def _kind(mark: Mark) -> BarKind:
    if mark.planned:
        return BarKind.PLANNED
    if mark.outcome in (Outcome.MISSED, Outcome.SKIPPED):
        return BarKind.MISSED
    return BarKind.DONE


def _minute(wall: datetime, now: datetime) -> float:
    """Minutes since the midnight before `now`; more than a day's where `wall` is tomorrow."""
    days = (wall.date() - now.date()).days
    return days * 24 * 60 + wall.hour * 60 + wall.minute
