"""Where there is no device, where it goes away, and where the sound system hangs."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from backtimer.adapters.channels.sound import channel as sound
from backtimer.adapters.channels.sound import worker as sound_worker
from backtimer.adapters.channels.sound.channel import SoundPlayer
from backtimer.adapters.channels.sound.device import SoundDevice
from backtimer.domain.ladder import Sound
from backtimer.domain.reach import Finding, State, Way, works
from tests.adapters.channel_kit import NO_ROOM, NULL_SINK, no_room_for_threads

NO_DEVICE = "There is no sound device: connect or switch on a speaker or headphones."
AWAY = "The sound device went away: connect it again, or another one."
HANGS = "The computer’s sound system does not answer."
DUMMY = "module-always-sink"
PATIENCE_MS = 20_000


@pytest.fixture(autouse=True)
def _busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks every half a second where the program looks every few."""
    monkeypatch.setattr(sound_worker, "_RETRY_S", 0.5)
    monkeypatch.setattr(sound_worker, "_CHECK_EVERY_S", 0.5)


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits half a second for a server that is known to hang; one that works may take longer."""
    monkeypatch.setattr(sound, "PATIENCE_S", 0.5)


@pytest.fixture
def told(qtbot: QtBot, troubles: list[str]) -> Callable[..., None]:
    """Waits until exactly this was said to be in the way."""

    def wait(*sentences: str) -> None:
        qtbot.waitUntil(lambda: troubles == list(sentences), timeout=PATIENCE_MS)

    return wait


@pytest.fixture
def is_heard(server: Any, player: SoundPlayer, qtbot: QtBot) -> Callable[[], None]:
    """Begins an alarm, and waits until it is played."""

    def begin() -> None:
        player.play(Sound.ALARM, volume=80, looped=True)
        qtbot.waitUntil(lambda: server.streams() == 1, timeout=PATIENCE_MS)

    return begin


@pytest.fixture
def frozen_server(server: Any, _impatient: None) -> Iterator[Any]:
    """A sound server that hangs; it goes on at the end, so that nothing else has to wait."""
    server.freeze()
    yield server
    server.thaw()


@pytest.mark.usefixtures("absent_server")
@pytest.mark.parametrize("looped", [False, True])
def test_without_a_sound_server_the_person_is_told(
    player: SoundPlayer, told: Callable[..., None], living: Callable[[float], None], looped: bool
) -> None:
    player.play(Sound.ALARM, volume=80, looped=looped)
    told(NO_DEVICE)
    living(1.5)  # it tries again, and is silent about it
    told(NO_DEVICE)
    player.stop()


def test_a_sink_that_goes_nowhere_is_no_device(
    absent_server: Any, player: SoundPlayer, told: Callable[..., None]
) -> None:
    absent_server.start(DUMMY)
    player.play(Sound.ALARM, volume=80, looped=True)
    told(NO_DEVICE)
    # Nothing stays open while it waits.
    assert absent_server.streams() == 0
    absent_server.control("load-module", *NULL_SINK.split(), "sink_name=room")
    told(NO_DEVICE, "")


def test_a_server_without_any_sink_is_no_device_and_leaves_nothing_open(
    absent_server: Any,
    player: SoundPlayer,
    told: Callable[..., None],
    living: Callable[[float], None],
) -> None:
    absent_server.start("module-null-source")
    player.play(Sound.ALARM, volume=80, looped=True)
    told(NO_DEVICE)
    living(1.5)
    assert absent_server.clients() == 0


def test_a_server_that_is_killed_is_told_of_and_one_that_came_back_is_used(
    server: Any,
    player: SoundPlayer,
    told: Callable[..., None],
    living: Callable[[float], None],
    is_heard: Callable[[], None],
) -> None:
    is_heard()
    server.kill()
    told(AWAY, NO_DEVICE)
    player.stop()
    server.start()
    living(1.0)
    assert server.streams() == 0
    ear = server.listen()
    player.play(Sound.REMINDER, volume=80, looped=False)
    told(AWAY, NO_DEVICE, "")
    living(1.5)
    assert ear.loudness() > 500


def test_an_alarm_goes_on_by_itself_once_there_is_a_device_again(
    server: Any,
    told: Callable[..., None],
    living: Callable[[float], None],
    is_heard: Callable[[], None],
) -> None:
    is_heard()
    server.kill()
    told(AWAY, NO_DEVICE)
    server.start()
    told(AWAY, NO_DEVICE, "")
    ear = server.listen()
    living(2.0)
    assert ear.loudness() > 500


def test_headphones_that_are_unplugged_are_told_of(
    absent_server: Any, player: SoundPlayer, troubles: list[str], qtbot: QtBot
) -> None:
    # As on a desktop: the server has a dummy as soon as there is nothing else.
    absent_server.start(f"{NULL_SINK} sink_name=room", DUMMY)
    player.play(Sound.ALARM, volume=80, looped=True)
    qtbot.waitUntil(lambda: absent_server.streams() == 1, timeout=PATIENCE_MS)
    assert troubles == []
    absent_server.control("unload-module", "module-null-sink")
    qtbot.waitUntil(lambda: troubles[-1:] == [NO_DEVICE], timeout=PATIENCE_MS)
    absent_server.control("load-module", *NULL_SINK.split(), "sink_name=room")
    qtbot.waitUntil(lambda: troubles[-1:] == [""], timeout=PATIENCE_MS)


def test_a_server_that_hangs_keeps_nobody_waiting_and_is_told_of(
    frozen_server: Any,
    player: SoundPlayer,
    told: Callable[..., None],
    living: Callable[[float], None],
) -> None:
    started = time.monotonic()
    player.play(Sound.ALARM, volume=80, looped=True)
    assert time.monotonic() - started < 0.1
    told(HANGS)
    frozen_server.thaw()
    told(HANGS, "")
    living(0.3)
    assert frozen_server.streams() == 1


@pytest.mark.usefixtures("_impatient")
def test_what_was_stopped_while_the_server_hung_is_not_played_when_it_answers(
    server: Any,
    player: SoundPlayer,
    told: Callable[..., None],
    qtbot: QtBot,
) -> None:
    ear = server.listen()
    server.freeze()
    player.play(Sound.ALARM, volume=80, looped=True)
    told(HANGS)
    player.stop()
    server.thaw()
    told(HANGS, "")
    qtbot.waitUntil(lambda: server.streams() == 0, timeout=PATIENCE_MS)
    assert ear.loudness() < 5


def test_a_chime_that_comes_too_late_is_not_played(
    frozen_server: Any,
    player: SoundPlayer,
    living: Callable[[float], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sound_worker, "_STALE_S", 0.5)
    player.probe(lambda _: None)  # the worker waits for this one
    living(0.2)
    player.play(Sound.GENTLE, volume=80, looped=False)
    living(1.0)
    frozen_server.thaw()
    living(0.5)
    assert frozen_server.streams() == 0


def test_a_server_that_hangs_in_the_middle_is_told_of(
    server: Any,
    player: SoundPlayer,
    told: Callable[..., None],
    qtbot: QtBot,
    is_heard: Callable[[], None],
) -> None:
    is_heard()
    server.freeze()
    told(AWAY)
    started = time.monotonic()
    player.stop()
    assert time.monotonic() - started < 0.1
    server.thaw()
    qtbot.waitUntil(lambda: server.streams() == 0, timeout=PATIENCE_MS)


def test_a_server_that_hangs_when_it_is_asked_is_told_of_and_used_again_when_it_goes_on(
    server: Any,
    told: Callable[..., None],
    is_heard: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    is_heard()
    check = SoundDevice.check

    def hang_and_check(device: SoundDevice) -> None:
        monkeypatch.setattr(SoundDevice, "check", check)
        server.freeze()
        check(device)

    monkeypatch.setattr(SoundDevice, "check", hang_and_check)
    told(AWAY)
    server.thaw()
    told(AWAY, "")


def test_closing_does_not_wait_for_a_server_that_hangs(
    frozen_server: Any, player: SoundPlayer, troubles: list[str]
) -> None:
    assert frozen_server.process
    player.play(Sound.ALARM, volume=80, looped=True)
    started = time.monotonic()
    player.close()
    assert time.monotonic() - started < 1.5
    assert troubles == []


@pytest.mark.parametrize("end", ["", "player.close()"])
@pytest.mark.parametrize("frozen", [False, True])
def test_the_program_ends_cleanly_while_a_sound_is_played(
    server: Any, end: str, frozen: bool
) -> None:
    code = (
        "import time; from PySide6.QtCore import QCoreApplication;"
        "from backtimer.adapters.channels.sound.channel import SoundPlayer;"
        "from backtimer.domain.ladder import Sound;"
        "app = QCoreApplication([]); player = SoundPlayer();"
        f"player.play(Sound.ALARM, volume=80, looped=True); time.sleep(0.7); {end}"
    )
    if frozen:
        server.freeze()
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    server.thaw()
    assert (done.returncode, done.stderr) == (0, "")


def test_a_probe_finds_a_device_without_a_sound(
    server: Any, player: SoundPlayer, qtbot: QtBot, troubles: list[str]
) -> None:
    ear = server.listen()
    found: list[Finding] = []
    player.probe(found.extend)
    qtbot.waitUntil(lambda: found == [works(Way.SOUND)], timeout=PATIENCE_MS)
    assert ear.loudness() == 0
    assert (troubles, server.streams()) == ([], 0)


def test_a_probe_says_why_nothing_can_be_heard(
    absent_server: Any, player: SoundPlayer, qtbot: QtBot, troubles: list[str]
) -> None:
    found: list[Finding] = []
    player.probe(found.extend)
    qtbot.waitUntil(lambda: len(found) == 1, timeout=PATIENCE_MS)
    assert found[0].state is State.BROKEN
    assert f"{found[0].why[:-1]}: {found[0].fix[0].lower()}{found[0].fix[1:]}" == NO_DEVICE
    absent_server.start()
    player.probe(found.extend)
    qtbot.waitUntil(lambda: found[1:] == [works(Way.SOUND)], timeout=PATIENCE_MS)
    assert troubles == [], "nothing was to be heard"


@pytest.mark.parametrize(
    ("mixing", "why"),
    [
        (("set-sink-mute", "room", "1"), "The computer’s sound is muted."),
        (("set-sink-volume", "room", "0"), "The computer’s volume is 0."),
    ],
)
def test_a_probe_tells_of_a_computer_that_is_muted(
    server: Any, player: SoundPlayer, qtbot: QtBot, mixing: tuple[str, ...], why: str
) -> None:
    server.control(*mixing)
    found: list[Finding] = []
    player.probe(found.extend)
    qtbot.waitUntil(lambda: len(found) == 1, timeout=PATIENCE_MS)
    assert (found[0].state, found[0].why) == (State.BROKEN, why)


def test_a_probe_says_that_the_sound_system_hangs(
    frozen_server: Any, player: SoundPlayer, qtbot: QtBot, troubles: list[str]
) -> None:
    found: list[Finding] = []
    player.probe(found.extend)
    player.stop()
    qtbot.waitUntil(lambda: [each.why for each in found] == [HANGS], timeout=PATIENCE_MS)
    frozen_server.thaw()
    player.probe(found.extend)
    qtbot.waitUntil(lambda: found[1:] == [works(Way.SOUND)], timeout=PATIENCE_MS)
    assert troubles == []


@pytest.mark.usefixtures("server")
def test_where_no_thread_can_be_started_it_is_told_and_tried_again_later(
    player: SoundPlayer, told: Callable[..., None], qtbot: QtBot
) -> None:
    found: list[Finding] = []
    with no_room_for_threads():
        player.play(Sound.ALARM, volume=80, looped=True)
        told(NO_ROOM[1])
        player.probe(found.extend)
        qtbot.waitUntil(lambda: [each.why for each in found] == [NO_ROOM[1]], timeout=PATIENCE_MS)
        player.stop()
    player.play(Sound.ALARM, volume=80, looped=True)
    told(NO_ROOM[1], "")


@pytest.mark.usefixtures("absent_server")
def test_without_miniaudio_the_person_is_told(
    player: SoundPlayer, told: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    player.play(Sound.ALARM, volume=80, looped=False)
    told("Sound cannot be played here: the package miniaudio is missing.")
