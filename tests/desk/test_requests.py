"""Every command of the running program: what it does and what it prints."""

import json

import pytest

from backtimer import __version__
from backtimer.desk.requests import answer
from backtimer.domain import commands as cmd
from backtimer.domain.events import CardAnswer
from backtimer.domain.protocol import Modality
from backtimer.domain.safety import start_card
from backtimer.domain.words import quoted
from tests.desk.desks import Program

STATUS_FIELDS = {
    "running", "saved", "phase", "modality", "protocol", "onset", "day", "since", "until",
    "remaining_s", "overdue_s", "next", "sessions_today", "pain", "unsure", "speed", "version",
}  # fmt: skip


@pytest.fixture
def program() -> Program:
    return Program()


def assert_says(told: str, *parts: str) -> None:
    """The words may change; what they have to say may not."""
    missing = [each for each in parts if each not in told]
    assert not missing, told


def applying(program: Program, minutes: float = 0) -> Program:
    program.told("start")
    program.wait(minutes)
    return program


def resting(program: Program, minutes: float = 0) -> Program:
    applying(program, 20).told("off")
    program.wait(minutes)
    return program


# --- status ---


def test_status_of_an_idle_program(program: Program) -> None:
    assert_says(program.told("status"), "Nothing is going on", "ice", "backtimer start")
    assert program.status() == {
        "running": True,
        "saved": True,
        "phase": "idle",
        "modality": None,
        "protocol": "ice-then-heat",
        "onset": None,
        "day": None,
        "since": None,
        "until": None,
        "remaining_s": None,
        "overdue_s": None,
        "next": None,
        "sessions_today": 0,
        "pain": None,
        "unsure": False,
        "speed": 1.0,
        "version": __version__,
    }


def test_status_while_the_pack_is_on(program: Program) -> None:
    applying(program, 5)
    assert_says(program.told("status"), "Ice", "08:20", "15 min", "Next: ice at 09:50")
    assert program.status() | {"version": ""} == {
        "running": True,
        "saved": True,
        "phase": "applying",
        "modality": "ice",
        "protocol": "ice-then-heat",
        "onset": "2026-06-01T08:00:00+02:00",
        "day": 1,
        "since": "2026-06-01T08:00:00+02:00",
        "until": "2026-06-01T08:20:00+02:00",
        "remaining_s": 900,
        "overdue_s": None,
        "next": {"modality": "ice", "at": "2026-06-01T09:50:00+02:00"},
        "sessions_today": 1,
        "pain": None,
        "unsure": False,
        "speed": 1.0,
        "version": "",
    }


def test_status_in_a_pause(program: Program) -> None:
    applying(program, 5).told("pause")
    assert program.phase == "paused"
    assert_says(program.told("status"), "Ice", "paused", "08:05", "08:15", "backtimer resume")
    assert program.status()["until"] == "2026-06-01T08:15:00+02:00"


def test_status_when_the_pack_has_to_come_off(program: Program) -> None:
    applying(program, 22)
    told = program.told("status")
    assert_says(told, "Take the ice off", "08:20", "2 min", "backtimer off")
    status = program.status()
    assert (status["phase"], status["overdue_s"], status["remaining_s"]) == ("remove", 120, None)
    assert status["since"] == "2026-06-01T08:20:00+02:00"


def test_status_in_the_rest(program: Program) -> None:
    resting(program, 30)
    assert_says(program.told("status"), "Resting until 09:50", "1 h", "Next: ice at 09:50")
    assert program.status()["remaining_s"] == 3600


def test_status_of_a_session_that_is_due(program: Program) -> None:
    resting(program, 95)
    assert_says(program.told("status"), "Time for ice", "09:50", "backtimer start")
    status = program.status()
    assert (status["phase"], status["modality"]) == ("due", "ice")
    assert status["next"] == {"modality": "ice", "at": "2026-06-01T09:50:00+02:00"}


def test_status_at_night(program: Program) -> None:
    program.told("config quiet_from 09:00")
    program.told("config quiet_to 12:00")
    resting(program, 91)
    assert_says(program.told("status"), "Quiet hours until 12:00", "ice at 12:00")
    assert program.phase == "quiet"


def test_status_where_nothing_is_planned(program: Program) -> None:
    program.told("protocol manual")
    program.told("start heat")
    program.wait(15)
    program.told("off")
    program.wait(100)
    assert_says(program.told("status"), "Resting", "Nothing is planned", "backtimer start")
    status = program.status()
    assert (status["phase"], status["until"], status["next"]) == ("resting", None, None)


def test_status_says_whether_all_is_on_disk(program: Program) -> None:
    applying(program).told("pause")
    program.store.failure = "The disk is full."
    program.wait(11)
    assert program.status()["saved"] is False
    program.store.failure = ""
    assert program.status()["saved"] is True


def test_status_tells_of_the_last_rating_of_pain(program: Program) -> None:
    program.told("pain 7")
    program.told("pain 4")
    assert program.status()["pain"] == 4


def test_status_counts_the_sessions_of_24_hours(program: Program) -> None:
    resting(program, 90).told("start")
    assert program.status()["sessions_today"] == 2
    program.wait(24 * 60 - 60)
    assert program.status()["sessions_today"] == 1


def test_the_second_day_begins_after_24_hours(program: Program) -> None:
    resting(program, 24 * 60 - 20 - 1)
    assert program.status()["day"] == 1
    program.wait(1)
    assert program.status()["day"] == 2


def test_a_demo_says_so_wherever_time_is_told() -> None:
    program = Program(speed=600)
    assert program.told("status").endswith("\nDemo ×600")
    assert program.told("start").endswith("\nDemo ×600")
    assert program.status()["speed"] == 600


@pytest.mark.parametrize("minutes", [0, 5, 20.5, 40, 111])
def test_status_always_has_all_its_fields(program: Program, minutes: float) -> None:
    applying(program, minutes)
    assert set(program.status()) == STATUS_FIELDS


# --- the session ---


def test_a_first_start_prints_the_whole_card(program: Program) -> None:
    card = start_card(Modality.ICE)
    reminder, against, never_asleep, state = program.told("start").splitlines()
    assert (reminder, never_asleep) == (card.reminder, card.never_asleep)
    assert_says(against, "Ask a professional", *card.against)
    assert_says(state, "Ice is on", "08:20")


def test_a_start_with_an_answered_card_prints_the_reminder_alone(program: Program) -> None:
    program.care.do(cmd.Start(card=CardAnswer.NONE_OF_THESE))
    program.wait(20)
    program.told("off")
    program.wait(90)
    reminder, state = program.told("start").splitlines()
    assert reminder == start_card(Modality.ICE).reminder
    assert_says(state, "Ice is on")


def test_a_start_with_an_onset_says_when_it_began(program: Program) -> None:
    lines = program.told("start --onset 2d ago").splitlines()
    assert "It began Sat 08:00." in lines
    assert program.status()["day"] == 3
    assert program.status()["modality"] == "ice"


def test_after_three_days_a_start_begins_with_heat(program: Program) -> None:
    told = program.told("start --onset 4d ago")
    assert start_card(Modality.HEAT).reminder in told
    assert program.status()["modality"] == "heat"


def test_the_person_chooses_the_pack(program: Program) -> None:
    program.told("start heat")
    assert program.status()["modality"] == "heat"


def test_an_early_start_is_possible_half_an_hour_after_the_removal(program: Program) -> None:
    resting(program, 29)
    assert_says(program.refusal("start"), "Possible from 08:50")
    program.wait(1)
    program.told("start")
    assert program.care.episode.sessions[-1].early_start


def test_off_begins_the_rest(program: Program) -> None:
    applying(program, 20)
    assert_says(program.told("off"), "Resting until 09:50", "1 h 30 min", "Next: ice at 09:50")


def test_off_before_time_is_up_is_a_session_stopped_early(program: Program) -> None:
    applying(program, 7).told("off")
    assert program.care.episode.sessions[-1].outcome == "early"


def test_the_rest_counts_from_when_it_really_came_off(program: Program) -> None:
    applying(program, 30)
    assert_says(program.told("off --at 8m ago"), "Resting until 09:52", "1 h 22 min")


@pytest.mark.parametrize("at", ["7:59", "9m ago", "2026-06-01T09:00", "1d ago"])
def test_off_is_between_putting_it_on_and_now(program: Program, at: str) -> None:
    applying(program, 8)
    told = program.refusal(f"off --at {at}")
    assert_says(told, "08:00", "between then and now")


def test_a_pause_and_its_end(program: Program) -> None:
    applying(program, 5)
    assert_says(program.told("pause"), "paused", "08:05", "08:15", "backtimer resume")
    program.wait(4)
    assert_says(program.told("resume"), "Ice is on", "08:24", "15 min", "Next: ice at 09:54")


def test_snooze_takes_the_minutes_of_the_settings(program: Program) -> None:
    program.told("config snooze_min 25")
    resting(program, 90).told("snooze")
    until = program.care.episode.snoozed_until
    assert until
    assert until.since(program.clock.now()) == 25 * 60
    assert program.phase == "due"


def test_snooze_takes_minutes(program: Program) -> None:
    resting(program, 90).told("snooze 60")
    until = program.care.episode.snoozed_until
    assert until
    assert until.since(program.clock.now()) == 60 * 60


def test_skip_puts_the_next_session_one_cycle_later(program: Program) -> None:
    resting(program, 90)
    assert_says(program.told("skip"), "Resting until 11:40", "Next: ice at 11:40")


def test_silence_leaves_what_is_shown(program: Program) -> None:
    applying(program, 21)
    assert_says(program.told("silence"), "Take the ice off")
    assert program.care.episode.silenced


def test_switch_holds_from_the_next_session_on(program: Program) -> None:
    applying(program, 5)
    lines = program.told("switch heat").splitlines()
    assert lines[0] == "From the next session on: heat."
    assert lines[1].startswith("Ice is on.")
    assert_says(program.refusal("switch heat"), "heat already")


def test_onset_says_what_it_is_now(program: Program) -> None:
    applying(program)
    assert program.told("onset 26h ago").splitlines()[0] == "It began Sun 06:00."
    assert program.status()["day"] == 2


def test_pain_is_noted_with_the_persons_words(program: Program) -> None:
    assert program.told("pain", "6", "--note", "after sitting") == "Noted: pain 6 of 10."
    assert program.care.episode.pains[-1].text == "after sitting"


@pytest.mark.parametrize(
    "note",
    ["", "🧊" * 2000, "nul \0 byte", "line\nline", "x" * 10_000, "\u202eright to left", "'\";--"],
)
def test_pain_takes_any_note(program: Program, note: str) -> None:
    program.told("pain", "0", f"--note={note}")
    assert program.care.episode.pains[-1].text == note


def test_the_end_is_friendly_and_leaves_nothing_going_on(program: Program) -> None:
    resting(program)
    assert program.told("end") == "The episode is over. All the best for your back."
    assert program.phase == "idle"


# --- what is refused ---

# The first two as the interface promises them, of the others what they have to say.
PACK_ON = "Take it off first: backtimer off"
NO_PACK = "There is no pack on to take off"
IDLE = "backtimer start"
NO_PACK_TO_PAUSE = "There is no pack on"
NOTHING_PAUSED = "Nothing is paused"
NOTHING_RINGS = "Nothing is ringing"
NOT_DUE = "no session is due"


@pytest.mark.parametrize(
    ("phase", "command", "sentence"),
    [
        ("idle", "off", NO_PACK),
        ("idle", "pause", NO_PACK_TO_PAUSE),
        ("idle", "resume", NOTHING_PAUSED),
        ("idle", "snooze", NOT_DUE),
        ("idle", "skip", IDLE),
        ("idle", "silence", NOTHING_RINGS),
        ("idle", "switch heat", IDLE),
        ("idle", "onset 2d ago", IDLE),
        ("idle", "end", IDLE),
        ("applying", "start", PACK_ON),
        ("applying", "resume", NOTHING_PAUSED),
        ("applying", "snooze", NOT_DUE),
        ("applying", "skip", PACK_ON),
        ("applying", "silence", NOTHING_RINGS),
        ("applying", "switch ice", "ice already"),
        ("applying", "end", PACK_ON),
        ("applying", "quit", PACK_ON),
        ("paused", "start", "backtimer resume"),
        ("paused", "pause", "backtimer resume"),
        ("paused", "silence", NOTHING_RINGS),
        ("paused", "snooze", NOT_DUE),
        ("paused", "skip", "backtimer off"),
        ("remove", "start", PACK_ON),
        ("remove", "pause", "backtimer off"),
        ("remove", "resume", NOTHING_PAUSED),
        ("remove", "snooze", NOT_DUE),
        ("remove", "skip", PACK_ON),
        ("remove", "end", PACK_ON),
        ("remove", "quit", PACK_ON),
        ("resting", "start", "Possible from 08:50"),
        ("resting", "off", NO_PACK),
        ("resting", "pause", NO_PACK_TO_PAUSE),
        ("resting", "resume", NOTHING_PAUSED),
        ("resting", "snooze", NOT_DUE),
        ("resting", "silence", NOTHING_RINGS),
        ("due", "off", NO_PACK),
        ("due", "pause", NO_PACK_TO_PAUSE),
        ("due", "resume", NOTHING_PAUSED),
        ("due", "silence", NOTHING_RINGS),
        ("quiet", "off", NO_PACK),
        ("quiet", "snooze", NOT_DUE),
        ("quiet", "skip", "no session to skip"),
        ("quiet", "silence", NOTHING_RINGS),
    ],
)
def test_what_makes_no_sense_now_is_refused_in_one_sentence(
    program: Program, phase: str, command: str, sentence: str
) -> None:
    bring_to(program, phase)
    assert_says(program.refusal(command), sentence)
    assert program.phase == phase


@pytest.mark.parametrize(
    ("phase", "possible"),
    [
        ("idle", "start"),
        ("applying", "off pause"),
        ("paused", "resume off end quit"),
        ("remove", "off silence"),
        ("resting", "skip end quit"),
        ("due", "start snooze skip end quit"),
        ("quiet", "start end quit"),
    ],
)
def test_what_makes_sense_now_is_done(phase: str, possible: str) -> None:
    for command in possible.split():
        program = Program()
        bring_to(program, phase)
        program.told(command)


def bring_to(program: Program, phase: str) -> None:
    """Have `program` in `phase` by commands and time alone."""
    if phase == "quiet":
        program.told("config quiet_from 09:00")
        program.told("config quiet_to 12:00")
    match phase:
        case "applying":
            applying(program)
        case "paused":
            applying(program).told("pause")
        case "remove":
            applying(program, 20)
        case "resting":
            resting(program)
        case "due" | "quiet":
            resting(program, 90)
        case _:
            assert phase == "idle"
    assert program.phase == phase


# --- bad input ---


@pytest.mark.parametrize("command", ["off --at", "onset", "start --onset"])
@pytest.mark.parametrize(
    "when",
    [
        "yesterday", "25:00", "8:60", "18", "2026-13-01", "2026-02-30T10:00", "ago", "2x ago",
        "-5", "1e9", "99999d ago", "0000-01-01T00:00", "🧊", "\0", "now()", "x" * 10_000,
    ],
)  # fmt: skip
def test_a_time_that_is_none_says_how_to_write_one(
    program: Program, command: str, when: str
) -> None:
    if not command.startswith("start"):
        applying(program, 5)
    told = program.refusal(*command.split(), when, status=2)
    assert_says(told, f"{quoted(when)} is not a time", "18:40", "2026-11-20T18:40", "2d ago")
    assert len(told) < 200


@pytest.mark.parametrize("when", ["2026-06-01T08:01", "2030-01-01", "9999-12-31T23:59"])
@pytest.mark.parametrize("command", ["onset", "start --onset"])
def test_an_onset_in_the_future_is_refused(program: Program, command: str, when: str) -> None:
    if command == "onset":
        applying(program)
    told = program.refusal(*command.split(), when)
    assert_says(told, "still to come", "2h ago")


@pytest.mark.parametrize("when", ["31d ago", "721h ago", "2026-04-30", "1970-01-01", "0001-01-01"])
@pytest.mark.parametrize("command", ["onset", "start --onset"])
def test_an_onset_more_than_30_days_ago_is_for_a_doctor(
    program: Program, command: str, when: str
) -> None:
    if command == "onset":
        applying(program)
    told = program.refusal(*command.split(), when)
    assert_says(told, "more than 30 days ago", "see a doctor")


def test_an_onset_30_days_ago_is_possible(program: Program) -> None:
    program.told("start --onset 30d ago")


def test_an_onset_after_the_first_session_is_refused(program: Program) -> None:
    resting(program, 60)
    told = program.refusal("onset", "10m ago")
    assert_says(told, "after your first session")


@pytest.mark.parametrize("nrs", ["-1", "11", "99999999999999999999"])
def test_pain_is_a_number_from_0_to_10(program: Program, nrs: str) -> None:
    told = program.refusal("pain", nrs)
    assert_says(told, "from 0 (none) to 10 (worst)")


@pytest.mark.parametrize("nrs", ["", "bad", "4.5", "1e1", "🧊", "9" * 5000, "\0"])
def test_pain_that_is_no_number_says_so(program: Program, nrs: str) -> None:
    assert_says(program.refusal("pain", nrs, status=2), f"{quoted(nrs)} is not a whole number")


def test_a_note_of_more_than_10_000_letters_is_refused(program: Program) -> None:
    told = program.refusal("pain", "4", "--note", "x" * 10_001)
    assert_says(told, "too long", "10000")


@pytest.mark.parametrize("text", ["a\udcff", "\ud83d"])
def test_bytes_that_are_no_text_are_not_taken(program: Program, text: str) -> None:
    for words in (["pain", "4", "--note"], ["protocol", "--copy"], ["config", "phone_urls"]):
        assert_says(program.refusal(*words, text, status=2), "UTF-8")


@pytest.mark.parametrize("minutes", ["4", "61", "0", "-10", "99999999999"])
def test_snooze_is_5_to_60_minutes(program: Program, minutes: str) -> None:
    resting(program, 90)
    told = program.refusal("snooze", minutes)
    assert_says(told, "5–60 min")


def test_snooze_for_a_word_is_no_number(program: Program) -> None:
    resting(program, 90)
    assert_says(program.refusal("snooze soon", status=2), "“soon” is not a whole number")


@pytest.mark.parametrize("command", ["off", "pain 3", "skip", "end"])
def test_with_a_full_disk_a_command_counts_and_is_told_not_to_be_saved(
    program: Program, command: str
) -> None:
    if command == "off":
        applying(program)
    else:
        resting(program)
    program.store.failure = "The disk is full: backtimer.db could not be written."
    reply = program.ask(command)
    assert reply["status"] == 4
    assert reply["out"]
    assert reply["err"] == (
        "The disk is full: backtimer.db could not be written. "
        "Until then the timer goes on, and keeps what is not saved."
    )
    assert program.status()["saved"] is False
    assert reply["err"] in program.told("status")
    program.store.failure = ""
    assert program.status()["saved"] is True
    program.told("pain 2")


def test_after_a_restart_of_the_machine_the_question_can_be_answered(program: Program) -> None:
    applying(program)
    assert program.status()["unsure"] is False
    program.refusal("still-on")
    program.clock.reboot()
    again = Program(clock=program.clock, store=program.store)
    assert again.status()["unsure"] is True
    again.told("still-on")
    assert again.status()["unsure"] is False
    again.refusal("unknown")


def test_what_nobody_knows_is_recorded_as_such(program: Program) -> None:
    applying(program)
    program.clock.reboot(minutes=600)
    again = Program(clock=program.clock, store=program.store)
    assert again.phase == "remove"
    assert again.told("unknown").startswith("Resting until")


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"command": "dance", "words": {}},
        {"command": "status"},
        {"command": "status", "words": []},
        {"command": "export", "words": {"file": "x.csv"}},
        {"command": None, "words": {}},
        {"words": {}},
        {"command": ["status"], "words": {}},
    ],
)
def test_what_is_no_request_is_answered_too(program: Program, request_: dict[str, object]) -> None:
    reply = answer(program.desk, request_)
    assert reply["status"] == 2
    assert_says(str(reply["err"]), "not a request")


# --- showing and closing ---


def test_show_brings_it_to_the_front(program: Program) -> None:
    assert answer(program.desk, {"command": "show", "words": {}})["status"] == 0
    assert program.calls == ["show"]


def test_quit_closes_and_says_what_that_means(program: Program) -> None:
    told = program.told("quit")
    assert told == "Backtimer is closed. Nothing reminds you until you start it again."
    assert program.calls == ["close"]


def test_a_refused_quit_closes_nothing(program: Program) -> None:
    applying(program).refusal("quit")
    assert program.calls == []


def test_status_json_is_one_line(program: Program) -> None:
    assert "\n" not in program.told("status --json")
    json.loads(program.told("status --json"))
