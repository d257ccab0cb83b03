"""One clock for a record of several boots: how long ago it was, whichever boot it was in.

Within a boot, elapsed time is known to the microsecond. How long the machine was off only the
wall clock has seen, and that may have been set, so each reading of it after the restart is
heard. Where they differ, the doubt goes to safety: rest counts as the shortest it can have
been, while the onset and a pack that was left on count as the longest ago.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby, takewhile
from typing import Any

from backtimer.domain import events as ev
from backtimer.domain.clock import DAY_S, HOUR_S, Moment
from backtimer.domain.episode import Episode, evolve, fold, fold_on
from backtimer.domain.limits import LIMITS
from backtimer.domain.rules import Rules
from backtimer.domain.settle import settle

History = tuple[ev.Event, ...]

# A clock that lost its battery begins in 1970, or in 1980. More is no time to count with.
_MOST_AGO_S = 20 * 365 * DAY_S
_NO_MORE_ICE_S = LIMITS["heat_after_h"].most * HOUR_S


@dataclass(frozen=True, slots=True, kw_only=True)
class _Boot:
    """An earlier boot: its `last` moment was `ago_s` ago for rests, `most_s` for ice."""

    last: Moment
    ago_s: float
    most_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What the wall clock said (`wall_s`), and how long ago, at least and at most."""

    wall_s: float
    ago_s: float
    most_s: float


# What the person said of the pack after a restart, or that they were asked.
_TOLD = (
    ev.MachineRestarted,
    ev.SessionStarted,
    ev.PackPutOn,
    ev.PackStillOn,
    ev.PackRemoved,
    ev.EpisodeStarted,
)


def in_boot_of(now: Moment, history: Sequence[ev.Event]) -> History:
    """`history` with every moment on the elapsed clock of `now`; wall times stay as recorded.

    Moments of an earlier boot lie before its restart, so their `boot_s` may be negative.
    """
    if all(each.at.boot == now.boot for each in history):
        return tuple(history)
    boots = _earlier_boots(history, now)
    return tuple(_moved(each, now, boots) for each in history)


def restarted_since(history: Sequence[ev.Event], now: Moment) -> History:
    """The fact, not yet in `history`, that the machine was started again; empty where it was not.

    It keeps what the wall clock said then, and asks what became of a pack that was on.
    """
    since = list(takewhile(lambda each: each.at.boot == now.boot, reversed(history)))
    if len(since) == len(history) or any(isinstance(each, _TOLD) for each in since):
        return ()
    return (ev.MachineRestarted(at=now),)


def come_true(episode: Episode, history: Sequence[ev.Event], now: Moment) -> History:
    """The facts up to `now` that `episode`, told by `history`, does not have yet."""
    restarted = restarted_since(history, now) if episode.onset else ()
    if episode.pack and not episode.pack.paused:
        # Nothing is taken as known of a pack before the person was asked.
        return (*restarted, *settle(fold_on(episode, restarted), now)[0])
    return (*settle(episode, now)[0], *restarted)


def _earlier_boots(history: Sequence[ev.Event], now: Moment) -> dict[str, _Boot]:
    """Every boot of `history` but that of `now`, the latest first."""
    runs = [(boot, list(run)) for boot, run in groupby(history, lambda each: each.at.boot)]
    left_on = _boots_that_left_a_pack_on(runs)
    readings = [_Reading(wall_s=now.wall.timestamp(), ago_s=0.0, most_s=0.0)]
    began_s = max(0.0, now.boot_s)
    found: dict[str, _Boot] = {}
    for boot, run in reversed(runs):
        if boot != now.boot and boot not in found:
            last = max((each.at for each in reversed(run)), key=lambda at: at.boot_s)
            found[boot] = _placed(last, readings, began_s, left_on=boot in left_on)
            began_s = found[boot].ago_s + max(0.0, last.boot_s)
        readings += _readings(run, now, found.get(boot))
    return found


def _placed(last: Moment, readings: list[_Reading], began_s: float, *, left_on: bool) -> _Boot:
    """The boot that ended after `last`; the one after it began `began_s` seconds ago."""
    wall_s = last.wall.timestamp()
    least_s = max(began_s, min(each.wall_s - wall_s + each.ago_s for each in readings))
    told = [(each.wall_s - wall_s, each.most_s) for each in readings]
    # A reading of before that moment says nothing. If all are, one of the clocks was wrong, by
    # as much as they differ or by more: then it is no time for ice before the person says so.
    possible = [each for each in told if sum(each) >= began_s]
    most_s = max(least_s, *(abs(gone_s) + since_s for gone_s, since_s in possible or told))
    onset_s = most_s if possible else max(most_s, _NO_MORE_ICE_S + began_s)
    return _Boot(
        last=last,
        ago_s=min(most_s if left_on else least_s, _MOST_AGO_S),
        most_s=min(onset_s, _MOST_AGO_S),
    )


def _readings(run: list[ev.Event], now: Moment, boot: _Boot | None) -> Iterator[_Reading]:
    for each in run:
        wall_s = each.at.wall.timestamp()
        if boot is None:
            ago_s = now.boot_s - each.at.boot_s
            yield _Reading(wall_s=wall_s, ago_s=ago_s, most_s=ago_s)
        else:
            before_s = boot.last.boot_s - each.at.boot_s
            yield _Reading(
                wall_s=wall_s, ago_s=boot.ago_s + before_s, most_s=boot.most_s + before_s
            )


def _boots_that_left_a_pack_on(runs: list[tuple[str, list[ev.Event]]]) -> frozenset[str]:
    episode, left_on = fold(Rules(), ()), set[str]()
    for boot, run in runs:
        for each in run:
            episode = evolve(episode, each)
        if episode.pack and not episode.pack.paused:
            left_on.add(boot)
    return frozenset(left_on)


def _moved(event: ev.Event, now: Moment, boots: dict[str, _Boot]) -> ev.Event:
    changed: dict[str, Any] = {}
    for name in (each.name for each in fields(event)):
        at = getattr(event, name)
        if isinstance(at, Moment) and (boot := boots.get(at.boot)):
            ago_s = boot.most_s if name == "onset" else boot.ago_s
            boot_s = now.boot_s - ago_s - (boot.last.boot_s - at.boot_s)
            changed[name] = replace(at, boot=now.boot, boot_s=boot_s)
    return replace(event, **changed)
