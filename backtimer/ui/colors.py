"""The colours of light and dark, by what they are for; every text on its ground has 4.5 to 1."""

from enum import Enum
from typing import NamedTuple

from PySide6.QtGui import QColor


class Tone(Enum):
    """What a colour says; never the only thing that says it."""

    ICE = "ice"
    REST = "rest"
    HEAT = "heat"
    OVERDUE = "overdue"
    NEUTRAL = "neutral"


class ToneColors(NamedTuple):
    """The colours of one tone: for lines and large areas, for a soft ground, for text on accent."""

    accent: QColor
    soft: QColor
    on_accent: QColor


class Colors(NamedTuple):
    """The colours of one appearance, by role."""

    background: QColor
    card: QColor
    border: QColor
    text: QColor
    muted: QColor
    nav: QColor
    groove: QColor
    shade: QColor
    tones: dict[Tone, ToneColors]


def mixed(ground: QColor, ink: QColor, share: float) -> QColor:
    """Return `ink` laid over `ground` with an opacity of `share` (0 to 1), as an opaque colour."""
    return QColor.fromRgbF(
        ground.redF() + (ink.redF() - ground.redF()) * share,
        ground.greenF() + (ink.greenF() - ground.greenF()) * share,
        ground.blueF() + (ink.blueF() - ground.blueF()) * share,
    )


def _tone(accent: str, soft: str, on_accent: str) -> ToneColors:
    return ToneColors(QColor(accent), QColor(soft), QColor(on_accent))


def light_colors() -> Colors:
    """Return the colours by day."""
    return Colors(
        background=QColor("#F4F6F8"),
        card=QColor("#FFFFFF"),
        border=QColor("#DDE3E8"),
        text=QColor("#14202B"),
        muted=QColor("#55636F"),
        nav=QColor("#FFFFFF"),
        groove=QColor("#F4F6F8"),
        shade=QColor("#E7EAEE"),
        tones={
            Tone.ICE: _tone("#1565C0", "#E2EFFC", "#FFFFFF"),
            Tone.REST: _tone("#0A6F61", "#DDF3EE", "#FFFFFF"),
            Tone.HEAT: _tone("#BC3F0E", "#FDEADF", "#FFFFFF"),
            Tone.OVERDUE: _tone("#B42318", "#FDE7E4", "#FFFFFF"),
            Tone.NEUTRAL: _tone("#44525E", "#E6EBEF", "#FFFFFF"),
        },
    )


def dark_colors() -> Colors:
    """Return the colours by night."""
    return Colors(
        background=QColor("#10161C"),
        card=QColor("#19212A"),
        border=QColor("#2B3641"),
        text=QColor("#EDF2F6"),
        muted=QColor("#A5B2BE"),
        nav=QColor("#19212A"),
        groove=QColor("#10161C"),
        shade=QColor("#27313B"),
        tones={
            Tone.ICE: _tone("#74B7FF", "#16304B", "#10161C"),
            Tone.REST: _tone("#62CDBC", "#143733", "#10161C"),
            Tone.HEAT: _tone("#FF9D66", "#43261A", "#10161C"),
            Tone.OVERDUE: _tone("#FF8D85", "#4A201F", "#10161C"),
            Tone.NEUTRAL: _tone("#C3CED8", "#28333D", "#10161C"),
        },
    )
