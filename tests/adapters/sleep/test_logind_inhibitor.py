import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from backtimer.adapters.sleep.inhibitor import sleep_inhibitor
from backtimer.adapters.sleep.logind_inhibitor import LogindInhibitor
from backtimer.domain.ports import SleepInhibitor, Waking
from tests.adapters.channel_kit import Until
from tests.adapters.logind_stand_in import StandIn
from tests.adapters.sleep.kit import ALL, AT_ONCE_S, CAUTION, WITHOUT_LID, Heard

ROOT = Path(__file__).parents[3]


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
