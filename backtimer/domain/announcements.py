"""What a person is told, in words: a message and the state become a title and a sentence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from backtimer.domain.clock import MINUTE_S, Moment
from backtimer.domain.ladder import Sound
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality
from backtimer.domain.reminding import Due, Message
from backtimer.domain.view import Action, View
from backtimer.domain.wording import (
    capitalised,
    hour_and_minute,
    length,
    modality_name,
    spoken_time,
    take_off,
)
from backtimer.domain.words import tr


class Urgency(StrEnum):
    """How much a message matters to the person."""

    GENTLE = "gentle"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An answer that can be given where the message is shown."""

    action: Action
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One message on its way to the person.

    `spoken`: what a voice says. `sound` is played at `volume` (0–100), if it has one. `lasts`: it
    goes on until it is answered. `opens`: what a click on it asks for, beyond the window.
    """

    message: Message
    title: str
    body: str
    spoken: str = ""
    urgency: Urgency = Urgency.GENTLE
    lasts: bool = False
    buttons: tuple[Button, ...] = ()
    opens: Action | None = None
    sound: Sound | None = None
    volume: int = 0


def announcement(due: Due, view: View, now: Moment, *, snooze_min: int) -> Announcement:
    """`due` in words, for what `view` shows at `now`."""
    title, body = _words(due, view, now)
    urgent = due.message in (Message.TAKE_OFF, Message.ASSUMED_OFF)
    offered = _buttons(due.message, view, snooze_min)
    return Announcement(
        message=due.message,
        title=title,
        body=body,
        spoken=_spoken(due.modality, view) if due.message is Message.TAKE_OFF else title,
        urgency=Urgency.URGENT if urgent else Urgency.GENTLE,
        lasts=due.message is Message.TAKE_OFF,
        buttons=tuple(each for each in offered if each.action in view.allowed),
        opens=Action.RATE if due.message is Message.RATING else None,
        sound=sound_of(due.message),
    )


def guidance(words: str) -> Announcement:
    """`words` for a voice alone: what to do next in an exercise."""
    return Announcement(message=Message.GUIDANCE, title=words, body="", spoken=words)


def trial(volume: int) -> Announcement:
    """A message that only tries whether it is heard and seen, as loud as an alarm is at first."""
    return Announcement(
        message=Message.TRIAL,
        title=tr("Do you hear this?"),
        body=tr("It is only a try. Say in Backtimer whether it reached you."),
        spoken=tr("Can you hear this?"),
        sound=Sound.ALARM,
        volume=volume,
    )


def sound_of(message: Message) -> Sound | None:
    """How `message` sounds."""
    match message:
        case Message.TAKE_OFF | Message.ASSUMED_OFF | Message.TRIAL:
            return Sound.ALARM
        case Message.DUE | Message.STILL_ON | Message.BEGUN:
            return Sound.REMINDER
        case Message.PAUSE_OVER | Message.SWITCH_TO_HEAT:
            return Sound.GENTLE
        case Message.SKIN_CHECK | Message.RATING | Message.GUIDANCE:
            return None
        case _:
            assert_never(message)


def _words(due: Due, view: View, now: Moment) -> tuple[str, str]:
    name = modality_name(due.modality)
    match due.message:
        case Message.TAKE_OFF:
            return take_off(due.modality), _time_is_up(view, now)
        case Message.STILL_ON:
            return (
                tr("Is the {name} still on?", name=name),
                tr("The computer was started again. Open Backtimer and say what you know."),
            )
        case Message.SKIN_CHECK:
            return (
                tr("Burning, or no feeling at all?"),
                tr("Then take it off and press “Yes”. If all is well, do nothing."),
            )
        case Message.RATING:
            return tr("How is the pain now?"), _pain_before(view)
        case Message.DUE:
            return (
                tr("Time for {name}", name=name),
                tr("Press Start when the pack is on. Keep a cloth on your skin."),
            )
        case Message.SWITCH_TO_HEAT:
            return (
                tr("From now on: heat"),
                tr("The days of ice are over. The next session is heat."),
            )
        case Message.PAUSE_OVER:
            return (
                tr("The pause is over"),
                tr("{name} counts as off since you paused.", name=capitalised(name)),
            )
        case Message.ASSUMED_OFF:
            return take_off(due.modality), tr("Time is up. It is recorded as taken off.")
        case Message.BEGUN:
            return (
                tr("{name} has begun", name=capitalised(name)),
                tr("Put it on now. If you do not, press “I took it off”."),
            )
        case Message.TRIAL | Message.GUIDANCE:
            raise AssertionError(due)
        case _:
            assert_never(due.message)


def _buttons(message: Message, view: View, snooze_min: int) -> tuple[Button, ...]:
    match message:
        case Message.TAKE_OFF:
            return (Button(action=Action.OFF, label=tr("I took it off")),)
        case Message.STILL_ON:
            return (
                Button(action=Action.STILL_ON, label=tr("Still on")),
                Button(action=Action.OFF, label=tr("I took it off just now")),
            )
        case Message.SKIN_CHECK:
            return (Button(action=Action.STOP_SKIN, label=tr("Yes, I take it off")),)
        case Message.DUE:
            return (
                Button(action=Action.START, label=tr("Start")),
                Button(action=Action.SNOOZE, label=tr("Snooze {n} min", n=snooze_min)),
                Button(action=Action.SKIP, label=tr("Skip")),
            )
        case Message.BEGUN:
            return (Button(action=Action.OFF, label=tr("I took it off")),)
        case Message.RATING:
            return (
                Button(action=Action.SAME_PAIN, label=tr("Still {n}", n=view.pain)),
                Button(action=Action.RATE, label=tr("Rate it")),
            )
        case _:
            return ()


def _pain_before(view: View) -> str:
    """How it was rated last, and what to do where there are no buttons."""
    then = tr("Open Backtimer and press a digit.")
    return then if view.pain is None else tr("It was {n}. {then}", n=view.pain, then=then)


def _spoken(modality: Modality, view: View) -> str:
    """What to do, and what follows: “Take the ice off. Next at ten to five”."""
    if view.next is None:
        return tr("{take_off}.", take_off=take_off(modality))
    time = spoken_time(view.next.at.wall)
    return tr("{take_off}. Next at {time}.", take_off=take_off(modality), time=time)


def _time_is_up(view: View, now: Moment) -> str:
    late_s = view.overdue_s(now) or 0.0
    if view.phase is not Phase.REMOVE or view.since is None or late_s < MINUTE_S:
        return tr("Time is up. Then press “I took it off”.")
    return tr(
        "It was due at {time}, {late} ago. {then}",
        time=hour_and_minute(view.since.wall),
        late=length(late_s),
        then=tr("If it is off already, open Backtimer and say so.")
        if view.unsure
        else tr("Then press “I took it off”."),
    )
