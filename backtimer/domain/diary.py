"""The diary: entries as they read by now, what they were before, and what an entry can be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from backtimer.domain import events as ev
from backtimer.domain.clock import DAY_S, Moment
from backtimer.domain.errors import Refused
from backtimer.domain.events import Topic
from backtimer.domain.words import tr

CREAMS_A_DAY = 4  # the usual advice: thin, no more than three to four times a day
SPASM_MOST_MIN = 24 * 60
OLDEST_DAYS = 30  # (J) what was longer ago is a slip of the hand

ZONES: Mapping[str, str] = MappingProxyType(
    {
        "neck": tr("neck"),
        "upper": tr("upper back"),
        "middle": tr("middle of the back"),
        "lower-left": tr("lower back, left"),
        "lower": tr("lower back"),
        "lower-right": tr("lower back, right"),
        "buttock-left": tr("buttock, left"),
        "buttock-right": tr("buttock, right"),
    }
)
HEAT_SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "pack": tr("heat pack or wheat bag"),
        "electric": tr("electric pad"),
        "gel": tr("heat gel or patch"),
        "bath": tr("warm bath or tub"),
        "shower": tr("warm shower"),
    }
)
TOPICS: Mapping[Topic, str] = MappingProxyType(
    {
        Topic.NOTE: tr("Note"),
        Topic.ZONE: tr("Where"),
        Topic.SPREAD: tr("Spreads to"),
        Topic.FEELS: tr("Feels like"),
        Topic.SPASM_MIN: tr("Spasm, minutes"),
        Topic.TRIGGER: tr("What set it off"),
        Topic.SLEEP: tr("Sleep"),
        Topic.WALKING: tr("Walking"),
        Topic.WORK: tr("Work"),
        Topic.SYMPTOM: tr("Symptom"),
        Topic.MEDICINE: tr("Medicine"),
        Topic.DROWSY: tr("Made me drowsy"),
        Topic.RELAXANT: tr("Muscle relaxant begun"),
        Topic.CREAM: tr("Cream"),
        Topic.WATER: tr("Water"),
        Topic.OTHER_CARE: tr("Other care"),
        Topic.HEAT_SOURCE: tr("Heat by"),
        Topic.HEAT_HELPS: tr("Heat helps"),
        Topic.SKIN: tr("Skin"),
        Topic.SIGN: tr("Warning sign"),
        Topic.CHECK_IN: tr("How it goes"),
        Topic.FLARE_OVER: tr("The flare is over"),
        Topic.EXERCISE: tr("Exercise"),
        Topic.WALK: tr("Walk"),
        Topic.QUESTION: tr("Question for the doctor"),
        Topic.HISTORY: tr("History"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the diary as it reads by now; `topic` is None for a rating of pain.

    `at`: when it was. `written`: when it was written, if that was later. `was`: how it read
    before, oldest first. `withdrawn`: the person took it back.
    """

    at: Moment
    topic: Topic | None
    text: str = ""
    number: int | None = None
    was: tuple[tuple[str, int | None], ...] = ()
    withdrawn: bool = False
    written: Moment | None = None

    @property
    def noted(self) -> Moment:
        """When it was written."""
        return self.written or self.at

    @property
    def of(self) -> datetime:
        """The wall time by which a correction knows it."""
        return self.noted.wall


def entry_of(event: ev.Logged | ev.PainRated) -> Entry:
    """The line that `event` begins."""
    at, written = event.was_at or event.at, event.at if event.was_at else None
    if isinstance(event, ev.PainRated):
        return Entry(at=at, topic=None, text=event.note, number=event.nrs, written=written)
    topic, text, number = event.topic, event.text, event.number
    return Entry(at=at, topic=topic, text=text, number=number, written=written)


def put(entries: list[Entry], event: ev.Logged | ev.PainRated) -> None:
    """Put the line that `event` begins into `entries`, which stay in the order of time."""
    entry, place = entry_of(event), len(entries)
    while entry.written and place and entries[place - 1].at.since(entry.at) > 0:
        place -= 1
    entries.insert(place, entry)


def when_it_was(was: datetime | None, now: Moment) -> Moment | None:
    """The moment at which the clock read `was`. Raises `Refused` for one that cannot be meant."""
    if was is None:
        return None
    at = now.at_wall(was)
    if at.since(now) > 0:
        raise Refused(tr("That is still to come. Say when it was."))
    if now.since(at) > OLDEST_DAYS * DAY_S:
        raise Refused(tr("That is more than {n} days ago.", n=OLDEST_DAYS))
    return at


def corrected(entries: tuple[Entry, ...], event: ev.EntryCorrection) -> tuple[Entry, ...]:
    """`entries` after `event`; as they are where it is about none of them."""
    return tuple(_corrected(each, event) if each.of == event.of else each for each in entries)


def _corrected(entry: Entry, event: ev.EntryCorrection) -> Entry:
    if isinstance(event, ev.EntryCorrected):
        was = (*entry.was, (entry.text, entry.number))
        return replace(entry, text=event.text, number=event.number, was=was)
    return replace(entry, withdrawn=isinstance(event, ev.EntryWithdrawn))


def check(topic: Topic | None, text: str, number: int | None) -> None:
    """Raise `Refused` unless an entry about `topic` (None: pain) can read so."""
    if len(text) > ev.TEXT_MOST:
        raise Refused(tr("That note is too long: {most} letters at the most.", most=ev.TEXT_MOST))
    match topic:
        case None if number is None or not 0 <= number <= ev.NRS_MOST:
            raise Refused(tr("Pain is a number from 0 (none) to 10 (worst)."))
        case Topic.SPASM_MIN if number is None or not 0 < number <= SPASM_MOST_MIN:
            raise Refused(tr("Say how many minutes it lasted: 1 to {n}.", n=SPASM_MOST_MIN))
        case Topic.ZONE if text not in ZONES:
            raise Refused(tr("That is no place on the back that is known here."))
        case Topic.HEAT_SOURCE if text not in HEAT_SOURCES:
            raise Refused(tr("That is no source of heat that is known here."))
        case _:
            return


def creams_of_day(entries: tuple[Entry, ...], day: datetime) -> int:
    """How often cream was put on, on the local day of `day`."""
    return sum(
        1
        for each in entries
        if each.topic is Topic.CREAM and not each.withdrawn and each.at.wall.date() == day.date()
    )


def last_text(entries: tuple[Entry, ...], topic: Topic) -> str:
    """What was said last about `topic`; empty where nothing was."""
    said = [each.text for each in entries if each.topic is topic and not each.withdrawn]
    return said[-1] if said else ""
