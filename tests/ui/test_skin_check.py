"""Burning, or no feeling at all: asked once a session, answered with one press."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.phases import Phase
from backtimer.domain.view import Action
from tests.ui.conftest import Screen

QUESTION = "Burning, or no feeling at all?"


@pytest.fixture
def asked(screen: Screen) -> Screen:
    """Ice is on, and it was asked."""
    screen.start()
    ask(screen)
    return screen


def ask(screen: Screen) -> None:
    screen.wait(10)
    screen.care.note((ev.Noticed(at=screen.clock.now(), notice=ev.Notice.SKIN_CHECK, step=1),))
    screen.care.check()


def said(screen: Screen) -> str:
    banner = screen.window.banner
    return banner.accessibleName() if banner.isVisible() else ""


def test_yes_stops_the_session_and_nothing_else_is_asked(asked: Screen) -> None:
    assert said(asked) == QUESTION
    assert asked.window.banner._action.text() == "Yes, I take it off"
    asked.window.banner._action.click()
    assert asked.care.view.phase is Phase.RESTING
    assert said(asked) == ""
    stopped = asked.store.events[-1]
    assert isinstance(stopped, ev.SessionStopped)
    assert stopped.why is ev.StopReason.SKIN


def test_closing_it_means_all_is_well_in_this_session(asked: Screen) -> None:
    asked.window.banner._close.click()
    asked.wait(1)
    asked.care.do(cmd.Pause())
    asked.care.do(cmd.Resume())
    assert said(asked) == ""
    assert asked.care.view.phase is Phase.APPLYING


def test_in_the_next_session_it_is_asked_again(asked: Screen) -> None:
    asked.window.banner._close.click()
    asked.care.do(cmd.Off())
    asked.wait(100)
    asked.care.do(cmd.Start())
    ask(asked)
    assert said(asked) == QUESTION


def test_it_goes_with_the_pack(asked: Screen) -> None:
    asked.care.do(cmd.Off())
    assert said(asked) == ""


def test_it_is_more_pressing_than_what_was_not_reached(asked: Screen) -> None:
    asked.front.on_unreached("Nothing shows notifications.")
    assert said(asked) == QUESTION


def test_the_more_menu_offers_it_while_a_pack_is_on(screen: Screen) -> None:
    def offered() -> bool:
        menu = screen.front._parts.asking.more_menu()
        return "Burning or numb: stop" in [each.text() for each in menu.actions()]

    screen.start()
    assert offered()
    screen.front._actions.perform(Action.STOP_SKIN)
    assert screen.care.view.phase is Phase.RESTING
    assert not offered()


def test_answers_from_notifications_and_phone_are_carried_out(screen: Screen) -> None:
    screen.start()
    screen.window.showMinimized()
    screen.front.on_answer(Action.STOP_SKIN)
    assert screen.care.view.phase is Phase.RESTING
    assert screen.window.isMinimized()
    screen.front.on_answer(None)
    assert screen.window.is_seen


def test_a_start_from_a_notification_shows_its_card_first(screen: Screen) -> None:
    screen.window.showMinimized()
    screen.front.on_answer(Action.START)
    assert screen.window.pages.card
    assert screen.window.is_seen
