"""The commands that correct a session afterwards: when it was, and whether it counts."""

from dataclasses import dataclass
from datetime import datetime

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.clock import DAY_S, HOUR_S, MINUTE_S, Moment
from backtimer.domain.episode import Episode
from backtimer.domain.errors import Refused
from backtimer.domain.session import Session
from backtimer.domain.wording import when
from backtimer.domain.words import tr

Events = tuple[ev.Event, ...]

LONGEST_S = DAY_S  # (J) a pack that was on for longer is a slip of the hand


def correct(episode: Episode, command: cmd.CorrectSession, now: Moment, until: Moment) -> Events:
    """Say when a session of `episode`, which is told up to `until`, really was.

    Nothing happens where it reads so already. Times are said to the minute, so a contradiction
    of less than one is none.
    """
    session = _counting(episode, command.of)
    recorded = session.last.removed if session.is_held else None
    if recorded is None:
        raise Refused(tr("It did not take place: there is no time to correct."))
    begun = _said(session.begun, command.begun)
    removed = _said(recorded, command.removed)
    begun, removed = _room(episode, session, until).fitted(begun, removed)
    if (begun, removed, command.how) == (session.begun, recorded, session.last.how):
        return ()
    return (
        ev.SessionCorrected(at=now, of=command.of, begun=begun, removed=removed, how=command.how),
    )


def withdraw(episode: Episode, of: datetime, now: Moment) -> Events:
    """Have a session count no more."""
    _counting(episode, of)
    return (ev.SessionWithdrawn(at=now, of=of),)


def restore(episode: Episode, of: datetime, now: Moment, until: Moment) -> Events:
    """Have a session count that was taken back."""
    session = _found(episode, of)
    if not session.withdrawn:
        raise Refused(tr("This session counts already."))
    if session.applications and session.last.removed:
        _room(episode, session, until).fitted(session.begun, session.last.removed)
    return (ev.SessionRestored(at=now, of=of),)


def _found(episode: Episode, of: datetime) -> Session:
    found = next((each for each in episode.sessions if each.of == of), None)
    if found is None:
        raise Refused(tr("There is no such session in this episode."))
    return found


def _counting(episode: Episode, of: datetime) -> Session:
    session = _found(episode, of)
    if session.withdrawn:
        raise Refused(tr("This session was taken back. Have it count again first."))
    if not session.is_over:
        raise Refused(tr("This session is not over yet. Take it off first."))
    return session


def _said(recorded: Moment, wall: datetime | None) -> Moment:
    """The moment at which the clock by which `recorded` was written read `wall`."""
    if wall is None or _minute(wall) == _minute(recorded.wall):
        return recorded
    return recorded.at_wall(wall)


def _minute(wall: datetime) -> datetime:
    return wall.replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """The time that a session can have been in, and what is said of a time outside it."""

    earliest: Moment
    latest: Moment
    too_early: str
    too_late: str

    def fitted(self, begun: Moment, removed: Moment) -> tuple[Moment, Moment]:
        """Both times of a session, or `Refused`."""
        early_s, late_s = self.earliest.since(begun), removed.since(self.latest)
        if early_s >= MINUTE_S:
            raise Refused(self.too_early)
        if late_s >= MINUTE_S:
            raise Refused(self.too_late)
        begun, removed = begun.after(max(0.0, early_s)), removed.after(-max(0.0, late_s))
        if removed.since(begun) <= 0:
            raise Refused(tr("It cannot have come off before it went on."))
        if removed.since(begun) > LONGEST_S:
            hours = LONGEST_S // HOUR_S
            raise Refused(tr("A pack is not on for more than {n} hours. Say other times.", n=hours))
        return begun, removed


def _room(episode: Episode, session: Session, until: Moment) -> _Room:
    """The time between what was before `session` and what came after it."""
    place = episode.sessions.index(session)
    before = [each.last.removed for each in episode.sessions[:place] if each.is_held]
    after = [each.begun for each in episode.sessions[place + 1 :] if each.is_held]
    earliest = (before[-1] if before else episode.onset) or session.begun
    latest = after[0] if after else until
    early, late = when(earliest.wall, until.wall), when(latest.wall, until.wall)
    return _Room(
        earliest=earliest,
        latest=latest,
        too_early=tr("The session before it went on until {time}. Say a later time.", time=early)
        if before
        else tr("The pain began at {time}. Say a later time, or first when it began.", time=early),
        too_late=tr("The session after it began at {time}. Say an earlier time.", time=late)
        if after
        else tr("That is later than {time}. Say an earlier time.", time=late),
    )
