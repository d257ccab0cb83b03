"""A program that is killed in the middle of mending or replacing the record."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.adapters.record_kit import aside, files, read, told_by, written
from tests.event_examples import rated

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

ROOT = Path(__file__).parents[2]

# Killed from within as well: at the n-th change of a name or write to the disk.
_PROGRAM = """
import os, signal, sys
from pathlib import Path
from backtimer.adapters.event_store import SqliteEventStore
from tests.event_examples import rated

left = int(sys.argv[3])

def counted(name):
    real = getattr(os, name)
    def call(*args, **more):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **more)
    setattr(os, name, call)

store = SqliteEventStore(Path(sys.argv[1]))
if sys.argv[2] == "replace":
    store.episodes()
for each in ("link", "unlink", "replace", "rename", "fsync", "open", "mkdir"):
    counted(each)
import backtimer.adapters.replacing, backtimer.adapters.rescue
print("ready", flush=True)
if sys.argv[2] == "replace":
    store.replace([rated(n, 1, "new") for n in range(40)])
else:
    store.open_episode()
print("done", flush=True)
"""


def _killed(path: Path, what: str, steps: int, after_s: float | None = None) -> bool:
    """Whether the program was killed at that step, or after that time, before it was done."""
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, path, what, str(steps)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
        if after_s is not None:
            time.sleep(after_s)
            program.send_signal(signal.SIGKILL)
        rest = program.stdout.read()
    assert program.returncode in (0, -signal.SIGKILL)
    return "done" not in rest


def _points(seed: int) -> list[tuple[int, float | None]]:
    chance = random.Random(seed)  # noqa: S311
    steps = [(n, None) for n in range(1, 40, 3)]
    return [*steps, *((0, chance.uniform(0, 0.06)) for _ in range(4))]


def test_a_program_killed_while_it_mends_leaves_the_damaged_record_or_the_new_one(
    tmp_path: Path,
) -> None:
    before = tuple(rated(n, 3, f"note {n}") for n in range(60))
    begun = tmp_path / "begun.db"
    written(begun, before)
    damaged = begun.read_bytes().replace(b"Bakt", b"akBt", 1)
    killed = 0
    for n, (steps, after_s) in enumerate(_points(1)):
        path = tmp_path / str(n) / "backtimer.db"
        path.parent.mkdir()
        path.write_bytes(damaged)
        killed += _killed(path, "mend", steps, after_s)
        is_mended = path.read_bytes() != damaged
        if is_mended:
            assert any(each.read_bytes() == damaged for each in aside(path))
        told = told_by(path)
        assert bool(told) != is_mended
        assert read(path) == (before,)
        assert not {f"{path.name}-wal", f"{path.name}-shm"} & files(path.parent)
    assert killed > 6


def test_a_program_killed_while_it_replaces_leaves_the_old_record_or_the_new_one(
    tmp_path: Path,
) -> None:
    before = tuple(rated(n, 3, f"note {n}") for n in range(60))
    after = tuple(rated(n, 1, "new") for n in range(40))
    found = set()
    for n, (steps, after_s) in enumerate(_points(2)):
        path = tmp_path / str(n) / "backtimer.db"
        written(path, before)
        _killed(path, "replace", steps, after_s)
        assert told_by(path) == []
        now = read(path)
        assert now in ((before,), (after,))
        found.add(now)
    assert len(found) == 2
