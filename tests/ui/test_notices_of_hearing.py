"""What is said across the page of how the person is reached."""

from collections.abc import Iterator

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.hearing import Heard
from backtimer.domain.reach import Way, broken, works
from backtimer.ui.notices.welcome_cards import HEARD
from tests.event_examples import ended, opened
from tests.ui.conftest import Screen
from tests.ui.hearing_kit import Ears, HandPairing

CAUTION = "Nothing but this window can reach you here, so keep it in sight."
OFFER = "Will you hear me when time is up?"
MUTE = broken(Way.SOUND, "There is no speaker.")
UNSEEN = broken(Way.NOTIFICATION, "Nothing shows them.")


@pytest.fixture
def ears(screen: Screen) -> Iterator[Ears]:
    made = Ears(screen, Way.NOTIFICATION, Way.SOUND)
    screen.front.meet(made.hearing, HandPairing())
    yield made
    made.hearing.close()


def said(screen: Screen) -> str:
    banner = screen.window.banner
    return banner.accessibleName() if banner.isVisible() else ""


def close(screen: Screen) -> None:
    screen.window.banner._close.click()


def act(screen: Screen) -> None:
    screen.window.banner._action.click()


def test_where_nothing_reaches_further_than_the_window_that_is_said_until_it_does(
    screen: Screen, ears: Ears
) -> None:
    ears.find(UNSEEN, MUTE)
    assert said(screen) == CAUTION
    ears.find(works(Way.NOTIFICATION), MUTE)
    assert said(screen) == ""


def test_what_was_found_before_they_met_is_said_too(screen: Screen) -> None:
    ears = Ears(screen, Way.NOTIFICATION, Way.SOUND)
    ears.find(UNSEEN, MUTE)
    screen.front.meet(ears.hearing, HandPairing())
    assert said(screen) == CAUTION


def test_the_caution_is_for_before_and_while_it_is_on(screen: Screen, ears: Ears) -> None:
    ears.find(UNSEEN, MUTE)
    screen.start()
    assert said(screen) == CAUTION
    screen.care.do(cmd.Pause())
    assert said(screen) == CAUTION
    screen.care.do(cmd.Off())
    assert said(screen) == ""
    screen.wait(95)
    assert said(screen) == CAUTION


def test_a_caution_that_was_closed_stays_closed_while_nothing_changes(
    screen: Screen, ears: Ears
) -> None:
    ears.find(UNSEEN, MUTE)
    close(screen)
    screen.start()
    close(screen)
    screen.wait(1)
    assert said(screen) == ""


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ((works(Way.NOTIFICATION), MUTE), "Sound worked before and does not now."),
        ((UNSEEN, works(Way.SOUND)), "Notifications worked before and do not now."),
        ((UNSEEN, MUTE), "Notifications and sound worked before and do not now."),
    ],
)
def test_a_way_that_was_lost_is_named_and_can_be_checked(
    screen: Screen, ears: Ears, after: tuple[object, ...], words: str
) -> None:
    ears.find(works(Way.NOTIFICATION), works(Way.SOUND))
    ears.find(*after)  # type: ignore[arg-type]
    assert said(screen) == words
    act(screen)
    assert screen.window.pages.rail.current() == "hearing"
    ears.find(works(Way.NOTIFICATION), works(Way.SOUND))
    assert said(screen) == ""


def an_episode_is_over(screen: Screen) -> None:
    """In the very first one a card of the welcome offers it."""
    screen.store.events += [opened(), ended(30)]


@pytest.mark.usefixtures("ears")
def test_in_the_very_first_session_a_card_offers_the_check_and_nothing_else(
    screen: Screen,
) -> None:
    screen.start()
    assert said(screen) == ""
    assert HEARD in screen.window.now_page.welcome.cards


@pytest.mark.usefixtures("ears")
def test_beside_the_first_clock_the_check_is_offered_and_leads_to_its_page(
    screen: Screen,
) -> None:
    an_episode_is_over(screen)
    assert said(screen) == ""
    screen.start()
    assert said(screen) == OFFER
    act(screen)
    assert said(screen) == ""
    assert screen.window.pages.rail.current() == "hearing"


@pytest.mark.usefixtures("ears")
def test_the_check_is_offered_once(screen: Screen) -> None:
    an_episode_is_over(screen)
    screen.start()
    assert said(screen) == OFFER
    close(screen)
    screen.wait(1)
    assert said(screen) == ""
    screen.care.do(cmd.Off())
    screen.care.do(cmd.End())
    screen.start()
    assert said(screen) == ""


def test_it_is_not_offered_after_the_first_session(screen: Screen) -> None:
    an_episode_is_over(screen)
    screen.start()
    screen.care.do(cmd.Off())
    screen.wait(95)
    ears = Ears(screen, Way.NOTIFICATION, Way.SOUND)
    screen.front.meet(ears.hearing, HandPairing())
    screen.care.do(cmd.Start())
    assert said(screen) == ""


def test_whoever_heard_it_is_not_asked_again(screen: Screen, ears: Ears) -> None:
    an_episode_is_over(screen)
    screen.start()
    assert said(screen) == OFFER
    ears.find(works(Way.NOTIFICATION), works(Way.SOUND))
    ears.hearing.answer(Heard.HEARD)
    assert said(screen) == ""
