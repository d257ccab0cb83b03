import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.adapters.system_clock import SystemClock, SystemZone, boot_id, elapsed_s

CENTRAL_EUROPE = "CET-1CEST,M3.5.0,M10.5.0/3"
ARIZONA = "MST7"

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
with_tzset = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no tzset")

Travel = Callable[[str], None]


@pytest.fixture
def travel() -> Iterator[Travel]:
    """Takes the process to another time zone until the test ends."""
    home = os.environ.get("TZ")

    def go(zone: str | None) -> None:
        if zone is None:
            os.environ.pop("TZ", None)
        else:
            os.environ["TZ"] = zone
        time.tzset()

    yield go
    go(home)


def local(zone: SystemZone, *figures: int, fold: int = 0) -> datetime:
    return datetime(*figures, tzinfo=zone, fold=fold)  # type: ignore[arg-type, misc]


@on_linux
def test_elapsed_time_is_the_uptime_of_the_machine() -> None:
    before = float(Path("/proc/uptime").read_text().split()[0])
    elapsed = elapsed_s()
    after = float(Path("/proc/uptime").read_text().split()[0])
    assert before <= elapsed <= after + 0.01


@on_linux
def test_elapsed_time_counts_what_the_machine_slept() -> None:
    # A time namespace moves the boot clock and nothing else, as sleep does.
    print_it = "from backtimer.adapters.system_clock import elapsed_s; print(elapsed_s())"
    outcome = subprocess.run(
        ["unshare", "--time", "--boottime", "100000", sys.executable, "-c", print_it],
        capture_output=True,
        text=True,
        check=False,
    )
    if outcome.returncode:
        pytest.skip(f"no time namespace can be made here: {outcome.stderr.strip()}")
    assert float(outcome.stdout) == pytest.approx(elapsed_s() + 100_000, abs=5)


@on_linux
def test_the_boot_is_the_one_that_the_kernel_names() -> None:
    assert boot_id() == Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    assert SystemClock().now().boot == boot_id()


def test_care_time_is_real_time() -> None:
    assert SystemClock().speed == 1.0


def test_the_wall_time_is_the_present_and_aware() -> None:
    before = datetime.now(UTC)
    wall = SystemClock().now().wall
    assert before - timedelta(milliseconds=1) <= wall <= datetime.now(UTC)


def test_a_hundred_thousand_moments_never_go_back() -> None:
    clock = SystemClock()
    latest = clock.now()
    for _ in range(100_000):
        now = clock.now()
        assert now.boot_s >= latest.boot_s
        latest = now


@with_tzset
def test_summer_time_that_is_still_to_come_is_known(travel: Travel) -> None:
    travel(CENTRAL_EUROPE)
    zone = SystemZone()
    assert local(zone, 2026, 1, 15, 12).utcoffset() == timedelta(hours=1)
    assert local(zone, 2026, 7, 15, 12).utcoffset() == timedelta(hours=2)
    assert local(zone, 2026, 7, 15, 12).tzname() == "CEST"


@with_tzset
def test_the_hour_that_comes_twice_has_two_offsets(travel: Travel) -> None:
    travel(CENTRAL_EUROPE)
    zone = SystemZone()
    assert local(zone, 2026, 10, 25, 2, 30, fold=0).utcoffset() == timedelta(hours=2)
    assert local(zone, 2026, 10, 25, 2, 30, fold=1).utcoffset() == timedelta(hours=1)


@with_tzset
def test_half_an_hour_after_the_first_half_past_two_comes_the_second(travel: Travel) -> None:
    travel(CENTRAL_EUROPE)
    zone = SystemZone()
    first = local(zone, 2026, 10, 25, 2, 30)
    second = datetime.fromtimestamp(first.timestamp() + 3600, tz=zone)
    assert (second.hour, second.minute, second.fold) == (2, 30, 1)
    assert second.timestamp() - first.timestamp() == 3600


@with_tzset
def test_the_hour_that_never_comes_is_read_as_python_reads_it(travel: Travel) -> None:
    travel(CENTRAL_EUROPE)
    zone = SystemZone()
    assert local(zone, 2026, 3, 29, 2, 30, fold=0).utcoffset() == timedelta(hours=1)
    assert local(zone, 2026, 3, 29, 2, 30, fold=1).utcoffset() == timedelta(hours=2)


@with_tzset
@given(st.integers(1_600_000_000, 2_200_000_000), st.integers(0, 999_999))
def test_any_instant_survives_the_way_to_local_time_and_back(second: int, micro: int) -> None:
    home = os.environ.get("TZ")
    os.environ["TZ"] = CENTRAL_EUROPE
    time.tzset()
    try:
        utc = datetime.fromtimestamp(second, tz=UTC).replace(microsecond=micro)
        assert utc.astimezone(SystemZone()).astimezone(UTC) == utc
    finally:
        os.environ.pop("TZ") if home is None else os.environ.update(TZ=home)
        time.tzset()


@with_tzset
@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]
)
def test_every_half_hour_of_a_year_is_as_the_zone_database_says(travel: Travel, name: str) -> None:
    if not Path("/usr/share/zoneinfo", name).exists():
        pytest.skip("this machine has no zone database")
    travel(name)
    zone, reference = SystemZone(), ZoneInfo(name)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for half_hour in range(366 * 48):
        utc = start + timedelta(minutes=30 * half_hour)
        ours, theirs = utc.astimezone(zone), utc.astimezone(reference)
        assert (ours.isoformat(), ours.fold) == (theirs.isoformat(), theirs.fold)


@with_tzset
def test_the_clock_crosses_the_end_of_summer_time(
    travel: Travel, monkeypatch: pytest.MonkeyPatch
) -> None:
    travel(CENTRAL_EUROPE)
    clock = SystemClock()
    change_s = datetime(2026, 10, 25, 1, tzinfo=UTC).timestamp()
    shown = []
    for second in (-0.25, 0.25):
        monkeypatch.setattr(time, "time", lambda at=change_s + second: at)
        shown.append(clock.now().wall.isoformat())
    assert shown == ["2026-10-25T02:59:59.750000+02:00", "2026-10-25T02:00:00.250000+01:00"]


@with_tzset
def test_a_journey_to_another_zone_is_followed_within_a_minute(travel: Travel) -> None:
    travel(CENTRAL_EUROPE)
    clock = SystemClock()
    clock.now()
    os.environ["TZ"] = ARIZONA
    clock._zone_checked_s -= 60
    assert clock.now().wall.utcoffset() == timedelta(hours=-7)


@with_tzset
def test_a_moment_from_before_a_journey_stays_the_instant_that_it_was(travel: Travel) -> None:
    travel(CENTRAL_EUROPE)
    clock = SystemClock()
    before = clock.now()
    instant, text = before.wall.timestamp(), before.wall.isoformat()
    os.environ["TZ"] = ARIZONA
    clock._zone_checked_s -= 60
    after = clock.now()
    assert before.wall.timestamp() == instant
    assert before.wall.isoformat() == text
    assert 0 <= after.since(before) < 5
    later = before.after(7200).wall
    assert later.timestamp() == pytest.approx(instant + 7200)


@with_tzset
def test_the_begin_of_summer_time_is_no_journey(
    travel: Travel, monkeypatch: pytest.MonkeyPatch
) -> None:
    travel(CENTRAL_EUROPE)
    clock = SystemClock()
    change_s = datetime(2026, 3, 29, 1, tzinfo=UTC).timestamp()
    monkeypatch.setattr(time, "time", lambda: change_s - 1)
    before = clock.now().wall
    monkeypatch.setattr(time, "time", lambda: change_s + 1)
    clock._zone_checked_s -= 60
    assert clock.now().wall.tzinfo is before.tzinfo
