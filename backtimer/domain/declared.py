"""Every setting, declared once: validation, file, command line and form come from here."""

from collections.abc import Mapping
from types import MappingProxyType

from backtimer.domain.errors import Misused
from backtimer.domain.ladder import (
    AGAIN_EVERY_MIN,
    LOUDER_AFTER_S,
    PHONE_AFTER_MIN,
    VOICE_AFTER_S,
)
from backtimer.domain.limits import JUDGEMENT, LIMITS, SNOOZE, Limit
from backtimer.domain.protocol import WhenDue, WhenOver
from backtimer.domain.setting import Group, Kind, Setting
from backtimer.domain.words import quoted, tr

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
    Setting(
        key="sound_device",
        group=Group.REMINDERS,
        kind=Kind.TEXT,
        label=tr("Play on"),
        hint=tr("empty: the computer’s own; the page Alarm has the names"),
        default="",
    ),
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
        hint=tr("out of the way, until it is time"),
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
