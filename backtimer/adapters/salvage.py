"""Rows out of a damaged record, straight from its bytes.

SQLite is not asked: it gives up a table where one page of it is bad. What was never
acknowledged is in no page that is looked at, and a checksum tells a row from rubbish. The work
grows with the size of the file and with nothing else.
"""

import re
import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from io import BufferedReader
from pathlib import Path

from backtimer.adapters.migrations.v2_checksums import crc_of
from backtimer.adapters.record_rows import MOST_BYTES, Row, event_of
from backtimer.adapters.wal import committed_pages

PAGE = 4096  # bytes; every record is begun with pages of this size
# Rubbish can look like row after row that goes on in other pages. Rows that do are few and long:
# so often may each page be looked at for them, and once more the pages of the longest row.
_MORE_LOOKS, _LONGEST = 16, MOST_BYTES // PAGE
_OLD, _NOW = 7, 8  # columns before and with the checksum
# The head of a record: its length, no value for `seq`, a whole number, then three texts.
_HEAD = re.compile(rb"(?=[\x08-\x16]\x00[\x01-\x09][\x0d-\x7f][\x0d-\x7f])")
_WHOLE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_FLOAT, _ZERO, _ONE, _TEXT = 7, 8, 9, 13

_Fetch = Callable[[int], bytes]


def salvaged(path: Path) -> Iterator[Row]:
    """Every row of the record `path` and of the log beside it that is as it was written.

    Also of a file that is damaged, or is anything else. A row may come more than once. Raises
    OSError where the file may not be opened; a page that the disk cannot read is left out.
    """
    with ExitStack() as opened:
        pages = _Pages(path, opened)
        for page in pages.each():
            for head in _HEAD.finditer(page):
                row = _row(page, head.start(), pages.fetch_more)
                if row is not None:
                    yield row


class _Pages:
    """The pages of a record: those of the file, or what the log has in their place."""

    def __init__(self, path: Path, opened: ExitStack) -> None:
        wal = path.with_name(f"{path.name}-wal")
        self._file = opened.enter_context(path.open("rb")) if path.exists() else None
        self._wal = opened.enter_context(wal.open("rb")) if wal.exists() else None
        self._in_wal = committed_pages(self._wal, PAGE) if self._wal else {}
        self._count = -(-path.stat().st_size // PAGE) if self._file else 0
        self._looks = _MORE_LOOKS * (self._count + len(self._in_wal)) + _LONGEST

    def each(self) -> Iterator[bytes]:
        for number in range(1, self._count + 1):
            if number not in self._in_wal:
                yield self.fetch(number)
        for number in self._in_wal:
            yield self.fetch(number)

    def fetch(self, number: int) -> bytes:
        if number in self._in_wal:
            return _read(self._wal, self._in_wal[number])
        return _read(self._file, (number - 1) * PAGE)

    def fetch_more(self, number: int) -> bytes:
        """A page that a long row goes on in. Raises ValueError once that was asked too often."""
        self._looks -= 1
        if self._looks < 0:
            raise ValueError(number)
        return self.fetch(number)


def _read(file: BufferedReader | None, offset: int) -> bytes:
    if file is not None:
        with suppress(OSError, OverflowError):
            file.seek(offset)
            return file.read(PAGE)
    return b""


def _row(page: bytes, head: int, fetch: _Fetch) -> Row | None:
    """The row whose record begins at `head`; None where there is none."""
    try:
        kinds = _kinds(page, head)
        body = _body(page, head, sum(_size(each) for each in kinds), fetch)
        values, at = [], page[head]
        for each in kinds:
            values.append(_value(each, body[at : at + _size(each)]))
            at += _size(each)
    except (IndexError, ValueError):  # of which UnicodeDecodeError is one
        return None
    checked = (_checked(seq, values) for seq in _seqs_before(page, head))
    return next((each for each in checked if each), None)


def _checked(seq: int, values: list[object]) -> Row | None:
    row: Row = (seq, *values[1:])
    if isinstance(row[5], int):  # SQLite keeps 1000.0 as 1000
        row = (*row[:5], float(row[5]), *row[6:])
    if len(row) == _OLD:
        row = (*row, crc_of(row))
    try:
        event_of(row[:_NOW])
    except ValueError:
        return None
    return row[:_NOW]


def _seqs_before(page: bytes, head: int) -> Iterator[int]:
    """The numbers that may end right before `head`, the shortest first.

    What stands before it may be damaged, and look like a part of it: the checksum decides.
    """
    for begin in range(head - 1, max(head - 10, -1), -1):
        if begin < head - 1 and page[begin] < 0x80:
            return
        yield _number(page, begin)[0]


def _kinds(page: bytes, head: int) -> list[int]:
    found, at, end = [], head + 1, head + page[head]
    while at < end:
        kind, at = _number(page, at)
        found.append(kind)
    if len(found) < _OLD:
        raise ValueError(len(found))
    return found


def _body(page: bytes, head: int, size: int, fetch: _Fetch) -> bytes:
    """The record at `head` with all that lies in other pages."""
    size += page[head]
    if size > MOST_BYTES:
        raise ValueError(size)
    if size <= PAGE - 35:
        return page[head : head + size]
    # How much of a long record stays with its cell: see “B-tree Cell Format” of SQLite.
    least = (PAGE - 12) * 32 // 255 - 23
    here = least + (size - least) % (PAGE - 4)
    here = here if here <= PAGE - 35 else least
    parts, left, at = [page[head : head + here]], size - here, head + here
    link = page[at : at + 4]
    while left > 0 and len(link) == 4 and any(link):
        more = fetch(int.from_bytes(link, "big"))
        parts.append(more[4 : 4 + left])
        left, link = left - (PAGE - 4), more[:4]
    return b"".join(parts)


def _number(page: bytes, at: int) -> tuple[int, int]:
    """SQLite's number of 1–9 bytes at `at`, and where it ends."""
    value = 0
    for n in range(8):
        byte = page[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    return value << 8 | page[at + 8], at + 9


def _size(kind: int) -> int:
    if kind >= _TEXT - 1:
        return (kind - _TEXT + 1) // 2
    return 8 if kind == _FLOAT else _WHOLE.get(kind, 0)


def _value(kind: int, raw: bytes) -> object:
    if len(raw) != _size(kind):
        raise ValueError(kind)
    if kind >= _TEXT and kind % 2:
        return raw.decode("utf-8")
    if kind == _FLOAT:
        return struct.unpack(">d", raw)[0]
    if kind in (_ZERO, _ONE):
        return kind - _ZERO
    return int.from_bytes(raw, "big", signed=True) if kind in _WHOLE else None
