"""The built-in protocols: what happens when, in two lines for the person, and its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import assert_never

from backtimer.domain.clock import HOUR_S, MINUTE_S
from backtimer.domain.protocol import Modality, Part, SessionPlan, Stage
from backtimer.domain.rules import Rules
from backtimer.domain.words import tr

HEAT_UNTIL_H = 168  # day 7: the usual advice is ice for days, then heat for up to a week
REPEATED_UNTIL_H = 720  # (J) what has no end in its source: after a month, see a doctor
INNER_REST_MIN = 10  # of ice-10-10-10, which is exempt from the least rest


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


def _short_ice(rules: Rules) -> tuple[Stage, ...]:
    ice = session_plan(Modality.ICE, rules)
    if rules.moist_heat:
        heat = session_plan(Modality.HEAT, rules)
        after_gap = replace(heat.parts[0], rest_before_s=rules.gap_min * MINUTE_S)
        ice = SessionPlan(parts=(*ice.parts, after_gap), rest_s=heat.rest_s)
    return (Stage(plan=ice, from_s=0, to_s=48 * HOUR_S),)


def _heat_then_cool(rules: Rules) -> tuple[Stage, ...]:
    heat, cool = (session_plan(each, rules) for each in (Modality.HEAT, Modality.COLD_MASSAGE))
    both = SessionPlan(parts=(*heat.parts, *cool.parts), rest_s=cool.rest_s)
    return (Stage(plan=both, from_s=48 * HOUR_S, to_s=REPEATED_UNTIL_H * HOUR_S),)


def _heat_first(rules: Rules) -> tuple[Stage, ...]:
    heat = session_plan(Modality.HEAT, rules)
    return (Stage(plan=heat, from_s=0, to_s=HEAT_UNTIL_H * HOUR_S),)


def _ice_10_10_10(rules: Rules) -> tuple[Stage, ...]:
    once = session_plan(Modality.ICE, rules)
    again = replace(once.parts[0], rest_before_s=INNER_REST_MIN * MINUTE_S)
    twice = SessionPlan(parts=(*once.parts, again), rest_s=once.rest_s)
    return (Stage(plan=twice, from_s=0, to_s=72 * HOUR_S),)


ICE_THEN_HEAT = CareProtocol(
    key="ice-then-heat",
    name=tr("Ice, then heat"),
    explanation=tr("20 min ice, 1 h 30 min off, again. Heat after three days, up to day 7."),
    source=tr("the usual advice for a back spasm: 20 min on, 1.5 h off, for 48–72 hours"),
    stages=_ice_then_heat,
)
SHORT_ICE = CareProtocol(
    key="short-ice",
    name=tr("Short ice"),
    explanation=tr("15 min ice, the next two hours after the last began, for two days."),
    source=tr("advice to ice 12–15 min every couple of hours for two days"),
    stages=_short_ice,
    # The next starts 120 minutes after the last: 15 on and 105 off, or 15, 30, 15 and 60 with heat.
    lengths={"ice_min": 15, "ice_rest_min": 105, "heat_rest_min": 60, "sessions_per_day": 8},
)
HEAT_THEN_COOL = CareProtocol(
    key="heat-then-cool",
    name=tr("Heat, then cool"),
    explanation=tr(
        "15 min heat, at once 5 min cold massage, two hours off. From the third day on."
    ),
    source=tr("advice to follow 15–20 min of heat with a cold massage; the rest is our judgement"),
    stages=_heat_then_cool,
    lengths={"ice_rest_min": 120, "sessions_per_day": 3},
)
HEAT_FIRST = CareProtocol(
    key="heat-first",
    name=tr("Heat first"),
    explanation=tr("15 min heat, two hours off. Not after a blow, with a bruise or swelling."),
    source=tr("American College of Physicians, low back pain, 2017; its numbers are our judgement"),
    stages=_heat_first,
    lengths={"heat_rest_min": 120, "sessions_per_day": 3},
)
ICE_10_10_10 = CareProtocol(
    key="ice-10-10-10",
    name=tr("Ice 10–10–10"),
    explanation=tr("10 min ice, 10 off, 10 on again; the next 90 min later. For three days."),
    source=tr("Bleakley and others, 2006, on sprained ankles"),
    stages=_ice_10_10_10,
    # 10, 10 and 10 on and off, and 90 off: the next starts 120 minutes after the last.
    lengths={"ice_min": 10, "ice_rest_min": 90, "sessions_per_day": 8},
)
MANUAL = CareProtocol(
    key="manual",
    name=tr("By hand"),
    explanation=tr("15 min ice or heat whenever you start it. Nothing is planned."),
    source=tr("advice that leaves the choice of ice or heat to you"),
    stages=_nothing_planned,
    lengths={"ice_min": 15, "heat_min": 15},
)

PROTOCOLS: dict[str, CareProtocol] = {
    each.key: each
    for each in (ICE_THEN_HEAT, SHORT_ICE, HEAT_THEN_COOL, HEAT_FIRST, ICE_10_10_10, MANUAL)
}


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


def first_stage_s(rules: Rules, elapsed_s: float) -> float | None:
    """Seconds after the onset at which planning begins, where that is still to come."""
    coming = [stage.from_s for stage in stages(rules) if stage.from_s > elapsed_s]
    return min(coming, default=None) if stage_at(rules, elapsed_s) is None else None


def switch_to_heat_s(rules: Rules) -> float | None:
    """Seconds after the onset at which heat takes over from ice, or None where it never does."""
    planned = stages(rules)
    if not planned or not planned[0].plan.modality.is_cold:
        return None
    heat = (each.from_s for each in planned[1:] if each.plan.modality is Modality.HEAT)
    return next(heat, None)
