"""The journal in words: each kind of line, their order, what is wanted of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.diary import HEAT_SOURCES, ZONES
from backtimer.domain.events import TEXT_MOST, StopReason, Topic
from backtimer.domain.journal import session_rows, told
from backtimer.domain.journal_lines import (
    Line,
    Shown,
    entry_words,
    line_words,
    lines,
    one_line,
    session_words,
    sifted,
    time_words,
)
from backtimer.domain.protocol import WhenOver
from backtimer.domain.session import Outcome
from backtimer.domain.signs import SIGNS
from tests.domain.kit import ICE, MONDAY_8, Life, at_rest, plain_rules


def all_lines(life: Life) -> list[Line]:
    return lines(life.episode, life.now)


def log(life: Life, topic: Topic, text: str = "", number: int | None = None) -> None:
    life.wait(1)
    life.do(cmd.Log(topic=topic, text=text, number=number))


@pytest.fixture
def life() -> Life:
    """A session with the pain around it, and a note."""
    life = Life()
    life.do(cmd.RatePain(nrs=7, note="after lifting"))
    life.wait(1)
    life.start()
    life.wait(20)
    life.off()
    life.do(cmd.RatePain(nrs=4))
    log(life, Topic.NOTE, "Walked to the door")
    return life


def test_sessions_and_entries_stand_together_newest_first(life: Life) -> None:
    found = [(each.what, each.words, each.pain) for each in all_lines(life)]
    assert found == [
        ("Note", "Walked to the door", "–"),
        ("Pain", "", "4"),
        ("Ice", "20 min · complete", "7 → 4"),
        ("Pain", "after lifting", "7"),
    ]


def test_pain_on_one_side_of_a_session_says_so() -> None:
    life = Life()
    life.start()
    life.wait(20)
    life.off()
    assert all_lines(life)[0].pain == "–"
    life.do(cmd.RatePain(nrs=3))
    assert all_lines(life)[-1].pain == "– → 3"


@pytest.mark.parametrize(
    ("shown", "whats"),
    [
        (Shown.ALL, ["Note", "Pain", "Ice", "Pain"]),
        (Shown.SESSIONS, ["Ice"]),
        (Shown.PAIN, ["Pain", "Pain"]),
        (Shown.ENTRIES, ["Note"]),
    ],
)
def test_lines_of_one_kind_are_picked(life: Life, shown: Shown, whats: list[str]) -> None:
    assert [each.what for each in sifted(all_lines(life), shown)] == whats


@pytest.mark.parametrize(
    ("searched", "found"), [("walk DOOR", 1), ("lift", 1), ("ice", 1), ("1 jun", 4), ("xyz", 0)]
)
def test_every_word_that_is_searched_is_in_the_line(life: Life, searched: str, found: int) -> None:
    assert len(sifted(all_lines(life), Shown.ALL, searched)) == found


def test_a_long_note_is_found_by_its_last_word_and_shown_by_its_first(life: Life) -> None:
    log(life, Topic.NOTE, "a " * (TEXT_MOST // 2 - 5) + "needle")
    (line,) = sifted(all_lines(life), Shown.ALL, "needle")
    assert line.words.endswith("…")
    assert len(line.words) <= 300


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (StopReason.SKIN, "12 min · stopped early: burning or numb skin"),
        (StopReason.HURTS, "12 min · stopped early: it hurt"),
        (StopReason.NUMB, "12 min · stopped early: it was numb"),
    ],
)
def test_a_session_that_was_given_up_says_why(why: StopReason, words: str) -> None:
    life = Life()
    life.start()
    life.wait(12)
    life.do(cmd.Stop(why=why))
    assert all_lines(life)[0].words == words


@pytest.mark.parametrize(
    ("outcome", "on_skin_s", "words"),
    [
        (None, 300.0, "5 min · going on"),
        (Outcome.EARLY, 300.0, "5 min · stopped early"),
        (Outcome.LATE, 1500.0, "25 min · taken off 5 min late"),
        (Outcome.ASSUMED, 1200.0, "20 min · taken as off, not confirmed"),
        (Outcome.UNKNOWN, None, "end not known"),
        (Outcome.MISSED, None, "missed"),
        (Outcome.SKIPPED, None, "skipped"),
    ],
)
def test_how_a_session_went_is_said(
    outcome: Outcome | None, on_skin_s: float | None, words: str
) -> None:
    row = session_rows(at_rest(10).episode, at_rest(10).now)[0]
    assert session_words(replace(row, outcome=outcome, on_skin_s=on_skin_s, late_s=300)) == words


def test_a_reason_stands_beside_an_outcome_that_is_not_early() -> None:
    row = session_rows(at_rest(10).episode, at_rest(10).now)[0]
    told_words = session_words(replace(row, note="stopped early: it hurt"))
    assert told_words == "20 min · complete, stopped early: it hurt"


@pytest.mark.parametrize(
    ("topic", "text", "number", "words"),
    [
        (Topic.ZONE, "lower-left", None, ZONES["lower-left"]),
        (Topic.ZONE, "elsewhere", None, "elsewhere"),
        (Topic.HEAT_SOURCE, "bath", None, HEAT_SOURCES["bath"]),
        (Topic.SIGN, "fever", None, SIGNS["fever"].words),
        (Topic.SIGN, "unknown", None, "unknown"),
        (Topic.SPASM_MIN, "", 5, "5 min"),
        (Topic.SPASM_MIN, "in bed", 5, "5 min · in bed"),
        (Topic.WALK, "", 120, "2 min"),
        (Topic.CHECK_IN, "better", 3, "day 3 · better"),
        (Topic.EXERCISE, "", 4, "4"),
        (None, "one\ntwo\x00", 7, "one two�"),
    ],
)
def test_an_entry_is_said_in_words(
    topic: Topic | None, text: str, number: int | None, words: str
) -> None:
    assert entry_words(topic, text, number) == words


def test_what_was_corrected_says_what_it_was() -> None:
    life = Life()
    life.do(cmd.RatePain(nrs=7, note="typo"))
    of = life.episode.entries[0].at.wall
    life.wait(1)
    life.do(cmd.CorrectEntry(of=of, text="", number=6))
    life.wait(1)
    life.do(cmd.CorrectEntry(of=of, text="better words", number=6))
    (line,) = all_lines(life)
    assert (line.pain, line.words, line.was) == ("6", "better words", "was: 7 typo; 6")


def test_words_that_were_none_were_empty() -> None:
    life = Life()
    log(life, Topic.CREAM)
    of = life.episode.entries[0].at.wall
    life.wait(1)
    life.do(cmd.CorrectEntry(of=of, text="arnica"))
    assert all_lines(life)[0].was == "was: empty"


def test_a_session_has_the_colour_of_what_was_on(life: Life) -> None:
    assert [each.modality for each in all_lines(life)] == [None, None, ICE, None]


def test_a_line_is_known_by_the_same_however_it_reads(life: Life) -> None:
    before = [each.key for each in all_lines(life)]
    assert len(set(before)) == len(before)
    life.do(cmd.CorrectEntry(of=life.episode.entries[-1].of, text="Ran"))
    life.do(cmd.WithdrawSession(of=life.episode.sessions[0].of))
    assert [each.key for each in all_lines(life)] == before


def test_what_was_taken_back_is_still_there(life: Life) -> None:
    life.do(cmd.WithdrawEntry(of=life.episode.entries[-1].at.wall))
    line = all_lines(life)[0]
    assert line.is_withdrawn
    assert line_words(line, life.now.wall) == "Note, Today 08:22, Walked to the door, taken back"


def test_a_session_says_when_it_was_before_it_was_corrected() -> None:
    life = Life()
    life.start()
    life.sleep(40)
    life.do(cmd.LoseTrack())
    of, begun = life.episode.sessions[0].of, life.episode.sessions[0].begun.wall
    for minutes in (25, 20):
        life.do(cmd.CorrectSession(of=of, removed=begun + timedelta(minutes=minutes)))
    (line,) = all_lines(life)
    assert line.was == "was: 08:00–not known; 08:00–08:25"
    assert line.words == "20 min · complete"


def test_a_line_is_one_sentence_to_a_screen_reader(life: Life) -> None:
    life.do(cmd.CorrectEntry(of=life.episode.entries[1].at.wall, text="", number=5))
    found = [line_words(each, life.now.wall) for each in all_lines(life)[1:3]]
    assert found[0] == "Pain, Today 08:21, pain 5, was: 4"
    assert found[1] == "Ice, Today 08:01, 20 min · complete, pain 7 → 5"


def test_a_time_is_said_by_how_far_it_is() -> None:
    now = MONDAY_8
    assert time_words(now, now) == "Today 08:00"
    assert time_words(now - timedelta(days=1), now) == "Yesterday 08:00"
    assert time_words(now - timedelta(days=4), now) == "Thu 28 May 08:00"
    assert time_words(now - timedelta(days=365), now) == "Sun 1 Jun 2025 08:00"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("a\r\n\tb", "a b"),
        ("👩‍👩‍👧 ok", "👩‍👩‍👧 ok"),
        ("ألم شديد", "ألم شديد"),
        ("é́", "é́"),
        ("\ud800", "�"),
    ],
)
def test_any_text_is_shown_on_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_a_line_is_cut_where_it_is_too_long() -> None:
    assert one_line("x" * 300) == "x" * 300
    assert one_line("x" * 301) == "x" * 299 + "…"
    assert one_line("x" * TEXT_MOST, 10) == "x" * 9 + "…"


# --- the episode that a history tells ---


def test_an_ended_episode_is_told_as_it_was_when_it_ended(life: Life) -> None:
    life.do(cmd.End())
    ended = life.now
    life.sleep(1000)
    episode, until = told(life.history, life.now)
    assert until == ended
    assert len(episode.sessions) == 1
    assert episode.onset is not None


def test_an_open_episode_is_told_with_what_came_true_meanwhile() -> None:
    life = Life(rules=plain_rules(when_over=WhenOver.ASSUME))
    life.start()
    life.now = life.now.after(3600)
    episode, until = told(life.history, life.now, life.rules)
    assert until == life.now
    assert session_rows(episode, until)[0].outcome is Outcome.ASSUMED


def test_no_history_is_an_idle_episode() -> None:
    episode, _ = told((), Life().now)
    assert episode.onset is None
