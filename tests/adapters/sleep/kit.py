"""What tests of sleep share: clocks that move, what was told, and a system bus that can die."""

import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from backtimer.adapters.sleep.logind_inhibitor import LogindInhibitor
from backtimer.adapters.sleep.time_jumps import Reading

if TYPE_CHECKING:
    from backtimer.adapters.bus_link import BusLink

PATIENCE_MS = 15_000
AT_ONCE_S = 0.5  # a busy machine is quicker
ALL = "sleep:idle:handle-lid-switch"
WITHOUT_LID = "sleep:idle"
CAUTION = (
    "This computer may fall asleep by itself and could not ring then."
    " Switch automatic sleep off while you use the timer."
)
NOON = Reading(awake_s=1_000.0, boot_s=5_000.0, wall_s=1_780_000_000.0)


def later(reading: Reading, *, awake_s: float, slept_s: float = 0, set_s: float = 0) -> Reading:
    """The clocks after some time awake, some asleep, and some that was set."""
    return Reading(
        awake_s=reading.awake_s + awake_s,
        boot_s=reading.boot_s + awake_s + slept_s,
        wall_s=reading.wall_s + awake_s + slept_s + set_s,
    )


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


def count_waits(inhibitor: LogindInhibitor, monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """For how long the thread went to sleep each time; None is until it is woken."""
    waits: list[float | None] = []
    thread = inhibitor._thread
    original = thread._wait

    def noted(timeout_s: float | None, link: "BusLink | None") -> tuple[bool, bool]:
        waits.append(timeout_s)
        return original(timeout_s, link)

    monkeypatch.setattr(thread, "_wait", noted)
    return waits
