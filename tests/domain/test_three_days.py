"""Three days of ice and then heat, lived through session by session in virtual time."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality
from backtimer.domain.session import Outcome
from tests.domain.kit import BERLIN, HEAT, ICE, Life, at_due, clock, live_plan, plain_rules, quiet

HOUR_MIN = 60
LEAST_MIN = 1e-6 / 60
SPRING = datetime(2026, 3, 28, 13, 0, tzinfo=BERLIN)  # the night after has one hour less
AUTUMN = datetime(2026, 10, 24, 13, 0, tzinfo=BERLIN)  # and this one an hour more
LORD_HOWE = datetime(2026, 4, 4, 13, 0, tzinfo=ZoneInfo("Australia/Lord_Howe"))  # half an hour


def lived(life: Life, minutes: float) -> list[tuple[float, Modality]]:
    begun: list[tuple[float, Modality]] = []
    live_plan(life, minutes, begun)
    return begun


def test_ice_begins_at_0_110_220_minutes_ten_times_a_day_and_heat_at_72_hours() -> None:
    ice = [(day * 1440 + number * 110, ICE) for day in range(3) for number in range(10)]
    assert lived(Life(), 72 * HOUR_MIN + 1) == [*ice, (72 * HOUR_MIN, HEAT)]


def test_all_of_day_1_to_7_is_lived_in_quiet_hours_and_planned_sessions_alone() -> None:
    life = Life(rules=plain_rules(quiet=quiet("22:30", "07:00")))
    begun = lived(life, 8 * 1440)
    assert {each.outcome for each in life.episode.sessions} == {Outcome.COMPLETE}
    assert max(at for at, _ in begun) < 168 * HOUR_MIN
    hours = {each.begun.wall.hour * 60 + each.begun.wall.minute for each in life.episode.sessions}
    assert min(hours) == 7 * 60
    assert max(hours) <= 22 * 60 + 15
    assert life.view.next is None


def test_72_hours_with_every_session_take_well_under_a_second() -> None:
    begin_s = time.process_time()
    begun = lived(Life(), 72 * HOUR_MIN)
    assert len(begun) == 30
    # A tenth of this on an idle desktop; the rest is for a busy machine that measures coverage.
    assert time.process_time() - begin_s < 5


@pytest.mark.parametrize("begin", [SPRING, AUTUMN, LORD_HOWE], ids=["spring", "autumn", "half"])
def test_summer_time_changes_no_minute_of_the_sessions(begin: datetime) -> None:
    life = Life(wall=begin)
    begun = lived(life, 73 * HOUR_MIN)
    assert begun == lived(Life(), 73 * HOUR_MIN)
    assert life.now.wall.utcoffset() != begin.utcoffset()


@pytest.mark.parametrize("begin", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_71_59_hours_after_onset_it_is_ice_and_72_01_heat_across_summer_time(
    begin: datetime,
) -> None:
    life = Life(wall=begin)
    life.start()
    life.wait(20)
    life.off()
    life.sleep(71 * HOUR_MIN + 59 - 20)
    assert (life.phase, life.view.modality) == (Phase.DUE, ICE)
    life.wait(1 - LEAST_MIN)
    assert life.view.modality is ICE
    life.wait(LEAST_MIN)
    assert life.view.modality is HEAT, "from 72 h on, to the microsecond"
    life.wait(1)
    assert life.view.modality is HEAT
    offset_h = {SPRING: 1, AUTUMN: -1}[begin]
    assert life.now.wall.hour == begin.hour + offset_h


@pytest.mark.parametrize("begin", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_71_59_hours_after_an_edited_onset_it_is_ice_and_72_01_heat(begin: datetime) -> None:
    life = Life(wall=begin)
    life.start()
    life.wait(20)
    life.off()
    life.wait(100)
    life.do(cmd.ChangeOnset(onset=life.ago(40 * HOUR_MIN)))
    life.sleep((71 - 40) * HOUR_MIN + 59)
    assert life.view.modality is ICE
    life.wait(2)
    assert life.view.modality is HEAT


def test_the_switch_can_be_set_to_48_hours() -> None:
    begun = lived(Life(rules=plain_rules(heat_after_h=48)), 49 * HOUR_MIN)
    assert [at for at, modality in begun if modality is HEAT] == [48 * HOUR_MIN]


def test_a_session_that_began_before_72_hours_finishes_as_it_began() -> None:
    life = Life()
    life.do(cmd.Start(onset=life.ago(71 * HOUR_MIN + 50)))
    life.wait(15)
    assert (life.phase, life.view.modality) == (Phase.APPLYING, ICE)
    assert life.view.offered is HEAT


def test_a_due_ice_becomes_heat_at_72_hours_after_the_gap() -> None:
    life = Life(rules=plain_rules(gap_min=480))
    life.do(cmd.Start(onset=life.ago(70 * HOUR_MIN)))
    life.wait(20)
    life.off()
    life.wait(95)
    assert (life.phase, life.view.modality) == (Phase.DUE, ICE)
    assert life.view.changes_in_s(life.now) == 5 * 60
    life.wait(5)
    assert (life.phase, life.until_min()) == (Phase.RESTING, 480 - 100)
    life.wait(380)
    assert (life.phase, life.view.modality) == (Phase.DUE, HEAT)


def test_ice_that_was_asked_for_goes_on_after_72_hours_and_heat_can_be_had_again() -> None:
    life = Life()
    life.do(cmd.Start(onset=life.ago(80 * HOUR_MIN)))
    assert life.view.modality is HEAT
    life.wait(15)
    life.off()
    life.do(cmd.Switch(modality=ICE))
    begun = lived(life, 300)
    assert {modality for _, modality in begun} == {ICE}
    life.do(cmd.Switch(modality=HEAT))
    assert life.episode.wanted is None
    assert {modality for _, modality in lived(life, 300)[1:]} == {HEAT}


def test_heat_by_hand_before_the_switch_is_one_session_and_the_plan_goes_on_with_ice() -> None:
    life = Life()
    life.start()
    life.wait(20)
    life.off()
    life.wait(30)
    life.start(HEAT)
    life.wait(15)
    life.off()
    assert life.view.next
    assert (life.view.next.modality, life.next_min()) == (ICE, 90)


@pytest.mark.parametrize("hours", [-30, -1, 1, 30, 24 * 365])
def test_a_clock_that_is_set_changes_no_second_on_skin_or_of_rest(hours: int) -> None:
    life = Life()
    life.start()
    life.wait(5)
    life.set_clock(hours)
    assert life.until_min() == 15
    life.wait(5)
    life.do(cmd.Pause())
    life.set_clock(-hours)
    life.wait(5)
    life.do(cmd.Resume())
    life.set_clock(hours)
    life.wait(12)
    assert life.view.overdue_s(life.now) == 2 * 60
    life.off()
    life.set_clock(hours)
    assert life.until_min() == 90
    life.wait(90)
    assert life.phase is Phase.DUE
    life.set_clock(-hours)
    assert life.phase is Phase.DUE
    assert life.episode.sessions[-1].last.on_skin_s(life.now) == 22 * 60


def test_a_clock_set_back_by_a_day_while_due_stays_due_since_as_long_as_before() -> None:
    life = at_due(7, plain_rules(quiet=quiet("22:30", "07:00")))
    life.set_clock(-24)
    seen = life.view
    assert seen.phase is Phase.DUE
    assert seen.since
    assert seen.since.since(life.now) == -7 * 60
    assert seen.since.wall == life.now.after(-7 * 60).wall


def test_quiet_hours_follow_the_clock_of_where_the_person_is() -> None:
    life = at_due(rules=plain_rules(quiet=quiet("22:30", "07:00")))
    life.travel(ZoneInfo("Asia/Tokyo"))
    assert (life.phase, life.now.wall.hour) == (Phase.DUE, 16)
    life.wait(5 * 60 + 40)
    assert life.phase is Phase.QUIET
    assert life.next_at() == "Tue 07:00"


def test_a_reboot_of_a_minute_goes_on_by_the_wall_clock() -> None:
    life = Life()
    life.start()
    life.wait(5)
    life.reboot(minutes=1)
    assert life.until_min() == 14
    life.wait(14)
    life.off()
    life.reboot(minutes=1)
    assert life.until_min() == 89


def test_a_restart_changes_nothing() -> None:
    life = at_due(3)
    before = life.view
    life.restart()
    assert life.view == before


def test_a_leap_day_is_a_day_like_any_other() -> None:
    life = Life(wall=datetime(2028, 2, 28, 9, 0, tzinfo=BERLIN))
    life.start()
    life.wait(20)
    life.off()
    assert clock(life.view.heat_from) == "Thu 09:00"
    life.sleep(24 * 60)
    assert (life.now.wall.month, life.now.wall.day, life.view.day) == (2, 29, 2)
    life.sleep(24 * 60)
    assert (life.now.wall.month, life.now.wall.day, life.view.day) == (3, 1, 3)
