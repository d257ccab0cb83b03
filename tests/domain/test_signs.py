"""Warning signs: each tick leads to its tier, and nothing is ever scored or soothed."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.events import Topic
from backtimer.domain.signs import (
    CALL_EMERGENCY,
    CALL_TODAY,
    IF_NOT_BETTER,
    LEAVE_IT_OFF,
    NO_VERDICT,
    SIGNS,
    Sign,
    Tier,
    advice,
    look_again,
    of_tier,
    sources,
)
from tests.domain.kit import Life

EMERGENCIES = ["saddle", "bladder", "legs", "chest", "accident", "sexual", "belly"]


@pytest.mark.parametrize("sign", SIGNS.values(), ids=lambda each: each.key)
def test_s0_and_s2_each_tick_of_a_warning_sign_leads_to_its_tier(sign: Sign) -> None:
    expected = CALL_EMERGENCY if sign.tier is Tier.EMERGENCY else CALL_TODAY
    assert advice([sign.key]) == (expected,)
    assert sign.source
    assert sign.words


def test_s3_bladder_control_is_an_emergency_and_so_are_the_others_of_the_list() -> None:
    assert [each.key for each in of_tier(Tier.EMERGENCY)] == EMERGENCIES


@pytest.mark.parametrize(
    "key",
    ["sleepless", "night", "into-arms", "below-knee", "one-side", "arms-weak", "unbearable"],
)
def test_s0_s2_s3_sleepless_spreading_weak_unsteady_or_unbearable_is_for_a_doctor_today(
    key: str,
) -> None:
    assert SIGNS[key].tier is Tier.TODAY


def test_s2_spasms_that_come_often_are_for_a_doctor_today() -> None:
    assert advice(["often"]) == (CALL_TODAY,)


def test_s4_constant_and_worse_with_movement_is_for_a_doctor_today() -> None:
    assert advice(["constant"]) == (CALL_TODAY,)


def test_the_most_urgent_comes_first_and_each_advice_once() -> None:
    assert advice(["fever", "saddle", "lump", "legs"]) == (CALL_EMERGENCY, CALL_TODAY)


def test_nothing_ticked_says_nothing_and_what_is_unknown_does_no_harm() -> None:
    assert advice([]) == ()
    assert advice(["of-a-later-version"]) == ()


def test_no_text_says_that_all_is_well() -> None:
    texts = [CALL_EMERGENCY, CALL_TODAY, IF_NOT_BETTER, LEAVE_IT_OFF, NO_VERDICT]
    for each in texts:
        assert "fine" not in each.lower()
        assert "score" not in each.lower()
    assert "no all-clear" in NO_VERDICT
    for number in ("112", "911", "999"):
        assert number in CALL_EMERGENCY


def test_each_source_is_named_once() -> None:
    assert len(set(sources())) == len(sources())
    assert any("NHS" in each for each in sources())


def log(life: Life, topic: Topic, text: str = "") -> None:
    life.sleep(1)
    life.do(cmd.Log(topic=topic, text=text))


def test_the_list_is_offered_again_when_a_symptom_is_noted_after_the_last_look() -> None:
    life = Life()
    assert not look_again(life.episode.entries, None)
    log(life, Topic.SYMPTOM, "tingling")
    assert look_again(life.episode.entries, None)
    looked = life.now
    assert not look_again(life.episode.entries, looked)
    log(life, Topic.SPREAD, "left leg")
    assert look_again(life.episode.entries, looked)
    log(life, Topic.SIGN, "below-knee")
    assert not look_again(life.episode.entries, looked), "to tick is to look"


def test_a_symptom_that_was_taken_back_and_a_mere_note_offer_nothing() -> None:
    life = Life()
    log(life, Topic.NOTE, "windy")
    log(life, Topic.SYMPTOM, "typo")
    life.do(cmd.WithdrawEntry(of=life.episode.entries[-1].at.wall))
    assert not look_again(life.episode.entries, None)
