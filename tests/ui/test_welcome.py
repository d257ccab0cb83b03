"""What a welcome would say: small cards beside the first clock, to be closed and found again."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backtimer.domain import commands as cmd
from backtimer.domain.events import CardAnswer
from backtimer.domain.reach import Way, broken, works
from backtimer.ui.dialogs.when_dialog import WhenDialog
from backtimer.ui.notices.welcome_cards import HEARD, ONSET, SIGNS_CARD, WHAT
from backtimer.ui.pages.guide import GuidePage
from backtimer.ui.pages.start_card import StartCardPage
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.welcome_card import WelcomeCard
from backtimer.ui.widgets.welcome_column import WelcomeColumn
from tests.event_examples import ended, opened
from tests.ui.conftest import Screen
from tests.ui.hearing_kit import Ears, HandPairing

ALL = [WHAT, SIGNS_CARD, ONSET, HEARD]


def column(screen: Screen) -> WelcomeColumn:
    return screen.window.now_page.welcome


def shown(screen: Screen) -> list[str]:
    return list(column(screen).cards) if column(screen).isVisible() else []


def card(screen: Screen, key: str) -> WelcomeCard:
    return column(screen).cards[key]


def page_of(screen: Screen) -> str:
    return screen.window.pages.rail.current()


def place(screen: Screen, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(screen.window, QPoint(0, 0)), widget.size())


def sized(screen: Screen, qtbot: QtBot, width: int, height: int) -> None:
    screen.window.resize(width, height)
    qtbot.waitUntil(lambda: (screen.window.width(), screen.window.height()) == (width, height))
    QApplication.processEvents()


# --- when ---


def test_it_waits_beside_the_first_clock_and_takes_no_keyboard(screen: Screen) -> None:
    assert shown(screen) == []
    screen.window.idle_page.main.click()
    start_card = screen.window.pages.card
    assert isinstance(start_card, StartCardPage)
    assert shown(screen) == [], "nothing stands before the first clock"
    start_card._main.click()
    assert shown(screen) == ALL
    assert screen.window.focusWidget() is screen.window.now_page.main
    assert not screen.window.banner.isVisible()


def test_it_stays_in_a_pause_and_goes_with_the_first_clock(screen: Screen) -> None:
    screen.start()
    screen.care.do(cmd.Pause())
    assert shown(screen) == ALL
    screen.care.do(cmd.Resume())
    screen.wait(20)
    assert shown(screen) == []
    screen.care.do(cmd.Off())
    screen.wait(95)
    screen.care.do(cmd.Start())
    assert shown(screen) == []


def test_a_record_with_an_earlier_episode_has_no_welcome(screen: Screen) -> None:
    screen.store.events += [opened(), ended(30)]
    screen.start()
    assert shown(screen) == []


def test_the_next_episode_has_none_either(screen: Screen) -> None:
    screen.start()
    screen.care.do(cmd.Off())
    screen.care.do(cmd.End())
    screen.wait(1)
    screen.start()
    assert shown(screen) == []


def test_what_was_closed_is_gone(screen: Screen) -> None:
    screen.start()
    card(screen, SIGNS_CARD).close_button.click()
    assert shown(screen) == [WHAT, ONSET, HEARD]
    screen.wait(1)
    assert shown(screen) == [WHAT, ONSET, HEARD]
    for key in (WHAT, ONSET, HEARD):
        card(screen, key).close_button.click()
    assert shown(screen) == []


# --- what its buttons do ---


def test_what_this_is_leads_to_the_guide_where_all_of_it_can_be_found_again(
    screen: Screen,
) -> None:
    screen.start()
    card(screen, WHAT).action.click()
    assert page_of(screen) == "guide"
    guide = screen.window.pages.page("guide")
    assert isinstance(guide, GuidePage)
    assert guide.shown == "about"
    said = [each.text() for each in guide._articles["about"].findChildren(QLabel)]
    assert {"What it is not", "When it began", "Will you hear it?"} <= set(said)
    signs = guide._articles["about"].findChildren(PillButton)
    assert [each.text() for each in signs] == ["Warning signs"]


def test_the_warning_signs_and_the_page_about_hearing_are_one_press_away(screen: Screen) -> None:
    screen.start()
    card(screen, SIGNS_CARD).action.click()
    assert page_of(screen) == "signs"
    card(screen, HEARD).action.click()
    assert page_of(screen) == "hearing"
    assert len(column(screen).cards) == 4, "they stay until they are closed"


def test_when_it_began_is_told_asked_and_told_anew(screen: Screen) -> None:
    screen.start()
    assert "I count from Mon 08:00." in card(screen, ONSET).accessibleName()
    card(screen, ONSET).action.click()
    dialog = screen.window.findChild(WhenDialog)
    assert isinstance(dialog, WhenDialog)
    dialog.reject()
    screen.care.do(cmd.ChangeOnset(onset=screen.clock.now().after(-3600)))
    assert "I count from Mon 07:00." in card(screen, ONSET).accessibleName()


def test_how_the_person_is_reached_is_told_once_it_is_known(screen: Screen) -> None:
    screen.start()
    assert "Try whether you notice" in card(screen, HEARD).accessibleName()
    ears = Ears(screen, Way.NOTIFICATION, Way.SOUND, Way.TRAY)
    screen.front.meet(ears.hearing, HandPairing())
    ears.find(works(Way.NOTIFICATION), works(Way.SOUND), works(Way.TRAY))
    assert "I reach you by notifications and sound." in card(screen, HEARD).accessibleName()
    ears.find(works(Way.NOTIFICATION), broken(Way.SOUND, "Mute."), works(Way.TRAY))
    assert "I reach you by notifications." in card(screen, HEARD).accessibleName()
    ears.hearing.close()


# --- keyboard and screen reader ---


def test_every_card_can_be_reached_and_closed_by_keyboard(screen: Screen) -> None:
    screen.start()
    reached: list[QWidget | None] = []
    screen.window.now_page.main.setFocus()
    for _ in range(16):
        QTest.keyClick(screen.window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(screen.window.focusWidget())
    wanted = [part for each in column(screen).cards.values() for part in each.parts]
    begin = reached.index(wanted[0])
    assert reached[begin : begin + len(wanted)] == wanted
    assert card(screen, WHAT).close_button.accessibleName() == "Close “What this is”"


def test_closing_by_keyboard_goes_on_to_the_next_card_and_never_to_the_timer(
    screen: Screen,
) -> None:
    screen.start()
    card(screen, SIGNS_CARD).close_button.setFocus()
    for key in (ONSET, HEARD, WHAT):
        QTest.keyClick(screen.window.focusWidget(), Qt.Key.Key_Space)
        assert screen.window.focusWidget() is card(screen, key).close_button
    QTest.keyClick(screen.window.focusWidget(), Qt.Key.Key_Space)
    assert shown(screen) == []
    assert screen.window.focusWidget() is screen.window.now_page
    assert screen.care.episode.pack is not None


def test_cards_that_go_leave_the_keyboard_where_it_was_used_elsewhere(screen: Screen) -> None:
    screen.start()
    more = screen.window.now_page._more
    more.setFocus()
    card(screen, WHAT).close_button.click()
    assert screen.window.focusWidget() is more


def test_after_a_click_on_a_card_the_space_bar_is_the_timers_still(screen: Screen) -> None:
    screen.start()
    QTest.mouseClick(card(screen, WHAT).close_button, Qt.MouseButton.LeftButton)
    assert shown(screen) == [SIGNS_CARD, ONSET, HEARD]
    QTest.keyClick(screen.window.focusWidget(), Qt.Key.Key_Space)
    assert screen.care.episode.pack is None


# --- room ---


@pytest.mark.parametrize("size", [(420, 480), (640, 480), (900, 640), (1280, 800)])
def test_the_clock_and_its_buttons_stay_in_sight(
    screen: Screen, qtbot: QtBot, size: tuple[int, int]
) -> None:
    screen.start()
    sized(screen, qtbot, *size)
    page = screen.window.now_page
    window = screen.window.rect()
    assert column(screen).isVisible()
    for each in (page.main, page._more, *page._stop.parts):
        assert window.contains(place(screen, each)), each
    dial = place(screen, page._dial)
    assert window.contains(dial.center())
    assert window.contains(dial.topLeft())


@pytest.mark.parametrize(
    ("size", "is_beside", "in_a_row"),
    [((700, 900), False, 2), ((420, 640), False, 1), ((960, 640), True, 1), ((1900, 900), True, 2)],
)
def test_they_stand_beside_the_clock_where_there_is_room_and_else_below_it(
    screen: Screen, qtbot: QtBot, size: tuple[int, int], is_beside: bool, in_a_row: int
) -> None:
    screen.start()
    sized(screen, qtbot, *size)
    dial = place(screen, screen.window.now_page._dial_card)
    first, second = (place(screen, card(screen, key)) for key in (WHAT, SIGNS_CARD))
    assert (first.left() > dial.right()) is is_beside
    assert (first.top() > dial.bottom()) is not is_beside
    assert (first.top() == second.top()) is (in_a_row == 2)


def test_the_hint_about_the_skin_stands_above_them_and_goes_back_afterwards(
    screen: Screen, qtbot: QtBot
) -> None:
    page = screen.window.now_page
    screen.start()
    sized(screen, qtbot, 960, 640)
    assert place(screen, page._tip).bottom() < place(screen, card(screen, WHAT)).top()
    for key in ALL:
        card(screen, key).close_button.click()
    QApplication.processEvents()
    assert place(screen, page._tip).top() > place(screen, page._pain).top()


def test_what_is_pressing_keeps_its_place_across_the_page(screen: Screen) -> None:
    screen.front.on_caution("The machine may fall asleep.")
    screen.care.do(cmd.Start(card=CardAnswer.NONE_OF_THESE))
    assert screen.window.banner.accessibleName() == "The machine may fall asleep."
    assert shown(screen) == ALL
