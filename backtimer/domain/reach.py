"""The ways to reach the person, and how far each of them works here."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from backtimer.domain.words import tr


class Way(StrEnum):
    """One way to reach the person, or what another one rests on."""

    NOTIFICATION = "notification"
    BUTTONS = "buttons"  # on notifications
    TRAY = "tray"
    SOUND = "sound"
    VOICE = "voice"
    PHONE = "phone"
    WINDOW = "window"
    SLEEP_INHIBITOR = "sleep-inhibitor"  # a machine that sleeps reaches nobody


# What is noticed by somebody who does not look at the window. A tray icon is not.
BEYOND_WINDOW = frozenset({Way.NOTIFICATION, Way.SOUND, Way.VOICE, Way.PHONE})
# What is heard, and so falls silent.
AUDIBLE = frozenset({Way.SOUND, Way.VOICE})


class State(StrEnum):
    """How far a way works."""

    WORKS = "works"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found out about `way`: `why` it is as it is, and what to do, in sentences.

    `is_wanted`: false for a way that the person switched off, or has not set up.
    """

    way: Way
    state: State
    why: str = ""
    fix: str = ""
    is_wanted: bool = True


def works(way: Way, why: str = "") -> Finding:
    """`way` reaches the person."""
    return Finding(way=way, state=State.WORKS, why=why)


def broken(way: Way, why: str, fix: str = "") -> Finding:
    """`way` reaches nobody."""
    return Finding(way=way, state=State.BROKEN, why=why, fix=fix)


def unknown(way: Way, why: str, fix: str = "") -> Finding:
    """Whether `way` reaches the person cannot be found out."""
    return Finding(way=way, state=State.UNKNOWN, why=why, fix=fix)


def not_wanted(way: Way, why: str, fix: str) -> Finding:
    """`way` is not used, because the person wants it so."""
    return Finding(way=way, state=State.BROKEN, why=why, fix=fix, is_wanted=False)


def reaches_beyond_window(findings: Iterable[Finding]) -> bool:
    """Whether anything reaches a person who does not look at the window."""
    return any(each.state is State.WORKS and each.way in BEYOND_WINDOW for each in findings)


def caution(findings: Iterable[Finding]) -> str:
    """What to know before lying down, in one sentence; empty where something reaches further."""
    found = tuple(findings)
    if not found or reaches_beyond_window(found):
        return ""
    return tr("Nothing but this window can reach you here, so keep it in sight.")


def lost(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    """What worked before and is broken now, of what the person wants to use."""
    worked = {each.way for each in before if each.state is State.WORKS}
    return tuple(
        each
        for each in after
        if each.way in worked and each.state is State.BROKEN and each.is_wanted
    )
