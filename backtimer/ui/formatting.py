"""A view in words: what each part of the window says. No rule, only wording."""

from collections.abc import Iterable

from backtimer.domain.clock import MINUTE_S, Moment
from backtimer.domain.phases import Phase
from backtimer.domain.plan import Mark, Step, StepKind
from backtimer.domain.protocol import Modality
from backtimer.domain.view import View
from backtimer.domain.wording import (
    capitalised,
    countdown,
    day_and_time,
    hour_and_minute,
    length,
    modality_name,
    overrun,
    take_off,
    when,
)
from backtimer.domain.words import tr

NOW_S = 1.0  # what is this near is now


def phase_words(view: View) -> str:
    """What is going on, in two or three words."""
    name = modality_name(view.modality or view.offered)
    match view.phase:
        case Phase.IDLE:
            return tr("Ready when you are")
        case Phase.DUE:
            return tr("Time for {name}", name=name)
        case Phase.APPLYING:
            return tr("{name} is on", name=capitalised(name))
        case Phase.PAUSED:
            return tr("{name} is paused", name=capitalised(name))
        case Phase.REMOVE:
            return take_off(view.modality or view.offered)
        case Phase.RESTING:
            return tr("Rest")
        case Phase.QUIET:
            return tr("Quiet hours")


def big_time(view: View, now: Moment) -> str:
    """The time in the middle of the dial: left, or over."""
    if (over_s := view.overdue_s(now)) is not None:
        return overrun(over_s)
    left_s = view.remaining_s(now)
    if left_s is not None:
        return countdown(left_s)
    return tr("now") if view.phase is Phase.DUE else "–"


def fraction_left(view: View, now: Moment) -> float:
    """The part of the phase that is left, 1 to 0; full where time does not run down."""
    if view.until is None or view.since is None:
        return 1.0
    whole_s = view.until.since(view.since)
    return min(1.0, view.until.since(now) / whole_s) if whole_s > 0 else 0.0


def then_line(view: View) -> str:
    """What comes next and when, in one line."""
    match view.phase:
        case Phase.APPLYING if view.until:
            return tr("Take it off at {time}", time=hour_and_minute(view.until.wall))
        case Phase.PAUSED if view.until:
            return tr("Counts as off from {time}", time=hour_and_minute(view.until.wall))
        case Phase.REMOVE if view.since:
            return tr("Was due at {time}", time=hour_and_minute(view.since.wall))
        case Phase.DUE if view.since:
            return tr("Since {time}", time=when(view.since.wall, view.at.wall))
        case Phase.RESTING if view.next and view.until and _is_later(view.next.at, view.until):
            return tr(
                "{name} waits until {time}",
                name=capitalised(modality_name(view.next.modality)),
                time=when(view.next.at.wall, view.at.wall),
            )
        case Phase.RESTING | Phase.QUIET if view.next:
            return tr(
                "{name} again at {time}" if view.sessions_today else "{name} at {time}",
                name=capitalised(modality_name(view.next.modality)),
                time=when(view.next.at.wall, view.at.wall),
            )
        case Phase.IDLE:
            return ""
        case _:
            return tr("Nothing is planned")


def _is_later(session: Moment, rest_over: Moment) -> bool:
    """Whether the next session comes well after the rest, as in a night."""
    return session.since(rest_over) >= MINUTE_S


def headline(view: View) -> str:
    """Where the person is in the episode: `Day 2 of ice`, `Day 4 · heat`."""
    if view.day is None:
        return tr("Backtimer")
    modality = view.modality or (view.next.modality if view.next else view.offered)
    if modality is Modality.ICE and view.heat_from:
        return tr("Day {day} of ice", day=view.day)
    return tr("Day {day} · {name}", day=view.day, name=modality_name(modality))


def episode_line(view: View, speed: float) -> str:
    """When it began and when heat takes over; in a demo, how fast it is."""
    line = _onset_line(view)
    return line if speed == 1 else tr("Demo ×{speed:g} · {line}", speed=speed, line=line)


def _onset_line(view: View) -> str:
    if view.onset is None:
        return ""
    started = tr("Started {time}", time=day_and_time(view.onset.wall))
    if view.heat_from is None:
        return started
    time = day_and_time(view.heat_from.wall)
    if view.heat_from.since(view.at) > 0:
        return tr("{started} · heat from {time}", started=started, time=time)
    return tr("{started} · ice until {time}", started=started, time=time)


def step_rows(
    view: View, steps: Iterable[Step], night: tuple[Moment, Moment] | None
) -> list[tuple[str, str]]:
    """The next list: what has to come off, then rest and session, and the night in its place."""
    overdue = view.phase is Phase.REMOVE
    shown = [each for each in steps if overdue or each.kind is not StepKind.REMOVE]
    # Nobody looks further ahead with a pack that has to come off.
    rows = [(each.at, _step_words(each)) for each in shown[: 2 if overdue else 3]]
    if night:
        begin, end = night
        rows.append((begin, tr("Quiet until {time}", time=hour_and_minute(end.wall))))
        rows.sort(key=lambda row: row[0].since(view.at))
    times = [_row_time(view, at, first=index == 0) for index, (at, _) in enumerate(rows)]
    return [(time, words) for time, (_, words) in zip(times, rows, strict=True)]


def _row_time(view: View, at: Moment, *, first: bool) -> str:
    if at.since(view.at) < NOW_S:
        return tr("now") if first else tr("then")
    return when(at.wall, view.at.wall)


def _step_words(step: Step) -> str:
    match step.kind:
        case StepKind.REMOVE:
            return take_off(step.modality)
        case StepKind.REST:
            return tr("Rest, {length}", length=length(step.length_s))
        case StepKind.SESSION:
            name = capitalised(modality_name(step.modality))
            return tr("{name}, {length}", name=name, length=length(step.length_s))


def done_of_day(marks: Iterable[Mark]) -> str:
    """How many of today's sessions are done: `4 of 9 done`."""
    marks = list(marks)
    done = sum(1 for each in marks if each.is_done)
    return tr("{done} of {all} done", done=done, all=len(marks)) if marks else ""


def mark_words(mark: Mark) -> str:
    """A session of the day in words: `Ice 15:00–15:20, done`."""
    name = capitalised(modality_name(mark.modality))
    begin, end = hour_and_minute(mark.begin.wall), hour_and_minute(mark.end.wall)
    how = tr("planned") if mark.planned else _outcome_words(mark)
    return tr("{name} {begin}–{end}, {how}", name=name, begin=begin, end=end, how=how)


def _outcome_words(mark: Mark) -> str:
    words = {
        "complete": tr("done"),
        "early": tr("stopped early"),
        "late": tr("taken off late"),
        "assumed": tr("taken as done"),
        "unknown": tr("end not known"),
        "missed": tr("missed"),
        "skipped": tr("skipped"),
    }
    return words[mark.outcome] if mark.outcome else tr("going on")


def minutes_left(view: View, now: Moment) -> str:
    """Minutes for the tray icon: left, `!` when a pack must come off, or nothing."""
    if view.phase is Phase.REMOVE:
        return "!"
    left_s = view.remaining_s(now)
    if left_s is None or view.phase is Phase.QUIET:
        return ""
    return str(-(-int(left_s + 0.999) // 60))


def status_line(view: View) -> str:
    """Phase and what comes then, for the tray."""
    then = then_line(view)
    return tr("{phase} · {then}", phase=phase_words(view), then=then) if then else phase_words(view)


def program_name(speed: float) -> str:
    """What the program calls itself; a demo says so."""
    return tr("Backtimer") if speed == 1 else tr("Backtimer, demo ×{speed:g}", speed=speed)


def window_title(view: View, now: Moment, speed: float) -> str:
    """The title: minutes and phase first, since a task bar shows little more."""
    minutes = minutes_left(view, now)
    what = phase_words(view) if view.phase is not Phase.IDLE else ""
    if minutes.isdigit():
        what = tr("{n} min · {what}", n=minutes, what=what)
    name = program_name(speed)
    return tr("{what} – {name}", what=what, name=name) if what else name
