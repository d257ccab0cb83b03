"""The limits of care.md, section 3, wherever a number comes in."""

from dataclasses import dataclass

import pytest

from backtimer.domain.declared import DECLARED
from backtimer.domain.errors import Refused
from backtimer.domain.limits import LIMITS, SESSIONS_BY_HAND, SNOOZE
from backtimer.domain.settings import Settings
from tests.domain.kit import plain_rules


@dataclass(frozen=True)
class Row:
    """A row of the table of care: hints are shown below `hint_below` and above `hint_above`."""

    least: int
    default: int
    most: int
    hint_below: int | None = None
    hint_above: int | None = None


TABLE = {
    "ice_min": Row(5, 20, 20),
    "heat_min": Row(5, 15, 30, hint_above=20),
    "cold_massage_min": Row(1, 5, 10, hint_above=5),
    "ice_rest_min": Row(30, 90, 480, hint_below=60),
    "heat_rest_min": Row(60, 90, 480, hint_below=90),
    "gap_min": Row(10, 30, 480, hint_below=30),
    "heat_after_h": Row(24, 72, 168, hint_above=72),
    "sessions_per_day": Row(1, 10, 12, hint_above=10),
    "skin_check_min": Row(3, 10, 15),
}


def test_the_table_is_whole() -> None:
    assert LIMITS.keys() == TABLE.keys()


@pytest.mark.parametrize("key", TABLE)
def test_each_number_has_the_least_default_and_most_of_the_table(key: str) -> None:
    limit, row = LIMITS[key], TABLE[key]
    assert (limit.least, limit.default, limit.most) == (row.least, row.default, row.most)
    assert limit.reason
    assert limit.source


@pytest.mark.parametrize("key", TABLE)
def test_a_number_at_its_limits_is_taken(key: str) -> None:
    for value in (TABLE[key].least, TABLE[key].most):
        assert Settings().with_value(key, value).get(key) == value
        assert getattr(plain_rules(**{key: value}), key) == value


@pytest.mark.parametrize("key", TABLE)
@pytest.mark.parametrize("by", [-1, 1])
def test_a_number_outside_is_refused_with_the_limit_its_reason_and_its_source(
    key: str, by: int
) -> None:
    limit, row = LIMITS[key], TABLE[key]
    value = row.least - 1 if by < 0 else row.most + 1
    for build in (
        lambda: Settings().with_value(key, value),
        lambda: DECLARED[key].parse(str(value)),
        lambda: plain_rules(**{key: value}),
    ):
        with pytest.raises(Refused) as refused:
            build()
        for part in (f"{row.least}–{row.most}", limit.reason, limit.source):
            assert part in str(refused.value)
    with pytest.raises(Refused, match=DECLARED[key].label):
        Settings().with_value(key, value)


@pytest.mark.parametrize("key", TABLE)
def test_a_number_in_the_hint_zone_is_taken_with_the_hint_and_outside_of_it_without(
    key: str,
) -> None:
    limit, row = LIMITS[key], TABLE[key]
    assert limit.hint_for(row.default) is None
    for value in range(row.least, row.most + 1):
        hinted = (row.hint_below is not None and value < row.hint_below) or (
            row.hint_above is not None and value > row.hint_above
        )
        assert bool(limit.hint_for(value)) == hinted
        assert DECLARED[key].hint_for(value) == (limit.hint if hinted else "")
        assert Settings().with_value(key, value).get(key) == value


@pytest.mark.parametrize("key", TABLE)
def test_the_source_of_a_number_can_be_shown(key: str) -> None:
    shown = DECLARED[key].source_text()
    for part in (LIMITS[key].range_text(), LIMITS[key].reason, LIMITS[key].source):
        assert part in shown


def test_what_is_no_number_has_no_hint_and_no_source() -> None:
    assert DECLARED["theme"].hint_for("dark") == ""
    assert DECLARED["ice_min"].hint_for("12") == ""
    assert DECLARED["theme"].source_text() == ""


def test_only_the_skin_check_can_be_off() -> None:
    assert Settings().with_value("skin_check_min", 0).rules().skin_check_min == 0
    assert [key for key, limit in LIMITS.items() if limit.zero_is_off] == ["skin_check_min"]
    assert LIMITS["skin_check_min"].range_text() == "3–15 min, or 0 for off"


def test_by_hand_the_day_has_as_many_sessions_as_can_be_set_at_the_most() -> None:
    assert SESSIONS_BY_HAND == 12
    assert LIMITS["sessions_per_day"].range_text() == "1–12"


def test_a_snooze_is_5_to_60_min_and_10_by_default() -> None:
    assert (SNOOZE.least, SNOOZE.default, SNOOZE.most) == (5, 10, 60)


def test_the_limits_of_the_two_documented_protocols_stay_as_they_are_sourced() -> None:
    with pytest.raises(Refused) as refused:
        Settings().with_value("ice_min", 45)
    assert str(refused.value) == (
        "Ice on can be 5–20 min: longer than 20 minutes can harm the skin, shorter than 5 does "
        "little (20 min in the usual back-spasm advice, 12–15 in some; leaflets stop at 20)."
    )
