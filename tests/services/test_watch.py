"""The alarm stands at the next moment that matters, and whoever looks puts everything right."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.phases import Phase
from backtimer.domain.reminding import Message
from tests.fakes import DISK_FULL, MONDAY_8, HandClock
from tests.services.timer import NIGHT, Timer, at_due, at_rest, rules_of_the_day


def test_without_an_episode_the_clock_is_looked_at_twice_a_minute() -> None:
    assert Timer().alarm.delay_s == 30


def test_a_look_is_never_further_away_than_half_a_minute() -> None:
    timer = Timer()
    timer.start()
    assert timer.alarm.delay_s == 30


def test_the_alarm_is_set_to_the_moment_when_time_is_up() -> None:
    timer = Timer()
    timer.start()
    timer.clock.pass_min(19.75)
    timer.watch.look()
    assert timer.alarm.delay_s == pytest.approx(15)


def test_in_a_demo_the_alarm_counts_real_seconds() -> None:
    timer = Timer(clock=HandClock(speed=2400))
    timer.start()
    assert timer.alarm.delay_s == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("speed", "delay_s"), [(1.0, 30), (2.0, 15), (30.0, 1), (600.0, 1), (3600.0, 1)]
)
def test_in_a_demo_the_clock_is_looked_at_sooner_but_not_more_than_once_a_second(
    speed: float, delay_s: float
) -> None:
    assert Timer(clock=HandClock(speed=speed)).alarm.delay_s == delay_s


def test_the_alarm_is_set_to_the_next_repeat_while_a_pack_has_to_come_off() -> None:
    timer = Timer()
    timer.start()
    timer.wait(20)
    timer.clock.pass_real_s(50)
    timer.watch.look()
    assert timer.alarm.delay_s == pytest.approx(10)


def test_the_alarm_is_set_to_the_next_reminder_of_a_due_session() -> None:
    timer = at_due(Timer())
    timer.clock.pass_min(9.75)
    timer.watch.look()
    assert timer.alarm.delay_s == pytest.approx(15)


def test_the_alarm_is_set_to_the_beginning_of_the_night_while_a_session_is_due() -> None:
    clock = HandClock(wall=MONDAY_8.replace(hour=20, minute=10))
    timer = at_due(Timer(clock=clock, rules=rules_of_the_day(quiet=NIGHT)))
    assert clock.now().wall.strftime("%H:%M") == "22:00"
    timer.sleep(29.75)
    assert timer.alarm.delay_s == pytest.approx(15)


@pytest.mark.parametrize("speed", [1.0, 600.0])
def test_a_clock_that_was_set_is_seen_at_the_next_look(speed: float) -> None:
    clock = HandClock(wall=MONDAY_8.replace(hour=20, minute=10), speed=speed)
    timer = at_due(Timer(clock=clock, rules=rules_of_the_day(quiet=NIGHT)))
    clock.set_wall(hours=0.5)  # from 22:00 to the beginning of the night
    assert timer.alarm.delay_s is not None
    clock.pass_real_s(timer.alarm.delay_s)
    timer.alarm.ring()
    assert timer.phase is Phase.QUIET


def test_every_change_sets_the_alarm_anew() -> None:
    timer = Timer()
    timer.start()
    timer.clock.pass_min(19.75)
    timer.do(cmd.Pause())
    assert timer.alarm.delay_s == 30


def test_ringing_looks_at_the_clock() -> None:
    timer = Timer()
    timer.start()
    timer.clock.pass_min(20)
    timer.alarm.ring()
    assert timer.phase is Phase.REMOVE
    assert timer.messages() == [Message.TAKE_OFF]
    assert timer.alarm.delay_s is not None


def test_an_alarm_that_rings_early_or_often_does_no_harm() -> None:
    timer = Timer()
    timer.start()
    for _ in range(5):
        timer.alarm.ring()
    assert timer.messages() == []
    timer.wait(20)
    for _ in range(5):
        timer.alarm.ring()
    assert timer.messages() == [Message.TAKE_OFF]


def test_after_a_long_sleep_one_look_says_all_there_is_to_say() -> None:
    timer = at_rest(Timer())
    timer.sleep(8 * 60)
    assert timer.messages() == [Message.TAKE_OFF, Message.DUE]


def test_who_hears_something_may_look_at_the_clock_in_turn() -> None:
    timer = Timer()
    timer.start()
    timer.reminders.say.connect(timer.care.check)
    timer.wait(22)
    assert timer.messages() == [Message.TAKE_OFF] * 3


def test_the_alarm_goes_on_while_the_disk_is_full() -> None:
    timer = at_rest(Timer())
    timer.store.failure = DISK_FULL
    timer.wait(90)
    assert timer.phase is Phase.DUE
    assert timer.alarm.delay_s is not None


def test_a_mistake_in_saying_something_does_not_stop_the_watch() -> None:
    timer = Timer()
    timer.start()

    def mistaken() -> None:
        raise LookupError

    said = timer.reminders.check
    timer.reminders.check = mistaken  # type: ignore[method-assign]
    with pytest.raises(LookupError):
        timer.watch._on_changed()
    timer.reminders.check = said  # type: ignore[method-assign]
    timer.wait(20)
    assert timer.messages() == [Message.TAKE_OFF]
