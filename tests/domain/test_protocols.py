"""Each routine as its source has it, lived through in virtual time: starts, order, end, number."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.library import PROTOCOLS
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality
from backtimer.domain.protocol_words import in_words
from backtimer.domain.rules import Rules
from backtimer.domain.settings import Settings
from tests.domain.kit import COLD_MASSAGE, HEAT, ICE, Life, live_plan

HOUR_MIN, DAY_MIN = 60, 1440
Begun = list[tuple[float, Modality]]


def rules_of(protocol: str, **values: object) -> Rules:
    """The rules of `protocol` as it comes, without quiet hours."""
    settings = Settings().with_protocol(protocol)
    for key, value in ({"quiet_from": "00:00", "quiet_to": "00:00"} | values).items():
        settings = settings.with_value(key, value)
    return settings.rules()


def lived(rules: Rules, minutes: float, onset_h: float = 0) -> tuple[Life, Begun]:
    """A life that obeys at once, begun `onset_h` after the onset, and when each pack went on."""
    life, begun = Life(rules=rules), Begun()
    if onset_h:
        life.do(cmd.Start(onset=life.ago(onset_h * HOUR_MIN)))
        begun.append((0.0, life.episode.sessions[0].plan.modality))
    live_plan(life, minutes, begun)
    return life, begun


def starts(begun: Begun, modality: Modality) -> list[float]:
    return [at for at, each in begun if each is modality]


def most_in_a_day(life: Life) -> int:
    """The most sessions that began in any 24 hours."""
    begun = [each.begun for each in life.episode.sessions]
    return max(sum(1 for each in begun if 0 <= each.since(at) < 86_400) for at in begun)


def test_s4_ice_20_min_off_an_hour_and_a_half_again_starts_at_0_110_220_minutes() -> None:
    life, begun = lived(rules_of("ice-then-heat"), 4 * HOUR_MIN)
    assert begun == [(0, ICE), (110, ICE), (220, ICE)]
    assert life.episode.sessions[0].plan.on_s == 20 * 60


def test_s0_cold_in_the_first_three_days_only_then_hot_packs_up_to_day_7() -> None:
    life, begun = lived(rules_of("ice-then-heat"), 8 * DAY_MIN)
    assert max(starts(begun, ICE)) < 72 * HOUR_MIN <= min(starts(begun, HEAT))
    assert max(starts(begun, HEAT)) < 7 * DAY_MIN
    assert life.episode.sessions[-1].plan.on_s == 15 * 60
    assert life.view.next is None
    assert most_in_a_day(life) == 10


def test_s2_ice_15_min_every_couple_of_hours_for_two_days_starts_at_0_120_240_minutes() -> None:
    life, begun = lived(rules_of("short-ice"), 3 * DAY_MIN)
    assert begun[:3] == [(0, ICE), (120, ICE), (240, ICE)]
    assert life.episode.sessions[0].plan.on_s == 15 * 60
    assert DAY_MIN <= begun[-1][0] < 48 * HOUR_MIN, "it ends at 48 h"
    assert (life.phase, life.view.next) == (Phase.RESTING, None)
    assert most_in_a_day(life) == 8


@pytest.mark.parametrize("minutes", [12, 15])
def test_s2_ice_of_12_to_15_min_may_be_set_and_the_rest_stays(minutes: int) -> None:
    _, begun = lived(rules_of("short-ice", ice_min=minutes), 5 * HOUR_MIN)
    assert begun[1] == (minutes + 105, ICE)


def test_s2_moist_heat_comes_after_the_gap_and_the_next_ice_two_hours_after_the_last() -> None:
    life, begun = lived(rules_of("short-ice", moist_heat=True), 4 * HOUR_MIN)
    packs = [pack.part.modality for each in life.episode.sessions for pack in each.applications]
    assert packs == [ICE, HEAT, ICE, HEAT]
    assert [at for at, _ in begun] == [0, 45, 120, 165]
    ice, heat = life.episode.sessions[0].plan.parts
    assert (ice.on_s, heat.rest_before_s, heat.on_s) == (15 * 60, 30 * 60, 15 * 60)
    life, begun = lived(rules_of("short-ice", moist_heat=True), 3 * DAY_MIN)
    assert most_in_a_day(life) == 8
    assert max(starts(begun, ICE)) < 48 * HOUR_MIN


def test_s4_heat_15_min_then_cold_massage_keeps_its_order_three_times_a_day() -> None:
    life, begun = lived(rules_of("heat-then-cool"), DAY_MIN, onset_h=48)
    assert begun == [(0, HEAT), (140, HEAT), (280, HEAT)]
    for session in life.episode.sessions:
        heat, cool = session.applications
        assert (heat.part.modality, cool.part.modality) == (HEAT, COLD_MASSAGE)
        assert (heat.part.on_s, cool.part.on_s) == (15 * 60, 5 * 60)
        assert heat.removed
        assert cool.begun.since(heat.removed) == 0, "at once"
    assert most_in_a_day(life) == 3


def test_s4_heat_then_cool_is_planned_from_48_hours_on_and_repeats() -> None:
    life = Life(rules=rules_of("heat-then-cool"))
    life.start()
    life.wait(15)
    life.off()
    assert life.view.next
    assert life.view.next.at.since(life.now) / 60 == 48 * HOUR_MIN - 15
    _, begun = lived(rules_of("heat-then-cool"), 10 * DAY_MIN, onset_h=48)
    assert len(begun) == 30


def test_acp_2017_heat_first_is_heat_15_min_two_hours_off_three_times_a_day() -> None:
    life, begun = lived(rules_of("heat-first"), 8 * DAY_MIN)
    assert begun[:4] == [(0, HEAT), (135, HEAT), (270, HEAT), (DAY_MIN, HEAT)]
    assert {each for _, each in begun} == {HEAT}
    assert most_in_a_day(life) == 3
    assert begun[-1][0] < 7 * DAY_MIN


def test_heat_first_says_not_after_a_blow_with_bruise_or_swelling() -> None:
    told = PROTOCOLS["heat-first"].explanation
    assert "Not after a blow, with a bruise or swelling" in told


def test_bleakley_2006_ice_10_off_10_ice_10_and_the_next_start_at_120_minutes() -> None:
    life, begun = lived(rules_of("ice-10-10-10"), 5 * HOUR_MIN)
    assert begun == [(each, ICE) for each in (0, 20, 120, 140, 240, 260)]
    assert [part.on_s for part in life.episode.sessions[0].plan.parts] == [600, 600]
    assert len(life.episode.sessions) == 3, "both halves are one session"


def test_bleakley_2006_ends_at_72_hours_with_eight_sessions_a_day_at_most() -> None:
    life, begun = lived(rules_of("ice-10-10-10"), 4 * DAY_MIN)
    assert most_in_a_day(life) == 8
    assert max(at for at, _ in begun) < 72 * HOUR_MIN
    assert life.view.next is None


@pytest.mark.parametrize("modality", [ICE, HEAT])
def test_s3_ice_or_heat_by_hand_plans_nothing_and_obeys_the_limits(modality: Modality) -> None:
    life = Life(rules=rules_of("manual"))
    life.start(modality)
    assert life.episode.sessions[0].plan.on_s == 15 * 60
    life.wait(15)
    life.off()
    assert life.view.next is None
    assert "Your skin needs a rest" in life.refusal(cmd.Start(modality=modality))


def test_a_change_of_the_routine_takes_effect_from_the_next_session() -> None:
    life = Life(rules=rules_of("ice-then-heat"))
    life.start()
    life.wait(5)
    life.do(cmd.ChangeRules(rules=rules_of("short-ice")))
    assert life.until_min() == 15, "the running one keeps its promise"
    life.wait(15)
    life.off()
    assert life.next_min() == 90, "and so does its rest"
    life.wait(90)
    life.start()
    assert life.until_min() == 15


@pytest.mark.parametrize("protocol", sorted(PROTOCOLS))
def test_each_is_explained_in_two_lines_with_its_source(protocol: str) -> None:
    each = PROTOCOLS[protocol]
    assert 0 < len(each.explanation) <= 100
    assert 0 < len(each.source) <= 100


@pytest.mark.parametrize(
    ("protocol", "words"),
    [
        ("ice-then-heat", "Ice 20 min, 1 h 30 min off · heat 15 min after day three"),
        ("short-ice", "Ice 15 min, 1 h 45 min off"),
        ("heat-then-cool", "Heat 15 min, cold massage 5 min, 2 h off after day two"),
        ("heat-first", "Heat 15 min, 2 h off"),
        ("ice-10-10-10", "Ice 10 min, 10 min off, ice 10 min, 1 h 30 min off"),
        ("manual", "Nothing is planned: you start ice or heat yourself"),
    ],
)
def test_a_routine_is_told_in_one_line(protocol: str, words: str) -> None:
    assert in_words(rules_of(protocol)) == words


@pytest.mark.parametrize(
    ("after_h", "words"), [(48, "after day two"), (60, "after 60 h"), (168, "after day seven")]
)
def test_the_line_says_when_heat_takes_over(after_h: int, words: str) -> None:
    assert in_words(rules_of("ice-then-heat", heat_after_h=after_h)).endswith(words)


def test_the_line_tells_of_moist_heat_after_the_gap() -> None:
    told = in_words(rules_of("short-ice", moist_heat=True))
    assert told == "Ice 15 min, 30 min off, heat 15 min, 1 h off"
