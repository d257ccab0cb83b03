"""Warning signs: in reach from every page, advice at once, every tick in the diary."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.events import Topic
from backtimer.domain.signs import CALL_EMERGENCY, CALL_TODAY, IF_NOT_BETTER, NO_VERDICT, SIGNS
from backtimer.ui.pages.signs import SignsPage
from backtimer.ui.widgets.nav_rail import RailShape
from backtimer.ui.widgets.scroll import ScrollPage
from tests.ui.conftest import Screen


@pytest.fixture
def page(screen: Screen) -> Iterator[SignsPage]:
    made = SignsPage(screen.front._theme, actions=screen.front._actions)
    made.resize(960, 640)
    made.show()
    yield made
    made.close()


def texts(page: SignsPage) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]


def advised(page: SignsPage) -> str:
    return page._advice._first.text() if page._advice.isVisible() else ""


def logged(screen: Screen) -> list[str]:
    events = screen.store.events
    return [
        each.text for each in events if isinstance(each, ev.Logged) and each.topic is Topic.SIGN
    ]


def test_it_is_in_reach_of_one_press_from_the_rail_and_from_the_bar(screen: Screen) -> None:
    rail = screen.window.pages.rail
    foot = rail._foot
    assert foot
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    for width in (960, 420):
        screen.window.resize(width, 640)
        assert foot.isVisible()
        assert foot.accessibleName() == "Warning signs"
        QTest.mouseClick(foot, Qt.MouseButton.LeftButton)
    assert rail.shape() is RailShape.BAR
    assert chosen == ["signs", "signs"]


def test_the_emergency_comes_first_and_all_signs_are_there(page: SignsPage) -> None:
    shown = texts(page)
    assert shown.index(CALL_EMERGENCY) < shown.index(CALL_TODAY) < shown.index(IF_NOT_BETTER)
    for sign in SIGNS.values():
        assert sign.words in shown


def test_that_it_is_no_verdict_stands_outside_of_what_scrolls(page: SignsPage) -> None:
    label = next(each for each in page.findChildren(QLabel) if each.text() == NO_VERDICT)
    assert label.parent() is page
    page._rows["fever"].box.click()
    assert NO_VERDICT in texts(page)


def test_the_list_goes_under_a_line_once_it_is_scrolled(page: SignsPage) -> None:
    page.resize(640, 400)
    QApplication.processEvents()
    area = page.findChild(ScrollPage)
    assert area is not None
    assert not page._edge.isVisible()
    area.verticalScrollBar().setValue(10)
    assert page._edge.isVisible()
    area.verticalScrollBar().setValue(0)
    assert not page._edge.isVisible()


def test_a_tick_shows_its_advice_at_once_and_is_written_down(
    screen: Screen, page: SignsPage
) -> None:
    assert advised(page) == ""
    page._rows["fever"].box.click()
    assert advised(page) == CALL_TODAY
    page._rows["saddle"].box.click()
    assert advised(page) == CALL_EMERGENCY, "the more urgent one"
    assert logged(screen) == ["fever", "saddle"]


def test_unticking_clears_the_screen_and_withdraws_nothing(screen: Screen, page: SignsPage) -> None:
    page._rows["saddle"].box.click()
    page._rows["saddle"].box.click()
    assert advised(page) == ""
    assert page.ticked() == []
    assert logged(screen) == ["saddle"]
    assert not any(isinstance(each, ev.EntryWithdrawn) for each in screen.store.events)


def test_on_another_day_the_list_begins_afresh_and_the_diary_keeps_what_was(
    screen: Screen, page: SignsPage
) -> None:
    page._rows["fever"].box.click()
    page.hide()
    page.show()
    assert page.ticked() == ["fever"]
    page.hide()
    screen.wait(1440)
    page.show()
    assert page.ticked() == []
    assert advised(page) == ""
    assert logged(screen) == ["fever"]


def test_the_words_are_as_good_to_press_as_the_box(page: SignsPage) -> None:
    row = page._rows["chest"]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().center())
    assert page.ticked() == ["chest"]
    page._rows["lump"].set_ticked(True)
    assert page.ticked() == ["chest", "lump"]


def test_space_ticks_what_has_the_keyboard(page: SignsPage) -> None:
    box = page._rows["legs"].box
    box.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert page.ticked() == ["legs"]
    assert not page.grab().isNull()


def test_it_works_with_an_episode_and_without(screen: Screen, page: SignsPage) -> None:
    page._rows["chest"].box.click()
    screen.start()
    page._rows["belly"].box.click()
    assert logged(screen) == ["chest", "belly"]


@pytest.mark.parametrize(("width", "columns"), [(960, 2), (500, 1)])
def test_signs_stand_in_two_columns_where_there_is_room(
    page: SignsPage, width: int, columns: int
) -> None:
    page.resize(width, 640)
    QApplication.processEvents()
    lefts = {page._rows[key].x() for key in ("saddle", "belly")}
    assert len(lefts) == columns


def said(screen: Screen) -> str:
    banner = screen.window.banner
    return banner.accessibleName() if banner.isVisible() else ""


def test_it_is_offered_again_after_a_new_symptom_until_it_was_looked_at(screen: Screen) -> None:
    asked: list[bool] = []
    screen.front._actions.signs_asked.connect(lambda: asked.append(True))
    screen.start()
    screen.care.do(cmd.Log(topic=Topic.SYMPTOM, text="tingling in a foot"))
    assert "Look through the warning signs again?" in said(screen)
    screen.window.banner._action.click()
    assert asked
    page = SignsPage(screen.front._theme, actions=screen.front._actions)
    page.show()
    assert said(screen) == ""
    page.close()


def test_closed_it_stays_closed_until_the_next_symptom(screen: Screen) -> None:
    screen.start()
    screen.care.do(cmd.Log(topic=Topic.SYMPTOM, text="tingling in a foot"))
    screen.window.banner._close.click()
    screen.wait(1)
    assert said(screen) == ""
