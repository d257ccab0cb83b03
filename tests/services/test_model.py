"""The timer against a world that plays tricks, and what holds in it always.

A stateful test: hypothesis gives commands, lets time pass, has the machine sleep, its clock set,
its zone changed, the program killed, the machine started again and the disk fail. Beside the
timer runs the true time that no clock of its world knows; after each step every sentence below
has to be true of it.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase as Step
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.clock import HOUR_S, MINUTE_S, Moment
from backtimer.domain.episode import Episode, fold
from backtimer.domain.errors import Refused
from backtimer.domain.ladder import RARELY_FROM_S
from backtimer.domain.phases import EARLY_FROM_S, Phase
from backtimer.domain.plausible import check
from backtimer.domain.protocol import Modality, WhenDue, WhenOver
from backtimer.domain.reboots import in_boot_of
from backtimer.domain.reminding import Message
from backtimer.domain.rules import Rules
from backtimer.domain.view import view
from tests.domain.kit import BERLIN, plain, plain_rules, quiet
from tests.fakes import DISK_FULL, HandClock, MemoryStore
from tests.scale import scaled
from tests.services.timer import Timer

ICE, HEAT = Modality.ICE, Modality.HEAT
NIGHT = quiet("22:30", "07:00")
RULES = [
    plain_rules(),
    plain_rules(quiet=NIGHT),
    plain_rules(quiet=NIGHT, heat_after_h=24, gap_min=60),
    plain_rules(quiet=NIGHT, when_due=WhenDue.BEGIN),
    plain_rules(when_due=WhenDue.BEGIN, when_over=WhenOver.ASSUME, sessions_per_day=12),
    plain_rules(ice_rest_min=30, gap_min=10, sessions_per_day=12, ice_min=5),
]
ZONES = [BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")]
SOON = st.sampled_from([0.05, 1, 4.5, 10, 20, 29.9, 65, 90, 110])
LATER = SOON | st.sampled_from([400, 1440, 4000])
STEPS_OF_ONE = 50
TICK_S = 0.001
SLACK_S = 1.0  # microseconds add up
COMMANDS: list[cmd.Command] = [
    cmd.Start(),
    cmd.Start(modality=ICE),
    cmd.Start(modality=HEAT),
    cmd.Off(),
    cmd.StillOn(),
    cmd.LoseTrack(),
    cmd.Pause(),
    cmd.Resume(),
    cmd.Snooze(snooze_min=10),
    cmd.Skip(),
    cmd.Silence(),
    cmd.Switch(modality=ICE),
    cmd.Switch(modality=HEAT),
    cmd.RatePain(nrs=5),
    cmd.End(),
]


class World(RuleBasedStateMachine):
    """One person, one machine, one program, and the true time."""

    @initialize(day=st.sampled_from(["2026-03-28", "2026-10-24"]), rules=st.sampled_from(RULES))
    def a_morning_before_summer_time_begins_or_ends(self, day: str, rules: Rules) -> None:
        wall = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=BERLIN)
        self.true_s = 0.0
        self.clock = HandClock(wall=wall)
        self.store = MemoryStore()
        self.chosen = rules
        self.acknowledged: tuple[ev.Event, ...] = ()
        self.onsets_true_s: dict[ev.Event, float] = {}
        self.asked_for: Modality | None = None
        # Wall time that went by with nobody to tell how much of it was real.
        self.is_wall_in_doubt = False
        self.is_onset_in_doubt = False
        self.recorded = 0
        self.recorded_true_s = 0.0
        self.unrecorded_h = 0.0
        self.start_program()

    # --- what the person does ---

    @rule(command=st.sampled_from(COMMANDS))
    def the_person_asks_for(self, command: cmd.Command) -> None:
        self.do(command)

    @precondition(lambda self: self.care.view.phase in (Phase.IDLE, Phase.DUE))
    @rule()
    def the_person_begins_what_is_due(self) -> None:
        self.do(cmd.Start())

    @precondition(lambda self: self.care.view.phase is Phase.REMOVE)
    @rule()
    def the_person_takes_it_off(self) -> None:
        self.do(cmd.Off())

    @rule(minutes=st.sampled_from([0, 1, 5, 16, 50]))
    def the_person_says_when_it_came_off(self, minutes: float) -> None:
        self.do(cmd.Off(removed=self.ago(minutes)))

    @rule(hours=st.sampled_from([0, 1, 23, 47, 71, 80]))
    def the_person_says_when_it_began(self, hours: float) -> None:
        self.do(cmd.ChangeOnset(onset=self.ago(hours * 60)), hours)

    @rule(rules=st.sampled_from(RULES))
    def the_person_changes_the_rules(self, rules: Rules) -> None:
        self.chosen = rules
        self.a_moment_passes()
        self.care.adopt(rules)

    # --- what happens ---

    @rule(minutes=SOON)
    def time_passes_with_the_program_awake(self, minutes: float) -> None:
        self.true_s += minutes * MINUTE_S
        self.timer.wait(minutes)

    @rule(minutes=LATER)
    def the_machine_sleeps_or_the_program_stands_still(self, minutes: float) -> None:
        self.true_s += minutes * MINUTE_S
        self.timer.sleep(minutes)

    @rule(hours=st.sampled_from([-8760, -25, -3, -0.5, 0.5, 3, 25, 8760]))
    def the_clock_is_set(self, hours: float) -> None:
        self.a_moment_passes()
        before = self.elapsed()
        self.clock.set_wall(hours)
        self.unrecorded_h += hours
        self.timer.watch.look()
        # Over a restart of the machine the wall clock is all there is, so there it may count.
        if not self.spans_boots:
            assert self.elapsed() == before, "a clock changes no second on skin or of rest"

    @rule(zone=st.sampled_from(ZONES))
    def the_person_travels(self, zone: ZoneInfo) -> None:
        before = self.elapsed()
        self.clock.travel(zone)
        self.timer.watch.look()
        assert self.elapsed() == before, "a zone changes no second on skin or of rest"

    @rule()
    def the_program_is_killed_and_started_again(self) -> None:
        self.start_program()

    @rule(minutes=st.sampled_from([0.5, 3, 30, 600, 4000]))
    def the_machine_is_started_again(self, minutes: float) -> None:
        self.true_s += minutes * MINUTE_S
        self.clock.reboot(minutes)
        self.doubt(0.0)
        self.start_program()

    @rule(wrong_h=st.sampled_from([-8760, -30, -2, 2, 30, 8760]))
    def the_machine_is_started_again_and_its_clock_is_wrong(self, wrong_h: float) -> None:
        self.true_s += MINUTE_S
        self.clock.reboot(wrong_h=wrong_h)
        self.doubt(wrong_h)
        self.start_program()

    @rule()
    def the_disk_fails(self) -> None:
        self.store.failure = DISK_FULL

    @rule()
    def the_disk_works_again(self) -> None:
        self.store.failure = ""
        self.a_moment_passes()
        self.timer.watch.look()
        assert self.care.is_saved, "what was not saved is saved as soon as that works"
        assert self.care.fault == ""

    # --- how it happens ---

    @property
    def care(self):  # type: ignore[no-untyped-def]  # CareService, whose import is the timer's
        return self.timer.care

    @property
    def spans_boots(self) -> bool:
        return any(each.at.boot != self.clock.now().boot for each in self.care._history)

    def start_program(self) -> None:
        self.timer = Timer(rules=self.chosen, clock=self.clock, store=self.store)
        # What was not saved is gone with a program that was killed: it was told so.
        self.asked_for = self.care.episode.wanted
        onset = self.care.episode.onset
        if onset is None:
            self.is_wall_in_doubt = False

    @invariant()
    def it_is_known_when_something_was_recorded_last(self) -> None:
        if len(self.store.events) != self.recorded:
            self.recorded = len(self.store.events)
            self.recorded_true_s = self.true_s
            self.unrecorded_h = 0.0

    def doubt(self, wrong_h: float) -> None:
        """The machine was off, and its clock is `wrong_h` from what it was."""
        wrong_h += self.unrecorded_h
        self.unrecorded_h = wrong_h
        self.is_wall_in_doubt |= wrong_h != 0
        # Set back to before the last event is seen; set back by less is not.
        silent_s = self.true_s - self.recorded_true_s
        self.is_onset_in_doubt |= silent_s + wrong_h * HOUR_S > 0 > wrong_h

    def a_moment_passes(self) -> None:
        """Nobody does two things at once."""
        self.true_s += TICK_S
        self.clock.pass_real_s(TICK_S)

    def ago(self, minutes: float) -> Moment:
        return self.clock.now().after(-minutes * MINUTE_S)

    def do(self, command: cmd.Command, onset_h: float = 0.0) -> None:
        """Have `command` done, if that is possible; the onset that it tells is `onset_h` ago."""
        self.a_moment_passes()
        was_idle = self.care.episode.onset is None
        known = len(self.care._history)
        try:
            self.care.do(command)
        except Refused:
            return
        if self.care.is_saved:
            self.acknowledged = tuple(self.store.events)
        if was_idle and self.care.episode.onset:
            self.is_wall_in_doubt = False
        for event in self.care._history[known:]:
            self.look_at(event)
            if isinstance(event, ev.EpisodeStarted | ev.OnsetChanged):
                self.is_onset_in_doubt = False
                self.onsets_true_s[event] = self.true_s - onset_h * HOUR_S
        match command:
            case cmd.Switch(modality=modality):
                self.asked_for = modality
            case cmd.End():
                self.asked_for = None
            case _:
                pass

    def look_at(self, event: ev.Event) -> None:
        """Rest is never shorter than set, unless begun early by hand, from 30 minutes on."""
        if not isinstance(event, ev.SessionStarted) or self.is_wall_in_doubt:
            return
        held = [each for each in self.care.episode.sessions if each.is_held]
        if len(held) < 2 or held[-2].last.removed is None:
            return
        before = held[-2]
        rested_s = event.at.since(before.last.removed)
        least_s = EARLY_FROM_S if event.early else before.plan.rest_s
        assert rested_s >= least_s - SLACK_S

    def elapsed(self) -> tuple[object, ...]:
        episode, now = self.care.episode, self.clock.now()
        pack_s = episode.pack.left_s(now) if episode.pack else None
        rested_s = now.since(episode.removed) if episode.removed else None
        return pack_s, rested_s

    def last_said(self) -> Iterator[tuple[Moment, Message]]:
        return ((at, said.message) for at, said in reversed(self.timer.said))

    def most_silent_s(self) -> float:
        """How long a removal may say nothing new: that is, the steps of its ladder."""
        rings = takewhile(lambda each: each[1] is Message.TAKE_OFF, self.last_said())
        *_, (first, _) = rings
        is_rare = self.clock.now().since(first) > RARELY_FROM_S
        return (5 if is_rare else 2) * MINUTE_S * (2 if self.care.episode.silenced else 1)

    # --- what always holds ---

    @invariant()
    def no_pack_is_on_past_its_limit_without_an_alarm_ringing(self) -> None:
        pack, now = self.care.episode.pack, self.clock.now()
        if pack is None or pack.paused:
            return
        is_over = pack.on_skin_s(now) >= pack.part.on_s
        assert is_over == (self.care.view.phase is Phase.REMOVE)
        if is_over:
            rung = next(at for at, said in self.last_said() if said is Message.TAKE_OFF)
            assert pack.unanswered or now.since(rung) <= self.most_silent_s() + SLACK_S

    @invariant()
    def every_acknowledged_command_is_in_the_log(self) -> None:
        known = len(self.acknowledged)
        assert tuple(self.store.events[:known]) == self.acknowledged
        if self.care.is_saved:
            assert self.store.open_episode() == self.care._history

    @invariant()
    def at_most_one_announcement_is_made_at_one_moment(self) -> None:
        moments = [(at.boot, at.boot_s) for at, _ in self.timer.said]
        assert len(moments) == len(set(moments))

    @invariant()
    def ice_is_never_proposed_after_the_switch_unless_the_person_asked(self) -> None:
        episode, seen = self.care.episode, self.care.view
        if episode.onset is None or self.asked_for is ICE or self.is_onset_in_doubt:
            return
        switch_s = episode.rules.heat_after_h * HOUR_S
        told = [each for each in self.care._history if each in self.onsets_true_s]
        gone_s = self.true_s - self.onsets_true_s[told[-1]]
        if seen.offered is ICE and not episode.pack:
            assert gone_s < switch_s + SLACK_S
        if seen.next and seen.next.modality is ICE:
            coming_s = max(0.0, seen.next.at.since(self.clock.now()))
            assert gone_s + coming_s < switch_s + SLACK_S

    @invariant()
    def the_log_tells_the_live_state(self) -> None:
        now = self.clock.now()
        told = fold(self.care.episode.rules, in_boot_of(now, self.care._history))
        assert comparable(told) == comparable(self.care.episode)

    @invariant()
    def the_log_could_be_a_backup(self) -> None:
        if history := self.care._history:
            # On a machine whose clock is a day behind it lies in the future, which is told.
            check(history, history[-1].at)

    @invariant()
    def everything_can_be_shown(self) -> None:
        view(self.care.episode, self.clock.now())
        assert self.timer.alarm.delay_s is not None, "the alarm is always set"


def comparable(episode: Episode) -> object:
    """`episode` without what nobody counts: how long ago pain was rated before it began."""
    values = to_milliseconds(plain(episode))
    assert isinstance(values, dict)
    return values | {"entries": [(each.number, each.text) for each in episode.entries]}


def to_milliseconds(value: object) -> object:
    """`value` with every number rounded: two ways to add up differ by a microsecond."""
    match value:
        case float():
            return round(value, 3)
        case dict():
            return {key: to_milliseconds(each) for key, each in value.items()}
        case list() | tuple():
            return [to_milliseconds(each) for each in value]
        case _:
            return value


@pytest.mark.scaled
@pytest.mark.timeout(0)
def test_whatever_happens() -> None:
    examples = scaled(ci=20_000, soak=500_000) // STEPS_OF_ONE
    # To make an example smaller takes longer than to find it: add Step.shrink to have that done.
    steps = (Step.generate,)
    run_state_machine_as_test(
        World,
        settings=settings(max_examples=examples, stateful_step_count=STEPS_OF_ONE, phases=steps),
    )
