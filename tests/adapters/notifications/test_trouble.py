"""What becomes of popups when the daemon refuses, hangs or dies, or the bus goes away."""

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from backtimer.adapters.channels.notifications.desktop import DesktopChannel
from backtimer.domain.ports import Delivery
from backtimer.domain.view import Action
from tests.adapters.channel_kit import SENT, Until
from tests.adapters.notifications.kit import (
    NO_ANSWER,
    NO_BUS,
    NO_DAEMON,
    PATIENCE_MS,
    Told,
    due,
    urgent,
)
from tests.adapters.sleep.kit import MortalBus

if TYPE_CHECKING:
    from tests.adapters.notifications.stand_in import StandIn

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="talks to a Linux desktop")


# --- the daemon ---


def test_what_the_daemon_refuses_plyer_shows_instead(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    stand_in.tell("with-buttons refuse")
    channel.say(urgent())
    assert told.wait_for(1) == [SENT]
    assert [bool(each.actions) for each in stand_in.notified] == [True, False]


def test_what_is_refused_leaves_no_older_popup_of_its_kind(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    channel.say(urgent("now"))
    told.wait_for(1)
    stand_in.tell("with-buttons refuse")
    channel.say(urgent("a minute late"))
    assert told.wait_for(2) == [SENT] * 2
    assert stand_in.closed == [1]
    assert stand_in.notified[-1].actions == []


def test_what_the_daemon_answers_late_is_closed_as_plyer_took_over(
    channel: DesktopChannel, told: Told, stand_in: "StandIn", until: Until
) -> None:
    stand_in.tell("with-buttons keep")
    start_s = time.monotonic()
    channel.say(urgent())
    assert told.wait_for(1) == [SENT]
    assert 1.5 < time.monotonic() - start_s < 4
    assert [bool(each.actions) for each in stand_in.notified] == [True, False]
    stand_in.tell("with-buttons answer")
    until(lambda: stand_in.closed == [2])  # plyer's was the first that got a number
    stand_in.tell("press 2 off")
    told.wait_until_idle()
    assert told.answers == []


def test_a_daemon_that_was_frozen_before_never_shows_it_late(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    stand_in.freeze()
    channel.say(urgent("frozen"))
    assert told.wait_for(1) == [(Delivery.FAILED, NO_ANSWER)]
    stand_in.thaw()
    channel.say(urgent("thawed"))
    assert told.wait_for(2)[1] == SENT
    assert [each.body for each in stand_in.notified] == ["thawed"]


def test_a_daemon_that_freezes_with_the_popup_in_its_hands_has_it_closed_when_it_thaws(
    channel: DesktopChannel, told: Told, stand_in: "StandIn", until: Until
) -> None:
    stand_in.tell("with-buttons freeze")
    channel.say(urgent())
    assert told.wait_for(1) == [(Delivery.FAILED, NO_ANSWER)]
    assert stand_in.is_frozen
    stand_in.thaw()
    until(lambda: stand_in.closed == [1])
    stand_in.tell("with-buttons answer")
    channel.say(urgent("again"))
    assert told.wait_for(2)[1] == SENT
    *_, last = stand_in.notified
    assert (last.body, last.replaces) == ("again", 0)
    stand_in.tell("press 2 off")
    told.wait_for_answers(Action.OFF)


def test_a_frozen_daemon_closes_what_was_hushed_when_it_thaws(
    channel: DesktopChannel, told: Told, stand_in: "StandIn", until: Until
) -> None:
    channel.say(urgent())
    told.wait_for(1)
    stand_in.freeze()
    channel.hush()
    told.wait_until_taken()
    stand_in.thaw()
    until(lambda: stand_in.closed == [1])


def test_a_daemon_that_dies_in_the_middle_is_told_at_once(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    stand_in.tell("with-buttons die")
    start_s = time.monotonic()
    channel.say(urgent())
    assert told.wait_for(1) == [(Delivery.FAILED, NO_DAEMON)]
    assert time.monotonic() - start_s < 1.5


def test_a_daemon_that_was_started_anew_knows_nothing_of_earlier_popups(
    channel: DesktopChannel, told: Told, stand_in: "StandIn", until: Until
) -> None:
    channel.say(urgent())
    channel.say(due())
    told.wait_for(2)
    stand_in.stop()
    stand_in.start()
    until(lambda: stand_in.is_ready)
    stand_in.tell("can actions")
    # Another program's popup may have this number now.
    stand_in.tell("press 1 off")
    channel.say(urgent("again"))
    assert told.wait_for(3)[2] == SENT
    assert [each.replaces for each in stand_in.notified] == [0]
    stand_in.tell("press 2 start")
    told.wait_until_idle()
    assert told.answers == []
    channel.hush()
    until(lambda: stand_in.closed)
    told.wait_until_idle()
    assert stand_in.closed == [1]


def test_hush_closes_nothing_of_a_daemon_that_was_started_anew(
    channel: DesktopChannel, told: Told, stand_in: "StandIn", until: Until
) -> None:
    channel.say(urgent())
    told.wait_for(1)
    stand_in.stop()
    stand_in.start()
    until(lambda: stand_in.is_ready)
    channel.hush()
    told.wait_until_idle()
    assert stand_in.closed == []


# --- the bus ---


@pytest.fixture
def mortal_bus(bus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MortalBus]:
    """A session bus that can die, and come back at the same place."""
    assert bus
    mortal = MortalBus(tmp_path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", mortal.address)
    mortal.start()
    yield mortal
    mortal.kill()


@pytest.fixture
def mortal_stand_in(mortal_bus: MortalBus, tmp_path: Path, until: Until) -> Iterator["StandIn"]:
    """A daemon with buttons on that bus."""
    from tests.adapters.notifications.stand_in import StandIn

    stand_in = StandIn(mortal_bus.address, tmp_path)
    stand_in.start()
    until(lambda: stand_in.is_ready)
    stand_in.tell("can actions")
    yield stand_in
    stand_in.stop()


def test_a_bus_that_dies_is_found_again_at_the_next_message_and_nobody_spins_meanwhile(
    channel: DesktopChannel,
    told: Told,
    mortal_bus: MortalBus,
    mortal_stand_in: "StandIn",
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker = channel._worker
    wait = worker._wait
    waits: list[float] = []

    def noted() -> None:
        waits.append(time.monotonic())
        wait()

    monkeypatch.setattr(worker, "_wait", noted)
    channel.say(urgent("first"))
    assert told.wait_for(1) == [SENT]
    mortal_bus.kill()
    notifier = worker._notifier
    assert notifier is not None
    until(lambda: notifier.fileno() is None)
    channel.say(urgent("second"))
    assert told.wait_for(2)[1] == (Delivery.FAILED, NO_BUS)
    assert len(waits) < 12  # a few for each message and answer
    mortal_bus.start()
    mortal_stand_in.stop()
    mortal_stand_in.start()
    until(lambda: mortal_stand_in.is_ready)
    mortal_stand_in.tell("can actions")
    channel.say(urgent("third"))
    assert told.wait_for(3)[2] == SENT
    assert [each.replaces for each in mortal_stand_in.notified] == [0]
    mortal_stand_in.tell("press 1 off")
    told.wait_for_answers(Action.OFF)


def test_a_bus_that_dies_with_the_message_in_its_hands_is_told(
    channel: DesktopChannel,
    told: Told,
    mortal_bus: MortalBus,
    mortal_stand_in: "StandIn",
    until: Until,
) -> None:
    mortal_stand_in.tell("with-buttons keep")
    channel.say(urgent())
    until(lambda: mortal_stand_in.notified)
    mortal_bus.kill()
    assert told.wait_for(1) == [(Delivery.FAILED, NO_BUS)]


def test_a_bus_that_hangs_is_told_in_seconds(
    channel: DesktopChannel,
    told: Told,
    mortal_bus: MortalBus,
    mortal_stand_in: "StandIn",
    qtbot: QtBot,
) -> None:
    assert mortal_stand_in.is_ready
    mortal_bus.signal(signal.SIGSTOP)
    channel.say(urgent())
    assert told.wait_for(1)[0][0] is Delivery.FAILED
    mortal_bus.signal(signal.SIGCONT)
    channel.say(urgent())
    qtbot.waitUntil(lambda: told.deliveries[-1] == SENT, timeout=PATIENCE_MS)
