"""The table of cases, a test or more for each row: several parts, what happens by itself."""

from backtimer.domain import commands as cmd
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import WhenDue, WhenOver
from backtimer.domain.reminding import Message, settled_by_time
from backtimer.domain.session import Outcome
from tests.domain.kit import (
    COLD_MASSAGE,
    HEAT,
    HEAT_THEN_COOL,
    ICE,
    ICE_TWICE,
    Life,
    plain_rules,
    quiet,
)

# heat-then-cool


def test_heat_then_cool_is_heat_confirmed_then_cold_massage_confirmed_as_one_session() -> None:
    life = Life()
    assert life.begin(HEAT_THEN_COOL).modality is HEAT
    assert life.wait(15).phase is Phase.REMOVE
    seen = life.off()
    assert (seen.phase, seen.modality, life.until_min()) == (Phase.APPLYING, COLD_MASSAGE, 5)
    assert life.wait(5).phase is Phase.REMOVE
    seen = life.off()
    assert (seen.phase, life.until_min()) == (Phase.RESTING, 120)
    assert [each.outcome for each in life.episode.sessions] == [Outcome.COMPLETE]
    assert seen.sessions_today == 1


def test_heat_then_cool_stopped_in_the_heat_has_no_cold_massage() -> None:
    life = Life()
    life.begin(HEAT_THEN_COOL)
    life.wait(10)
    seen = life.off()
    assert (seen.phase, life.until_min()) == (Phase.RESTING, 120)
    assert life.episode.sessions[-1].outcome is Outcome.EARLY


# ice-10-10-10


def test_ice_10_10_10_rests_within_one_session() -> None:
    life = Life()
    life.begin(ICE_TWICE)
    life.wait(10)
    seen = life.off()
    assert (seen.phase, life.until_min()) == (Phase.RESTING, 10)
    assert seen.next
    assert (seen.next.modality, life.next_min()) == (ICE, 10)
    refused = life.refusal(cmd.Start())
    assert refused == "Your skin needs a rest. Possible from 08:20."
    assert life.wait(10).phase is Phase.DUE
    life.start()
    life.wait(10)
    seen = life.off()
    assert (seen.phase, life.until_min(), seen.sessions_today) == (Phase.RESTING, 90, 1)
    assert [each.outcome for each in life.episode.sessions] == [Outcome.COMPLETE]


def test_ice_10_10_10_cannot_go_on_with_heat() -> None:
    life = Life()
    life.begin(ICE_TWICE)
    life.wait(10)
    life.off()
    life.wait(10)
    refused = life.refusal(cmd.Start(modality=HEAT))
    assert refused == "This session goes on with ice. To leave it out: backtimer skip"
    assert life.start(ICE).phase is Phase.APPLYING


def test_ice_10_10_10_whose_second_half_nobody_begins_is_stopped_early_at_quiet_hours() -> None:
    life = Life(rules=plain_rules(quiet=quiet("08:30", "12:00")))
    life.begin(ICE_TWICE)
    life.wait(10)
    life.off()
    seen = life.wait(20)
    assert (seen.phase, life.until_min()) == (Phase.RESTING, 70)
    assert [each.outcome for each in life.episode.sessions] == [Outcome.EARLY]


# when_due is begin


def beginning_by_itself(**changes: object) -> Life:
    return Life(rules=plain_rules(when_due=WhenDue.BEGIN, **changes))


def test_when_due_is_begin_sessions_begin_by_themselves_and_are_recorded_as_unconfirmed() -> None:
    life = beginning_by_itself()
    life.start()
    life.wait(20)
    life.off()
    seen = life.wait(90)
    assert (seen.phase, seen.modality, life.until_min()) == (Phase.APPLYING, ICE, 20)
    assert [each.unconfirmed for each in life.episode.sessions] == [False, True]


def test_when_due_is_begin_it_is_told() -> None:
    life = beginning_by_itself()
    life.start()
    life.wait(20)
    life.off()
    life.now = life.now.after(90 * 60)
    told = settled_by_time(life.check(), life.episode)
    assert told
    assert (told.message, told.modality) == (Message.BEGUN, ICE)


def test_when_due_is_begin_never_the_first_of_a_modality_in_an_episode() -> None:
    life = beginning_by_itself()
    life.do(cmd.Start(onset=life.ago(71 * 60 + 50)))
    life.wait(20)
    life.off()
    seen = life.wait(95)
    assert (seen.phase, seen.modality) == (Phase.DUE, HEAT)
    life.start()
    life.wait(15)
    life.off()
    assert life.wait(90).phase is Phase.APPLYING


def test_when_due_is_begin_never_the_first_after_quiet_hours() -> None:
    life = beginning_by_itself(quiet=quiet("09:00", "12:00"))
    life.start()
    life.wait(20)
    life.off()
    assert life.wait(220).phase is Phase.DUE
    life.start()
    life.wait(20)
    life.off()
    assert life.wait(90).phase is Phase.APPLYING


def test_when_due_is_begin_one_begun_by_hand_at_night_is_not_the_first_of_the_day() -> None:
    life = beginning_by_itself(quiet=quiet("07:30", "10:00"))
    life.start()
    life.wait(20)
    life.off()
    assert life.wait(100).phase is Phase.DUE


def test_when_due_is_begin_what_is_found_due_5_min_late_is_asked() -> None:
    life = beginning_by_itself()
    life.start()
    life.wait(20)
    life.off()
    life.sleep(95)
    assert life.phase is Phase.APPLYING, "seen in time"
    life = beginning_by_itself()
    life.start()
    life.wait(20)
    life.off()
    life.sleep(95.1)
    assert life.phase is Phase.DUE, "nobody knows whether a pack is on"


def test_when_due_is_begin_the_second_half_of_a_session_begins_too() -> None:
    life = beginning_by_itself()
    life.begin(ICE_TWICE)
    life.wait(10)
    life.off()
    seen = life.wait(10)
    assert (seen.phase, life.until_min()) == (Phase.APPLYING, 10)
    assert len(life.episode.sessions) == 1


# when_over is assume


def test_when_over_is_assume_the_pack_is_taken_as_off_when_time_is_up_and_recorded_so() -> None:
    life = Life(rules=plain_rules(when_over=WhenOver.ASSUME))
    life.start()
    life.now = life.now.after(26 * 60)
    facts = life.check()
    assert (life.phase, life.until_min()) == (Phase.RESTING, 84)
    assert life.episode.sessions[-1].outcome is Outcome.ASSUMED
    told = settled_by_time(facts, life.episode)
    assert told
    assert (told.message, told.modality) == (Message.ASSUMED_OFF, ICE)
    assert life.check() == ()


def test_when_over_is_assume_one_part_follows_the_other() -> None:
    life = Life(rules=plain_rules(when_over=WhenOver.ASSUME))
    life.begin(HEAT_THEN_COOL)
    life.wait(15)
    assert (life.phase, life.view.modality) == (Phase.DUE, COLD_MASSAGE)
    life.start()
    life.wait(5)
    assert (life.phase, life.until_min()) == (Phase.RESTING, 120)


def test_when_over_is_assume_and_when_due_is_begin_days_without_anyone_are_no_burst() -> None:
    life = Life(rules=plain_rules(when_over=WhenOver.ASSUME, when_due=WhenDue.BEGIN))
    life.start()
    life.sleep(3 * 1440)
    assert life.kinds() == ["EpisodeStarted", "SessionStarted", "PackRemoved"]
