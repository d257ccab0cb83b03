"""Commands and time become events on disk, or nothing has happened."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.clock import MINUTE_S, Moment
from backtimer.domain.episode import Episode
from backtimer.domain.errors import DataError, Refused, TooNew
from backtimer.domain.events import CardAnswer
from backtimer.domain.journal import told
from backtimer.domain.phases import Phase
from backtimer.domain.plan import StepKind
from backtimer.domain.protocol import Modality, WhenDue, WhenOver
from backtimer.domain.reminding import Message
from backtimer.domain.session import Outcome
from tests.fakes import DISK_FULL, MONDAY_8, HandClock, MemoryStore
from tests.services.timer import NIGHT, Timer, at_due, at_rest, rules_of_the_day

ICE, HEAT = Modality.ICE, Modality.HEAT


# --- commands ---


def test_a_command_is_on_disk_when_it_is_answered() -> None:
    timer = Timer()
    view = timer.start()
    assert view.phase is Phase.APPLYING
    assert timer.recorded() == ["EpisodeStarted", "SessionStarted"]


def test_a_command_answers_with_the_state_that_it_announced() -> None:
    timer = Timer()
    view = timer.start()
    assert view is timer.care.view
    assert timer.views[-1] is view


def test_a_command_writes_its_events_at_once_and_together() -> None:
    timer = Timer()
    timer.start()
    assert timer.store.tries == 1


def ended(timer: Timer) -> tuple[Episode, Moment]:
    """The last episode that is over, and when it ended."""
    timer.care.past.finish()
    return told((timer.care.past.ended or ())[-1], timer.clock.now())


def test_what_is_over_can_be_corrected_and_is_on_disk_at_once() -> None:
    timer = at_rest(Timer())
    timer.do(cmd.End())
    timer.do(cmd.RatePain(nrs=3))
    episode, until = ended(timer)
    of, before = episode.sessions[0].of, timer.care.episode
    timer.care.amend(episode, until, cmd.WithdrawSession(of=of))
    assert timer.recorded()[-1] == "SessionWithdrawn"
    assert ended(timer)[0].sessions[0].withdrawn
    assert timer.care.episode == before, "it is not told of what goes on"
    with pytest.raises(Refused):
        timer.care.amend(episode, until, cmd.RestoreSession(of=of))


def test_a_refused_command_changes_nothing() -> None:
    timer = Timer()
    timer.start()
    before = timer.care.episode
    with pytest.raises(Refused, match="on already"):
        timer.start()
    assert timer.care.episode == before
    assert timer.recorded() == ["EpisodeStarted", "SessionStarted"]
    assert timer.phase is Phase.APPLYING


def test_a_command_without_events_writes_nothing() -> None:
    timer = Timer()
    timer.do(cmd.Quit())
    assert timer.store.tries == 0


def test_a_command_that_comes_late_first_records_what_time_brought() -> None:
    timer = Timer()
    timer.start()
    timer.wait(5)
    timer.do(cmd.Pause())
    timer.clock.pass_min(11)
    assert "no pack on" in timer.refusal(cmd.Off())
    assert timer.recorded()[-1] == "PackRemoved"
    assert timer.phase is Phase.RESTING


# --- a disk that fails ---


def test_with_a_failing_disk_a_command_counts_and_it_is_told_that_it_is_not_saved() -> None:
    timer = Timer()
    timer.store.failure = DISK_FULL
    assert timer.start().phase is Phase.APPLYING
    assert not timer.care.is_saved
    assert timer.care.fault == DISK_FULL
    assert timer.off().phase is Phase.RESTING
    assert timer.recorded() == []
    assert timer.troubles == [DISK_FULL]


def test_what_was_done_with_a_failing_disk_is_saved_in_its_order_once_it_works() -> None:
    timer = Timer()
    timer.store.failure = DISK_FULL
    timer.start()
    timer.do(cmd.RatePain(nrs=4))
    timer.store.failure = ""
    timer.off()
    assert timer.recorded() == ["EpisodeStarted", "SessionStarted", "PainRated", "PackRemoved"]
    assert timer.care.is_saved
    assert timer.care.fault == ""
    assert timer.troubles == [DISK_FULL, ""]
    assert timer.restarted().care.episode == timer.care.episode


def test_an_episode_that_ended_with_a_failing_disk_is_over() -> None:
    timer = at_rest(Timer())
    timer.store.failure = DISK_FULL
    timer.do(cmd.End())
    timer.start()
    timer.store.failure = ""
    timer.watch.look()
    assert [len(each) for each in timer.store.episodes()] == [4, 2]
    assert timer.restarted().care.episode == timer.care.episode


def with_a_pause_that_ran_out(timer: Timer) -> Timer:
    timer.start()
    timer.wait(5)
    timer.do(cmd.Pause())
    timer.store.failure = DISK_FULL
    timer.wait(11)
    return timer


def test_what_time_brought_counts_even_if_the_disk_does_not_take_it() -> None:
    timer = with_a_pause_that_ran_out(Timer())
    assert timer.phase is Phase.RESTING
    assert timer.troubles[-1] == DISK_FULL
    assert not timer.care.is_saved
    assert timer.recorded()[-1] == "Paused"


def test_what_the_disk_did_not_take_is_written_at_the_next_look() -> None:
    timer = with_a_pause_that_ran_out(Timer())
    timer.store.failure = ""
    timer.watch.look()
    assert timer.recorded()[-1] == "PackRemoved"
    assert timer.care.is_saved
    assert timer.troubles[-1] == ""


def test_what_the_disk_did_not_take_is_written_before_the_next_command() -> None:
    timer = with_a_pause_that_ran_out(Timer())
    timer.wait(90)
    timer.store.failure = ""
    timer.do(cmd.RatePain(nrs=2))
    assert timer.recorded()[-2:] == ["PackRemoved", "PainRated"]
    assert timer.care.is_saved


def test_nothing_is_written_twice_after_trouble() -> None:
    timer = with_a_pause_that_ran_out(Timer())
    timer.store.failure = ""
    timer.watch.look()
    tries = timer.store.tries
    timer.wait(5)
    assert timer.store.tries == tries
    assert timer.recorded().count("PackRemoved") == 1


def test_trouble_is_withdrawn_once() -> None:
    timer = with_a_pause_that_ran_out(Timer())
    timer.store.failure = ""
    for _ in range(3):
        timer.watch.look()
    assert timer.troubles.count("") == 1


def test_where_there_was_no_trouble_none_is_withdrawn() -> None:
    timer = at_due(Timer())
    timer.wait(31)
    assert timer.troubles == []


def test_trouble_is_told_once_and_again_when_it_is_another() -> None:
    timer = with_a_pause_that_ran_out(Timer())
    timer.watch.look()
    assert timer.troubles == [DISK_FULL]
    timer.store.failure = "Another program has it locked."
    timer.watch.look()
    assert timer.troubles[1:] == ["Another program has it locked."]


def test_a_record_that_went_through_trouble_tells_the_same_after_a_restart() -> None:
    timer = with_a_pause_that_ran_out(Timer())
    timer.store.failure = ""
    timer.watch.look()
    again = timer.restarted()
    assert again.care.episode == timer.care.episode


# --- time ---


def test_facts_of_time_are_announced_when_they_are_found() -> None:
    timer = Timer()
    timer.start()
    timer.do(cmd.Pause())
    assert timer.settled == []
    timer.wait(11)
    assert [type(each) for each in timer.settled] == [ev.PackRemoved]


def test_looking_at_the_clock_again_and_again_is_harmless() -> None:
    timer = at_due(Timer())
    before = timer.care.episode
    for _ in range(10):
        timer.care.check()
    assert timer.care.episode == before
    assert timer.messages().count(Message.DUE) == 1


def test_a_look_announces_the_same_view_while_nothing_but_the_time_has_changed() -> None:
    timer = Timer()
    timer.start()
    timer.clock.pass_min(19)
    seen = len(timer.views)
    timer.care.look()
    assert len(timer.views) == seen + 1
    assert timer.views[-1] is timer.views[-2]
    timer.clock.pass_min(1)
    timer.care.look()
    assert timer.views[-1].phase is Phase.REMOVE


def test_a_glance_does_nothing_while_nothing_has_changed() -> None:
    timer = Timer()
    timer.start()
    seen = len(timer.views)
    timer.clock.pass_min(19)
    timer.care.glance()
    assert len(timer.views) == seen


def test_a_glance_finds_that_time_is_up() -> None:
    timer = Timer()
    timer.start()
    timer.clock.pass_min(20)
    timer.care.glance()
    assert timer.phase is Phase.REMOVE
    assert timer.messages() == [Message.TAKE_OFF]


@pytest.mark.parametrize("hours", [-5.0, 5.0])
def test_a_glance_finds_that_the_clock_was_set_and_time_on_skin_stays(hours: float) -> None:
    timer = Timer()
    timer.start()
    timer.clock.pass_min(10)
    timer.clock.set_wall(hours)
    timer.care.glance()
    now = timer.clock.now()
    assert timer.care.view.remaining_s(now) == 10 * MINUTE_S
    assert timer.care.view.until
    assert (timer.care.view.until.wall - now.wall).total_seconds() == 10 * MINUTE_S


def test_an_hour_before_the_episode_began_is_no_trouble() -> None:
    # The machine was started again and its clock stands before the onset.
    timer = at_rest(Timer())
    timer.clock.set_wall(-48)
    timer.clock.reboot()
    again = timer.restarted()
    assert again.care.view.day == 8, "in doubt it is later"


# --- what is shown ---


def test_an_idle_timer_offers_ice_and_plans_nothing() -> None:
    timer = Timer()
    assert timer.care.offered() is ICE
    assert timer.care.steps() == ()
    assert timer.care.marks_of_day() == ()


def test_with_an_onset_three_days_ago_heat_is_offered() -> None:
    timer = Timer()
    now = timer.clock.now()
    assert timer.care.offered(now.after(-73 * 60 * MINUTE_S)) is HEAT
    assert timer.care.offered(now.after(-71 * 60 * MINUTE_S)) is ICE


def test_the_card_is_needed_until_it_was_answered_in_this_episode() -> None:
    timer = Timer()
    assert timer.care.needs_card(ICE)
    timer.do(cmd.Start(card=CardAnswer.NONE_OF_THESE))
    assert not timer.care.needs_card(ICE)
    assert timer.care.needs_card(HEAT)
    timer.wait(20)
    timer.off()
    timer.do(cmd.End())
    assert timer.care.needs_card(ICE)


def test_the_next_steps_lead_up_to_the_next_session() -> None:
    timer = Timer()
    timer.start()
    kinds = [step.kind for step in timer.care.steps()]
    assert kinds == [StepKind.REMOVE, StepKind.REST, StepKind.SESSION]


def test_without_a_plan_there_are_only_the_steps_at_hand() -> None:
    rules = rules_of_the_day(protocol="manual", course="manual")
    timer = Timer(rules=rules)
    timer.start()
    kinds = [step.kind for step in timer.care.steps()]
    assert kinds == [StepKind.REMOVE, StepKind.REST]


def test_the_sessions_of_the_day_are_those_that_were_and_those_to_come() -> None:
    timer = at_rest(Timer(rules=rules_of_the_day(quiet=NIGHT)))
    marks = timer.care.marks_of_day()
    assert [mark.is_done for mark in marks][:2] == [True, False]
    assert all(mark.planned for mark in marks[1:])
    # From 8:00 on, 20 minutes every 110, the last to end before 22:30.
    assert len(marks) == 8


def test_the_next_night_is_the_one_to_come() -> None:
    timer = Timer(rules=rules_of_the_day(quiet=NIGHT))
    night = timer.care.next_night()
    assert night
    begin, end = night
    assert [f"{each.wall:%a %H:%M}" for each in night] == ["Mon 22:30", "Tue 07:00"]
    assert end.since(begin) == 8.5 * 60 * MINUTE_S


def test_within_the_night_no_other_is_to_come() -> None:
    clock = HandClock(wall=MONDAY_8.replace(hour=23))
    assert Timer(rules=rules_of_the_day(quiet=NIGHT), clock=clock).care.next_night() is None


def test_without_quiet_hours_there_is_no_night() -> None:
    assert Timer().care.next_night() is None


# --- other rules ---


def test_before_an_episode_other_rules_are_simply_followed() -> None:
    timer = Timer()
    timer.do(cmd.RatePain(nrs=6))
    timer.care.adopt(rules_of_the_day(ice_min=10))
    assert timer.recorded() == ["PainRated"]
    assert timer.care.view.pain == 6
    timer.start()
    assert timer.care.view.planned_s == 10 * MINUTE_S


def test_within_an_episode_other_rules_hold_from_the_next_session_on() -> None:
    timer = Timer()
    timer.start()
    timer.care.adopt(rules_of_the_day(ice_min=10))
    assert timer.recorded()[-1] == "RulesChanged"
    assert timer.care.view.planned_s == 20 * MINUTE_S
    timer.wait(20)
    timer.off()
    timer.wait(90)
    timer.start()
    assert timer.care.view.planned_s == 10 * MINUTE_S


def test_the_same_rules_again_are_nothing_new() -> None:
    timer = Timer()
    timer.start()
    tries = timer.store.tries
    timer.care.adopt(timer.rules)
    assert timer.store.tries == tries


def test_other_rules_count_even_if_the_disk_does_not_take_them_yet() -> None:
    # They are in force in the settings already: that is a fact, not a wish.
    timer = at_rest(Timer())
    timer.store.failure = DISK_FULL
    timer.care.adopt(rules_of_the_day(ice_rest_min=120))
    assert timer.troubles[-1] == DISK_FULL
    timer.sleep(90)
    timer.store.failure = ""
    timer.start()  # the rest before it was promised as it was
    assert "RulesChanged" in timer.recorded()
    timer.sleep(20)
    timer.off()
    timer.sleep(91)
    assert timer.phase is Phase.RESTING


# --- going on ---


def test_a_restart_goes_on_where_it_was() -> None:
    timer = Timer()
    timer.start()
    timer.clock.pass_min(7)
    again = timer.restarted()
    assert again.phase is Phase.APPLYING
    assert again.care.view.remaining_s(again.clock.now()) == 13 * MINUTE_S
    assert again.care.episode == timer.care.episode


def test_a_restart_of_the_machine_goes_on_by_the_wall_clock() -> None:
    timer = Timer()
    timer.start()
    timer.clock.reboot(minutes=15)
    again = timer.restarted()
    assert again.care.view.remaining_s(again.clock.now()) == 5 * MINUTE_S


class Unreadable(MemoryStore):
    """A record that cannot be read while `fault` is an error."""

    fault: DataError | None = None

    def open_episode(self) -> tuple[ev.Event, ...]:
        if self.fault:
            raise self.fault
        return super().open_episode()


def test_where_the_record_cannot_be_read_the_timer_begins_without_it() -> None:
    store = Unreadable()
    store.fault = DataError("Another program has it locked.")
    timer = Timer(store=store)
    assert timer.care.fault == "Another program has it locked."
    assert not timer.care.is_saved
    timer.start()
    timer.wait(20)
    assert timer.messages() == [Message.TAKE_OFF]
    assert store.events == []


def test_once_the_record_can_be_read_what_it_tells_comes_before_what_happened_since() -> None:
    store = Unreadable()
    before = at_rest(Timer(store=store))
    before.clock.pass_min(100)
    store.fault = DataError("Another program has it locked.")
    timer = before.restarted()
    timer.start()
    store.fault = None
    timer.watch.look()
    assert timer.phase is Phase.APPLYING
    assert [each.outcome for each in timer.care.episode.sessions] == [Outcome.COMPLETE, None]
    assert timer.care.is_saved
    assert timer.restarted().care.episode == timer.care.episode


def test_a_newer_record_is_not_touched() -> None:
    store = Unreadable()
    store.fault = TooNew("Use that version.")
    with pytest.raises(TooNew):
        Timer(store=store)


def test_after_a_restart_of_the_machine_that_is_recorded_and_the_pack_is_asked_for() -> None:
    timer = Timer()
    timer.start()
    timer.clock.reboot()
    again = timer.restarted()
    assert again.care.view.unsure
    assert again.recorded()[-1] == "MachineRestarted"
    assert again.messages() == [Message.STILL_ON]
    assert again.restarted().messages() == []
    assert again.do(cmd.StillOn()).unsure is False


def test_a_clock_that_is_put_right_after_a_restart_of_the_machine_changes_what_is_known() -> None:
    timer = at_rest(Timer())
    timer.clock.reboot(minutes=120)
    again = timer.restarted()
    phases = [again.phase]
    again.clock.set_wall(hours=-1.9)
    again.watch.look()
    assert [*phases, again.phase] == [Phase.DUE, Phase.RESTING]
    assert again.restarted().care.episode == again.care.episode


def test_another_record_takes_the_place_of_this_one() -> None:
    timer = at_rest(Timer())
    other = Timer(clock=timer.clock)
    other.do(cmd.RatePain(nrs=8))
    other.do(cmd.Start(modality=Modality.HEAT))
    timer.care.replace(other.store.events)
    assert timer.phase is Phase.APPLYING
    assert timer.care.view.pain == 8
    assert timer.store.events == other.store.events
    assert timer.restarted().care.episode == timer.care.episode


def test_a_record_that_cannot_be_replaced_stays() -> None:
    timer = at_rest(Timer())
    before = list(timer.store.events)
    timer.store.failure = DISK_FULL
    with pytest.raises(DataError):
        timer.care.replace(())
    assert timer.store.events == before
    assert timer.phase is Phase.RESTING


def test_what_begins_by_itself_is_recorded_as_such() -> None:
    timer = at_rest(Timer(rules=rules_of_the_day(when_due=WhenDue.BEGIN)))
    timer.wait(90)
    assert timer.phase is Phase.APPLYING
    assert timer.recorded()[-1] == "SessionStarted"
    assert timer.care.episode.sessions[-1].unconfirmed


def test_what_is_assumed_off_is_recorded_at_the_moment_when_time_was_up() -> None:
    timer = Timer(rules=rules_of_the_day(when_over=WhenOver.ASSUME))
    begun = timer.clock.now()
    timer.start()
    timer.sleep(25)
    removed = timer.care.episode.removed
    assert removed
    assert removed.since(begun) == 20 * MINUTE_S


def test_the_present_moment_is_the_clocks() -> None:
    clock = HandClock(speed=600)
    timer = Timer(clock=clock)
    timer.start()
    clock.pass_real_s(1)
    timer.care.check()
    assert timer.care.view.remaining_s(clock.now()) == 10 * MINUTE_S


# --- a record that was rescued ---


def test_what_a_rescued_record_lost_of_the_open_episode_is_given_back() -> None:
    timer = at_rest(Timer())
    timer.do(cmd.End())
    timer.clock.pass_min(1)
    timer.start()
    timer.do(cmd.RatePain(nrs=6))
    before = list(timer.store.events)
    del timer.store.events[-2:]
    timer.care.restore_open_episode()
    assert timer.store.events == before
    timer.care.restore_open_episode()
    assert timer.store.events == before


def test_a_rescued_record_that_cannot_be_written_yet_is_told() -> None:
    timer = at_rest(Timer())
    timer.store.events.pop()
    timer.store.failure = DISK_FULL
    timer.care.restore_open_episode()
    assert timer.troubles == [DISK_FULL]


def test_a_record_that_was_never_read_is_not_given_anything_back() -> None:
    store = Unreadable()
    at_rest(Timer(store=store))
    before = list(store.events)
    store.fault = DataError("Another program has it locked.")
    timer = Timer(store=store)
    timer.care.restore_open_episode()
    assert store.events == before


def test_what_comes_due_in_the_middle_of_a_command_is_announced_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    timer = Timer(rules=rules_of_the_day(when_over=WhenOver.ASSUME))
    timer.start()
    timer.clock.pass_min(19.9999)
    check = timer.care.check

    def slow_check() -> object:
        view = check()
        timer.clock.pass_min(0.01)
        return view

    monkeypatch.setattr(timer.care, "check", slow_check)
    timer.do(cmd.RatePain(nrs=3))
    assert [type(each).__name__ for each in timer.settled] == ["PackRemoved"]
