"""Which clock a data folder lives by: the machine's, or the faster one of a demo."""

import json
from contextlib import suppress
from pathlib import Path

from backtimer.adapters.demo_clock import FILE_NAME, DemoClock
from backtimer.adapters.system_clock import SystemClock
from backtimer.domain.errors import DataError, Refused
from backtimer.domain.ports import Clock
from backtimer.domain.words import tr


def is_demo(data_dir: Path) -> bool:
    """Whether the folder belongs to a demo. Raises `DataError` where that cannot be seen."""
    try:
        return (data_dir / FILE_NAME).exists()
    except OSError as error:
        raise DataError(
            tr(
                "The folder {path} cannot be read: {why}. Choose another with --data-dir.",
                path=data_dir,
                why=error.strerror,
            )
        ) from error


def clock_of(data_dir: Path) -> Clock:
    """The clock that the folder lives by, to look at it. Raises `DataError` for a damaged one."""
    if not is_demo(data_dir):
        return SystemClock()
    return DemoClock(data_dir=data_dir, speed=_kept_speed(data_dir), real=SystemClock())


def clock_to_run(data_dir: Path, record: Path, speed: float | None) -> Clock:
    """The clock to run the folder by, at `speed` in a demo.

    Raises `Refused` where a real record would become a demo's or the reverse, and `DataError`
    where a demo's clock cannot be read or written.
    """
    if speed is None:
        if _is_seen_to_be_demo(data_dir):
            raise Refused(
                tr("This folder belongs to a demo. Add --speed 600, or choose another --data-dir.")
            )
        return SystemClock()
    if record.exists() and not is_demo(data_dir):
        raise Refused(
            tr("This folder holds a real record. For a demo choose another --data-dir, or none.")
        )
    return DemoClock(data_dir=data_dir, speed=speed, real=SystemClock())


def _is_seen_to_be_demo(data_dir: Path) -> bool:
    with suppress(DataError):  # what cannot be looked into is the person's own, and goes on
        return is_demo(data_dir)
    return False


def _kept_speed(data_dir: Path) -> float:
    try:
        return float(json.loads((data_dir / FILE_NAME).read_bytes())["speed"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return 1.0  # DemoClock reads the same file, and says what is wrong with it
