"""What is asked as days go by: how it goes, whether heat helps, what a doctor should hear of.

Sources: ask a provider where it is no better within three days, and see a doctor where it does
not go away (the usual advice on back spasms; NHS, “Back pain”). “Better” is a fall by 2 points or
by 30 % on the 0–10 scale (Ostelo and others, Spine 2008). Ice again where heat does not help,
relaxants for two or three weeks, and a spasm that comes back in one place looked at by a doctor:
the usual advice on back spasms.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backtimer.domain import events as ev
from backtimer.domain.clock import DAY_S, Moment
from backtimer.domain.diary import (
    CREAMS_A_DAY,
    ZONES,
    Entry,
    corrected,
    creams_of_day,
    last_text,
    put,
)
from backtimer.domain.episode import Episode
from backtimer.domain.events import Topic
from backtimer.domain.phases import elapsed_s
from backtimer.domain.protocol import Modality
from backtimer.domain.words import tr

DAYS = (3, 7, 14)
BETTER_POINTS = 2
BETTER_PART = 0.3
RELAXANT_DAYS = (14, 21)  # relaxants are for two or three weeks at most
RELAXANT_ASKED_DAYS = 7  # (J) for so long after each of these days it is asked
ZONE_REPEATS = 3  # (J) the third episode in one place is worth a look
HEAT_SESSIONS = 2  # (J) after so many it can be told whether heat helps
BETTER, SAME = "better", "same"  # the answers to a check-in
YES, NO = "yes", "no"  # the answers about heat


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """What is asked on `day`, in words that fit the record of pain."""

    day: int
    question: str
    advice: str


def check_in(episode: Episode, now: Moment) -> CheckIn | None:
    """The check-in that is due and not answered: the latest one, or None. None with a pack on."""
    if episode.onset is None or episode.pack:
        return None
    answered = {each.number for each in _counted(episode, Topic.CHECK_IN)}
    due = [day for day in DAYS if elapsed_s(episode, now) >= day * DAY_S]
    if not due or due[-1] in answered:
        return None
    return CheckIn(day=due[-1], question=_question(episode, due[-1]), advice=ADVICE[due[-1]])


ADVICE = {
    3: tr("Many backs take a few weeks. If it is no better by now, ask a doctor or a pharmacist."),
    7: tr("A week is long. If it is not clearly better, see a doctor."),
    14: tr("Two weeks are long. If it has not gone, see a doctor."),
}


def _question(episode: Episode, day: int) -> str:
    if is_better(episode.pains) is None:
        return tr("Day {day}: is it better?", day=day)
    known = [each.number for each in episode.pains]
    told = tr(
        "Day {day}: pain went from {first} to {last}.", day=day, first=known[0], last=known[-1]
    )
    return tr("{told} Is it better?", told=told)


def is_better(pains: tuple[Entry, ...]) -> bool | None:
    """Whether the last rating is better than the first; None where fewer than two are there."""
    known = [each.number for each in pains if each.number is not None]
    if len(known) < 2:
        return None
    fall = known[0] - known[-1]
    return fall >= BETTER_POINTS or (known[0] > 0 and fall / known[0] >= BETTER_PART)


def heat_question(episode: Episode) -> str:
    """“Is heat helping?” after the second heat of the episode, until answered; else empty."""
    held = [each for each in episode.sessions if each.is_held and each.is_over]
    heats = sum(1 for each in held if each.plan.modality is Modality.HEAT)
    if episode.pack or heats < HEAT_SESSIONS or _counted(episode, Topic.HEAT_HELPS):
        return ""
    return tr("Is heat helping?")


def medicine_failed(episode: Episode, now: Moment) -> str:
    """What to do where a medicine was noted and pain is no better after three days; or empty."""
    is_early = elapsed_s(episode, now) < DAYS[0] * DAY_S
    if is_early or not _counted(episode, Topic.MEDICINE) or is_better(episode.pains) is not False:
        return ""
    return tr("You take a medicine, and pain is no better. Ask a doctor or a pharmacist.")


def relaxant_question(episode: Episode, now: Moment) -> str:
    """What to ask about a muscle relaxant that was begun weeks ago; empty where nothing is."""
    begun = _counted(episode, Topic.RELAXANT)
    if not begun:
        return ""
    days = now.since(begun[-1].at) / DAY_S
    passed = [day for day in RELAXANT_DAYS if day <= days < day + RELAXANT_ASKED_DAYS]
    if not passed:
        return ""
    return tr(
        "Day {day} of the muscle relaxant. They are for two to three weeks: ask who prescribed it.",
        day=passed[-1],
    )


def cream_caution(entries: tuple[Entry, ...], day: datetime) -> str:
    """What to know from the fifth cream of a day on; empty before."""
    count = creams_of_day(entries, day)
    if count <= CREAMS_A_DAY:
        return ""
    return tr("Cream, {n} times today. Thin, and three to four times a day, is the most.", n=count)


def entries_of(events: Iterable[ev.Event]) -> tuple[Entry, ...]:
    """The diary of one episode, from what happened in it."""
    entries: list[Entry] = []
    for event in events:
        match event:
            case ev.PainRated() | ev.Logged():
                put(entries, event)
            case ev.EntryCorrection():
                entries = list(corrected(tuple(entries), event))
            case _:
                pass
    return tuple(entries)


def repeats_in_zone(episodes: tuple[tuple[Entry, ...], ...]) -> tuple[str, int]:
    """The place of the last episode and how many had the same; ("", 0) where none was named."""
    zones = [last_text(entries, Topic.ZONE) for entries in episodes]
    zone = zones[-1] if zones else ""
    return (zone, zones.count(zone)) if zone else ("", 0)


def zone_advice(episodes: tuple[tuple[Entry, ...], ...]) -> str:
    """What to do where the last episode is the third or a later one in its place; or empty."""
    zone, count = repeats_in_zone(episodes)
    if count < ZONE_REPEATS:
        return ""
    return tr(
        "Spasm number {n} in one place: {zone}. Have it looked at by a doctor.",
        n=count,
        zone=ZONES.get(zone, zone),
    )


def _counted(episode: Episode, topic: Topic) -> list[Entry]:
    return [each for each in episode.entries if each.topic is topic and not each.withdrawn]
