"""What is measured, and the goal of each: a measure runs some times and returns its rows."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import quantiles

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
_FEW, _MANY = 1_000, 100_000


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
    """Memory after 20 seconds; one after the other, as two would share what each needs alone."""
    found = Samples()
    for pair in alternating(runs):
        for program in pair:
            with person() as environment, started(program.command(), environment) as process:
                time.sleep(_SETTLED_S)
                found.add(pss_mb(process.pid), ours=program is OURS)
    return [found.row("memory (PSS) after 20 s", "MB", most_ratio=1.4)]


def idle(runs: int) -> list[Row]:
    """A minute of counting, in the window and hidden in the tray; all four beside each other.

    A wake-up is a voluntary context switch: a thread had nothing to do, and then had again.
    """
    counting, hidden, woken = Samples(), Samples(), Samples()
    for pair in alternating(runs):
        with _shown_and_hidden(pair) as processes:
            time.sleep(_SETTLED_S)
            before = [(processor_s(pid), wake_ups(pid)) for _, _, pid in processes]
            time.sleep(_MINUTE_S)
            for (program, is_hidden, pid), was in zip(processes, before, strict=True):
                spent_ms = (processor_s(pid) - was[0]) * 1000
                (hidden if is_hidden else counting).add(spent_ms, ours=program is OURS)
                if is_hidden:
                    woken.add(wake_ups(pid) - was[1], ours=program is OURS)
    return [
        counting.row("processor a minute, counting", "ms", most_ratio=1.2),
        hidden.row("processor a minute, hidden", "ms", most_ratio=1.0),
        woken.row("wake-ups a minute, hidden", "", most=4),
    ]


@contextmanager
def _shown_and_hidden(pair: tuple[Program, ...]) -> Iterator[list[tuple[Program, bool, int]]]:
    """The process ids of each program, shown and hidden."""
    with ExitStack() as stack:
        processes = []
        for program in pair:
            for is_hidden in (False, True):
                command = program.command(*([program.hiding] if is_hidden else []))
                environment = stack.enter_context(person())
                process = stack.enter_context(started(command, environment))
                processes.append((program, is_hidden, process.pid))
        yield processes


def status(runs: int) -> list[Row]:
    """`backtimer status` beside `python -c pass`, while the program runs."""
    walls, processor = Samples(), Samples()
    commands = {True: OURS.command("status"), False: [sys.executable, "-c", "pass"]}
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


MEASURES: dict[str, Callable[[int], list[Row]]] = {
    "start": start,
    "memory": memory,
    "idle": idle,
    "status": status,
    "alarm": alarm,
    "log": log,
}
