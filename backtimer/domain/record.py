"""The whole record as episodes, one after the other, each with all that was said of it later."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from backtimer.domain import events as ev
from backtimer.domain.clock import Moment

History = tuple[ev.Event, ...]


def open_part(history: Sequence[ev.Event]) -> tuple[ev.Event, ...]:
    """The events of `history` since the last episode ended."""
    for index in range(len(history), 0, -1):
        if isinstance(history[index - 1], ev.EpisodeEnded):
            return tuple(history[index:])
    return tuple(history)


def with_open_episode(
    episodes: tuple[tuple[ev.Event, ...], ...], known: tuple[ev.Event, ...]
) -> tuple[tuple[ev.Event, ...], ...]:
    """`episodes` with the open one as it is `known`; nothing of the others is left out."""
    if not known:
        return episodes
    if not episodes or isinstance(episodes[-1][-1], ev.EpisodeEnded):
        return (*episodes, known)
    *before, last = episodes
    if set(last) & set(known):
        return (*before, known)
    # An earlier one that lost its end.
    return (*before, (*last, ev.EpisodeEnded(at=last[-1].at)), known)


def at_home(episodes: Iterable[Sequence[ev.Event]]) -> tuple[History, ...]:
    """`episodes` with every correction in the one that it corrects, before its end.

    In the record it stands where it was made, maybe in a later one.
    """
    gathered = Gathered()
    for history in episodes:
        gathered.begin()
        for event in history:
            gathered.add(event)
    return gathered.episodes


class Gathered:
    """The same, where the events come a few at a time: oldest first, after `begin` for each."""

    def __init__(self) -> None:
        self._told: list[list[ev.Event]] = []
        self._homes: dict[tuple[type, datetime], int] = {}

    @property
    def episodes(self) -> tuple[History, ...]:
        """Those with something in them."""
        return tuple(tuple(each) for each in self._told if each)

    def begin(self) -> None:
        """What is added from now on belongs to another episode."""
        self._told.append([])

    def add(self, event: ev.Event) -> None:
        """Put it where it belongs."""
        number = len(self._told) - 1
        match event:
            case ev.Correction(of=of):
                _put(self._told[self._homes.get((_corrects(event), of), number)], event)
                return
            case ev.PainRated() | ev.Logged():
                self._homes[ev.EntryCorrection, event.at.wall] = number
            case ev.SessionStarted() | ev.SessionLeftOut():
                self._homes[ev.SessionCorrection, event.at.wall] = number
            case _:
                pass
        self._told[number].append(event)


def _corrects(event: ev.Correction) -> type:
    is_of_entry = isinstance(event, ev.EntryCorrection)
    return ev.EntryCorrection if is_of_entry else ev.SessionCorrection


def _put(history: list[ev.Event], correction: ev.Correction) -> None:
    if not history or not isinstance(history[-1], ev.EpisodeEnded):
        history.append(correction)
        return
    end = history[-1].at
    # It was said later, maybe after a restart: its times are told by the clock of the episode.
    moments: dict[str, Any] = {
        each.name: end.at_wall(at.wall)
        for each in fields(correction)
        if isinstance(at := getattr(correction, each.name), Moment)
    }
    history.insert(-1, replace(correction, **(moments | {"at": end})))
