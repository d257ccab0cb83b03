import errno
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from backtimer.adapters.sleep import clock_set, waking
from backtimer.adapters.sleep.time_jumps import Reading
from backtimer.adapters.sleep.waking import SystemWaking
from backtimer.domain.ports import Waking
from tests.adapters.sleep.kit import NOON, later
from tests.fakes import HandWaking

PATIENCE_MS = 5_000


# --- where the kernel tells ---


class Clocks:
    """Clocks to be moved by a test."""

    def __init__(self) -> None:
        self.now = NOON

    def read(self) -> Reading:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now = later(self.now, awake_s=0.1, slept_s=seconds)

    def set(self, seconds: float) -> None:
        self.now = later(self.now, awake_s=0.1, set_s=seconds)


class Wakes:
    """Counts, and notes the thread."""

    def __init__(self, source: Waking) -> None:
        self.count = 0
        self.threads: set[threading.Thread] = set()
        source.on_wake(self._on_wake)

    def wait_for(self, count: int, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: self.count == count, timeout=PATIENCE_MS)

    def _on_wake(self) -> None:
        self.count += 1
        self.threads.add(threading.current_thread())


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def herald() -> HandWaking:
    return HandWaking()


@pytest.fixture
def make_system(
    qapp: QCoreApplication, clocks: Clocks, herald: HandWaking
) -> Iterator[Callable[[], SystemWaking]]:
    made: list[SystemWaking] = []

    def make() -> SystemWaking:
        made.append(SystemWaking(herald=herald, read=clocks.read, parent=qapp))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def system(make_system: Callable[[], SystemWaking]) -> SystemWaking:
    return make_system()


def set_the_same_time() -> None:
    """Set the machine's clock to what it says, which is a jump to whoever watches."""
    try:
        time.clock_settime(time.CLOCK_REALTIME, time.time())
    except PermissionError:
        pytest.skip("setting the clock is not permitted here")


needs_timerfd = pytest.mark.skipif(sys.platform != "linux", reason="a timerfd is Linux's")


@needs_timerfd
def test_a_clock_that_is_set_is_told_at_once_each_time(system: SystemWaking, qtbot: QtBot) -> None:
    wakes = Wakes(system)
    system.start()
    for n in range(1, 4):
        start_s = time.monotonic()
        set_the_same_time()
        wakes.wait_for(n, qtbot)
        assert time.monotonic() - start_s < 0.5
    assert wakes.threads == {threading.main_thread()}


@needs_timerfd
def test_where_the_kernel_tells_there_is_no_timer(system: SystemWaking) -> None:
    system.start()
    assert system._timer is None
    assert system._notifier is not None


@needs_timerfd
def test_a_clock_that_is_set_while_the_timer_is_armed_is_no_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def cancelled(_fd: int) -> None:
        raise OSError(errno.ECANCELED, "set meanwhile")

    monkeypatch.setattr(clock_set, "_set", cancelled)
    clock_set._arm(0)


@needs_timerfd
def test_it_leaves_no_descriptor_open(
    make_system: Callable[[], SystemWaking], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_descriptors()
    system = make_system()
    system.start()
    assert open_descriptors() != before
    system.close()
    assert open_descriptors() == before
    no_timerfd(monkeypatch)
    other = make_system()
    other.start()
    assert open_descriptors() == before


def open_descriptors() -> list[str]:
    found = list(Path("/proc/self/fd").iterdir())
    # The folder's own descriptor is closed by then.
    return sorted(str(each) for each in found if each.is_symlink())


def test_after_closing_nothing_is_told(system: SystemWaking, clocks: Clocks) -> None:
    wakes = Wakes(system)
    system.start()
    system.close()
    system.close()
    clocks.sleep(600)
    if sys.platform == "linux":
        set_the_same_time()
    QCoreApplication.processEvents()
    assert wakes.count == 0


def test_what_the_herald_says_is_passed_on(
    system: SystemWaking,
    herald: HandWaking,
    clocks: Clocks,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "backtimer")
    wakes = Wakes(system)
    clocks.sleep(600)
    herald.wake()
    herald.wake()
    assert wakes.count == 2
    assert caplog.messages == ["the machine slept 600.0 s"]


def test_whoever_looks_at_the_clock_anyway_can_have_the_clocks_compared(
    system: SystemWaking, clocks: Clocks
) -> None:
    wakes = Wakes(system)
    system.check()
    assert wakes.count == 0
    clocks.sleep(600)
    system.check()
    system.check()
    assert wakes.count == 1


# --- where it does not ---


def no_timerfd(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_fd: int) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(clock_set, "_set", refuse)


@pytest.fixture
def quick_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    no_timerfd(monkeypatch)
    monkeypatch.setattr(waking, "_LOOK_MS", 5)


@pytest.mark.usefixtures("quick_timer")
def test_elsewhere_sleep_and_a_clock_that_was_set_are_found_by_looking(
    system: SystemWaking, clocks: Clocks, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "backtimer")
    wakes = Wakes(system)
    system.start()
    clocks.sleep(600)
    wakes.wait_for(1, qtbot)
    clocks.set(-60)
    wakes.wait_for(2, qtbot)
    assert caplog.messages[1:] == ["the machine slept 600.0 s", "the clock was set by -60.0 s"]


@pytest.mark.usefixtures("quick_timer")
def test_elsewhere_nothing_is_told_while_nothing_happens(
    system: SystemWaking, clocks: Clocks, qtbot: QtBot
) -> None:
    wakes = Wakes(system)
    system.start()
    looks: list[Reading] = []

    def noted() -> Reading:
        looks.append(clocks.now)
        return replace(clocks.now)

    system._read = noted
    qtbot.waitUntil(lambda: len(looks) > 3, timeout=PATIENCE_MS)
    assert wakes.count == 0


def test_elsewhere_it_is_looked_at_more_than_once_a_second(
    system: SystemWaking, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_timerfd(monkeypatch)
    system.start()
    assert system._timer is not None
    assert system._timer.isActive()
    assert 500 < system._timer.interval() < 1_000
