"""The machine is started again: what goes on by the wall clock, what is asked, what stays safe."""

from dataclasses import replace

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.clock import DAY_S, HOUR_S, MINUTE_S
from backtimer.domain.journal import session_rows
from backtimer.domain.phases import Phase
from backtimer.domain.plan import marks_of_day
from backtimer.domain.protocol import WhenOver
from backtimer.domain.reboots import in_boot_of, restarted_since
from backtimer.domain.reminding import due_step, next_due_step_s, still_on_to_ask
from backtimer.domain.session import Outcome
from tests.domain.kit import (
    HEAT,
    ICE,
    Life,
    at_due,
    at_rest,
    moment,
    plain_rules,
    quiet,
)


def with_ice_on(minutes: float) -> Life:
    life = Life()
    life.start()
    life.wait(minutes)
    return life


# --- how long it was off ---


def test_within_one_boot_the_record_is_taken_as_it_is() -> None:
    life = at_rest()
    assert in_boot_of(life.now, life.history) == tuple(life.history)
    assert restarted_since(life.history, life.now) == ()
    assert restarted_since((), life.now) == ()


def test_rest_goes_on_by_the_wall_clock() -> None:
    life = at_rest(10)
    life.reboot(minutes=30)
    assert (life.phase, life.until_min()) == (Phase.RESTING, 50)


def test_times_are_told_as_they_were_recorded() -> None:
    life = at_rest()
    removed = life.episode.removed
    life.reboot(minutes=30)
    assert removed
    assert life.episode.removed
    assert life.episode.removed.wall == removed.wall


def test_what_was_measured_in_one_boot_stays_to_the_second_though_the_clock_was_set_in_it() -> None:
    life = Life()
    life.start()
    life.wait(7)
    life.set_clock(-30)
    life.wait(13)
    life.off()
    life.reboot()
    row = session_rows(life.episode, life.now)[-1]
    assert (row.on_skin_s, row.outcome) == (20 * MINUTE_S, Outcome.COMPLETE)


def test_a_clock_set_in_an_earlier_boot_hides_no_hour_of_the_onset() -> None:
    life = at_rest()
    life.wait(70 * 60)
    life.set_clock(-48)
    life.check()  # the program notices, and it is recorded
    life.reboot(minutes=1)
    life.wait(115)
    assert life.view.next
    assert life.view.next.modality is HEAT


def test_rest_is_at_least_what_the_new_boot_itself_has_counted() -> None:
    life = at_rest()
    life.now = replace(moment(life.now.wall, boot_s=50 * MINUTE_S, boot="boot-2"))
    life.restart()
    assert life.until_min() == 40


@pytest.mark.parametrize("hours", [-8760, -25, -1])
def test_a_clock_that_ran_backwards_over_a_restart_never_shortens_a_rest_nor_holds_it_for_ever(
    hours: float,
) -> None:
    life = at_rest(80)
    life.set_clock(hours)
    life.reboot(minutes=1)
    assert life.phase is Phase.RESTING
    left_min = life.until_min()
    assert left_min
    assert 9 <= left_min <= 90


@pytest.mark.parametrize("hours", [-8760, -73, 73, 8760])
def test_where_the_time_off_is_in_doubt_it_is_never_more_ice(hours: float) -> None:
    life = at_rest(80)
    life.set_clock(hours)
    life.reboot(minutes=1)
    life.sleep(95)
    assert life.view.offered is HEAT
    assert life.view.next is None or life.view.next.modality is HEAT


def test_a_clock_that_is_put_right_after_the_restart_gives_a_rest_back() -> None:
    # Another system left the machine's clock two hours ahead; a minute later it is right again.
    life = at_rest(10)
    life.reboot(minutes=120)
    assert life.until_min() is None
    life.set_clock(-118 / 60)
    life.check()
    assert life.kinds()[-1] == "ClockSet"
    life.restart()
    assert life.until_min() == 78


def test_each_boot_of_several_counts() -> None:
    life = at_rest()
    for _ in range(3):
        life.reboot(minutes=10)
        life.do(cmd.RatePain(nrs=3))
    assert (life.phase, life.until_min()) == (Phase.RESTING, 60)


def test_a_boot_that_comes_again_later_is_the_same_one() -> None:
    # Nothing this program writes; a record put together by hand may have it.
    life = at_rest()
    first = life.now
    life.reboot(minutes=10)
    life.take((ev.PainRated(at=first.after(60), nrs=1),))
    life.restart()
    assert life.phase is Phase.RESTING


# --- the clock is set ---


def test_a_clock_that_was_set_is_recorded_once() -> None:
    life = at_rest()
    life.set_clock(3)
    life.check()
    life.wait(1)
    life.set_clock(-3)
    life.check()
    assert life.kinds().count("ClockSet") == 2


@pytest.mark.parametrize("seconds", [-29, 29])
def test_a_clock_that_drifts_is_not_worth_a_line(seconds: float) -> None:
    life = at_rest()
    life.set_clock(seconds / HOUR_S)
    life.check()
    assert "ClockSet" not in life.kinds()


def test_without_an_episode_nobody_minds_the_clock() -> None:
    life = Life()
    life.do(cmd.RatePain(nrs=3))
    life.set_clock(3)
    life.check()
    assert life.kinds() == ["PainRated"]


def test_what_time_brought_is_recorded_by_the_clock_of_now() -> None:
    life = Life(rules=plain_rules(when_over=WhenOver.ASSUME))
    life.start()
    life.set_clock(5)
    life.wait(30)
    assert life.kinds().count("ClockSet") == 1
    assert life.episode.removed
    assert life.history[-1].at.wall.hour == 13


# --- a pack that was on ---


def test_after_a_restart_with_a_pack_on_the_person_is_asked_once() -> None:
    life = with_ice_on(5)
    life.reboot()
    assert (life.phase, life.view.unsure) == (Phase.APPLYING, True)
    assert still_on_to_ask(life.episode)
    life.take((ev.Noticed(at=life.now, notice=ev.Notice.STILL_ON),))
    life.restart()
    assert life.view.unsure
    assert still_on_to_ask(life.episode) is None
    life.reboot()
    assert still_on_to_ask(life.episode), "each restart asks"


def test_a_restart_of_the_program_alone_asks_nothing() -> None:
    life = with_ice_on(5)
    life.restart()
    assert not life.view.unsure
    assert still_on_to_ask(life.episode) is None


def test_a_pack_that_is_still_on_goes_on() -> None:
    life = with_ice_on(5)
    life.reboot(minutes=3)
    assert life.do(cmd.StillOn()).unsure is False
    assert (life.phase, life.until_min()) == (Phase.APPLYING, 12)
    life.wait(12)
    assert life.phase is Phase.REMOVE


def test_a_pack_that_came_off_meanwhile_came_off_then() -> None:
    life = with_ice_on(5)
    life.reboot(minutes=60)
    assert (life.phase, life.view.unsure) == (Phase.REMOVE, True)
    life.off(minutes_ago=50)
    row = session_rows(life.episode, life.now)[-1]
    assert (row.outcome, row.on_skin_s) == (Outcome.EARLY, 15 * MINUTE_S)
    assert life.until_min() == 40


def test_what_nobody_knows_has_no_minutes_and_rest_counts_from_the_answer() -> None:
    life = with_ice_on(5)
    life.reboot(minutes=600)
    seen = life.do(cmd.LoseTrack())
    row = session_rows(life.episode, life.now)[-1]
    assert (row.outcome, row.on_skin_s, row.late_s, row.ended) == (Outcome.UNKNOWN, *[None] * 3)
    assert (seen.phase, life.until_min(), seen.ask_removal) == (Phase.RESTING, 90, False)
    (mark,) = (each for each in marks_of_day(life.episode, life.now) if not each.planned)
    assert mark.end.since(mark.begin) == 20 * MINUTE_S


def test_the_time_of_a_pack_that_was_left_on_counts_as_the_longest() -> None:
    life = with_ice_on(5)
    life.set_clock(-2)
    life.reboot(minutes=1)
    assert life.phase is Phase.REMOVE


def test_a_pause_over_a_restart_is_a_pause() -> None:
    life = with_ice_on(5)
    life.do(cmd.Pause())
    life.reboot(minutes=3)
    assert (life.phase, life.view.unsure) == (Phase.PAUSED, False)
    life.wait(8)
    assert life.phase is Phase.RESTING


# --- what was due ---


def test_what_was_due_yesterday_does_not_ring_this_morning() -> None:
    life = at_due()
    life.reboot(minutes=22 * 60)
    assert life.phase is Phase.DUE
    assert due_step(life.episode, life.now, 1) is None
    assert next_due_step_s(life.episode, life.now, 1) is None


def test_what_became_due_before_midnight_rings_after_it() -> None:
    life = at_rest(rules=plain_rules())
    life.set_clock(15)
    life.check()
    life.reboot(minutes=95)
    assert (life.phase, life.now.wall.day) == (Phase.DUE, 2)
    assert due_step(life.episode, life.now, 1)


def test_a_session_that_lapsed_with_the_machine_off_is_a_missed_one() -> None:
    life = at_rest(rules=plain_rules(quiet=quiet("10:30", "11:00")))
    life.reboot(minutes=200)
    life.check()
    assert life.episode.sessions[-1].outcome is Outcome.MISSED
    assert life.phase is Phase.DUE
    assert life.view.next
    assert life.view.next.modality is ICE


def test_days_off_bring_heat() -> None:
    life = at_rest()
    life.reboot(minutes=73 * 60)
    assert life.view.offered is HEAT
    assert life.view.day == 1 + 73 * HOUR_S // DAY_S


def test_a_clock_that_lost_its_battery_is_counted_with_but_not_for_ever() -> None:
    life = with_ice_on(5)
    life.now = moment(life.now.wall.replace(year=1980), boot_s=30, boot="boot-2")
    life.restart()
    assert life.phase is Phase.REMOVE
    life.off()
    assert all(abs(each.at.boot_s) < 1e9 for each in in_boot_of(life.now, life.history))


def test_whoever_speaks_first_after_a_restart_the_pack_is_asked_about() -> None:
    life = with_ice_on(5)
    life.now = moment(life.ago(-3).wall, boot_s=60, boot="boot-2")
    life.history.append(ev.PainRated(at=life.now, nrs=5))
    life.restart()
    assert life.view.unsure


def test_who_put_a_pack_on_after_the_restart_is_not_asked_about_it() -> None:
    life = at_rest(100)
    life.now = moment(life.ago(-3).wall, boot_s=60, boot="boot-2")
    plan = life.episode.sessions[-1].plan
    life.history.append(ev.SessionStarted(at=life.now, plan=plan, protocol="ice-then-heat"))
    life.restart()
    assert not life.view.unsure


def test_what_is_not_known_is_not_assumed() -> None:
    life = Life(rules=plain_rules(when_over=WhenOver.ASSUME))
    life.start()
    life.wait(5)
    life.reboot(minutes=60)
    life.check()
    assert (life.phase, life.view.unsure) == (Phase.REMOVE, True)
    life.do(cmd.StillOn())
    life.check()
    assert life.episode.sessions[-1].outcome is Outcome.ASSUMED
