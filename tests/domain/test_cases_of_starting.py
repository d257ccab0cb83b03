"""The table of cases, a test or more for each row: starting, switching, and when the pain began."""

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import WhenOver
from backtimer.domain.view import Action
from tests.domain.kit import (
    COLD_MASSAGE,
    HEAT,
    HEAT_THEN_COOL,
    ICE,
    ICE_TWICE,
    Life,
    at_due,
    at_rest,
    plain_rules,
    session_of,
)

# start while resting


def test_start_while_resting_is_allowed_early_from_30_min_after_removal() -> None:
    life = at_rest(30)
    life.start()
    assert life.phase is Phase.APPLYING
    assert life.episode.sessions[-1].early_start


def test_start_while_resting_is_refused_before_with_the_time_from_which_it_is_possible() -> None:
    life = at_rest(29.9)
    assert life.refusal(cmd.Start()) == "Your skin needs a rest. Possible from 08:50."
    assert Action.START not in life.view.allowed


def test_start_while_resting_tells_a_time_that_works_to_the_minute() -> None:
    life = Life()
    life.wait(0.25)
    life.start()
    life.wait(20)
    life.off()
    assert "08:51" in life.refusal(cmd.Start()), "08:50:15, to the next whole minute"
    life.wait(30)
    life.start()


def test_start_while_resting_is_not_early_once_the_rest_is_over() -> None:
    life = at_due()
    life.start()
    assert not life.episode.sessions[-1].early_start


def test_start_while_resting_with_the_other_pack_waits_for_the_gap_as_well() -> None:
    life = at_rest(30, plain_rules(gap_min=45))
    assert life.refusal(cmd.Start(modality=HEAT)) == "Your skin needs a rest. Possible from 09:05."
    life.wait(15)
    life.start(HEAT)
    assert life.view.modality is HEAT


def test_start_while_resting_begins_to_be_allowed_at_a_moment_that_the_view_foretells() -> None:
    life = at_rest()
    assert life.view.changes_in_s(life.now) == 30 * 60
    life.now = life.now.after(30 * 60)
    assert Action.START in life.view.allowed


def test_start_while_resting_needs_no_longer_than_a_rest_that_is_shorter_than_30_min() -> None:
    life = Life()
    life.begin(session_of((COLD_MASSAGE, 5, 0), rest_min=20))
    life.wait(5)
    life.off()
    assert "08:25" in life.refusal(cmd.Start(modality=COLD_MASSAGE))


# switch while a pack is on


def test_switch_while_a_pack_is_on_lets_that_session_finish_as_it_began() -> None:
    life = Life()
    life.start()
    life.wait(5)
    seen = life.do(cmd.Switch(modality=HEAT))
    assert (seen.phase, seen.modality, life.until_min()) == (Phase.APPLYING, ICE, 15)
    life.wait(15)
    life.off()
    assert life.view.next
    assert (life.view.next.modality, life.next_min()) == (HEAT, 90)


def test_switch_in_due_goes_back_to_resting_until_the_gap_has_passed() -> None:
    life = at_due(5, plain_rules(gap_min=120))
    seen = life.do(cmd.Switch(modality=HEAT))
    assert seen.phase is Phase.RESTING
    assert life.until_min() == 25
    life.wait(25)
    assert (life.phase, life.view.modality) == (Phase.DUE, HEAT)


def test_switch_in_due_with_the_gap_passed_stays_due() -> None:
    life = at_due(5)
    seen = life.do(cmd.Switch(modality=HEAT))
    assert (seen.phase, seen.modality) == (Phase.DUE, HEAT)


def test_switch_to_what_is_next_already_is_refused() -> None:
    assert at_due().refusal(cmd.Switch(modality=ICE)) == "The next session is ice already."


def test_switch_back_follows_the_protocol_again() -> None:
    life = at_rest()
    life.do(cmd.Switch(modality=HEAT))
    assert life.episode.wanted is HEAT
    life.do(cmd.Switch(modality=ICE))
    assert life.episode.wanted is None


def test_switch_means_the_next_session_also_where_heat_begins_in_between() -> None:
    life = Life()
    life.do(cmd.Start(onset=life.ago(71 * 60 + 30)))
    life.wait(20)
    life.off()
    assert life.view.offered is ICE, "begun by hand now, it would be ice"
    assert life.view.next
    assert life.view.next.modality is HEAT
    assert life.refusal(cmd.Switch(modality=HEAT)) == "The next session is heat already."
    assert life.view.switch_to is ICE
    life.do(cmd.Switch(modality=ICE))
    life.wait(90)
    assert (life.phase, life.view.modality) == (Phase.DUE, ICE)


def test_switch_in_an_inner_rest_leaves_the_running_session_alone() -> None:
    life = Life()
    life.begin(ICE_TWICE)
    life.wait(5)
    life.do(cmd.Switch(modality=HEAT))
    life.wait(5)
    life.off()
    assert life.view.offered is ICE
    assert life.view.switch_to is ICE
    life.wait(10)
    assert (life.phase, life.view.modality) == (Phase.DUE, ICE)
    life.start()
    life.wait(10)
    life.off()
    assert life.view.next
    assert life.view.next.modality is HEAT


# onset changed so that heat is due


def test_onset_changed_so_that_heat_is_due_lets_a_running_pack_finish() -> None:
    life = Life()
    life.start()
    life.wait(5)
    seen = life.do(cmd.ChangeOnset(onset=life.ago(3 * 1440)))
    assert (seen.phase, seen.modality, life.until_min()) == (Phase.APPLYING, ICE, 15)
    assert seen.next
    assert seen.next.modality is HEAT


def test_onset_changed_so_that_heat_is_due_makes_a_due_ice_heat_after_the_gap() -> None:
    life = at_due(5, plain_rules(gap_min=120))
    seen = life.do(cmd.ChangeOnset(onset=life.ago(3 * 1440)))
    assert seen.phase is Phase.RESTING
    assert seen.next
    assert (seen.next.modality, life.until_min()) == (HEAT, 25)


def test_onset_changed_to_later_than_the_first_session_is_refused() -> None:
    life = at_rest(10)
    refused = life.refusal(cmd.ChangeOnset(onset=life.ago(29.9)))
    assert refused == "It cannot have begun after your first session."
    life.do(cmd.ChangeOnset(onset=life.ago(30)))


def test_onset_cannot_be_in_the_future() -> None:
    refused = Life().refusal(cmd.Start(onset=Life().ago(-1)))
    assert refused.startswith("That time is still to come.")


def test_onset_cannot_be_older_than_30_days() -> None:
    life = Life()
    refused = life.refusal(cmd.Start(onset=life.ago(30 * 1440 + 1)))
    assert refused.startswith("That is more than 30 days ago.")
    assert life.do(cmd.Start(onset=life.ago(30 * 1440))).phase is Phase.APPLYING


def test_onset_that_was_earlier_can_be_said_with_a_later_start() -> None:
    life = at_due()
    life.do(cmd.Start(onset=life.ago(2 * 1440)))
    assert life.view.day == 3
    assert life.view.modality is ICE


# start on the command line


def test_start_on_the_command_line_begins_and_the_window_asks_when_it_is_next_shown() -> None:
    life = Life()
    seen = life.start()
    assert (seen.phase, seen.card_for) == (Phase.APPLYING, ICE)
    answer = cmd.AnswerCard(modality=ICE, answer=ev.CardAnswer.NONE_OF_THESE)
    assert life.do(answer).card_for is None


def test_start_in_the_window_with_the_card_answered_asks_no_more_for_that_modality() -> None:
    life = Life()
    seen = life.do(cmd.Start(card=ev.CardAnswer.CLINICIAN_AGREED))
    assert seen.card_for is None
    life.wait(20)
    life.off()
    life.wait(90)
    assert life.start().card_for is None
    life.wait(20)
    life.off()
    life.wait(30)
    assert life.start(HEAT).card_for is HEAT


def test_start_with_a_card_goes_on_with_a_part_of_another_modality() -> None:
    life = Life(rules=plain_rules(when_over=WhenOver.ASSUME))
    life.begin(HEAT_THEN_COOL)
    life.wait(15)
    seen = life.do(cmd.Start(card=ev.CardAnswer.NONE_OF_THESE))
    assert (seen.modality, seen.card_for) == (COLD_MASSAGE, None)


# day


def test_day_is_the_whole_days_of_elapsed_time_since_onset_plus_one() -> None:
    life = Life()
    assert life.view.day is None
    assert life.do(cmd.Start(onset=life.ago(1439))).day == 1
    assert life.wait(1).day == 2


def test_where_the_clock_was_set_back_with_the_machine_off_day_is_the_latest_it_can_be() -> None:
    life = at_rest()
    life.set_clock(-50)
    life.reboot()
    assert life.view.day == 8
