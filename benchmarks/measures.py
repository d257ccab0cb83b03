"""What is measured, and the goal of each: a measure runs some times and returns its rows."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles

from backtimer.adapters.endpoint import ENDPOINT_NAME
from backtimer.paths import APP
from benchmarks.first_paint import Screen
from benchmarks.processes import processor_s, pss_mb, wake_ups
from benchmarks.programs import OURS, Program, alternating, output_of, person, run, started
from benchmarks.records import write_record
from benchmarks.report import Row, Samples

_SETTLED_S = 20.0
_MINUTE_S = 60.0
_PATIENCE_S = 20.0
_FEW, _PAST, _MANY = 1_000, 10_000, 100_000


def start(runs: int) -> list[Row]:
    """From starting the process to the first pixels of the window."""
    screen = Screen()
    walls, processor = Samples(), Samples()
    for number, pair in enumerate(alternating(runs + 1)):
        for program in pair:
            with person() as environment:
                paint = screen.first_paint(program.command(), environment)
            if number:  # the first run makes byte code and fills caches
                walls.add(paint.wall_s * 1000, ours=program is OURS)
                processor.add(paint.processor_s * 1000, ours=program is OURS)
    return [
        walls.row("exec to first paint", "ms", most_ratio=1.25),
        processor.row("  of that on the processor", "ms"),
    ]


def memory(runs: int) -> list[Row]:
    """Memory after 20 seconds."""
    found = Samples()
    for pair in alternating(runs):
        with ExitStack() as stack:
            processes = [
                (program, stack.enter_context(_running(program, hidden=False))) for program in pair
            ]
            time.sleep(_SETTLED_S)
            for program, pid in processes:
                found.add(pss_mb(pid), ours=program is OURS)
    return [found.row("memory (PSS) after 20 s", "MB", most_ratio=1.4)]


def idle(runs: int) -> list[Row]:
    """A minute of counting, in the window and hidden in the tray; all four beside each other."""
    counting, hidden, woken = Samples(), Samples(), Samples()
    for pair in alternating(runs):
        with ExitStack() as stack:
            shown, away = (
                [stack.enter_context(_running(program, hidden=is_hidden)) for program in pair]
                for is_hidden in (False, True)
            )
            time.sleep(_SETTLED_S)
            before = [processor_s(pid) for pid in (*shown, *away)]
            woken_up = wake_ups(away, _MINUTE_S)
            spent = [processor_s(pid) for pid in (*shown, *away)]
        spent_ms = [(new - old) * 1000 for new, old in zip(spent, before, strict=True)]
        for index, program in enumerate(pair):
            counting.add(spent_ms[index], ours=program is OURS)
            hidden.add(spent_ms[len(pair) + index], ours=program is OURS)
            woken.add(woken_up[index], ours=program is OURS)
    return [
        counting.row("processor a minute, counting", "ms", most_ratio=1.2),
        hidden.row("processor a minute, hidden", "ms", most_ratio=1.0),
        woken.row("wake-ups a minute, hidden", "", most=4),
    ]


@contextmanager
def _running(program: Program, *, hidden: bool) -> Iterator[int]:
    """The process id of a program while it runs, in its window or hidden in the tray."""
    command = program.command(*([program.hiding] if hidden else []))
    with person() as environment, started(command, environment) as process:
        yield process.pid


def status(runs: int) -> list[Row]:
    """`backtimer status` beside `python -c pass`, while the program runs."""
    walls, processor = Samples(), Samples()
    # As it is typed: by the command that was installed with the package.
    typed = [str(Path(sys.executable).with_name("backtimer")), "status"]
    commands = {True: typed, False: [sys.executable, "-c", "pass"]}
    with person() as environment, started(OURS.command(OURS.hiding), environment):
        _wait_for(Path(environment["XDG_DATA_HOME"]) / APP / ENDPOINT_NAME)
        for number in range(runs + 1):
            for is_ours, command in commands.items():
                wall_s, used_s = run(command, environment)
                if number:
                    walls.add(wall_s * 1000, ours=is_ours)
                    processor.add(used_s * 1000, ours=is_ours)
    return [
        walls.row("status (beside python -c pass)", "ms", most_ratio=4),
        processor.row("  of that on the processor", "ms"),
    ]


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not path.exists():
        if time.monotonic() > deadline:
            message = f"{path} did not appear"
            raise TimeoutError(message)
        time.sleep(0.05)


def alarm(_runs: int) -> list[Row]:
    """How late 200 alarms ring."""
    with person() as environment:
        printed = output_of([sys.executable, "-m", "benchmarks.alarms"], environment)
    late_ms = quantiles(map(float, printed.split()), n=100)[-1]
    return [Row(measure="99 of 100 alarms late by less than", unit="ms", ours=late_ms, most=20)]


def log(runs: int) -> list[Row]:
    """Opening and showing a record of 100,000 events beside one of 1,000."""
    took = Samples()
    with tempfile.TemporaryDirectory(prefix="backtimer-bench.") as name, person() as environment:
        folders = {True: Path(name) / "many", False: Path(name) / "few"}
        write_record(folders[True], _MANY)
        write_record(folders[False], _FEW)
        for number in range(runs + 1):
            for is_many, folder in folders.items():
                command = [sys.executable, "-m", "benchmarks.opening", str(folder)]
                took_ms = float(output_of(command, environment))
                if number:
                    took.add(took_ms, ours=is_many)
    return [took.row("opening 100,000 events (beside 1,000)", "ms", most_ratio=1.5)]


def past(runs: int) -> list[Row]:
    """How long the window cannot answer while a record of 10,000 events is read for the journal."""
    with tempfile.TemporaryDirectory(prefix="backtimer-bench.") as name, person() as environment:
        write_record(Path(name), _PAST)
        command = [sys.executable, "-m", "benchmarks.past", name]
        longest_ms = median(float(output_of(command, environment)) for _ in range(runs))
    return [Row(measure="longest wait while 10,000 are read", unit="ms", ours=longest_ms, most=50)]


MEASURES: dict[str, Callable[[int], list[Row]]] = {
    "start": start,
    "memory": memory,
    "idle": idle,
    "status": status,
    "alarm": alarm,
    "log": log,
    "past": past,
}
