"""What a person may write for a time."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backtimer.domain.clock import Moment
from backtimer.domain.errors import Misused
from backtimer.domain.when import parse_when
from tests.domain.kit import BERLIN, MONDAY_8, moment

NOW = moment(MONDAY_8.replace(hour=19, minute=30, second=15, microsecond=5))


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("now", timedelta()),
        ("  NOW ", timedelta()),
        ("12m ago", timedelta(minutes=12)),
        ("1h30m ago", timedelta(hours=1, minutes=30)),
        ("1h 30m ago", timedelta(hours=1, minutes=30)),
        ("2d ago", timedelta(days=2)),
        ("1d2h3m AGO", timedelta(days=1, hours=2, minutes=3)),
        ("0m ago", timedelta()),
    ],
)
def test_so_long_ago(text: str, ago: timedelta) -> None:
    assert parse_when(text, NOW).since(NOW) == -ago.total_seconds()


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("18:40", MONDAY_8.replace(hour=18, minute=40)),
        ("8:05", MONDAY_8.replace(hour=8, minute=5)),
        ("19:30", MONDAY_8.replace(hour=19, minute=30)),
        ("19:31", MONDAY_8.replace(hour=19, minute=31) - timedelta(days=1)),
        ("2026-05-30T18:40", datetime(2026, 5, 30, 18, 40, tzinfo=BERLIN)),
        ("2026-05-30t18:40", datetime(2026, 5, 30, 18, 40, tzinfo=BERLIN)),
        ("2026-05-30 18:40", datetime(2026, 5, 30, 18, 40, tzinfo=BERLIN)),
        ("2026-05-30T18:40Z", datetime(2026, 5, 30, 18, 40, tzinfo=UTC)),
        ("2026-05-30T18:40+05:30", datetime(2026, 5, 30, 13, 10, tzinfo=UTC)),
        ("2026-07-01T10:00", datetime(2026, 7, 1, 10, 0, tzinfo=BERLIN)),
    ],
)
def test_a_time_of_the_wall_clock(text: str, wall: datetime) -> None:
    parsed = parse_when(text, NOW)
    assert parsed.wall == wall
    assert parsed.since(NOW) == round(wall.timestamp() - NOW.wall.timestamp(), 6)


def test_a_time_before_summer_time_began_counts_the_hour_that_was_left_out() -> None:
    now = moment(datetime(2026, 3, 29, 12, 0, tzinfo=BERLIN))
    assert parse_when("2026-03-28T12:00", now).since(now) == -23 * 3600
    assert parse_when("13:00", now).since(now) == -22 * 3600


def test_a_time_in_the_hour_that_comes_twice_is_the_last_that_has_been() -> None:
    second = moment(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1))
    assert parse_when("02:20", second).since(second) == -10 * 60
    assert parse_when("02:40", second).since(second) == -50 * 60
    first = moment(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=0))
    assert parse_when("02:20", first).since(first) == -10 * 60
    next_day = moment(datetime(2026, 10, 26, 2, 10, tzinfo=BERLIN))
    assert parse_when("02:20", next_day).since(next_day) == -(23 * 60 + 50) * 60


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "ago", "soon", "24:00", "18:60", "1:2", "18:4O", "-5m ago", "5m", "m ago"),
        *("1.5h ago", "5m 1h ago", "tomorrow", "2026-13-01T10:00", "2026-02-30T10:00", "١٨:٤٠"),
        *("99999999999m ago", "18:40:99", "0000-01-01T00:00", "10000-01-01T00:00"),
        *("\x00", "now now", "{text}", "𝟏𝟖:𝟒𝟎", "\ud800"),
    ],
)
def test_rubbish_is_misused_with_examples(text: str) -> None:
    with pytest.raises(Misused, match="12m ago"):
        parse_when(text, NOW)


@pytest.mark.parametrize("text", ["0001-01-01T00:00+23:59", "9999-12-31T23:59-23:59"])
def test_the_ends_of_the_calendar_are_moments_for_others_to_refuse(text: str) -> None:
    assert abs(parse_when(text, NOW).since(NOW)) > 1e10


def test_rubbish_is_not_repeated_at_length() -> None:
    with pytest.raises(Misused) as misused:
        parse_when("x" * 100_000, NOW)
    assert len(str(misused.value)) < 200


WORDS = st.text(alphabet="0123456789dhm ago:-T.+Znw", max_size=25)


@given(st.text() | WORDS)
@example("9" * 5000)
@example("9" * 5000 + "d ago")
def test_any_text_is_a_moment_or_misused(text: str) -> None:
    with suppress(Misused):
        assert isinstance(parse_when(text, NOW), Moment)
