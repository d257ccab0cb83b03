"""Addresses of the service ntfy, the button of its messages, and the answers given by it."""

import json
from urllib.parse import urlsplit

from backtimer.domain.words import tr

PUBLIC_HOST = "ntfy.sh"
# What the button sends. Nothing else is an answer.
OFF = "off"
_SCHEMES = {"ntfy": "http", "ntfys": "https"}


def random_word() -> str:
    """128 random bits as 32 characters: a topic that nobody can guess."""
    from secrets import token_hex

    return token_hex(16)


def new_topic() -> str:
    """The address of a topic on the public server. Whoever knows it reads along.

    With the host in it, as Apprise takes `ntfy://topic` and `ntfys://host/topic` for two things.
    """
    return f"ntfys://{PUBLIC_HOST}/backtimer-{random_word()}"


def subscribe_link(address: str) -> str:
    """What to open on the phone for the messages that are sent to `address`, without a password.

    Raises ValueError where it is no address of ntfy.
    """
    parts = urlsplit(address)
    topic = parts.path.strip("/").split("/")[0]
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise ValueError("not an address of ntfy")
    host = parts.netloc.rpartition("@")[2]
    if not topic:
        return f"https://{PUBLIC_HOST}/{host}"
    return f"{_SCHEMES[parts.scheme]}://{host}/{topic}"


def qr_modules(link: str) -> tuple[tuple[bool, ...], ...]:
    """The QR code of `link`, row by row, true for dark, with the light border that it needs."""
    import segno

    code = segno.make(link, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(each) for each in row) for row in code.matrix_iter(border=4))


def off_button(server: str, topic: str) -> str:
    """The button “It’s off” as the header `Actions` has it, which posts to `topic`.

    As JSON, which is plain ASCII: a header holds no typographic apostrophe.
    """
    button = {
        "action": "http",
        "label": tr("It’s off"),
        "url": f"{server}/{topic}",
        "method": "POST",
        "body": OFF,
        "clear": True,
    }
    return json.dumps([button])


def says_off(answer: bytes, topic: str) -> bool:
    """Whether one line of `answer` is the message of the button that posts to `topic`."""
    return any(_is_off(line, topic) for line in answer.splitlines())


def _is_off(line: bytes, topic: str) -> bool:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(event, dict)
        and event.get("event") == "message"
        and event.get("topic") == topic
        and event.get("message") == OFF
    )


class NtfyPairing:
    """The port `PhonePairing` with the public server."""

    def new_address(self) -> str:
        return new_topic()

    def link(self, address: str) -> str:
        return subscribe_link(address)

    def modules(self, link: str) -> tuple[tuple[bool, ...], ...]:
        return qr_modules(link)
