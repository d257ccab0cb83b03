"""What is heard, by the recording of a real PulseAudio sink."""

import gc
import os
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from backtimer.adapters.channels.sound.channel import SoundPlayer
from backtimer.domain.announcements import Announcement
from backtimer.domain.ladder import Sound
from backtimer.domain.ports import Delivery
from backtimer.domain.reminding import Message

RATE_HZ = 22_050
PATIENCE_MS = 20_000
Living = Callable[[float], None]


def quickly(act: Callable[[], object]) -> None:
    """`act`, which must not keep the person waiting."""
    started = time.perf_counter()
    act()
    assert time.perf_counter() - started < 0.05


@pytest.mark.parametrize("kind", Sound)
def test_each_sound_is_heard_once_and_the_device_is_let_go(
    server: Any,
    player: SoundPlayer,
    troubles: list[str],
    living: Living,
    qtbot: QtBot,
    kind: Sound,
) -> None:
    ear = server.listen()
    quickly(lambda: player.play(kind, volume=80, looped=False))
    qtbot.waitUntil(lambda: bool(ear.last_sound()), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: server.streams() == 0, timeout=PATIENCE_MS)
    living(0.5)  # what is played a second time would be heard
    assert ear.loudness() > 500
    assert 0.5 < (ear.last_sound() - ear.first_sound()) / RATE_HZ < 2.0
    assert troubles == []


def test_it_is_as_loud_as_was_asked_for(server: Any, player: SoundPlayer, living: Living) -> None:
    def loudness(volume: int) -> float:
        ear = server.listen()
        player.play(Sound.REMINDER, volume=volume, looped=False)
        living(2.2)
        # Of the samples, not of the time, which is never quite the same.
        return float(sum(each * each for each in ear.samples()) ** 0.5)

    heard = {volume: loudness(volume) for volume in (0, 30, 80, 100)}
    assert heard[0] == 0
    assert heard[80] / heard[30] == pytest.approx((80 / 30) ** 2, rel=0.1)
    assert heard[100] / heard[80] == pytest.approx((100 / 80) ** 2, rel=0.1)


def test_an_alarm_swells_and_goes_on_until_it_is_stopped(
    server: Any, player: SoundPlayer, living: Living
) -> None:
    ear = server.listen()
    player.play(Sound.ALARM, volume=80, looped=True)
    living(5.0)
    first = next(at for at, each in enumerate(ear.samples()) if abs(each) > 2)
    assert ear.loudness(first, first + RATE_HZ // 4) < 0.2 * ear.loudness(first + RATE_HZ)
    assert ear.frames() - ear.last_sound() < RATE_HZ
    asked = ear.frames()
    quickly(player.stop)
    living(1.0)
    # What is asked about at a moment was recorded a little later: the true time is shorter.
    assert 0 < ear.last_sound() - asked < 0.2 * RATE_HZ
    assert server.streams() == 0


def test_stopping_does_not_click(server: Any, player: SoundPlayer, living: Living) -> None:
    ear = server.listen()
    player.play(Sound.ALARM, volume=80, looped=True)
    living(2.0)
    player.stop()
    living(0.8)
    samples = ear.samples()
    step = max(abs(two - one) for one, two in pairwise(samples))
    end = ear.last_sound()
    assert max(abs(two - one) for one, two in pairwise(samples[end - 20 : end + 20])) < step / 10


def test_the_newest_sound_replaces_the_others(
    server: Any, player: SoundPlayer, living: Living
) -> None:
    ear = server.listen()
    for _ in range(50):
        player.play(Sound.ALARM, volume=80, looped=True)
        player.play(Sound.GENTLE, volume=80, looped=False)
    living(2.8)
    assert server.streams() == 0
    assert 0.5 < ear.last_sound() / RATE_HZ < 2.2


def test_what_is_stopped_at_once_is_not_heard_for_long(
    server: Any, player: SoundPlayer, living: Living
) -> None:
    ear = server.listen()
    player.play(Sound.ALARM, volume=80, looped=True)
    player.stop()
    living(1.0)
    assert ear.loudness() < 20
    assert server.streams() == 0


def test_it_is_no_notification_and_carries_the_name_of_the_program(
    server: Any, player: SoundPlayer, living: Living
) -> None:
    player.play(Sound.ALARM, volume=80, looped=True)
    living(0.6)
    streams = server.control("list", "sink-inputs")
    assert 'application.name = "Backtimer"' in streams
    # A desktop that mutes notifications mutes what has the role “event”.
    assert "media.role" not in streams


def test_nothing_is_left_open_however_often_it_plays(
    server: Any, player: SoundPlayer, living: Living, qtbot: QtBot
) -> None:
    def play_and_stop() -> None:
        player.play(Sound.REMINDER, volume=10, looped=True)
        qtbot.waitUntil(lambda: server.streams() == 1, timeout=20_000)
        player.stop()
        qtbot.waitUntil(lambda: server.clients() == 0, timeout=20_000)
        living(0.1)

    def in_use() -> tuple[int, int, int]:
        descriptors, threads = (len(list(Path("/proc/self", d).iterdir())) for d in ("fd", "task"))
        return descriptors, threads, server.clients()

    gc.disable()
    try:
        play_and_stop()
        before = in_use()
        for _ in range(5):
            play_and_stop()
        assert in_use() == before
    finally:
        gc.enable()


def test_closing_ends_what_is_played(server: Any, player: SoundPlayer, living: Living) -> None:
    player.play(Sound.ALARM, volume=80, looped=True)
    living(0.5)
    assert server.streams() == 1
    player.close()
    assert server.streams() == 0
    player.play(Sound.ALARM, volume=80, looped=True)
    living(0.5)
    assert server.streams() == 0


def test_miniaudio_is_not_loaded_before_the_first_sound() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from PySide6.QtCore import QCoreApplication;"
        "from backtimer.adapters.channels.sound.channel import SoundPlayer;"
        "app = QCoreApplication([]); player = SoundPlayer(); player.stop(); player.close();"
        "assert 'miniaudio' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=dict(os.environ))


def alarm(volume: int) -> Announcement:
    """What a removal sounds like on one of its steps."""
    return Announcement(
        message=Message.TAKE_OFF,
        title="Take the ice off",
        body="",
        lasts=True,
        sound=Sound.ALARM,
        volume=volume,
    )


def test_what_lasts_goes_on_louder_at_the_next_step_and_ends_with_the_answer(
    server: Any, player: SoundPlayer, living: Living
) -> None:
    ear = server.listen()
    player.say(alarm(40))
    living(2.5)
    soft, at = ear.loudness(), ear.frames()
    player.say(alarm(100))
    living(2.5)
    assert ear.loudness(at) > 3 * soft
    player.hush()
    living(0.5)
    assert server.streams() <= 1
    assert ear.frames() - ear.last_sound() > 0.25 * RATE_HZ


def test_the_same_alarm_said_again_goes_on_as_it_is(
    server: Any, player: SoundPlayer, living: Living
) -> None:
    delivered: list[Delivery] = []
    player.on_delivery(lambda what, _why: delivered.append(what))
    player.say(alarm(80))
    living(0.5)
    player.say(alarm(80))
    living(0.5)
    assert delivered == [Delivery.SENT]
    assert server.streams() == 1


def test_a_message_without_a_sound_is_not_heard(server: Any, player: SoundPlayer) -> None:
    player.say(Announcement(message=Message.SKIN_CHECK, title="Burning?", body="", volume=80))
    assert server.streams() == 0
