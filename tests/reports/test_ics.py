"""The calendar: what is planned, under names that stay, and alarms only where nothing moves."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.errors import Refused
from backtimer.reports.ics import render
from tests.domain.kit import BERLIN, HEAT, ICE_TWICE, Life, manual_rules, plain_rules, quiet


def calendar_of(life: Life) -> Any:
    return icalendar.Calendar.from_ical(render(life.episode, life.now))


def events_of(life: Life) -> dict[str, Any]:
    """The events by what their name says of them."""
    events = {str(each["uid"]): each for each in calendar_of(life).walk("VEVENT")}
    return {uid.partition("@")[0].partition("-")[2]: each for uid, each in events.items()}


def started(life: Life | None = None) -> Life:
    life = life or Life()
    life.start()
    return life


def at(event: Any) -> datetime:
    when = event["dtstart"].dt
    assert isinstance(when, datetime)
    return when


def alarms(event: Any) -> list[Any]:
    return list(event.walk("VALARM"))


def test_what_is_planned_up_to_the_end_is_in_it_and_what_was_is_not() -> None:
    life = started()
    events = events_of(life)
    sessions = [each for name, each in events.items() if name.startswith("session-")]
    assert len(sessions) == 69, "ten a day for seven days, less the one that is on"
    assert at(events["session-2"]) == life.now.after(110 * 60).wall.astimezone(UTC)
    assert max(at(each) for each in sessions) < life.now.after(168 * 3600).wall
    assert str(events["session-2"]["summary"]) == "Ice, 20 min"
    assert str(sessions[-1]["summary"]) == "Heat, 15 min"
    assert events["session-2"]["dtend"].dt - at(events["session-2"]) == timedelta(minutes=20)


def test_the_switch_and_the_days_3_7_and_14_are_in_it() -> None:
    life = started()
    events = events_of(life)
    onset = life.now.wall.astimezone(UTC)
    assert at(events["heat"]) == onset + timedelta(hours=72)
    for day in (3, 7, 14):
        assert at(events[f"day-{day}"]) == onset + timedelta(days=day)


def test_only_the_switch_and_the_check_ins_ring() -> None:
    ringing = {name for name, event in events_of(started()).items() if alarms(event)}
    assert ringing == {"heat", "day-3", "day-7", "day-14"}


def test_nothing_rings_at_night_nor_for_what_has_been() -> None:
    night = plain_rules(quiet=quiet("22:30", "07:00"))
    life = Life(rules=night, wall=datetime(2026, 6, 1, 3, 0, tzinfo=BERLIN))
    life.start()
    events = events_of(life)
    assert f"{at(events['day-7']).astimezone(BERLIN):%d %H:%M}" == "08 07:00"
    life.wait(20)
    life.off()
    life.sleep(4 * 24 * 60)
    events = events_of(life)
    assert {name for name, event in events.items() if alarms(event)} == {"day-7", "day-14"}


def test_a_later_export_updates_the_earlier_one() -> None:
    life = started()
    before, first = events_of(life), calendar_of(life)
    life.wait(30)
    life.off()  # ten minutes late
    after, second = events_of(life), calendar_of(life)
    assert set(before) == set(after)
    assert at(after["session-2"]) - at(before["session-2"]) == timedelta(minutes=10)
    uids = [{str(each["uid"]) for each in it.walk("VEVENT")} for it in (first, second)]
    assert uids[0] == uids[1]
    assert int(after["session-2"]["sequence"]) > int(before["session-2"]["sequence"])
    assert after["session-2"]["dtstamp"].dt > before["session-2"]["dtstamp"].dt


def test_a_skipped_session_leaves_the_others_their_names() -> None:
    life = started()
    life.wait(20)
    life.off()
    before = events_of(life)
    life.do(cmd.Skip())
    after = events_of(life)
    assert "session-2" not in after
    assert at(after["session-3"]) == at(before["session-3"])


def test_an_onset_that_was_edited_changes_no_name() -> None:
    life = started()
    names = {str(each["uid"]) for each in calendar_of(life).walk("VEVENT")}
    life.do(cmd.ChangeOnset(onset=life.ago(10 * 60)))
    changed = {str(each["uid"]) for each in calendar_of(life).walk("VEVENT")}
    assert changed < names, "fewer, as there is less time left"


def test_both_halves_of_a_session_have_names_of_their_own() -> None:
    life = Life()
    life.begin(ICE_TWICE)
    whole = events_of(life)
    assert at(whole["session-2"]) == life.now.after(20 * 60).wall.astimezone(UTC)
    life.wait(10)
    life.off()
    life.wait(10)
    life.start()
    assert "session-2" not in events_of(life)
    assert "session-3" in events_of(life)


def test_heat_and_then_cold_is_told_as_both() -> None:
    rules = plain_rules(protocol="heat-then-cool", course="heat-then-cool")
    events = events_of(started(Life(rules=rules)))
    assert str(events["session-2"]["summary"]) == "Heat, then cold massage, 20 min"
    assert "heat" not in events


def test_by_hand_there_are_only_the_check_ins() -> None:
    life = Life(rules=manual_rules())
    life.start(HEAT)
    assert set(events_of(life)) == {"day-3", "day-7", "day-14"}


def test_times_are_in_utc_so_that_any_calendar_shows_them_right() -> None:
    life = Life(wall=datetime(2026, 10, 24, 20, 0, tzinfo=BERLIN))  # the clock goes back that night
    text = render(started(life).episode, life.now).decode()
    assert "DTSTART:20261024T195000Z" in text
    assert "TZID" not in text


def test_it_is_what_rfc_5545_asks_for() -> None:
    told = render(started().episode, Life().now)
    assert told.startswith(b"BEGIN:VCALENDAR\r\n")
    assert told.endswith(b"END:VCALENDAR\r\n")
    assert b"\nVERSION:2.0\r\n" in told
    assert b"\nPRODID:" in told
    lines = told.split(b"\r\n")
    assert max(len(each) for each in lines) <= 75
    assert b"\n" not in b"".join(lines)


def test_where_nothing_was_started_it_says_what_to_do() -> None:
    with pytest.raises(Refused, match="Start first: backtimer start"):
        render(Life().episode, Life().now)
