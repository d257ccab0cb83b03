import os
import shutil
import signal
import subprocess
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from backtimer.adapters.channels.sound.channel import SoundPlayer
from backtimer.domain.ports import Delivery
from tests.adapters.channel_kit import NO_SESSION_BUS, NULL_SINK

RATE_HZ = 22_050
PATIENCE_S = 20.0


class Ear:
    """Hears what a sink plays: a recording that grows while it is looked at."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def frames(self) -> int:
        """How much was heard so far."""
        return self._file.stat().st_size // 2

    def samples(self, first: int = 0, end: int | None = None) -> "array[int]":
        data = self._file.read_bytes()[2 * first : None if end is None else 2 * end]
        return array("h", data[: len(data) // 2 * 2])

    def loudness(self, first: int = 0, end: int | None = None) -> float:
        """The root of the mean square of what was heard, of 32,767."""
        samples = self.samples(first, end)
        return float((sum(each * each for each in samples) / max(1, len(samples))) ** 0.5)

    def first_sound(self) -> int:
        """The first frame that was not silent."""
        return next((at for at, each in enumerate(self.samples()) if abs(each) > 2), 0)

    def last_sound(self) -> int:
        """The frame after the last one that was not silent."""
        samples = self.samples()
        return next((at for at in range(len(samples), 0, -1) if abs(samples[at - 1]) > 2), 0)


class SoundServer:
    """A real PulseAudio of the test's own, with one sink that is nowhere, or with none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = os.environ | {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": f"unix:{folder}/native",
            **NO_SESSION_BUS,
        }
        self.process: subprocess.Popen[bytes] | None = None
        self._recorders: list[subprocess.Popen[bytes]] = []

    def start(self, *modules: str) -> None:
        """Start it and wait until it answers; a null sink is its device unless told otherwise."""
        modules = modules or (f"{NULL_SINK} sink_name=room rate=22050 channels=1",)
        socket = f"module-native-protocol-unix auth-anonymous=1 socket={self._folder}/native"
        loads = [word for each in (*modules, socket) for word in ("-L", each)]
        self.process = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", *loads],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + PATIENCE_S
        while self.control("info") is None:
            assert time.monotonic() < deadline, "PulseAudio does not answer"
            time.sleep(0.02)

    def control(self, *words: str) -> str | None:
        """What pactl answers, None where it fails."""
        done = subprocess.run(
            ["pactl", *words], env=self._environment, capture_output=True, text=True, check=False
        )
        return done.stdout if done.returncode == 0 else None

    def streams(self) -> int:
        """How many streams are played."""
        return len((self.control("list", "short", "sink-inputs") or "").splitlines())

    def clients(self) -> int:
        """How many connections there are, apart from the one that asks."""
        return len((self.control("list", "short", "clients") or "").splitlines()) - 1

    def listen(self) -> Ear:
        """Record the sink from now on."""
        file = self._folder / f"heard-{len(self._recorders)}"
        command = ["parec", "--device=room.monitor", "--raw", f"--rate={RATE_HZ}"]
        with file.open("wb") as out:
            recorder = subprocess.Popen(
                [*command, "--channels=1", "--format=s16le", "--latency-msec=10"],
                env=self._environment,
                stdout=out,
                stderr=subprocess.DEVNULL,
            )
        self._recorders.append(recorder)
        deadline = time.monotonic() + PATIENCE_S
        while not file.stat().st_size:
            assert time.monotonic() < deadline, "nothing is recorded"
            time.sleep(0.01)
        return Ear(file)

    def freeze(self) -> None:
        """It no longer answers, and it does not end either."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        """It is gone from one moment to the next."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(PATIENCE_S)
            self.process = None

    def close(self) -> None:
        for recorder in self._recorders:
            recorder.kill()
            recorder.wait(PATIENCE_S)
        self.kill()


@pytest.fixture
def absent_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """A sound server that is not started yet, and the only one that can be found."""
    for program in ("pulseaudio", "pactl", "parec"):
        if shutil.which(program) is None:
            pytest.skip(f"not on this machine: {program}")
    pytest.importorskip("miniaudio", reason="miniaudio has no package for this processor")
    # pytest's own folders have names that are too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="sound-"))
    for variable in ("HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{folder}/native")
    monkeypatch.setenv("ALSA_CONFIG_PATH", os.devnull)  # hides sound cards of the machine
    server = SoundServer(folder)
    yield server
    server.close()
    shutil.rmtree(folder)


@pytest.fixture
def server(absent_server: SoundServer) -> SoundServer:
    """A sound server that runs and has a device."""
    absent_server.start()
    return absent_server


@pytest.fixture
def player(qapp: QCoreApplication) -> Iterator[SoundPlayer]:
    player = SoundPlayer(parent=qapp)
    yield player
    player.close()


@pytest.fixture
def troubles(player: SoundPlayer) -> list[str]:
    """All that `player` says is in the way, as it comes."""
    said: list[str] = []

    def on_delivery(_what: Delivery, why: str) -> None:
        if why != (said[-1] if said else ""):
            said.append(why)

    player.on_delivery(on_delivery)
    return said


@pytest.fixture
def living(qapp: QCoreApplication) -> Callable[[float], None]:
    """Lets the program's event loop run for so many seconds."""

    def live(seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            qapp.processEvents()
            time.sleep(0.005)

    return live
