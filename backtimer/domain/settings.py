"""Every setting, declared once, and the person's choice of all of them as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from backtimer.domain.errors import Misused
from backtimer.domain.ladder import (
    AGAIN_EVERY_MIN,
    LOUDER_AFTER_S,
    PHONE_AFTER_MIN,
    VOICE_AFTER_S,
    Ladder,
)
from backtimer.domain.library import ICE_THEN_HEAT, PROTOCOLS
from backtimer.domain.limits import JUDGEMENT, LIMITS, SNOOZE, Limit
from backtimer.domain.protocol import WhenDue, WhenOver
from backtimer.domain.quiet import QuietHours
from backtimer.domain.rules import Rules
from backtimer.domain.setting import Group, Kind, Setting, Value
from backtimer.domain.words import quoted, tr

COPY_NAME_MOST = 40

REMIND_EVERY = Limit(
    least=1,
    default=AGAIN_EVERY_MIN,
    most=10,
    unit="min",
    reason=tr("ice that stays on longer can harm the skin"),
    source=JUDGEMENT,
)
VOLUME = Limit(
    least=0,
    default=80,
    most=100,
    unit="%",
    reason=tr("it is a share of what the computer can do"),
    source=JUDGEMENT,
)


LOUDER_AFTER = Limit(
    least=5,
    default=LOUDER_AFTER_S,
    most=60,
    unit="s",
    reason=tr("it starts softly, and a pack that is to come off cannot wait for long"),
    source=JUDGEMENT,
)
VOICE_AFTER = Limit(
    least=15,
    default=VOICE_AFTER_S,
    most=300,
    unit="s",
    reason=tr("a pack that is to come off cannot wait for long"),
    source=JUDGEMENT,
)
PHONE_AFTER = Limit(
    least=1,
    default=PHONE_AFTER_MIN,
    most=10,
    unit="min",
    reason=tr("a pack that is to come off cannot wait for long"),
    source=JUDGEMENT,
)


def _length(key: str, label: str, hint: str) -> Setting:
    limit = LIMITS[key]
    return Setting(
        key=key,
        group=Group.SESSIONS,
        kind=Kind.NUMBER,
        label=label,
        hint=hint,
        default=limit.default,
        limit=limit,
        per_protocol=True,
    )


def _number(key: str, label: str, hint: str, limit: Limit, *, in_form: bool = True) -> Setting:
    return Setting(
        key=key,
        group=Group.REMINDERS,
        kind=Kind.NUMBER,
        label=label,
        hint=hint,
        default=limit.default,
        limit=limit,
        in_form=in_form,
    )


_DECLARED: tuple[Setting, ...] = (
    _length("ice_min", tr("Ice on"), tr("5–20 min")),
    _length("ice_rest_min", tr("Off after ice"), tr("1 h 30 min is the documented rest")),
    _length("heat_after_h", tr("Switch to heat after"), tr("48–72 hours is usual")),
    _length("heat_min", tr("Heat on"), tr("15–20 min")),
    _length("heat_rest_min", tr("Off after heat"), tr("1 h 30 min is the documented rest")),
    _length("gap_min", tr("Between ice and heat"), tr("numb skin does not feel a burn")),
    _length("cold_massage_min", tr("Cold massage"), tr("wrapped, 5 min is usual")),
    _length("sessions_per_day", tr("Sessions a day"), tr("up to ten is usual")),
    _length("skin_check_min", tr("Skin check after"), tr("once a session")),
    Setting(
        key="moist_heat",
        group=Group.SESSIONS,
        kind=Kind.SWITCH,
        label=tr("Moist heat after short ice"),
        hint=tr("after half an hour, where the routine is “Short ice”"),
        default=False,
    ),
    Setting(
        key="when_due",
        group=Group.SESSIONS,
        kind=Kind.CHOICE,
        label=tr("When a session is due"),
        hint=tr("wait for you, or begin by itself"),
        default=str(WhenDue.ASK),
        choices={WhenDue.ASK: tr("Ask me"), WhenDue.BEGIN: tr("Begin")},
    ),
    Setting(
        key="when_over",
        group=Group.SESSIONS,
        kind=Kind.CHOICE,
        label=tr("When time is up"),
        hint=tr("ring until you answer, or ring once"),
        default=str(WhenOver.CONFIRM),
        choices={WhenOver.CONFIRM: tr("Until I answer"), WhenOver.ASSUME: tr("Once")},
    ),
    _number(
        "remind_every_min", tr("Ring again every"), tr("until you say that it is off"), REMIND_EVERY
    ),
    _number("snooze_min", tr("Snooze for"), tr("when a session is due"), SNOOZE),
    Setting(
        key="quiet_from",
        group=Group.REMINDERS,
        kind=Kind.TIME,
        label=tr("Quiet from"),
        hint=tr("no reminders at night"),
        default="22:30",
    ),
    Setting(
        key="quiet_to",
        group=Group.REMINDERS,
        kind=Kind.TIME,
        label=tr("Quiet until"),
        hint=tr("the same as “from” means none"),
        default="07:00",
    ),
    Setting(
        key="sound",
        group=Group.REMINDERS,
        kind=Kind.SWITCH,
        label=tr("Sound"),
        hint=tr("rings until you answer"),
        default=True,
    ),
    _number("volume", tr("Volume"), tr("of Backtimer alone"), VOLUME),
    _number("louder_after_s", tr("Louder after"), tr("and the window in front"), LOUDER_AFTER),
    Setting(
        key="voice",
        group=Group.REMINDERS,
        kind=Kind.SWITCH,
        label=tr("Say it aloud"),
        hint=tr("“Take the ice off”"),
        default=False,
    ),
    _number("voice_after_s", tr("Say it after"), tr("and as loud as can be"), VOICE_AFTER),
    Setting(
        key="phone_urls",
        group=Group.REMINDERS,
        kind=Kind.LIST,
        label=tr("Send to my phone"),
        default=(),
        in_form=False,
    ),
    _number("phone_after_min", tr("My phone after"), tr("if no one answered"), PHONE_AFTER),
    Setting(
        key="phone_words",
        group=Group.REMINDERS,
        kind=Kind.SWITCH,
        label=tr("Say on the phone what it is about"),
        hint=tr("who sees your phone reads it too"),
        default=False,
    ),
    Setting(
        key="theme",
        group=Group.PROGRAM,
        kind=Kind.CHOICE,
        label=tr("Light or dark"),
        hint=tr("as the computer has it, or always one"),
        default="system",
        choices={"system": tr("System"), "light": tr("Light"), "dark": tr("Dark")},
    ),
    Setting(
        key="autostart",
        group=Group.PROGRAM,
        kind=Kind.SWITCH,
        label=tr("Start with the computer"),
        hint=tr("waits in the tray"),
        default=False,
    ),
)
DECLARED: Mapping[str, Setting] = MappingProxyType({each.key: each for each in _DECLARED})


def declared(key: str) -> Setting:
    """The setting `key`. Raises `Misused` for a key that there is none of."""
    if key not in DECLARED:
        raise Misused(
            tr(
                "There is no setting {key}. To see all: backtimer config",
                key=quoted(key),
            )
        )
    return DECLARED[key]


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
