"""The commands that write into the diary and correct it."""

from datetime import datetime

from backtimer.domain import commands as cmd
from backtimer.domain import diary
from backtimer.domain import events as ev
from backtimer.domain.clock import MICROSECOND_S, Moment
from backtimer.domain.episode import Episode
from backtimer.domain.errors import Refused
from backtimer.domain.words import tr

Events = tuple[ev.Event, ...]

_LARGEST_STEP_S = 1.0


def rate(episode: Episode, command: cmd.RatePain, now: Moment) -> Events:
    """Note how bad the pain is."""
    diary.check(None, command.note, command.nrs)
    was_at = diary.when_it_was(command.was, now)
    at = _of_its_own(episode, now)
    return (ev.PainRated(at=at, nrs=command.nrs, note=command.note, was_at=was_at),)


def log(episode: Episode, command: cmd.Log, now: Moment) -> Events:
    """Write an entry."""
    diary.check(command.topic, command.text, command.number)
    was_at = diary.when_it_was(command.was, now)
    at, text, number = _of_its_own(episode, now), command.text, command.number
    return (ev.Logged(at=at, topic=command.topic, text=text, number=number, was_at=was_at),)


def correct(episode: Episode, command: cmd.CorrectEntry, now: Moment) -> Events:
    """Have an entry read otherwise; nothing happens where it reads so already."""
    entry = _entry(episode, command.of)
    diary.check(entry.topic, command.text, command.number)
    if (entry.text, entry.number) == (command.text, command.number):
        return ()
    return (ev.EntryCorrected(at=now, of=command.of, text=command.text, number=command.number),)


def withdraw(episode: Episode, of: datetime, now: Moment) -> Events:
    """Take an entry back."""
    if _entry(episode, of).withdrawn:
        raise Refused(tr("This entry was taken back already."))
    return (ev.EntryWithdrawn(at=now, of=of),)


def restore(episode: Episode, of: datetime, now: Moment) -> Events:
    """Have an entry count that was taken back."""
    if not _entry(episode, of).withdrawn:
        raise Refused(tr("This entry counts already."))
    return (ev.EntryRestored(at=now, of=of),)


def _of_its_own(episode: Episode, now: Moment) -> Moment:
    """`now`, or the first moment after it at which no entry was written: it is known by that."""
    taken = {each.of for each in episode.entries}
    step_s = MICROSECOND_S
    while now.wall in taken and step_s < _LARGEST_STEP_S:
        later = now.after(step_s)
        if later.wall == now.wall:
            # Far from our days a wall time is not that fine, and at the last one it stands.
            step_s *= 2
        else:
            now = later
    return now


def _entry(episode: Episode, of: datetime) -> diary.Entry:
    found = next((each for each in episode.entries if each.of == of), None)
    if found is None:
        raise Refused(tr("There is no such entry in this episode."))
    return found
