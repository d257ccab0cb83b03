"""“How is the pain now?”: once a session, silently, over restarts, and gone with the answer."""

from collections.abc import Iterator

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.clock import HOUR_S
from backtimer.domain.codec import kind_of
from backtimer.domain.ladder import SILENT
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Channel
from backtimer.domain.reach import Way
from backtimer.domain.reminding import Message
from backtimer.services.calling import Calling
from tests.fakes import DISK_FULL, MONDAY_8, HandChannel, HandClock
from tests.services.timer import NIGHT, Timer, at_rest, rules_of_the_day


def after_ice(timer: Timer) -> Timer:
    """Pain was rated, and the first ice has just come off."""
    timer.do(cmd.RatePain(nrs=6))
    return at_rest(timer)


def asked(timer: Timer) -> int:
    return timer.messages().count(Message.RATING)


@pytest.mark.parametrize("speed", [1.0, 60.0])
def test_it_is_asked_silently_two_minutes_after_a_session(speed: float) -> None:
    timer = after_ice(Timer(clock=HandClock(speed=speed)))
    removed = timer.clock.now()
    timer.wait(80)
    assert timer.minutes_of(Message.RATING, removed) == [pytest.approx(2, abs=0.02)]
    assert timer.rungs[-1] == SILENT


def test_every_session_has_its_own_question() -> None:
    timer = after_ice(Timer())
    timer.wait(90)
    timer.start()
    timer.wait(20)
    timer.off()
    timer.wait(20)
    assert asked(timer) == 2


def test_a_rating_before_it_is_asked_answers_it() -> None:
    timer = after_ice(Timer())
    timer.wait(1)
    timer.do(cmd.RatePain(nrs=5))
    timer.wait(60)
    assert asked(timer) == 0


def test_after_a_restart_it_is_asked_if_it_was_not_and_never_again() -> None:
    timer = after_ice(Timer())
    timer.wait(1)
    again = timer.restarted()
    again.wait(5)
    assert asked(again) == 1
    once_more = again.restarted()
    once_more.wait(60)
    assert asked(once_more) == 0


def test_after_a_restart_of_the_computer_it_is_not_asked_again() -> None:
    timer = after_ice(Timer())
    timer.wait(3)
    timer.clock.reboot(minutes=2)
    again = timer.restarted()
    again.wait(20)
    assert asked(again) == 0


def test_while_the_disk_is_full_it_is_asked_once_too() -> None:
    timer = after_ice(Timer())
    timer.store.failure = DISK_FULL
    timer.wait(20)
    assert asked(timer) == 1
    timer.store.failure = ""
    timer.watch.look()
    again = timer.restarted()
    again.wait(10)
    assert asked(again) == 0


def test_who_comes_back_an_hour_later_is_not_asked() -> None:
    timer = after_ice(Timer())
    timer.sleep(60)
    timer.wait(10)
    assert asked(timer) == 0


def test_it_is_not_asked_at_night() -> None:
    clock = HandClock(wall=MONDAY_8.replace(hour=22, minute=9))
    timer = after_ice(Timer(clock=clock, rules=rules_of_the_day(quiet=NIGHT)))
    timer.wait(60)
    assert asked(timer) == 0


def test_what_is_due_to_be_said_comes_first() -> None:
    timer = after_ice(Timer())
    timer.do(cmd.ChangeOnset(onset=timer.clock.now().after(-80 * HOUR_S)))
    timer.sleep(2)
    timer.wait(1)
    assert timer.messages()[-2:] == [Message.SWITCH_TO_HEAT, Message.RATING]


def test_a_session_that_is_due_is_said_in_its_time() -> None:
    timer = after_ice(Timer())
    removed = timer.clock.now()
    timer.wait(91)
    assert timer.minutes_of(Message.DUE, removed) == [90]


def test_that_it_was_asked_says_nothing_of_the_pain() -> None:
    timer = after_ice(Timer())
    before = [kind_of(each) for each in timer.store.events].count("PainRated")
    timer.wait(10)
    assert [kind_of(each) for each in timer.store.events].count("PainRated") == before
    assert [kind_of(each) for each in timer.store.events][-1] == "Noticed"


# --- as it reaches the person ---


@pytest.fixture
def ways() -> dict[Way, HandChannel]:
    return {way: HandChannel() for way in (Way.NOTIFICATION, Way.SOUND, Way.WINDOW, Way.VOICE)}


@pytest.fixture
def called(ways: dict[Way, HandChannel]) -> Iterator[Timer]:
    """It was asked, and is still shown."""
    timer = Timer()
    timer.settings.set("voice", True)
    channels: dict[Way, Channel] = dict(ways)
    calling = Calling(
        care=timer.care, reminders=timer.reminders, settings=timer.settings, channels=channels
    )
    after_ice(timer).wait(3)
    yield timer
    calling.deleteLater()


@pytest.mark.usefixtures("called")
def test_it_is_only_shown(ways: dict[Way, HandChannel]) -> None:
    shown = ways[Way.NOTIFICATION].now
    assert shown
    assert shown.message is Message.RATING
    assert not any(ways[way].now for way in (Way.SOUND, Way.WINDOW, Way.VOICE))


@pytest.mark.parametrize("nrs", [0, 6])
def test_a_rating_takes_it_back(called: Timer, ways: dict[Way, HandChannel], nrs: int) -> None:
    called.do(cmd.RatePain(nrs=nrs))
    assert ways[Way.NOTIFICATION].now is None


def test_another_session_takes_it_back(called: Timer, ways: dict[Way, HandChannel]) -> None:
    called.wait(40)
    assert ways[Way.NOTIFICATION].now
    called.start()
    assert called.phase is Phase.APPLYING
    assert ways[Way.NOTIFICATION].now is None


def test_the_end_of_the_episode_takes_it_back(called: Timer, ways: dict[Way, HandChannel]) -> None:
    called.do(cmd.End())
    assert ways[Way.NOTIFICATION].now is None
