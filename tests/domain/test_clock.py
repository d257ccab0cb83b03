"""Moments: elapsed time within a boot, wall time across boots, and both to the microsecond."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.domain.clock import Moment
from tests.domain.event_strategies import moments
from tests.domain.kit import BERLIN, MONDAY_8, moment

SECONDS = st.floats(-1e7, 1e7)


def test_a_moment_without_an_offset_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="offset"):
        moment(MONDAY_8.replace(tzinfo=None))


def test_within_one_boot_the_wall_clock_is_not_looked_at() -> None:
    later = moment(MONDAY_8 - timedelta(days=400), boot_s=50_090.0)
    assert later.since(moment()) == 90


def test_across_boots_the_wall_clock_is_all_there_is() -> None:
    later = moment(MONDAY_8 + timedelta(seconds=90), boot_s=3.0, boot="boot-2")
    assert later.since(moment()) == 90
    assert moment().since(later) == -90


def test_a_later_moment_is_later_on_both_clocks_across_summer_time() -> None:
    before = moment(datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN))
    after = before.after(3600)
    assert (after.wall.hour, after.since(before)) == (3, 3600)


def test_the_moment_of_a_wall_time_has_its_elapsed_time() -> None:
    at = moment().at_wall(MONDAY_8 + timedelta(minutes=5))
    assert at == moment().after(300)


def test_a_moment_is_seen_on_the_clock_and_in_the_zone_of_now() -> None:
    earlier = moment()
    now = moment(datetime(2026, 6, 1, 20, 0, tzinfo=UTC), boot_s=50_600.0)
    assert earlier.seen_from(now).wall == datetime(2026, 6, 1, 19, 50, tzinfo=UTC)


@pytest.mark.parametrize("seconds", [1e300, -1e300, 1e11, -1e11])
def test_however_far_away_the_wall_time_stays_in_the_calendar(seconds: float) -> None:
    assert 2 <= moment().after(seconds).wall.year <= 9998


@given(moments(), SECONDS)
def test_so_many_seconds_later_is_so_many_seconds_since(begin: Moment, seconds: float) -> None:
    later = begin.after(seconds)
    assert later.since(begin) == round(seconds, 6)
    assert begin.since(later) == -round(seconds, 6)


@given(moments(), SECONDS, SECONDS)
def test_two_steps_are_as_long_as_both_together(begin: Moment, one: float, two: float) -> None:
    assert begin.after(one).after(two).since(begin) == pytest.approx(one + two, abs=2e-6)
