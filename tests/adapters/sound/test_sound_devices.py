"""Where it is played: on the device that was chosen, or on the computer's own."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from backtimer.adapters.channels.sound.channel import SoundPlayer
from backtimer.domain.ladder import Sound
from backtimer.domain.reach import Finding, State
from tests.adapters.channel_kit import NULL_SINK

PATIENCE_MS = 10_000
SINK = (
    NULL_SINK + " rate=22050 channels=1 sink_name={name} sink_properties=device.description={title}"
)


@pytest.fixture
def two_devices(absent_server: Any) -> Any:
    """One that is called Room, and one called Hall, which is the computer's own."""
    absent_server.start(
        SINK.format(name="room", title="Room"), SINK.format(name="hall", title="Hall")
    )
    absent_server.control("set-default-sink", "hall")
    return absent_server


def found(player: SoundPlayer, qtbot: QtBot) -> Finding:
    findings: list[Finding] = []
    player.probe(findings.extend)
    qtbot.waitUntil(lambda: bool(findings), timeout=PATIENCE_MS)
    return findings[0]


@pytest.mark.parametrize(("device", "is_heard"), [("Room", True), ("", False), ("Hall", False)])
def test_it_is_played_where_it_was_asked_for(
    two_devices: Any,
    player: SoundPlayer,
    living: Callable[[float], None],
    device: str,
    is_heard: bool,
) -> None:
    ear = two_devices.listen()
    player.use(device)
    player.play(Sound.REMINDER, volume=80, looped=False)
    living(1.5)
    assert (ear.loudness() > 300) is is_heard


def test_a_device_that_is_gone_is_replaced_by_the_computers_own(
    two_devices: Any, player: SoundPlayer, living: Callable[[float], None], qtbot: QtBot
) -> None:
    two_devices.control("set-default-sink", "room")
    ear = two_devices.listen()
    player.use("My Speaker")
    player.play(Sound.REMINDER, volume=80, looped=False)
    living(1.5)
    assert ear.loudness() > 300
    told = found(player, qtbot)
    assert told.state is State.WORKS
    assert told.why == "“My Speaker” is not there, so the computer’s own is used."


def test_a_look_names_what_there_is(two_devices: Any, player: SoundPlayer, qtbot: QtBot) -> None:
    assert two_devices.streams() == 0
    told = found(player, qtbot)
    assert "“Room”" in told.fix
    assert "“Hall”" in told.fix
    assert told.why == ""
    player.use("Room")
    told = found(player, qtbot)
    assert told.why == "It is played on “Room”."
    assert "“Room”" not in told.fix
