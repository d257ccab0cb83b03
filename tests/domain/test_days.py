"""The days of the plan: sessions, quiet hours and the switch to heat, on the right local day."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.days import DAYS_MOST, Day, plan_of_days
from backtimer.domain.plan import Mark, marks_of_day
from backtimer.domain.session import Outcome
from tests.domain.kit import (
    BERLIN,
    COLD_MASSAGE,
    HEAT,
    HEAT_THEN_COOL,
    ICE,
    ICE_TWICE,
    NO_QUIET_HOURS,
    Life,
    at_due,
    manual_rules,
    plain_rules,
    quiet,
)

NIGHT = quiet("22:30", "07:00")
DAY_H = 24


def days_of(life: Life) -> tuple[Day, ...]:
    return plan_of_days(life.episode, life.now)


def spans(day: Day) -> list[tuple[str, str]]:
    return [(f"{each.begin:%d %H:%M}", f"{each.end:%d %H:%M}") for each in day.quiet]


def begins(marks: tuple[Mark, ...]) -> list[str]:
    return [f"{each.begin.wall:%H:%M}" for each in marks]


def test_the_days_go_from_the_onset_to_the_end_of_the_routine() -> None:
    life = Life(rules=plain_rules(quiet=NIGHT))
    life.start()
    days = days_of(life)
    assert [each.date for each in days] == [date(2026, 6, 1 + each) for each in range(8)]
    assert begins(days[0].marks)[:3] == ["08:00", "09:50", "11:40"]
    assert begins(days[7].marks) == ["07:00"], "168 h after the onset nothing is begun any more"
    assert days[0].marks[0].outcome is None
    assert not days[0].marks[0].planned
    assert all(each.planned for day in days for each in day.marks[1:])


def test_the_row_of_today_is_what_the_page_of_now_shows() -> None:
    life = at_due(rules=plain_rules(quiet=NIGHT))
    life.do(cmd.Skip())
    (today, *_) = days_of(life)
    assert today.marks == marks_of_day(life.episode, life.now)
    assert [each.outcome for each in today.marks[:2]] == [Outcome.COMPLETE, Outcome.SKIPPED]


def test_before_an_episode_it_is_what_the_routine_would_have_from_now_on() -> None:
    days = days_of(Life(rules=plain_rules(quiet=NIGHT)))
    assert len(days) == 8
    assert begins(days[0].marks)[:2] == ["08:00", "09:50"]
    assert all(each.planned for day in days for each in day.marks)


def test_by_hand_there_is_today_and_nothing_planned() -> None:
    (today,) = days_of(Life(rules=manual_rules()))
    assert (today.marks, today.switch, today.quiet) == ((), None, ())


def test_what_ends_at_midnight_has_no_row_for_the_day_after() -> None:
    life = Life(wall=datetime(2026, 6, 1, 0, 0, tzinfo=BERLIN))
    life.start()
    assert len(days_of(life)) == 7


def test_the_switch_to_heat_is_on_its_day() -> None:
    life = Life()
    life.start()
    switches = [day.switch for day in days_of(life)]
    assert switches == [*[None] * 3, life.now.after(72 * 3600).wall, *[None] * 4]
    fourth = days_of(life)[3]
    assert fourth.switch
    before = {each.modality for each in fourth.marks if each.begin.wall < fourth.switch}
    after = {each.modality for each in fourth.marks if each.begin.wall >= fourth.switch}
    assert (before, after) == ({ICE}, {HEAT})


def test_a_switch_that_the_person_put_off_is_not_marked_before_it_was_and_is_after() -> None:
    life = Life()
    life.start(HEAT)
    assert life.episode.wanted is None
    life.wait(15)
    life.off()
    life.do(cmd.Switch(modality=HEAT))
    assert all(day.switch is None for day in days_of(life))
    life.sleep(73 * 60)
    life.do(cmd.Switch(modality=ICE))
    assert sum(day.switch is not None for day in days_of(life)) == 1


def test_a_routine_that_never_switches_has_no_mark_for_it() -> None:
    life = Life(rules=plain_rules(protocol="heat-first", course="heat-first"))
    life.start()
    assert all(day.switch is None for day in days_of(life))


def test_quiet_hours_over_midnight_are_two_spans_of_a_day() -> None:
    (day, *_) = days_of(Life(rules=plain_rules(quiet=NIGHT)))
    assert spans(day) == [("01 00:00", "01 07:00"), ("01 22:30", "02 00:00")]


def test_quiet_hours_at_noon_are_one_span_and_none_are_none() -> None:
    (day, *_) = days_of(Life(rules=plain_rules(quiet=quiet("12:00", "14:00"))))
    assert spans(day) == [("01 12:00", "01 14:00")]
    (day, *_) = days_of(Life(rules=plain_rules(quiet=NO_QUIET_HOURS)))
    assert spans(day) == []


def test_quiet_hours_that_end_at_midnight_are_over_with_the_day() -> None:
    (day, *_) = days_of(Life(rules=plain_rules(quiet=quiet("20:00", "00:00"))))
    assert spans(day) == [("01 20:00", "02 00:00")]


@pytest.mark.parametrize(
    ("begin", "hours"),
    [
        (datetime(2026, 3, 28, 20, 0, tzinfo=BERLIN), 23),
        (datetime(2026, 10, 24, 20, 0, tzinfo=BERLIN), 25),
        (datetime(2026, 4, 4, 20, 0, tzinfo=ZoneInfo("Australia/Lord_Howe")), 24.5),
    ],
    ids=["spring", "autumn", "half an hour"],
)
def test_on_days_of_summer_time_quiet_hours_and_sessions_read_as_on_any_other(
    begin: datetime, hours: float
) -> None:
    life = Life(rules=plain_rules(quiet=NIGHT), wall=begin)
    life.start()
    second, third = days_of(life)[1:3]
    midnights = [each.quiet[0].begin.timestamp() for each in (second, third)]
    assert midnights[1] - midnights[0] == hours * 3600
    assert [f"{each:%H:%M}" for each in (second.quiet[0].end, second.quiet[1].begin)] == [
        "07:00",
        "22:30",
    ]
    assert begins(second.marks)[:2] == ["07:00", "08:50"]


@pytest.mark.parametrize("hours", [("02:10", "02:50"), ("23:00", "02:30"), ("02:30", "06:00")])
@pytest.mark.parametrize("day", [(3, 29), (10, 25)], ids=["spring", "autumn"])
def test_quiet_hours_within_the_hour_that_is_left_out_or_repeated_still_come_to_an_end(
    hours: tuple[str, str], day: tuple[int, int]
) -> None:
    wall = datetime(2026, *day, 12, 0, tzinfo=BERLIN)
    (first, *_) = days_of(Life(rules=plain_rules(quiet=quiet(*hours)), wall=wall))
    assert first.quiet
    for span in first.quiet:
        assert span.begin.timestamp() < span.end.timestamp()
    for before, after in pairwise(first.quiet):
        assert before.end.timestamp() <= after.begin.timestamp()


def test_in_another_zone_all_of_it_is_on_the_days_of_that_zone() -> None:
    life = Life(wall=datetime(2026, 6, 1, 20, 0, tzinfo=BERLIN))
    life.start()
    life.travel(ZoneInfo("Asia/Tokyo"))
    days = days_of(life)
    assert days[0].date == date(2026, 6, 2)
    assert begins(days[0].marks)[0] == "03:00"
    life.travel(UTC)
    assert days_of(life)[0].date == date(2026, 6, 1)


def test_there_are_never_more_rows_than_fit_and_today_is_among_them() -> None:
    long = plain_rules(protocol="heat-then-cool", course="heat-then-cool", sessions_per_day=3)
    life = Life(rules=long)
    life.start()
    life.wait(20)
    life.off()
    first = life.now.wall.date()
    assert [each.date for each in days_of(life)] == [first + timedelta(each) for each in range(14)]
    life.sleep(10 * DAY_H * 60)
    days = days_of(life)
    assert len(days) == DAYS_MOST
    assert days[6].date == life.now.wall.date(), "a week behind, and what is to come"
    life.sleep(40 * DAY_H * 60)
    days = days_of(life)
    assert (len(days), days[-1].date) == (DAYS_MOST, life.now.wall.date())


def test_a_missed_session_lies_where_it_was_due() -> None:
    life = at_due(rules=plain_rules(quiet=quiet("15:00", "07:00")))
    life.sleep(7 * 60)
    (today, *_) = days_of(life)
    missed = next(each for each in today.marks if each.outcome is Outcome.MISSED)
    assert f"{missed.begin.wall:%H:%M}" == "09:50"


def test_facts_that_time_alone_brought_about_are_in_it_before_they_are_on_record() -> None:
    life = at_due(rules=plain_rules(quiet=quiet("15:00", "07:00")))
    life.now = life.now.after(7 * 3600)
    (today, *_) = days_of(life)
    assert Outcome.MISSED in {each.outcome for each in today.marks}


def test_a_session_knows_how_long_it_is_to_be_how_late_it_was_and_what_follows_in_it() -> None:
    life = Life()
    life.start()
    life.sleep(22)
    life.off()
    (first, planned, *_) = days_of(life)[0].marks
    assert (first.on_s, first.late_s, first.then) == (1200, 120, ())
    assert (planned.on_s, planned.late_s, planned.then) == (1200, 0, ())

    life = Life()
    life.begin(HEAT_THEN_COOL)
    assert days_of(life)[0].marks[0].then == (COLD_MASSAGE,)
    life = Life()
    life.begin(ICE_TWICE)
    assert days_of(life)[0].marks[0].then == ()

    long = plain_rules(protocol="heat-then-cool", course="heat-then-cool")
    planned = next(each for day in days_of(Life(rules=long)) for each in day.marks)
    assert (planned.on_s, planned.then) == (1200, (COLD_MASSAGE,))
