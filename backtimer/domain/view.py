"""What to show, what may be done, and the next moment that matters: `view(episode, now)`."""

from dataclasses import dataclass
from enum import StrEnum

from backtimer.domain import commands as cmd
from backtimer.domain.clock import DAY_S, Moment
from backtimer.domain.decide import SNOOZE_DEFAULT_MIN, decide
from backtimer.domain.episode import Episode
from backtimer.domain.errors import Refused
from backtimer.domain.library import switch_to_heat_s
from backtimer.domain.phases import (
    Phase,
    Standing,
    begun_within_day,
    next_modality,
    standing,
)
from backtimer.domain.plan import next_session
from backtimer.domain.protocol import Modality
from backtimer.domain.session_commands import unexplained_removal
from backtimer.domain.settle import settle


class Action(StrEnum):
    """What a person can do with one press, wherever it is offered."""

    START = "start"
    OFF = "off"
    PAUSE = "pause"
    RESUME = "resume"
    SNOOZE = "snooze"
    SKIP = "skip"
    SILENCE = "silence"
    SWITCH = "switch"
    END = "end"
    QUIT = "quit"


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
    a start without words would begin with. `card_for`: a pack that was put on from the command
    line and whose start card was not answered. `ask_removal`: a late removal to ask about.
    """

    at: Moment
    phase: Phase
    protocol: str
    offered: Modality
    modality: Modality | None = None
    onset: Moment | None = None
    heat_from: Moment | None = None
    since: Moment | None = None
    until: Moment | None = None
    next: NextSession | None = None
    sessions_today: int = 0
    pain: int | None = None
    allowed: frozenset[Action] = frozenset()
    card_for: Modality | None = None
    ask_removal: bool = False

    @property
    def day(self) -> int | None:
        """Whole days of elapsed time since the onset, plus one."""
        return int(self.at.since(self.onset) // DAY_S) + 1 if self.onset else None

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
        moments = [each for each in (self.until, self.heat_from) if each and each.since(now) > 0]
        return min((each.since(now) for each in moments), default=None)


def view(episode: Episode, now: Moment) -> View:
    """The view of `episode` at `now`. Never raises, whatever the record holds."""
    _, settled = settle(episode, now)
    stands = standing(settled, now)
    onset = settled.onset
    return View(
        at=now,
        phase=stands.phase,
        protocol=settled.rules.protocol,
        offered=_offered(settled, now),
        modality=_modality(settled, stands),
        onset=onset and onset.seen_from(now),
        heat_from=_heat_from(settled, now),
        since=now.after(stands.since_s) if onset else None,
        until=None if stands.until_s is None else now.after(stands.until_s),
        next=_next(settled, stands, now),
        sessions_today=len(begun_within_day(settled, now)),
        pain=settled.pains[-1].nrs if settled.pains else None,
        allowed=allowed(settled, now),
        card_for=_card_for(settled),
        ask_removal=unexplained_removal(settled) is not None,
    )


def allowed(episode: Episode, now: Moment) -> frozenset[Action]:
    """The actions that `decide` would not refuse at `now`."""
    return frozenset(
        action for action in Action if _may(episode, _command(action, episode, now), now)
    )


def _may(episode: Episode, command: cmd.Command, now: Moment) -> bool:
    try:
        decide(episode, command, now)
    except Refused:
        return False
    return True


def other_modality(modality: Modality) -> Modality:
    """What a switch would change to."""
    return Modality.HEAT if modality.is_cold else Modality.ICE


def _command(action: Action, episode: Episode, now: Moment) -> cmd.Command:
    match action:
        case Action.START:
            return cmd.Start()
        case Action.OFF:
            return cmd.Off()
        case Action.PAUSE:
            return cmd.Pause()
        case Action.RESUME:
            return cmd.Resume()
        case Action.SNOOZE:
            return cmd.Snooze(snooze_min=SNOOZE_DEFAULT_MIN)
        case Action.SKIP:
            return cmd.Skip()
        case Action.SILENCE:
            return cmd.Silence()
        case Action.SWITCH:
            return cmd.Switch(modality=other_modality(next_modality(episode, now)))
        case Action.END:
            return cmd.End()
        case Action.QUIT:
            return cmd.Quit()


def _offered(episode: Episode, now: Moment) -> Modality:
    session = episode.running
    if session and session.next_part:
        return session.next_part.modality
    return next_modality(episode, now)


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
    planned = next_session(episode, now)
    return planned and NextSession(modality=planned.modality, at=planned.at)


def _card_for(episode: Episode) -> Modality | None:
    pack = episode.pack
    if pack is None or pack.part.modality in episode.cards:
        return None
    return pack.part.modality
