"""What is shown: complete, cheap, and right until the moment at which it says that it changes."""

import time
from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.phases import Phase
from backtimer.domain.view import View, view
from tests.domain.kit import (
    HEAT,
    ICE,
    ICE_TWICE,
    Life,
    at_due,
    at_rest,
    clock,
    live_plan,
    manual_rules,
    plain_rules,
    quiet,
)

NIGHT = quiet("22:30", "07:00")


def test_idle_offers_ice_and_shows_nothing_else() -> None:
    seen = Life().view
    assert (seen.phase, seen.offered, seen.switch_to) == (Phase.IDLE, ICE, HEAT)
    empty = (seen.modality, seen.since, seen.until, seen.next, seen.onset, seen.heat_from)
    assert empty == (None,) * 6
    assert (seen.changes, seen.changes_in_s(seen.at), seen.planned_s) == (None, None, None)
    assert not seen.is_outdated(seen.at.after(1e6))


def test_applying_shows_what_is_on_since_when_and_until_when() -> None:
    life = Life()
    life.start()
    seen = life.wait(5)
    assert (seen.phase, seen.modality, seen.planned_s) == (Phase.APPLYING, ICE, 1200)
    assert (clock(seen.since), clock(seen.until)) == ("Mon 08:00", "Mon 08:20")
    assert life.next_at() == "Mon 09:50"
    assert (seen.remaining_s(life.now), seen.overdue_s(life.now)) == (900, None)
    assert (clock(seen.onset), clock(seen.heat_from)) == ("Mon 08:00", "Thu 08:00")
    assert (seen.sessions_today, seen.protocol) == (1, "ice-then-heat")


def test_remove_shows_how_late_it_is_and_has_no_end() -> None:
    life = Life()
    life.start()
    seen = life.wait(22)
    assert (seen.phase, seen.modality, seen.planned_s) == (Phase.REMOVE, ICE, 1200)
    assert (clock(seen.since), seen.until, seen.remaining_s(life.now)) == ("Mon 08:20", None, None)
    assert seen.overdue_s(life.now) == 120
    assert seen.overdue_s(life.ago(5)) == 0


def test_paused_shows_until_when_it_can_be_resumed() -> None:
    life = Life()
    life.start()
    life.wait(5)
    seen = life.do(cmd.Pause())
    assert (clock(seen.since), clock(seen.until)) == ("Mon 08:05", "Mon 08:15")
    assert life.next_at() == "Mon 09:50", "if it were resumed now"


def test_resting_shows_the_removal_the_end_and_what_is_next() -> None:
    seen = at_rest(10).view
    assert (clock(seen.since), clock(seen.until)) == ("Mon 08:20", "Mon 09:50")
    assert seen.next
    assert (seen.next.modality, seen.modality) == (ICE, None)


def test_due_shows_since_when_and_has_no_end() -> None:
    seen = at_due(7).view
    assert (clock(seen.since), seen.until, seen.modality) == ("Mon 09:50", None, ICE)


def test_day_and_sessions_of_today_are_counted_in_elapsed_time() -> None:
    life = at_rest()
    life.sleep(1439 - 20)
    assert (life.view.day, life.view.sessions_today) == (1, 1)
    life.wait(1)
    assert (life.view.day, life.view.sessions_today) == (2, 0)


def test_what_is_shown_moves_with_the_clock_but_not_in_elapsed_time() -> None:
    life = at_rest(10)
    life.set_clock(3)
    seen = life.view
    assert (clock(seen.since), clock(seen.until)) == ("Mon 11:20", "Mon 12:50")
    life.travel(ZoneInfo("America/New_York"))
    assert clock(life.view.until) == "Mon 06:50"


def test_a_view_is_outdated_by_its_change_by_a_clock_that_was_set_and_by_another_zone() -> None:
    life = at_rest(10)
    seen = life.view
    assert not seen.is_outdated(life.now)
    assert not seen.is_outdated(life.ago(-19.9))
    assert seen.is_outdated(life.ago(-20)), "from then on a start by hand is possible"
    life.set_clock(-1)
    assert seen.is_outdated(life.now)
    life.set_clock(1)
    assert not seen.is_outdated(life.now)
    life.travel(ZoneInfo("America/New_York"))
    assert seen.is_outdated(life.now)


def test_resting_shows_from_when_a_start_by_hand_is_possible() -> None:
    life = at_rest(10)
    assert clock(life.view.start_from) == "Mon 08:50"
    assert life.wait(20).start_from is None, "it is possible now"
    life = with_a_full_day_by_hand()
    assert clock(life.view.start_from) == "Tue 08:00"


def test_idle_and_with_a_pack_on_no_start_by_hand_is_waited_for() -> None:
    assert Life().view.start_from is None
    assert with_a_pack_on().view.start_from is None
    assert paused().view.start_from is None


def steady(life: Life, seen: View, later: View) -> bool:
    """Whether both show the same, at two moments."""
    same = replace(later, at=seen.at)
    if life.episode.running and seen.phase is not Phase.APPLYING:
        # As long as nobody answers, what comes after the session moves with the time.
        same = replace(same, next=seen.next, switch_to=seen.switch_to)
    return same == seen and later.day == seen.day


def in_an_inner_rest() -> Life:
    life = Life()
    life.begin(ICE_TWICE)
    life.wait(10)
    life.off()
    return life


def rested_by_hand() -> Life:
    life = Life(rules=manual_rules())
    life.start(HEAT)
    life.wait(15)
    life.off()
    return life


def with_a_full_day() -> Life:
    life = Life(rules=plain_rules(sessions_per_day=2))
    live_plan(life, 200, [])
    return life


def with_a_full_day_by_hand() -> Life:
    life = Life()
    for _ in range(12):
        life.start()
        life.off()
        life.sleep(30)
    return life


def skipped() -> Life:
    life = at_due(rules=plain_rules(quiet=NIGHT))
    life.do(cmd.Skip())
    return life


def waiting_for_a_gap() -> Life:
    life = at_due(rules=plain_rules(gap_min=400))
    life.do(cmd.Switch(modality=HEAT))
    return life


def before_heat() -> Life:
    life = Life(rules=plain_rules(quiet=NIGHT, gap_min=300))
    life.do(cmd.Start(onset=life.ago(65 * 60)))
    life.wait(20)
    life.off()
    return life


def with_a_pack_on() -> Life:
    life = Life()
    life.start()
    return life


def paused() -> Life:
    life = with_a_pack_on()
    life.do(cmd.Pause())
    return life


SITUATIONS: list[Callable[[], Life]] = [
    *(Life, with_a_pack_on, paused, at_rest, at_due, in_an_inner_rest, rested_by_hand),
    *(with_a_full_day, with_a_full_day_by_hand, skipped, waiting_for_a_gap, before_heat),
]


@pytest.mark.parametrize("come_there", SITUATIONS, ids=lambda each: each.__name__)
def test_nothing_changes_before_the_moment_at_which_it_is_said_to_change(
    come_there: Callable[[], Life],
) -> None:
    life = come_there()
    for _ in range(8):
        seen = life.view
        changes_s = seen.changes_in_s(life.now)
        if changes_s is None:
            break
        assert changes_s > 0
        for part in (0.013, 0.51, 0.997):
            later = view(life.episode, life.now.after(changes_s * part))
            assert later.phase is seen.phase
            assert steady(life, seen, later)
        life.now = life.now.after(changes_s)
        life.check()


def test_the_time_left_until_a_change_is_never_negative() -> None:
    life = at_rest()
    seen = life.view
    assert seen.changes_in_s(life.ago(-200)) == 0
    assert seen.remaining_s(life.ago(-200)) == 0


def test_a_look_at_a_hundred_sessions_takes_no_longer_than_one_at_two() -> None:
    life = at_due()
    short_s = fastest_s(life)
    life = Life(rules=plain_rules(sessions_per_day=12, ice_rest_min=30, heat_after_h=168))
    live_plan(life, 10 * 1440, [])
    assert len(life.episode.sessions) > 80
    life.start()
    life.off()
    assert fastest_s(life) < 2.5 * short_s


def fastest_s(life: Life) -> float:
    taken = []
    for _ in range(9):
        begin_s = time.process_time()
        for _ in range(10):
            view(life.episode, life.now)
        taken.append(time.process_time() - begin_s)
    return min(taken)
