"""Plain words for modalities, times and lengths."""

from datetime import UTC, datetime, timedelta

import pytest

from backtimer.domain.protocol import Modality
from backtimer.domain.wording import (
    capitalised,
    countdown,
    day_and_time,
    hour_and_minute,
    length,
    modality_name,
    overrun,
    spoken_time,
    take_off,
    when,
)
from backtimer.domain.words import quoted, tr
from tests.domain.kit import MONDAY_8


def test_modalities_have_names() -> None:
    assert [modality_name(each) for each in Modality] == ["ice", "heat", "cold massage"]


def test_the_one_sentence_that_must_arrive_names_the_pack() -> None:
    assert [take_off(each) for each in Modality] == [
        "Take the ice off",
        "Take the heat off",
        "Stop the cold massage",
    ]


def test_a_sentence_begins_with_a_large_letter() -> None:
    assert capitalised("cold massage") == "Cold massage"
    assert capitalised("") == ""


def test_text_without_values_keeps_its_braces() -> None:
    assert tr("{a}") == "{a}"
    assert tr("{a} of {b}", a=1, b="{c}") == "1 of {c}"


def test_a_time_says_its_day_and_a_far_one_its_date() -> None:
    assert hour_and_minute(MONDAY_8) == "08:00"
    assert day_and_time(MONDAY_8) == "Mon 08:00"
    assert when(MONDAY_8, MONDAY_8.replace(hour=23)) == "08:00"
    assert when(MONDAY_8 + timedelta(days=1), MONDAY_8) == "Tue 08:00"
    assert when(MONDAY_8 - timedelta(days=5), MONDAY_8) == "Wed 08:00"
    assert when(MONDAY_8 + timedelta(days=6), MONDAY_8) == "2026-06-07 08:00"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (45.4, "45 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (60, "1 min"),
        (1200, "20 min"),
        (3570, "1 h"),
        (5400, "1 h 30 min"),
        (3 * 3600, "3 h"),
        (72 * 3600, "72 h"),
    ],
)
def test_a_length_is_said_in_its_units(seconds: float, text: str) -> None:
    assert length(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-3, "0:00"),
        (0, "0:00"),
        (0.01, "0:01"),
        (60, "1:00"),
        (734, "12:14"),
        (3600, "1:00:00"),
        (4334, "1:12:14"),
    ],
)
def test_a_countdown_is_zero_only_when_time_is_up(seconds: float, text: str) -> None:
    assert countdown(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(-1, "+0:00"), (0.9, "+0:00"), (126, "+2:06")])
def test_an_overrun_counts_whole_seconds(seconds: float, text: str) -> None:
    assert overrun(seconds) == text


def test_what_somebody_wrote_is_quoted_on_one_line_and_not_too_long() -> None:
    assert quoted("two\nlines\x00") == "“two�lines�”"
    assert quoted("x" * 100) == f"“{'x' * 40}”"


@pytest.mark.parametrize(
    ("hour", "minute", "spoken"),
    [
        (16, 50, "ten to five"),
        (16, 48, "ten to five"),
        (9, 15, "a quarter past nine"),
        (12, 30, "half past twelve"),
        (13, 33, "twenty-five to two"),
        (17, 7, "five past five"),
        (23, 58, "twelve o’clock"),
        (0, 0, "twelve o’clock"),
        (0, 40, "twenty to one"),
    ],
)
def test_a_voice_says_a_time_as_people_do(hour: int, minute: int, spoken: str) -> None:
    assert spoken_time(datetime(2026, 6, 1, hour, minute, tzinfo=UTC)) == spoken
