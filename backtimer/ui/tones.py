"""Which colour and which icon a phase has."""

from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality
from backtimer.domain.view import View
from backtimer.ui.theme import Tone


def modality_tone(modality: Modality) -> Tone:
    """The colour of a pack."""
    return Tone.ICE if modality.is_cold else Tone.HEAT


def modality_icon(modality: Modality) -> str:
    """The icon of a pack, by the name of its file."""
    return "ice" if modality.is_cold else "heat"


def tone_of(view: View) -> Tone:
    """The colour of what is going on."""
    match view.phase:
        case Phase.REMOVE:
            return Tone.OVERDUE
        case Phase.RESTING | Phase.QUIET:
            return Tone.REST
        case _:
            return modality_tone(view.modality or view.offered)


def icon_of(view: View) -> str:
    """The icon of what is going on."""
    match view.phase:
        case Phase.REMOVE:
            return "bell"
        case Phase.PAUSED:
            return "pause"
        case Phase.RESTING | Phase.QUIET:
            return "rest"
        case _:
            return modality_icon(view.modality or view.offered)
