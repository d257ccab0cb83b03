"""The record as a lossless backup: `render` writes it, `parse` reads it with mistrust."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, NoReturn

from backtimer.domain.codec import (
    KINDS,
    OPTIONAL,
    event_from_json,
    kind_of,
    moment_from_json,
    moment_to_json,
    payload,
)
from backtimer.domain.errors import DataError
from backtimer.domain.events import Event
from backtimer.domain.words import tr

FORMAT = "backtimer"
VERSION = 3  # 1 had no settings, 2 no corrections of sessions
LEAST_VERSION = 3  # of a reader that understands all that `render` writes

# Settings that open something to whoever reads them stay out of every file that is passed on.
SECRETS = ("phone_urls",)

_NAMES = {
    1: {"format", "version", "events"},
    2: {"format", "version", "least_version", "settings", "events"},
    3: {"format", "version", "least_version", "settings", "events"},
}

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """All `events`, oldest first, and the `settings` as the settings file has them, if any."""

    events: tuple[Event, ...]
    settings: Document | None = None


def render(episodes: Iterable[Sequence[Event]], settings: Document) -> str:
    """All events of `episodes`, one a line, in ASCII so that any editor and encoding keeps it."""
    lines = ",\n".join(json.dumps(_told(event)) for events in episodes for event in events)
    head = {"format": FORMAT, "version": VERSION, "least_version": LEAST_VERSION}
    passed_on = {key: value for key, value in settings.items() if key not in SECRETS}
    begin = json.dumps(head | {"settings": passed_on})
    return f'{begin[:-1]}, "events": [\n{lines}\n]}}\n'


def parse(text: str) -> Backup:
    """What `render` wrote, of this version or another that allows it.

    Raises `DataError` for anything else, whatever it is; it says what is wrong.
    """
    try:
        backup = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise _no_backup() from error
    _check_head(backup)
    events = tuple(_event(each, n) for n, each in enumerate(backup["events"], start=1))
    return Backup(events=events, settings=backup.get("settings"))


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
    version: Any = backup.get("version")
    least: Any = backup.get("least_version", version)
    if not _is_version(version) or not _is_version(least) or least > version:
        raise _no_backup()
    if least > VERSION:
        raise DataError(
            tr("This backup was written by a newer Backtimer. Use that version to read it.")
        )
    if version <= VERSION and set(backup) != _NAMES[version]:
        raise _no_backup()
    settings = backup.get("settings", {})
    if not isinstance(backup.get("events"), list) or not isinstance(settings, dict):
        raise _no_backup()


def _is_version(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


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
    names = {"kind", *(each.name for each in fields(KINDS[kind]))}
    if not names - OPTIONAL <= set(told) <= names:
        raise ValueError(kind)
    return event_from_json(kind, moment_from_json(told["at"]), told)


def _no_backup() -> DataError:
    return DataError(
        tr("This is no backup of Backtimer, or it is damaged. Use a file that it exported.")
    )
