import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from backtimer.adapters.sleep.bus_link import BusLink
from backtimer.adapters.sleep.inhibitor import sleep_inhibitor
from backtimer.adapters.sleep.logind_inhibitor import LogindInhibitor
from backtimer.domain.ports import SleepInhibitor, Waking
from tests.adapters.logind_stand_in import StandIn

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="talks to Linux's logind")

ROOT = Path(__file__).parents[2]
PATIENCE_MS = 15_000
AT_ONCE_S = 0.5  # a busy machine is quicker
ALL = "sleep:idle:handle-lid-switch"
WITHOUT_LID = "sleep:idle"
CAUTION = (
    "This computer may fall asleep by itself and could not ring then."
    " Switch automatic sleep off while you use the timer."
)

Until = Callable[[Callable[[], object]], None]


class Heard:
    """Notes what the inhibitor told, and in which thread."""

    def __init__(self, inhibitor: LogindInhibitor, qtbot: QtBot) -> None:
        self.outlooks: list[str] = []
        self.wakes = 0
        self.threads: set[threading.Thread] = set()
        self._qtbot = qtbot
        inhibitor.on_outlook(self._on_outlook)
        inhibitor.on_wake(self._on_wake)

    def _on_outlook(self, sentence: str) -> None:
        self.outlooks.append(sentence)
        self.threads.add(threading.current_thread())

    def _on_wake(self) -> None:
        self.wakes += 1
        self.threads.add(threading.current_thread())

    def wait_for(self, *outlooks: str) -> None:
        """Until exactly these were told, in this order."""
        expected = list(outlooks)
        self._qtbot.waitUntil(lambda: len(self.outlooks) >= len(expected), timeout=PATIENCE_MS)
        assert self.outlooks == expected

    def wait_for_wakes(self, count: int) -> None:
        self._qtbot.waitUntil(lambda: self.wakes >= count, timeout=PATIENCE_MS)


@pytest.fixture(autouse=True)
def _no_collector_in_the_thread() -> Iterator[None]:
    """As in the program: what earlier tests left is not collected in a thread without Qt."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def absent_logind(bus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A logind that is not started yet, on a system bus of one's own."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus)
    logind = StandIn(bus, tmp_path)
    yield logind
    logind.stop()


@pytest.fixture
def logind(absent_logind: StandIn, until: Until) -> StandIn:
    """A logind that runs."""
    absent_logind.start()
    until(lambda: absent_logind.is_ready)
    return absent_logind


@pytest.fixture
def inhibitor(qapp: QCoreApplication) -> Iterator[LogindInhibitor]:
    inhibitor = LogindInhibitor(parent=qapp)
    yield inhibitor
    inhibitor.close()
    assert not inhibitor._thread._thread.is_alive()


@pytest.fixture
def heard(inhibitor: LogindInhibitor, qtbot: QtBot) -> Heard:
    return Heard(inhibitor, qtbot)


# --- holding ---


def test_it_is_what_the_ports_ask_for() -> None:
    # mypy looks at these lines.
    guard = sleep_inhibitor()
    inhibitor: SleepInhibitor = guard
    waking: Waking = guard
    assert isinstance(inhibitor, LogindInhibitor)
    assert waking is inhibitor
    guard.close()


def test_the_machine_stays_awake_until_it_is_released(
    inhibitor: LogindInhibitor, logind: StandIn, until: Until
) -> None:
    inhibitor.hold()
    until(lambda: f"held {ALL} block" in logind.said and logind.held == [ALL])
    start_s = time.monotonic()
    inhibitor.release()
    until(lambda: logind.held == [])
    assert time.monotonic() - start_s < AT_ONCE_S


def test_before_anybody_lies_down_it_is_known_that_it_can_be_had_and_nothing_is_held(
    inhibitor: LogindInhibitor, heard: Heard, logind: StandIn, until: Until
) -> None:
    inhibitor.start()
    heard.wait_for("")
    until(lambda: f"closed {ALL}" in logind.said)
    assert logind.held == []


def test_who_asks_later_is_told_what_is_known(
    inhibitor: LogindInhibitor, heard: Heard, logind: StandIn
) -> None:
    inhibitor.start()
    heard.wait_for("")
    assert logind.is_ready
    late: list[str] = []
    inhibitor.on_outlook(late.append)
    assert late == [""]


def test_holding_twice_holds_once(
    inhibitor: LogindInhibitor, heard: Heard, logind: StandIn, until: Until
) -> None:
    inhibitor.start()
    heard.wait_for("")
    inhibitor.hold()
    until(lambda: logind.held == [ALL])
    inhibitor.hold()
    inhibitor.release()
    inhibitor.release()
    until(lambda: logind.held == [])
    inhibitor.hold()
    until(lambda: logind.held == [ALL])
    assert len([each for each in logind.said if each.startswith("held")]) == 3


def test_hasty_holding_and_releasing_ends_as_it_was_wanted_last(
    inhibitor: LogindInhibitor, logind: StandIn, until: Until
) -> None:
    for _ in range(200):
        inhibitor.hold()
        inhibitor.release()
    inhibitor.hold()
    until(lambda: logind.held == [ALL])
    inhibitor.release()
    until(lambda: logind.held == [])


def test_its_descriptor_is_not_inherited_by_other_programs(
    inhibitor: LogindInhibitor, logind: StandIn, until: Until
) -> None:
    inhibitor.hold()
    until(lambda: logind.held == [ALL] and inhibitor._grip._fd)
    assert inhibitor._grip._fd is not None
    assert not os.get_inheritable(inhibitor._grip._fd)


# --- denied ---


def test_where_the_lid_is_not_ours_to_hold_sleep_and_idleness_are(
    inhibitor: LogindInhibitor, heard: Heard, logind: StandIn, until: Until
) -> None:
    logind.tell("deny lid")
    inhibitor.hold()
    until(lambda: logind.held == [WITHOUT_LID])
    heard.wait_for("")


def test_where_it_is_denied_the_person_is_told_before_lying_down(
    inhibitor: LogindInhibitor, heard: Heard, logind: StandIn
) -> None:
    logind.tell("deny all")
    inhibitor.start()
    heard.wait_for(CAUTION)
    assert [each for each in logind.said if each.startswith("denied")] == [
        f"denied {ALL}",
        f"denied {WITHOUT_LID}",
    ]


def test_what_was_denied_is_asked_for_again_with_the_next_pack(
    inhibitor: LogindInhibitor, heard: Heard, logind: StandIn, until: Until
) -> None:
    logind.tell("deny all")
    inhibitor.start()
    heard.wait_for(CAUTION)
    logind.tell("allow")
    inhibitor.hold()
    until(lambda: logind.held == [ALL])
    heard.wait_for(CAUTION, "")


def test_a_machine_that_cannot_sleep_is_nothing_to_worry_about(
    inhibitor: LogindInhibitor, heard: Heard, logind: StandIn
) -> None:
    logind.tell("deny all")
    logind.tell("can na")
    inhibitor.start()
    heard.wait_for("")


# --- waking up ---


def test_the_end_of_sleep_is_told_in_the_main_thread_and_its_beginning_is_not(
    inhibitor: LogindInhibitor, heard: Heard, logind: StandIn
) -> None:
    inhibitor.start()
    heard.wait_for("")
    logind.tell("sleep true")
    logind.tell("sleep false")
    heard.wait_for_wakes(1)
    logind.tell("sleep false")
    heard.wait_for_wakes(2)
    assert heard.wakes == 2
    assert heard.threads == {threading.main_thread()}


# --- what can become of logind and the bus ---


def test_a_logind_that_comes_late_is_heard_and_used(
    inhibitor: LogindInhibitor, heard: Heard, absent_logind: StandIn, until: Until
) -> None:
    inhibitor.hold()
    heard.wait_for(CAUTION)
    absent_logind.start()
    until(lambda: absent_logind.held == [ALL])
    heard.wait_for(CAUTION, "")
    absent_logind.tell("sleep false")
    heard.wait_for_wakes(1)


def test_a_logind_that_dies_is_asked_again_when_it_is_back(
    inhibitor: LogindInhibitor, heard: Heard, logind: StandIn, until: Until
) -> None:
    inhibitor.hold()
    heard.wait_for("")
    until(lambda: logind.held == [ALL])
    logind.stop()
    heard.wait_for("", CAUTION)
    logind.start()
    until(lambda: logind.held == [ALL])
    heard.wait_for("", CAUTION, "")
    logind.tell("sleep false")
    heard.wait_for_wakes(1)
    inhibitor.release()
    until(lambda: logind.held == [])


def test_a_logind_that_hangs_blocks_nobody_and_its_late_answer_counts(
    inhibitor: LogindInhibitor, heard: Heard, logind: StandIn, until: Until
) -> None:
    logind.freeze()
    start_s = time.monotonic()
    inhibitor.hold()
    assert time.monotonic() - start_s < AT_ONCE_S
    heard.wait_for(CAUTION)
    logind.thaw()
    until(lambda: logind.held == [ALL])
    heard.wait_for(CAUTION, "")


def test_an_answer_that_comes_when_the_pack_is_off_holds_nothing(
    inhibitor: LogindInhibitor, heard: Heard, logind: StandIn, until: Until
) -> None:
    logind.freeze()
    inhibitor.hold()
    heard.wait_for(CAUTION)
    inhibitor.release()
    logind.thaw()
    heard.wait_for(CAUTION, "")
    until(lambda: f"closed {ALL}" in logind.said)
    assert logind.held == []


class MortalBus:
    """A system bus that can die, and come back at the same place."""

    def __init__(self, folder: Path) -> None:
        self.address = f"unix:path={folder}/system"
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, and wait until it is there."""
        (self._folder / "system").unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [
                "dbus-daemon",
                f"--config-file={self._folder / 'bus.conf'}",
                f"--address={self.address}",
                "--nofork",
                "--print-address",
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline()

    def signal(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@pytest.fixture
def mortal_bus(bus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MortalBus]:
    assert bus
    mortal = MortalBus(tmp_path)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", mortal.address)
    mortal.start()
    yield mortal
    mortal.kill()


def test_a_bus_that_dies_is_told_and_found_again(
    inhibitor: LogindInhibitor,
    heard: Heard,
    mortal_bus: MortalBus,
    until: Until,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    logind = StandIn(mortal_bus.address, tmp_path)
    request.addfinalizer(logind.stop)
    logind.start()
    until(lambda: logind.is_ready)
    inhibitor.hold()
    until(lambda: logind.held == [ALL])
    heard.wait_for("")
    mortal_bus.kill()
    heard.wait_for("", CAUTION)
    logind.stop()
    mortal_bus.start()
    logind.start()
    until(lambda: logind.held == [ALL])
    heard.wait_for("", CAUTION, "")
    logind.tell("sleep false")
    heard.wait_for_wakes(1)


def test_a_bus_that_stands_still_for_a_while_is_used_when_it_goes_on(
    inhibitor: LogindInhibitor,
    heard: Heard,
    mortal_bus: MortalBus,
    until: Until,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    logind = StandIn(mortal_bus.address, tmp_path)
    request.addfinalizer(logind.stop)
    logind.start()
    until(lambda: logind.is_ready)
    inhibitor.start()
    heard.wait_for("")
    mortal_bus.signal(signal.SIGSTOP)
    inhibitor.hold()
    heard.wait_for("", CAUTION)
    mortal_bus.signal(signal.SIGCONT)
    until(lambda: logind.held == [ALL])
    heard.wait_for("", CAUTION, "")


def test_a_bus_that_hangs_blocks_nobody_and_the_end_takes_no_longer_than_a_second(
    inhibitor: LogindInhibitor, heard: Heard, mortal_bus: MortalBus
) -> None:
    mortal_bus.signal(signal.SIGSTOP)
    start_s = time.monotonic()
    inhibitor.hold()
    inhibitor.release()
    assert time.monotonic() - start_s < AT_ONCE_S
    heard.wait_for(CAUTION)
    start_s = time.monotonic()
    inhibitor.hold()
    inhibitor.close()
    assert time.monotonic() - start_s < 1
    assert not inhibitor._thread._thread.is_alive()


@pytest.mark.parametrize(
    "address", ["unix:path=/nowhere/bus", "tcp:host=localhost", "rubbish", "unix:x", ";"]
)
def test_without_a_bus_it_is_told_and_tried_again_only_with_the_next_pack(
    inhibitor: LogindInhibitor,
    heard: Heard,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    tries = count_waits(inhibitor, monkeypatch)
    inhibitor.start()
    heard.wait_for(CAUTION)
    until(lambda: tries == [None])
    inhibitor.hold()
    until(lambda: tries == [None, None])
    heard.wait_for(CAUTION)


def count_waits(inhibitor: LogindInhibitor, monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """For how long the thread went to sleep each time; None is until it is woken."""
    waits: list[float | None] = []
    thread = inhibitor._thread
    original = thread._wait

    def noted(timeout_s: float | None, link: BusLink | None) -> tuple[bool, bool]:
        waits.append(timeout_s)
        return original(timeout_s, link)

    monkeypatch.setattr(thread, "_wait", noted)
    return waits


def test_an_idle_thread_sleeps_until_it_is_woken(
    inhibitor: LogindInhibitor,
    heard: Heard,
    logind: StandIn,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits = count_waits(inhibitor, monkeypatch)
    inhibitor.hold()
    until(lambda: logind.held == [ALL])
    heard.wait_for("")
    until(lambda: waits[-1] is None)
    assert len(waits) < 20


def test_a_bus_that_stays_away_is_looked_for_ever_more_rarely(
    inhibitor: LogindInhibitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = inhibitor._thread
    waits: list[float | None] = []
    is_nudged = False

    def noted(timeout_s: float | None, _link: BusLink | None) -> tuple[bool, bool]:
        waits.append(timeout_s)
        return is_nudged, False

    monkeypatch.setattr(thread, "_wait", noted)
    thread._rest(1)
    thread._again_s = 1.0  # there was a bus
    for _ in range(7):
        thread._rest(1)
    assert waits == [None, 1, 2, 4, 8, 16, 30, 30]
    thread._rest(60)  # it was there for a while
    assert waits[-1] == 1
    thread._again_s = 30.0
    is_nudged = True
    thread._rest(1)
    assert thread._again_s == 1


# --- the end ---


def test_closing_releases_and_then_nothing_is_told(
    inhibitor: LogindInhibitor, heard: Heard, logind: StandIn, until: Until
) -> None:
    inhibitor.hold()
    until(lambda: logind.held == [ALL])
    heard.wait_for("")
    inhibitor.close()
    until(lambda: logind.held == [])
    inhibitor.close()
    inhibitor.start()
    inhibitor.hold()
    inhibitor.release()
    logind.stop()
    QCoreApplication.processEvents()
    assert heard.outlooks == [""]


def test_what_was_never_started_is_closed_too(heard: Heard, inhibitor: LogindInhibitor) -> None:
    inhibitor.close()
    inhibitor.start()
    inhibitor.hold()
    assert heard.outlooks == []


def test_no_descriptor_is_left_open(
    qapp: QCoreApplication, logind: StandIn, until: Until, qtbot: QtBot
) -> None:
    before = open_descriptors()
    inhibitor = LogindInhibitor(parent=qapp)
    heard = Heard(inhibitor, qtbot)
    inhibitor.hold()
    until(lambda: logind.held == [ALL])
    heard.wait_for("")
    inhibitor.close()
    assert open_descriptors() == before


def open_descriptors() -> list[str]:
    # The folder's own descriptor is closed by then.
    found = list(Path("/proc/self/fd").iterdir())
    return sorted(str(each) for each in found if each.is_symlink())


def test_nothing_slow_is_imported_before_it_is_started() -> None:
    look = """
import sys, backtimer.adapters.sleep.inhibitor as inhibitor
inhibitor.sleep_inhibitor()
assert not {"jeepney", "asyncio", "ssl", "ctypes"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", look], check=True, cwd=ROOT, timeout=60)
