"""Whatever a person, the clock and the program do, in any order: what always holds.

A stateful test: hypothesis gives commands, lets time pass, sets clocks, travels, restarts the
program and changes the rules. After each step every sentence below has to be true.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.clock import DAY_S, HOUR_S, MINUTE_S
from backtimer.domain.decide import decide
from backtimer.domain.errors import Refused
from backtimer.domain.journal import session_rows
from backtimer.domain.phases import Phase, rest_left_s
from backtimer.domain.plan import marks_of_day
from backtimer.domain.protocol import Modality, WhenDue, WhenOver
from backtimer.domain.reminding import due_step, heat_to_tell, rating_to_ask
from backtimer.domain.rules import Rules
from backtimer.domain.session import Outcome
from backtimer.domain.settle import settle
from backtimer.domain.view import Action
from tests.domain.kit import (
    BERLIN,
    HEAT,
    HEAT_THEN_COOL,
    ICE,
    ICE_TWICE,
    Life,
    manual_rules,
    plain,
    plain_rules,
    quiet,
)

EARLY_FROM_S = 30 * MINUTE_S
ZONES = [BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")]
NIGHT, NOON = quiet("22:30", "07:00"), quiet("12:00", "14:00")
RULES = [
    plain_rules(),
    plain_rules(quiet=NIGHT),
    plain_rules(quiet=NOON, heat_after_h=24, gap_min=240),
    plain_rules(quiet=NIGHT, when_due=WhenDue.BEGIN),
    plain_rules(when_due=WhenDue.BEGIN, when_over=WhenOver.ASSUME, sessions_per_day=12),
    plain_rules(ice_rest_min=30, gap_min=10, sessions_per_day=12, ice_min=5),
    plain_rules(sessions_per_day=2, quiet=NIGHT),
    manual_rules(quiet=NIGHT),
]
SOON = st.sampled_from([0.05, 1, 4.5, 10, 20, 29.9, 30, 65, 90, 110])
LATER = SOON | st.sampled_from([400, 1440, 4000])
PHASES_OF = {
    Action.OFF: {Phase.APPLYING, Phase.PAUSED, Phase.REMOVE},
    Action.PAUSE: {Phase.APPLYING},
    Action.RESUME: {Phase.PAUSED},
    Action.SILENCE: {Phase.REMOVE},
    Action.SNOOZE: {Phase.DUE},
    Action.END: set(Phase) - {Phase.IDLE, Phase.APPLYING, Phase.REMOVE},
    Action.QUIT: set(Phase) - {Phase.APPLYING, Phase.REMOVE},
}


class Care(RuleBasedStateMachine):
    """One person, one machine, one program."""

    @initialize(day=st.sampled_from(["2026-03-28", "2026-10-24"]), rules=st.sampled_from(RULES))
    def a_morning_before_summer_time_begins_or_ends(self, day: str, rules: Rules) -> None:
        wall = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=BERLIN)
        self.life = Life(rules=rules, wall=wall)
        self.asked_for: Modality | None = None  # by the last switch that was accepted
        self.seen = self.life.view

    # What can happen.

    @rule(action=st.sampled_from(list(Action)))
    def the_person_does_what_is_offered_or_not(self, action: Action) -> None:
        seen = self.seen
        commands = {
            Action.START: cmd.Start(),
            Action.OFF: cmd.Off(),
            Action.PAUSE: cmd.Pause(),
            Action.RESUME: cmd.Resume(),
            Action.SNOOZE: cmd.Snooze(snooze_min=10),
            Action.SKIP: cmd.Skip(),
            Action.SILENCE: cmd.Silence(),
            Action.STILL_ON: cmd.StillOn(),
            Action.LOSE_TRACK: cmd.LoseTrack(),
            Action.STOP_SKIN: cmd.Stop(why=ev.StopReason.SKIN),
            Action.STOP_HURTS: cmd.Stop(why=ev.StopReason.HURTS),
            Action.STOP_NUMB: cmd.Stop(why=ev.StopReason.NUMB),
            Action.SWITCH: cmd.Switch(modality=seen.switch_to),
            Action.SAME_PAIN: cmd.RatePain(nrs=-1 if seen.pain is None else seen.pain),
            Action.RATE: cmd.RatePain(nrs=7),
            Action.END: cmd.End(),
            Action.QUIT: cmd.Quit(),
        }
        done = self.do(commands[action])
        assert done == (action in seen.allowed), "allowed is exactly what decide accepts"
        if done and action is Action.START:
            assert self.seen.modality is seen.offered, "what is offered is what begins"

    @rule()
    def the_person_begins_as_soon_as_it_is_allowed(self) -> None:
        if Action.START in self.seen.allowed:
            self.do(cmd.Start())

    @rule(modality=st.sampled_from([ICE, HEAT]))
    def the_person_begins_with(self, modality: Modality) -> None:
        self.do(cmd.Start(modality=modality))

    @rule(modality=st.sampled_from([ICE, HEAT]))
    def the_person_switches(self, modality: Modality) -> None:
        self.do(cmd.Switch(modality=modality))

    @rule(minutes=st.sampled_from([0, 1, 5, 16, 50, 1000]))
    def the_person_says_when_it_came_off(self, minutes: float) -> None:
        self.do(cmd.Off(removed=self.life.ago(minutes)))

    @rule(minutes=st.sampled_from([0, 5, 16, 50]))
    def the_person_explains_a_late_removal(self, minutes: float) -> None:
        self.do(cmd.ExplainRemoval(removed=self.life.ago(minutes)))

    @rule(hours=st.sampled_from([0, 1, 23, 47, 71, 80, 160]))
    def the_person_says_when_it_began(self, hours: float) -> None:
        self.do(cmd.ChangeOnset(onset=self.life.ago(hours * 60)))

    @rule(rules=st.sampled_from(RULES))
    def the_person_changes_the_rules(self, rules: Rules) -> None:
        self.do(cmd.ChangeRules(rules=rules))

    @rule(
        number=st.integers(-3, -1),
        begun_min=st.sampled_from([-50, -5, 0, 5, 50]),
        removed_min=st.sampled_from([-50, -5, 0, 5, 50]),
    )
    def the_person_corrects_a_session(self, number: int, begun_min: int, removed_min: int) -> None:
        sessions = self.life.episode.sessions
        if len(sessions) < -number or not sessions[number].applications:
            return
        session = sessions[number]
        ended = session.last.removed or self.life.now
        self.do(
            cmd.CorrectSession(
                of=session.of,
                begun=session.begun.after(begun_min * MINUTE_S).wall,
                removed=ended.after(removed_min * MINUTE_S).wall,
            )
        )

    @rule(number=st.integers(-3, -1))
    def the_person_takes_a_session_back_or_has_it_count_again(self, number: int) -> None:
        sessions = self.life.episode.sessions
        if len(sessions) >= -number:
            of = sessions[number].of
            if not self.do(cmd.WithdrawSession(of=of)):
                self.do(cmd.RestoreSession(of=of))

    @rule()
    def a_session_of_several_parts_begins(self) -> None:
        if self.seen.phase is Phase.DUE and self.life.episode.running is None:
            plan = HEAT_THEN_COOL if self.seen.modality is HEAT else ICE_TWICE
            self.take((ev.SessionStarted(at=self.life.now, plan=plan, protocol="to-come"),))
            self.look()

    @rule(minutes=SOON)
    def time_passes_with_the_program_awake(self, minutes: float) -> None:
        left_s = minutes * MINUTE_S
        while left_s > 0:
            step_s = min(left_s, self.seen.changes_in_s(self.life.now) or left_s)
            self.life.now = self.life.now.after(step_s)
            left_s -= step_s
            self.look()

    @rule(minutes=LATER)
    def the_machine_sleeps(self, minutes: float) -> None:
        self.life.now = self.life.now.after(minutes * MINUTE_S)
        self.look()

    @rule(hours=st.sampled_from([-8760, -25, -3, -0.5, 0.5, 3, 25, 8760]))
    def the_clock_is_set(self, hours: float) -> None:
        before = self.elapsed()
        self.life.set_clock(hours)
        assert self.elapsed() == before, "a clock changes no second on skin or of rest"
        self.look()

    @rule(zone=st.sampled_from(ZONES))
    def the_person_travels(self, zone: ZoneInfo) -> None:
        before = self.elapsed()
        self.life.travel(zone)
        assert self.elapsed() == before, "a zone changes no second on skin or of rest"
        self.look()

    @rule()
    def the_program_restarts(self) -> None:
        before = plain(self.life.episode)
        self.life.restart()
        assert plain(self.life.episode) == before, "the record tells the same as was lived"
        self.look()

    # How it happens.

    def do(self, command: cmd.Command) -> bool:
        """Whether `command` was done."""
        try:
            events = decide(self.life.episode, command, self.life.now)
        except Refused:
            return False
        self.take(events)
        if isinstance(command, cmd.Switch):
            self.asked_for = command.modality
        elif isinstance(command, cmd.End):
            self.asked_for = None
        self.look()
        return True

    def look(self) -> None:
        """The program looks at the clock: what came true, and then what is to be said."""
        facts, _ = settle(self.life.episode, self.life.now)
        self.take(facts)
        self.seen = self.life.view
        if said := self.to_say():
            self.take(said)
            assert not self.to_say(), "nothing is said twice at one moment"

    def to_say(self) -> list[ev.Event]:
        life, seen, said = self.life, self.seen, list[ev.Event]()
        if due := due_step(life.episode, life.now, 1):
            assert (seen.phase, seen.modality) == (Phase.DUE, due.modality)
            said.append(ev.Noticed(at=life.now, notice=ev.Notice.DUE, step=due.step))
        if heat_to_tell(life.episode, seen.heat_from, life.now):
            assert seen.next
            assert seen.next.modality is HEAT
            said.append(ev.Noticed(at=life.now, notice=ev.Notice.SWITCH_TO_HEAT))
        if rating_to_ask(life.episode, life.now):
            assert seen.phase is Phase.RESTING
            said.append(ev.Noticed(at=life.now, notice=ev.Notice.RATING))
        return said

    def take(self, events: Iterable[ev.Event]) -> None:
        for event in events:
            # Of two ratings at one moment the second is a little later: it is known by that.
            ahead_s = 0.001 if isinstance(event, ev.PainRated) else 0.0
            assert event.at.since(self.life.now) <= ahead_s, "nothing is recorded before it happens"
            if isinstance(event, ev.SessionStarted):
                self.check_rest_before(event)
            if isinstance(event, ev.SessionMissed):
                self.check_missed(event)
            self.life.take((event,))

    def check_rest_before(self, started: ev.SessionStarted) -> None:
        """Rest is never shorter than set unless begun early by hand, from 30 min on."""
        episode, rules = self.life.episode, self.life.episode.rules
        assert episode.running is None, "one session at a time"
        held = [each for each in episode.sessions if each.is_held]
        today = [each for each in held if started.at.since(each.begun) < DAY_S]
        assert len(today) < (rules.sessions_per_day if started.unconfirmed else 12)
        if not held:
            assert not started.unconfirmed, "the first is never begun by itself"
            return
        last = held[-1]
        assert last.last.removed
        rested_s = started.at.since(last.last.removed)
        if rested_s < last.plan.rest_s:
            assert started.early
            assert rested_s >= EARLY_FROM_S
        else:
            assert not started.early
        if last.last.part.modality.is_cold != started.plan.modality.is_cold:
            assert rested_s >= rules.gap_min * MINUTE_S, "numb skin does not feel a burn"
        if started.unconfirmed:
            assert not started.early
            assert episode.has_held(started.plan.modality)

    def check_missed(self, missed: ev.SessionMissed) -> None:
        hours = self.life.episode.rules.quiet
        assert hours.end_if_quiet(missed.at.wall), "it lapses when quiet hours begin"
        assert missed.due.since(missed.at) < 0

    def elapsed(self) -> tuple[object, ...]:
        episode, now = self.life.episode, self.life.now
        skin = [
            (each.on_skin_s(now), each.late_s())
            for session in episode.sessions
            for each in session.applications
        ]
        pack_s = episode.pack.left_s(now) if episode.pack else None
        return (skin, pack_s, rest_left_s(episode, now))

    # What always holds.

    @invariant()
    def everything_can_be_shown(self) -> None:
        life = self.life
        assert self.seen.changes_in_s(life.now) != 0
        marks_of_day(life.episode, life.now)
        session_rows(life.episode, life.now)

    @invariant()
    def settling_again_settles_nothing(self) -> None:
        assert settle(self.life.episode, self.life.now) == ((), self.life.episode)

    @invariant()
    def what_is_allowed_goes_with_the_phase(self) -> None:
        seen = self.seen
        for action, phases in PHASES_OF.items():
            assert (action in seen.allowed) == (seen.phase in phases)
        assert (Action.SKIP in seen.allowed) == (
            seen.next is not None and seen.phase in (Phase.DUE, Phase.RESTING)
        )
        if seen.phase is Phase.DUE and seen.sessions_today < 12:
            assert Action.START in seen.allowed

    @invariant()
    def no_pack_is_on_past_its_time_without_the_phase_remove(self) -> None:
        pack = self.life.episode.pack
        if pack and not pack.paused:
            is_over = pack.on_skin_s(self.life.now) >= pack.part.on_s
            assert is_over == (self.seen.phase is Phase.REMOVE)

    @invariant()
    def ice_is_never_proposed_after_the_switch_unless_the_person_asked(self) -> None:
        episode, seen = self.life.episode, self.seen
        asked = self.asked_for is ICE or episode.rules.course == "manual"
        own = episode.running and len(episode.running.plan.parts) > 1
        if episode.onset is None or asked or own:
            return
        switch_s = episode.rules.heat_after_h * HOUR_S
        if seen.next and seen.next.modality is ICE:
            # One that has been due is proposed now, not then.
            at_s = max(seen.next.at.boot_s, self.life.now.boot_s)
            assert at_s - episode.onset.boot_s < switch_s
        if seen.offered is ICE:
            assert self.life.now.boot_s - episode.onset.boot_s < switch_s

    @invariant()
    def every_session_but_the_last_is_over_and_known(self) -> None:
        sessions = self.life.episode.sessions
        assert None not in [each.outcome for each in sessions[:-1]]
        unknown = [each for each in sessions if each.outcome is Outcome.UNKNOWN]
        assert all(each.last.is_unknown for each in unknown), "only where the person said so"

    @invariant()
    def no_two_sessions_overlap(self) -> None:
        held = [each for each in self.life.episode.sessions if each.is_held]
        for one, other in pairwise(held):
            assert one.last.removed
            assert other.begun.since(one.last.removed) >= 0

    @invariant()
    def the_next_session_is_not_before_it_may_be(self) -> None:
        seen = self.seen
        if seen.next and seen.phase in (Phase.RESTING, Phase.QUIET):
            assert seen.until
            assert seen.next.at.since(seen.until) >= 0
            if self.life.episode.running is None:
                quiet_end = self.life.episode.rules.quiet.end_if_quiet(seen.next.at.wall)
                assert quiet_end is None, "nothing is proposed for quiet hours"


Care.TestCase.settings = settings(max_examples=25, stateful_step_count=35)
test_whatever_happens = Care.TestCase
