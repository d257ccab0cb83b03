"""The built-in protocols: what happens when, in two lines for the person, and its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import assert_never

from backtimer.domain.clock import HOUR_S, MINUTE_S
from backtimer.domain.protocol import Modality, Part, SessionPlan, Stage
from backtimer.domain.rules import Rules
from backtimer.domain.words import tr

HEAT_UNTIL_H = 168  # day 7: the usual advice is ice for days, then heat for up to a week


@dataclass(frozen=True, slots=True, kw_only=True)
class CareProtocol:
    """One documented routine. `lengths` are its own defaults where they differ."""

    key: str
    name: str
    explanation: str
    source: str
    stages: Callable[[Rules], tuple[Stage, ...]]
    lengths: Mapping[str, int] = field(default_factory=dict)


def session_plan(modality: Modality, rules: Rules) -> SessionPlan:
    """A session of one part with the lengths of `rules`, as it is begun by hand."""
    match modality:
        case Modality.ICE:
            on_min, rest_min = rules.ice_min, rules.ice_rest_min
        case Modality.HEAT:
            on_min, rest_min = rules.heat_min, rules.heat_rest_min
        case Modality.COLD_MASSAGE:
            on_min, rest_min = rules.cold_massage_min, rules.ice_rest_min
        case _:
            assert_never(modality)
    part = Part(modality=modality, on_s=on_min * MINUTE_S)
    return SessionPlan(parts=(part,), rest_s=rest_min * MINUTE_S)


def _ice_then_heat(rules: Rules) -> tuple[Stage, ...]:
    switch_s = rules.heat_after_h * HOUR_S
    return (
        Stage(plan=session_plan(Modality.ICE, rules), from_s=0, to_s=switch_s),
        Stage(plan=session_plan(Modality.HEAT, rules), from_s=switch_s, to_s=HEAT_UNTIL_H * HOUR_S),
    )


def _nothing_planned(_rules: Rules) -> tuple[Stage, ...]:
    return ()


ICE_THEN_HEAT = CareProtocol(
    key="ice-then-heat",
    name=tr("Ice, then heat"),
    explanation=tr("20 min ice, 1 h 30 min off, again. Heat after three days, up to day 7."),
    source=tr("the usual advice for a back spasm: 20 min on, 1.5 h off, for 48–72 hours"),
    stages=_ice_then_heat,
)
MANUAL = CareProtocol(
    key="manual",
    name=tr("By hand"),
    explanation=tr("15 min ice or heat whenever you start it. Nothing is planned."),
    source=tr("advice that leaves the choice of ice or heat to you"),
    stages=_nothing_planned,
    lengths={"ice_min": 15, "heat_min": 15},
)

PROTOCOLS: dict[str, CareProtocol] = {each.key: each for each in (ICE_THEN_HEAT, MANUAL)}


@lru_cache(maxsize=8)  # asked for many times in each look at the clock
def stages(rules: Rules) -> tuple[Stage, ...]:
    """The stages of the course that `rules` follow, in order."""
    return PROTOCOLS[rules.course].stages(rules)


def stage_at(rules: Rules, elapsed_s: float) -> Stage | None:
    """The stage at `elapsed_s` seconds after the onset, or None where nothing is planned."""
    for stage in stages(rules):
        if stage.from_s <= elapsed_s < stage.to_s:
            return stage
    return None


def switch_to_heat_s(rules: Rules) -> float | None:
    """Seconds after the onset at which heat takes over from ice, or None where it never does."""
    for stage in stages(rules):
        if stage.plan.modality is Modality.HEAT and stage.from_s > 0:
            return stage.from_s
    return None
