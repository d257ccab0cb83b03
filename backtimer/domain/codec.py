"""Events as plain JSON values and back, checked on the way in. One place for both directions.

A field's name decides how it is written; the same name means the same everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from backtimer.domain import events as ev
from backtimer.domain.clock import Moment
from backtimer.domain.errors import DataError, Refused
from backtimer.domain.library import PROTOCOLS
from backtimer.domain.protocol import Modality, Part, SessionPlan, WhenDue, WhenOver
from backtimer.domain.quiet import QuietHours
from backtimer.domain.rules import Rules
from backtimer.domain.words import tr

Json = Any  # what json.loads returns

# What rubbish provokes while it is read; `Refused` is a rule outside its limits.
_RUBBISH = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, Refused)
# Far beyond what can be true: 31 years. Numbers within it can be added without end.
_MOST_S = 1_000_000_000

KINDS: dict[str, type[ev.Event]] = {
    each.__name__: each
    for each in (
        ev.EpisodeStarted,
        ev.EpisodeEnded,
        ev.RulesChanged,
        ev.OnsetChanged,
        ev.ModalitySwitched,
        ev.CardAnswered,
        ev.SessionStarted,
        ev.PackPutOn,
        ev.PackStillOn,
        ev.PackRemoved,
        ev.RemovalCorrected,
        ev.Paused,
        ev.Resumed,
        ev.RemovalSilenced,
        ev.Snoozed,
        ev.SessionSkipped,
        ev.SessionMissed,
        ev.Noticed,
        ev.PainRated,
        ev.ClockSet,
        ev.MachineRestarted,
        ev.RemovalUnanswered,
        ev.SessionStopped,
        ev.Logged,
        ev.EntryCorrected,
        ev.EntryWithdrawn,
        ev.EntryRestored,
        ev.SessionCorrected,
        ev.SessionWithdrawn,
        ev.SessionRestored,
    )
}

# Left out where there is none: older records do not have it.
OPTIONAL = frozenset({"was_at"})
# Looked up once: a long record asks for each of its events.
_FIELDS = {
    kind: [each.name for each in fields(kind) if each.name != "at"] for kind in KINDS.values()
}


def kind_of(event: ev.Event) -> str:
    """The name under which the event is kept."""
    return type(event).__name__


def moment_to_json(moment: Moment) -> Json:
    """A moment with its wall time in ISO 8601 with offset."""
    return {"wall": moment.wall.isoformat(), "boot": moment.boot, "boot_s": moment.boot_s}


def moment_from_json(value: Json) -> Moment:
    """The moment that `moment_to_json` wrote. Raises ValueError or TypeError for anything else."""
    return Moment(
        wall=datetime.fromisoformat(value["wall"]),
        boot=_name(value["boot"]),
        boot_s=float(_number(value["boot_s"])),
    )


def payload(event: ev.Event) -> dict[str, Json]:
    """The fields of `event` but for `at`, as JSON values."""
    values = ((name, getattr(event, name)) for name in _names(type(event)))
    return {
        name: _WRITE.get(name, _as_is)(value)
        for name, value in values
        if value is not None or name not in OPTIONAL
    }


def event_from_json(kind: str, at: Moment, values: Mapping[str, Json]) -> ev.Event:
    """The event that `kind`, `at` and `payload` describe. Raises `DataError` for anything else."""
    try:
        made = KINDS[kind]
        names = (name for name in _names(made) if name in values or name not in OPTIONAL)
        read = {name: _READ[name](values[name]) for name in names}
        return made(at=at, **read)
    except _RUBBISH as error:
        raise DataError(tr("The record holds something that is no event.")) from error


def _names(kind: type[ev.Event]) -> list[str]:
    return _FIELDS[kind]


def _as_is(value: Json) -> Json:
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    if len(value) > ev.TEXT_MOST:
        raise ValueError(len(value))
    return value


def _name(value: Json) -> str:
    """A text that every file can hold: half a surrogate pair has no UTF-8."""
    _text(value).encode()
    return _text(value)


def _number(value: Json) -> int | float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(value)
    if not -_MOST_S <= value <= _MOST_S:  # nor is it NaN
        raise ValueError(value)
    return value


def _whole(value: Json) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return int(_number(value))


def _course(value: Json) -> str:
    if value not in PROTOCOLS:
        raise ValueError(value)
    return _text(value)


def _wall(value: Json) -> datetime:
    wall = datetime.fromisoformat(value)
    if wall.tzinfo is None:
        raise ValueError(value)
    return wall


def _yes_or_no(value: Json) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _plan_to_json(plan: SessionPlan) -> Json:
    parts = [
        {"modality": each.modality, "on_s": each.on_s, "rest_before_s": each.rest_before_s}
        for each in plan.parts
    ]
    return {"parts": parts, "rest_s": plan.rest_s}


def _plan_from_json(value: Json) -> SessionPlan:
    parts = tuple(
        Part(
            modality=Modality(each["modality"]),
            on_s=_whole(each["on_s"]),
            rest_before_s=_whole(each["rest_before_s"]),
        )
        for each in value["parts"]
    )
    return SessionPlan(parts=parts, rest_s=_whole(value["rest_s"]))


_RULE_READERS: dict[str, Callable[[Json], Any]] = {
    "protocol": _text,
    "course": _course,
    "when_due": WhenDue,
    "when_over": WhenOver,
    "moist_heat": _yes_or_no,
    "quiet": lambda value: QuietHours(
        from_min=_whole(value["from_min"]), to_min=_whole(value["to_min"])
    ),
}


def _rules_to_json(rules: Rules) -> Json:
    values = {each.name: getattr(rules, each.name) for each in fields(rules)}
    return values | {"quiet": {"from_min": rules.quiet.from_min, "to_min": rules.quiet.to_min}}


def _rules_from_json(value: Json) -> Rules:
    if not isinstance(value, dict):
        raise TypeError(value)
    # A rule that is not there yet, in an older record, has its default.
    known = (each.name for each in fields(Rules) if each.name in value)
    return Rules(**{name: _RULE_READERS.get(name, _whole)(value[name]) for name in known})


_WRITE: dict[str, Callable[[Any], Json]] = {
    "of": lambda wall: wall.isoformat(),
    "onset": moment_to_json,
    "begun": moment_to_json,
    "removed": moment_to_json,
    "due": moment_to_json,
    "resume": moment_to_json,
    "was_at": moment_to_json,
    "rules": _rules_to_json,
    "plan": _plan_to_json,
}
_READ: dict[str, Callable[[Json], Any]] = {
    "of": _wall,
    "topic": ev.Topic,
    "text": _text,
    "number": lambda value: None if value is None else _whole(value),
    "onset": moment_from_json,
    "begun": moment_from_json,
    "removed": moment_from_json,
    "due": moment_from_json,
    "resume": moment_from_json,
    "was_at": moment_from_json,
    "rules": _rules_from_json,
    "plan": _plan_from_json,
    "modality": Modality,
    "against_plan": _yes_or_no,
    "answer": ev.CardAnswer,
    "protocol": _text,
    "early": _yes_or_no,
    "unconfirmed": _yes_or_no,
    "how": ev.RemovalKind,
    "why": ev.StopReason,
    "snooze_min": _whole,
    "notice": ev.Notice,
    "step": _whole,
    "nrs": _whole,
    "note": _text,
}
