"""What is known of the ways to the person, and what follows from it."""

import pytest

from backtimer.domain.reach import (
    Finding,
    Way,
    broken,
    caution,
    lost,
    not_wanted,
    reaches_beyond_window,
    unknown,
    works,
)


@pytest.mark.parametrize(
    ("finding", "reaches"),
    [
        (works(Way.NOTIFICATION), True),
        (works(Way.SOUND), True),
        (works(Way.VOICE), True),
        (works(Way.PHONE), True),
        (works(Way.WINDOW), False),
        (works(Way.TRAY), False),
        (works(Way.BUTTONS), False),
        (works(Way.SLEEP_INHIBITOR), False),
        (unknown(Way.SOUND, "Who knows."), False),
        (broken(Way.SOUND, "It is muted."), False),
    ],
)
def test_what_reaches_somebody_who_does_not_look_at_the_window(
    finding: Finding, reaches: bool
) -> None:
    assert reaches_beyond_window([finding]) is reaches
    assert bool(caution([finding])) is not reaches


def test_nobody_is_warned_before_anything_is_known() -> None:
    assert caution([]) == ""


def test_what_the_person_does_not_want_is_not_lost() -> None:
    gone = broken(Way.SOUND, "It is gone.")
    before = [works(Way.SOUND), works(Way.VOICE), unknown(Way.PHONE, "Who knows.")]
    off = not_wanted(Way.VOICE, "It is switched off.", "Switch it on.")
    after = [gone, off, broken(Way.PHONE, "It is gone."), broken(Way.TRAY, "There is none.")]
    assert lost(before, after) == (gone,)
