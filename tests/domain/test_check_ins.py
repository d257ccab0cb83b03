"""What is asked as days go by, from the record alone and in elapsed time."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.check_ins import (
    ADVICE,
    BETTER,
    NO,
    check_in,
    cream_caution,
    entries_of,
    heat_question,
    is_better,
    medicine_failed,
    relaxant_question,
    repeats_in_zone,
    zone_advice,
)
from backtimer.domain.events import Topic
from tests.domain.kit import HEAT, Life, at_rest, plain_rules

HOUR_MIN, DAY_MIN = 60.0, 1440.0


def day_asked(life: Life) -> int | None:
    due = check_in(life.episode, life.now)
    return due.day if due else None


def rate(life: Life, nrs: int) -> None:
    life.do(cmd.RatePain(nrs=nrs))
    life.sleep(1)


def test_s0_no_better_within_three_days_is_asked_at_72_hours_and_not_before() -> None:
    life = at_rest()
    life.sleep(72 * HOUR_MIN - 21)
    assert day_asked(life) is None
    life.sleep(1)
    assert day_asked(life) == 3


def test_s0_day_3_is_worded_from_the_pain_record() -> None:
    life = at_rest()
    life.sleep(3 * DAY_MIN)
    due = check_in(life.episode, life.now)
    assert due
    assert due.question == "Day 3: is it better?"
    rate(life, 7)
    rate(life, 6)
    due = check_in(life.episode, life.now)
    assert due
    assert due.question == "Day 3: pain went from 7 to 6. Is it better?"
    assert "Many backs take a few weeks" in due.advice


@pytest.mark.parametrize("day", [3, 7, 14])
def test_s1_s3_not_going_away_is_asked_on_days_3_7_and_14(day: int) -> None:
    life = at_rest()
    life.sleep(day * DAY_MIN)
    assert day_asked(life) == day
    assert ADVICE[day].count("doctor")
    life.do(cmd.Log(topic=Topic.CHECK_IN, text=BETTER, number=day))
    assert day_asked(life) is None


def test_s3_several_days_without_relief_a_day_that_was_missed_is_not_asked_later() -> None:
    life = at_rest()
    life.sleep(8 * DAY_MIN)
    assert day_asked(life) == 7


def test_a_check_in_that_was_taken_back_is_asked_again() -> None:
    life = at_rest()
    life.sleep(3 * DAY_MIN)
    life.do(cmd.Log(topic=Topic.CHECK_IN, text=BETTER, number=3))
    life.do(cmd.WithdrawEntry(of=life.episode.entries[-1].at.wall))
    assert day_asked(life) == 3


def test_nothing_is_asked_before_an_episode_or_with_a_pack_on() -> None:
    assert day_asked(Life()) is None
    life = at_rest()
    life.sleep(3 * DAY_MIN)
    life.start()
    assert day_asked(life) is None


@pytest.mark.parametrize(
    ("first", "last", "better"),
    [(7, 5, True), (7, 6, False), (3, 2, True), (1, 0, True), (0, 0, False), (4, 8, False)],
)
def test_better_is_a_fall_by_2_points_or_30_percent(first: int, last: int, better: bool) -> None:
    life = Life()
    assert is_better(life.episode.pains) is None
    rate(life, first)
    assert is_better(life.episode.pains) is None
    rate(life, last)
    assert is_better(life.episode.pains) is better


def one_heat(life: Life) -> None:
    life.do(cmd.Start(modality=HEAT))
    life.sleep(15)
    life.off()
    life.sleep(120)


def test_s0_s2_after_the_second_heat_it_is_asked_whether_it_helps() -> None:
    life = Life(rules=plain_rules(protocol="manual", course="manual"))
    one_heat(life)
    assert heat_question(life.episode) == ""
    life.do(cmd.Start(modality=HEAT))
    life.sleep(15)
    assert heat_question(life.episode) == "", "not with the pack on"
    life.off()
    assert heat_question(life.episode) == "Is heat helping?"
    life.do(cmd.Log(topic=Topic.HEAT_HELPS, text=NO))
    assert heat_question(life.episode) == ""


def test_s0_medicine_does_not_help_leads_to_a_professional() -> None:
    life = at_rest()
    assert medicine_failed(life.episode, life.now) == ""
    rate(life, 6)
    life.sleep(3 * DAY_MIN)
    rate(life, 6)
    assert medicine_failed(life.episode, life.now) == "", "none was noted"
    life.do(cmd.Log(topic=Topic.MEDICINE, text="the blue one"))
    assert "Ask a doctor" in medicine_failed(life.episode, life.now)
    rate(life, 2)
    assert medicine_failed(life.episode, life.now) == ""


@pytest.mark.parametrize(
    ("days", "asked"),
    [(13.9, ""), (14, "Day 14"), (20.9, "Day 14"), (21, "Day 21"), (28, "")],
)
def test_s4_relaxants_two_or_three_weeks_at_most_ask_on_days_14_and_21(
    days: float, asked: str
) -> None:
    life = at_rest()
    assert relaxant_question(life.episode, life.now) == ""
    life.do(cmd.Log(topic=Topic.RELAXANT))
    life.sleep(days * DAY_MIN)
    told = relaxant_question(life.episode, life.now)
    assert told.startswith(asked)
    assert bool(told) is bool(asked)
    assert not asked or "ask who prescribed it" in told


def test_s4_cream_no_more_than_four_times_a_day_the_fifth_warns() -> None:
    life = Life()
    for _ in range(4):
        life.do(cmd.Log(topic=Topic.CREAM))
        life.sleep(10)
    assert cream_caution(life.episode.entries, life.now.wall) == ""
    life.do(cmd.Log(topic=Topic.CREAM))
    assert cream_caution(life.episode.entries, life.now.wall).startswith("Cream, 5 times today.")
    life.sleep(DAY_MIN)
    assert cream_caution(life.episode.entries, life.now.wall) == ""


def in_zone(*zones: str) -> tuple[tuple[ev.Event, ...], ...]:
    made = []
    for zone in zones:
        life = Life()
        life.start()
        if zone:
            life.do(cmd.Log(topic=Topic.ZONE, text=zone))
        made.append(tuple(life.history))
    return tuple(made)


def test_s3_again_in_the_same_place_the_third_episode_is_worth_a_look() -> None:
    def told(*zones: str) -> str:
        return zone_advice(tuple(entries_of(each) for each in in_zone(*zones)))

    assert told("lower", "lower") == ""
    assert told("lower", "neck", "lower") == ""
    assert told("lower", "neck", "lower", "lower").startswith("Spasm number 3 in one place")
    assert "lower back" in told("lower", "lower", "lower")
    assert told("lower", "lower", "lower", "") == ""
    assert repeats_in_zone(()) == ("", 0)


def test_the_diary_of_an_earlier_episode_reads_as_it_was_corrected() -> None:
    life = Life()
    life.start()
    life.do(cmd.Log(topic=Topic.ZONE, text="neck"))
    life.do(cmd.CorrectEntry(of=life.episode.entries[-1].at.wall, text="lower"))
    assert entries_of(life.history) == life.episode.entries
