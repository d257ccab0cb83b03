"""Makes any text one that every way to show a notification takes as it is meant."""

import sys
from itertools import islice

# In UTF-16 units, less than what Windows holds; elsewhere what can still be read in a bubble.
_TITLE_UNITS = 60 if sys.platform == "win32" else 120
_BODY_UNITS = 250 if sys.platform == "win32" else 1000
_LABEL_UNITS = 60
_ELLIPSIS = "…"
_MINUS = "\N{MINUS SIGN}"


def plain(text: str, units: int) -> str:
    """Return `text` without what a back end stumbles over, of at most `units` UTF-16 units."""
    # A lone surrogate is no character, a NUL ends an argument, other controls break markup.
    text = text.encode("utf-8", "replace").decode("utf-8")
    wanted = (c for c in text if c == "\n" or ord(c) >= 0xA0 or 0x20 <= ord(c) < 0x7F)
    # No more than can stay: to look at each letter of a very long text takes seconds.
    text = "".join(islice(wanted, units + 1))
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * units:
        return text
    # A surrogate pair that was cut in two is left out.
    return encoded[: 2 * (units - 1)].decode("utf-16-le", "ignore") + _ELLIPSIS


def plain_title(text: str) -> str:
    """One line; empty where nothing is left."""
    return _line(text, _TITLE_UNITS)


def plain_label(text: str) -> str:
    """One line that fits on a button."""
    return _line(text, _LABEL_UNITS)


def plain_body(text: str) -> str:
    """Lines."""
    return plain(text, _BODY_UNITS)


def as_markup(text: str) -> str:
    """Return `text` as it is written where `<` and `&` mean something."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_gvariant(text: str) -> str:
    """Return `text` as it stands between the apostrophes of a GVariant."""
    return text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")


def as_argument(text: str) -> str:
    """Return `text` so that a program does not take it for an option."""
    return _MINUS + text[1:] if text.startswith("-") else text


def _line(text: str, units: int) -> str:
    return plain(text, units).replace("\n", " ").strip()
