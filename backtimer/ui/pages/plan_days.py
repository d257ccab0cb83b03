"""The days of the plan as rows to paint, and in words."""

from collections.abc import Iterable
from datetime import date, datetime

from backtimer.domain.clock import MINUTE_S
from backtimer.domain.days import Day
from backtimer.domain.plan import Mark
from backtimer.domain.session import Outcome
from backtimer.domain.wording import day_and_time, hour_and_minute, length, modality_name
from backtimer.domain.words import tr
from backtimer.ui.colors import Tone
from backtimer.ui.tones import modality_tone
from backtimer.ui.widgets.day_row import DAY_MIN, RowDay
from backtimer.ui.widgets.legend import LegendEntry
from backtimer.ui.widgets.session_bar import BarLook, SessionBar

_WEEK = 7
_DAYS = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))
_OUTCOMES = {
    Outcome.COMPLETE: tr("done"),
    Outcome.EARLY: tr("stopped early"),
    Outcome.LATE: tr("done"),
    Outcome.ASSUMED: tr("taken as done"),
    Outcome.UNKNOWN: tr("end not known"),
    Outcome.MISSED: tr("missed"),
    Outcome.SKIPPED: tr("skipped"),
}


def row_days(days: tuple[Day, ...], today: date) -> list[RowDay]:
    """A row for each day; where a weekday comes twice, it has its number in the month."""
    return [_row(each, today, with_date=len(days) > _WEEK) for each in days]


def minute_of(wall: datetime, day: date) -> float:
    """Minutes since midnight of `day` as the clock reads; a day's where `wall` is later."""
    if wall.date() != day:
        return float(DAY_MIN) if wall.date() > day else 0.0
    return wall.hour * 60 + wall.minute


def legend(days: tuple[Day, ...]) -> list[LegendEntry]:
    """The looks that occur, each with its word."""
    marks = [mark for day in days for mark in day.marks]
    looks = {look_of(mark) for mark in marks}
    tones = {modality_tone(mark.modality) for mark in marks}
    first = Tone.ICE if Tone.ICE in tones else Tone.HEAT
    entries: list[LegendEntry] = []
    for tone, word in ((Tone.ICE, tr("Ice")), (Tone.HEAT, tr("Heat"))):
        if tone in tones:
            entries.append((BarLook.DONE, tone, word))
    for look, word in (
        (BarLook.PLANNED, tr("Planned")),
        (BarLook.MISSED, tr("Missed or skipped")),
        (BarLook.UNKNOWN, tr("Not known")),
    ):
        if look in looks:
            entries.append((look, first, word))
    return entries


def look_of(mark: Mark) -> BarLook:
    """How the bar of a session looks."""
    if mark.planned:
        return BarLook.PLANNED
    if mark.outcome is Outcome.UNKNOWN:
        return BarLook.UNKNOWN
    missed = mark.outcome in {Outcome.MISSED, Outcome.SKIPPED}
    return BarLook.MISSED if missed else BarLook.DONE


def mark_words(mark: Mark) -> str:
    """A session in words: `Sat 14:30, ice, 20 min, done; 2 min late`."""
    names = tr(", then ").join(modality_name(each) for each in (mark.modality, *mark.then))
    told = tr(
        "{when}, {name}, {length}, {how}",
        when=day_and_time(mark.begin.wall),
        name=names,
        length=length(mark.on_s),
        how=_how(mark),
    )
    if mark.late_s < MINUTE_S:
        return told
    return tr("{told}; {length} late", told=told, length=length(mark.late_s))


def _how(mark: Mark) -> str:
    if mark.planned:
        return tr("planned")
    return _OUTCOMES[mark.outcome] if mark.outcome else tr("going on")


def _row(day: Day, today: date, *, with_date: bool) -> RowDay:
    name = _DAYS[day.date.weekday()]
    return RowDay(
        label=tr("{name} {n}", name=name, n=day.date.day) if with_date else name,
        is_today=day.date == today,
        bars=tuple(_bar(each, day.date) for each in day.marks),
        quiet=tuple(
            (minute_of(span.begin, day.date), minute_of(span.end, day.date)) for span in day.quiet
        ),
        switch_min=None if day.switch is None else minute_of(day.switch, day.date),
        switch_words=tr("switch to heat"),
        words=_day_words(day, today),
    )


def _bar(mark: Mark, day: date) -> SessionBar:
    return SessionBar(
        start_min=minute_of(mark.begin.wall, day),
        end_min=minute_of(mark.end.wall, day),
        look=look_of(mark),
        tone=modality_tone(mark.modality),
        words=mark_words(mark),
    )


def _day_words(day: Day, today: date) -> str:
    """A day for a screen reader: how many sessions, and when it is quiet."""
    name = tr("{name} {date}", name=_DAYS[day.date.weekday()], date=day.date.isoformat())
    told = [tr("{name}, today", name=name) if day.date == today else name]
    told += _counts(day.marks) or [tr("no session")]
    if day.switch:
        told.append(tr("switch to heat at {time}", time=hour_and_minute(day.switch)))
    for span in day.quiet:
        begin, end = hour_and_minute(span.begin), hour_and_minute(span.end)
        told.append(tr("quiet from {begin} to {end}", begin=begin, end=end))
    return tr(", ").join(told)


def _counts(marks: Iterable[Mark]) -> list[str]:
    looks = [look_of(each) for each in marks]
    words = (
        (BarLook.DONE, tr("{n} done")),
        (BarLook.MISSED, tr("{n} missed or skipped")),
        (BarLook.UNKNOWN, tr("{n} not known")),
        (BarLook.PLANNED, tr("{n} planned")),
    )
    counted = ((looks.count(look), word) for look, word in words)
    return [tr(word, n=number) for number, word in counted if number]
