"""What to show, what may be done, and the next moment that matters: `view(episode, now)`."""

from dataclasses import dataclass
from enum import StrEnum

from backtimer.domain import commands as cmd
from backtimer.domain.clock import DAY_S, Moment
from backtimer.domain.decide import decide_settled
from backtimer.domain.episode import Episode
from backtimer.domain.errors import Refused
from backtimer.domain.events import StopReason
from backtimer.domain.library import stages, switch_to_heat_s
from backtimer.domain.limits import SESSIONS_BY_HAND, SNOOZE
from backtimer.domain.phases import (
    Phase,
    Standing,
    begun_within_day,
    by_hand_left_s,
    day_number_left_s,
    elapsed_s,
    next_modality,
    standing,
)
from backtimer.domain.plan import next_choice, next_session
from backtimer.domain.protocol import Modality
from backtimer.domain.session_commands import unexplained_removal
from backtimer.domain.settle import settle

CLOCK_SET_S = 1.0  # a wall clock that moved this much against elapsed time was set


class Action(StrEnum):
    """What a person can do with one press, wherever it is offered."""

    START = "start"
    OFF = "off"
    PAUSE = "pause"
    RESUME = "resume"
    SNOOZE = "snooze"
    SKIP = "skip"
    SILENCE = "silence"
    STILL_ON = "still-on"
    LOSE_TRACK = "unknown"
    STOP_SKIN = "stop-skin"
    STOP_HURTS = "stop-hurts"
    STOP_NUMB = "stop-numb"
    SWITCH = "switch"
    SAME_PAIN = "same-pain"  # as it was rated last
    RATE = "rate"  # how it is now, in the window
    END = "end"
    QUIT = "quit"


_COMMANDS: dict[Action, cmd.Command] = {
    Action.START: cmd.Start(),
    Action.OFF: cmd.Off(),
    Action.PAUSE: cmd.Pause(),
    Action.RESUME: cmd.Resume(),
    Action.SNOOZE: cmd.Snooze(snooze_min=SNOOZE.default),
    Action.SKIP: cmd.Skip(),
    Action.SILENCE: cmd.Silence(),
    Action.STILL_ON: cmd.StillOn(),
    Action.LOSE_TRACK: cmd.LoseTrack(),
    Action.STOP_SKIN: cmd.Stop(why=StopReason.SKIN),
    Action.STOP_HURTS: cmd.Stop(why=StopReason.HURTS),
    Action.STOP_NUMB: cmd.Stop(why=StopReason.NUMB),
    Action.RATE: cmd.RatePain(nrs=0),
    Action.END: cmd.End(),
    Action.QUIT: cmd.Quit(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSession:
    """The session that follows, as far as it can be known."""

    modality: Modality
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The state at the moment `at`. Moments are on the wall clock of `at`.

    `since`, `until`: when the phase began and will be over (None where that is open).
    `modality`: what is on, or what is due. `heat_from`: when heat takes over. `offered`: what
    a start without words would begin with. `switch_to`: what a switch would change to.
    `planned_s`: how long what is on is to be on. `start_from`: when a start by hand is possible,
    where it is not yet. `changes`: when time alone changes something
    of this view. `card_for`: a pack that was put on from the command line and whose start card
    was not answered. `ask_removal`: a late removal to ask about. `unsure`: a pack was on when the
    machine was started again, and the person has not said yet whether it still is. `skin_check`:
    they were asked about their skin in this session.
    """

    at: Moment
    phase: Phase
    protocol: str
    offered: Modality
    switch_to: Modality
    modality: Modality | None = None
    planned_s: int | None = None
    start_from: Moment | None = None
    onset: Moment | None = None
    heat_from: Moment | None = None
    since: Moment | None = None
    until: Moment | None = None
    next: NextSession | None = None
    sessions_today: int = 0
    pain: int | None = None
    allowed: frozenset[Action] = frozenset()
    changes: Moment | None = None
    card_for: Modality | None = None
    ask_removal: bool = False
    unsure: bool = False
    skin_check: bool = False

    @property
    def day(self) -> int | None:
        """Whole days of elapsed time since the onset, plus one."""
        # A clock that was set back while the machine was off can put the onset in the future.
        return int(max(0.0, self.at.since(self.onset)) // DAY_S) + 1 if self.onset else None

    def remaining_s(self, now: Moment) -> float | None:
        """Seconds until the phase is over, or None where that is open."""
        return max(0.0, self.until.since(now)) if self.until else None

    def overdue_s(self, now: Moment) -> float | None:
        """Seconds since the pack should have been off, or None when it need not be."""
        if self.phase is not Phase.REMOVE or self.since is None:
            return None
        return max(0.0, now.since(self.since))

    def changes_in_s(self, now: Moment) -> float | None:
        """Seconds until time alone changes something of this view, or None if it never does."""
        return max(0.0, self.changes.since(now)) if self.changes else None

    def is_outdated(self, now: Moment) -> bool:
        """Whether time has changed something by `now`, or the wall clock was set since `at`."""
        if self.changes_in_s(now) == 0 or now.wall.utcoffset() != self.at.wall.utcoffset():
            return True
        drift_s = (now.wall - self.at.wall).total_seconds() - now.since(self.at)
        return abs(drift_s) > CLOCK_SET_S


def view(episode: Episode, now: Moment) -> View:
    """The view of `episode` at `now`. Never raises, whatever the record holds."""
    _, settled = settle(episode, now)
    stands = standing(settled, now)
    onset = settled.onset
    switch_to = other_modality(next_choice(settled, now)[0])
    return View(
        at=now,
        phase=stands.phase,
        protocol=settled.rules.protocol,
        offered=_offered(settled, now),
        switch_to=switch_to,
        modality=_modality(settled, stands),
        planned_s=settled.pack.part.on_s if settled.pack else None,
        start_from=_start_from(settled, now),
        onset=onset and onset.seen_from(now),
        heat_from=_heat_from(settled, now),
        since=now.after(stands.since_s) if onset else None,
        until=None if stands.until_s is None else now.after(stands.until_s),
        next=_next(settled, stands, now),
        sessions_today=len(begun_within_day(settled, now)),
        pain=_pain(settled),
        allowed=_allowed(settled, switch_to, now),
        changes=_changes(settled, stands, now),
        card_for=_card_for(settled),
        ask_removal=unexplained_removal(settled) is not None,
        unsure=settled.pack.unsure if settled.pack else False,
        skin_check=stands.phase is Phase.APPLYING and settled.skin_asked,
    )


def _allowed(episode: Episode, switch_to: Modality, now: Moment) -> frozenset[Action]:
    commands = _COMMANDS | {Action.SWITCH: cmd.Switch(modality=switch_to)}
    if (pain := _pain(episode)) is not None:
        commands[Action.SAME_PAIN] = cmd.RatePain(nrs=pain)
    return frozenset(each for each, command in commands.items() if _may(episode, command, now))


def _may(episode: Episode, command: cmd.Command, now: Moment) -> bool:
    try:
        decide_settled(episode, command, now)
    except Refused:
        return False
    return True


def _pain(episode: Episode) -> int | None:
    return episode.pains[-1].number if episode.pains else None


def other_modality(modality: Modality) -> Modality:
    """What a switch would change to."""
    return Modality.HEAT if modality.is_cold else Modality.ICE


def _offered(episode: Episode, now: Moment) -> Modality:
    session = episode.running
    if session and session.next_part:
        return session.next_part.modality
    return next_modality(episode, now)


def _start_from(episode: Episode, now: Moment) -> Moment | None:
    if episode.onset is None or episode.pack:
        return None
    left_s = _start_left_s(episode, now)
    return now.after(left_s) if left_s > 0 else None


def _start_left_s(episode: Episode, now: Moment) -> float:
    return max(
        by_hand_left_s(episode, _offered(episode, now), now),
        day_number_left_s(episode, SESSIONS_BY_HAND, now),
    )


def _modality(episode: Episode, stands: Standing) -> Modality | None:
    if episode.pack:
        return episode.pack.part.modality
    if stands.phase is Phase.DUE and stands.proposal:
        return stands.proposal.plan.modality
    return None


def _heat_from(episode: Episode, now: Moment) -> Moment | None:
    switch_s = switch_to_heat_s(episode.rules)
    if episode.onset is None or switch_s is None:
        return None
    return episode.onset.after(switch_s).seen_from(now)


def _next(episode: Episode, stands: Standing, now: Moment) -> NextSession | None:
    if stands.proposal:
        start = now.after(stands.proposal.start_s)
        return NextSession(modality=stands.proposal.plan.modality, at=start)
    if step := next_session(episode, now):
        return NextSession(modality=step.modality, at=step.at)
    return None


def _changes(episode: Episode, stands: Standing, now: Moment) -> Moment | None:
    if episode.onset is None:
        return None
    gone_s = elapsed_s(episode, now)
    edges = (edge for stage in stages(episode.rules) for edge in (stage.from_s, stage.to_s))
    coming = [
        *(edge - gone_s for edge in edges),
        DAY_S - gone_s % DAY_S,
        *(DAY_S - age for age in begun_within_day(episode, now)),
        _start_left_s(episode, now),
    ]
    if stands.until_s is not None:
        coming.append(stands.until_s)
    if stands.phase is Phase.DUE and (lapse := episode.rules.quiet.next_start(now.wall)):
        coming.append(now.at_wall(lapse).since(now))
    return now.after(min(each for each in coming if each > 0))


def _card_for(episode: Episode) -> Modality | None:
    pack = episode.pack
    if pack is None or pack.part.modality in episode.cards:
        return None
    return pack.part.modality
