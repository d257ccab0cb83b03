"""Prints by how many milliseconds each of 200 alarms rang late, one a line.

They wait from 0.1 to 20 seconds, each on its own, as the program never has more than one.
"""

import sys
import time

from PySide6.QtCore import QCoreApplication

from backtimer.adapters.alarm import SchedulerAlarm

ALARMS = 200
_STEP_S = 0.1


class Waiting:
    """An alarm that was set, and how late it rang."""

    def __init__(self, delay_s: float) -> None:
        self.late_s: float | None = None
        self._alarm = SchedulerAlarm()
        self._alarm.on_ring(self._on_ring)
        self._due = time.monotonic() + delay_s
        self._alarm.set(delay_s)

    def _on_ring(self) -> None:
        self.late_s = time.monotonic() - self._due


def main() -> int:
    """Let them all ring."""
    application = QCoreApplication(sys.argv)
    waiting = [Waiting(_STEP_S * number) for number in range(1, ALARMS + 1)]
    last = SchedulerAlarm()
    last.on_ring(application.quit)
    last.set(_STEP_S * ALARMS + 2)
    application.exec()
    for each in waiting:
        print("never" if each.late_s is None else each.late_s * 1000)
    return 0


if __name__ == "__main__":
    sys.exit(main())
