from array import array
from itertools import pairwise

import pytest

from backtimer.adapters.channels.sound.track import FADE_OUT_S, RATE_HZ, Feed, Track, amplitude

FLAT = array("h", [10_000] * 1_000)


def taken(track: Track, frames: int, *, at_once: int = 37) -> list[int]:
    """All that `track` gives when `frames` are asked for in small portions."""
    found: list[int] = []
    while len(found) < frames:
        part = track.take(min(at_once, frames - len(found)))
        if not part:
            break
        found.extend(part)
    return found


def test_half_the_volume_is_a_quarter_of_the_amplitude() -> None:
    assert [amplitude(volume) for volume in (-5, 0, 50, 100, 300)] == [0, 0, 0.25, 1, 1]


def test_a_track_that_is_not_looped_ends() -> None:
    samples = array("h", range(100))
    assert taken(Track(samples, volume=100), 1_000) == list(range(100))


@pytest.mark.parametrize("at_once", [1, 7, 99, 100, 101, 1_000])
def test_a_looped_track_goes_on_without_a_gap(at_once: int) -> None:
    samples = array("h", range(100))
    found = taken(Track(samples, volume=100, looped=True), 350, at_once=at_once)
    assert found == [*range(100), *range(100), *range(100), *range(50)]


def test_a_loop_that_is_shorter_than_what_is_asked_for_is_repeated_within_it() -> None:
    track = Track(array("h", [1, 2, 3]), volume=100, looped=True)
    assert list(track.take(8)) == [1, 2, 3, 1, 2, 3, 1, 2]
    assert list(track.take(2)) == [3, 1]


def test_a_track_of_no_samples_ends_even_if_it_is_looped() -> None:
    assert not Track(array("h"), volume=100, looped=True).take(10)


def test_only_the_first_round_swells() -> None:
    track = Track(FLAT, volume=100, fade_in_s=500 / RATE_HZ, looped=True)
    found = taken(track, 2_000)
    assert found[0] == 0
    assert all(one <= two for one, two in pairwise(found[:500]))
    assert found[250] == 2_500
    assert set(found[500:]) == {10_000}


def test_fading_out_falls_evenly_to_silence_and_ends() -> None:
    track = Track(FLAT, volume=100, looped=True)
    taken(track, 900)
    track.fade_out()
    found = taken(track, 10_000)
    assert len(found) == round(FADE_OUT_S * RATE_HZ)
    assert found[-1] == 0
    assert all(0 <= one - two <= 30 for one, two in pairwise([10_000, *found]))


def test_a_feed_gives_silence_where_there_is_nothing_to_play() -> None:
    assert list(Feed().take(5)) == [0] * 5


def test_a_feed_goes_over_to_the_newest_track_and_leaves_out_those_between() -> None:
    feed = Feed()
    feed.play(Track(FLAT, volume=100, looped=True))
    feed.take(100)
    feed.play(Track(array("h", [-9] * 50), volume=100))
    feed.play(Track(array("h", [-7] * 50), volume=100))
    # Each fades what is played, so that the second cuts the fade of the first short.
    found = list(feed.take(1_000))
    assert -9 not in found
    assert found.count(-7) == 50
    assert found[-1] == 0


def test_a_feed_knows_since_when_it_is_silent() -> None:
    feed = Feed()
    feed.play(Track(FLAT, volume=100))
    assert feed.silent_s() == 0
    feed.take(2_000)
    assert 0 <= feed.silent_s() < 5
    assert 0 <= feed.untaken_s() < 5
