"""Which phase an episode is in at a moment, and when the next session is proposed.

All waiting is in seconds from now, so that boots and a clock that was set cannot mix.
"""

from dataclasses import dataclass
from enum import StrEnum

from backtimer.domain.clock import DAY_S, MINUTE_S, Moment
from backtimer.domain.episode import PAUSE_LIMIT_S, Episode
from backtimer.domain.library import session_plan, stage_at, stages
from backtimer.domain.protocol import Modality, SessionPlan


class Phase(StrEnum):
    """Where the person is in the cycle."""

    IDLE = "idle"
    DUE = "due"
    APPLYING = "applying"
    PAUSED = "paused"
    REMOVE = "remove"
    RESTING = "resting"
    QUIET = "quiet"


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
        up_s = pack.time_up().since(now)
        if up_s <= 0:
            return Standing(phase=Phase.REMOVE, since_s=up_s)
        return Standing(phase=Phase.APPLYING, since_s=pack.begun.since(now), until_s=up_s)
    return _waiting(episode, now, proposal(episode, now))


def _waiting(episode: Episode, now: Moment, proposal: Proposal | None) -> Standing:
    last = episode.last_held
    removed_s = last.last.removed.since(now) if last and last.last.removed else 0.0
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
    """Seconds until `modality` may follow what was last on skin; 0 or less when it may.

    The gap is between cold and heat; within one session its plan decides.
    """
    last = episode.last_held
    if last is None or last.last.removed is None:
        return 0.0
    if last.last.part.modality.is_cold == modality.is_cold:
        return 0.0
    return episode.rules.gap_min * MINUTE_S - now.since(last.last.removed)


def begun_within_day(episode: Episode, now: Moment) -> list[float]:
    """How many seconds ago each session of the last 24 elapsed hours began, oldest first."""
    ages = (now.since(each.begun) for each in episode.sessions if each.is_held)
    return [age for age in ages if age < DAY_S]


def day_number_left_s(episode: Episode, most: int, now: Moment) -> float:
    """Seconds until fewer than `most` sessions lie in the last 24 elapsed hours."""
    ages = begun_within_day(episode, now)
    return DAY_S - ages[-most] if len(ages) >= most else 0.0


def own_modality(episode: Episode, elapsed_s: float) -> Modality:
    """What the protocol alone would have `elapsed_s` seconds after the onset."""
    if stage := stage_at(episode.rules, elapsed_s):
        return stage.plan.modality
    if planned := stages(episode.rules):
        return planned[-1].plan.modality
    last = episode.last_held
    return last.plan.modality if last else Modality.ICE


def next_modality(episode: Episode, now: Moment, in_s: float = 0.0) -> Modality:
    """What a session begun in `in_s` seconds is made with, unless the person says otherwise."""
    return episode.wanted or own_modality(episode, _elapsed_s(episode, now) + in_s)


def proposal(episode: Episode, now: Moment) -> Proposal | None:
    """The next session of a started episode with no pack on, or None where none is planned."""
    if (session := episode.running) and (part := session.next_part):
        rest_s = rest_left_s(episode, now)
        plan = SessionPlan(parts=(part,), rest_s=session.plan.rest_s)
        return Proposal(plan=plan, ready_s=rest_s, start_s=rest_s)
    ready_s = max(
        rest_left_s(episode, now),
        day_number_left_s(episode, episode.rules.sessions_per_day, now),
        episode.resume.since(now) if episode.resume else float("-inf"),
    )
    # A later start can mean another modality, whose gap can mean a later start: it settles
    # after one round, since modality changes once.
    found = _proposed_from(episode, now, ready_s)
    return found and _proposed_from(episode, now, max(ready_s, _gap(episode, found, now)))


def _gap(episode: Episode, found: Proposal, now: Moment) -> float:
    return gap_left_s(episode, found.plan.modality, now)


def _proposed_from(episode: Episode, now: Moment, ready_s: float) -> Proposal | None:
    plan = _plan_at(episode, now, max(ready_s, 0.0))
    if plan is None:
        return None
    ready = now.after(ready_s)
    fit = episode.rules.quiet.fit(ready.wall, plan.length_s)
    start_s = max(ready_s, ready_s + fit.timestamp() - ready.wall.timestamp())
    at_start = _plan_at(episode, now, max(start_s, 0.0))
    return at_start and Proposal(plan=at_start, ready_s=ready_s, start_s=start_s)


def _plan_at(episode: Episode, now: Moment, in_s: float) -> SessionPlan | None:
    stage = stage_at(episode.rules, _elapsed_s(episode, now) + in_s)
    if stage is None:
        return None
    modality = next_modality(episode, now, in_s)
    if modality is stage.plan.modality:
        return stage.plan
    return session_plan(modality, episode.rules)


def _elapsed_s(episode: Episode, now: Moment) -> float:
    return now.since(episode.onset) if episode.onset else 0.0
