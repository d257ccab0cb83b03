"""One session: the times the pack was on, what interrupted them, and how it went."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from backtimer.domain import events as ev
from backtimer.domain.clock import MINUTE_S, Moment, to_microseconds
from backtimer.domain.protocol import Part, SessionPlan

PAUSE_LIMIT_S = 10 * MINUTE_S
LATE_FROM_S = 60  # (J) confirmed within a minute counts as on time
EARLY_FROM_S = 60  # (J) the same before time is up: a correction is said to the minute
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
    `unsure`: the machine was started again meanwhile, and the person was not asked yet.
    `unanswered`: its alarm gave up, and nobody has said yet when it came off.
    """

    part: Part
    begun: Moment
    pauses: tuple[tuple[Moment, Moment], ...] = ()
    paused: Moment | None = None
    removed: Moment | None = None
    how: ev.RemovalKind | None = None
    unsure: bool = False
    unanswered: bool = False

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
        if self.removed is None or self.is_unknown:
            return 0.0
        return max(0.0, -self.left_s(self.removed))

    def short_s(self) -> float:
        """Seconds by which the removal came before time was up; 0 when it did not."""
        return 0.0 if self.removed is None else max(0.0, self.left_s(self.removed))

    @property
    def is_short(self) -> bool:
        """Whether the pack came off before its time was up."""
        return self.short_s() > 0

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows when the pack came off."""
        return self.how is ev.RemovalKind.UNKNOWN

    def _planned_s(self) -> float:
        return self.part.on_s + sum(max(0.0, to.since(since)) for since, to in self.pauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session of the plan: held (with applications), or left out (with `left_out`).

    `stopped`: given up with parts still to come, `stopped_for` a reason if the person gave one.
    `removal_explained`: the person was asked when a late pack really came off, and said so.
    `of`: the wall time at which it was recorded, by which a correction knows it. `was`: when it
    began and ended before it was corrected, oldest first, None where that was not known.
    `withdrawn`: it does not count, as the person took it back.
    """

    of: datetime
    plan: SessionPlan
    protocol: str
    begun: Moment
    applications: tuple[Application, ...] = ()
    early_start: bool = False
    unconfirmed: bool = False
    left_out: Outcome | None = None
    stopped: bool = False
    stopped_for: ev.StopReason | None = None
    removal_explained: bool = False
    was: tuple[tuple[Moment, Moment | None], ...] = ()
    withdrawn: bool = False

    @property
    def is_held(self) -> bool:
        """Whether it took place."""
        return self.left_out is None and not self.withdrawn

    @property
    def last(self) -> Application:
        """The application that goes on or was the last; only of a session that took place."""
        return self.applications[-1]

    @property
    def pack(self) -> Application | None:
        """The application that is going on, paused or not."""
        if not self.is_held or self.stopped or self.last.removed:
            return None
        return self.last

    @property
    def next_part(self) -> Part | None:
        """The part that is still to come once the present one is done."""
        done = len(self.applications)
        if done == len(self.plan.parts) or not self.is_held or self.stopped:
            return None
        if self.last.is_short or self.last.is_unknown:
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
        """How it went, or None while it goes on and somebody answers."""
        if self.pack and self.pack.unanswered:
            return Outcome.UNKNOWN
        if self.left_out or not self.is_over:
            return self.left_out
        if any(each.removed is None or each.is_unknown for each in self.applications):
            return Outcome.UNKNOWN
        if any(each.how is ev.RemovalKind.ASSUMED for each in self.applications):
            return Outcome.ASSUMED
        if self._is_early:
            return Outcome.EARLY
        return Outcome.LATE if self.late_s > LATE_FROM_S else Outcome.COMPLETE

    @property
    def _is_early(self) -> bool:
        """Whether it ended before what was planned; who gave a reason ended it, however near."""
        if self.stopped_for or len(self.applications) < len(self.plan.parts):
            return True
        return self.last.short_s() >= EARLY_FROM_S

    @property
    def ended(self) -> Moment | None:
        """When the last pack came off; None where it is on, or where nobody knows."""
        if not self.applications or self.last.is_unknown:
            return None
        return self.last.removed


def session_corrected(session: Session, event: ev.Correction) -> Session:
    """`session` as it is to be read after `event`; only of one that is over."""
    match event:
        case ev.SessionWithdrawn():
            return replace(session, withdrawn=True)
        case ev.SessionRestored():
            return replace(session, withdrawn=False)
        case ev.SessionCorrected() if session.is_held:
            return _with_times(session, event)
        case _:
            return session


def _with_times(session: Session, event: ev.SessionCorrected) -> Session:
    """`session` with its first pack put on, and its last one taken off, as `event` has it."""
    first, *others = session.applications
    pauses = tuple(each for each in first.pauses if each[0].since(event.begun) >= 0)
    *before, last = replace(first, begun=event.begun, pauses=pauses), *others
    off = replace(
        last,
        removed=event.removed,
        how=event.how,
        paused=None,
        unsure=False,
        unanswered=False,
    )
    return replace(
        session,
        begun=event.begun,
        applications=(*before, off),
        # However long it was by now, what was left out of it does not follow.
        stopped=session.stopped or len(session.applications) < len(session.plan.parts),
        removal_explained=True,
        was=(*session.was, (session.begun, session.ended)),
    )


def _earlier(one: Moment, other: Moment) -> Moment:
    return one if other.since(one) > 0 else other
