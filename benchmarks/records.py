"""Records of any length: many episodes that are over, and the same open one at the end."""

from collections.abc import Iterator
from pathlib import Path

from backtimer.adapters.event_store import SqliteEventStore
from backtimer.adapters.system_clock import SystemClock
from backtimer.domain import events as ev
from backtimer.domain.clock import DAY_S, MINUTE_S, Moment
from backtimer.domain.protocol import Modality, Part, SessionPlan
from backtimer.domain.rules import Rules
from backtimer.paths import one_folder

_ICE = SessionPlan(parts=(Part(modality=Modality.ICE, on_s=20 * MINUTE_S),), rest_s=90 * MINUTE_S)
_CYCLE_S = 110 * MINUTE_S
_SESSIONS = 25  # two days of an episode
_EPISODE_S = 7 * DAY_S


def write_record(data: Path, events: int) -> None:
    """Write a record of exactly `events` events; the last episode's last session is under way."""
    now = SystemClock().now()
    open_one = list(_episode(now.after(-_CYCLE_S * (_SESSIONS - 1) - MINUTE_S)))[:-2]
    past = list(_past(now.after(-_EPISODE_S), events - len(open_one)))
    store = SqliteEventStore(one_folder(data).record_file)
    store.append([*past, *open_one])
    store.close()


def _past(last: Moment, events: int) -> Iterator[ev.Event]:
    """Episodes that are over, the last one begun at `last`; the first is as short as need be."""
    whole = list(_episode(last))
    missing = events % len(whole)
    if missing:
        begin = last.after(-_EPISODE_S * (events // len(whole)))
        yield from [*list(_episode(begin))[: missing - 1], ev.EpisodeEnded(at=begin)]
    for number in reversed(range(events // len(whole))):
        yield from _episode(last.after(-_EPISODE_S * number))


def _episode(begin: Moment) -> Iterator[ev.Event]:
    yield ev.EpisodeStarted(at=begin, onset=begin, rules=Rules())
    card = ev.CardAnswer.NONE_OF_THESE
    yield ev.CardAnswered(at=begin, modality=Modality.ICE, answer=card)
    for number in range(_SESSIONS):
        on = begin.after(_CYCLE_S * number)
        off = on.after(20 * MINUTE_S)
        yield ev.PainRated(at=on, nrs=number % 10)
        yield ev.SessionStarted(at=on, plan=_ICE, protocol="ice-then-heat")
        yield ev.PackRemoved(at=off, removed=off, how=ev.RemovalKind.CONFIRMED)
    yield ev.EpisodeEnded(at=begin.after(_CYCLE_S * _SESSIONS))
