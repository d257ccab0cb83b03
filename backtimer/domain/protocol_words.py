"""A protocol in one line of plain words, with the lengths that are in force."""

from backtimer.domain.clock import DAY_S
from backtimer.domain.library import stages
from backtimer.domain.protocol import Part, SessionPlan, Stage
from backtimer.domain.rules import Rules
from backtimer.domain.wording import capitalised, length, modality_name
from backtimer.domain.words import tr

_DAYS = (tr("one"), tr("two"), tr("three"), tr("four"), tr("five"), tr("six"), tr("seven"))


def in_words(rules: Rules) -> str:
    """What `rules` plan, such as `Ice 20 min, 1 h 30 min off · heat 15 min after day three`."""
    first, *others = stages(rules) or (None,)
    if first is None:
        return tr("Nothing is planned: you start ice or heat yourself")
    told = [capitalised(_session(first.plan)) + _from(first)]
    told += [_on(each.plan) + _from(each) for each in others if each is not None]
    return " · ".join(told)


def _from(stage: Stage) -> str:
    if not stage.from_s:
        return ""
    days, rest_s = divmod(stage.from_s, DAY_S)
    if rest_s or days > len(_DAYS):
        return tr(" after {length}", length=length(stage.from_s))
    return tr(" after day {day}", day=_DAYS[int(days) - 1])


def _session(plan: SessionPlan) -> str:
    return tr("{on}, {rest} off", on=_on(plan), rest=length(plan.rest_s))


def _on(plan: SessionPlan) -> str:
    first, *others = plan.parts
    told = [_part(first)]
    for part in others:
        if part.rest_before_s:
            told.append(tr("{rest} off", rest=length(part.rest_before_s)))
        told.append(_part(part))
    return ", ".join(told)


def _part(part: Part) -> str:
    name = modality_name(part.modality)
    return tr("{name} {length}", name=name, length=length(part.on_s))
