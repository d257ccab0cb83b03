"""What a doctor is told: all that was recorded, and that the rest was not."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.clock import DAY_S
from backtimer.domain.doctor_report import DISCLAIMER, NOT_RECORDED, DoctorReport, doctor_report
from backtimer.domain.events import TEXT_MOST, StopReason, Topic
from backtimer.domain.journal import told
from backtimer.domain.protocol import WhenOver
from tests.domain.kit import HEAT_THEN_COOL, ICE_TWICE, Life, at_rest, plain_rules


def report(life: Life) -> DoctorReport:
    return doctor_report(life.episode, life.now, life.now)


def fact(life: Life, label: str) -> tuple[str, ...]:
    facts = {each.label: each.items for part in report(life).parts for each in part.facts}
    return facts[label]


def log(life: Life, topic: Topic, text: str = "", number: int | None = None) -> Life:
    life.do(cmd.Log(topic=topic, text=text, number=number))
    life.wait(60)
    return life


def rate(life: Life, *numbers: int) -> Life:
    for each in numbers:
        life.do(cmd.RatePain(nrs=each))
        life.wait(60)
    return life


def hold(life: Life, minutes: float = 20) -> Life:
    life.start()
    life.sleep(minutes)
    life.off()
    return life


def test_nothing_that_is_missing_is_made_up() -> None:
    found = report(Life())
    assert found.began == NOT_RECORDED
    assert found.signs == ()
    assert {each.value for each in found.figures} == {NOT_RECORDED}
    assert all(each.items == () for part in found.parts for each in part.facts)
    assert found.disclaimer == DISCLAIMER
    assert "0" not in {each.value for each in found.figures}


def test_the_onset_and_the_day_are_said() -> None:
    life = Life()
    life.start()
    life.now = life.now.after(3 * DAY_S)
    assert report(life).began == "Mon 1 Jun 2026, 08:00 · day 4 today"
    assert report(life).made == "Made Thu 4 Jun 2026, 08:00"


def test_an_episode_that_is_over_says_when() -> None:
    life = hold(Life())
    life.do(cmd.End())
    life.now = life.now.after(9 * DAY_S)
    episode, until = told(life.history, life.now)
    found = doctor_report(episode, until, life.now)
    assert found.began == "Mon 1 Jun 2026, 08:00 · over on Mon 1 Jun 2026, 08:20, day 1"


def test_warning_signs_have_their_times_once_and_emergencies_come_first() -> None:
    life = log(log(log(Life(), Topic.SIGN, "fever"), Topic.SIGN, "saddle"), Topic.SIGN, "fever")
    found = report(life)
    assert found.signs == (
        "Numb or tingling genitals or buttocks (Mon 1 Jun 09:00)",
        "Fever (Mon 1 Jun 08:00)",
    )
    assert found.urgent
    assert not report(log(Life(), Topic.SIGN, "fever")).urgent
    assert not report(log(Life(), Topic.SIGN, "unheard-of")).urgent


def test_what_goes_on_is_not_told_as_over_by_a_moment_that_passed_while_it_was_read() -> None:
    life = at_rest(60)
    read = life.now.after(0.001)
    assert doctor_report(life.episode, read, life.now).began.endswith("· day 1 today")
    assert "over on" in doctor_report(life.episode, life.now, life.now.after(60)).began


def test_what_was_taken_back_is_not_told() -> None:
    life = log(Life(), Topic.SIGN, "fever")
    life.do(cmd.WithdrawEntry(of=life.episode.entries[0].at.wall))
    assert report(life).signs == ()


def test_a_session_that_was_taken_back_is_not_among_what_was_tried() -> None:
    life = at_rest()
    life.do(cmd.WithdrawSession(of=life.episode.sessions[0].of))
    tried = report(life).parts[1].facts
    assert [each.items for each in tried if each.label == "Ice"] == [()]


def test_pain_is_first_worst_least_median_and_now() -> None:
    found = report(rate(Life(), 7, 9, 2, 4)).figures
    assert [(each.label, each.value) for each in found] == [
        ("First", "7"),
        ("Worst", "9"),
        ("Least", "2"),
        ("Median", "5.5"),
        ("Now", "4"),
    ]
    assert found[1].when == "Mon 1 Jun 09:00"
    assert found[3].when == "of 4 ratings"
    assert report(rate(Life(), 0)).figures[3].when == "of one rating"
    assert report(rate(Life(), 0)).figures[0].value == "0"


def test_spasms_are_counted_and_measured() -> None:
    life = Life()
    assert fact(life, "Spasms") == ()
    log(life, Topic.SPASM_MIN, "", 10)
    assert fact(life, "Spasms") == ("one noted, lasting 10 min",)
    log(log(life, Topic.SPASM_MIN, "", 3), Topic.SPASM_MIN, "", 4)
    assert fact(life, "Spasms") == ("3 noted, lasting 3–10 min, median 4 min",)


def test_sessions_are_told_with_minutes_and_the_pain_around_them() -> None:
    life = Life()
    life.do(cmd.RatePain(nrs=8))
    hold(life)
    life.do(cmd.RatePain(nrs=6))
    assert fact(life, "Ice") == (
        "1 session, 20 min on skin",
        "median pain 8 → 6 (rated around 1)",
    )
    assert fact(life, "Heat") == ()


def test_late_early_unknown_and_left_out_sessions_are_shown_as_such() -> None:
    life = Life()
    hold(life, 30)
    life.wait(91)
    life.start()
    life.wait(10)
    life.off()
    life.wait(91)
    life.do(cmd.Skip())
    life.begin(ICE_TWICE)
    life.begin(ICE_TWICE)
    life.wait(1)
    counted, around = fact(life, "Ice")
    assert counted == (
        "4 sessions, 41 min on skin, 1 taken off late, 1 stopped early, 1 of unknown length,"
        " 1 skipped"
    )
    assert around == "pain before and after: not recorded"


def test_a_pack_that_nobody_confirmed_is_told_as_such() -> None:
    life = Life(rules=plain_rules(when_over=WhenOver.ASSUME))
    life.start()
    life.wait(30)
    assert fact(life, "Ice")[0] == "1 session, 20 min on skin, 1 taken as off, not confirmed"


def test_sessions_that_were_only_skipped_have_no_minutes() -> None:
    life = hold(Life())
    life.wait(91)
    life.do(cmd.Skip())
    life.episode = life.episode.__class__(
        rules=life.rules, onset=life.episode.onset, sessions=life.episode.sessions[1:]
    )
    assert fact(life, "Ice") == ("0 sessions, 1 skipped", "pain before and after: not recorded")


def test_cold_massage_has_its_line_where_there_was_any() -> None:
    life = Life()
    labels = {each.label for part in report(life).parts for each in part.facts}
    assert "Cold massage" not in labels
    life.begin(HEAT_THEN_COOL)
    assert fact(life, "Heat")


def test_skin_reactions_and_the_reasons_of_stops_are_told() -> None:
    life = Life()
    life.start()
    life.wait(5)
    life.do(cmd.Stop(why=StopReason.SKIN))
    log(life, Topic.SKIN, "red for an hour")
    assert fact(life, "Skin, and why stopped") == (
        "red for an hour (Mon 1 Jun 08:05)",
        "Ice Mon 1 Jun 08:00: stopped early: burning or numb skin",
    )


def test_medicines_are_told_once_each_with_when_they_were_last_taken() -> None:
    life = log(log(Life(), Topic.MEDICINE, "ibuprofen"), Topic.MEDICINE, "paracetamol")
    log(log(life, Topic.MEDICINE, "ibuprofen"), Topic.DROWSY)
    assert fact(life, "Medicines") == (
        "ibuprofen (Mon 1 Jun 10:00)",
        "paracetamol (Mon 1 Jun 09:00)",
        "made me drowsy (Mon 1 Jun 11:00)",
    )


def test_cream_is_counted() -> None:
    life = log(Life(), Topic.CREAM, "arnica")
    assert fact(life, "Cream") == ("once, last Mon 1 Jun 08:00", "arnica")
    log(life, Topic.CREAM)
    assert fact(life, "Cream") == ("2 times, last Mon 1 Jun 09:00", "arnica")


@pytest.mark.parametrize(
    ("topic", "label"),
    [
        (Topic.FEELS, "Feels like"),
        (Topic.TRIGGER, "Set off by"),
        (Topic.SYMPTOM, "Other symptoms"),
        (Topic.SLEEP, "Sleep"),
        (Topic.WALKING, "Walking"),
        (Topic.WORK, "Work"),
        (Topic.OTHER_CARE, "Other care"),
        (Topic.HISTORY, "History"),
        (Topic.NOTE, "Notes"),
    ],
)
def test_words_stand_under_their_label(topic: Topic, label: str) -> None:
    assert fact(log(Life(), topic, "so so"), label) == ("so so (Mon 1 Jun 08:00)",)


def test_the_note_of_a_rating_is_a_note() -> None:
    life = rate(Life(), 3)
    life.do(cmd.RatePain(nrs=6, note="after the walk"))
    assert fact(life, "Notes") == ("pain: after the walk (Mon 1 Jun 09:00)",)


def test_a_place_comes_before_where_it_spreads_to() -> None:
    life = log(log(Life(), Topic.ZONE, "lower"), Topic.SPREAD, "left leg")
    assert fact(life, "Where") == (
        "lower back (Mon 1 Jun 08:00)",
        "spreads to: left leg (Mon 1 Jun 09:00)",
    )


def test_an_entry_without_words_says_that_it_was() -> None:
    assert fact(log(Life(), Topic.FEELS), "Feels like") == ("yes (Mon 1 Jun 08:00)",)
    assert fact(log(Life(), Topic.SKIN), "Skin, and why stopped") == ("Skin (Mon 1 Jun 08:00)",)


def test_questions_stand_in_their_order_once_each() -> None:
    life = log(log(Life(), Topic.QUESTION, "May I drive?"), Topic.QUESTION, "And fly?")
    log(log(life, Topic.QUESTION, "May I drive?"), Topic.QUESTION)
    assert fact(life, "Questions") == ("May I drive?", "And fly?")


def test_a_long_note_is_cut_to_what_a_line_holds() -> None:
    (words,) = fact(log(Life(), Topic.NOTE, "x" * TEXT_MOST), "Notes")
    assert len(words) < 200


def test_earlier_episodes_are_counted() -> None:
    life = hold(Life())
    found = doctor_report(life.episode, life.now, life.now, [life.episode, Life().episode])
    facts = {each.label: each.items for part in found.parts for each in part.facts}
    assert facts["Earlier episodes"] == ("1 in this diary, the last from Mon 1 Jun 2026",)
