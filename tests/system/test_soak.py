"""An hour and more of the real program, used as a person would: it grows in nothing.

`make soak ARGS="-k grows_in_nothing"` runs this alone. SOAK_MINUTES says how long (60), SOAK_FOLDER
where the samples go, a table that is printed at the end too.
"""

import csv
import os
import random
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path
from statistics import median

import pytest

from tests.scale import is_soak, report, seed
from tests.system.real import Desktop, Program

pytestmark = pytest.mark.system

MINUTES = float(os.environ.get("SOAK_MINUTES", "60"))
SPEED = 600
SAMPLE_S = min(30.0, MINUTES * 60 / 16)
# Some days of care, then the episode is over and another begins.
EPISODE_DAYS = 4
LOOK_S = 0.2
# Before that the program is still loading what it needs.
WARM_UP_S = 10.0
MORE_MEMORY, MORE_MEMORY_KB = 1.05, 2048
# A notification that is on its way has a thread and a connection.
MORE_DESCRIPTORS, MORE_THREADS = 2, 1


@dataclass(frozen=True)
class Sample:
    """What the program takes after `minute` minutes; sizes in kB, `cpu_s` since its start.

    `pss_kb` rises and falls with other programs that use the same libraries; `own_kb` is the part
    of it that comes from no file.
    """

    minute: float
    pss_kb: int
    own_kb: int
    descriptors: int
    threads: int
    cpu_s: float
    log_kb: float
    record_kb: float


class Gauge:
    """Reads what a program takes."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._proc = Path(f"/proc/{program.process.pid}")
        self._began_s = time.monotonic()

    def read(self) -> Sample:
        memory = (self._proc / "smaps_rollup").read_text()
        sizes = {name: int(kb) for name, kb in re.findall(r"(\w+): +(\d+) kB", memory)}
        numbers = (self._proc / "stat").read_text().rpartition(")")[2].split()
        ticks = int(numbers[11]) + int(numbers[12])
        return Sample(
            minute=round((time.monotonic() - self._began_s) / 60, 2),
            pss_kb=sizes["Pss"],
            own_kb=sizes["Pss_Anon"] + sizes["Pss_Shmem"],
            descriptors=len(list((self._proc / "fd").iterdir())),
            threads=int(numbers[17]),
            cpu_s=ticks / os.sysconf("SC_CLK_TCK"),
            log_kb=self._size_kb("backtimer.log*"),
            record_kb=self._size_kb("backtimer.db*"),
        )

    def _size_kb(self, pattern: str) -> float:
        files = list(self._program.folder.glob(pattern))
        return round(sum(each.stat().st_size for each in files) / 1024, 1)


class Person:
    """Answers removals, starts when it is time, rates pain now and then, gets well in days."""

    def __init__(self, program: Program, chance: random.Random) -> None:
        self._program = program
        self._chance = chance
        self.orders = self.episodes = 0

    def look(self) -> None:
        """Do what is to be done now."""
        status = self._program.status()
        match status["phase"]:
            case "idle":
                self._do("start")
                self.episodes += 1
            case "due":
                self._do(self._chance.choice(("start", "start", "start", "snooze 5", "skip")))
            case "applying" if self._chance.random() < 0.02:
                self._do("pause")
            case "paused":
                self._do("resume")
            case "remove":
                if self._chance.random() < 0.3:
                    self._do("silence")
                self._do("off")
            case "resting" | "quiet" if status["day"] > EPISODE_DAYS:
                self._do("end")
            case _ if self._chance.random() < 0.05:
                note = self._chance.choice(("", "after the walk", "in bed"))
                self._do("pain", str(self._chance.randrange(11)), "--note", note)

    def _do(self, line: str, *words: str) -> None:
        done = self._program.ask(*line.split(), *words)
        # It may have become another phase meanwhile.
        assert done.status in (0, 1), (line, done)
        self.orders += done.status == 0


def folder_of_samples() -> Path:
    named = os.environ.get("SOAK_FOLDER")
    folder = Path(named) if named else Path(tempfile.mkdtemp(prefix="backtimer-soak."))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def table(samples: Sequence[Sample]) -> str:
    """A row for each eighth, and what was reached at the end."""
    names = [each.name for each in fields(Sample)]
    chosen = [*samples[:: max(1, len(samples) // 8)], samples[-1]]
    rows = [names, *([f"{value:g}" for value in astuple(each)] for each in chosen)]
    return "\n".join("".join(f"{cell:>13}" for cell in row) for row in rows)


def check_does_not_grow(samples: Sequence[Sample]) -> None:
    """The last quarter takes no more than the second, after which everything was used once."""
    quarter = len(samples) // 4
    second, last = samples[quarter : 2 * quarter], samples[-quarter:]
    usual = median(each.own_kb for each in second)
    limit = usual * MORE_MEMORY + MORE_MEMORY_KB
    most = median(each.own_kb for each in last)
    assert most <= limit, f"memory grew from {usual} to {most} kB"
    for name, more in (("descriptors", MORE_DESCRIPTORS), ("threads", MORE_THREADS)):
        before = max(getattr(each, name) for each in second)
        after = median(getattr(each, name) for each in last)
        assert after <= before, f"{name} grew from {before} to {after}"
        assert max(getattr(each, name) for each in last) <= before + more, name


def grown(**last: int) -> list[Sample]:
    """A run whose last quarter takes what `last` says."""
    usual = Sample(
        0, pss_kb=0, own_kb=60_000, descriptors=30, threads=3, cpu_s=1, log_kb=1, record_kb=1
    )
    return [usual] * 12 + [Sample(**{**asdict(usual), **last})] * 4


def test_growth_would_be_seen() -> None:
    check_does_not_grow(grown())
    check_does_not_grow(grown(own_kb=64_000))
    for last in ({"own_kb": 66_000}, {"descriptors": 31}, {"threads": 4}):
        with pytest.raises(AssertionError, match="grew"):
            check_does_not_grow(grown(**last))


@pytest.mark.soak
@pytest.mark.skipif(not is_soak(), reason="takes an hour: make soak")
@pytest.mark.timeout(MINUTES * 60 + 300)
def test_a_program_that_is_used_for_long_grows_in_nothing(
    program: Program, desktop: Desktop
) -> None:
    folder = folder_of_samples()
    person = Person(program, random.Random(seed(3)))  # noqa: S311 - the same in each run
    program.start("--speed", str(SPEED))
    began_s = time.monotonic()
    ends_s = began_s + MINUTES * 60
    gauge, samples = Gauge(program), list[Sample]()
    sample_s = began_s + min(WARM_UP_S, SAMPLE_S)
    with (folder / "samples.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(each.name for each in fields(Sample))
        while time.monotonic() < ends_s:
            person.look()
            if time.monotonic() >= sample_s:
                sample_s += SAMPLE_S
                samples.append(gauge.read())
                writer.writerow(astuple(samples[-1]))
                file.flush()
            time.sleep(LOOK_S)
    figures = (
        f"{person.orders} orders in {person.episodes} episodes, {len(program.said())} messages"
    )
    report(f"{figures}; samples in {folder}\n{table(samples)}")
    assert "Traceback" not in program.log()
    assert person.orders > MINUTES * 5
    # Each of them arrived.
    assert len(desktop.titles()) >= len(program.said()) > 0
    check_does_not_grow(samples)
    assert program.end().status == 0
