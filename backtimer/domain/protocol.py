"""What a protocol is made of: parts, sessions of one or several parts, stages of days."""

from dataclasses import dataclass
from enum import StrEnum

from backtimer.domain.clock import MINUTE_S
from backtimer.domain.limits import LIMITS


class Modality(StrEnum):
    """What lies on the skin."""

    ICE = "ice"
    HEAT = "heat"
    COLD_MASSAGE = "cold-massage"

    @property
    def is_cold(self) -> bool:
        """Whether it takes warmth from the skin."""
        return self is not Modality.HEAT


class WhenDue(StrEnum):
    """What happens when a session is due: the person is asked, or it begins by itself."""

    ASK = "ask"
    BEGIN = "begin"


class WhenOver(StrEnum):
    """What happens when time is up: the person confirms, or the pack is taken as off."""

    CONFIRM = "confirm"
    ASSUME = "assume"


# No pack is planned to be on for longer, whatever a record says.
MOST_ON_S = {
    Modality.ICE: LIMITS["ice_min"].most * MINUTE_S,
    Modality.HEAT: LIMITS["heat_min"].most * MINUTE_S,
    Modality.COLD_MASSAGE: LIMITS["cold_massage_min"].most * MINUTE_S,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One application within a session: `on_s` seconds on skin after `rest_before_s` of rest."""

    modality: Modality
    on_s: int
    rest_before_s: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.on_s <= MOST_ON_S[self.modality] or self.rest_before_s < 0:
            raise ValueError("a part lasts, but not longer than skin can bear")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """One session as promised when it begins: its parts in order, and the rest after it."""

    parts: tuple[Part, ...]
    rest_s: int

    def __post_init__(self) -> None:
        if not self.parts or self.rest_s < 0:
            raise ValueError("a session has at least one part, and rest after it")

    @property
    def modality(self) -> Modality:
        """What it begins with."""
        return self.parts[0].modality

    @property
    def on_s(self) -> int:
        """Seconds on skin, all parts together."""
        return sum(part.on_s for part in self.parts)

    @property
    def length_s(self) -> int:
        """Seconds from beginning to end, inner rests included."""
        return sum(part.rest_before_s + part.on_s for part in self.parts)

    @property
    def cycle_s(self) -> int:
        """Seconds from the beginning of this session to that of the next."""
        return self.length_s + self.rest_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Sessions of one kind, planned from `from_s` up to `to_s` seconds after the onset."""

    plan: SessionPlan
    from_s: float
    to_s: float
