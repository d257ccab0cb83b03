"""The window as a person meets it: pages, the right button, cards, keys, closing."""

from itertools import combinations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.phases import Phase
from backtimer.domain.view import Action
from backtimer.ui.dialogs.ask_dialog import AskDialog
from backtimer.ui.dialogs.protocol_dialog import ProtocolDialog
from backtimer.ui.pages.start_card import StartCardPage
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.label import Label
from tests.ui.conftest import Screen


def press(screen: Screen, key: Qt.Key) -> None:
    QTest.keyClick(screen.window, key)


def card(screen: Screen) -> StartCardPage:
    page = screen.window.pages.card
    assert isinstance(page, StartCardPage)
    return page


def button(parent: QWidget, text: str) -> PillButton:
    found = [each for each in parent.findChildren(PillButton) if each.text() == text]
    assert found, f"no button {text!r}"
    return found[0]


def kinds(screen: Screen) -> list[type[ev.Event]]:
    return [type(each) for each in screen.store.events]


def box(screen: Screen) -> AskDialog:
    return next(each for each in screen.window.findChildren(AskDialog) if each.isVisible())


def choose(shown: AskDialog, text: str) -> None:
    button(shown, text).click()


def test_before_an_episode_there_is_one_large_button_spasm_now(screen: Screen) -> None:
    assert screen.window.pages.currentWidget() is screen.window.idle_page
    assert screen.window.idle_page.main.text() == "Spasm now"


def test_before_an_episode_the_routine_in_force_is_named_and_can_be_changed(
    screen: Screen,
) -> None:
    routine = screen.window.idle_page.routine
    assert routine.text() == "Routine: Ice, then heat…"
    screen.settings.change(lambda settings: settings.with_protocol("heat-first"))
    assert routine.text() == "Routine: Heat first…"
    routine.click()
    dialog = screen.window.findChild(ProtocolDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.parametrize("size", [(420, 480), (640, 480), (960, 640)])
def test_before_an_episode_nothing_stands_over_something_else(
    screen: Screen, qtbot: QtBot, size: tuple[int, int]
) -> None:
    screen.settings.change(lambda settings: settings.with_copy("What the physiotherapist said"))
    screen.window.resize(*size)
    page = screen.window.idle_page
    qtbot.waitUntil(lambda: screen.window.width() == size[0])
    QApplication.processEvents()
    parts = [each for each in page.findChildren(QWidget) if isinstance(each, (Label, QPushButton))]
    places = [each.rect().translated(each.mapTo(page, each.rect().topLeft())) for each in parts]
    for place, other in combinations(places, 2):
        assert not place.intersects(other)
    assert all(0 <= each.left() <= each.right() < size[0] for each in places)
    assert places[parts.index(page.main)].bottom() < page.height()


def test_before_an_episode_the_button_is_in_sight_however_low_the_window_is(
    screen: Screen, qtbot: QtBot
) -> None:
    page = screen.window.idle_page
    screen.window.setMinimumSize(100, 100)
    screen.window.resize(420, 300)
    qtbot.waitUntil(lambda: screen.window.height() == 300)
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() > 0)
    top = page.main.mapTo(page, page.main.rect().topLeft()).y()
    assert 0 <= top <= page.viewport().height() - page.main.height()


def test_a_routine_of_ones_own_is_named_as_far_as_there_is_room(screen: Screen) -> None:
    name = "What the physiotherapist said in May"
    screen.settings.change(lambda settings: settings.with_copy(name))
    routine = screen.window.idle_page.routine
    assert routine.text() == "Routine: What the physiotherapis…"
    assert routine.accessibleName() == f"Routine: {name}. Change"


def test_the_first_start_shows_the_start_card_and_begins_nothing_yet(screen: Screen) -> None:
    screen.window.idle_page.main.click()

    assert card(screen).isVisible()
    assert screen.store.events == []


def test_none_of_these_begins_and_is_recorded(screen: Screen) -> None:
    screen.window.idle_page.main.click()
    button(card(screen), "None of these – start").click()

    assert kinds(screen) == [ev.EpisodeStarted, ev.CardAnswered, ev.SessionStarted]
    assert screen.care.view.phase is Phase.APPLYING
    assert screen.window.pages.currentWidget() is screen.window.now_page


def test_one_of_these_begins_nothing_until_a_clinician_agreed(screen: Screen) -> None:
    screen.window.idle_page.main.click()
    button(card(screen), "One of these – ask a professional first").click()
    assert screen.store.events == []

    button(card(screen), "A clinician said it is all right").click()

    answered = next(each for each in screen.store.events if isinstance(each, ev.CardAnswered))
    assert answered.answer is ev.CardAnswer.CLINICIAN_AGREED
    assert screen.care.view.phase is Phase.APPLYING


def test_escape_closes_the_start_card_and_nothing_begins(screen: Screen) -> None:
    screen.window.idle_page.main.click()
    QTest.keyClick(card(screen), Qt.Key.Key_Escape)

    assert screen.window.pages.card is None
    assert screen.window.pages.currentWidget() is screen.window.idle_page
    assert screen.store.events == []


def test_the_start_card_comes_once_for_each_modality(screen: Screen) -> None:
    screen.start()
    screen.wait(20)
    screen.care.do(cmd.Off())
    screen.wait(90)

    screen.window.now_page.main.click()

    assert screen.window.pages.card is None
    assert screen.care.view.phase is Phase.APPLYING


def test_a_session_begun_from_the_command_line_asks_its_card_in_the_window(
    screen: Screen,
) -> None:
    screen.care.do(cmd.Start())
    button(card(screen), "None of these").click()

    assert kinds(screen)[-1] is ev.CardAnswered
    assert screen.window.pages.card is None


def test_a_pack_that_has_to_come_off_is_never_hidden_by_a_card(screen: Screen) -> None:
    screen.window.hide()
    screen.care.do(cmd.Start())
    screen.wait(21)
    screen.front.show_front()

    assert screen.window.pages.card is None


@pytest.mark.parametrize(
    ("live", "phase", "main", "others"),
    [
        ((), Phase.APPLYING, "I took it off", ["Pause"]),
        ((cmd.Pause(),), Phase.PAUSED, "It is on again", ["It stays off"]),
        ((20,), Phase.REMOVE, "I took it off", ["Silence"]),
        ((20, cmd.Off(), 40), Phase.RESTING, "Start ice now", ["Skip next"]),
        ((20, cmd.Off(), 90), Phase.DUE, "Start ice", ["Snooze 10 min", "Skip"]),
    ],
)
def test_each_phase_has_its_one_right_button_and_what_else_is_possible(
    screen: Screen, live: tuple[object, ...], phase: Phase, main: str, others: list[str]
) -> None:
    screen.start()
    for each in live:
        if isinstance(each, cmd.Command):
            screen.care.do(each)
        else:
            assert isinstance(each, int)
            screen.wait(each)

    page = screen.window.now_page
    assert screen.care.view.phase is phase
    assert page.main.text() == main
    assert page.main.isEnabled()
    assert [each.text() for each in page._others if not each.isHidden()] == others


def test_right_after_a_removal_the_main_button_says_from_when_it_works(screen: Screen) -> None:
    screen.start()
    screen.wait(20)
    screen.care.do(cmd.Off())
    screen.wait(5)
    main = screen.window.now_page.main
    assert main.text() == "Ice from 08:50"
    assert not main.isEnabled()

    screen.wait(25)
    assert main.text() == "Start ice now"
    assert main.isEnabled()


def test_space_is_the_main_button(screen: Screen) -> None:
    screen.start()
    screen.wait(20)
    press(screen, Qt.Key.Key_Space)

    assert screen.care.view.phase is Phase.RESTING


def test_a_digit_rates_the_pain(screen: Screen) -> None:
    screen.start()
    press(screen, Qt.Key.Key_7)

    assert screen.care.view.pain == 7


def test_keys_do_nothing_to_the_timer_while_settings_are_edited(screen: Screen) -> None:
    screen.start()
    screen.wait(20)
    screen.window.pages.go_to("settings")
    press(screen, Qt.Key.Key_Space)
    press(screen, Qt.Key.Key_7)

    assert screen.care.view.phase is Phase.REMOVE
    assert screen.care.view.pain is None


def test_every_button_has_words_for_a_screen_reader(screen: Screen) -> None:
    screen.start()
    screen.window.pages.go_to("settings")
    for each in screen.window.findChildren(QAbstractButton):
        assert not each.isVisibleTo(screen.window) or each.accessibleName() or each.text(), each


def test_seconds_change_the_dial_but_not_what_a_screen_reader_reads(screen: Screen) -> None:
    screen.start()
    dial = screen.window.now_page._dial
    name, time = dial.accessibleName(), dial._time
    screen.clock.pass_real_s(1)
    screen.window._on_tick()

    assert dial._time != time
    assert dial.accessibleName() == name


def test_nothing_ticks_while_nobody_can_see_it(screen: Screen) -> None:
    screen.start()
    assert screen.window._tick.isActive()
    screen.window.hide()
    assert not screen.window._tick.isActive()
    screen.wait(1)
    assert not screen.window._tick.isActive()
    screen.window.come_to_front()
    assert screen.window._tick.isActive()


def test_the_title_begins_with_the_minutes_and_the_phase(screen: Screen) -> None:
    screen.start()
    screen.wait(5)
    assert screen.window.windowTitle() == "15 min · Ice is on – Backtimer"
    screen.wait(15)
    assert screen.window.windowTitle() == "Take the ice off – Backtimer"


def test_a_refusal_is_said_in_a_sentence_and_goes_with_the_next_success(screen: Screen) -> None:
    screen.start()
    screen.front._actions.start(None)
    assert screen.window.banner.isVisible()
    screen.front._actions.rate(3)
    assert not screen.window.banner.isVisible()


def test_a_removal_confirmed_late_asks_when_it_really_was(screen: Screen) -> None:
    screen.start()
    screen.wait(50)
    screen.care.do(cmd.Off())
    assert screen.window.banner.isVisible()

    screen.front._notices._on_closed()

    assert kinds(screen)[-1] is ev.RemovalCorrected
    screen.wait(1)
    assert not screen.window.banner.isVisible()


def test_a_notification_that_failed_is_told_and_leaves_the_window_where_it_is(
    screen: Screen,
) -> None:
    screen.window.showMinimized()
    screen.front.on_unreached("No notification service answers.")
    assert screen.window.isMinimized()
    assert screen.window.banner.accessibleName().startswith("No notification service answers.")

    screen.front.show_front()
    screen.front.on_reached()
    assert not screen.window.banner.isVisible()


def test_the_more_pressing_notice_is_shown_first(screen: Screen) -> None:
    screen.front._on_refused("no")
    screen.front.tell_fault("The disk is full.")
    assert screen.window.banner.accessibleName().startswith("The disk is full.")
    screen.front.tell_fault("")
    assert screen.window.banner.accessibleName() == "no"


def test_quitting_with_a_pack_on_asks_first(
    screen: Screen, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    quits: list[bool] = []
    monkeypatch.setattr(screen.front, "close_program", lambda: quits.append(True))
    screen.start()
    screen.front._on_quit_asked()
    choose(box(screen), "Go on timing")
    assert quits == []

    qapp.processEvents()
    screen.front._on_quit_asked()
    choose(box(screen), "I took it off – quit")
    assert quits == [True]
    assert screen.care.view.phase is Phase.RESTING


def test_without_a_tray_closing_asks_while_an_episode_goes_on(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    quits: list[bool] = []
    monkeypatch.setattr(screen.front._parts.presence, "_close_program", lambda: quits.append(True))
    screen.start()
    event = QCloseEvent()
    screen.front._on_closing(event)
    assert not event.isAccepted()
    choose(box(screen), "Go on, minimised")

    assert screen.window.isMinimized()
    assert quits == []


def test_without_a_tray_closing_an_idle_program_ends_it(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    quits: list[bool] = []
    monkeypatch.setattr(screen.front._parts.presence, "_close_program", lambda: quits.append(True))
    screen.front._on_closing(QCloseEvent())
    assert quits == [True]


@pytest.mark.parametrize("size", [(420, 560), (640, 480), (960, 640), (1920, 1080)])
def test_nothing_is_cut_off_at_the_side(
    screen: Screen, qtbot: QtBot, size: tuple[int, int]
) -> None:
    screen.start()
    screen.window.resize(*size)
    page = screen.window.now_page
    content = page._scroll.widget()
    assert content
    # The layouts settle from the outside in.
    qtbot.waitUntil(
        lambda: (
            screen.window.width() == size[0] and content.width() == page._scroll.viewport().width()
        )
    )
    for each in (page.main, *page._others, page._more):
        if each.isVisible():
            left = each.mapTo(screen.window, each.rect().topLeft()).x()
            assert left >= 0
            assert left + each.width() <= size[0]
    bottom = page.main.mapTo(screen.window, page.main.rect().bottomLeft()).y()
    assert bottom < size[1], "the main button is in sight without scrolling"


def test_closing_the_program_ends_its_loop_though_the_window_does_not_close_by_itself(
    screen: Screen, qapp: QApplication
) -> None:
    QTimer.singleShot(0, screen.front.close_program)
    # Without the exit the test runs into its time-out.
    assert qapp.exec() == 0


def buttons_shown(screen: Screen) -> list[str]:
    return [each.text() for each in screen.window.findChildren(PillButton) if each.isVisible()]


def test_after_a_restart_of_the_computer_the_three_answers_are_at_hand(screen: Screen) -> None:
    screen.start()
    screen.wait(5)
    screen.clock.reboot()
    screen.care.check()
    assert screen.window.banner.accessibleName().startswith(
        "The computer was started again. Is the ice still on?"
    )
    assert {"I took it off at…", "I took it off", "Still on", "I don’t know"} <= set(
        buttons_shown(screen)
    )
    screen.front._actions.perform(Action.STILL_ON)
    assert kinds(screen)[-1] is ev.PackStillOn
    assert not screen.window.banner.isVisible()


def test_nobody_has_to_know_when_it_came_off(screen: Screen) -> None:
    screen.start()
    screen.clock.reboot(minutes=60)
    screen.care.check()
    screen.front._actions.perform(Action.LOSE_TRACK)
    assert screen.care.view.phase is Phase.RESTING


def test_what_is_to_be_known_of_the_files_stays_until_it_is_closed(screen: Screen) -> None:
    screen.front.note("The record was damaged.")
    screen.front.note("Nothing was lost.")
    screen.start()
    assert screen.window.banner.accessibleName() == "The record was damaged. Nothing was lost."
    screen.front._notices._on_closed()
    screen.front.note("Another.")
    assert screen.window.banner.accessibleName() == "Another."


def test_that_the_machine_may_fall_asleep_is_said_while_it_matters(screen: Screen) -> None:
    screen.front.on_caution("This computer may fall asleep.")
    assert screen.window.banner.accessibleName() == "This computer may fall asleep."
    screen.front.on_caution("")
    assert not screen.window.banner.isVisible()


def test_quitting_with_something_unsaved_asks_first(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    quits: list[bool] = []
    monkeypatch.setattr(screen.front, "close_program", lambda: quits.append(True))
    screen.store.failure = "The disk is full."
    screen.front._actions.rate(3)
    screen.front._on_quit_asked()
    box(screen).no.click()
    assert not quits
    screen.front._on_quit_asked()
    box(screen).yes.click()
    assert quits


def test_a_card_that_nobody_answered_makes_room_for_the_removal(screen: Screen) -> None:
    screen.care.do(cmd.Start())
    assert card(screen).isVisible()
    screen.clock.pass_min(20)
    screen.care.check()
    assert screen.window.pages.card is None
    assert screen.window.now_page.isVisible()
