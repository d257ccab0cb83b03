"""The record as rows to read: one per session, with its outcome and the pain around it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backtimer.domain.clock import HOUR_S, MINUTE_S, Moment, to_microseconds
from backtimer.domain.diary import Entry
from backtimer.domain.episode import Episode, fold, fold_on
from backtimer.domain.events import EpisodeEnded, Event, StopReason
from backtimer.domain.protocol import Modality
from backtimer.domain.reboots import in_boot_of
from backtimer.domain.rules import Rules
from backtimer.domain.session import Outcome, Session
from backtimer.domain.settle import settle
from backtimer.domain.words import tr

NEAR_S = HOUR_S  # (J) a rating this close to a session belongs to it
BEGIN_S = 5 * MINUTE_S  # (J) who rates as the clock begins to run tells how it was before

_STEP = 200  # events that are folded at a time: a few milliseconds

_STOPPED_FOR = {
    StopReason.SKIN: tr("stopped early: burning or numb skin"),
    StopReason.HURTS: tr("stopped early: it hurt"),
    StopReason.NUMB: tr("stopped early: it was numb"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One session as it is read and exported. Seconds; None where it does not apply.

    `session` is what it was made from.
    """

    session: Session
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
    note: str = ""


def told(
    history: Sequence[Event], now: Moment, rules: Rules | None = None
) -> tuple[Episode, Moment]:
    """The episode of `history` as it was when it ended, or as it is now, and that moment."""
    *_, last = telling(history, now, rules)
    assert last is not None
    return last


def telling(
    history: Sequence[Event], now: Moment, rules: Rules | None = None
) -> Iterator[tuple[Episode, Moment] | None]:
    """`told` in steps of a few milliseconds: None until it comes, as the last."""
    is_ended = bool(history) and isinstance(history[-1], EpisodeEnded)
    if is_ended:
        # Its end leaves nothing of it in the fold.
        now, history = history[-1].at, history[:-1]
    moved = in_boot_of(now, history)
    episode = fold(rules or Rules(), ())
    for first in range(0, len(moved), _STEP):
        episode = fold_on(episode, moved[first : first + _STEP])
        yield None
    yield (episode if is_ended else settle(episode, now)[1]), now


def session_rows(episode: Episode, now: Moment) -> list[SessionRow]:
    """A row per session of `episode`, oldest first; one that goes on has no end yet."""
    return list(each_row(episode, now))


def each_row(episode: Episode, now: Moment) -> Iterator[SessionRow]:
    """The same one by one, as thousands take long."""
    pains = _Pains(episode.pains, now)
    return (_row(each, pains, now) for each in episode.sessions)


class _Pains:
    """The ratings of an episode, to be found by time: thousands are looked through at once."""

    def __init__(self, pains: Sequence[Entry], now: Moment) -> None:
        self._now = now
        self._sorted = sorted(((each.at.since(now), each.number) for each in pains), key=_first)
        self._times = [at_s for at_s, _ in self._sorted]

    def before(self, moment: Moment) -> int | None:
        """The last rating in the hour up to `moment`, or the first of the minutes after it."""
        at_s = moment.since(self._now)
        place = bisect_right(self._times, at_s) - 1
        if place >= 0 and to_microseconds(at_s - self._times[place]) <= NEAR_S:
            return self._sorted[place][1]
        soon = place + 1
        if soon < len(self._times) and to_microseconds(self._times[soon] - at_s) <= BEGIN_S:
            return self._sorted[soon][1]
        return None

    def after(self, moment: Moment) -> int | None:
        """The first rating in the hour after `moment`."""
        at_s = moment.since(self._now)
        place = bisect_left(self._times, at_s)
        if place == len(self._times) or to_microseconds(self._times[place] - at_s) > NEAR_S:
            return None
        return self._sorted[place][1]


def _first(pair: tuple[float, int | None]) -> float:
    return pair[0]


def _row(session: Session, pains: _Pains, now: Moment) -> SessionRow:
    # Of one that was taken back it is still told how it was recorded.
    held = session.left_out is None
    known = held and session.is_over and session.outcome is not Outcome.UNKNOWN
    ended = session.ended if known else None
    return SessionRow(
        session=session,
        modality=session.plan.modality,
        protocol=session.protocol,
        started=session.begun,
        ended=ended,
        planned_s=session.plan.on_s,
        on_skin_s=_on_skin_s(session, now),
        late_s=session.late_s if held and session.outcome is not Outcome.UNKNOWN else None,
        outcome=session.outcome,
        pain_before=pains.before(session.begun) if held else None,
        pain_after=pains.after(ended) if ended else None,
        note=_STOPPED_FOR[session.stopped_for] if session.stopped_for else "",
    )


def _on_skin_s(session: Session, now: Moment) -> float | None:
    # Where nobody knows when it came off, no minutes are made up.
    if session.left_out or session.outcome is Outcome.UNKNOWN:
        return None
    return sum(each.on_skin_s(now) for each in session.applications)
