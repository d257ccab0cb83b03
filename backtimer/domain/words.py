"""The one door through which text reaches a person, so that it can be translated in one place."""

# The language that `tr` answers in, as voices are named: ISO 639-1.
LANGUAGE = "en"

QUOTED_MOST = 40


def tr(text: str, /, **values: object) -> str:
    """Return `text` in the person's language with its `{placeholders}` filled from `values`.

    English is the only language so far: the text is its own translation. A catalogue is
    looked up here, and nowhere else, once there is one.
    """
    return text.format(**values) if values else text


def quoted(text: str) -> str:
    """`text` as somebody wrote it, in quotes, on one line and not too long to be read."""
    shown = "".join(each if each.isprintable() else "�" for each in text[:QUOTED_MOST])
    return f"“{shown}”"
