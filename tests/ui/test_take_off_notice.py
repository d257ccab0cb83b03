"""A pack that has to come off is said on every page, with the button that answers it."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.phases import Phase
from backtimer.ui.paging import GUIDE, JOURNAL, NOW, PLAN, SETTINGS
from tests.ui.conftest import Screen


def said(screen: Screen) -> str:
    banner = screen.window.banner
    return banner.accessibleName() if banner.isVisible() else ""


@pytest.mark.parametrize("page", [PLAN, JOURNAL, GUIDE, SETTINGS])
def test_on_another_page_it_is_said_with_its_button(screen: Screen, page: str) -> None:
    screen.start()
    screen.window.pages.go_to(page)
    assert "Take the ice off" not in said(screen)
    screen.wait(20)
    assert said(screen) == "Take the ice off"
    screen.window.banner.acted.emit()
    assert screen.care.view.phase is Phase.RESTING
    assert "Take the ice off" not in said(screen)


def test_where_it_is_said_large_it_is_not_said_twice(screen: Screen) -> None:
    screen.start()
    screen.wait(20)
    assert "Take the ice off" not in said(screen)
    screen.window.pages.go_to(PLAN)
    assert said(screen) == "Take the ice off"
    screen.window.pages.go_to(NOW)
    assert "Take the ice off" not in said(screen)


def test_it_comes_before_all_else_that_is_to_be_said(screen: Screen) -> None:
    screen.window.pages.go_to(PLAN)
    screen.start()
    screen.wait(20)
    screen.front.on_bug("Something went wrong.")
    assert said(screen) == "Take the ice off"
    screen.care.do(cmd.Off())
    assert said(screen) != "Take the ice off"


def test_while_nobody_knows_whether_it_is_on_that_is_asked_instead(screen: Screen) -> None:
    screen.start()
    screen.window.pages.go_to(PLAN)
    screen.clock.reboot(minutes=60)
    screen.care.check()
    assert screen.care.view.unsure
    assert said(screen).startswith("The computer was started again.")


def test_a_start_card_that_is_over_leaves_the_page_that_is_looked_at(screen: Screen) -> None:
    screen.care.do(cmd.Start())
    pages = screen.window.pages
    card = pages.card
    assert card
    pages.go_to(PLAN)
    screen.wait(20)
    assert pages.indexOf(card) < 0
    assert pages.currentWidget() is pages.page(PLAN)
    assert said(screen) == "Take the ice off"
