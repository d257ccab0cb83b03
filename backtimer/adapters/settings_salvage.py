"""What can be read of a settings file that is torn, of another encoding, or no TOML.

Only the standard library, and no more work for a hostile file than for a long one.
"""

import codecs
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from backtimer.domain.words import tr

MOST = 32 * 1024  # characters; a settings file has a few thousand at most
_LINE_MOST = 2000
_LINES_OF_VALUE = 30
_HEADER = re.compile(r"\s*\[")
# A list or a text that may go on in the next line.
_OPEN = re.compile(r"""[^=]+=\s*(\[|\"\"\"|''')""")
_WHY_MOST = 120

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """The `document` that stands in a file, the `text` of it, and what is wrong with the file.

    `text` is TOML, and says what `document` says.
    """

    document: Document
    text: str
    faults: tuple[str, ...] = ()


def understood(content: bytes) -> Understood:
    """What stands in `content`, whatever that is."""
    text, *faults = _decoded(content)
    if len(text) <= MOST:
        try:
            return Understood(document=tomllib.loads(text), text=text, faults=tuple(faults))
        except (ValueError, RecursionError) as error:
            faults.append(_why(error))
    else:
        faults.append(tr("it is too long"))
    document, text = _salvaged(text[:MOST])
    return Understood(document=document, text=text, faults=tuple(faults))


def _decoded(content: bytes) -> tuple[str, ...]:
    """The text in `content`, and what is wrong with how it is encoded."""
    content = content[: 4 * MOST + 1]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _lines(content.decode("utf-16", "replace")), tr("it is UTF-16, not UTF-8")
    try:
        return (content.decode("utf-8-sig"),)  # Windows editors put a mark at the beginning
    except UnicodeDecodeError:
        text = content.decode("utf-8-sig", "replace")
    wrong = text.count("\N{REPLACEMENT CHARACTER}")
    if sum(each > "\x7f" for each in text) > 2 * wrong:
        return text, tr("it is not UTF-8")  # but was, before something happened to it
    return content.decode("cp1252", "replace"), tr("it is not UTF-8")


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return tr("it is nested too deep")
    return str(error)[:_WHY_MOST]


def _salvaged(text: str) -> tuple[Document, str]:
    """The lines of `text` that are TOML: what they say, and themselves where they fit together."""
    document: Document = {}
    kept, header = [], ""
    for lines, is_header in _statements(text):
        found = _parsed(lines if is_header else f"{header}\n{lines}")
        if found is None:
            if is_header:
                header = "[\n"  # what follows belongs to a table that is not known
            continue
        if is_header:
            header = lines
        if is_header or _merge(document, found):
            kept.append(lines)
    text = "\n".join([*kept, ""])
    whole = _parsed(text)
    return (document, "") if whole is None else (whole, text)


def _statements(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, or several where a value goes on, and whether a table begins with it."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        line, count = lines[at], 1
        is_header = _HEADER.match(line) is not None
        if not is_header and _OPEN.match(line[:_LINE_MOST]):
            count = _length(lines[at : at + _LINES_OF_VALUE])
        if len(line) <= _LINE_MOST:
            yield "\n".join(lines[at : at + count]), is_header
        at += count


def _length(lines: list[str]) -> int:
    """How many of `lines` one value takes; 1 where it has no end."""
    for count in range(1, len(lines) + 1):
        if count > 1 and "=" in lines[count - 1].partition("#")[0]:
            break  # the next key: this value was torn
        if _parsed("\n".join(lines[:count])) is not None:
            return count
    return 1


def _parsed(text: str) -> Document | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _merge(document: Document, found: Document) -> bool:
    """Put `found` into `document`. False, and nothing is done, where a key was there before."""
    for key, value in found.items():
        old = document.setdefault(key, value)
        if old is value:
            continue
        if not isinstance(value, dict) or not isinstance(old, dict) or not _merge(old, value):
            return False
    return True
