"""SQLite's write-ahead log, read without SQLite: which pages in it were committed."""

import struct
from contextlib import suppress
from io import BufferedReader

_HEAD = struct.Struct(">8I")  # magic, format, page size, checkpoints, two salts, two sums
_FRAME = struct.Struct(">6I")  # page, size of the file after a commit, two salts, two sums
_MAGIC = 0x377F0682  # its last bit: sums are over big-endian words
_WORD = 0xFFFFFFFF


def committed_pages(wal: BufferedReader, page_size: int) -> dict[int, int]:
    """For each page that a commit put into the log, where its newest content begins.

    Nothing after the first frame that is not as it was written; nothing that was not committed.
    """
    committed: dict[int, int] = {}
    with suppress(OSError, struct.error):
        head = wal.read(_HEAD.size)
        magic, _, size, _, *salts, one, two = _HEAD.unpack(head)
        order = ">II" if magic & 1 else "<II"
        sums = _summed(head[:24], order, (0, 0))
        if magic & ~1 != _MAGIC or size != page_size or sums != (one, two):
            return {}
        open_pages: dict[int, int] = {}
        while True:
            frame = wal.read(_FRAME.size)
            number, is_commit, salt, other, one, two = _FRAME.unpack(frame)
            offset = wal.tell()
            page = wal.read(page_size)
            sums = _summed(page, order, _summed(frame[:8], order, sums))
            if [salt, other] != salts or sums != (one, two):
                return committed
            open_pages[number] = offset
            if is_commit:
                committed |= open_pages
                open_pages = {}
    return committed


def _summed(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    one, two = sums
    for first, second in struct.iter_unpack(order, data):
        one = one + first + two & _WORD
        two = two + second + one & _WORD
    return one, two
