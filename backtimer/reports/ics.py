"""The plan for a calendar, as RFC 5545 has it. Only what does not move carries an alarm."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from backtimer.domain.check_ins import DAYS
from backtimer.domain.clock import DAY_S, MINUTE_S, Moment
from backtimer.domain.days import switch_moment
from backtimer.domain.episode import Episode
from backtimer.domain.errors import Refused
from backtimer.domain.plan import Mark, marks
from backtimer.domain.settle import settle
from backtimer.domain.wording import capitalised, length, modality_name
from backtimer.domain.words import tr

if TYPE_CHECKING:
    import icalendar

_NOTE_S = 15 * MINUTE_S  # how long in a calendar stands what is only a moment
_DOMAIN = "backtimer"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What stands in the calendar; `key` tells it from the others of the episode."""

    key: str
    at: datetime
    length_s: float
    title: str
    text: str
    rings: bool = False


def render(episode: Episode, now: Moment) -> bytes:
    """The sessions of the open `episode` to its protocol's end, the switch to heat, the check-ins.

    Imported again, it updates what was imported before: each event keeps its name, sessions by
    their number. Times are in UTC. Raises `Refused` where nothing was started.
    """
    import icalendar

    _, episode = settle(episode, now)
    if episode.onset is None:
        raise Refused(tr("There is no plan to export yet. Start first: backtimer start"))
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Backtimer//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", tr("Back: ice and heat"))
    # The onset may be edited; when the first pack was said to be on stays in the record.
    first = episode.sessions[0].of if episode.sessions else episode.onset.wall
    name = f"{first.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for entry in (*_sessions(episode, now), *_notes(episode, episode.onset, now)):
        event = _event(entry, now)
        event.add("uid", f"{name}-{entry.key}@{_DOMAIN}")
        # Grows from export to export, as a calendar expects of what is newer.
        event.add("sequence", max(0, int((now.wall - first).total_seconds())))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(entry: _Entry, now: Moment) -> "icalendar.Event":
    import icalendar

    event = icalendar.Event()
    begin = entry.at.astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", now.wall.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", begin)
    event.add("dtend", begin + timedelta(seconds=entry.length_s))
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("transp", "TRANSPARENT")  # it keeps nobody from an appointment
    if entry.rings:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta())
        alarm.add("description", entry.title)
        event.add_component(alarm)
    return event


def _sessions(episode: Episode, now: Moment) -> Iterator[_Entry]:
    # A session of two halves stands twice in the plan, so halves are counted.
    number = sum(max(1, len(each.applications)) for each in episode.sessions)
    for mark in marks(episode, now):
        if mark.planned:
            number += 1
            yield _Entry(
                key=f"session-{number}",
                at=mark.begin.wall,
                length_s=mark.on_s,
                title=_title(mark),
                text=tr("As planned. The next moves with the last: Backtimer tells when it is."),
            )


def _title(mark: Mark) -> str:
    names = [modality_name(each) for each in (mark.modality, *mark.then)]
    told = tr(", then ").join(names)
    return tr("{name}, {length}", name=capitalised(told), length=length(mark.on_s))


def _notes(episode: Episode, onset: Moment, now: Moment) -> Iterator[_Entry]:
    for key, at, title, text in _moments(episode, onset, now):
        # Nothing rings at night, and nothing for what has been.
        wall = episode.rules.quiet.end_if_quiet(at.wall) or at.wall
        rings = wall.timestamp() > now.wall.timestamp()
        yield _Entry(key=key, at=wall, length_s=_NOTE_S, title=title, text=text, rings=rings)


def _moments(
    episode: Episode, onset: Moment, now: Moment
) -> Iterator[tuple[str, Moment, str, str]]:
    if switch := switch_moment(episode, now):
        yield "heat", switch, tr("From now on heat"), tr("Your routine goes on with heat.")
    for day in DAYS:
        at = onset.after(day * DAY_S).seen_from(now)
        title = tr("Day {day}: is your back better?", day=day)
        yield f"day-{day}", at, title, tr("If it is no better, ask a doctor or a pharmacist.")
