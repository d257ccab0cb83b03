"""The record as a table for a spreadsheet: a row per session and per entry."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from backtimer.domain.clock import Moment
from backtimer.domain.episode import Episode, fold
from backtimer.domain.events import EpisodeEnded, Event, PainRated
from backtimer.domain.journal import SessionRow, session_rows
from backtimer.domain.reboots import in_boot_of
from backtimer.domain.rules import Rules
from backtimer.domain.settle import settle

COLUMNS = (
    "kind",
    "modality",
    "protocol",
    "started_at",
    "ended_at",
    "planned_s",
    "on_skin_s",
    "late_s",
    "outcome",
    "pain_before",
    "pain_after",
    "note",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_Cells = dict[str, str | int | None]


def render(episodes: Iterable[Sequence[Event]], now: Moment) -> str:
    """The table of `episodes`, oldest row first, as RFC 4180 has it: commas, quotes, CRLF.

    Times are ISO 8601 with offset, lengths whole seconds; a cell that does not apply is empty.
    """
    rows = [row for history in episodes for row in _rows(history, now)]
    rows.sort(key=lambda row: row[0].wall.timestamp())
    text = StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    table.writerows(cells for _, cells in rows)
    return text.getvalue()


def _rows(history: Sequence[Event], now: Moment) -> Iterator[tuple[Moment, _Cells]]:
    episode, now = _told(history, now)
    for row in session_rows(episode, now):
        yield row.started, _session(row)
    for pain in episode.pains:
        yield pain.at, _entry(pain)


def _told(history: Sequence[Event], now: Moment) -> tuple[Episode, Moment]:
    """The episode as it was when it ended, or as it is now, and that moment."""
    if history and isinstance(history[-1], EpisodeEnded):
        # Its end leaves nothing of it in the fold.
        at = history[-1].at
        return fold(Rules(), in_boot_of(at, history[:-1])), at
    _, settled = settle(fold(Rules(), in_boot_of(now, history)), now)
    return settled, now


def _session(row: SessionRow) -> _Cells:
    return {
        "kind": "session",
        "modality": str(row.modality),
        "protocol": _text(row.protocol),
        "started_at": _time(row.started),
        "ended_at": _time(row.ended) if row.ended else None,
        "planned_s": row.planned_s,
        "on_skin_s": _whole(row.on_skin_s),
        "late_s": _whole(row.late_s),
        "outcome": str(row.outcome) if row.outcome else None,
        "pain_before": row.pain_before,
        "pain_after": row.pain_after,
    }


def _entry(pain: PainRated) -> _Cells:
    return {
        "kind": "pain",
        "started_at": _time(pain.at),
        "pain_before": pain.nrs,
        "note": _text(pain.note),
    }


def _time(moment: Moment) -> str:
    return moment.wall.isoformat(timespec="seconds")


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)


def _text(text: str) -> str:
    """`text` that no spreadsheet takes for a formula and that every file can hold."""
    safe = f"'{text}" if text.startswith(_FORMULA) else text
    return safe.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair has no UTF-8
