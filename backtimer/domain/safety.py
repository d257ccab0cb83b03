"""The words of safety: start cards, cloth reminder, tips. All from the sources named here.

Sources: NHS trust leaflets on the safe use of cold and heat (Midlands Partnership); Mayo
Clinic, “Back pain”; the usual back-spasm advice (never ice directly on skin, never asleep).
"""

from dataclasses import dataclass
from typing import assert_never

from backtimer.domain.clock import MINUTE_S, Moment
from backtimer.domain.diary import Entry, creams_of_day, last_text
from backtimer.domain.events import Topic
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality
from backtimer.domain.words import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class StartCard:
    """What is shown once, before the first session of a modality in an episode."""

    title: str
    reminder: str
    against: tuple[str, ...]
    never_asleep: str


_NOT_SOBER = tr("sedatives or alcohol")
_NEVER_ASLEEP = tr("Never fall asleep with it on.")
_COLD = StartCard(
    title=tr("Before the first ice"),
    reminder=tr("Keep a towel between the ice and your skin. Never ice directly on skin."),
    against=(
        tr("Raynaud’s, a cold allergy or poor circulation"),
        tr("numb skin or diabetes"),
        tr("heart disease"),
        tr("a past cold injury"),
        tr("broken skin"),
        tr("a numbing cream on the skin"),
        _NOT_SOBER,
    ),
    never_asleep=_NEVER_ASLEEP,
)
_HEAT = StartCard(
    title=tr("Before the first heat"),
    reminder=tr("Keep a cloth between the heat and your skin. Warm, not hot; never lie on it."),
    against=(
        tr("numb skin, diabetes or poor circulation"),
        tr("a clot, a bleeding tendency or blood thinners"),
        tr("a fresh bruise or swelling"),
        tr("an infection or fever"),
        tr("cancer at the place"),
        tr("broken skin"),
        tr("pregnancy"),
        tr("any cream on the skin, numbing or not"),
        _NOT_SOBER,
    ),
    never_asleep=_NEVER_ASLEEP,
)


def start_card(modality: Modality) -> StartCard:
    """The card for `modality`."""
    return _COLD if modality.is_cold else _HEAT


USUAL_SOURCE = "pack"
_ON_TOP = tr("Lay it on top of you, never under you. Set it to warm, not hot.")
_SOURCE_ADVICE = {
    "pack": tr("Try it on your forearm first. Wrap it in a cloth."),
    "electric": _ON_TOP,
    "gel": tr("On dry, clean skin. Take it off when the time is up, like a pack."),
    "bath": tr("Warm, not hot. Get out slowly, and hold on to something."),
    "shower": tr("Warm, not hot, and on a mat that does not slip."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardQuestions:
    """What the diary adds to the card of a modality.

    `first`: what has to be done before it goes on. `stay_awake`: what the person is asked because
    a medicine made them drowsy. `source`: what heat came from last; empty where none is chosen.
    """

    first: str = ""
    stay_awake: str = ""
    source: str = ""


def card_questions(modality: Modality, entries: tuple[Entry, ...], now: Moment) -> CardQuestions:
    """What `entries`, the diary of this episode, adds to the card of `modality`."""
    source = "" if modality.is_cold else last_text(entries, Topic.HEAT_SOURCE) or USUAL_SOURCE
    return CardQuestions(
        first=cream_first(modality, entries, now),
        stay_awake=stay_awake(entries),
        source=source,
    )


def cream_first(modality: Modality, entries: tuple[Entry, ...], now: Moment) -> str:
    """What a cream of today means for `modality`; empty where none was noted."""
    if not creams_of_day(entries, now.wall):
        return ""
    if modality.is_cold:
        return tr("You noted a cream today. No ice over a cream that numbs.")
    return tr("You noted a cream today. No heat over any cream: wash it off first.")


def stay_awake(entries: tuple[Entry, ...]) -> str:
    """The question after a medicine that made drowsy; empty where none did."""
    if not any(each.topic is Topic.DROWSY and not each.withdrawn for each in entries):
        return ""
    return tr("A medicine made you drowsy. Will you stay awake?")


def source_advice(source: str) -> str:
    """One line on how to use heat from `source`, a key of `diary.HEAT_SOURCES`."""
    return _SOURCE_ADVICE[source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """One thought for now: a bold line and a plain one."""

    title: str
    text: str


def _enough(planned_s: int | None) -> str:
    if planned_s is None:
        return tr("That is enough for now.")
    minutes = round(planned_s / MINUTE_S)
    if minutes == 1:
        return tr("1 minute is enough.")
    return tr("{n} minutes is enough.", n=minutes)


def tip(phase: Phase, modality: Modality | None, planned_s: int | None = None) -> Tip:
    """What helps in `phase` with `modality` on or coming; `planned_s`: how long it is to be."""
    cold = modality is None or modality.is_cold
    match phase:
        case Phase.APPLYING | Phase.PAUSED | Phase.DUE if cold:
            return Tip(
                title=tr("Keep a towel between the ice and your skin."),
                text=tr("Stop early if it burns or you feel nothing at all."),
            )
        case Phase.APPLYING | Phase.PAUSED | Phase.DUE:
            return Tip(title=tr("Warm, not hot."), text=tr("Never fall asleep on a heating pad."))
        case Phase.REMOVE:
            return Tip(
                title=_enough(planned_s),
                text=tr("Longer can harm the skin. Rest starts when you confirm."),
            )
        case Phase.QUIET:
            return Tip(
                title=tr("Sleep well."),
                text=tr("Nothing rings until the morning but a pack that is still on."),
            )
        case Phase.RESTING | Phase.IDLE:
            return Tip(
                title=tr("Stay gently active."),
                text=tr("A walk of a couple of minutes keeps your back from stiffening."),
            )
        case _:
            assert_never(phase)
