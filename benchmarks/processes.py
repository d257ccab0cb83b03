"""What Linux tells of a running process: its memory, its processor time, its wake-ups."""

from collections.abc import Iterator
from pathlib import Path


def pss_mb(pid: int) -> float:
    """Its memory in MB, in which pages shared with other processes count in part."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    message = f"process {pid} has no memory"
    raise ProcessLookupError(message)


def processor_s(pid: int) -> float:
    """The processor time of its threads so far, in seconds; exact, where `stat` has 10 ms."""
    return (
        sum(int((task / "schedstat").read_text("ascii").split()[0]) for task in _tasks(pid)) / 1e9
    )


def wake_ups(pid: int) -> int:
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
