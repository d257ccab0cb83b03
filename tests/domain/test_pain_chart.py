"""What the picture of the pain shows at each zoom, and what it says to who cannot see it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.clock import DAY_S, HOUR_S
from backtimer.domain.journal import told
from backtimer.domain.pain_chart import Chart, Zoom, chart, rating_words
from tests.domain.kit import BERLIN, HEAT, HEAT_THEN_COOL, ICE_TWICE, MONDAY_8, Life


def shown(life: Life, zoom: Zoom = Zoom.EPISODE) -> Chart:
    return chart([(life.episode, life.now)], life.now, zoom)


def rated(life: Life, *numbers: int, apart_min: float = 60) -> Life:
    for each in numbers:
        life.do(cmd.RatePain(nrs=each))
        life.wait(apart_min)
    return life


def held(life: Life, minutes: float = 20) -> Life:
    life.start()
    life.wait(minutes)
    life.off()
    return life


def test_an_empty_record_has_a_picture_too() -> None:
    life = Life()
    for zoom in Zoom:
        found = chart([], life.now, zoom)
        assert found.words == "No pain was rated. 0 ice, 0 heat sessions"
        assert (found.ratings, found.note) == ((), "")
        assert found.from_s < found.to_s


def test_the_summary_tells_the_course_and_the_sessions() -> None:
    life = held(rated(Life(), 8, 9, 5))
    rated(life, 2, apart_min=10)
    assert shown(life).words == "Pain 8 on 08:00, worst 9, least 2, 2 now; 1 ice, 0 heat sessions"
    assert shown(life).note == "8 → 2"


def test_an_old_rating_is_not_the_pain_of_now() -> None:
    assert shown(rated(Life(), 8, 5)).words.startswith("Pain 8 on 08:00, worst 8, least 5, 5 09:00")
    assert shown(rated(Life(), 8)).words == "Pain 8, 08:00; 0 ice, 0 heat sessions"


def test_one_rating_alone_is_no_course() -> None:
    assert shown(rated(Life(), 6)).note == "6"
    assert shown(rated(Life(), 6, 6)).note == "6 → 6"


def test_a_rating_says_its_number_and_time() -> None:
    life = rated(Life(), 8)
    assert rating_words(shown(life).ratings[0], life.now.wall) == "Pain 8, 08:00"


def test_what_was_taken_back_is_not_in_the_picture() -> None:
    life = rated(Life(), 8, 5)
    life.do(cmd.WithdrawEntry(of=life.episode.entries[0].at.wall))
    assert [each.nrs for each in shown(life).ratings] == [5]


def test_a_session_of_two_packs_is_one_session_and_two_bars() -> None:
    life = Life()
    life.begin(ICE_TWICE)
    life.wait(10)
    life.off()
    life.wait(11)
    life.start()
    life.wait(10)
    life.off()
    found = shown(life)
    assert len(found.bars) == 2
    assert found.words.endswith("1 ice, 0 heat sessions")


def test_heat_with_cold_massage_counts_as_heat() -> None:
    life = Life()
    life.begin(HEAT_THEN_COOL)
    life.wait(16)
    life.off()
    found = shown(life)
    assert [each.modality is HEAT for each in found.bars] == [True, False]
    assert found.words.endswith("0 ice, 1 heat sessions")


def test_a_pack_that_is_on_reaches_to_now_and_not_beyond_its_plan() -> None:
    life = Life()
    life.start()
    life.sleep(5)
    (bar,) = shown(life).bars
    assert bar.to_s - bar.from_s == 300
    life.sleep(500)
    (bar,) = shown(life).bars
    assert bar.to_s - bar.from_s == 1200


def test_a_clock_that_was_set_back_turns_no_bar_around() -> None:
    life = Life()
    life.start()
    life.set_clock(-5)
    life.wait(20)
    life.off()
    (bar,) = shown(life).bars
    assert bar.to_s - bar.from_s == 1200


def test_the_day_is_the_last_24_hours() -> None:
    life = rated(Life(), 8, 7, apart_min=20 * 60)
    found = shown(life, Zoom.DAY)
    assert [each.nrs for each in found.ratings] == [7]
    assert found.to_s - found.from_s == DAY_S


def test_sessions_of_before_the_day_are_not_in_it() -> None:
    life = held(Life())
    life.sleep(25 * 60)
    assert shown(life, Zoom.DAY).bars == ()
    assert len(shown(life).bars) == 1


def test_all_has_the_earlier_episodes_and_a_gap_between_them() -> None:
    life = rated(Life(), 8, 3)
    life.start()
    life.wait(20)
    life.off()
    life.do(cmd.End())
    first = told(life.history, life.now)
    after = Life()
    after.now = life.now.after(30 * DAY_S)
    rated(after, 6)
    both = [first, (after.episode, after.now)]
    found = chart(both, after.now, Zoom.ALL)
    assert [(each.nrs, each.begins) for each in found.ratings] == [
        (8, True),
        (3, False),
        (6, True),
    ]
    assert [each.nrs for each in chart(both, after.now, Zoom.EPISODE).ratings] == [6]


@pytest.mark.parametrize(
    ("hours", "ticks"),
    [
        (0, ["08:00", "09:00", "10:00"]),
        (12, ["09:00", "12:00", "15:00", "18:00"]),
        (30, ["12:00", "18:00", "Tue", "06:00", "12:00"]),
        (48, ["12:00", "18:00", "Tue", "06:00", "12:00", "18:00", "Wed", "06:00"]),
        (96, ["Tue", "Wed", "Thu", "Fri"]),
        (240, ["3 Jun", "5 Jun", "7 Jun", "9 Jun", "11 Jun"]),
    ],
)
def test_the_scale_of_time_has_a_few_round_marks(hours: float, ticks: list[str]) -> None:
    life = Life()
    life.start()
    life.now = life.now.after(hours * HOUR_S)
    assert [each.words for each in shown(life).ticks] == ticks


def test_the_marks_stand_where_their_times_are() -> None:
    life = rated(Life(), 8, apart_min=240)
    found = shown(life)
    assert [found.share(each.at_s) for each in found.ticks] == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_a_day_of_25_hours_has_its_hours_once() -> None:
    life = Life(wall=datetime(2026, 10, 25, 0, 0, tzinfo=BERLIN))
    life.start()
    life.now = life.now.after(5 * HOUR_S)
    words = [each.words for each in shown(life).ticks]
    assert words == ["Sun", "01:00", "02:00", "02:00", "03:00", "04:00"]


@pytest.mark.parametrize("year", [3, 1970, 9990])
def test_an_impossible_clock_does_no_harm(year: int) -> None:
    life = Life(wall=MONDAY_8.replace(year=year, tzinfo=ZoneInfo("UTC")))
    rated(life, 4)
    life.now = life.now.after(2000 * 365 * DAY_S)
    for zoom in Zoom:
        assert shown(life, zoom).words
