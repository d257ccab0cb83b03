"""What nobody should send to the program or put into its files, drawn by chance."""

import json
import random
import string
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backtimer.adapters.endpoint import MESSAGE_BYTES

# Those do nothing while no episode is open, whatever the words.
HARMLESS = (
    "off",
    "pause",
    "resume",
    "snooze",
    "skip",
    "silence",
    "switch",
    "onset",
    "end",
    "still-on",
    "unknown",
    "status",
    "show",
    "check",
    "export",
    "import",
)
NO_TEXTS: tuple[Any, ...] = (
    None,
    False,
    0,
    -1,
    1.5,
    1e308,
    10**40,
    [],
    {},
    [[]],
    [None],
    {"a": {"b": []}},
    "",
)
# None of these is a time, a number, a name or a word that any command knows.
ODD_TEXTS = (
    "ICE",
    "ice ",
    "\0",
    "ice\0",
    "\ud800",
    "\udcff",
    "-1",
    "99999999999999999999",
    "1e3",
    "NaN",
    "25:61",
    "0000-00-00T00:00",
    "9d9d9d ago",
    "99999999999999d ago",
    "𝟛/4",
    "\u202e",
    "../../etc/passwd",
    "'; DROP TABLE events; --",
    "%s%n{0}{x}",
    "\n",
    "x" * 20_000,
    "🧊" * 3000,
    "\x1b[2J",
)


@dataclass(frozen=True)
class Message:
    """What is sent; `rating`: it is a rating of pain that may be taken."""

    line: bytes
    rating: tuple[str, str] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it has an end, so that it has to be answered."""
        return b"\n" in self.line[:MESSAGE_BYTES] or len(self.line) > MESSAGE_BYTES


class Rubbish:
    """Draws messages; the same ones for the same `chance`."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._number = 0
        self._kinds: tuple[Callable[[], Message], ...] = (
            self._bytes,
            self._letters,
            self._damaged,
            self._shapes,
            self._nested,
            self._endless,
            self._harmless,
            self._harmless,
            self._odd_words,
            self._odd_words,
            self._rating,
        )

    def message(self) -> Message:
        """The next."""
        return self._chance.choice(self._kinds)()

    def _line(self, told: object) -> bytes:
        if self._chance.random() < 0.5:
            return json.dumps(told).encode() + b"\n"
        return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"

    def _bytes(self) -> Message:
        return Message(self._chance.randbytes(self._chance.randrange(600)) + b"\n")

    def _letters(self) -> Message:
        letters = '{}[]",:\\ \t\0' + string.digits + "eE+-.truefalsn"
        size = self._chance.randrange(200)
        return Message("".join(self._chance.choices(letters, k=size)).encode() + b"\n")

    def _damaged(self) -> Message:
        """A request with a byte that is another, or without its end."""
        line = bytearray(self._line({"command": "status", "words": {"json": self._odd()}}))
        if self._chance.random() < 0.3:
            return Message(bytes(line[: self._chance.randrange(len(line))]))
        line[self._chance.randrange(len(line) - 1)] = self._chance.randrange(256)
        return Message(bytes(line))

    def _shapes(self) -> Message:
        odd = self._odd()
        shapes: tuple[Any, ...] = (
            odd,
            [odd],
            {"command": odd},
            {"words": odd},
            {"command": odd, "words": odd},
            {"command": self._chance.choice(("start", "quit", *HARMLESS)), "words": [odd]},
            {"command": {"start": {}}, "words": {}},
            {"command": "start"},
            {"command": "START", "words": {}},
        )
        return Message(self._line(self._chance.choice(shapes)))

    def _nested(self) -> Message:
        depth = self._chance.choice((50, 1100, 30_000))
        opening, closing = self._chance.choice((("[", "]"), ('{"words":', "}"), ('{"a":[', "]}")))
        depth = min(depth, (MESSAGE_BYTES - 100) // len(opening + closing))
        nested = opening * depth + "0" + closing * depth
        told = f'{{"command":"status","words":{nested}}}' if self._chance.random() < 0.5 else nested
        return Message(told.encode() + b"\n")

    def _endless(self) -> Message:
        """A line that does not end, or only after more than is read."""
        filler = self._chance.choice((b"x", b"\0", b'"', b"\xff", b" ", b"9"))
        size = self._chance.choice((1, 500, MESSAGE_BYTES - 1, MESSAGE_BYTES, 3 * MESSAGE_BYTES))
        end = self._chance.choice((b"", b"\n"))
        if self._chance.random() < 0.3:
            request = b'{"command":"status","words":{"json":"' + filler * size + b'"}}'
            return Message(request + end)
        return Message(filler * size + end)

    def _harmless(self) -> Message:
        """A command that is refused or only told of, with anything for words."""
        names = ("json", "modality", "at", "minutes", "when", "file", "force", self._word())
        words = {name: self._odd() for name in self._chance.sample(names, 3)}
        return Message(
            self._line({"command": self._chance.choice(HARMLESS), "words": words, "x": self._odd()})
        )

    def _odd_words(self) -> Message:
        """A command that would do something, with a word that makes that impossible."""
        text = self._chance.choice(ODD_TEXTS)
        requests: tuple[tuple[str, dict[str, Any]], ...] = (
            ("start", {"modality": text}),
            ("start", {"modality": ["ice"]}),
            ("start", {"modality": {"ice": 1}}),
            ("start", {"modality": "ice", "onset": text}),
            ("start", {"onset": ["now"]}),
            ("pain", {"nrs": text, "note": self._odd()}),
            ("pain", {"note": text}),
            ("pain", {"nrs": [5]}),
            ("config", {"key": text}),
            ("config", {"key": self._odd() or "x", "value": self._odd()}),
            ("config", {"key": self._chance.choice(("ice_min", "volume", "theme")), "value": text}),
            ("config", {"key": "quiet_from", "value": [text]}),
            ("config", {"key": ["ice_min"], "value": "5"}),
            ("protocol", {"key": text}),
            ("protocol", {"key": [text], "copy": text}),
        )
        command, words = self._chance.choice(requests)
        return Message(self._line({"command": command, "words": words}))

    def _rating(self) -> Message:
        """A rating that may be taken, though it is not as the command line would write it."""
        nrs = self._chance.choice(("0", "10", 7, " 3"))
        notes = (
            "plain",
            "\0",
            "🧊",
            "line\nline",
            "\u202e",
            ["list"],
            {"a": 1},
            5,
            None,
            "x" * 9000,
        )
        note = self._chance.choice(notes)
        self._number += 1
        words = {"nrs": nrs, "note": note, "odd": self._chance.choice(NO_TEXTS)}
        line = self._line({"command": "pain", "words": words})
        return Message(line, rating=(str(nrs).strip(), str(note or "")))

    def _odd(self) -> Any:
        return self._chance.choice(self._chance.choice((NO_TEXTS, ODD_TEXTS)))

    def _word(self) -> str:
        return "".join(self._chance.choices(string.ascii_letters, k=self._chance.randrange(9)))


def damaged(chance: random.Random, content: bytes) -> bytes:
    """`content` as a fault, another program or a person might leave it."""
    match chance.randrange(9):
        case 0:
            return b""
        case 1:
            return chance.randbytes(chance.randrange(1, 5000))
        case 2:
            return content[: chance.randrange(len(content) + 1)]
        case 3:
            changed = bytearray(content or b"x")
            for _ in range(chance.randint(1, 20)):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            return bytes(changed)
        case 4:
            return content + chance.randbytes(300)
        case 5:
            return bytes(len(content) or 100)
        case 6 | 7:
            return _misspelt(chance, content)
        case _:
            middle = len(content) // 2
            return content[middle:] + content[:middle]


def _misspelt(chance: random.Random, content: bytes) -> bytes:
    """`content` with some letters and figures that are others: it keeps its form, not its sense."""
    changed = bytearray(content)
    places = [
        n for n, byte in enumerate(content) if chr(byte) in string.ascii_letters + "0123456789"
    ]
    for place in chance.sample(places, min(len(places), chance.randint(1, 8))):
        changed[place] = ord(chance.choice("aZ019"))
    return bytes(changed)
