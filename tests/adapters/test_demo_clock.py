import json
import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backtimer.adapters.demo_clock import FILE_NAME, DemoClock
from backtimer.adapters.system_clock import SystemClock
from backtimer.domain.clock import Moment
from backtimer.domain.errors import DataError

START = Moment(boot="a", boot_s=1000.0, wall=datetime(2026, 11, 20, 18, 0, tzinfo=UTC))


def whole(**changes: object) -> bytes:
    """The file of a demo's clock with some `changes`."""
    numbers = dict.fromkeys(["speed", "boot_s", "wall_s", "demo_boot_s", "demo_wall_s"], 1)
    return json.dumps({"boot": "a", **numbers, **changes}).encode()


@dataclass
class RealTime:
    """A real clock that the test moves."""

    moment: Moment = START
    speed: float = 1.0

    def now(self) -> Moment:
        return self.moment

    def goes_on(self, seconds: float) -> None:
        self.moment = self.moment.after(seconds)

    def is_set(self, seconds: float) -> None:
        """The wall clock is moved, the elapsed time is not."""
        self.moment = replace(self.moment, wall=self.moment.wall + timedelta(seconds=seconds))

    def reboots(self, seconds: float) -> None:
        wall = self.moment.wall + timedelta(seconds=seconds)
        self.moment = Moment(boot=self.moment.boot + "'", boot_s=5.0, wall=wall)


@pytest.fixture
def real() -> RealTime:
    return RealTime()


def test_a_demo_begins_at_the_real_wall_time(tmp_path: Path, real: RealTime) -> None:
    assert DemoClock(data_dir=tmp_path, speed=600, real=real).now().wall == START.wall


def test_care_time_passes_at_the_given_speed(tmp_path: Path, real: RealTime) -> None:
    clock = DemoClock(data_dir=tmp_path, speed=600, real=real)
    before = clock.now()
    real.goes_on(6)
    after = clock.now()
    assert after.since(before) == 3600
    assert after.wall - before.wall == timedelta(hours=1)
    assert clock.speed == 600


def test_the_boot_of_a_demo_is_never_a_real_one(tmp_path: Path, real: RealTime) -> None:
    boot = DemoClock(data_dir=tmp_path, speed=600, real=real).now().boot
    assert boot != real.now().boot
    assert DemoClock(data_dir=tmp_path, speed=600, real=real).now().boot == boot


def test_the_clock_goes_on_over_a_restart(tmp_path: Path, real: RealTime) -> None:
    before = DemoClock(data_dir=tmp_path, speed=600, real=real).now()
    real.goes_on(60)
    after = DemoClock(data_dir=tmp_path, speed=600, real=real).now()
    assert after.boot == before.boot
    assert after.since(before) == 36_000


def test_a_wall_clock_that_is_set_does_not_move_a_demo(tmp_path: Path, real: RealTime) -> None:
    before = DemoClock(data_dir=tmp_path, speed=600, real=real).now()
    real.is_set(-7200)
    after = DemoClock(data_dir=tmp_path, speed=600, real=real).now()
    assert after == before


def test_after_a_reboot_the_wall_clock_says_how_long_it_was(tmp_path: Path, real: RealTime) -> None:
    before = DemoClock(data_dir=tmp_path, speed=600, real=real).now()
    real.reboots(60)
    clock = DemoClock(data_dir=tmp_path, speed=600, real=real)
    after = clock.now()
    assert after.boot != before.boot
    assert after.since(before) == 36_000
    real.goes_on(1)
    assert clock.now().since(after) == 600


def test_after_a_reboot_the_wall_clock_is_not_looked_at_again(
    tmp_path: Path, real: RealTime
) -> None:
    DemoClock(data_dir=tmp_path, speed=600, real=real)
    real.reboots(60)
    clock = DemoClock(data_dir=tmp_path, speed=600, real=real)
    before = clock.now()
    real.is_set(3600)
    assert clock.now() == before


def test_a_demo_waits_where_a_reboot_set_the_wall_clock_back(
    tmp_path: Path, real: RealTime
) -> None:
    before = DemoClock(data_dir=tmp_path, speed=600, real=real).now()
    real.reboots(-3600)
    assert DemoClock(data_dir=tmp_path, speed=600, real=real).now().wall == before.wall


def test_another_speed_begins_at_the_present_moment_of_the_demo(
    tmp_path: Path, real: RealTime
) -> None:
    before = DemoClock(data_dir=tmp_path, speed=600, real=real).now()
    real.goes_on(10)
    clock = DemoClock(data_dir=tmp_path, speed=60, real=real)
    assert clock.now().since(before) == 6000
    real.goes_on(10)
    assert clock.now().since(before) == 6600


def test_looking_keeps_the_speed_and_writes_nothing(tmp_path: Path, real: RealTime) -> None:
    running = DemoClock(data_dir=tmp_path, speed=600, real=real)
    kept = (tmp_path / FILE_NAME).read_bytes()
    real.goes_on(10)
    looking = DemoClock(data_dir=tmp_path, speed=None, real=real)
    assert looking.speed == 600
    assert looking.now() == running.now()
    real.reboots(10)
    DemoClock(data_dir=tmp_path, speed=None, real=real).now()
    assert (tmp_path / FILE_NAME).read_bytes() == kept


def test_looking_where_there_is_no_demo_makes_none(tmp_path: Path, real: RealTime) -> None:
    assert DemoClock(data_dir=tmp_path, speed=None, real=real).speed == 1
    assert list(tmp_path.iterdir()) == []


def test_elapsed_time_after_a_reboot_is_the_same_for_who_looks_and_who_runs(
    tmp_path: Path, real: RealTime
) -> None:
    DemoClock(data_dir=tmp_path, speed=600, real=real)
    real.reboots(60)
    looked = DemoClock(data_dir=tmp_path, speed=None, real=real).now()
    real.goes_on(2)
    ran = DemoClock(data_dir=tmp_path, speed=600, real=real).now()
    assert ran.since(looked) == 1200


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"null",
        b"[" * 100_000,
        b'{"speed": 600}',
        whole(speed="fast"),
        whole(speed=0),
        whole(boot=7),
        whole(boot_s=math.nan),
        whole(demo_wall_s=1e30),
        whole(more=1),
    ],
)
def test_a_damaged_clock_is_told_and_not_begun_anew(
    tmp_path: Path, real: RealTime, rubbish: bytes
) -> None:
    (tmp_path / FILE_NAME).write_bytes(rubbish)
    with pytest.raises(DataError, match="damaged"):
        DemoClock(data_dir=tmp_path, speed=600, real=real)
    assert (tmp_path / FILE_NAME).read_bytes() == rubbish


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, real: RealTime) -> None:
    with pytest.raises(DataError, match="could not be written"):
        DemoClock(data_dir=tmp_path / "gone", speed=600, real=real)


def test_a_clock_that_cannot_be_read_is_told(tmp_path: Path, real: RealTime) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(DataError, match="could not be read"):
        DemoClock(data_dir=tmp_path, speed=600, real=real)


def test_writing_leaves_nothing_but_the_clock(tmp_path: Path, real: RealTime) -> None:
    DemoClock(data_dir=tmp_path, speed=600, real=real)
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]
    assert json.loads((tmp_path / FILE_NAME).read_bytes())["speed"] == 600


def test_a_demo_that_reaches_the_end_of_the_calendar_stays_there(
    tmp_path: Path, real: RealTime
) -> None:
    clock = DemoClock(data_dir=tmp_path, speed=3600, real=real)
    real.goes_on(10 * 365 * 86_400)
    assert clock.now().wall.year == 9990
    assert DemoClock(data_dir=tmp_path, speed=1, real=real).now().wall.year == 9990


def test_it_runs_on_the_real_clock(tmp_path: Path) -> None:
    clock = DemoClock(data_dir=tmp_path, speed=1000, real=SystemClock())
    first = clock.now()
    second = clock.now()
    assert 0 < second.since(first) < 1000
