"""A row of the record's table and the event in it: one place for both directions."""

import json
from typing import Any

from backtimer.adapters.migrations.v2_checksums import crc_of
from backtimer.domain.codec import event_from_json, kind_of, moment_from_json, payload
from backtimer.domain.errors import DataError
from backtimer.domain.events import Event

COLUMNS = "seq, episode, kind, wall, boot, boot_s, payload, crc"
ALL_ROWS = f"SELECT {COLUMNS} FROM events ORDER BY seq"  # noqa: S608 - fixed
INSERT = f"INSERT INTO events ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - fixed
MOST_BYTES = 16 * 1024 * 1024  # of a row; a note is far shorter

Row = tuple[Any, ...]  # what SQLite has under COLUMNS, whatever that is


def row_of(seq: int, episode: int, event: Event) -> Row:
    """The row that keeps `event`."""
    at = event.at
    # In ASCII: a note may hold half a surrogate pair, which has no UTF-8.
    values = json.dumps(payload(event), separators=(",", ":"))
    # SQLite knows no -0.0, and gives whole numbers back as floats.
    boot_s = float(at.boot_s) + 0.0
    row = (seq, episode, kind_of(event), at.wall.isoformat(), at.boot, boot_s, values)
    return (*row, crc_of(row))


def is_whole(row: Row) -> bool:
    """Whether `row` is as it was written."""
    seq, episode, *_, crc = row
    numbered = isinstance(seq, int) and isinstance(episode, int) and seq > 0 and episode > 0
    return numbered and crc == crc_of(row[:-1])


def event_of(row: Row) -> Event:
    """The event in `row`. Raises ValueError where the row is not as it was written, or none."""
    if not is_whole(row):
        raise ValueError(row[0])
    _, _, kind, wall, boot, boot_s, values, _ = row
    try:
        at = moment_from_json({"wall": wall, "boot": boot, "boot_s": boot_s})
        return event_from_json(kind, at, json.loads(values))
    except (DataError, TypeError, RecursionError) as error:
        raise ValueError(row[0]) from error
