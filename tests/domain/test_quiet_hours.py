"""Quiet hours: over midnight, within a day, none, and in the nights of summer time."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.domain.quiet import QuietHours
from tests.domain.kit import BERLIN, NO_QUIET_HOURS, minute, quiet

NIGHT = quiet("22:30", "07:00")
NOON = quiet("12:00", "14:00")
MINUTES = st.integers(0, 1439)
WALLS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2026, 12, 31),  # noqa: DTZ001
    timezones=st.just(BERLIN),
)


def day(clock: str, date: int = 1, month: int = 6) -> datetime:
    at = minute(clock)
    return datetime(2026, month, date, at // 60, at % 60, tzinfo=BERLIN)


@pytest.mark.parametrize("wrong", [-1, 1440])
def test_they_are_minutes_of_a_day(wrong: int) -> None:
    with pytest.raises(ValueError, match="minutes of a day"):
        QuietHours(from_min=wrong, to_min=0)
    with pytest.raises(ValueError, match="minutes of a day"):
        QuietHours(from_min=0, to_min=wrong)


@pytest.mark.parametrize(
    ("hours", "clock", "end"),
    [
        (NIGHT, "22:29", None),
        (NIGHT, "22:30", day("07:00", 2)),
        (NIGHT, "00:00", day("07:00")),
        (NIGHT, "06:59", day("07:00")),
        (NIGHT, "07:00", None),
        (NOON, "11:59", None),
        (NOON, "12:00", day("14:00")),
        (NOON, "14:00", None),
        (NO_QUIET_HOURS, "00:00", None),
    ],
)
def test_they_begin_to_the_minute_and_end_to_the_minute(
    hours: QuietHours, clock: str, end: datetime | None
) -> None:
    assert hours.end_if_quiet(day(clock)) == end


def test_their_beginning_comes_after_a_time_and_their_end_at_or_before_it() -> None:
    assert NIGHT.next_start(day("22:29")) == day("22:30")
    assert NIGHT.next_start(day("22:30")) == day("22:30", 2)
    assert NIGHT.last_end(day("07:00", 2)) == day("07:00", 2)
    assert NIGHT.last_end(day("06:59", 2)) == day("07:00")
    assert NO_QUIET_HOURS.next_start(day("12:00")) is None
    assert NO_QUIET_HOURS.last_end(day("12:00")) is None


@pytest.mark.parametrize(
    ("hours", "clock", "minutes", "fit"),
    [
        (NIGHT, "22:10", 20, day("22:10")),
        (NIGHT, "22:10", 21, day("07:00", 2)),
        (NIGHT, "23:00", 20, day("07:00", 2)),
        (NIGHT, "03:00", 20, day("07:00")),
        (NOON, "11:50", 20, day("14:00")),
        (NO_QUIET_HOURS, "23:59", 20, day("23:59")),
    ],
)
def test_a_session_fits_when_it_ends_before_them(
    hours: QuietHours, clock: str, minutes: int, fit: datetime
) -> None:
    assert hours.fit(day(clock), minutes * 60) == fit


def test_where_no_time_between_two_of_them_is_long_enough_any_of_it_has_to_do() -> None:
    nearly_always = quiet("07:10", "07:00")
    assert nearly_always.fit(day("06:00"), 1200) == day("07:00")
    assert nearly_always.fit(day("07:00"), 1200) == day("07:00")
    assert nearly_always.fit(day("07:05"), 1200) == day("07:05")
    just_enough = quiet("07:20", "07:00")
    assert just_enough.fit(day("07:00"), 1200) == day("07:00")
    assert just_enough.fit(day("07:05"), 1200) == day("07:00", 2)


@pytest.mark.parametrize(
    ("month", "date", "hours_long"), [(3, 28, 7.5), (10, 24, 9.5), (6, 1, 8.5)]
)
def test_a_night_of_summer_time_is_an_hour_shorter_or_longer(
    month: int, date: int, hours_long: float
) -> None:
    end = NIGHT.end_if_quiet(day("22:30", date, month))
    assert end
    assert end.timestamp() - day("22:30", date, month).timestamp() == hours_long * 3600
    assert (end.hour, end.minute) == (7, 0)


def test_an_hour_that_comes_twice_is_quiet_the_first_time() -> None:
    twice = quiet("02:15", "02:45")
    first = day("02:30", 25, 10)
    assert twice.end_if_quiet(first)
    assert twice.end_if_quiet(first.replace(fold=1)) is None
    assert twice.next_start(first.replace(fold=1)) == day("02:15", 26, 10)


def test_an_hour_that_is_left_out_is_quiet_right_after() -> None:
    never_read = quiet("02:15", "02:45")
    assert never_read.end_if_quiet(day("01:59", 29, 3)) is None
    end = never_read.end_if_quiet(day("03:20", 29, 3))
    assert end
    assert end.timestamp() - day("03:20", 29, 3).timestamp() == 25 * 60


@given(MINUTES, MINUTES, WALLS, st.integers(60, 7200))
def test_what_fits_is_not_earlier_not_quiet_and_fits_again(
    from_min: int, to_min: int, wall: datetime, length_s: int
) -> None:
    hours = QuietHours(from_min=from_min, to_min=to_min)
    fit = hours.fit(wall, length_s)
    assert fit.timestamp() >= wall.timestamp()
    assert fit.timestamp() - wall.timestamp() <= timedelta(hours=50).total_seconds()
    assert hours.end_if_quiet(fit) is None
    assert hours.fit(fit, length_s) == fit


@given(MINUTES, MINUTES, WALLS)
def test_they_end_before_they_begin_again(from_min: int, to_min: int, wall: datetime) -> None:
    hours = QuietHours(from_min=from_min, to_min=to_min)
    end, start, last = hours.end_if_quiet(wall), hours.next_start(wall), hours.last_end(wall)
    if start is None or last is None:
        assert hours.is_none
        return
    assert last.timestamp() <= wall.timestamp() < start.timestamp()
    assert end is None or wall.timestamp() < end.timestamp() < start.timestamp()
