"""A clock that runs faster than time, to try the program out, and goes on over restarts."""

import json
import math
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from backtimer.adapters.atomic import write_atomically
from backtimer.domain.clock import Moment
from backtimer.domain.errors import DataError
from backtimer.domain.ports import Clock
from backtimer.domain.words import tr

FILE_NAME = "demo-clock.json"
# The calendar of datetime ends with the year 9999; a local time needs room beside it.
_LAST_S = datetime(9990, 1, 1, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    """A real moment, the demo moment that belongs to it, and the speed from there on."""

    speed: float
    boot: str
    boot_s: float
    wall_s: float
    demo_boot_s: float
    demo_wall_s: float

    def __post_init__(self) -> None:
        numbers = (self.speed, self.boot_s, self.wall_s, self.demo_boot_s, self.demo_wall_s)
        if not isinstance(self.boot, str) or not all(map(_is_number, numbers)):
            raise ValueError("not a demo's clock")
        if self.speed <= 0 or not 0 <= self.demo_wall_s <= _LAST_S:
            raise ValueError("not a demo's clock")


class DemoClock:
    """The port `Clock` with `speed` seconds of care in a real second, from a kept origin."""

    def __init__(self, *, data_dir: Path, speed: float | None, real: Clock) -> None:
        """Go on with the clock of the demo folder `data_dir`, or begin it at the real time.

        Without a `speed` the clock is only looked at: it keeps the speed that it has and
        nothing is written. Raises DataError when its file is damaged, or cannot be read or
        written.
        """
        self._real = real
        self._path = data_dir / FILE_NAME
        kept = self._read()
        now = real.now()
        goes_on = kept is not None and speed == kept.speed and now.boot == kept.boot
        if kept is not None and (speed is None or goes_on):
            self._origin = kept
            return
        demo = _demo_time(kept, now) if kept else (now.boot_s, now.wall.timestamp())
        self._origin = _Origin(
            speed=speed or 1.0,
            boot=now.boot,
            boot_s=now.boot_s,
            wall_s=now.wall.timestamp(),
            demo_boot_s=demo[0],
            demo_wall_s=demo[1],
        )
        if speed is not None:
            self._write()

    @property
    def speed(self) -> float:
        """Seconds of care that pass in one real second."""
        return self._origin.speed

    def now(self) -> Moment:
        """The present moment of the demo."""
        real = self._real.now()
        boot_s, wall_s = _demo_time(self._origin, real)
        wall = datetime.fromtimestamp(wall_s, tz=real.wall.tzinfo)
        return Moment(boot=f"demo-{real.boot}", boot_s=boot_s, wall=wall)

    def _read(self) -> _Origin | None:
        try:
            return _Origin(**json.loads(self._path.read_bytes()))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DataError(
                tr(
                    "The demo's clock {path} could not be read: {why}. Choose another --data-dir.",
                    path=self._path,
                    why=error.strerror,
                )
            ) from error
        except (ValueError, TypeError, RecursionError) as error:
            raise DataError(
                tr(
                    "The demo's clock {path} is damaged. Delete that folder, or choose another "
                    "--data-dir, to begin a new demo.",
                    path=self._path,
                )
            ) from error

    def _write(self) -> None:
        try:
            write_atomically(self._path, json.dumps(asdict(self._origin)).encode())
        except OSError as error:
            raise DataError(
                tr(
                    "The demo's clock {path} could not be written: {why}. "
                    "Choose another --data-dir.",
                    path=self._path,
                    why=error.strerror,
                )
            ) from error


def _demo_time(origin: _Origin, real: Moment) -> tuple[float, float]:
    """Elapsed and wall seconds of the demo at the moment `real`."""
    if real.boot == origin.boot:
        gone_s = (real.boot_s - origin.boot_s) * origin.speed
        return origin.demo_boot_s + gone_s, min(origin.demo_wall_s + gone_s, _LAST_S)
    # Only the wall clock has seen both boots; where it was set back the demo waits.
    gone_s = max(0.0, real.wall.timestamp() - origin.wall_s) * origin.speed
    return real.boot_s * origin.speed, min(origin.demo_wall_s + gone_s, _LAST_S)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)
