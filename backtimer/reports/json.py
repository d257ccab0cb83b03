"""The record as a lossless backup: `render` writes it, `parse` reads it with mistrust."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, NoReturn

from backtimer.domain.codec import (
    KINDS,
    event_from_json,
    kind_of,
    moment_from_json,
    moment_to_json,
    payload,
)
from backtimer.domain.errors import DataError
from backtimer.domain.events import EpisodeEnded, Event
from backtimer.domain.words import tr

FORMAT = "backtimer"
VERSION = 1

Episodes = tuple[tuple[Event, ...], ...]


def render(episodes: Iterable[Sequence[Event]]) -> str:
    """All events of `episodes`, one a line, in ASCII so that any editor and encoding keeps it."""
    lines = ",\n".join(json.dumps(_told(event)) for events in episodes for event in events)
    head = f'{{"format": {json.dumps(FORMAT)}, "version": {VERSION}, "events": ['
    return f"{head}\n{lines}\n]}}\n"


def parse(text: str) -> Episodes:
    """The episodes that `render` wrote, the open one last.

    Raises `DataError` for anything else, whatever it is; it says what is wrong.
    """
    try:
        backup = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise _no_backup() from error
    _check_head(backup)
    return _episodes(_event(each, n) for n, each in enumerate(backup["events"], start=1))


def _told(event: Event) -> dict[str, Any]:
    return {"kind": kind_of(event), "at": moment_to_json(event.at), **payload(event)}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are not JSON


def _check_head(backup: Any) -> None:
    if not isinstance(backup, dict) or backup.get("format") != FORMAT:
        raise _no_backup()
    version = backup.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _no_backup()
    if version > VERSION:
        raise DataError(
            tr("This backup was written by a newer Backtimer. Use that version to read it.")
        )
    if set(backup) != {"format", "version", "events"} or not isinstance(backup["events"], list):
        raise _no_backup()


def _event(told: Any, number: int) -> Event:
    try:
        return _checked_event(told)
    except (DataError, ValueError, TypeError, LookupError, ArithmeticError) as error:
        raise DataError(
            tr(
                "Event {number} of this backup is damaged, so nothing was read. "
                "Use another backup.",
                number=number,
            )
        ) from error


def _checked_event(told: Any) -> Event:
    kind = told["kind"]
    if set(told) != {"kind", *(each.name for each in fields(KINDS[kind]))}:
        raise ValueError(kind)
    return event_from_json(kind, moment_from_json(told["at"]), told)


def _episodes(events: Iterable[Event]) -> Episodes:
    episodes: list[list[Event]] = [[]]
    for event in events:
        episodes[-1].append(event)
        if isinstance(event, EpisodeEnded):
            episodes.append([])
    return tuple(tuple(each) for each in episodes if each)


def _no_backup() -> DataError:
    return DataError(
        tr("This is no backup of Backtimer, or it is damaged. Use a file that it exported.")
    )
