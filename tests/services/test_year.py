"""A year of care in virtual time, a week an episode: the timer grows in nothing."""

import gc
import os
import sys
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.clock import DAY_S, MINUTE_S
from backtimer.domain.events import Event
from backtimer.domain.phases import Phase
from backtimer.domain.record import open_part
from backtimer.domain.settings import Settings
from backtimer.services.care import CareService
from backtimer.services.reminders import Reminders
from backtimer.services.settings import SettingsService
from backtimer.services.watch import Watch
from tests.fakes import HandAlarm, HandClock, MemorySettings, MemoryStore
from tests.scale import report, scaled
from tests.services.timer import NIGHT, rules_of_the_day

WEEK_S = 7 * DAY_S
WARM_UP_WEEKS = 2
MORE_BYTES = 64 * 1024


class Disk(MemoryStore):
    """A record of which only the open episode is in memory, as of one on disk."""

    def append(self, events: Sequence[Event]) -> None:
        super().append(events)
        self.events[:] = open_part(self.events)


class Week:
    """One person who obeys, and a timer that is connected as in the program."""

    def __init__(self) -> None:
        self.clock, self.alarm = HandClock(), HandAlarm()
        rules = rules_of_the_day(quiet=NIGHT)
        self.care = CareService(store=Disk(), clock=self.clock, rules=rules)
        settings = SettingsService(store=MemorySettings(), settings=Settings())
        self.reminders = Reminders(care=self.care, settings=settings, clock=self.clock)
        self.said = 0
        self.reminders.say.connect(self._on_say)
        self.watch = Watch(
            care=self.care, reminders=self.reminders, alarm=self.alarm, clock=self.clock
        )
        self.watch.look()

    def live(self) -> int:
        """An episode from its onset to its end; how many sessions it had."""
        began = self.clock.now()
        self.care.do(cmd.Start())
        while self.clock.now().since(began) < WEEK_S:
            match self.care.view.phase:
                case Phase.DUE:
                    self.care.do(cmd.Start())
                case Phase.REMOVE:
                    self.care.do(cmd.Off())
                    self.care.do(cmd.RatePain(nrs=4))
                case _:
                    changes_s = self.care.view.changes_in_s(self.clock.now()) or 30 * MINUTE_S
                    self.clock.pass_real_s(max(changes_s, 0.001))
                    self.alarm.ring()
        if self.care.episode.pack:
            self.care.do(cmd.Off())
        held = sum(each.is_held for each in self.care.episode.sessions)
        self.care.do(cmd.End())
        return held

    def _on_say(self) -> None:
        self.said += 1


def handles() -> int:
    """How many files the process has open."""
    return len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0


@pytest.mark.scaled
@pytest.mark.timeout(scaled(ci=300, soak=24 * 3600))
def test_a_year_of_care_leaves_nothing_behind() -> None:
    weeks, week = scaled(ci=WARM_UP_WEEKS + 2, soak=52), Week()
    tracemalloc.start()
    try:
        sessions = [week.live() for _ in range(WARM_UP_WEEKS)]
        gc.collect()
        before, opened = tracemalloc.get_traced_memory()[0], handles()
        sessions += [week.live() for _ in range(weeks - WARM_UP_WEEKS)]
        gc.collect()
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    report(
        f"{weeks} weeks: {sum(sessions)} sessions, {week.said} messages, "
        f"{(after - before) / 1024:+.1f} kB, {handles() - opened:+d} open files (pid {os.getpid()})"
    )
    assert min(sessions) > 40
    assert week.said >= sum(sessions)
    assert after - before < MORE_BYTES
    assert handles() == opened
