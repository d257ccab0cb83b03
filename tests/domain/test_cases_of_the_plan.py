"""The table of cases, a test or more for each row: quiet hours, the end of the plan, no plan."""

from backtimer.domain import commands as cmd
from backtimer.domain.phases import Phase
from tests.domain.kit import (
    HEAT,
    ICE,
    MONDAY_8,
    Life,
    clock,
    manual_rules,
    plain_rules,
    quiet,
)

NIGHT = quiet("22:30", "07:00")


# past the protocol's last hour, or manual


def test_past_the_protocols_last_hour_resting_goes_to_its_end_and_then_has_no_until() -> None:
    life = Life()
    life.do(cmd.Start(onset=life.ago(167.5 * 60)))
    life.wait(15)
    seen = life.off()
    assert (seen.phase, life.until_min(), seen.next) == (Phase.RESTING, 90, None)
    seen = life.wait(90)
    assert (seen.phase, seen.until, seen.next) == (Phase.RESTING, None, None)
    assert life.refusal(cmd.Skip()) == "There is no session to skip: nothing is planned now."


def test_past_the_protocols_last_hour_starting_by_hand_is_allowed() -> None:
    life = Life()
    life.do(cmd.Start(onset=life.ago(8 * 1440)))
    assert life.view.modality is HEAT, "what the protocol ended with"
    life.wait(15)
    life.off()
    life.wait(1000)
    life.start(ICE)
    assert life.view.modality is ICE


def test_a_session_that_is_due_lapses_with_the_protocols_last_hour() -> None:
    life = Life()
    life.do(cmd.Start(onset=life.ago(165 * 60)))
    life.wait(15)
    life.off()
    life.wait(90)
    assert life.phase is Phase.DUE
    seen = life.wait(75)
    assert (seen.phase, seen.next) == (Phase.RESTING, None)


def test_manual_rests_to_the_end_and_then_plans_nothing() -> None:
    life = Life(rules=manual_rules())
    life.start(HEAT)
    life.wait(15)
    seen = life.off()
    assert (seen.phase, life.until_min(), seen.next) == (Phase.RESTING, 90, None)
    seen = life.wait(90)
    assert (seen.phase, seen.until, seen.next) == (Phase.RESTING, None, None)


def test_manual_offers_what_was_on_last_or_what_the_person_switched_to() -> None:
    life = Life(rules=manual_rules())
    assert life.view.offered is ICE
    life.start(HEAT)
    life.wait(15)
    life.off()
    assert life.view.offered is HEAT
    life.do(cmd.Switch(modality=ICE))
    assert life.view.offered is ICE
    life.wait(90)
    life.start()
    assert life.view.modality is ICE


# quiet hours


def test_quiet_hours_a_session_is_proposed_only_if_it_ends_before_them() -> None:
    life = Life(rules=plain_rules(quiet=quiet("10:10", "12:00")))
    life.start()
    life.wait(20)
    life.off()
    assert life.next_min() == 90, "09:50 to 10:10 fits to the second"
    life = Life(rules=plain_rules(quiet=quiet("10:09", "12:00")))
    life.start()
    life.wait(20)
    life.off()
    assert life.next_at() == "Mon 12:00"
    life.wait(90)
    assert (life.phase, life.until_min()) == (Phase.QUIET, 130)


def test_quiet_hours_allow_a_session_begun_by_hand_at_night() -> None:
    life = Life(rules=plain_rules(quiet=NIGHT), wall=MONDAY_8.replace(hour=23))
    assert life.start().phase is Phase.APPLYING


def test_quiet_hours_removal_always_rings() -> None:
    life = Life(rules=plain_rules(quiet=NIGHT), wall=MONDAY_8.replace(hour=23))
    life.start()
    assert life.wait(20).phase is Phase.REMOVE
    assert life.wait(600).phase is Phase.REMOVE


def test_quiet_hours_resting_stays_resting_until_its_end_then_quiet_until_they_are_over() -> None:
    life = Life(rules=plain_rules(quiet=NIGHT), wall=MONDAY_8.replace(hour=22))
    life.start()
    life.wait(20)
    life.off()
    assert (life.phase, life.until_min()) == (Phase.RESTING, 90)
    seen = life.wait(90)
    assert (seen.phase, clock(seen.since), clock(seen.until)) == (
        Phase.QUIET,
        "Mon 23:50",
        "Tue 07:00",
    )
    seen = life.wait(7 * 60 + 10)
    assert (seen.phase, clock(seen.since)) == (Phase.DUE, "Tue 07:00")


def test_quiet_hours_end_with_the_rest_where_that_is_later() -> None:
    life = Life(rules=plain_rules(quiet=NIGHT), wall=MONDAY_8.replace(hour=6))
    life.start()
    life.wait(20)
    life.off()
    assert (life.phase, life.until_min(), life.next_min()) == (Phase.RESTING, 90, 90)
    assert life.wait(90).phase is Phase.DUE


def test_quiet_hours_can_push_a_session_from_ice_time_into_heat_time() -> None:
    rules = plain_rules(quiet=NIGHT)
    life = Life(rules=rules, wall=MONDAY_8.replace(hour=20))
    life.do(cmd.Start(onset=life.ago(70 * 60)))
    life.wait(20)
    life.off()
    life.wait(25)
    life.do(cmd.Skip())
    assert life.view.next
    assert (life.view.next.modality, clock(life.view.next.at)) == (HEAT, "Tue 07:00")
    life.wait(11 * 60)
    assert (life.phase, life.view.modality) == (Phase.DUE, HEAT)
