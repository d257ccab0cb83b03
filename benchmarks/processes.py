"""What Linux tells of a running process: its memory, its processor time, its wake-ups."""

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

_BURST_S = 0.25


def pss_mb(pid: int) -> float:
    """Its memory in MB, in which pages that it shares with other processes count in part.

    Pages of Python and Qt count whole, so that it does not matter who else runs them meanwhile.
    """
    own = (sys.prefix, sys.base_prefix)
    total_kb, counted = 0, "Pss:"
    for line in Path(f"/proc/{pid}/smaps").read_text("utf-8").splitlines():
        name, *values = line.split()
        if not name.endswith(":"):  # a mapping begins; its file stands last
            counted = "Rss:" if values[-1].startswith(own) else "Pss:"
        elif name == counted:
            total_kb += int(values[0])
    return total_kb / 1024


def processor_s(pid: int) -> float:
    """The processor time of its threads so far, in seconds; exact, where `stat` has 10 ms."""
    return (
        sum(int((task / "schedstat").read_text("ascii").split()[0]) for task in _tasks(pid)) / 1e9
    )


def wake_ups(pids: Sequence[int], seconds: float) -> list[int]:
    """How often each process wakes up in so many seconds: sleeps, is busy, and sleeps again.

    What it does within a quarter of a second is one wake-up, however often its threads wait for
    each other or for an answer.
    """
    counts = [0] * len(pids)
    before = [_switches(pid) for pid in pids]
    was_busy = [False] * len(pids)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(_BURST_S)
        now = [_switches(pid) for pid in pids]
        is_busy = [new != old for new, old in zip(now, before, strict=True)]
        for index, (busy, was) in enumerate(zip(is_busy, was_busy, strict=True)):
            counts[index] += busy and not was
        before, was_busy = now, is_busy
    return counts


def _switches(pid: int) -> int:
    """How often its threads so far gave up the processor to wait for something."""
    return sum(_voluntary_switches(task) for task in _tasks(pid))


def _nanoseconds(task: Path) -> int:
    return int((task / "schedstat").read_text("ascii").split()[0])


def _voluntary_switches(task: Path) -> int:
    for line in (task / "status").read_text("utf-8").splitlines():
        if line.startswith("voluntary_ctxt_switches:"):
            return int(line.split()[1])
    return 0


def _tasks(pid: int) -> Iterator[Path]:
    return Path(f"/proc/{pid}/task").iterdir()
