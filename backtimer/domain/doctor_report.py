"""What a doctor is told on one page: facts of an episode as they were recorded, no verdict.

What was never said is “not recorded”, never 0 or “none”.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from backtimer.domain import doctor_facts as facts
from backtimer.domain.clock import DAY_S, Moment
from backtimer.domain.diary import Entry
from backtimer.domain.doctor_facts import Fact
from backtimer.domain.episode import Episode
from backtimer.domain.events import Topic
from backtimer.domain.journal import session_rows
from backtimer.domain.journal_lines import day_words
from backtimer.domain.pain_chart import Chart, Zoom, chart
from backtimer.domain.phases import elapsed_s
from backtimer.domain.signs import SIGNS, Tier
from backtimer.domain.wording import hour_and_minute
from backtimer.domain.words import tr

NOT_RECORDED = tr("not recorded")
DISCLAIMER = tr(
    "Made from what the person wrote down, by a timer and diary. It is no diagnosis and does not"
    " replace a doctor. Pain is rated on the numeric rating scale, 0 (none) to 10 (worst)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Facts under one heading."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of pain in words, with when it was."""

    label: str
    value: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorReport:
    """All that stands on the page. `urgent`: signs of an emergency were ticked."""

    title: str
    made: str
    began: str
    signs: tuple[str, ...]
    urgent: bool
    figures: tuple[Figure, ...]
    chart: Chart
    parts: tuple[Part, ...]
    disclaimer: str


def doctor_report(
    episode: Episode, until: Moment, now: Moment, earlier: Sequence[Episode] = ()
) -> DoctorReport:
    """The report on `episode`, told up to `until` and made `now`; `earlier` ones are history."""
    entries = tuple(each for each in episode.entries if not each.withdrawn)
    rows = [each for each in session_rows(episode, until) if not each.session.withdrawn]
    return DoctorReport(
        title=tr("Back pain: report for my doctor"),
        made=tr("Made {when}", when=_when(now)),
        began=_began(episode, until, now),
        signs=_signs(entries),
        urgent=any(_is_urgent(each) for each in entries),
        figures=_figures(episode.pains),
        chart=chart([(episode, until)], until, Zoom.EPISODE),
        parts=(
            Part(heading=tr("The pain"), facts=facts.pain(entries)),
            Part(heading=tr("What was tried"), facts=facts.tried(rows, entries)),
            Part(heading=tr("Daily life"), facts=facts.function(entries)),
            Part(heading=tr("History and questions"), facts=facts.history(entries, earlier)),
        ),
        disclaimer=DISCLAIMER,
    )


def _when(moment: Moment) -> str:
    wall = moment.wall
    return tr(
        "{day} {year}, {time}", day=day_words(wall), year=wall.year, time=hour_and_minute(wall)
    )


def _began(episode: Episode, until: Moment, now: Moment) -> str:
    if episode.onset is None:
        return NOT_RECORDED
    day = int(elapsed_s(episode, until) // DAY_S) + 1
    began = _when(episode.onset)
    if now.since(until) <= 0:
        return tr("{began} · day {day} today", began=began, day=day)
    return tr("{began} · over on {end}, day {day}", began=began, end=_when(until), day=day)


# --- warning signs and pain ---


def _is_urgent(entry: Entry) -> bool:
    known = SIGNS.get(entry.text) if entry.topic is Topic.SIGN else None
    return known is not None and known.tier is Tier.EMERGENCY


def _signs(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Each sign once, with when it was first ticked; those of an emergency first."""
    ticked: dict[str, Entry] = {}
    for each in entries:
        if each.topic is Topic.SIGN:
            ticked.setdefault(each.text, each)
    found = sorted(ticked.values(), key=lambda each: not _is_urgent(each))
    return tuple(facts.said(each) for each in found)


def _figures(pains: Sequence[Entry]) -> tuple[Figure, ...]:
    known = [(each, each.number) for each in pains if each.number is not None]
    labels = (tr("First"), tr("Worst"), tr("Least"), tr("Median"), tr("Now"))
    if not known:
        return tuple(Figure(label=each, value=NOT_RECORDED, when="") for each in labels)
    first, last = known[0], known[-1]
    worst, least = max(known, key=_number), min(known, key=_number)
    middle = tr("of {n} ratings", n=len(known)) if len(known) > 1 else tr("of one rating")
    found = [(str(nrs), facts.short(entry.at)) for entry, nrs in (first, worst, least)]
    found += [(f"{median(nrs for _, nrs in known):g}", middle)]
    found += [(str(last[1]), facts.short(last[0].at))]
    # The last rating is not of now: its time stands below it.
    return tuple(
        Figure(label=label, value=value, when=when)
        for label, (value, when) in zip(labels, found, strict=True)
    )


def _number(pair: tuple[Entry, int]) -> int:
    return pair[1]
