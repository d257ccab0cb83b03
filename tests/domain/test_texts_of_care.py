"""The protocols that are built in, and the words of safety."""

import pytest

from backtimer.domain.errors import BacktimerError, DataError, Misused, Refused
from backtimer.domain.library import PROTOCOLS, session_plan, stage_at, stages, switch_to_heat_s
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality, Part, SessionPlan
from backtimer.domain.rules import Rules
from backtimer.domain.safety import start_card, tip
from tests.domain.kit import COLD_MASSAGE, HEAT, HEAT_THEN_COOL, ICE, ICE_TWICE, manual_rules

HOUR_S = 3600


def test_the_default_is_ice_20_off_90_then_heat_15_off_90_from_72_to_168_hours() -> None:
    ice, heat = stages(Rules())
    assert (ice.plan.modality, ice.plan.on_s, ice.plan.rest_s) == (ICE, 1200, 5400)
    assert (ice.from_s, ice.to_s) == (0, 72 * HOUR_S)
    assert (heat.plan.modality, heat.plan.on_s, heat.plan.rest_s) == (HEAT, 900, 5400)
    assert (heat.from_s, heat.to_s) == (72 * HOUR_S, 168 * HOUR_S)
    assert switch_to_heat_s(Rules(heat_after_h=48)) == 48 * HOUR_S


def test_a_switch_at_168_hours_leaves_no_time_for_heat() -> None:
    rules = Rules(heat_after_h=168)
    stage = stage_at(rules, 168 * HOUR_S - 1)
    assert stage
    assert stage.plan.modality is ICE
    assert stage_at(rules, 168 * HOUR_S) is None


def test_manual_plans_nothing() -> None:
    assert stages(manual_rules()) == ()
    assert switch_to_heat_s(manual_rules()) is None


@pytest.mark.parametrize("key", PROTOCOLS)
def test_each_protocol_says_what_it_is_and_where_it_is_from(key: str) -> None:
    protocol = PROTOCOLS[key]
    assert protocol.key == key
    assert protocol.name
    assert protocol.explanation
    assert protocol.source


@pytest.mark.parametrize(
    ("modality", "on_min", "rest_min"), [(ICE, 12, 60), (HEAT, 18, 120), (COLD_MASSAGE, 4, 60)]
)
def test_a_session_by_hand_has_the_lengths_that_were_set(
    modality: Modality, on_min: int, rest_min: int
) -> None:
    rules = Rules(ice_min=12, heat_min=18, cold_massage_min=4, ice_rest_min=60, heat_rest_min=120)
    plan = session_plan(modality, rules)
    assert (plan.modality, plan.on_s, plan.rest_s) == (modality, on_min * 60, rest_min * 60)


def test_a_plan_of_several_parts_adds_them_up() -> None:
    assert HEAT_THEN_COOL.modality is HEAT
    assert (HEAT_THEN_COOL.on_s, HEAT_THEN_COOL.length_s) == (1200, 1200)
    assert (ICE_TWICE.on_s, ICE_TWICE.length_s, ICE_TWICE.cycle_s) == (1200, 1800, 1800 + 5400)


def test_a_plan_that_lasts_no_time_cannot_be_built() -> None:
    for wrong in ({"on_s": 0}, {"on_s": -1}, {"on_s": 60, "rest_before_s": -1}):
        with pytest.raises(ValueError, match="lasts"):
            Part(modality=ICE, **wrong)
    part = Part(modality=ICE, on_s=60)
    with pytest.raises(ValueError, match="at least one part"):
        SessionPlan(parts=(), rest_s=60)
    with pytest.raises(ValueError, match="rest after it"):
        SessionPlan(parts=(part,), rest_s=-1)


def test_ice_and_cold_massage_are_cold_and_heat_is_not() -> None:
    assert [each.is_cold for each in Modality] == [True, False, True]


def test_the_start_card_has_the_cloth_and_what_speaks_against_it() -> None:
    cold, heat = start_card(ICE), start_card(HEAT)
    assert start_card(COLD_MASSAGE) == cold
    assert "Never ice directly on skin" in cold.reminder
    for sign in ("Raynaud’s", "cold allergy", "numb skin", "heart disease", "broken skin"):
        assert any(sign in each for each in cold.against)
    for sign in ("blood thinners", "swelling", "fever", "cancer", "pregnancy", "any cream"):
        assert any(sign in each for each in heat.against)
    for card in (cold, heat):
        assert sum("cream" in each and "numbing" in each for each in card.against) == 1
        assert any("sedatives or alcohol" in each for each in card.against)
        assert "Never fall asleep" in card.never_asleep


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("modality", [*Modality, None])
def test_there_is_a_tip_for_every_phase(phase: Phase, modality: Modality | None) -> None:
    shown = tip(phase, modality, 1200)
    assert shown.title.endswith(".")
    assert shown.text.endswith(".")


@pytest.mark.parametrize("phase", [Phase.APPLYING, Phase.PAUSED, Phase.DUE])
def test_the_cloth_is_named_beside_every_ice_session(phase: Phase) -> None:
    assert "towel" in tip(phase, ICE, 1200).title
    assert tip(phase, HEAT, 900).title == "Warm, not hot."


@pytest.mark.parametrize(
    ("planned_s", "title"),
    [
        (1200, "20 minutes is enough."),
        (720, "12 minutes is enough."),
        (60, "1 minute is enough."),
        (90, "2 minutes is enough."),
        (None, "That is enough for now."),
    ],
)
def test_at_remove_the_tip_names_the_minutes_that_are_enough(
    planned_s: int | None, title: str
) -> None:
    shown = tip(Phase.REMOVE, ICE, planned_s)
    assert shown.title == title
    assert shown.text == "Longer can harm the skin. Rest starts when you confirm."


@pytest.mark.parametrize("kind", [Refused, Misused, DataError])
def test_what_a_person_can_act_on_is_one_family_whose_text_is_for_them(
    kind: type[BacktimerError],
) -> None:
    assert issubclass(kind, BacktimerError)
    assert str(kind("Take it off first: backtimer off")) == "Take it off first: backtimer off"
