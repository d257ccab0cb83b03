"""What came true by time alone: facts that nobody said and that the record still needs."""

from backtimer.domain import events as ev
from backtimer.domain.clock import MINUTE_S, Moment
from backtimer.domain.episode import Episode, evolve
from backtimer.domain.phases import Phase, Proposal, Standing, standing
from backtimer.domain.protocol import WhenDue, WhenOver
from backtimer.domain.session import PAUSE_LIMIT_S, Application

# A session begins by itself only when it is seen to become due. Found due later than this,
# after sleep or a restart, nobody knows whether a pack is on: the person is asked.
BEGIN_GRACE_S = 5 * MINUTE_S

# A step of the wall clock that is worth a line in the record. Less is what clocks do.
CLOCK_SET_FROM_S = 30


def settle(episode: Episode, now: Moment) -> tuple[tuple[ev.Event, ...], Episode]:
    """The facts up to `now` that `episode` does not have yet, and the episode with them.

    Idempotent: settling the result again gives no further facts.
    """
    facts: list[ev.Event] = []
    while fact := _next_fact(episode, now):
        facts.append(fact)
        episode = evolve(episode, fact)
    return tuple(facts), episode


def _next_fact(episode: Episode, now: Moment) -> ev.Event | None:
    if fact := _by_time(episode, now):
        return fact
    # Last: what came true before shows the clock as it is now, too.
    if episode.onset and episode.clock_read and _was_set(episode.clock_read, now):
        return ev.ClockSet(at=now)
    return None


def _by_time(episode: Episode, now: Moment) -> ev.Event | None:
    if pack := episode.pack:
        return _removal(episode, pack, now)
    stands = standing(episode, now)
    if stands.phase is not Phase.DUE or stands.proposal is None:
        return None
    return _lapse(episode, stands.proposal, now) or _begin(episode, stands, stands.proposal, now)


def _was_set(read: Moment, now: Moment) -> bool:
    """Whether the wall clock was set since it was `read`."""
    drift_s = now.wall.timestamp() - read.wall.timestamp() - now.since(read)
    return abs(drift_s) > CLOCK_SET_FROM_S


def _removal(episode: Episode, pack: Application, now: Moment) -> ev.Event | None:
    if pack.paused:
        over_s = PAUSE_LIMIT_S - now.since(pack.paused)
        if over_s > 0:
            return None
        at = _recorded(episode, now.after(over_s))
        return ev.PackRemoved(at=at, removed=pack.paused, how=ev.RemovalKind.PAUSE_EXPIRED)
    if pack.left_s(now) > 0 or episode.rules.when_over is not WhenOver.ASSUME or pack.unsure:
        return None
    up = pack.time_up().seen_from(now)
    return ev.PackRemoved(at=_recorded(episode, up), removed=up, how=ev.RemovalKind.ASSUMED)


def _lapse(episode: Episode, proposal: Proposal, now: Moment) -> ev.Event | None:
    due = now.after(proposal.start_s)
    # What lapsed before the last moment on record is there already.
    at = _recorded(episode, due).seen_from(now)
    if not episode.rules.quiet.end_if_quiet(at.wall):
        quiet = episode.rules.quiet.next_start(at.wall)
        if quiet is None or quiet.timestamp() > now.wall.timestamp():
            return None
        at = now.at_wall(quiet)
    return ev.SessionMissed(at=at, modality=proposal.plan.modality, due=due, resume=at)


def _begin(episode: Episode, stands: Standing, proposal: Proposal, now: Moment) -> ev.Event | None:
    if episode.rules.when_due is not WhenDue.BEGIN or stands.since_s < -BEGIN_GRACE_S:
        return None
    due = now.after(stands.since_s)
    if not episode.has_held(proposal.plan.modality) or _is_first_of_day(episode, due):
        return None
    at = _recorded(episode, due)
    if episode.running:
        return ev.PackPutOn(at=at)
    return ev.SessionStarted(
        at=at, plan=proposal.plan, protocol=episode.rules.protocol, unconfirmed=True
    )


def _is_first_of_day(episode: Episode, due: Moment) -> bool:
    morning = episode.rules.quiet.last_end(due.wall)
    last = episode.last_held
    if morning is None or last is None:
        return False
    return last.begun.seen_from(due).wall.timestamp() < morning.timestamp()


def _recorded(episode: Episode, at: Moment) -> Moment:
    """`at`, or the last moment on record: what other rules make true was not true before them."""
    last = episode.clock_read
    return last if last and at.since(last) < 0 else at
