"""A damaged record: set aside, and made anew from what can be read of it and of its copies.

Killed at any instant, the damaged file is in its place still or the new one is, and what was
saved is among the copies before anything is changed.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from backtimer.adapters.atomic import dated, second_name, sync_folder
from backtimer.adapters.backups import Reason, is_sound_record, kept
from backtimer.adapters.faults import cannot_write, of_record
from backtimer.adapters.lineage import Known, known
from backtimer.adapters.migrations import Migration
from backtimer.adapters.record_draft import COMPANIONS, drafted, fill, keep, take_place
from backtimer.adapters.record_file import open_to_read
from backtimer.adapters.record_rows import ALL_ROWS, Row, event_of
from backtimer.adapters.salvage import salvaged
from backtimer.domain.errors import DataError
from backtimer.domain.words import tr

_BUSY_S = 2.0


def rescue(path: Path, *, versions: Sequence[Migration], expected: int = 0) -> str:
    """Set the record `path` aside and have a sound one in its place, with all that can be saved.

    `expected`: the number of the last row that is known to have been there. Nobody may have
    the record open. Returns what happened, for the person. Raises `DataError`; then nothing
    has changed.
    """
    try:
        with drafted(path, versions) as draft:
            saved = _save(path, draft, versions)
            saved.expected = max(saved.expected, expected)
            keep(draft, path, reason=Reason.RESCUE)
            aside = _set_aside(path)
            try:
                take_place(draft, path)
            except OSError:
                _forget(aside)
                raise
    except sqlite3.Error as error:
        raise of_record(path, error) from error
    except OSError as error:
        raise cannot_write(path, error) from error
    return " ".join((_what(path, aside), _how_much(saved)))


@dataclass(kw_only=True)
class _Saved:
    """What is in the new record: for each row its checksum and its wall time."""

    crcs: dict[int, int] = field(default_factory=dict)
    walls: dict[int, str] = field(default_factory=dict)
    copied: int = 0  # the number of the last row of the copy that was used
    expected: int = 0

    def take(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Those of `rows` whose number was not taken yet."""
        for row in rows:
            seq, crc = row[0], row[-1]
            if seq not in self.crcs:
                self.crcs[seq], self.walls[seq] = crc, row[3]
                yield row

    def agrees(self, rows: Sequence[Row]) -> bool:
        return all(self.crcs.get(row[0], row[-1]) == row[-1] for row in rows)

    def lost(self) -> list[int]:
        """The numbers of the rows that are gone, as far as that can be known.

        A row that was not in the copy either was lost at some earlier time.
        """
        last = max(self.crcs, default=0)
        end = max(last, self.expected)
        return [seq for seq in range(self.copied + 1, end + 1) if seq not in self.crcs]


def _save(path: Path, draft: Path, versions: Sequence[Migration]) -> _Saved:
    saved, of_file = _Saved(), known(path)
    fill(draft, saved.take(salvaged(path)), of_file.lineage)
    copies = {copy: known(copy) for copy in kept(path)}
    for copy, of_copy in _in_order(copies, of_file):
        rows = _rows(copy, versions)
        if rows is None or not saved.agrees(rows):
            continue
        saved.copied = max((row[0] for row in rows), default=0)
        fill(draft, saved.take(iter(rows)), of_copy.lineage)
        break
    return saved


def _in_order(copies: dict[Path, Known], of_file: Known) -> list[tuple[Path, Known]]:
    """The copies that may be of the same record, that which knows most first.

    Where the file does not tell which record it was, it was that of the newest copy.
    """
    lineages = (of_file.lineage, *(each.lineage for each in copies.values()))
    wanted = next((each for each in lineages if each is not None), None)
    fitting = [
        (copy, it)
        for copy, it in copies.items()
        if it.lineage in (wanted, None) or of_file.lineage is None
    ]
    return sorted(fitting, key=lambda each: (each[1].lineage == wanted, each[1].last), reverse=True)


def _rows(copy: Path, versions: Sequence[Migration]) -> list[Row] | None:
    """Every row of a copy; None where anything about it is wrong."""
    try:
        with closing(open_to_read(copy, busy_s=_BUSY_S, versions=versions)) as connection:
            if not is_sound_record(connection):
                return None
            rows = connection.execute(ALL_ROWS).fetchall()
        for row in rows:
            event_of(row)
    except (sqlite3.Error, DataError, ValueError, OSError):
        return None
    return rows


def _set_aside(path: Path) -> list[Path]:
    """Give the file and its companions a name with the date as well."""
    aside = dated(path)
    pairs = [
        (path.with_name(path.name + end), aside.with_name(aside.name + end))
        for end in ("", *COMPANIONS)
    ]
    done: list[Path] = []
    try:
        for source, target in pairs:
            if source.exists() and (source == path or source.stat().st_size):
                second_name(source, target)
                done.append(target)
    except OSError:
        _forget(done)
        raise
    sync_folder(path.parent)
    return done


def _forget(aside: list[Path]) -> None:
    for each in aside:
        with suppress(OSError):
            each.unlink()


def _what(path: Path, aside: list[Path]) -> str:
    if not aside or aside[0].suffix != path.suffix:
        return tr("Your record {path} was gone.", path=path)
    return tr("Your record was damaged. It is kept as {aside}.", aside=aside[0])


def _how_much(saved: _Saved) -> str:
    if not saved.crcs:
        return tr("Nothing could be read, so a new record was begun.")
    count, lost = len(saved.crcs), saved.lost()
    if count == 1:
        told = tr("1 entry was saved.")
    else:
        told = tr("{count} entries were saved.", count=count)
    return f"{told} {_how_much_not(saved, lost)}"


def _how_much_not(saved: _Saved, lost: list[int]) -> str:
    if lost:
        before = max((seq for seq in saved.crcs if seq < lost[0]), default=None)
        return _from_beginning(lost) if before is None else _after(_date(saved.walls[before]), lost)
    if saved.expected:
        return tr("Nothing was lost.")
    # Whether there was one more can no longer be known.
    last = _date(saved.walls[max(saved.crcs)])
    return tr("The last one is of {date}. None is known to be lost.", date=last)


def _from_beginning(lost: list[int]) -> str:
    if len(lost) == 1:
        return tr("1 entry was lost: the first of the record.")
    return tr("{lost} entries were lost, the first of the record among them.", lost=len(lost))


def _after(since: str, lost: list[int]) -> str:
    if len(lost) == 1:
        return tr("1 entry was lost, from after {since}.", since=since)
    return tr("{lost} entries were lost, from after {since}.", lost=len(lost), since=since)


def _date(wall: str) -> str:
    at = datetime.fromisoformat(wall)
    return f"{at.day} {at:%B %Y %H:%M}"
