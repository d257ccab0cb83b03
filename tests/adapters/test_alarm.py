import gc
import logging
import math
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import apscheduler.schedulers.base
import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from pytestqt.qtbot import QtBot

from backtimer.adapters import alarm as alarm_module
from backtimer.adapters.alarm import LONGEST_WAIT_S, SchedulerAlarm

SOON_S = 0.03
LATE_S = 0.5  # even a busy machine is quicker
PATIENCE_MS = 2000


class Rings:
    """Notes when and in which thread the alarm rang."""

    def __init__(self, alarm: SchedulerAlarm) -> None:
        self.at_s: list[float] = []
        self.threads: set[threading.Thread] = set()
        alarm.on_ring(self._on_ring)

    def _on_ring(self) -> None:
        self.at_s.append(time.monotonic())
        self.threads.add(threading.current_thread())

    def __len__(self) -> int:
        return len(self.at_s)

    def wait_for(self, count: int, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: len(self.at_s) == count, timeout=PATIENCE_MS)


class WakeUps:
    """Counts how often APScheduler looks for jobs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        original = apscheduler.schedulers.base.BaseScheduler._process_jobs

        def counted(scheduler: object) -> object:
            self.count += 1
            return original(scheduler)

        monkeypatch.setattr(apscheduler.schedulers.base.BaseScheduler, "_process_jobs", counted)


@pytest.fixture
def alarm(qapp: QCoreApplication) -> Iterator[SchedulerAlarm]:
    alarm = SchedulerAlarm(parent=qapp)
    yield alarm
    alarm.shutdown()


@pytest.fixture
def rings(alarm: SchedulerAlarm) -> Rings:
    return Rings(alarm)


def live(qtbot: QtBot, seconds: float) -> None:
    """Let the event loop run for so long."""
    timer = QTimer(singleShot=True, interval=math.ceil(seconds * 1000))
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    with qtbot.waitSignal(timer.timeout, timeout=PATIENCE_MS):
        timer.start()


def step_wall_clock(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Set the wall clock as everybody here reads it; elapsed time is left alone."""

    class Stepped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=seconds)

    for module in ("apscheduler.schedulers.base", "apscheduler.executors.base"):
        monkeypatch.setattr(sys.modules[module], "datetime", Stepped)
    monkeypatch.setattr(alarm_module, "datetime", Stepped)


def test_it_rings_in_time(alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot) -> None:
    due_s = time.monotonic() + SOON_S
    alarm.set(SOON_S)
    rings.wait_for(1, qtbot)
    assert 0 <= rings.at_s[0] - due_s < LATE_S


def test_it_rings_once(alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot) -> None:
    alarm.set(SOON_S)
    live(qtbot, 3 * SOON_S)
    assert len(rings) == 1


def test_it_rings_at_once_when_the_moment_is_now(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot
) -> None:
    alarm.set(0)
    assert len(rings) == 0
    rings.wait_for(1, qtbot)


@pytest.mark.parametrize("delay_s", [-5.0, math.nan])
def test_a_moment_that_has_passed_rings_at_once(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot, delay_s: float
) -> None:
    alarm.set(delay_s)
    rings.wait_for(1, qtbot)


def test_a_moment_beyond_the_calendar_is_taken_without_complaint(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot
) -> None:
    alarm.set(math.inf)
    live(qtbot, SOON_S)
    assert len(rings) == 0


def test_it_rings_in_the_main_thread(alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot) -> None:
    alarm.set(0)
    rings.wait_for(1, qtbot)
    assert rings.threads == {threading.main_thread()}
    assert threading.active_count() == 1


def test_a_new_moment_replaces_the_old_one(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot
) -> None:
    due_s = time.monotonic() + 2 * SOON_S
    alarm.set(SOON_S)
    alarm.set(2 * SOON_S)
    qtbot.waitUntil(lambda: len(rings) > 0, timeout=PATIENCE_MS)
    assert rings.at_s[0] >= due_s
    live(qtbot, 2 * SOON_S)
    assert len(rings) == 1


def test_an_earlier_moment_replaces_a_later_one(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot
) -> None:
    alarm.set(3600)
    alarm.set(SOON_S)
    rings.wait_for(1, qtbot)


def test_a_cancelled_alarm_is_silent(alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot) -> None:
    alarm.set(SOON_S)
    alarm.cancel()
    live(qtbot, 2 * SOON_S)
    assert len(rings) == 0
    assert alarm._scheduler.get_jobs() == []
    alarm.cancel()


def test_an_alarm_that_is_due_but_not_heard_yet_can_be_cancelled(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot
) -> None:
    alarm._on_job()
    alarm.cancel()
    live(qtbot, SOON_S)
    assert len(rings) == 0


def test_a_ring_on_its_way_is_not_heard_once_a_new_moment_is_set(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot
) -> None:
    alarm._on_job()
    alarm.set(3600)
    live(qtbot, SOON_S)
    assert len(rings) == 0


def test_whoever_is_rung_can_set_the_next_alarm(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot
) -> None:
    alarm.on_ring(lambda: alarm.set(0.005))
    alarm.set(0)
    qtbot.waitUntil(lambda: len(rings) >= 10, timeout=PATIENCE_MS)


def test_one_who_fails_does_not_keep_the_next_from_being_rung(
    alarm: SchedulerAlarm, qtbot: QtBot
) -> None:
    def fail() -> None:
        raise RuntimeError("not my day")

    alarm.on_ring(fail)
    rings = Rings(alarm)
    with qtbot.captureExceptions() as failures:
        alarm.set(0)
        rings.wait_for(1, qtbot)
    assert [str(each[1]) for each in failures] == ["not my day"]


def test_a_hundred_changes_leave_one_wake_up(
    alarm: SchedulerAlarm, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    wake_ups = WakeUps(monkeypatch)
    for n in range(100):
        alarm.set(3600 + n)
    live(qtbot, SOON_S)
    assert wake_ups.count == 1


def test_thousands_of_changes_leave_no_timers_and_no_memory(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def set_often() -> int:
        for n in range(2000):
            alarm.set(3600 + n)
        live(qtbot, 0.001)
        gc.collect()
        return len(gc.get_objects())

    before = set_often()
    assert set_often() - before < 100
    wake_ups = WakeUps(monkeypatch)
    live(qtbot, SOON_S)
    assert wake_ups.count == 0
    alarm.set(SOON_S)
    rings.wait_for(1, qtbot)


def test_the_same_moment_again_costs_no_new_job(
    alarm: SchedulerAlarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    present = datetime.now(UTC)

    class Still(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return present.astimezone(tz)

    monkeypatch.setattr(alarm_module, "datetime", Still)
    alarm.set(3600)
    first = alarm._scheduler.get_job("alarm")
    # As it is measured anew from one repaint to the next.
    alarm.set(3600.001)
    assert alarm._scheduler.get_job("alarm") is first
    alarm.set(3600.1)
    assert alarm._scheduler.get_job("alarm") is not first


def test_it_is_silent_after_shutdown(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(100):
        alarm.set(SOON_S + n / 1e4)
    wake_ups = WakeUps(monkeypatch)
    alarm.shutdown()
    live(qtbot, 2 * SOON_S)
    assert (len(rings), wake_ups.count) == (0, 0)


def test_a_ring_on_its_way_is_not_heard_after_shutdown(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot
) -> None:
    alarm._on_job()
    alarm.shutdown()
    live(qtbot, SOON_S)
    assert len(rings) == 0


def test_nothing_can_be_set_after_shutdown(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot
) -> None:
    alarm.shutdown()
    alarm.shutdown()
    alarm.set(0)
    assert alarm._scheduler.get_jobs() == []
    alarm.cancel()
    live(qtbot, SOON_S)
    assert len(rings) == 0


def test_a_job_that_comes_late_is_not_dropped(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As after a night asleep: what was set is long past when somebody looks for jobs.
    alarm.set(SOON_S)
    alarm._deadline_s = None
    step_wall_clock(monkeypatch, 8 * 3600)
    rings.wait_for(1, qtbot)


def test_the_timer_is_a_precise_one(alarm: SchedulerAlarm) -> None:
    assert alarm._scheduler._owned.timerType() is Qt.TimerType.PreciseTimer


def test_most_alarms_are_less_than_20_ms_late_and_none_is_early(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot
) -> None:
    late_s = []
    for n in range(20):
        due_s = time.monotonic() + SOON_S
        alarm.set(SOON_S)
        rings.wait_for(n + 1, qtbot)
        late_s.append(rings.at_s[-1] - due_s)
    assert min(late_s) >= -0.0005
    assert sorted(late_s)[12] < 0.02


def test_a_wait_is_rounded_up_as_a_timer_that_is_early_finds_nothing(
    alarm: SchedulerAlarm,
) -> None:
    alarm._scheduler._start_timer(0.0101)
    assert alarm._scheduler._owned.interval() == 11


def test_an_alarm_wakes_up_no_more_often_than_it_has_to(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    wake_ups = WakeUps(monkeypatch)
    for n in range(10):
        alarm.set(0.0107)
        rings.wait_for(n + 1, qtbot)
    # One to see the new job, one when it is due.
    assert wake_ups.count <= 20


def test_no_wait_is_longer_than_30_seconds(alarm: SchedulerAlarm, qtbot: QtBot) -> None:
    alarm.set(30 * 86_400)
    live(qtbot, 0.001)
    assert 29_000 < alarm._scheduler._owned.remainingTime() <= LONGEST_WAIT_S * 1000 == 30_000


def test_each_end_of_a_long_wait_rings_and_the_alarm_stays_set(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm_module, "LONGEST_WAIT_S", 0.02)
    due_s = time.monotonic() + 0.09
    alarm.set(0.09)
    qtbot.waitUntil(lambda: bool(rings.at_s) and rings.at_s[-1] >= due_s, timeout=PATIENCE_MS)
    # At 20, 40, 60 and 80 ms, unless the machine is busy, and when it is due.
    count = len(rings)
    assert 2 <= count <= 5
    live(qtbot, 0.05)
    assert len(rings) == count


def test_nothing_set_wakes_nobody_up(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(qtbot, 0.001)
    monkeypatch.setattr(alarm_module, "LONGEST_WAIT_S", 0.01)
    wake_ups = WakeUps(monkeypatch)
    live(qtbot, 0.05)
    alarm.set(3600)
    alarm.cancel()
    live(qtbot, 0.05)
    assert (len(rings), wake_ups.count) == (0, 0)


def test_a_wall_clock_that_is_set_back_delays_nothing(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    due_s = time.monotonic() + SOON_S
    alarm.set(SOON_S)
    live(qtbot, 0.001)
    step_wall_clock(monkeypatch, -3600)
    rings.wait_for(1, qtbot)
    assert rings.at_s[0] - due_s < LATE_S


def test_a_wall_clock_that_is_set_back_early_in_a_long_wait_delays_nothing(
    alarm: SchedulerAlarm, rings: Rings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm_module, "LONGEST_WAIT_S", 0.03)
    due_s = time.monotonic() + 0.07
    alarm.set(0.07)
    live(qtbot, 0.001)
    step_wall_clock(monkeypatch, -3600)
    qtbot.waitUntil(lambda: bool(rings.at_s) and rings.at_s[-1] >= due_s, timeout=PATIENCE_MS)
    assert rings.at_s[-1] - due_s < LATE_S
    count = len(rings)
    live(qtbot, 0.05)
    assert len(rings) == count <= 3


def test_a_wall_clock_that_is_set_back_while_the_alarm_is_set_delays_nothing(
    alarm: SchedulerAlarm, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rings = Rings(alarm)
    # Between the two moments at which the alarm and APScheduler look at it.
    look = alarm._scheduler._on_wake_up
    set_back: list[bool] = []

    def then_set_back(*, waited_long: bool) -> None:
        look(waited_long=waited_long)
        if not set_back:
            set_back.append(True)
            step_wall_clock(monkeypatch, -3600)

    alarm._scheduler._on_wake_up = then_set_back
    begun_s = time.monotonic()
    alarm.set(SOON_S)
    rings.wait_for(1, qtbot)
    assert rings.at_s[0] - begun_s < LATE_S


def test_a_wall_clock_that_is_set_forward_brings_nothing_forward(
    alarm: SchedulerAlarm, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm_module, "LONGEST_WAIT_S", 0.02)
    alarm.set(3600)
    live(qtbot, 0.001)
    step_wall_clock(monkeypatch, 2 * 3600)
    live(qtbot, 0.05)
    assert alarm._deadline_s is not None
    assert alarm._run_at is not None


def test_the_same_moment_is_set_anew_when_the_wall_clock_was_set(
    alarm: SchedulerAlarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    alarm.set(3600)
    first = alarm._run_at
    step_wall_clock(monkeypatch, -3600)
    alarm.set(3600)
    assert first is not None
    assert alarm._run_at is not None
    assert (first - alarm._run_at).total_seconds() == pytest.approx(3600, abs=1)


def test_apscheduler_logs_nothing(
    alarm: SchedulerAlarm,
    rings: Rings,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with caplog.at_level(logging.DEBUG, logger=""):
        for n in range(5):
            alarm.set(0)
            rings.wait_for(n + 1, qtbot)
        alarm.set(3600)
        alarm.shutdown()
    assert [each.name for each in caplog.records if "apscheduler" in each.name] == []
    assert capfd.readouterr() == ("", "")


IMPORT = """
import sys
import backtimer.adapters.alarm
assert not {"asyncio", "ssl", "_ssl"} & set(sys.modules), "asyncio was loaded"
import asyncio
assert asyncio.run(asyncio.sleep(0, 5)) == 5
from apscheduler import util
async def coroutine(): pass
assert util.iscoroutinefunction(coroutine) and not util.iscoroutinefunction(print)
"""


def test_apscheduler_brings_neither_asyncio_nor_ssl_and_both_still_work() -> None:
    subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT],
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )


def test_a_hundred_thousand_signals_are_emitted_without_a_crash() -> None:
    # PySide6 6.12.0 drops a reference to True with each on CPython 3.11, and aborts.
    class Emitter(QObject):
        told = Signal(bool)

    emitter = Emitter()
    heard: list[bool] = []
    emitter.told.connect(heard.append)
    for _ in range(100_000):
        emitter.told.emit(True)
    assert heard == [True] * 100_000
