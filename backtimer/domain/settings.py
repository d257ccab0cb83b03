"""The person's choice of all settings, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from backtimer.domain.declared import declared
from backtimer.domain.errors import Misused
from backtimer.domain.ladder import (
    Ladder,
)
from backtimer.domain.library import ICE_THEN_HEAT, PROTOCOLS
from backtimer.domain.limits import LIMITS
from backtimer.domain.protocol import WhenDue, WhenOver
from backtimer.domain.quiet import QuietHours
from backtimer.domain.rules import Rules
from backtimer.domain.setting import Value
from backtimer.domain.words import quoted, tr

COPY_NAME_MOST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A protocol that the person copied to edit: its `name`, and the built-in `course`."""

    name: str
    course: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the person chose. A key that is not in `values` or `lengths` has its default.

    `lengths` maps (protocol key, setting key) to a number.
    """

    protocol: str = ICE_THEN_HEAT.key
    values: Mapping[str, Value] = field(default_factory=dict)
    lengths: Mapping[tuple[str, str], int] = field(default_factory=dict)
    copies: Mapping[str, Copy] = field(default_factory=dict)

    @property
    def routine_name(self) -> str:
        """What the chosen protocol is called."""
        copy = self.copies.get(self.protocol)
        return copy.name if copy else PROTOCOLS[self.protocol].name

    @property
    def course(self) -> str:
        """The key of the built-in protocol that the chosen one is, or was copied from."""
        return self.course_of(self.protocol)

    def course_of(self, protocol: str) -> str:
        """The key of the built-in protocol behind the key `protocol`."""
        return self.copies[protocol].course if protocol in self.copies else protocol

    def get(self, key: str) -> Value:
        """The value of `key`; a length is that of the chosen protocol."""
        setting = declared(key)
        if setting.per_protocol:
            return self.lengths.get((self.protocol, key), self.default(key))
        return self.values.get(key, setting.default)

    def number(self, key: str) -> int:
        """The value of the number `key`."""
        value = self.get(key)
        assert isinstance(value, int)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The value of the list `key`."""
        value = self.get(key)
        assert isinstance(value, tuple)
        return value

    def default(self, key: str) -> Value:
        """What `key` is when the person chose nothing: for a length, that of the protocol."""
        return PROTOCOLS[self.course].lengths.get(key, declared(key).default)

    def with_value(self, key: str, value: object) -> "Settings":
        """These settings with `key` set. Raises `Misused` or `Refused`; see `Setting.check`."""
        setting = declared(key)
        checked = setting.check(value)
        if setting.per_protocol:
            assert isinstance(checked, int)
            return replace(self, lengths={**self.lengths, (self.protocol, key): checked})
        return replace(self, values={**self.values, key: checked})

    def reset(self) -> "Settings":
        """Everything as it was at first, for the chosen protocol; copies stay."""
        lengths = {at: value for at, value in self.lengths.items() if at[0] != self.protocol}
        return replace(self, values={}, lengths=lengths)

    def with_protocol(self, protocol: str) -> "Settings":
        """These settings with another protocol chosen. Raises `Misused` for an unknown one."""
        if protocol not in PROTOCOLS and protocol not in self.copies:
            known = ", ".join((*PROTOCOLS, *self.copies))
            raise Misused(
                tr(
                    "There is no protocol {key}. There are: {known}.",
                    key=quoted(protocol),
                    known=known,
                )
            )
        return replace(self, protocol=protocol)

    def with_copy(self, name: str) -> "Settings":
        """These settings with the chosen protocol copied under `name`, and the copy chosen.

        Raises `Misused` for a name without a letter or digit, too long, or in use.
        """
        key = copy_key(name)
        if not key or len(name) > COPY_NAME_MOST:
            raise Misused(tr("A name has 1–{most} letters or digits.", most=COPY_NAME_MOST))
        if key in PROTOCOLS or key in self.copies:
            raise Misused(tr("There is a protocol “{key}” already.", key=key))
        own = {
            (key, length): value
            for (protocol, length), value in self.lengths.items()
            if protocol == self.protocol
        }
        return replace(
            self,
            protocol=key,
            copies={**self.copies, key: Copy(name=name, course=self.course)},
            lengths={**self.lengths, **own},
        )

    def ladder(self) -> Ladder:
        """How hard a removal tries to be heard."""
        return Ladder(
            louder_after_s=self.number("louder_after_s"),
            voice_after_s=self.number("voice_after_s"),
            phone_after_min=self.number("phone_after_min"),
            again_every_min=self.number("remind_every_min"),
        )

    def rules(self) -> Rules:
        """The part of the settings that decides about care."""
        lengths = {key: self.number(key) for key in LIMITS}
        return Rules(
            protocol=self.protocol,
            course=self.course,
            moist_heat=bool(self.get("moist_heat")),
            when_due=WhenDue(str(self.get("when_due"))),
            when_over=WhenOver(str(self.get("when_over"))),
            quiet=QuietHours(
                from_min=minute_of_day(str(self.get("quiet_from"))),
                to_min=minute_of_day(str(self.get("quiet_to"))),
            ),
            **lengths,
        )


def copy_key(name: str) -> str:
    """The key under which a copy called `name` is kept: its letters and digits, with dashes."""
    letters = (each if each.isalnum() else "-" for each in name.casefold())
    return "-".join(part for part in "".join(letters).split("-") if part)


def minute_of_day(text: str) -> int:
    """Minutes since midnight of a time such as `22:30` that was checked before."""
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)
