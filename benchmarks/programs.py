"""The programs that are compared: how they are started, with what data, and ended."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from backtimer.adapters.event_store import SqliteEventStore
from backtimer.adapters.system_clock import SystemClock
from backtimer.domain import commands as cmd
from backtimer.domain.events import CardAnswer
from backtimer.domain.settings import Settings
from backtimer.paths import APP, one_folder
from backtimer.services.care import CareService

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A module to start, and the argument with which it is only a tray icon."""

    module: str
    hiding: str

    def command(self, *arguments: str) -> list[str]:
        """The command that starts it."""
        return [sys.executable, "-m", self.module, *arguments]


OURS = Program(module="backtimer", hiding="--minimized")
YARDSTICK = Program(module="benchmarks.yardstick", hiding="--hidden")


def alternating(runs: int) -> Iterator[tuple[Program, Program]]:
    """Both programs, `runs` times; each is the first in every other run."""
    for run in range(runs):
        yield (YARDSTICK, OURS) if run % 2 else (OURS, YARDSTICK)


@contextmanager
def person() -> Iterator[dict[str, str]]:
    """The environment of a person whose first session has just begun.

    Without what a developer tells Python: byte code is kept, as it is once installed.
    """
    with tempfile.TemporaryDirectory(prefix="backtimer-bench.", ignore_cleanup_errors=True) as home:
        begin_session(Path(home) / APP)
        plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        yield plain | dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), home)


def begin_session(data: Path) -> None:
    """Begin an episode and its first session in the record of a new data folder."""
    store = SqliteEventStore(one_folder(data).record_file)
    care = CareService(store=store, clock=SystemClock(), rules=Settings().rules())
    care.do(cmd.Start(card=CardAnswer.NONE_OF_THESE))
    store.close()


@contextmanager
def started(
    command: Sequence[str], environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """The process of a command while it is needed; what it prints can be read."""
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            # What a program does at its end is not measured, and its data is thrown away.
            process.kill()


def output_of(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """What a command prints. Raises CalledProcessError when it fails."""
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True
    ).stdout


def run(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Run a command: the seconds it took, and those that it was on a processor.

    Raises CalledProcessError when it fails.
    """
    begin = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        wall_s = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return wall_s, used.ru_utime + used.ru_stime
