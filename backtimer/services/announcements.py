"""What a person is told, in words: a message and the state become a title and a sentence."""

from dataclasses import dataclass
from typing import assert_never

from backtimer.domain.clock import MINUTE_S, Moment
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Urgency
from backtimer.domain.reminding import Due, Message
from backtimer.domain.view import View
from backtimer.domain.wording import (
    capitalised,
    hour_and_minute,
    length,
    modality_name,
    take_off,
)
from backtimer.domain.words import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One message on its way to the person."""

    message: Message
    title: str
    body: str
    urgency: Urgency = Urgency.GENTLE


def announcement(due: Due, view: View, now: Moment) -> Announcement:
    """`due` in words, for what `view` shows at `now`."""
    name = modality_name(due.modality)
    match due.message:
        case Message.TAKE_OFF:
            return Announcement(
                message=due.message,
                title=take_off(due.modality),
                body=_time_is_up(view, now),
                urgency=Urgency.URGENT,
            )
        case Message.STILL_ON:
            title = tr("Is the {name} still on?", name=name)
            body = tr("The computer was started again. Open Backtimer and say what you know.")
        case Message.DUE:
            title = tr("Time for {name}", name=name)
            body = tr("Press Start when the pack is on. Keep a cloth on your skin.")
        case Message.SWITCH_TO_HEAT:
            title = tr("From now on: heat")
            body = tr("The days of ice are over. The next session is heat.")
        case Message.PAUSE_OVER:
            title = tr("The pause is over")
            body = tr("{name} counts as off since you paused.", name=capitalised(name))
        case Message.ASSUMED_OFF:
            title = take_off(due.modality)
            body = tr("Time is up. It is recorded as taken off.")
            return Announcement(message=due.message, title=title, body=body, urgency=Urgency.URGENT)
        case Message.BEGUN:
            title = tr("{name} has begun", name=capitalised(name))
            body = tr("Put it on now. If you do not, press “I took it off”.")
        case _:
            assert_never(due.message)
    return Announcement(message=due.message, title=title, body=body)


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
