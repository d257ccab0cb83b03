"""Which phase an episode is in at a moment, and when the next session is proposed.

All waiting is in seconds from now, so that boots and a clock that was set cannot mix.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, takewhile
from math import inf

from backtimer.domain.clock import DAY_S, MINUTE_S, Moment, to_microseconds
from backtimer.domain.episode import Episode
from backtimer.domain.library import first_stage_s, session_plan, stage_at, stages
from backtimer.domain.protocol import Modality, SessionPlan
from backtimer.domain.session import PAUSE_LIMIT_S, Session

EARLY_FROM_S = 30 * MINUTE_S  # the least rest after ice, and enough after heat by hand
NOTHING_LEFT_S = -inf  # it never had to be waited for


class Phase(StrEnum):
    """Where the person is in the cycle."""

    IDLE = "idle"
    DUE = "due"
    APPLYING = "applying"
    PAUSED = "paused"
    REMOVE = "remove"
    RESTING = "resting"
    QUIET = "quiet"


# A pack that is paused lies nearby and is to go on again; one to take off is still on.
PACK_ON = frozenset({Phase.APPLYING, Phase.PAUSED, Phase.REMOVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The next session: `plan`, from `start_s` seconds on (negative: it has been due since).

    `ready_s` is when rest, gap and daily number allow it; between the two are quiet hours.
    """

    plan: SessionPlan
    ready_s: float
    start_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`phase`, begun `since_s` seconds from now (0 or less) and over in `until_s`, if known."""

    phase: Phase
    since_s: float = 0.0
    until_s: float | None = None
    proposal: Proposal | None = None


def standing(episode: Episode, now: Moment) -> Standing:
    """The phase of a settled `episode` at `now`."""
    if episode.onset is None:
        return Standing(phase=Phase.IDLE)
    if pack := episode.pack:
        if pack.paused:
            since_s = pack.paused.since(now)
            return Standing(phase=Phase.PAUSED, since_s=since_s, until_s=since_s + PAUSE_LIMIT_S)
        left_s = pack.left_s(now)
        if left_s <= 0:
            return Standing(phase=Phase.REMOVE, since_s=left_s)
        return Standing(phase=Phase.APPLYING, since_s=pack.begun.since(now), until_s=left_s)
    return _waiting(episode, now, proposal(episode, now))


def _waiting(episode: Episode, now: Moment, proposal: Proposal | None) -> Standing:
    removed_s = episode.removed.since(now) if episode.removed else 0.0
    if proposal is None:
        rest_s = rest_left_s(episode, now)
        return Standing(
            phase=Phase.RESTING, since_s=removed_s, until_s=rest_s if rest_s > 0 else None
        )
    if proposal.start_s <= 0:
        return Standing(phase=Phase.DUE, since_s=proposal.start_s, proposal=proposal)
    if proposal.ready_s > 0:
        return Standing(
            phase=Phase.RESTING, since_s=removed_s, until_s=proposal.ready_s, proposal=proposal
        )
    return Standing(
        phase=Phase.QUIET, since_s=proposal.ready_s, until_s=proposal.start_s, proposal=proposal
    )


def rest_left_s(episode: Episode, now: Moment) -> float:
    """Seconds until the rest after the last removal is over; negative when it has been."""
    last = episode.last_held
    if last is None or last.last.removed is None:
        return 0.0
    part = last.next_part
    rest_s = part.rest_before_s if part else last.plan.rest_s
    return rest_s - now.since(last.last.removed)


def gap_left_s(episode: Episode, modality: Modality, now: Moment) -> float:
    """Seconds until `modality` may follow what was last on skin; negative when it has long.

    The gap is between cold and heat; within one session its plan decides.
    """
    last = episode.last_held
    if last is None or last.last.removed is None:
        return NOTHING_LEFT_S
    if last.last.part.modality.is_cold == modality.is_cold:
        return NOTHING_LEFT_S
    return episode.rules.gap_min * MINUTE_S - now.since(last.last.removed)


def by_hand_left_s(episode: Episode, modality: Modality, now: Moment) -> float:
    """Seconds until `modality` may be put on by hand, early if need be; 0 or less when it may."""
    rest_s = rest_left_s(episode, now)
    if episode.removed is None or episode.running:
        return rest_s
    early_s = EARLY_FROM_S - now.since(episode.removed)
    return max(min(rest_s, early_s), gap_left_s(episode, modality, now))


def begun_within_day(episode: Episode, now: Moment) -> list[float]:
    """How many seconds ago each session of the last 24 elapsed hours began, newest first."""
    ages = (now.since(each.begun) for each in _held_from_last(episode))
    return list(takewhile(lambda age: age < DAY_S, ages))


def day_number_left_s(episode: Episode, most: int, now: Moment) -> float:
    """Seconds until fewer than `most` sessions lie in the last 24 elapsed hours.

    Negative when that has been so since: what is due stays due since then.
    """
    oldest = next(islice(_held_from_last(episode), most - 1, None), None)
    return DAY_S - now.since(oldest.begun) if oldest else NOTHING_LEFT_S


def _held_from_last(episode: Episode) -> Iterator[Session]:
    return (each for each in reversed(episode.sessions) if each.is_held)


def own_modality(episode: Episode, after_s: float) -> Modality:
    """What the protocol alone would have `after_s` seconds after the onset."""
    if stage := stage_at(episode.rules, after_s):
        return stage.plan.modality
    if planned := stages(episode.rules):
        return planned[-1].plan.modality
    last = episode.last_held
    return last.plan.modality if last else Modality.ICE


def next_modality(episode: Episode, now: Moment) -> Modality:
    """What a session begun now is made with, unless the person says otherwise."""
    return episode.wanted or own_modality(episode, elapsed_s(episode, now))


def proposal(episode: Episode, now: Moment) -> Proposal | None:
    """The next session of a started episode with no pack on, or None where none is planned."""
    if (session := episode.running) and (part := session.next_part):
        rest_s = rest_left_s(episode, now)
        plan = SessionPlan(parts=(part,), rest_s=session.plan.rest_s)
        return Proposal(plan=plan, ready_s=rest_s, start_s=rest_s)
    elapsed = elapsed_s(episode, now)
    first_s = first_stage_s(episode.rules, elapsed)
    ready_s = max(
        rest_left_s(episode, now),
        NOTHING_LEFT_S if first_s is None else first_s - elapsed,
        day_number_left_s(episode, episode.rules.sessions_per_day, now),
        episode.resume.since(now) if episode.resume else NOTHING_LEFT_S,
    )
    found = _proposed(episode, now, ready_s, ready_s)
    if found is None or found.start_s >= 0:
        return found
    # It was due before now; by now the protocol may have another modality, or an end.
    return _proposed(episode, now, found.ready_s, found.start_s, earliest_s=0.0)


def _proposed(
    episode: Episode, now: Moment, ready_s: float, start_s: float, *, earliest_s: float = -inf
) -> Proposal | None:
    """The first session that fits from `start_s` on, as it is if begun at `earliest_s` or later.

    A later start can mean another modality, and that a later start because of its gap or its
    length: so step by step, and never back.
    """
    while plan := _plan_at(episode, now, max(start_s, earliest_s)):
        ready_s = max(ready_s, gap_left_s(episode, plan.modality, now))
        free = now.after(max(start_s, ready_s))
        fit_s = free.at_wall(episode.rules.quiet.fit(free.wall, plan.length_s)).since(now)
        if fit_s <= start_s:
            return Proposal(plan=plan, ready_s=ready_s, start_s=start_s)
        start_s = fit_s
    return None


def _plan_at(episode: Episode, now: Moment, in_s: float) -> SessionPlan | None:
    stage = stage_at(episode.rules, to_microseconds(elapsed_s(episode, now) + in_s))
    if stage is None:
        return None
    if episode.wanted is None or episode.wanted is stage.plan.modality:
        return stage.plan
    return session_plan(episode.wanted, episode.rules)


def elapsed_s(episode: Episode, now: Moment) -> float:
    """Seconds since the onset; 0 where nothing has been started."""
    return now.since(episode.onset) if episode.onset else 0.0
