"""What will be if the person goes on as proposed: steps to come and the sessions of a day.

The future is found by folding events that have not happened yet through the same rules that
fold the record, so that the plan cannot disagree with the timer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import islice, pairwise, takewhile

from backtimer.domain import events as ev
from backtimer.domain.clock import Moment
from backtimer.domain.episode import Episode, evolve
from backtimer.domain.phases import next_modality, proposal
from backtimer.domain.protocol import Modality, Part, SessionPlan
from backtimer.domain.session import Application, Outcome, Session

STEPS_MOST = 1000  # far more than two weeks have; a plan without an end stops here


class StepKind(StrEnum):
    """What a step of the plan is."""

    REMOVE = "remove"
    REST = "rest"
    SESSION = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to come at `at`, `length_s` seconds long; `modality` of what goes on or off.

    `then`: what follows at once in its place.
    """

    kind: StepKind
    at: Moment
    length_s: float
    modality: Modality
    then: tuple[Modality, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A session from `begin` to `end`: planned, going on, or as it turned out (`outcome`).

    `then`: what follows `modality` in it. `on_s`: how long it is to be on skin; `late_s`: by how
    much longer it was.
    """

    modality: Modality
    begin: Moment
    end: Moment
    planned: bool = False
    outcome: Outcome | None = None
    then: tuple[Modality, ...] = ()
    on_s: float = 0.0
    late_s: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether the pack was on, however it ended."""
        return self.outcome not in (None, Outcome.MISSED, Outcome.SKIPPED)


def steps(episode: Episode, now: Moment) -> Iterator[Step]:
    """The steps to come from `now` on, in order, as if each is answered when its time comes."""
    if episode.onset is None:
        return
    for _ in range(STEPS_MOST):
        if pack := episode.pack:
            now, episode = _finished(episode, pack, now)
            yield Step(kind=StepKind.REMOVE, at=now, length_s=0.0, modality=pack.part.modality)
            yield from _rest(episode, pack, now)
            continue
        proposed = proposal(episode, now)
        if proposed is None:
            return
        now = now.after(max(0.0, proposed.start_s))
        on = ev.PackPutOn(at=now) if episode.running else _started(episode, proposed.plan, now)
        episode = evolve(episode, on)
        yield _session(proposed.plan, now)


def _session(plan: SessionPlan, at: Moment) -> Step:
    stretch = _stretch(plan.parts)
    return Step(
        kind=StepKind.SESSION,
        at=at,
        length_s=sum(part.on_s for part in stretch),
        modality=plan.modality,
        then=_changes(stretch),
    )


def _stretch(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts from the first on until a rest."""
    first, *others = parts
    return (first, *takewhile(lambda part: not part.rest_before_s, others))


def _changes(parts: Sequence[Part]) -> tuple[Modality, ...]:
    """What the parts change to, one after the other."""
    both = ((before.modality, part.modality) for before, part in pairwise(parts))
    return tuple(modality for before, modality in both if modality is not before)


def _finished(episode: Episode, pack: Application, now: Moment) -> tuple[Moment, Episode]:
    """The moment at which the pack comes off at the earliest, and the episode then."""
    at = now.after(_left_s(pack, now))
    off = ev.PackRemoved(at=at, removed=at, how=ev.RemovalKind.CONFIRMED)
    episode = evolve(evolve(episode, ev.Resumed(at=now)), off)
    session = episode.running
    if session and session.next_part and session.next_part.rest_before_s == 0:
        episode = evolve(episode, ev.PackPutOn(at=at))
    return at, episode


def _left_s(pack: Application, now: Moment) -> float:
    # A pause is taken to end now.
    return max(0.0, pack.part.on_s - pack.on_skin_s(now))


def _rest(episode: Episode, pack: Application, now: Moment) -> Iterator[Step]:
    session = episode.last_held
    if episode.pack is None and session:
        part = session.next_part
        rest_s = part.rest_before_s if part else session.plan.rest_s
        yield Step(kind=StepKind.REST, at=now, length_s=rest_s, modality=pack.part.modality)


def _started(episode: Episode, plan: SessionPlan, now: Moment) -> ev.Event:
    return ev.SessionStarted(at=now, plan=plan, protocol=episode.rules.protocol)


def next_session(episode: Episode, now: Moment) -> Step | None:
    """The next time a pack goes on after a rest, as it is planned, or None."""
    return next(_sessions(episode, now), None)


def next_choice(episode: Episode, now: Moment) -> tuple[Modality, Moment]:
    """What the next session is made with, and when it begins: now where none is planned.

    The parts of a session that goes on are its own: no choice is open there.
    """
    session = episode.running
    parts = session.plan.parts[len(session.applications) :] if session else ()
    own = sum(1 for part in parts if part.rest_before_s)
    step = next(islice(_sessions(episode, now), own, None), None)
    return (step.modality, step.at) if step else (next_modality(episode, now), now)


def _sessions(episode: Episode, now: Moment) -> Iterator[Step]:
    return (each for each in steps(episode, now) if each.kind is StepKind.SESSION)


def marks_of_day(episode: Episode, now: Moment) -> tuple[Mark, ...]:
    """The sessions of the local day that `now` lies in: what was, what is, what is planned."""
    midnight = datetime.combine(now.wall.date(), time(), tzinfo=now.wall.tzinfo)
    tomorrow = datetime.combine(now.wall.date() + timedelta(days=1), time(), tzinfo=now.wall.tzinfo)
    begin_s, end_s = midnight.timestamp(), tomorrow.timestamp()
    today = []
    for mark in marks(episode, now):
        at_s = mark.begin.wall.timestamp()
        if mark.planned and at_s >= end_s:
            break
        if begin_s <= at_s < end_s:
            today.append(mark)
    return tuple(today)


def marks(episode: Episode, now: Moment) -> Iterator[Mark]:
    """Every session of the episode in order: what was, what is, what is planned."""
    for session in (each for each in episode.sessions if not each.withdrawn):
        yield _mark(session, now)
    for step in _sessions(episode, now):
        yield Mark(
            modality=step.modality,
            begin=step.at,
            end=step.at.after(step.length_s),
            planned=True,
            then=step.then,
            on_s=step.length_s,
        )


def _end_if_obeyed(session: Session, pack: Application, now: Moment) -> Moment:
    here = len(session.applications) - 1
    _, *others = _stretch(session.plan.parts[here:])
    return now.after(_left_s(pack, now) + sum(part.on_s for part in others))


def _mark(session: Session, now: Moment) -> Mark:
    begin = session.begun.seen_from(now)
    end = begin.after(session.plan.length_s)
    if session.is_held and session.last.removed and not session.last.is_unknown:
        end = session.last.removed.seen_from(now)
    elif session.pack:
        end = _end_if_obeyed(session, session.pack, now)
    return Mark(
        modality=session.plan.modality,
        begin=begin,
        end=end,
        outcome=session.outcome,
        then=_changes(session.plan.parts),
        on_s=session.plan.on_s,
        late_s=session.late_s,
    )
