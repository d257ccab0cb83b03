"""Says what is to be said when its moment has come: once, or again and again for a removal."""

from PySide6.QtCore import QObject, Signal

from backtimer.domain import events as ev
from backtimer.domain.clock import MINUTE_S, Moment
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Clock
from backtimer.domain.protocol import Modality
from backtimer.domain.reminding import (
    Due,
    Message,
    due_step,
    heat_to_tell,
    next_due_step_s,
    settled_by_time,
    still_on_to_ask,
)
from backtimer.domain.view import View
from backtimer.services.announcements import announcement
from backtimer.services.care import CareService

_NOTICES = {
    Message.STILL_ON: ev.Notice.STILL_ON,
    Message.SWITCH_TO_HEAT: ev.Notice.SWITCH_TO_HEAT,
    Message.DUE: ev.Notice.DUE,
}

# Two messages at once are none: the second waits this long, unless a pack has to come off. In
# seconds of care: in a demo what waits for real ones would be long over.
APART_S = 5.0


class Reminders(QObject):
    """Watches the care service and emits `say(Announcement)` for each message.

    `remind_every_min` is the distance between two removal messages, in real minutes.
    """

    say = Signal(object)

    def __init__(self, *, care: CareService, clock: Clock, remind_every_min: int) -> None:
        super().__init__()
        self.remind_every_min = remind_every_min
        self._care = care
        self._clock = clock
        self._rung: Moment | None = None
        self._said: Moment | None = None
        self._settled: Due | None = None

    def on_settled(self, facts: tuple[ev.Event, ...]) -> None:
        """Tell of what time alone brought about."""
        self._settled = settled_by_time(facts, self._care.episode) or self._settled

    def check(self) -> None:
        """Say what is due now, if anything. Harmless at any time, however often."""
        now = self._clock.now()
        view = self._care.view
        if view.phase is Phase.REMOVE and view.modality:
            self._ring(view.modality, now)
            return
        self._rung = None
        if self._wait_s(now) > 0:
            return
        if settled := self._settled:
            self._settled = None
            self._say(settled)
        elif due := self._next(view, now):
            self._care.note((ev.Noticed(at=now, notice=_NOTICES[due.message], step=due.step),))
            self._say(due)

    def next_in_s(self) -> float | None:
        """Real seconds until there is something to say if nothing else happens, or None."""
        now, view = self._clock.now(), self._care.view
        if view.phase is Phase.REMOVE:
            return max(0.0, self._ring_in_s(now))
        if self._settled or self._next(view, now):
            return self._wait_s(now)
        return next_due_step_s(self._care.episode, now, self._clock.speed)

    def _next(self, view: View, now: Moment) -> Due | None:
        """What is to be said, the most important first, once nothing else was said just now."""
        episode = self._care.episode
        return (
            still_on_to_ask(episode)
            or heat_to_tell(episode, view.heat_from, now)
            or due_step(episode, now, self._clock.speed)
        )

    def _wait_s(self, now: Moment) -> float:
        """Real seconds until another message may follow the last one."""
        if self._said is None:
            return 0.0
        return max(0.0, APART_S - now.since(self._said)) / self._clock.speed

    def _ring(self, modality: Modality, now: Moment) -> None:
        if self._ring_in_s(now) <= 0:
            self._rung = now
            self._say(Due(message=Message.TAKE_OFF, modality=modality))

    def _ring_in_s(self, now: Moment) -> float:
        """Real seconds until the next removal message; 0 or less when it is due."""
        if self._rung is None:
            return 0.0
        silenced = self._care.episode.silenced
        repeats = 2 if silenced and silenced.since(self._rung) >= 0 else 1
        every_s = self.remind_every_min * MINUTE_S
        return repeats * every_s - now.since(self._rung) / self._clock.speed

    def _say(self, due: Due) -> None:
        now = self._clock.now()
        if due.message is not Message.TAKE_OFF:  # which was answered when another may follow
            self._said = now
        self.say.emit(announcement(due, self._care.view, now))
