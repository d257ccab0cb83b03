import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backtimer.domain import events as ev
from backtimer.domain.clock import Moment
from backtimer.domain.protocol import Modality, WhenOver
from backtimer.domain.rules import Rules
from backtimer.reports.csv import render
from tests.event_examples import (
    ICE_TWICE,
    ended,
    moment,
    one_of_each,
    opened,
    rated,
    removed,
    started,
)

HEADER = (
    "kind,modality,protocol,started_at,ended_at,planned_s,on_skin_s,late_s,outcome,"
    "pain_before,pain_after,note\r\n"
)


def rows(*episodes: Sequence[ev.Event], now: float = 60) -> list[dict[str, str]]:
    return list(csv.DictReader(render(episodes, moment(now)).splitlines(keepends=True)))


def only(row: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in row.items() if value}


def test_no_record_is_a_header() -> None:
    assert render((), moment()) == HEADER


def test_the_whole_text_is_as_the_interface_has_it() -> None:
    history = (opened(), rated(0, 7, "bad"), started(1), removed(21), rated(25, 4))
    assert render([history], moment(60)) == (
        HEADER + "pain,,,2026-11-20T18:40:00+05:30,,,,,,7,,bad\r\n"
        "session,ice,ice-then-heat,2026-11-20T18:41:00+05:30,2026-11-20T19:01:00+05:30,"
        "1200,1200,0,complete,7,4,\r\n"
        "pain,,,2026-11-20T19:05:00+05:30,,,,,,4,,\r\n"
    )


@pytest.mark.parametrize(
    ("happened", "outcome", "on_skin_s", "late_s"),
    [
        ((removed(20),), "complete", "1200", "0"),
        ((removed(12.01),), "early", "721", "0"),
        ((removed(23.5),), "late", "1410", "210"),
        ((removed(20, ev.RemovalKind.ASSUMED),), "assumed", "1200", "0"),
    ],
)
def test_a_session_has_its_outcome(
    happened: tuple[ev.Event, ...], outcome: str, on_skin_s: str, late_s: str
) -> None:
    (row,) = rows((opened(), started(0), *happened))
    assert (row["outcome"], row["on_skin_s"], row["late_s"]) == (outcome, on_skin_s, late_s)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (ev.SessionSkipped, "skipped"),
        (ev.SessionMissed, "missed"),
    ],
)
def test_a_session_that_was_left_out_has_its_time_and_no_length(
    kind: type[ev.SessionLeftOut], outcome: str
) -> None:
    left_out = kind(at=moment(130), modality=Modality.ICE, due=moment(110), resume=moment(220))
    row = rows((opened(), started(0), removed(20), left_out))[1]
    assert only(row) == {
        "kind": "session",
        "modality": "ice",
        "protocol": "ice-then-heat",
        "started_at": "2026-11-20T20:30:00+05:30",
        "planned_s": "1200",
        "outcome": outcome,
    }


def test_a_session_of_which_nobody_knows_the_end_has_no_made_up_length() -> None:
    (row, _) = rows((opened(), started(0), started(600), removed(620), ended(700)))
    assert row["outcome"] == "unknown"
    assert (row["ended_at"], row["on_skin_s"], row["late_s"]) == ("", "", "")


def test_a_session_that_goes_on_has_no_end_and_no_outcome() -> None:
    (row,) = rows((opened(), started(0)), now=5)
    assert (row["ended_at"], row["outcome"], row["on_skin_s"]) == ("", "", "300")


def test_what_time_alone_brought_about_is_in_the_open_episode() -> None:
    opening = replace(opened(), rules=Rules(when_over=WhenOver.ASSUME))
    (row,) = rows((opening, started(0)), now=50)
    assert (row["outcome"], row["ended_at"]) == ("assumed", "2026-11-20T19:00:00+05:30")


def test_time_adds_nothing_to_an_ended_episode() -> None:
    opening = replace(opened(), rules=Rules(when_over=WhenOver.ASSUME))
    (row,) = rows((opening, started(0), ended(5)), now=500)
    assert row["outcome"] == ""


def test_both_parts_of_a_session_are_one_row() -> None:
    history = (opened(), started(0, ICE_TWICE), removed(10), ev.PackPutOn(at=moment(20)))
    (row,) = rows((*history, removed(30)))
    assert (row["planned_s"], row["on_skin_s"], row["outcome"]) == ("1200", "1200", "complete")
    assert row["ended_at"] == "2026-11-20T19:10:00+05:30"


def test_the_rows_of_all_episodes_are_in_the_order_of_time() -> None:
    first = (opened(), started(0), removed(20), rated(21, 5), ended(22))
    second = (rated(30, 4), opened(40), started(41), removed(61))
    found = rows(second, first)
    times = [row["started_at"] for row in found]
    assert times == sorted(times)
    assert [row["kind"] for row in found] == ["session", "pain", "pain", "session"]


def test_times_have_the_offset_they_were_read_with() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    summer = Moment(boot="b", boot_s=0.0, wall=datetime(2026, 7, 1, 12, tzinfo=berlin))
    winter = summer.after(timedelta(days=180).total_seconds())
    found = rows([ev.PainRated(at=each, nrs=1) for each in (summer, winter)])
    assert [row["started_at"] for row in found] == [
        "2026-07-01T12:00:00+02:00",
        "2026-12-28T11:00:00+01:00",
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_note_is_never_a_formula(start: str) -> None:
    (row,) = rows((rated(0, 3, f"{start}HYPERLINK(0)"),))
    assert row["note"] == f"'{start}HYPERLINK(0)"


@pytest.mark.parametrize(
    "note", ['"quoted", and more', "two\nlines", "two\r\nlines", "a = b", "é “–” 🧊", "'", " = "]
)
def test_any_other_note_comes_out_as_it_is(note: str) -> None:
    (row,) = rows((rated(0, 3, note),))
    assert row["note"] == note


def test_every_record_can_be_written_as_utf_8() -> None:
    text = render([one_of_each()], moment(1000))
    assert "half a pair" in text.encode("utf-8").decode("utf-8")


def test_every_line_ends_as_rfc_4180_has_it() -> None:
    text = render([(opened(), rated(0, 3), started(1), removed(21))], moment(60))
    assert text.count("\r\n") == text.count("\n") == 3
    assert text.endswith("\r\n")


# --- entries ---


def logged(minute: float, topic: ev.Topic, text: str = "", number: int | None = None) -> ev.Event:
    return ev.Logged(at=moment(minute), topic=topic, text=text, number=number)


@pytest.mark.parametrize(
    ("topic", "text", "number", "note"),
    [
        (ev.Topic.MEDICINE, "ibuprofen", None, "ibuprofen"),
        (ev.Topic.SPASM_MIN, "", 5, "5"),
        (ev.Topic.SPASM_MIN, "in bed", 5, "5 in bed"),
        (ev.Topic.CREAM, "", None, ""),
        (ev.Topic.NOTE, "=1+1", None, "'=1+1"),
        (ev.Topic.SIGN, "saddle", None, "Numb or tingling genitals or buttocks"),
        (ev.Topic.SIGN, "=unknown", None, "'=unknown"),
        (ev.Topic.ZONE, "lower-left", None, "lower back, left"),
        (ev.Topic.NOTE, "ألم 🧊 \x01", None, "ألم 🧊 \x01"),
    ],
)
def test_an_entry_is_a_row_of_its_topic(
    topic: ev.Topic, text: str, number: int | None, note: str
) -> None:
    (row,) = rows((logged(0, topic, text, number),))
    expected = {"kind": str(topic), "started_at": "2026-11-20T18:40:00+05:30", "note": note}
    assert only(row) == {key: value for key, value in expected.items() if value}


def test_a_corrected_rating_reads_as_it_does_now() -> None:
    fixed = ev.EntryCorrected(at=moment(2), of=moment(0).wall, text="typo", number=4)
    (row,) = rows((rated(0, 7), fixed))
    assert (row["pain_before"], row["note"]) == ("4", "typo")


def test_what_was_taken_back_is_not_counted() -> None:
    back = ev.EntryWithdrawn(at=moment(2), of=moment(0).wall)
    assert rows((rated(0, 7), back)) == []


def test_a_session_that_was_corrected_or_taken_back_is_told_as_it_was() -> None:
    of = started(0).at.wall
    fixed = ev.SessionCorrected(
        at=moment(30), of=of, begun=moment(0), removed=moment(15), how=ev.RemovalKind.CONFIRMED
    )
    events = (opened(), started(0), removed(20), fixed)
    (row,) = rows(events)
    assert (row["on_skin_s"], row["outcome"]) == ("900", "early")
    assert rows((*events, ev.SessionWithdrawn(at=moment(31), of=of))) == []


def test_a_session_says_why_it_was_stopped() -> None:
    stopped = ev.SessionStopped(at=moment(12), why=ev.StopReason.SKIN)
    (row,) = rows((opened(), started(0), removed(12), stopped))
    assert row["note"] == "stopped early: burning or numb skin"
