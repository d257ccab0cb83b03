"""The record as rows to read: one per session, with its outcome and the pain around it."""

from collections.abc import Iterable
from dataclasses import dataclass

from backtimer.domain import events as ev
from backtimer.domain.clock import HOUR_S, Moment
from backtimer.domain.episode import Episode
from backtimer.domain.protocol import Modality
from backtimer.domain.session import Outcome, Session

NEAR_S = HOUR_S  # (J) a rating this close to a session belongs to it


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One session as it is read and exported. Seconds; None where it does not apply."""

    modality: Modality
    protocol: str
    started: Moment
    ended: Moment | None
    planned_s: int
    on_skin_s: float | None
    late_s: float | None
    outcome: Outcome | None
    pain_before: int | None
    pain_after: int | None


def session_rows(episode: Episode, now: Moment) -> list[SessionRow]:
    """A row per session of `episode`, oldest first; one that goes on has no end yet."""
    return [_row(each, episode.pains, now) for each in episode.sessions]


def _row(session: Session, pains: Iterable[ev.PainRated], now: Moment) -> SessionRow:
    held = session.is_held
    known = held and session.is_over and session.outcome is not Outcome.UNKNOWN
    ended = session.last.removed if known else None
    return SessionRow(
        modality=session.plan.modality,
        protocol=session.protocol,
        started=session.begun,
        ended=ended,
        planned_s=session.plan.on_s,
        on_skin_s=_on_skin_s(session, now),
        late_s=session.late_s if held and session.outcome is not Outcome.UNKNOWN else None,
        outcome=session.outcome,
        pain_before=_near(pains, session.begun, before=True) if held else None,
        pain_after=_near(pains, ended, before=False) if ended else None,
    )


def _on_skin_s(session: Session, now: Moment) -> float | None:
    # Where nobody knows when it came off, no minutes are made up.
    if not session.is_held or session.outcome is Outcome.UNKNOWN:
        return None
    return sum(each.on_skin_s(now) for each in session.applications)


def _near(pains: Iterable[ev.PainRated], moment: Moment, *, before: bool) -> int | None:
    """The last rating in the hour up to `moment`, or the first in the hour after it."""
    if before:
        near = [each for each in pains if 0 <= moment.since(each.at) <= NEAR_S]
        return near[-1].nrs if near else None
    return next((each.nrs for each in pains if 0 <= each.at.since(moment) <= NEAR_S), None)
