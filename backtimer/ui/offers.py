"""What the window offers: each action that is possible now as a button with its words."""

from backtimer.domain.announcements import Button
from backtimer.domain.clock import MINUTE_S
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality
from backtimer.domain.view import Action, View
from backtimer.domain.wording import capitalised, modality_name, when
from backtimer.domain.words import tr


def how_to_begin(modality: Modality) -> str:
    """What to do before the first session with `modality`."""
    if modality is Modality.HEAT:
        return tr("Put a cloth over the heat pack, press the button and lie down.")
    return tr("Wrap the ice in a towel, press the button and lie down.")


def main_button(view: View) -> Button:
    """The one large button that is right now."""
    name = modality_name(view.offered)
    match view.phase:
        case Phase.IDLE:
            return Button(action=Action.START, label=tr("Spasm now"))
        case Phase.DUE:
            return Button(action=Action.START, label=tr("Start {name}", name=name))
        case Phase.APPLYING | Phase.REMOVE:
            return Button(action=Action.OFF, label=tr("I took it off"))
        case Phase.PAUSED:
            return Button(action=Action.RESUME, label=tr("It is on again"))
        case Phase.RESTING | Phase.QUIET if view.start_from:
            # Up to the next whole minute: the time that is told must be one that works.
            possible = view.start_from.after(MINUTE_S - 0.001).wall
            label = tr(
                "{name} from {time}",
                name=capitalised(name),
                time=when(possible, view.at.wall),
            )
            return Button(action=Action.START, label=label)
        case Phase.RESTING | Phase.QUIET:
            return Button(action=Action.START, label=tr("Start {name} now", name=name))


def other_buttons(view: View, snooze_min: int) -> tuple[Button, ...]:
    """The actions beside the main one that are possible now."""
    if view.unsure:
        return (
            Button(action=Action.STILL_ON, label=tr("Still on")),
            Button(action=Action.LOSE_TRACK, label=tr("I don’t know")),
        )
    labels = {
        Action.PAUSE: tr("Pause"),
        Action.SILENCE: tr("Silence"),
        Action.SNOOZE: tr("Snooze {n} min", n=snooze_min),
        Action.SKIP: tr("Skip next") if view.phase is Phase.RESTING else tr("Skip"),
    }
    if view.phase is Phase.PAUSED:
        labels[Action.OFF] = tr("It stays off")
    return tuple(
        Button(action=action, label=label)
        for action, label in labels.items()
        if action in view.allowed
    )


def stop_buttons(view: View) -> tuple[Button, ...]:
    """What ends a session at once because of how it feels; empty with no pack on."""
    labels = {Action.STOP_HURTS: tr("Stop: it hurts"), Action.STOP_NUMB: tr("It is numb")}
    return tuple(
        Button(action=action, label=label)
        for action, label in labels.items()
        if action in view.allowed
    )


def switch_words(view: View) -> str:
    """The menu's words for changing to the other modality."""
    return tr("Use {name} from the next session on", name=modality_name(view.switch_to))
