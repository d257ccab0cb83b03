"""How far each length may be set, with the reason and the source of every number.

(J) marks a judgement of this project that no source gives.
"""

from dataclasses import dataclass

from backtimer.domain.errors import Refused
from backtimer.domain.words import tr

JUDGEMENT = "a judgement of this project; no source gives a number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a number may be: `least` to `most` (and 0 where that means off), in `unit`.

    Between `hint_below` and `hint_above` nothing is said; outside, `hint` is shown.
    """

    least: int
    default: int
    most: int
    unit: str
    reason: str
    source: str
    hint_below: int | None = None
    hint_above: int | None = None
    hint: str = ""
    zero_is_off: bool = False

    def check(self, label: str, value: int) -> int:
        """Return `value`, or raise `Refused` with the limit, its reason and its source."""
        if self.least <= value <= self.most or (self.zero_is_off and value == 0):
            return value
        raise Refused(
            tr(
                "{label} can be {range}: {reason} ({source}).",
                label=label,
                range=self.range_text(),
                reason=self.reason,
                source=self.source,
            )
        )

    def range_text(self) -> str:
        """The limits in words, such as `5–20 min` or `3–15 min, or 0 for off`."""
        unit = f" {self.unit}" if self.unit else ""
        text = f"{self.least}–{self.most}{unit}"
        return tr("{range}, or 0 for off", range=text) if self.zero_is_off else text

    def hint_for(self, value: int) -> str | None:
        """The sentence to show beside a value that is allowed but unusual."""
        low = self.hint_below is not None and value < self.hint_below
        high = self.hint_above is not None and value > self.hint_above
        return self.hint if low or high else None


LIMITS: dict[str, Limit] = {
    "ice_min": Limit(
        least=5,
        default=20,
        most=20,
        unit="min",
        reason=tr("longer than 20 minutes can harm the skin, shorter than 5 does little"),
        source=tr("20 min in the usual back-spasm advice, 12–15 in some; leaflets stop at 20"),
    ),
    "heat_min": Limit(
        least=5,
        default=15,
        most=30,
        unit="min",
        reason=tr("longer than 30 minutes can burn the skin"),
        source=tr("15–20 min in the usual advice; 5 and 30 are judgements of this project"),
        hint_above=20,
        hint=tr("15–20 min is usual; look at your skin."),
    ),
    "cold_massage_min": Limit(
        least=1,
        default=5,
        most=10,
        unit="min",
        reason=tr("moving ice cools the skin quickly"),
        source=tr("Spine-health, “Ice massage”; 1 and 10 are judgements of this project"),
        hint_above=5,
        hint=tr("5 min is usual."),
    ),
    "ice_rest_min": Limit(
        least=30,
        default=90,
        most=480,
        unit="min",
        reason=tr("skin needs at least half an hour to warm up again"),
        source=tr("1.5 hours in the usual advice; 30 is a judgement of this project"),
        hint_below=60,
        hint=tr("1 h 30 min is the documented rest."),
    ),
    "heat_rest_min": Limit(
        least=60,
        default=90,
        most=480,
        unit="min",
        reason=tr("skin needs time to cool down again"),
        source=tr("1.5 hours in the usual advice; 60 is a judgement of this project"),
        hint_below=90,
        hint=tr("1 h 30 min is the documented rest."),
    ),
    "gap_min": Limit(
        least=10,
        default=30,
        most=480,
        unit="min",
        reason=tr("skin that is still numb from ice does not feel that heat burns"),
        source=JUDGEMENT,
        hint_below=30,
        hint=tr("30 min is safer: numb skin does not feel a burn."),
    ),
    "heat_after_h": Limit(
        least=24,
        default=72,
        most=168,
        unit="h",
        reason=tr("fresh injuries are cooled for two to three days first"),
        source=tr("48–72 hours in the usual advice; 168 is a judgement of this project"),
        hint_above=72,
        hint=tr("48–72 hours is usual."),
    ),
    "sessions_per_day": Limit(
        least=1,
        default=10,
        most=12,
        unit="",
        reason=tr("more leaves the skin too little time"),
        source=tr("Spine-health, “Ice massage”: up to ten; 12 is a judgement of this project"),
        hint_above=10,
        hint=tr("Up to ten a day is usual."),
    ),
    "skin_check_min": Limit(
        least=3,
        default=10,
        most=15,
        unit="min",
        reason=tr("a look at the skin belongs inside the session"),
        source=tr("NHS trust leaflets look after 5 minutes; the rest is our judgement"),
        zero_is_off=True,
    ),
}

# How long a due session may be put off. Not one of the rules: nothing in the record rests on it.
SNOOZE = Limit(
    least=5,
    default=10,
    most=60,
    unit="min",
    reason=tr("shorter is no rest, longer is a skip"),
    source=JUDGEMENT,
)
SESSIONS_BY_HAND = LIMITS["sessions_per_day"].most
