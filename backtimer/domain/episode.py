"""The state of care as a fold of events: `evolve(episode, event) -> episode`. No rule of time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce

from backtimer.domain import events as ev
from backtimer.domain.clock import MINUTE_S, Moment, to_microseconds
from backtimer.domain.library import session_plan
from backtimer.domain.protocol import Modality, Part, SessionPlan
from backtimer.domain.rules import Rules

PAUSE_LIMIT_S = 10 * MINUTE_S
LATE_FROM_S = 60  # (J) confirmed within a minute counts as on time
ASK_LATE_FROM_S = 15 * MINUTE_S  # later than this, the window asks when it really was


class Outcome(StrEnum):
    """How a session went."""

    COMPLETE = "complete"
    EARLY = "early"
    LATE = "late"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"
    MISSED = "missed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One time the pack is on skin: from `begun` to `removed`, less pauses.

    `pauses`: from when to when it was off and went on again. `paused`: since when it is off now.
    """

    part: Part
    begun: Moment
    pauses: tuple[tuple[Moment, Moment], ...] = ()
    paused: Moment | None = None
    removed: Moment | None = None
    how: ev.RemovalKind | None = None

    def on_skin_s(self, now: Moment) -> float:
        """Seconds on skin up to `now`."""
        end = self.removed or self.paused or now
        # A removal may be said to be earlier than a pause: what came later takes nothing away.
        off_s = sum(max(0.0, _earlier(end, to).since(since)) for since, to in self.pauses)
        return max(0.0, end.since(self.begun) - off_s)

    def time_up(self) -> Moment:
        """When the planned time on skin is reached, if no further pause comes."""
        return self.begun.after(self._planned_s())

    def left_s(self, now: Moment) -> float:
        """Seconds until its time is up, if no further pause comes; negative when it has been."""
        return to_microseconds(self._planned_s() - now.since(self.begun))

    def late_s(self) -> float:
        """Seconds by which the removal came after time was up; 0 when it did not."""
        return max(0.0, -self.left_s(self.removed)) if self.removed else 0.0

    @property
    def is_short(self) -> bool:
        """Whether the pack came off before its time was up."""
        return self.removed is not None and self.left_s(self.removed) > 0

    def _planned_s(self) -> float:
        return self.part.on_s + sum(max(0.0, to.since(since)) for since, to in self.pauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session of the plan: held (with applications), or left out (with `left_out`).

    `stopped`: given up with parts still to come. `removal_explained`: the person was asked
    when a late pack really came off, and said so.
    """

    plan: SessionPlan
    protocol: str
    begun: Moment
    applications: tuple[Application, ...] = ()
    early_start: bool = False
    unconfirmed: bool = False
    left_out: Outcome | None = None
    stopped: bool = False
    removal_explained: bool = False

    @property
    def is_held(self) -> bool:
        """Whether it took place."""
        return self.left_out is None

    @property
    def last(self) -> Application:
        """The application that goes on or was the last; only of a session that took place."""
        return self.applications[-1]

    @property
    def pack(self) -> Application | None:
        """The application that is going on, paused or not."""
        if not self.applications or self.stopped or self.last.removed:
            return None
        return self.last

    @property
    def next_part(self) -> Part | None:
        """The part that is still to come once the present one is done."""
        done = len(self.applications)
        if done == len(self.plan.parts) or not self.is_held or self.stopped or self.last.is_short:
            return None
        return self.plan.parts[done]

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is still to come."""
        return not self.is_held or (self.pack is None and self.next_part is None)

    @property
    def late_s(self) -> float:
        """Seconds by which packs came off too late, all parts together."""
        return sum(each.late_s() for each in self.applications)

    @property
    def outcome(self) -> Outcome | None:
        """How it went, or None while it goes on."""
        if self.left_out or not self.is_over:
            return self.left_out
        if not all(each.removed for each in self.applications):
            return Outcome.UNKNOWN
        if any(each.how is ev.RemovalKind.ASSUMED for each in self.applications):
            return Outcome.ASSUMED
        if self.last.is_short or len(self.applications) < len(self.plan.parts):
            return Outcome.EARLY
        return Outcome.LATE if self.late_s > LATE_FROM_S else Outcome.COMPLETE


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One bout of care. Before it starts, `onset` is None: that is the idle state.

    `wanted` is the modality the person asked for against the plan. `resume` is the earliest
    moment of the next session after one was left out. `due_step` counts what was said of the
    session that is due, the last of it at `due_told`; of heat it was told at `heat_told`.
    """

    rules: Rules
    onset: Moment | None = None
    sessions: tuple[Session, ...] = ()
    pains: tuple[ev.PainRated, ...] = ()
    cards: frozenset[Modality] = frozenset()
    wanted: Modality | None = None
    resume: Moment | None = None
    snoozed_until: Moment | None = None
    silenced: Moment | None = None
    due_step: int = 0
    due_told: Moment | None = None
    heat_told: Moment | None = None

    @property
    def running(self) -> Session | None:
        """The session that goes on, its inner rests included."""
        if self.sessions and not self.sessions[-1].is_over:
            return self.sessions[-1]
        return None

    @property
    def pack(self) -> Application | None:
        """The application that goes on, paused or not."""
        return self.running.pack if self.running else None

    @property
    def last_held(self) -> Session | None:
        """The last session that took place."""
        return next((each for each in reversed(self.sessions) if each.is_held), None)

    @property
    def removed(self) -> Moment | None:
        """When the last pack came off; None while one is on, and where there was none."""
        return self.last_held.last.removed if self.last_held else None

    def has_held(self, modality: Modality) -> bool:
        """Whether `modality` was on skin before in this episode."""
        return any(
            each.part.modality is modality
            for session in self.sessions
            for each in session.applications
        )


def fold(rules: Rules, history: Iterable[ev.Event]) -> Episode:
    """The episode that `history` tells, beginning idle under `rules`."""
    return reduce(evolve, history, Episode(rules=rules))


def evolve(episode: Episode, event: ev.Event) -> Episode:
    """The episode after `event`. Total: an event that makes no sense here changes nothing."""
    match event:
        case ev.PainRated():
            return replace(episode, pains=(*episode.pains, event))
        case ev.EpisodeStarted(onset=onset, rules=rules) if episode.onset is None:
            return replace(episode, onset=onset, rules=rules)
        case _ if episode.onset is None:
            return episode
        case ev.EpisodeEnded():
            return Episode(rules=episode.rules)
        case ev.RulesChanged(rules=rules):
            return replace(episode, rules=rules)
        case ev.OnsetChanged(onset=onset):
            return replace(episode, onset=onset)
        case ev.CardAnswered(modality=modality):
            return replace(episode, cards=episode.cards | {modality})
        case ev.ModalitySwitched(modality=modality, against_plan=against_plan):
            return replace(episode, wanted=modality if against_plan else None)
        case _:
            return _session_evolved(_reminders_evolved(episode, event), event)


def _reminders_evolved(episode: Episode, event: ev.Event) -> Episode:
    match event:
        case ev.Snoozed(at=at, snooze_min=snooze_min):
            return replace(episode, snoozed_until=at.after(snooze_min * MINUTE_S), due_step=0)
        case ev.Noticed(at=at, notice=ev.Notice.DUE, step=step):
            return replace(episode, due_step=step, due_told=at)
        case ev.Noticed(at=at):
            return replace(episode, heat_told=at)
        case ev.RemovalSilenced(at=at):
            return replace(episode, silenced=at)
        case ev.SessionStarted() | ev.PackPutOn() | ev.SessionLeftOut():
            return replace(episode, snoozed_until=None, silenced=None, due_step=0, resume=None)
        case _:
            return episode


def _session_evolved(episode: Episode, event: ev.Event) -> Episode:
    match event:
        case ev.SessionStarted():
            return replace(episode, sessions=(*_given_up(episode), _begun(event)))
        case ev.SessionLeftOut() if episode.running:
            return replace(episode, sessions=_given_up(episode))
        case ev.SessionLeftOut(resume=resume):
            left_out = _left_out(episode.rules, event)
            return replace(episode, sessions=(*episode.sessions, left_out), resume=resume)
        case ev.RemovalCorrected(removed=removed) if episode.last_held and not episode.pack:
            return _with_last_held(episode, _corrected(episode.last_held, removed))
        case _ if session := episode.running:
            return _with_last_held(episode, _running_evolved(session, event))
        case _:
            return episode


def _running_evolved(session: Session, event: ev.Event) -> Session:
    pack = session.pack
    match event:
        case ev.PackPutOn(at=at) if pack is None and session.next_part:
            put_on = Application(part=session.next_part, begun=at)
            return replace(session, applications=(*session.applications, put_on))
        case ev.PackRemoved(removed=removed, how=how) if pack:
            return _with_last(session, replace(_resumed(pack, removed), removed=removed, how=how))
        case ev.Paused(at=at) if pack and not pack.paused:
            return _with_last(session, replace(pack, paused=at))
        case ev.Resumed(at=at) if pack:
            return _with_last(session, _resumed(pack, at))
        case _:
            return session


def _begun(event: ev.SessionStarted) -> Session:
    return Session(
        plan=event.plan,
        protocol=event.protocol,
        begun=event.at,
        applications=(Application(part=event.plan.parts[0], begun=event.at),),
        early_start=event.early,
        unconfirmed=event.unconfirmed,
    )


def _left_out(rules: Rules, event: ev.SessionLeftOut) -> Session:
    return Session(
        plan=session_plan(event.modality, rules),
        protocol=rules.protocol,
        begun=event.due,
        left_out=Outcome.MISSED if isinstance(event, ev.SessionMissed) else Outcome.SKIPPED,
    )


def _given_up(episode: Episode) -> tuple[Session, ...]:
    if episode.running is None:
        return episode.sessions
    return (*episode.sessions[:-1], replace(episode.sessions[-1], stopped=True))


def _corrected(session: Session, removed: Moment) -> Session:
    return replace(
        _with_last(session, replace(session.last, removed=removed)), removal_explained=True
    )


def _resumed(pack: Application, at: Moment) -> Application:
    if pack.paused is None:
        return pack
    return replace(pack, paused=None, pauses=(*pack.pauses, (pack.paused, at)))


def _earlier(one: Moment, other: Moment) -> Moment:
    return one if other.since(one) > 0 else other


def _with_last(session: Session, application: Application) -> Session:
    return replace(session, applications=(*session.applications[:-1], application))


def _with_last_held(episode: Episode, session: Session) -> Episode:
    index = max(i for i, each in enumerate(episode.sessions) if each.is_held)
    before, after = episode.sessions[:index], episode.sessions[index + 1 :]
    return replace(episode, sessions=(*before, session, *after))
