"""Warning signs: what is an emergency, what needs a doctor today. A list, never a score.

Sources: NHS, “Back pain”; NICE NG59, “Low back pain and sciatica”; Mayo Clinic, “Back pain”; and
the usual advice on back spasms.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from backtimer.domain.clock import Moment
from backtimer.domain.diary import Entry
from backtimer.domain.events import Topic
from backtimer.domain.words import tr

_NHS = tr("NHS, “Back pain”")
_MAYO = tr("Mayo Clinic, “Back pain”")
_NICE = tr("NICE NG59, 2016")
_SPASM = tr("the usual advice on back spasms")


class Tier(StrEnum):
    """How soon help is needed."""

    EMERGENCY = "emergency"
    TODAY = "today"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One warning sign in plain words, with the source that names it."""

    key: str
    words: str
    tier: Tier
    source: str


def _emergency(key: str, words: str, source: str = _NHS) -> Sign:
    return Sign(key=key, words=words, tier=Tier.EMERGENCY, source=source)


def _today(key: str, words: str, source: str = _NHS) -> Sign:
    return Sign(key=key, words=words, tier=Tier.TODAY, source=source)


_SIGNS = (
    _emergency("saddle", tr("Numb or tingling genitals or buttocks")),
    _emergency("bladder", tr("Trouble passing urine, or lost bladder or bowel control")),
    _emergency("legs", tr("Weakness, numbness or tingling in both legs, or fast loss of strength")),
    _emergency("chest", tr("Chest pain")),
    _emergency("accident", tr("It began with a serious accident")),
    _emergency("sexual", tr("New trouble with sexual function")),
    _emergency("belly", tr("Throbbing in the belly"), _MAYO),
    _today("fever", tr("Fever")),
    _today("weight", tr("Weight loss that nobody can explain")),
    _today("lump", tr("A lump, or a changed shape of the back")),
    _today("night", tr("No relief at rest, or worse at night")),
    _today("below-knee", tr("Pain below the knee"), _MAYO),
    _today("one-side", tr("Weakness or numbness on one side"), _MAYO),
    _today("arms-weak", tr("Weak arms, or unsteady on your feet"), _SPASM),
    _today(
        "risk",
        tr("You had cancer, have weak bones or a weak immune system, or take steroids"),
        _NICE,
    ),
    _today("first-50", tr("It is your first time, and you are over 50"), _MAYO),
    _today("urine", tr("Burning or frequent urine: signs of an infection"), _MAYO),
    _today("into-arms", tr("Pain that runs into the arms"), _SPASM),
    _today("sleepless", tr("You cannot sleep for it"), _SPASM),
    _today("often", tr("Spasms that come often"), _SPASM),
    _today("unbearable", tr("It is unbearable"), _SPASM),
    _today("constant", tr("Constant, and worse with movement"), _SPASM),
    _today("elsewhere", tr("It may come from elsewhere, such as gallstones or a kidney"), _SPASM),
)
SIGNS: Mapping[str, Sign] = MappingProxyType({each.key: each for each in _SIGNS})

CALL_EMERGENCY = tr("Call your local emergency number now (112, 911, 999 …).")
CALL_TODAY = tr("Call a doctor today.")
IF_NOT_BETTER = tr(
    "No better after three days: ask a doctor or pharmacist. Not gone after a week or two: see a"
    " doctor. Many backs take a few weeks."
)
LEAVE_IT_OFF = tr("Leave it off. If it stays numb, blisters or gets worse, see a doctor.")
LOOK_AGAIN = tr("You noted something new. Look through the warning signs again?")
NO_VERDICT = tr("This list is no diagnosis, and an empty one is no all-clear.")


def advice(keys: Iterable[str]) -> tuple[str, ...]:
    """What to do where the signs `keys` are there, the most urgent first; empty for none."""
    tiers = {SIGNS[key].tier for key in keys if key in SIGNS}
    told = ((Tier.EMERGENCY, CALL_EMERGENCY), (Tier.TODAY, CALL_TODAY))
    return tuple(words for tier, words in told if tier in tiers)


def of_tier(tier: Tier) -> tuple[Sign, ...]:
    """The signs of `tier`, in the order in which they are read."""
    return tuple(each for each in _SIGNS if each.tier is tier)


def sources() -> tuple[str, ...]:
    """Where the list is from, each source once."""
    return tuple(dict.fromkeys(each.source for each in _SIGNS))


def look_again(entries: Iterable[Entry], looked: Moment | None) -> bool:
    """Whether a symptom was noted since the list was looked at: `looked`, or the last tick."""
    counted = [each for each in entries if not each.withdrawn]
    ticks = [each.noted for each in counted if each.topic is Topic.SIGN]
    seen = [each for each in (looked, *ticks[-1:]) if each]
    news = [each.noted for each in counted if each.topic in (Topic.SYMPTOM, Topic.SPREAD)]
    return bool(news) and all(news[-1].since(each) > 0 for each in seen)
