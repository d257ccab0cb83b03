"""The state now: `as_json` for programs, `as_text` for people."""

from math import ceil
from typing import Any

from backtimer.domain.clock import Moment
from backtimer.domain.phases import Phase
from backtimer.domain.view import NextSession, View
from backtimer.domain.wording import capitalised, length, modality_name, when
from backtimer.domain.words import tr


def as_json(
    view: View, *, running: bool, saved: bool, speed: float, version: str
) -> dict[str, Any]:
    """The object that `status --json` prints; None where a field does not apply."""
    remaining_s, overdue_s = view.remaining_s(view.at), view.overdue_s(view.at)
    return {
        "running": running,
        "saved": saved,
        "phase": str(view.phase),
        "modality": str(view.modality) if view.modality else None,
        "protocol": view.protocol,
        "onset": _iso(view.onset),
        "day": view.day,
        "since": _iso(view.since),
        "until": _iso(view.until),
        # A begun second counts as a whole one: 0 means that time is up.
        "remaining_s": None if remaining_s is None else ceil(remaining_s),
        "overdue_s": None if overdue_s is None else int(overdue_s),
        "next": _next(view.next),
        "sessions_today": view.sessions_today,
        "pain": view.pain,
        "unsure": view.unsure,
        "speed": speed,
        "version": version,
    }


def as_text(view: View, speed: float) -> str:
    """The state in one or two sentences, and a second line that says so in a demo."""
    told = _state(view)
    if speed == 1:
        return told
    return tr("{told}\nDemo ×{speed}", told=told, speed=f"{speed:g}")


def _state(view: View) -> str:
    match view.phase:
        case Phase.IDLE:
            return tr(
                "Nothing is going on. To begin with {name}: backtimer start",
                name=modality_name(view.offered),
            )
        case Phase.DUE:
            return tr(
                "Time for {name} since {since}. To begin: backtimer start",
                name=modality_name(view.modality or view.offered),
                since=_since(view),
            )
        case Phase.APPLYING:
            return _with_next(_applying(view), view)
        case Phase.PAUSED:
            return tr(
                "{name} paused at {since}. Put it back on before {until}, or it counts as off: "
                "backtimer resume",
                name=_pack(view),
                since=_since(view),
                until=_until(view),
            )
        case Phase.REMOVE:
            return tr(
                "Take the {name} off now: time was up at {since}, {ago} ago. Then: backtimer off",
                name=modality_name(view.modality or view.offered),
                since=_since(view),
                ago=length(view.overdue_s(view.at) or 0.0),
            )
        case Phase.RESTING:
            return _with_next(_resting(view), view)
        case Phase.QUIET:
            return _with_next(tr("Quiet hours until {until}.", until=_until(view)), view)


def _applying(view: View) -> str:
    return tr(
        "{name} is on. Take it off at {until} ({left} left).",
        name=_pack(view),
        until=_until(view),
        left=length(view.remaining_s(view.at) or 0.0),
    )


def _resting(view: View) -> str:
    if view.until is None:
        return tr("Resting. Nothing is planned; to begin by hand: backtimer start")
    return tr(
        "Resting until {until} ({left} left).",
        until=_until(view),
        left=length(view.remaining_s(view.at) or 0.0),
    )


def _with_next(told: str, view: View) -> str:
    if view.next is None:
        return told
    return tr(
        "{told} Next: {name} at {time}.",
        told=told,
        name=modality_name(view.next.modality),
        time=when(view.next.at.wall, view.at.wall),
    )


def _pack(view: View) -> str:
    return capitalised(modality_name(view.modality or view.offered))


def _since(view: View) -> str:
    return when((view.since or view.at).wall, view.at.wall)


def _until(view: View) -> str:
    return when((view.until or view.at).wall, view.at.wall)


def _next(session: NextSession | None) -> dict[str, str | None] | None:
    if session is None:
        return None
    return {"modality": str(session.modality), "at": _iso(session.at)}


def _iso(moment: Moment | None) -> str | None:
    return moment.wall.isoformat(timespec="seconds") if moment else None
