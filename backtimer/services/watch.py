"""Keeps the alarm set to the next moment that matters, and looks at the clock when it rings."""

from PySide6.QtCore import QObject

from backtimer.domain.ports import Alarm, Clock
from backtimer.services.care import CareService
from backtimer.services.reminders import Reminders

# Never trust one long wait: a timer does not count while the machine sleeps, and a wall clock
# that is set back makes it wait longer. Twice a minute costs next to nothing. In a demo, half a
# minute of care passes sooner; once a second is often enough for whoever watches.
LOOK_AGAIN_S = 30.0
LOOK_AGAIN_LEAST_S = 1.0


class Watch(QObject):
    """Joins time, care and reminders: whatever happens, `look` puts all three right."""

    def __init__(
        self, *, care: CareService, reminders: Reminders, alarm: Alarm, clock: Clock
    ) -> None:
        super().__init__()
        self._care = care
        self._reminders = reminders
        self._alarm = alarm
        self._clock = clock
        self._looking = False
        care.settled.connect(reminders.on_settled)
        care.changed.connect(self._on_changed)
        alarm.on_ring(self.look)

    def look(self) -> None:
        """Catch up with the clock, say what is to be said, and set the alarm again."""
        # First: whatever goes wrong now, there is another look.
        self._alarm.set(self._look_again_s())
        self._care.look()

    def hurry(self) -> None:
        """Something did not reach the person: say at once what was to come next."""
        self._reminders.hurry()
        self.look()

    def _on_changed(self) -> None:
        # Whoever hears what is said may look at the clock in turn: one round is enough.
        if self._looking:
            return
        self._looking = True
        try:
            self._reminders.check()
        finally:
            self._looking = False
            self._set_alarm()

    def _set_alarm(self) -> None:
        now = self._clock.now()
        changes_s = self._care.view.changes_in_s(now)
        speed = self._clock.speed
        waits = [self._look_again_s()]
        if changes_s is not None:
            waits.append(changes_s / speed)
        reminder_s = self._reminders.next_in_s()
        if reminder_s is not None:
            waits.append(reminder_s)
        self._alarm.set(max(0.0, min(waits)))

    def _look_again_s(self) -> float:
        return max(LOOK_AGAIN_LEAST_S, LOOK_AGAIN_S / self._clock.speed)
