"""The ladder: every step in its time, none softer than the one before, and an end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.domain.ladder import (
    COURTESY,
    GIVES_UP_AFTER_S,
    SILENT,
    Ladder,
    Loudness,
    rung_of,
)
from backtimer.domain.reach import Way
from backtimer.domain.reminding import Message

LADDERS = st.builds(
    Ladder,
    louder_after_s=st.integers(5, 60),
    voice_after_s=st.integers(15, 300),
    phone_after_min=st.integers(1, 10),
    again_every_min=st.integers(1, 10),
)


def test_as_it_comes_it_climbs_in_three_minutes() -> None:
    told = [(each.after_s, each.loudness) for each in Ladder().rungs[:4]]
    soft, as_set, full = Loudness
    assert told == [(0, soft), (15, as_set), (60, full), (180, full)]


@given(LADDERS)
def test_however_it_is_set_it_starts_at_once_and_ends_after_two_hours(ladder: Ladder) -> None:
    times = [each.after_s for each in ladder.rungs]
    assert times[0] == 0
    assert times == sorted(times)
    assert 0 < GIVES_UP_AFTER_S - times[-1] <= 10 * 60


@given(LADDERS)
def test_however_it_is_set_no_step_is_softer_than_the_one_before(ladder: Ladder) -> None:
    assert all(one.loudness <= other.loudness for one, other in pairwise(ladder.rungs))
    assert ladder.rungs[-1].loudness is Loudness.FULL


@given(LADDERS)
def test_however_it_is_set_every_way_is_used_within_ten_minutes(ladder: Ladder) -> None:
    used = [way for each in ladder.rungs if each.after_s <= 600 for way in each.ways]
    assert {Way.NOTIFICATION, Way.SOUND, Way.WINDOW, Way.VOICE, Way.PHONE} == set(used)


def test_what_was_missed_is_done_at_once_and_as_loud_as_the_last() -> None:
    ladder = Ladder()
    step = ladder.step(1, 3)
    assert step.ways == {Way.SOUND, Way.WINDOW, Way.VOICE}
    assert step.loudness is Loudness.FULL


@pytest.mark.parametrize(
    ("loudness", "set_volume", "volume"),
    [
        (Loudness.SOFT, 80, 40),
        (Loudness.SET, 80, 80),
        (Loudness.FULL, 80, 100),
        (Loudness.FULL, 1, 100),
        (Loudness.SOFT, 0, 0),
        (Loudness.SET, 0, 0),
        (Loudness.FULL, 0, 0),
    ],
)
def test_how_loud_a_step_is(loudness: Loudness, set_volume: int, volume: int) -> None:
    assert loudness.volume(set_volume) == volume


def test_what_needs_no_haste_never_goes_past_notification_and_sound() -> None:
    assert rung_of(Message.DUE) is COURTESY
    assert COURTESY.ways == {Way.NOTIFICATION, Way.SOUND}
    assert rung_of(Message.SKIN_CHECK) is SILENT
    assert rung_of(Message.RATING) is SILENT
    assert SILENT.ways == {Way.NOTIFICATION}
