"""The facts of a report for a doctor: labels, and what was recorded under each of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from backtimer.domain.clock import Moment
from backtimer.domain.diary import Entry
from backtimer.domain.episode import Episode
from backtimer.domain.events import Topic
from backtimer.domain.journal import SessionRow
from backtimer.domain.journal_lines import day_words, entry_words, one_line, topic_name
from backtimer.domain.protocol import Modality
from backtimer.domain.session import Outcome
from backtimer.domain.wording import capitalised, hour_and_minute, length, modality_name
from backtimer.domain.words import tr

_ITEM_MOST = 160  # letters of one note; the journal and the backup have all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line: its label, and what was recorded, the most telling first; empty: nothing was."""

    label: str
    items: tuple[str, ...]


def short(moment: Moment) -> str:
    """A moment such as `Thu 19 Nov 18:40`."""
    return tr("{day} {time}", day=day_words(moment.wall), time=hour_and_minute(moment.wall))


def pain(entries: tuple[Entry, ...]) -> tuple[Fact, ...]:
    """Where it hurts, how, and since what."""
    return (
        _fact(tr("Where"), entries, Topic.ZONE, Topic.SPREAD),
        _fact(tr("Feels like"), entries, Topic.FEELS),
        Fact(label=tr("Spasms"), items=_spasms(entries)),
        _fact(tr("Set off by"), entries, Topic.TRIGGER),
        _fact(tr("Other symptoms"), entries, Topic.SYMPTOM),
    )


def _spasms(entries: Iterable[Entry]) -> tuple[str, ...]:
    lasted = [each.number for each in entries if each.topic is Topic.SPASM_MIN and each.number]
    if not lasted:
        return ()
    if len(lasted) == 1:
        return (tr("one noted, lasting {n} min", n=lasted[0]),)
    return (
        tr(
            "{n} noted, lasting {least}–{most} min, median {median:g} min",
            n=len(lasted),
            least=min(lasted),
            most=max(lasted),
            median=median(lasted),
        ),
    )


# --- what was tried ---


def tried(rows: Sequence[SessionRow], entries: tuple[Entry, ...]) -> tuple[Fact, ...]:
    """What was done about it, and what came of it."""
    stopped = tuple(
        tr(
            "{name} {when}: {why}",
            name=_name(each.modality),
            when=short(each.started),
            why=each.note,
        )
        for each in rows
        if each.note
    )
    reactions = tuple(said(each) for each in entries if each.topic is Topic.SKIN)
    return (
        *(
            Fact(label=_name(modality), items=_sessions(rows, modality))
            for modality in Modality
            if modality is not Modality.COLD_MASSAGE
            or any(each.modality is modality for each in rows)
        ),
        _fact(tr("Heat by"), entries, Topic.HEAT_SOURCE, Topic.HEAT_HELPS),
        Fact(label=tr("Skin, and why stopped"), items=(*reactions, *stopped)),
        _fact(tr("Medicines"), entries, Topic.MEDICINE, Topic.RELAXANT, Topic.DROWSY),
        Fact(label=tr("Cream"), items=_counted(entries, Topic.CREAM)),
        _fact(tr("Other care"), entries, Topic.OTHER_CARE, Topic.EXERCISE),
    )


def _name(modality: Modality) -> str:
    return capitalised(modality_name(modality))


def _sessions(rows: Sequence[SessionRow], modality: Modality) -> tuple[str, ...]:
    """Sessions, minutes, how they ended, and the median pain before and after them."""
    own = [each for each in rows if each.modality is modality]
    held = [each for each in own if each.outcome not in (Outcome.MISSED, Outcome.SKIPPED)]
    if not own:
        return ()
    on_skin_s = sum(each.on_skin_s or 0.0 for each in held)
    counted = tr("{n} sessions", n=len(held)) if len(held) != 1 else tr("1 session")
    told = [tr("{n}, {length} on skin", n=counted, length=length(on_skin_s)) if held else counted]
    told += [
        tr("{n} {how}", n=n, how=how)
        for outcome, how in _ENDS
        if (n := sum(1 for each in own if each.outcome is outcome))
    ]
    return (", ".join(told), *_change(held))


_ENDS = (
    (Outcome.LATE, tr("taken off late")),
    (Outcome.EARLY, tr("stopped early")),
    (Outcome.ASSUMED, tr("taken as off, not confirmed")),
    (Outcome.UNKNOWN, tr("of unknown length")),
    (Outcome.SKIPPED, tr("skipped")),
    (Outcome.MISSED, tr("missed")),
)


def _change(held: Iterable[SessionRow]) -> tuple[str, ...]:
    pairs = [
        (each.pain_before, each.pain_after)
        for each in held
        if each.pain_before is not None and each.pain_after is not None
    ]
    if not pairs:
        return (tr("pain before and after: not recorded"),)
    return (
        tr(
            "median pain {before:g} → {after:g} (rated around {n})",
            before=median(before for before, _ in pairs),
            after=median(after for _, after in pairs),
            n=len(pairs),
        ),
    )


def _counted(entries: Iterable[Entry], topic: Topic) -> tuple[str, ...]:
    own = [each for each in entries if each.topic is topic]
    if not own:
        return ()
    named = dict.fromkeys(one_line(each.text, _ITEM_MOST) for each in reversed(own) if each.text)
    times = tr("{n} times", n=len(own)) if len(own) > 1 else tr("once")
    return (tr("{times}, last {when}", times=times, when=short(own[-1].at)), *named)


# --- daily life, history, questions ---


def function(entries: tuple[Entry, ...]) -> tuple[Fact, ...]:
    """What can be done with it."""
    return (
        _fact(tr("Sleep"), entries, Topic.SLEEP),
        _fact(tr("Walking"), entries, Topic.WALKING, Topic.WALK),
        _fact(tr("Work"), entries, Topic.WORK),
        _fact(tr("How it goes"), entries, Topic.CHECK_IN, Topic.FLARE_OVER),
    )


def history(entries: tuple[Entry, ...], earlier: Sequence[Episode]) -> tuple[Fact, ...]:
    """What was before, and what the person wants to ask."""
    begun = [each.onset for each in earlier if each.onset]
    before = (
        (tr("{n} in this diary, the last from {when}", n=len(begun), when=_day(begun[-1])),)
        if begun
        else ()
    )
    return (
        Fact(label=tr("Earlier episodes"), items=before),
        _fact(tr("History"), entries, Topic.HISTORY),
        _fact(tr("Notes"), (each for each in entries if each.text), Topic.NOTE, None),
        Fact(label=tr("Questions"), items=_texts(entries, Topic.QUESTION)),
    )


def _day(moment: Moment) -> str:
    return tr("{day} {year}", day=day_words(moment.wall), year=moment.wall.year)


def _texts(entries: Iterable[Entry], topic: Topic) -> tuple[str, ...]:
    found = [one_line(each.text, _ITEM_MOST) for each in entries if each.topic is topic]
    return tuple(dict.fromkeys(each for each in found if each))


def _fact(label: str, entries: Iterable[Entry], *topics: Topic | None) -> Fact:
    """What was said about `topics`, in their order and the latest first; the same counts once."""
    by_words: dict[str, Entry] = {}
    for each in entries:
        if each.topic in topics:
            words = _words(each, topics[0])
            by_words.pop(words, None)
            by_words[words] = each
    latest = list(reversed(by_words.items()))
    latest.sort(key=lambda pair: topics.index(pair[1].topic))
    return Fact(
        label=label,
        items=tuple(
            tr("{words} ({when})", words=words, when=short(each.at)) for words, each in latest
        ),
    )


def said(entry: Entry) -> str:
    """An entry with its time, on one line."""
    words = one_line(entry_words(entry.topic, entry.text, entry.number), _ITEM_MOST)
    return tr("{words} ({when})", words=words or topic_name(entry.topic), when=short(entry.at))


def _words(entry: Entry, main: Topic | None) -> str:
    """What an entry says; one of another topic than the label's names it."""
    words = one_line(entry_words(entry.topic, entry.text, entry.number), _ITEM_MOST)
    if entry.topic is main:
        return words or tr("yes")
    name = topic_name(entry.topic).lower()
    return tr("{name}: {words}", name=name, words=words) if words else name
