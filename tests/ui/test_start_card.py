"""The start card: one card, one click, and what the diary adds to it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.events import Topic
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality
from backtimer.ui.offers import main_button
from backtimer.ui.pages.start_card import StartCardPage
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.source_pills import SourcePills
from tests.ui.conftest import Screen


def card(screen: Screen) -> StartCardPage:
    page = screen.window.pages.card
    assert isinstance(page, StartCardPage)
    return page


def texts(page: StartCardPage) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel))


def ask_for_heat(screen: Screen) -> StartCardPage:
    screen.start()
    screen.wait(20)
    screen.care.do(cmd.Off())
    screen.wait(120)
    screen.care.do(cmd.Switch(modality=Modality.HEAT))
    screen.front._actions.start(None)
    return card(screen)


def sources(screen: Screen) -> list[str]:
    events = screen.store.events
    return [
        each.text
        for each in events
        if isinstance(each, ev.Logged) and each.topic is Topic.HEAT_SOURCE
    ]


def test_two_presses_lead_from_the_first_start_to_a_running_clock(screen: Screen) -> None:
    QTest.keyClick(screen.window, Qt.Key.Key_Space)
    assert card(screen)._main.text() == "None of these – start"
    assert card(screen)._main.hasFocus()
    QTest.keyClick(card(screen)._main, Qt.Key.Key_Space)
    assert screen.care.view.phase is Phase.APPLYING


def test_s2_spasm_now_stamps_the_onset_when_it_is_pressed_and_shows_it(screen: Screen) -> None:
    screen.window.idle_page.main.click()
    assert "It began Mon 08:00." in texts(card(screen))
    screen.wait(12)
    card(screen)._main.click()
    onset = screen.care.view.onset
    assert onset
    assert f"{onset.wall:%H:%M}" == "08:00"
    started = next(each for each in screen.store.events if isinstance(each, ev.SessionStarted))
    assert f"{started.at.wall:%H:%M}" == "08:12"


def test_s2_the_tray_offers_spasm_now_as_well(screen: Screen) -> None:
    assert main_button(screen.care.view).label == "Spasm now"
    screen.front._actions.perform(main_button(screen.care.view).action)
    assert "It began Mon 08:00." in texts(card(screen))


def test_the_cloth_line_and_never_asleep_are_on_it(screen: Screen) -> None:
    screen.window.idle_page.main.click()
    shown = texts(card(screen))
    assert "Keep a towel between" in shown
    assert "Never fall asleep" in shown


def test_ice_asks_for_no_source_and_logs_none(screen: Screen) -> None:
    screen.window.idle_page.main.click()
    assert card(screen).findChild(SourcePills) is None
    card(screen)._main.click()
    assert sources(screen) == []


def test_heat_has_a_source_at_hand_and_keeps_it(screen: Screen) -> None:
    page = ask_for_heat(screen)
    assert "It began" not in texts(page)
    page._main.click()
    assert sources(screen) == ["pack"]
    assert screen.care.view.phase is Phase.APPLYING


def test_an_electric_pad_is_on_top_never_under_you(screen: Screen) -> None:
    page = ask_for_heat(screen)
    pills = page.findChild(SourcePills)
    assert pills
    pills.choose("electric")
    assert "never under you" in texts(page)
    page._main.click()
    assert sources(screen) == ["electric"]


def test_a_press_chooses_the_source_and_a_clinician_may_agree(screen: Screen) -> None:
    page = ask_for_heat(screen)
    pills = page.findChild(SourcePills)
    assert pills
    QApplication.processEvents()
    QTest.mouseClick(pills._pills["shower"], Qt.MouseButton.LeftButton)
    ask, *_ = [each for each in page.findChildren(PillButton) if "ask a prof" in each.text()]
    ask.click()
    agreed, *_ = [each for each in page.findChildren(PillButton) if "clinician" in each.text()]
    agreed.click()
    assert sources(screen) == ["shower"]
    assert screen.care.view.phase is Phase.APPLYING


def test_with_a_pack_on_already_one_of_these_says_take_it_off(screen: Screen) -> None:
    screen.care.do(cmd.Start())
    card(screen)._show_advice()
    assert "Take it off now." in texts(card(screen))


def press(page: StartCardPage, words: str) -> None:
    next(each for each in page.findChildren(PillButton) if words in each.text()).click()


def test_one_of_these_leads_on_back_to_the_question_as_it_was_left(screen: Screen) -> None:
    page = ask_for_heat(screen)
    pills = page.findChild(SourcePills)
    assert pills
    pills.choose("shower")
    press(page, "ask a prof")
    assert not page._main.isVisible()
    assert page._close.hasFocus()
    press(page, "Back")
    assert page._main.isVisible()
    assert not page._close.isVisible()
    assert page._ask.hasFocus(), "where the person came from"
    press(page, "ask a prof")
    page.focus_main()
    assert page._close.hasFocus()
    press(page, "Back")
    page._main.click()
    assert sources(screen) == ["shower"]


def test_what_takes_the_place_of_the_question_is_read_from_its_top(screen: Screen) -> None:
    screen.window.idle_page.main.click()
    page = card(screen)
    screen.window.setMinimumSize(100, 100)
    screen.window.resize(420, 300)
    QApplication.processEvents()
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    press(page, "ask a prof")
    for _ in range(3):
        QApplication.processEvents()
    assert bar.maximum() > 0
    assert bar.value() == 0


def test_whoever_has_to_ask_first_is_told_what_works_without_a_session(screen: Screen) -> None:
    screen.window.idle_page.main.click()
    press(card(screen), "ask a prof")
    assert "you can still note your pain in the journal" in texts(card(screen))
    press(card(screen), "Warning signs")
    assert screen.window.pages.rail.current() == "signs"
    screen.window.pages.go_to("now")
    assert card(screen)._close.isVisible(), "it is still there on the way back"
    press(card(screen), "Close")
    assert screen.window.pages.currentWidget() is screen.window.idle_page
    assert screen.store.events == []


def test_the_arrow_keys_choose_the_source(screen: Screen) -> None:
    page = ask_for_heat(screen)
    pills = page.findChild(SourcePills)
    assert pills
    pack = pills._pills["pack"]
    pack.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(pack, Qt.Key.Key_Right)
    assert page.source == "electric"
    assert not page.grab().isNull()


def test_one_of_these_logs_no_source_and_starts_nothing(screen: Screen) -> None:
    page = ask_for_heat(screen)
    page._show_advice()
    QApplication.processEvents()
    page.resize(500, 500)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert sources(screen) == []
    assert screen.care.episode.pack is None


def test_a_cream_of_today_comes_first_on_the_card_of_heat(screen: Screen) -> None:
    screen.care.do(cmd.Log(topic=Topic.CREAM))
    page = ask_for_heat(screen)
    assert "You noted a cream today. No heat over any cream: wash it off first." in texts(page)


def test_a_cream_of_yesterday_is_not_told(screen: Screen) -> None:
    screen.care.do(cmd.Log(topic=Topic.CREAM))
    screen.wait(1440)
    assert "You noted a cream" not in texts(ask_for_heat(screen))


def test_drowsy_asks_whether_one_stays_awake_in_the_same_click(screen: Screen) -> None:
    screen.care.do(cmd.Log(topic=Topic.DROWSY, text="the evening one"))
    screen.window.idle_page.main.click()
    assert "Will you stay awake?" in texts(card(screen))
    assert card(screen)._main.text() == "None of these, I stay awake – start"
    card(screen)._main.click()
    assert screen.care.view.phase is Phase.APPLYING


def test_drowsy_asks_also_with_a_pack_that_is_on_already(screen: Screen) -> None:
    screen.care.do(cmd.Log(topic=Topic.DROWSY, text="the evening one"))
    screen.care.do(cmd.Start())
    assert card(screen)._main.text() == "None of these, and I stay awake"


def test_heat_from_the_command_line_is_asked_for_its_source_afterwards(screen: Screen) -> None:
    screen.care.do(cmd.Start(modality=Modality.HEAT))
    assert card(screen)._main.text() == "None of these"
    card(screen)._main.click()
    assert sources(screen) == ["pack"]


@pytest.mark.parametrize(("width", "is_beside"), [(960, True), (480, False)])
def test_what_speaks_against_it_is_seen_at_a_glance_where_there_is_room(
    screen: Screen, width: int, is_beside: bool
) -> None:
    screen.window.resize(width, 640)
    page = ask_for_heat(screen)
    QApplication.processEvents()
    lists = [each for each in page.findChildren(QLabel) if each.text().startswith("•")]
    assert len(lists) == 2
    assert (lists[0].y() == lists[1].y()) is is_beside
    if is_beside:
        bottom = page._main.mapTo(page, page._main.rect().bottomLeft()).y()
        assert bottom < page.viewport().height(), "the answer can be seen without scrolling"
