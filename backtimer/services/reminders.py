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
from backtimer.services.announcements import announcement
from backtimer.services.care import CareService


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

    def on_settled(self, facts: tuple[ev.Event, ...]) -> None:
        """Tell of what time alone brought about."""
        if due := settled_by_time(facts, self._care.episode):
            self._say(due)

    def check(self) -> None:
        """Say what is due now, if anything. Harmless at any time, however often."""
        now = self._clock.now()
        view = self._care.view
        if view.phase is Phase.REMOVE and view.modality:
            self._ring(view.modality, now)
            return
        self._rung = None
        if asked := still_on_to_ask(self._care.episode):
            self._care.note((ev.Noticed(at=now, notice=ev.Notice.STILL_ON),))
            self._say(asked)
        if told := heat_to_tell(self._care.episode, view.heat_from, now):
            self._care.note((ev.Noticed(at=now, notice=ev.Notice.SWITCH_TO_HEAT),))
            self._say(told)
        if due := due_step(self._care.episode, now, self._clock.speed):
            self._care.note((ev.Noticed(at=now, notice=ev.Notice.DUE, step=due.step),))
            self._say(due)

    def next_in_s(self) -> float | None:
        """Real seconds until there is something to say if nothing else happens, or None."""
        now = self._clock.now()
        if self._care.view.phase is Phase.REMOVE:
            return max(0.0, self._ring_in_s(now))
        return next_due_step_s(self._care.episode, now, self._clock.speed)

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
        self.say.emit(announcement(due, self._care.view, self._clock.now()))
