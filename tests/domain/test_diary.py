"""The diary: what is written stays, what is corrected reads as it should, nothing gets lost."""

from datetime import UTC, datetime

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import diary
from backtimer.domain import events as ev
from backtimer.domain.diary import Entry
from backtimer.domain.errors import Refused
from backtimer.domain.events import Topic
from backtimer.domain.signs import look_again
from tests.domain.kit import MONDAY_8, Life, at_rest

NOTE = Topic.NOTE


def written(
    life: Life, topic: Topic = NOTE, text: str = "rain", number: int | None = None
) -> Entry:
    """Write an entry a minute later; the line it begins."""
    life.sleep(1)
    life.do(cmd.Log(topic=topic, text=text, number=number))
    return life.episode.entries[-1]


def only(life: Life) -> Entry:
    (entry,) = life.episode.entries
    return entry


def test_an_entry_is_kept_as_it_was_written() -> None:
    life = at_rest()
    entry = written(life, Topic.MEDICINE, "two of the white ones")
    assert (entry.topic, entry.text) == (Topic.MEDICINE, "two of the white ones")
    assert entry.at.wall == life.now.wall


def test_an_entry_can_be_written_before_anything_was_started() -> None:
    assert written(Life()).text == "rain"


def test_a_correction_reads_otherwise_and_keeps_what_was() -> None:
    life = Life()
    of = written(life).at.wall
    life.do(cmd.CorrectEntry(of=of, text="snow"))
    life.do(cmd.CorrectEntry(of=of, text="sun", number=3))
    entry = only(life)
    assert (entry.text, entry.number) == ("sun", 3)
    assert entry.was == (("rain", None), ("snow", None))


def test_a_correction_that_changes_nothing_is_no_event() -> None:
    life = Life()
    entry = written(life)
    before = len(life.history)
    life.do(cmd.CorrectEntry(of=entry.at.wall, text="rain"))
    assert len(life.history) == before


def test_what_is_taken_back_does_not_count_and_can_come_back() -> None:
    life = Life()
    life.do(cmd.RatePain(nrs=7))
    of = only(life).at.wall
    life.do(cmd.WithdrawEntry(of=of))
    assert life.episode.pains == ()
    assert only(life).withdrawn
    assert "already" in life.refusal(cmd.WithdrawEntry(of=of))
    life.do(cmd.RestoreEntry(of=of))
    assert life.view.pain == 7
    assert "already" in life.refusal(cmd.RestoreEntry(of=of))


def test_a_rating_is_corrected_within_its_scale() -> None:
    life = Life()
    life.do(cmd.RatePain(nrs=7, note="stairs"))
    of = only(life).at.wall
    life.do(cmd.CorrectEntry(of=of, text="stairs", number=4))
    assert life.view.pain == 4
    for number in (None, -1, 11):
        assert "0 (none) to 10" in life.refusal(cmd.CorrectEntry(of=of, number=number))


def test_only_the_one_that_is_meant_is_corrected() -> None:
    life = Life()
    first, second = written(life), written(life, text="fog")
    life.do(cmd.CorrectEntry(of=second.at.wall, text="sun"))
    assert [each.text for each in life.episode.entries] == [first.text, "sun"]


@pytest.mark.parametrize(
    ("topic", "text", "number"),
    [
        (Topic.SPASM_MIN, "", None),
        (Topic.SPASM_MIN, "", 0),
        (Topic.SPASM_MIN, "", 1441),
        (Topic.ZONE, "toe", None),
        (Topic.HEAT_SOURCE, "volcano", None),
        (NOTE, "a" * 10_001, None),
    ],
)
def test_what_makes_no_sense_is_refused(topic: Topic, text: str, number: int | None) -> None:
    assert Life().refusal(cmd.Log(topic=topic, text=text, number=number))


@pytest.mark.parametrize(
    ("topic", "text", "number"),
    [
        (Topic.SPASM_MIN, "", 12),
        (Topic.ZONE, "lower-left", None),
        (Topic.HEAT_SOURCE, "bath", None),
        (NOTE, "עברית \u0301 🧊 \x00 =1+1", None),
    ],
)
def test_whatever_a_person_writes_is_kept(topic: Topic, text: str, number: int | None) -> None:
    entry = written(Life(), topic, text, number)
    assert (entry.text, entry.number) == (text, number)


@pytest.mark.parametrize("year", [3, 1970, 9990])
def test_two_entries_of_one_moment_are_told_apart_whatever_the_year(year: int) -> None:
    life = Life(wall=MONDAY_8.replace(year=year, tzinfo=UTC))
    for nrs in (3, 4):
        life.do(cmd.RatePain(nrs=nrs))
    first, second = life.episode.entries
    assert first.of < second.of


def test_at_the_end_of_the_calendar_entries_are_written_though_the_clock_stands() -> None:
    life = Life(wall=MONDAY_8.replace(year=9998, tzinfo=UTC))
    for nrs in (3, 4, 5):
        life.do(cmd.RatePain(nrs=nrs))
    assert [each.number for each in life.episode.entries] == [3, 4, 5]


def test_every_topic_has_words() -> None:
    assert set(diary.TOPICS) == set(Topic)


def test_s4_cream_is_counted_for_the_day() -> None:
    life = Life()
    for _ in range(4):
        written(life, Topic.CREAM, "")
    life.do(cmd.WithdrawEntry(of=life.episode.entries[0].at.wall))
    assert diary.creams_of_day(life.episode.entries, life.now.wall) == 3
    life.sleep(24 * 60)
    assert diary.creams_of_day(life.episode.entries, life.now.wall) == 0


def test_the_last_word_on_a_topic_counts() -> None:
    life = Life()
    written(life, Topic.ZONE, "lower")
    last = written(life, Topic.ZONE, "neck")
    assert diary.last_text(life.episode.entries, Topic.ZONE) == "neck"
    life.do(cmd.WithdrawEntry(of=last.at.wall))
    assert diary.last_text(life.episode.entries, Topic.ZONE) == "lower"
    assert diary.last_text(life.episode.entries, Topic.SLEEP) == ""


def test_an_entry_is_found_again_after_a_restart_of_the_machine() -> None:
    life = at_rest()
    of = written(life).at.wall
    life.reboot()
    life.do(cmd.CorrectEntry(of=of, text="sun"))
    life.reboot()
    assert only(life).text == "sun"


def test_why_a_session_was_stopped_is_known() -> None:
    life = Life()
    life.start()
    life.sleep(5)
    life.do(cmd.Stop(why=ev.StopReason.HURTS))
    assert life.episode.sessions[-1].stopped_for is ev.StopReason.HURTS


def test_two_entries_of_one_moment_are_two() -> None:
    life = Life()
    life.do(cmd.RatePain(nrs=4))
    life.do(cmd.Log(topic=NOTE, text="rain"))
    life.do(cmd.Log(topic=NOTE, text="fog"))
    assert len({each.at.wall for each in life.episode.entries}) == 3
    life.do(cmd.WithdrawEntry(of=life.episode.entries[1].at.wall))
    assert [each.withdrawn for each in life.episode.entries] == [False, True, False]


# --- written later ---


def hours_ago(life: Life, hours: float) -> datetime:
    return life.now.after(-hours * 3600).wall


def test_what_was_forgotten_stands_at_the_time_when_it_was() -> None:
    life = at_rest(120)
    life.do(cmd.RatePain(nrs=4))
    life.do(cmd.RatePain(nrs=8, note="at night", was=hours_ago(life, 9)))
    life.do(cmd.RatePain(nrs=6, was=hours_ago(life, 1)))
    assert [each.number for each in life.episode.pains] == [8, 6, 4]
    assert life.view.pain == 4


def test_the_record_stays_in_the_order_in_which_it_was_written() -> None:
    life = at_rest(120)
    life.do(cmd.Log(topic=NOTE, text="fell", was=hours_ago(life, 24)))
    entry = only(life)
    assert (entry.at.wall, entry.of) == (hours_ago(life, 24), life.now.wall)
    assert life.history[-1].at == life.now
    life.do(cmd.CorrectEntry(of=entry.of, text="slipped"))
    assert (only(life).text, only(life).at) == ("slipped", entry.at)
    life.do(cmd.WithdrawEntry(of=entry.of))
    assert only(life).withdrawn


def test_what_was_forgotten_stays_where_it_was_after_a_restart() -> None:
    life = at_rest(120)
    life.do(cmd.RatePain(nrs=8, was=hours_ago(life, 9)))
    was = only(life).at.wall
    life.reboot()
    life.do(cmd.RatePain(nrs=3))
    assert [each.number for each in life.episode.pains] == [8, 3]
    assert life.episode.pains[0].at.wall == was


@pytest.mark.parametrize(
    ("hours", "why"), [(-0.02, "still to come"), (30 * 24 + 1, "more than 30 days ago")]
)
def test_a_time_that_cannot_be_meant_is_refused(hours: float, why: str) -> None:
    life = at_rest()
    for command in (
        cmd.RatePain(nrs=3, was=hours_ago(life, hours)),
        cmd.Log(topic=NOTE, text="x", was=hours_ago(life, hours)),
    ):
        with pytest.raises(Refused, match=why):
            life.do(command)


def test_a_symptom_that_is_written_later_asks_for_a_look_at_the_signs() -> None:
    life = at_rest(120)
    life.do(cmd.Log(topic=Topic.SIGN, text="saddle"))
    life.sleep(1)
    life.do(cmd.Log(topic=Topic.SYMPTOM, text="numb toe", was=hours_ago(life, 5)))
    assert look_again(life.episode.entries, None)
