"""Another record in the place of the one there is: for `import`."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from backtimer.adapters.backups import Reason
from backtimer.adapters.faults import locked, unread_copy
from backtimer.adapters.migrations import Migration
from backtimer.adapters.record_draft import drafted, fill, keep, opened_draft, take_place
from backtimer.adapters.record_file import carry_over, explained, open_to_write
from backtimer.adapters.record_rows import ALL_ROWS, Row


def replaced(path: Path, rows: Iterable[Row], versions: Sequence[Migration], busy_s: float) -> None:
    """Make `rows` the whole of the record `path`, which nobody may have open.

    Killed at any instant, all of the old record is there or all of the new one. Raises
    `DataError`; then the old one is.
    """
    wanted = list(rows)
    with explained(path), drafted(path, versions) as draft:
        fill(draft, wanted)
        _compare(draft, wanted)
        # A copy of its own, so that none of the old record's is taken for the newest of it.
        keep(draft, path, reason=Reason.DAILY)
        _empty_log(path, versions, busy_s)
        take_place(draft, path)


def _compare(draft: Path, wanted: list[Row]) -> None:
    """Read back what was written."""
    with opened_draft(draft) as connection:
        found = connection.execute(ALL_ROWS).fetchall()
    if found != wanted:
        raise unread_copy(draft.parent)


def _empty_log(path: Path, versions: Sequence[Migration], busy_s: float) -> None:
    """Have all of the old record in its one file, so that its log may go."""
    with closing(open_to_write(path, busy_s=busy_s, versions=versions)) as connection:
        if not carry_over(connection):
            raise locked(path)
