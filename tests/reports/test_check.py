"""What `backtimer check` tells, for people and for scripts."""

from backtimer.domain.reach import Way, broken, not_wanted, unknown, works
from backtimer.reports import check

FOUND = (
    works(Way.NOTIFICATION),
    broken(Way.SOUND, "The computer’s sound is muted.", "Unmute it."),
    not_wanted(Way.VOICE, "It is switched off.", "Switch it on."),
    unknown(Way.PHONE, "It did not answer in time."),
)


def test_a_script_is_told_name_state_why_and_fix() -> None:
    told = check.as_json(FOUND)["channels"]
    assert told[1] == {
        "name": "sound",
        "state": "broken",
        "why": "The computer’s sound is muted.",
        "fix": "Unmute it.",
    }
    assert [each["state"] for each in told] == ["works", "broken", "broken", "unknown"]


def test_a_person_is_told_the_same_in_lines() -> None:
    lines = check.as_text(FOUND).splitlines()
    assert lines[0] == "works    notification"
    assert lines[1] == "broken   sound            The computer’s sound is muted."
    assert lines[2].strip() == "Unmute it."
    assert lines[3].startswith("off      voice")
    assert lines[5].startswith("unknown  phone")


def test_a_person_whom_nothing_reaches_is_told_so() -> None:
    assert check.as_text(FOUND[1:]).splitlines()[-1].startswith("Nothing but this window")
