"""Whoever stands in for a service on a D-Bus, in a process of its own, as a test handles it."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class StandInProcess:
    """Starts, stops and commands `python -m MODULE ADDRESS`, and reads the lines that it says."""

    def __init__(self, module: str, address: str, folder: Path) -> None:
        self._module = module
        self._address = address
        self._folder = folder
        self._starts = 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start another one that has just begun, and knows of nothing before."""
        self._starts += 1
        with self._output.open("wb") as file:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module, self._address],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=file,
            )

    def write(self, line: str) -> None:
        """Give it a command: see its module."""
        stdin: Any = self._running.stdin
        stdin.write(f"{line}\n".encode())
        stdin.flush()

    @property
    def lines(self) -> list[str]:
        """All that it has said since its start."""
        return self._output.read_text().split("\n")[:-1]

    def freeze(self) -> None:
        """It no longer answers, and it does not end either."""
        self._running.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._running.send_signal(signal.SIGCONT)

    @property
    def is_frozen(self) -> bool:
        stat = Path(f"/proc/{self._running.pid}/stat").read_text()
        return stat.rpartition(")")[2].split()[0] == "T"

    def stop(self) -> None:
        """End it, if it runs, without a word to anybody."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    @property
    def _output(self) -> Path:
        return self._folder / f"{self._module}-{self._starts}"

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "it was not started"
        return self._process
