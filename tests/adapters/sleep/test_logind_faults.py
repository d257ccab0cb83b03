"""What becomes of the inhibitor when logind or the bus dies, hangs, or was never there."""

import signal
import time
from pathlib import Path

import pytest

from backtimer.adapters.bus_link import BusLink
from backtimer.adapters.sleep.logind_inhibitor import LogindInhibitor
from tests.adapters.channel_kit import Until
from tests.adapters.logind_stand_in import StandIn
from tests.adapters.sleep.kit import (
    ALL,
    AT_ONCE_S,
    CAUTION,
    Heard,
    MortalBus,
    count_waits,
)

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


def test_without_a_thread_it_is_told_and_tried_again_with_the_next_pack(
    inhibitor: LogindInhibitor,
    heard: Heard,
    logind: StandIn,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as crowded:
        crowded.setattr(inhibitor._thread._thread, "start", fail)
        inhibitor.hold()
        heard.wait_for(CAUTION)
    inhibitor.hold()
    until(lambda: logind.held == [ALL])
    heard.wait_for(CAUTION, "")
