"""Which events a correction of what is on record leads to, in an episode that may be over."""

from datetime import datetime
from itertools import chain

from backtimer.domain import commands as cmd
from backtimer.domain import diary_commands as diary
from backtimer.domain import events as ev
from backtimer.domain import session_corrections as session
from backtimer.domain.clock import Moment
from backtimer.domain.episode import Episode


def amend(
    episode: Episode, command: cmd.Correct, now: Moment, *, until: Moment
) -> tuple[ev.Event, ...]:
    """The events of `command` at `now`, in `episode` as it is told up to `until`.

    Raises `Refused` with a sentence for the person; then nothing has happened.
    """
    match command:
        case cmd.CorrectEntry():
            return diary.correct(episode, command, now)
        case cmd.WithdrawEntry(of=of):
            return diary.withdraw(episode, of, now)
        case cmd.RestoreEntry(of=of):
            return diary.restore(episode, of, now)
        case cmd.CorrectSession():
            return session.correct(episode, command, now, until)
        case cmd.WithdrawSession(of=of):
            return session.withdraw(episode, of, now)
        case cmd.RestoreSession(of=of):
            return session.restore(episode, of, now, until)
        case _:
            raise TypeError(command)


def is_recorded(episode: Episode, of: datetime) -> bool:
    """Whether `episode` has something on record for the wall time `of`."""
    recorded = (each.of for each in episode.sessions), (each.of for each in episode.entries)
    return of in chain.from_iterable(recorded)
