"""The one door through which text reaches a person, so that it can be translated in one place."""


def tr(text: str, /, **values: object) -> str:
    """Return `text` in the person's language with its `{placeholders}` filled from `values`.

    English is the only language so far: the text is its own translation. A catalogue is
    looked up here, and nowhere else, once there is one.
    """
    return text.format(**values) if values else text
