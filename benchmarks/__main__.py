"""Measures and prints the table: `python -m benchmarks [MEASURE…] [--runs N]`, on a desktop.

All of it takes about 20 minutes. What runs beside it disturbs it: the processor times tell
whether a time that is too long was spent by the program or waited for others.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.measures import MEASURES
from benchmarks.programs import started
from benchmarks.report import table

_RUNS = 9


def main() -> int:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Compare backtimer with the smallest PySide6 program.",
    )
    parser.add_argument(
        "measures",
        nargs="*",
        metavar="MEASURE",
        help=f"all of them, or some: {', '.join(MEASURES)}",
    )
    parser.add_argument("--runs", type=int, default=_RUNS, help=f"runs of each, usually {_RUNS}")
    options = parser.parse_args()
    unknown = set(options.measures) - set(MEASURES)
    if unknown or options.runs < 1:
        parser.error(f"there is no {', '.join(sorted(unknown)) or 'such number of runs'}")
    rows = []
    with _tray():
        for name in options.measures or MEASURES:
            print(f"measuring: {name}", file=sys.stderr, flush=True)
            rows += MEASURES[name](options.runs)
    print(table(rows))
    return 0


@contextmanager
def _tray() -> Iterator[None]:
    """A tray for the programs' icons."""
    command = [sys.executable, "-m", "benchmarks.tray_host"]
    with started(command, os.environ) as host:
        assert host.stdout
        host.stdout.readline()  # it stands
        yield


if __name__ == "__main__":
    sys.exit(main())
