"""An exercise is said aloud, for who lies on the floor and does not see the screen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from backtimer.domain.exercises import EXERCISES, steps
from backtimer.ui.pages.guide import GuidePage
from backtimer.ui.paging import GUIDE, PLAN
from tests.fakes import HandSpeaker
from tests.ui.conftest import Screen


@pytest.fixture
def speaker() -> HandSpeaker:
    return HandSpeaker()


@pytest.fixture
def page(screen: Screen, speaker: HandSpeaker) -> GuidePage:
    """The guide as it is gone to in the window."""
    screen.front.give_voice(speaker)
    screen.front._parts.go_to(GUIDE)
    (made,) = screen.window.findChildren(GuidePage)
    return made


def go_on(screen: Screen, page: GuidePage, seconds: float) -> None:
    screen.clock.pass_real_s(seconds)
    page.exercise._look()


def test_each_step_is_said_once_up_to_the_end(
    screen: Screen, page: GuidePage, speaker: HandSpeaker
) -> None:
    page.moving.asked.emit("knee-to-chest", False)
    for step in steps(EXERCISES["knee-to-chest"], full=False):
        go_on(screen, page, step.seconds / 2)
        go_on(screen, page, step.seconds / 2)
    assert speaker.said[:4] == [
        "Knee to chest. One side: get into position.",
        "Hold. 1 of 5.",
        "Let go.",
        "Hold. 2 of 5.",
    ]
    assert speaker.said.count("Now the other side.") == 1
    assert speaker.said.count("Hold. 5, the last one.") == 2
    assert len(speaker.said) == len(steps(EXERCISES["knee-to-chest"], full=False)) + 1
    # It is not cut off: the page is still there.
    assert speaker.now == "Done. Well done."
    page.exercise.stop.click()
    assert speaker.now == ""


def test_a_walk_is_said_and_when_to_turn_back(
    screen: Screen, page: GuidePage, speaker: HandSpeaker
) -> None:
    page.moving.walk.emit()
    for _ in range(12):
        go_on(screen, page, 10)
    assert speaker.said == [
        "Walk, slow and upright.",
        "One minute is over. Turn back.",
        "Done. Well done.",
    ]


def test_the_same_exercise_again_is_said_from_the_beginning(
    page: GuidePage, speaker: HandSpeaker
) -> None:
    for _ in range(2):
        page.moving.asked.emit("both-knees", True)
        page.exercise.stop.click()
    assert speaker.said == ["Both knees to chest. Get into position."] * 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_who_stops_hears_nothing_more(
    screen: Screen, page: GuidePage, speaker: HandSpeaker, key: Qt.Key
) -> None:
    page.moving.asked.emit("flatten-back", False)
    QTest.keyClick(page.exercise, key)
    assert speaker.now == ""
    go_on(screen, page, 8)
    assert len(speaker.said) == 1


def test_who_leaves_the_page_hears_nothing_more(
    screen: Screen, page: GuidePage, speaker: HandSpeaker
) -> None:
    page.moving.asked.emit("flatten-back", False)
    assert speaker.now
    screen.front._parts.go_to(PLAN)
    assert speaker.now == ""
    go_on(screen, page, 8)
    assert len(speaker.said) == 1


def test_who_leaves_once_it_is_done_hears_nothing_more_either(
    screen: Screen, page: GuidePage, speaker: HandSpeaker
) -> None:
    page.moving.walk.emit()
    go_on(screen, page, 120)
    assert speaker.now == "Done. Well done."
    screen.front._parts.go_to(PLAN)
    assert speaker.now == ""


def test_a_page_that_was_there_before_the_voice_speaks_too(
    screen: Screen, speaker: HandSpeaker
) -> None:
    screen.front._parts.go_to(GUIDE)
    (page,) = screen.window.findChildren(GuidePage)
    page.moving.walk.emit()
    screen.front.give_voice(speaker)
    page.exercise.stop.click()
    page.moving.walk.emit()
    assert speaker.said == ["Walk, slow and upright."]
