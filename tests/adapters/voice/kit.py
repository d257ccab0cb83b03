"""What the tests of the voice share: programs that speak, and a room to hear them in."""

import os
import shutil
import signal
import subprocess
from array import array
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest

from backtimer.domain.announcements import Announcement
from backtimer.domain.reminding import Message
from tests.adapters.channel_kit import NO_SESSION_BUS, NULL_SINK, Until

RATE_HZ = 22_050
LOUD = 200
# The system's own, behind what a test puts in front of them.
PATH = os.environ.get("PATH", os.defpath)
ESPEAK = shutil.which("espeak-ng")


class Programs:
    """A folder that is all that PATH holds, and the programs in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = folder / "log"
        self._log.touch()

    def put(self, name: str, script: str) -> None:
        """A shell script, which first writes down how it was called, a line an argument."""
        file = self.folder / name
        file.write_text(
            f"#!/bin/sh\nPATH='{PATH}'\n"
            f"(echo '> {name}'; for each; do echo \"$each\"; done) >>'{self._log}'\n{script}\n"
        )
        file.chmod(0o755)

    def hang(self, name: str) -> None:
        """A program that does not end; it can be cancelled."""
        self.put(name, '[ "$1" = --cancel ] || sleep 60')

    def link(self, name: str) -> None:
        """The system's own program of that name."""
        found = shutil.which(name, path=PATH)
        if found is None:
            pytest.skip(f"not on this machine: {name}")
        (self.folder / name).symlink_to(found)

    def calls(self) -> list[list[str]]:
        """The name and the arguments of each call, in order."""
        return [each.splitlines() for each in self._log.read_text().split("> ")[1:]]

    def spoken(self, name: str) -> list[str]:
        """What was said by `name`."""
        return [each[-1] for each in self.calls() if each[0] == name and "--cancel" not in each]


class Room:
    """A real PulseAudio of the test's own, and what is heard of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []

    def open(self, until: Until) -> None:
        """Start it, and record all that is played."""
        rate = f"rate={RATE_HZ} channels=1"
        modules = (
            f"{NULL_SINK} sink_name=room {rate}",
            f"module-native-protocol-unix auth-anonymous=1 socket={self._folder}/native",
        )
        loads = [word for each in modules for word in ("-L", each)]
        socket = self._folder / "native"
        self._start("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", *loads)
        until(socket.exists)
        heard = self._folder / "heard"
        recorder = ["parec", "--device=room.monitor", "--raw", f"--rate={RATE_HZ}"]
        with heard.open("wb") as out:
            self._start(
                *recorder, "--channels=1", "--format=s16le", "--latency-msec=10", stdout=out
            )
        until(lambda: self.seconds() > 0)

    def seconds(self) -> float:
        """How long it was listened to so far."""
        return (self._folder / "heard").stat().st_size / 2 / RATE_HZ

    def last_sound_s(self) -> float:
        """The second of the last sound that was heard, 0 if there was none."""
        data = (self._folder / "heard").read_bytes()
        samples = array("h", data[: len(data) // 2 * 2])
        last = next((at for at in range(len(samples) - 1, 0, -1) if abs(samples[at]) > LOUD), 0)
        return last / RATE_HZ

    def close(self) -> None:
        with suppress(OSError, ValueError):
            # Started by spd-say, and meant to outlive it.
            pid = int((self._folder / "speech-dispatcher/pid/speech-dispatcher.pid").read_text())
            os.kill(pid, signal.SIGTERM)
        for process in self._processes:
            process.kill()
            process.wait()

    def _start(self, *command: str, stdout: IO[bytes] | int = subprocess.DEVNULL) -> None:
        environment = os.environ | {"PATH": PATH} | NO_SESSION_BUS
        process = subprocess.Popen(
            command, stdout=stdout, stderr=subprocess.DEVNULL, env=environment
        )
        self._processes.append(process)


def message(spoken: str) -> Announcement:
    return Announcement(message=Message.TAKE_OFF, title="", body="", spoken=spoken)
