"""The ways to the person, and how far they work, in plain words."""

import re
from collections.abc import Sequence
from typing import assert_never

from backtimer.domain.declared import DECLARED
from backtimer.domain.hearing import Heard
from backtimer.domain.reach import Finding, State, Way
from backtimer.domain.words import tr
from backtimer.ui.theme import Tone

# How what mends something is told on the command line: `backtimer config KEY VALUE`.
_COMMAND = re.compile(r"backtimer config (\w+) [^\s.]+")


def way_words(way: Way) -> str:
    """What a way is called, as it stands within a sentence."""
    match way:
        case Way.NOTIFICATION:
            return tr("notifications")
        case Way.BUTTONS:
            return tr("buttons on notifications")
        case Way.TRAY:
            return tr("tray")
        case Way.SOUND:
            return tr("sound")
        case Way.VOICE:
            return tr("voice")
        case Way.PHONE:
            return tr("phone")
        case Way.WINDOW:
            return tr("window")
        case Way.SLEEP_INHIBITOR:
            return tr("kept awake")
        case _:
            assert_never(way)


def in_a_row(names: Sequence[str]) -> str:
    """Names as they are listed in a sentence: “sound, voice and phone”."""
    *before, last = names or ("",)
    return tr("{names} and {last}", names=", ".join(before), last=last) if before else last


def state_words(finding: Finding) -> str:
    """How far it works, in a word or two."""
    if not finding.is_wanted:
        return tr("Off")
    match finding.state:
        case State.WORKS:
            return tr("Works")
        case State.BROKEN:
            return tr("Does not work")
        case State.UNKNOWN:
            return tr("Not known")
        case _:
            assert_never(finding.state)


def state_tone(finding: Finding) -> Tone:
    """The colour that goes with the word."""
    if not finding.is_wanted or finding.state is State.UNKNOWN:
        return Tone.NEUTRAL
    return Tone.REST if finding.state is State.WORKS else Tone.OVERDUE


def state_icon(finding: Finding) -> str:
    """The shape that goes with the word, by the name of its file."""
    if not finding.is_wanted:
        return "dash"
    match finding.state:
        case State.WORKS:
            return "check"
        case State.BROKEN:
            return "close"
        case State.UNKNOWN:
            return "question"
        case _:
            assert_never(finding.state)


def fix_words(finding: Finding) -> str:
    """What mends it, for a person who is in the window: where a switch is, not what to type."""
    if finding.way is Way.PHONE and not finding.is_wanted:
        return tr("Use the ntfy app, or write any address here.")
    return _COMMAND.sub(_in_settings, finding.fix)


def _in_settings(command: re.Match[str]) -> str:
    setting = DECLARED.get(command[1])
    return tr("Settings, “{label}”", label=setting.label) if setting else command[0]


def outcome_words(heard: Heard) -> str:
    """What the answer to a ring means."""
    match heard:
        case Heard.HEARD:
            return tr("Good. You will hear me.")
        case Heard.SAW:
            return tr("Good, you see it. You did not hear it, so keep the screen in sight.")
        case Heard.NEITHER:
            return tr("Then nothing reached you. See below what may help, and ring again.")
        case _:
            assert_never(heard)
