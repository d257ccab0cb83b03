"""Says what is to be said when its moment has come: once, or up the ladder for a removal."""

from PySide6.QtCore import QObject, Signal

from backtimer.domain import events as ev
from backtimer.domain.announcements import announcement
from backtimer.domain.climb import Climb
from backtimer.domain.clock import Moment
from backtimer.domain.ladder import Rung, rung_of
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Clock
from backtimer.domain.protocol import Modality
from backtimer.domain.reminding import (
    Due,
    Message,
    due_step,
    heat_to_tell,
    next_due_step_s,
    rating_in_s,
    rating_to_ask,
    settled_by_time,
    skin_check_in_s,
    skin_check_to_ask,
    still_on_to_ask,
)
from backtimer.domain.view import View
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService

_NOTICES = {
    Message.STILL_ON: ev.Notice.STILL_ON,
    Message.SKIN_CHECK: ev.Notice.SKIN_CHECK,
    Message.RATING: ev.Notice.RATING,
    Message.SWITCH_TO_HEAT: ev.Notice.SWITCH_TO_HEAT,
    Message.DUE: ev.Notice.DUE,
}

# Two messages at once are none: the second waits this long, unless a pack has to come off. In
# seconds of care: in a demo what waits for real ones would be long over.
APART_S = 5.0


class Reminders(QObject):
    """Watches the care service and says what there is to say.

    Signals: `say(Announcement, Rung)` for each message and how it is said; `gave_up()` when a
    removal was not answered for hours: what is heard falls silent, what is shown stays.
    """

    say = Signal(object, object)
    gave_up = Signal()

    def __init__(self, *, care: CareService, settings: SettingsService, clock: Clock) -> None:
        super().__init__()
        self._care = care
        self._settings = settings
        self._clock = clock
        self._climb: Climb | None = None
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
        self._climb = None
        if self._wait_s(now) > 0:
            return
        if settled := self._settled:
            self._settled = None
            self._say(settled, rung_of(settled.message))
        elif due := self._next(view, now):
            self._care.note((ev.Noticed(at=now, notice=_NOTICES[due.message], step=due.step),))
            self._care.check()
            self._say(due, rung_of(due.message))

    def hurry(self) -> None:
        """Something did not reach the person: what a removal has in store comes sooner."""
        if self._climb:
            self._climb = self._climb.hurried()

    def next_in_s(self) -> float | None:
        """Real seconds until there is something to say if nothing else happens, or None."""
        now, view = self._clock.now(), self._care.view
        if view.phase is Phase.REMOVE:
            return self._climb.next_in_s(now) if self._climb else 0.0
        if self._settled or self._next(view, now):
            return self._wait_s(now)
        skin_check_s = skin_check_in_s(self._care.episode, now)
        if skin_check_s is not None:
            return skin_check_s / self._clock.speed
        rating_s = rating_in_s(self._care.episode, now)
        if rating_s is not None:
            return rating_s / self._clock.speed
        return next_due_step_s(self._care.episode, now, self._clock.speed)

    def _next(self, view: View, now: Moment) -> Due | None:
        """What is to be said, the most important first, once nothing else was said just now."""
        episode = self._care.episode
        return (
            still_on_to_ask(episode)
            or skin_check_to_ask(episode, now)
            or heat_to_tell(episode, view.heat_from, now)
            or due_step(episode, now, self._clock.speed)
            or rating_to_ask(episode, now)
        )

    def _wait_s(self, now: Moment) -> float:
        """Real seconds until another message may follow the last one."""
        if self._said is None:
            return 0.0
        return max(0.0, APART_S - now.since(self._said)) / self._clock.speed

    def _ring(self, modality: Modality, now: Moment) -> None:
        before, climb = self._climb, self._climbing(now)
        self._climb = climb.has_said()
        if climb.gives_up():
            if before and not before.gives_up():
                self._give_up(now)
        elif rung := climb.step(self._care.episode.silenced):
            self._say(Due(message=Message.TAKE_OFF, modality=modality), rung)

    def _climbing(self, now: Moment) -> Climb:
        ladder = self._settings.current.ladder()
        if self._climb is None or self._climb.ladder != ladder:
            return Climb(ladder=ladder, speed=self._clock.speed, began=now, seen=now)
        return self._climb.at(now)

    def _give_up(self, now: Moment) -> None:
        pack = self._care.episode.pack
        if pack and not pack.unanswered:
            self._care.note((ev.RemovalUnanswered(at=now),))
            self._care.check()
        self.gave_up.emit()

    def _say(self, due: Due, rung: Rung) -> None:
        now = self._clock.now()
        if due.message is not Message.TAKE_OFF:  # which was answered when another may follow
            self._said = now
        snooze_min = self._settings.current.number("snooze_min")
        self.say.emit(announcement(due, self._care.view, now, snooze_min=snooze_min), rung)
