"""The record as a table for a spreadsheet: a row per session and per entry."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from backtimer.domain.clock import Moment
from backtimer.domain.diary import Entry
from backtimer.domain.events import Event
from backtimer.domain.journal import SessionRow, session_rows, told
from backtimer.domain.journal_lines import known_words

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
    episode, until = told(history, now)
    # What was taken back is in the backup alone: in a table it would be counted.
    for row in (each for each in session_rows(episode, until) if not each.session.withdrawn):
        yield row.started, _session(row)
    for entry in (each for each in episode.entries if not each.withdrawn):
        yield entry.at, _entry(entry)


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
        "note": _text(row.note),
    }


def _entry(entry: Entry) -> _Cells:
    """The row of `entry`: its topic is its kind, and pain stands where it stands in a session.

    An answer that was chosen is told in its words, as everywhere.
    """
    if entry.topic is None:
        kind, pain, note = "pain", entry.number, entry.text
    else:
        number = "" if entry.number is None else f"{entry.number} "
        words = known_words(entry.topic, entry.text)
        kind, pain, note = str(entry.topic), None, f"{number}{words}".rstrip(" ")
    return {
        "kind": kind,
        "started_at": _time(entry.at),
        "pain_before": pain,
        "note": _text(note),
    }


def _time(moment: Moment) -> str:
    return moment.wall.isoformat(timespec="seconds")


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)


def _text(text: str) -> str:
    """`text` that no spreadsheet takes for a formula and that every file can hold."""
    safe = f"'{text}" if text.startswith(_FORMULA) else text
    return safe.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair has no UTF-8
