"""What is said, when, how often; and that nothing is said twice or at night."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.clock import HOUR_S, MINUTE_S, Moment
from backtimer.domain.ladder import SILENT, Loudness
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality, WhenDue, WhenOver
from backtimer.domain.reach import Way
from backtimer.domain.reminding import Message
from backtimer.domain.session import Outcome
from backtimer.domain.settings import Settings
from backtimer.services.reminders import APART_S
from tests.fakes import DISK_FULL, MONDAY_8, HandClock
from tests.services.timer import NIGHT, Timer, at_due, at_rest, rules_of_the_day

HEAT = Modality.HEAT
SPEEDS = [1.0, 600.0]


# --- removal ---


def at_removal(timer: Timer) -> Timer:
    timer.start()
    timer.wait(20)
    assert timer.phase is Phase.REMOVE
    return timer


def minutes_up(timer: Timer, up: Moment) -> list[float]:
    """How many real minutes after `up` something was said."""
    return [at.since(up) / timer.clock.speed / MINUTE_S for at, _ in timer.said]


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_removal_climbs_the_ladder_until_it_is_answered(speed: float) -> None:
    timer = at_removal(Timer(clock=HandClock(speed=speed)))
    up = timer.clock.now()
    timer.wait(5.1 * speed)
    assert minutes_up(timer, up) == pytest.approx([0, 0.25, 1, 3, 4, 5], abs=0.001)
    assert set(timer.messages()) == {Message.TAKE_OFF}
    ways = [rung.ways for rung in timer.rungs]
    assert ways[:3] == [
        {Way.NOTIFICATION, Way.SOUND},
        {Way.SOUND, Way.WINDOW},
        {Way.SOUND, Way.WINDOW, Way.VOICE},
    ]
    assert all(Way.PHONE in each for each in ways[3:])
    loud = [rung.loudness for rung in timer.rungs[:4]]
    assert loud == [Loudness.SOFT, Loudness.SET, Loudness.FULL, Loudness.FULL]
    timer.off()
    count = len(timer.said)
    timer.wait(5)
    assert len(timer.said) == count


def test_after_half_an_hour_it_is_said_every_five_minutes_and_after_two_hours_no_more() -> None:
    timer = at_removal(Timer())
    up = timer.clock.now()
    timer.wait(200)
    told = minutes_up(timer, up)
    assert told[told.index(29) :] == [29, 30, *range(35, 120, 5)]
    assert timer.recorded().count("RemovalUnanswered") == 1
    assert timer.silences == [up.after(120 * MINUTE_S)]
    assert timer.care.episode.sessions[-1].outcome is Outcome.UNKNOWN
    assert timer.phase is Phase.REMOVE


def test_an_answer_after_the_alarm_gave_up_is_late_and_no_longer_unknown() -> None:
    timer = at_removal(Timer())
    timer.wait(150)
    timer.off()
    assert timer.care.episode.sessions[-1].outcome is Outcome.LATE
    assert timer.care.view.ask_removal


def test_who_wakes_the_computer_is_told_from_the_beginning() -> None:
    timer = at_removal(Timer())
    timer.wait(150)
    said = len(timer.said)
    timer.sleep(300)
    woken = timer.clock.now()
    timer.wait(1)
    assert minutes_up(timer, woken)[said:] == [0, 0.25, 1]
    timer.wait(140)
    assert timer.recorded().count("RemovalUnanswered") == 1


@pytest.mark.parametrize(("hurries", "at_once"), [(1, 2), (2, 3), (3, 4), (4, 5), (5, 5), (9, 5)])
def test_what_does_not_reach_the_person_brings_the_next_step_at_once(
    hurries: int, at_once: int
) -> None:
    timer = at_removal(Timer())
    for _ in range(hurries):
        timer.watch.hurry()
    assert len(timer.said) == at_once
    timer.wait(2)
    assert len(timer.said) > at_once


def test_nothing_is_hurried_that_is_not_to_come_off() -> None:
    timer = at_due(Timer())
    timer.watch.hurry()
    assert timer.messages().count(Message.DUE) == 1


@pytest.mark.parametrize("key", ["louder_after_s", "voice_after_s", "phone_after_min"])
def test_the_settings_move_the_steps(key: str) -> None:
    settings = Settings().with_value(key, {"phone_after_min": 5}.get(key, 40))
    timer = at_removal(Timer(settings=settings))
    up = timer.clock.now()
    timer.wait(6)
    after_s = {"louder_after_s": 15, "voice_after_s": 60, "phone_after_min": 180}
    after_s[key] = 300 if key == "phone_after_min" else 40
    assert minutes_up(timer, up)[1:4] == [pytest.approx(each / 60) for each in after_s.values()]


def test_removal_is_said_the_moment_time_is_up() -> None:
    timer = Timer()
    begun = timer.clock.now()
    timer.start()
    timer.wait(20)
    assert timer.minutes_of(Message.TAKE_OFF, begun) == [20]


def test_a_removal_that_is_found_late_is_said_once_and_goes_on_from_there() -> None:
    timer = Timer()
    begun = timer.clock.now()
    timer.start()
    timer.sleep(95)
    assert timer.minutes_of(Message.TAKE_OFF, begun) == [95]
    assert "1 h 15 min" in timer.said[-1][1].body
    timer.wait(1)
    assert timer.minutes_of(Message.TAKE_OFF, begun) == [95, 95.25, 96]


@pytest.mark.parametrize("speed", SPEEDS)
def test_silence_leaves_out_one_repeat(speed: float) -> None:
    timer = at_removal(Timer(clock=HandClock(speed=speed)))
    up = timer.clock.now()
    timer.wait(4.5 * speed)
    timer.do(cmd.Silence())
    timer.wait(3 * speed)
    assert minutes_up(timer, up)[4:] == pytest.approx([4, 6, 7], abs=0.001)


def test_silence_at_once_leaves_out_the_first_minute() -> None:
    timer = at_removal(Timer())
    up = timer.clock.now()
    timer.wait(0.1)
    timer.do(cmd.Silence())
    timer.wait(4)
    assert minutes_up(timer, up) == [0, 3, 4]


def test_silence_said_twice_leaves_out_no_more_than_one() -> None:
    timer = at_removal(Timer())
    up = timer.clock.now()
    timer.wait(4.1)
    timer.do(cmd.Silence())
    timer.wait(0.8)
    timer.do(cmd.Silence())
    timer.wait(2.2)
    assert minutes_up(timer, up)[4:] == [4, 6, 7]


def test_silence_of_one_pack_is_not_silence_of_the_next() -> None:
    timer = at_removal(Timer())
    timer.do(cmd.Silence())
    timer.off()
    timer.wait(90)
    timer.start()
    up = timer.clock.now().after(20 * MINUTE_S)
    timer.wait(21)
    assert timer.minutes_of(Message.TAKE_OFF, up)[-3:] == [0, 0.25, 1]


@pytest.mark.parametrize("speed", [1.0, 3600.0])
def test_the_next_removal_rings_at_once_however_short_ago_the_last_one_was(speed: float) -> None:
    timer = at_removal(Timer(clock=HandClock(speed=speed)))
    timer.off()
    timer.wait(90)
    timer.start()
    begun = timer.clock.now()
    timer.wait(20)
    assert timer.minutes_of(Message.TAKE_OFF, begun)[-1] == pytest.approx(20, abs=0.1)


def test_a_change_of_the_steps_begins_them_anew() -> None:
    timer = at_removal(Timer())
    timer.wait(3.5)
    changed = timer.clock.now()
    timer.settings.change(lambda settings: settings.with_value("remind_every_min", 2))
    timer.watch.look()
    timer.wait(7)
    assert minutes_up(timer, changed)[4:] == [0, 0.25, 1, 3, 5, 7]


def test_setting_the_wall_clock_neither_hurries_nor_delays_a_removal() -> None:
    timer = at_removal(Timer())
    up = timer.clock.now()
    timer.clock.set_wall(hours=-3)
    timer.watch.look()
    assert timer.messages() == [Message.TAKE_OFF]
    timer.wait(1)
    assert timer.minutes_of(Message.TAKE_OFF, up) == [0, 0.25, 1]


def test_a_restart_rings_at_once_for_a_pack_that_has_to_come_off() -> None:
    timer = at_removal(Timer())
    again = timer.restarted()
    assert again.messages() == [Message.TAKE_OFF]


def test_removal_rings_at_night_too() -> None:
    clock = HandClock(wall=MONDAY_8.replace(hour=23))
    timer = Timer(clock=clock, rules=rules_of_the_day(quiet=NIGHT))
    begun = clock.now()
    timer.start()
    timer.wait(22)
    assert timer.minutes_of(Message.TAKE_OFF, begun) == [20, 20.25, 21]


def test_a_removal_rings_while_the_disk_is_full() -> None:
    timer = Timer()
    timer.start()
    timer.store.failure = DISK_FULL
    begun = timer.clock.now()
    timer.wait(22)
    assert timer.minutes_of(Message.TAKE_OFF, begun) == [20, 20.25, 21]


# --- the session that is due ---


@pytest.mark.parametrize("speed", [1.0, 10.0])
def test_a_due_session_is_said_at_once_after_10_and_after_30_minutes(speed: float) -> None:
    # Real minutes, also in a demo.
    timer = at_rest(Timer(clock=HandClock(speed=speed)))
    timer.wait(90)
    due = timer.clock.now()
    timer.wait(31 * speed)
    timer.sleep(60 * speed)
    told = [
        at.since(due) / speed / MINUTE_S for at, said in timer.said if said.message is Message.DUE
    ]
    assert told == pytest.approx([0, 10, 30], abs=0.02)


def test_reminders_of_a_due_session_that_are_late_come_as_one() -> None:
    timer = at_rest(Timer())
    timer.sleep(90 + 29)
    assert timer.messages().count(Message.DUE) == 1
    since = timer.clock.now()
    timer.wait(60)
    # What would have been said at 0 and 10 is said; that of 30 is still to come.
    assert timer.minutes_of(Message.DUE, since) == [0, 1]


def test_a_session_that_is_found_due_very_late_is_said_once() -> None:
    timer = at_rest(Timer())
    timer.sleep(300)
    timer.wait(120)
    assert timer.messages().count(Message.DUE) == 1


def test_a_start_ends_the_reminders() -> None:
    timer = at_due(Timer())
    timer.start()
    timer.wait(19)
    assert timer.messages().count(Message.DUE) == 1


def test_snooze_is_silent_and_then_begins_anew() -> None:
    timer = at_due(Timer())
    timer.wait(2)
    snoozed = timer.clock.now()
    timer.do(cmd.Snooze(snooze_min=15))
    assert timer.phase is Phase.DUE
    timer.wait(120)
    assert timer.minutes_of(Message.DUE, snoozed) == [-2, 15, 25, 45]


def test_snooze_can_be_said_again() -> None:
    timer = at_due(Timer())
    timer.do(cmd.Snooze(snooze_min=5))
    timer.wait(3)
    snoozed = timer.clock.now()
    timer.do(cmd.Snooze(snooze_min=60))
    timer.wait(61)
    assert timer.minutes_of(Message.DUE, snoozed) == [-3, 60]


def test_a_skipped_session_is_not_said_and_the_next_is() -> None:
    timer = at_due(Timer())
    skipped = timer.clock.now()
    timer.do(cmd.Skip())
    timer.wait(112)
    assert timer.minutes_of(Message.DUE, skipped) == [0, 110]


def test_a_session_that_lapsed_at_night_is_not_said_any_more() -> None:
    clock = HandClock(wall=MONDAY_8.replace(hour=20, minute=10))
    timer = at_due(Timer(clock=clock, rules=rules_of_the_day(quiet=NIGHT)))
    due = clock.now()
    assert due.wall.hour == 22
    timer.wait(30)
    timer.sleep(120)
    assert timer.phase is Phase.QUIET
    assert timer.minutes_of(Message.DUE, due) == [0, 10]


def test_the_first_session_of_the_morning_is_said_when_the_night_is_over() -> None:
    clock = HandClock(wall=MONDAY_8.replace(hour=22))
    timer = at_rest(Timer(clock=clock, rules=rules_of_the_day(quiet=NIGHT)))
    begun = clock.now().at_wall(MONDAY_8.replace(day=2, hour=7))
    timer.sleep(8 * 60 + 35)
    timer.wait(45)
    assert timer.minutes_of(Message.DUE, begun) == [0, 10, 30]


def test_a_restart_says_nothing_twice_of_a_due_session() -> None:
    timer = at_due(Timer())
    due = timer.clock.now()
    timer.wait(11)
    again = timer.restarted()
    assert again.messages() == []
    again.wait(30)
    assert again.minutes_of(Message.DUE, due) == [30]


def test_while_the_disk_is_full_nothing_is_said_twice_either() -> None:
    timer = at_rest(Timer())
    timer.store.failure = DISK_FULL
    timer.wait(95)
    assert timer.messages().count(Message.DUE) == 1
    assert timer.troubles[-1] == DISK_FULL
    timer.store.failure = ""
    timer.watch.look()
    assert timer.restarted().messages() == []


# --- from ice to heat ---


def obey(timer: Timer, hours: float) -> None:
    """Do at once what is asked, from one moment that matters to the next."""
    first = timer.clock.now()
    timer.start()
    while timer.clock.now().since(first) < hours * HOUR_S:
        if timer.phase is Phase.REMOVE:
            timer.off()
        elif timer.phase is Phase.DUE:
            timer.start()
        changes_s = timer.care.view.changes_in_s(timer.clock.now())
        assert changes_s
        timer.sleep(changes_s / MINUTE_S)


def test_the_switch_to_heat_is_told_once() -> None:
    timer = Timer()
    onset = timer.clock.now()
    obey(timer, hours=80)
    assert timer.messages().count(Message.SWITCH_TO_HEAT) == 1
    (minute,) = timer.minutes_of(Message.SWITCH_TO_HEAT, onset)
    assert 72 * 60 <= minute < 73 * 60
    assert timer.care.episode.has_held(HEAT)


def test_the_switch_to_heat_is_not_told_with_a_pack_on() -> None:
    timer = at_rest(Timer())
    timer.wait(90)
    timer.start()
    on = timer.clock.now()
    timer.do(cmd.ChangeOnset(onset=on.after(-80 * HOUR_S)))
    timer.wait(19)
    assert Message.SWITCH_TO_HEAT not in timer.messages()
    timer.wait(1)
    timer.off()
    timer.wait(0.1)
    assert timer.messages().count(Message.SWITCH_TO_HEAT) == 1


def test_the_switch_to_heat_is_not_told_at_night() -> None:
    # 72 hours after an onset at 2:00 it is 2:00 at night.
    clock = HandClock(wall=MONDAY_8.replace(hour=21))
    timer = Timer(clock=clock, rules=rules_of_the_day(quiet=NIGHT))
    timer.do(cmd.Start(onset=clock.now().after(-67 * HOUR_S)))
    timer.wait(20)
    timer.off()
    timer.sleep(5 * 60)
    timer.sleep(4 * 60 + 35)
    assert Message.SWITCH_TO_HEAT not in timer.messages()
    assert clock.now().wall.strftime("%H:%M") == "06:55"
    timer.wait(10)
    told = [at.wall.strftime("%H:%M") for at, said in timer.said if "heat" in said.title.lower()]
    assert told[0] == "07:00"
    assert timer.messages().count(Message.SWITCH_TO_HEAT) == 1


def test_who_begins_with_heat_is_not_told_of_it() -> None:
    timer = Timer()
    timer.do(cmd.Start(onset=timer.clock.now().after(-80 * HOUR_S)))
    timer.wait(15)
    timer.off()
    timer.wait(200)
    assert timer.care.episode.sessions[0].plan.modality is HEAT
    assert Message.SWITCH_TO_HEAT not in timer.messages()


def test_a_restart_does_not_tell_of_the_switch_again() -> None:
    timer = at_rest(Timer())
    timer.do(cmd.ChangeOnset(onset=timer.clock.now().after(-80 * HOUR_S)))
    timer.wait(0.1)
    assert timer.messages().count(Message.SWITCH_TO_HEAT) == 1
    again = timer.restarted()
    again.wait(20)
    assert Message.SWITCH_TO_HEAT not in again.messages()


def test_switch_and_due_session_are_both_told_when_they_come_together() -> None:
    timer = at_rest(Timer())
    timer.wait(80)
    timer.do(cmd.ChangeOnset(onset=timer.clock.now().after(-80 * HOUR_S)))
    timer.wait(10)
    assert timer.messages()[-2:] == [Message.SWITCH_TO_HEAT, Message.DUE]


def test_two_messages_are_a_few_seconds_apart() -> None:
    timer = at_rest(Timer())
    timer.wait(10)
    timer.do(cmd.ChangeOnset(onset=timer.clock.now().after(-71 * HOUR_S)))
    timer.sleep(100)
    assert timer.messages()[-1:] == [Message.SWITCH_TO_HEAT]
    timer.wait(APART_S / 60)
    assert timer.messages()[-2:] == [Message.SWITCH_TO_HEAT, Message.DUE]
    (first, _), (second, _) = timer.said[-2:]
    assert second.since(first) == APART_S


def test_a_pack_that_has_to_come_off_waits_for_no_other_message() -> None:
    timer = Timer()
    timer.start()
    timer.clock.pass_min(19.99)
    timer.clock.reboot(minutes=0)
    again = timer.restarted()
    assert again.messages() == [Message.STILL_ON]
    again.wait(0.02)
    assert again.messages() == [Message.STILL_ON, Message.TAKE_OFF]


# --- what time alone brings ---


def test_a_pause_that_ran_out_is_told_once() -> None:
    timer = Timer()
    timer.start()
    timer.wait(5)
    timer.do(cmd.Pause())
    paused = timer.clock.now()
    timer.wait(60)
    assert timer.minutes_of(Message.PAUSE_OVER, paused) == [10]
    assert timer.restarted().messages() == []


def test_a_pause_that_is_ended_in_time_is_not_told() -> None:
    timer = Timer()
    timer.start()
    timer.do(cmd.Pause())
    timer.wait(9)
    timer.do(cmd.Resume())
    timer.wait(15)
    assert timer.messages() == []


def test_what_is_assumed_off_is_told_once() -> None:
    timer = Timer(rules=rules_of_the_day(when_over=WhenOver.ASSUME))
    begun = timer.clock.now()
    timer.start()
    timer.wait(60)
    assert timer.minutes_of(Message.ASSUMED_OFF, begun) == [20]
    assert Message.TAKE_OFF not in timer.messages()
    assert timer.phase is Phase.RESTING
    assert timer.restarted().messages() == []


def test_what_begins_by_itself_is_told_once() -> None:
    timer = at_rest(Timer(rules=rules_of_the_day(when_due=WhenDue.BEGIN)))
    rest = timer.clock.now()
    timer.wait(100)
    assert timer.minutes_of(Message.BEGUN, rest) == [90]
    assert Message.DUE not in timer.messages()


def test_a_session_that_was_missed_at_night_is_not_told() -> None:
    clock = HandClock(wall=MONDAY_8.replace(hour=20, minute=10))
    timer = at_due(Timer(clock=clock, rules=rules_of_the_day(quiet=NIGHT)))
    said = len(timer.said)
    timer.sleep(120)
    assert timer.recorded()[-1] == "SessionMissed"
    assert len(timer.said) == said


def test_without_an_episode_nothing_is_said() -> None:
    timer = Timer()
    timer.wait(60)
    timer.sleep(24 * 60)
    assert timer.messages() == []


# --- the look at the skin ---


def test_the_skin_check_is_asked_once_silently_and_in_its_time() -> None:
    timer = Timer(rules=rules_of_the_day(skin_check_min=10))
    begun = timer.clock.now()
    timer.start()
    timer.wait(19)
    assert timer.minutes_of(Message.SKIN_CHECK, begun) == [10]
    assert timer.rungs == [SILENT]
    assert timer.care.view.skin_check
    assert timer.restarted().messages() == []
    timer.wait(1)
    assert not timer.care.view.skin_check


def test_a_pause_puts_the_skin_check_off() -> None:
    timer = Timer(rules=rules_of_the_day(skin_check_min=10))
    begun = timer.clock.now()
    timer.start()
    timer.wait(6)
    timer.do(cmd.Pause())
    timer.wait(8)
    timer.do(cmd.Resume())
    timer.wait(10)
    assert timer.minutes_of(Message.SKIN_CHECK, begun) == [18]


def test_yes_to_the_skin_check_ends_the_session_and_is_recorded() -> None:
    timer = Timer(rules=rules_of_the_day(skin_check_min=10))
    timer.start()
    timer.wait(11)
    timer.do(cmd.Stop(why=ev.StopReason.SKIN))
    assert timer.recorded()[-2:] == ["PackRemoved", "SessionStopped"]
    (session,) = timer.care.episode.sessions
    assert (session.outcome, session.stopped_for) == (Outcome.EARLY, ev.StopReason.SKIN)
    assert timer.phase is Phase.RESTING


def test_every_session_has_its_own_skin_check() -> None:
    timer = at_due(Timer(rules=rules_of_the_day(skin_check_min=10)))
    timer.start()
    timer.wait(15)
    assert timer.messages().count(Message.SKIN_CHECK) == 2


@pytest.mark.parametrize("minutes", [0, 5, 15])
def test_there_is_no_skin_check_where_it_is_off_or_comes_with_the_end(minutes: int) -> None:
    timer = Timer(rules=rules_of_the_day(skin_check_min=minutes, ice_min=5))
    timer.start()
    timer.wait(5)
    assert Message.SKIN_CHECK not in timer.messages()
