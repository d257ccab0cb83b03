"""What a setting is: its kind, its limits, its words, and how a value is checked and read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn, assert_never

from backtimer.domain.errors import Misused
from backtimer.domain.limits import Limit
from backtimer.domain.words import quoted, tr

Value = int | bool | str | tuple[str, ...]

TEXT_MOST = 200
LAST_HOUR, LAST_MINUTE = 23, 59
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


class Kind(StrEnum):
    """What a setting's value is."""

    NUMBER = "number"
    CHOICE = "choice"
    SWITCH = "switch"
    TIME = "time"
    LIST = "list"
    TEXT = "text"


class Group(StrEnum):
    """Where a setting stands in the form."""

    SESSIONS = "sessions"
    REMINDERS = "reminders"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting. `limit` of a number; `choices` (value to words) of a choice.

    `per_protocol`: every protocol has its own value. `in_form`: the window shows it; the
    others work from the file and the command line until there is something to show.
    """

    key: str
    group: Group
    kind: Kind
    label: str
    default: Value
    hint: str = ""
    limit: Limit | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    per_protocol: bool = False
    in_form: bool = True

    def check(self, value: object) -> Value:
        """Return `value` as this setting keeps it.

        Raises `Misused` for something of another kind and `Refused` for a number that is
        outside the limits; both say what is possible.
        """
        match self.kind:
            case Kind.NUMBER if isinstance(value, int) and not isinstance(value, bool):
                return self.limit.check(self.label, value) if self.limit else value
            case Kind.SWITCH if isinstance(value, bool):
                return value
            case Kind.CHOICE if isinstance(value, str) and value in self.choices:
                return str(value)
            case Kind.TIME if isinstance(value, str) and (time := _time(value)):
                return time
            case Kind.LIST if isinstance(value, list | tuple) and _are_texts(value):
                return tuple(value)
            case Kind.TEXT if isinstance(value, str) and len(value) <= TEXT_MOST:
                return "".join(each for each in value if each.isprintable()).strip()
            case _:
                return self._misused(value)

    def parse(self, text: str) -> Value:
        """The value that `text` stands for on the command line; errors as in `check`."""
        word = text.strip()
        match self.kind:
            case Kind.NUMBER:
                try:
                    return self.check(int(word))
                except ValueError:
                    return self._misused(text)
            case Kind.SWITCH:
                known = {"on": True, "off": False}
                return self.check(known.get(word.lower(), text))
            case Kind.LIST:
                return tuple(word.split())
            case Kind.CHOICE | Kind.TIME | Kind.TEXT:
                return self.check(word)
            case _:
                assert_never(self.kind)

    def text(self, value: Value) -> str:
        """`value` as the command line shows and takes it."""
        match value:
            case bool():
                return "on" if value else "off"
            case tuple():
                return " ".join(value)
            case _:
                return str(value)

    def shown(self, value: Value) -> str:
        """`value` where others may look on: of addresses, which are secrets, only how many."""
        if isinstance(value, tuple) and value:
            return tr("{n} kept secret", n=len(value))
        return self.text(value)

    def possible(self) -> str:
        """What can be set, in words."""
        match self.kind:
            case Kind.NUMBER:
                return self.limit.range_text() if self.limit else tr("a whole number")
            case Kind.SWITCH:
                return tr("on or off")
            case Kind.TIME:
                return tr("a time such as 22:30")
            case Kind.LIST:
                return tr("addresses with spaces between them")
            case Kind.TEXT:
                return tr("a name of up to {n} letters, or nothing", n=TEXT_MOST)
            case Kind.CHOICE:
                return tr(" or ").join(self.choices)
            case _:
                assert_never(self.kind)

    def hint_for(self, value: Value) -> str:
        """What to show beside a value that is allowed but unusual; empty for any other."""
        if self.limit is None or not isinstance(value, int):
            return ""
        return self.limit.hint_for(value) or ""

    def source_text(self) -> str:
        """The limits with their reason and source; empty where there are none."""
        if self.limit is None:
            return ""
        return tr(
            "{range}: {reason}. Source: {source}.",
            range=self.limit.range_text(),
            reason=self.limit.reason,
            source=self.limit.source,
        )

    def _misused(self, value: object) -> NoReturn:
        raise Misused(
            tr(
                "{key} cannot be {value}. It can be: {possible}.",
                key=self.key,
                value=quoted(str(value)),
                possible=self.possible(),
            )
        )


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(each, str) for each in values)


def _time(text: str) -> str | None:
    known = _TIME.fullmatch(text)
    if known is None:
        return None
    hour, minute = known.groups()
    if int(hour) > LAST_HOUR or int(minute) > LAST_MINUTE:
        return None
    return f"{int(hour):02}:{minute}"
