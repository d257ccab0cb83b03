"""What is asked and said across the page as days go by, and what the answers lead to."""

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.events import Topic
from backtimer.domain.protocol import Modality
from backtimer.domain.view import Action
from tests.ui.conftest import Screen

DAY_MIN = 1440


def said(screen: Screen) -> str:
    banner = screen.window.banner
    return banner.accessibleName() if banner.isVisible() else ""


def answers(screen: Screen) -> list[str]:
    banner = screen.window.banner
    return [each.text() for each in (banner._action, banner._other) if each.isVisible()]


def logged(screen: Screen, topic: Topic) -> list[tuple[str, int | None]]:
    events = screen.store.events
    return [
        (each.text, each.number)
        for each in events
        if isinstance(each, ev.Logged) and each.topic is topic
    ]


def rest(screen: Screen, *, minutes: float = 0) -> None:
    screen.start()
    screen.wait(20)
    screen.care.do(cmd.Off())
    screen.wait(minutes)


@pytest.fixture
def day_3(screen: Screen) -> Screen:
    rest(screen, minutes=3 * DAY_MIN)
    return screen


def test_on_day_3_it_is_asked_and_better_is_written_down(day_3: Screen) -> None:
    assert said(day_3) == "Day 3: is it better?"
    assert answers(day_3) == ["Better", "The same or worse"]
    day_3.window.banner._action.click()
    assert logged(day_3, Topic.CHECK_IN) == [("better", 3)]
    assert said(day_3) == ""


def test_the_same_or_worse_shows_its_advice_and_leads_to_the_warning_signs(day_3: Screen) -> None:
    asked: list[bool] = []
    day_3.front._actions.signs_asked.connect(lambda: asked.append(True))
    day_3.window.banner._other.click()
    assert logged(day_3, Topic.CHECK_IN) == [("same", 3)]
    assert "ask a doctor or a pharmacist" in said(day_3)
    assert answers(day_3) == ["Warning signs"]
    day_3.wait(1)
    assert "ask a doctor" in said(day_3), "until it is closed"
    day_3.window.banner._action.click()
    assert asked


def test_it_is_not_asked_with_a_pack_on_and_again_after_it(day_3: Screen) -> None:
    day_3.care.do(cmd.Start(modality=Modality.ICE))
    assert said(day_3) == ""
    day_3.care.do(cmd.Off())
    assert said(day_3).startswith("Day 3")


def test_closed_it_stays_closed_also_after_another_rating(day_3: Screen) -> None:
    day_3.window.banner._close.click()
    day_3.care.do(cmd.RatePain(nrs=6))
    day_3.care.do(cmd.RatePain(nrs=5))
    assert said(day_3) == ""


def test_the_end_of_the_episode_takes_its_advice_back(day_3: Screen) -> None:
    day_3.window.banner._other.click()
    day_3.care.do(cmd.End())
    assert said(day_3) == ""


def two_heats(screen: Screen) -> None:
    rest(screen, minutes=72 * 60)
    screen.care.do(cmd.Log(topic=Topic.CHECK_IN, text="better", number=3))
    for _ in range(2):
        screen.care.do(cmd.Start(modality=Modality.HEAT, card=ev.CardAnswer.NONE_OF_THESE))
        screen.wait(15)
        screen.care.do(cmd.Off())
        screen.wait(120)


def test_heat_that_does_not_help_leads_back_to_ice(screen: Screen) -> None:
    two_heats(screen)
    assert said(screen) == "Is heat helping?"
    assert answers(screen) == ["Yes", "No"]
    screen.window.banner._other.click()
    assert logged(screen, Topic.HEAT_HELPS) == [("no", None)]
    assert answers(screen) == ["Back to ice"]
    screen.window.banner._action.click()
    assert screen.care.view.offered is Modality.ICE
    assert said(screen) == ""


def test_heat_that_helps_goes_on(screen: Screen) -> None:
    two_heats(screen)
    screen.window.banner._action.click()
    assert logged(screen, Topic.HEAT_HELPS) == [("yes", None)]
    assert said(screen) == ""
    assert screen.care.view.offered is Modality.HEAT


def test_back_to_ice_twice_changes_it_once(screen: Screen) -> None:
    two_heats(screen)
    screen.window.banner._other.click()
    screen.front._actions.perform(Action.SWITCH)
    screen.window.banner._action.click()
    assert screen.care.view.offered is Modality.ICE


def test_a_relaxant_is_asked_about_in_a_rest_on_day_14(screen: Screen) -> None:
    rest(screen)
    screen.care.do(cmd.Log(topic=Topic.RELAXANT, text="at night"))
    for day in (3, 7, 14):
        screen.care.do(cmd.Log(topic=Topic.CHECK_IN, text="better", number=day))
    screen.wait(14 * DAY_MIN)
    assert "ask who prescribed it" in said(screen)
    screen.window.banner._close.click()
    screen.wait(60)
    assert said(screen) == ""
    screen.wait(7 * DAY_MIN)
    assert said(screen).startswith("Day 21 of the muscle relaxant")


def test_the_third_episode_in_one_place_is_told_and_the_record_is_read_once(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    in_parts = screen.store.in_parts

    def counted() -> Iterator[tuple[ev.Event, ...]]:
        yield from in_parts()
        looks.append(1)  # through all of it

    for number in range(3):
        if number == 2:
            monkeypatch.setattr(screen.store, "in_parts", counted)
        rest(screen, minutes=60)
        screen.care.do(cmd.Log(topic=Topic.ZONE, text="lower-left"))
        screen.wait(1)
        if number < 2:
            assert said(screen) == ""
            screen.care.do(cmd.End())
            screen.wait(DAY_MIN)
    assert said(screen).startswith("Spasm number 3 in one place: lower back, left.")
    assert len(looks) == 1


def test_of_a_long_record_the_place_is_told_once_it_was_read(screen: Screen, qtbot: QtBot) -> None:
    then = screen.clock.now().after(-400 * DAY_MIN * 60)
    for number in range(2):
        begin = then.after(number * DAY_MIN * 60)
        zone = ev.Logged(at=begin, topic=Topic.ZONE, text="lower-left")
        ratings = [ev.PainRated(at=begin.after(n + 1), nrs=5) for n in range(300)]
        screen.store.events += [zone, *ratings, ev.EpisodeEnded(at=begin.after(400))]
    rest(screen, minutes=60)
    screen.care.do(cmd.Log(topic=Topic.ZONE, text="lower-left"))
    assert said(screen) == ""
    qtbot.waitUntil(lambda: said(screen).startswith("Spasm number 3 in one place"))


def test_a_medicine_that_does_not_help_is_told(screen: Screen) -> None:
    rest(screen)
    screen.care.do(cmd.RatePain(nrs=6))
    screen.care.do(cmd.Log(topic=Topic.MEDICINE, text="the white one"))
    screen.wait(3 * DAY_MIN)
    screen.care.do(cmd.RatePain(nrs=6))
    screen.care.do(cmd.Log(topic=Topic.CHECK_IN, text="better", number=3))
    assert said(screen).startswith("You take a medicine, and pain is no better.")


def test_drowsy_each_session_asks_whether_one_stays_awake(screen: Screen) -> None:
    rest(screen, minutes=90)
    screen.care.do(cmd.Log(topic=Topic.DROWSY, text="the evening one"))
    assert said(screen) == ""
    screen.care.do(cmd.Start())
    assert "Will you stay awake?" in said(screen)
    screen.window.banner._action.click()
    screen.wait(1)
    assert said(screen) == ""
    screen.care.do(cmd.Off())
    screen.wait(90)
    screen.care.do(cmd.Start())
    assert "Will you stay awake?" in said(screen)
    screen.window.banner._other.click()
    assert screen.care.episode.pack is None


def test_a_cream_of_today_is_told_before_each_heat_and_the_fifth_of_a_day_always(
    screen: Screen,
) -> None:
    two_heats(screen)
    screen.care.do(cmd.Log(topic=Topic.HEAT_HELPS, text="yes"))
    screen.care.do(cmd.Log(topic=Topic.CREAM))
    screen.wait(30)
    assert "No heat over any cream" in said(screen)
    screen.care.do(cmd.Switch(modality=Modality.ICE))
    screen.wait(1)
    for _ in range(4):
        screen.care.do(cmd.Log(topic=Topic.CREAM))
        screen.wait(1)
    assert said(screen).startswith("Cream, 5 times today.")


def test_two_answers_stand_below_the_words_where_there_is_no_room_beside(day_3: Screen) -> None:
    def tops(size: Sequence[int]) -> tuple[int, int]:
        day_3.window.resize(*size)
        QApplication.processEvents()
        banner = day_3.window.banner
        return banner._label.geometry().bottom(), banner._buttons.geometry().top()

    words, buttons = tops((960, 640))
    assert buttons < words
    words, buttons = tops((420, 640))
    assert buttons > words
