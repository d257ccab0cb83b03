"""Events to JSON and back: lossless for every event, and rubbish is a `DataError` alone."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.domain import codec
from backtimer.domain import events as ev
from backtimer.domain.clock import Moment
from backtimer.domain.errors import DataError
from tests.domain.event_strategies import events, moments
from tests.domain.kit import moment, reread

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


def names_below(kind: type[ev.Event]) -> set[str]:
    # Those of the program: other tests may have made one that cannot be kept.
    below = [each for each in kind.__subclasses__() if each.__module__ == ev.__name__]
    return {each.__name__ for each in below}.union(*(names_below(each) for each in below))


@given(events())
def test_every_event_survives_the_record(event: ev.Event) -> None:
    assert reread(event) == event
    assert type(reread(event)) is type(event)


@given(moments())
def test_every_moment_survives_with_its_offset(at: Moment) -> None:
    again = codec.moment_from_json(json.loads(json.dumps(codec.moment_to_json(at))))
    assert again == at
    assert again.wall.utcoffset() == at.wall.utcoffset()


def test_every_kind_of_event_has_its_name() -> None:
    abstract = {"SessionLeftOut", "Correction", "EntryCorrection", "SessionCorrection"}
    assert set(codec.KINDS) == names_below(ev.Event) - abstract


@given(st.sampled_from(sorted(codec.KINDS)) | st.text(), JSON)
def test_rubbish_is_a_data_error_or_an_event(kind: str, values: Any) -> None:
    with suppress(DataError):
        event = codec.event_from_json(kind, moment(), values)
        assert reread(event) == event


@given(st.data())
def test_an_event_with_any_value_exchanged_is_a_data_error_or_an_event(data: Any) -> None:
    event = data.draw(events())
    values = json.loads(json.dumps(codec.payload(event)))
    place, within = values, list(values)
    while within:
        name = data.draw(st.sampled_from(within))
        if not isinstance(place[name], dict | list) or not place[name] or data.draw(st.booleans()):
            if data.draw(st.booleans()) and isinstance(place, dict):
                del place[name]
            else:
                place[name] = data.draw(JSON)
            break
        place = place[name]
        within = list(place) if isinstance(place, dict) else list(range(len(place)))
    try:
        again = codec.event_from_json(codec.kind_of(event), event.at, values)
    except DataError:
        return
    assert reread(again) == again


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        [],
        "2026-06-01T08:00+02:00",
        {"wall": "2026-06-01T08:00", "boot": "b", "boot_s": 1},
        {"wall": "2026-06-01T08:00+02:00", "boot": 7, "boot_s": 1},
        {"wall": "2026-06-01T08:00+02:00", "boot": "b", "boot_s": "1"},
        {"wall": "2026-06-01T08:00+02:00", "boot": "b", "boot_s": True},
        {"wall": "2026-06-01T08:00+02:00", "boot": "b", "boot_s": float("nan")},
        {"wall": "2026-06-01T08:00+02:00", "boot": "b", "boot_s": float("inf")},
        {"wall": "2026-06-01T08:00+02:00", "boot": "b", "boot_s": 10**400},
        {"wall": 1780293600, "boot": "b", "boot_s": 1},
        {"wall": "yesterday", "boot": "b", "boot_s": 1},
    ],
)
def test_what_is_no_moment_is_a_data_error(value: Any) -> None:
    with pytest.raises(DataError):
        codec.event_from_json("OnsetChanged", moment(), {"onset": value})


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("Event", {}),
        ("SessionLeftOut", {}),
        (["Paused"], {}),
        ("PainRated", {"nrs": 11, "note": ""}),
        ("PainRated", {"nrs": -1, "note": ""}),
        ("PainRated", {"nrs": 3.0, "note": ""}),
        ("PainRated", {"nrs": True, "note": ""}),
        ("PainRated", {"nrs": 3, "note": None}),
        ("Snoozed", {"snooze_min": 10**30}),
        ("CardAnswered", {"modality": "fire", "answer": "none-of-these"}),
        ("ModalitySwitched", {"modality": "ice", "against_plan": 1}),
        ("SessionStarted", {"plan": {"parts": [], "rest_s": 1}}),
    ],
)
def test_what_is_no_event_is_a_data_error(kind: Any, values: Any) -> None:
    with pytest.raises(DataError, match="The record holds something that is no event"):
        codec.event_from_json(kind, moment(), values)


@pytest.mark.parametrize("wall", ["2026-11-20T18:40", "yesterday", None, 7])
def test_a_correction_names_a_time_with_its_zone(wall: Any) -> None:
    with pytest.raises(DataError):
        codec.event_from_json("EntryWithdrawn", moment(), {"of": wall})


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("ice_min", 45),
        ("ice_min", None),
        ("course", "ice-bath"),
        ("course", ["manual"]),
        ("when_due", "never"),
        ("quiet", {"from_min": 0, "to_min": 1440}),
        ("quiet", None),
    ],
)
def test_a_rule_that_cannot_be_is_a_data_error(rule: str, value: Any) -> None:
    with pytest.raises(DataError):
        codec.event_from_json("RulesChanged", moment(), {"rules": {rule: value}})


@pytest.mark.parametrize("rules", [None, "ice_min", ["ice_min"], 7])
def test_rules_that_are_no_object_are_a_data_error(rules: Any) -> None:
    with pytest.raises(DataError):
        codec.event_from_json("RulesChanged", moment(), {"rules": rules})


def test_a_rule_that_an_older_record_does_not_have_is_the_default() -> None:
    event = codec.event_from_json("RulesChanged", moment(), {"rules": {"ice_min": 12, "new": 1}})
    assert isinstance(event, ev.RulesChanged)
    assert (event.rules.ice_min, event.rules.heat_min) == (12, 15)


def test_a_plan_that_lasts_no_time_is_a_data_error() -> None:
    good = {"modality": "ice", "on_s": 60, "rest_before_s": 0}
    for parts, rest_s in (
        ([good | {"on_s": 0}], 60),
        ([good | {"rest_before_s": -1}], 60),
        ([good], -1),
    ):
        values = {"plan": {"parts": parts, "rest_s": rest_s}, "protocol": "p"}
        flags = {"early": False, "unconfirmed": False}
        with pytest.raises(DataError):
            codec.event_from_json("SessionStarted", moment(), values | flags)
        values["plan"] = {"parts": [good], "rest_s": 0}
        codec.event_from_json("SessionStarted", moment(), values | flags)


def test_a_text_that_is_longer_than_any_that_is_written_is_rubbish() -> None:
    values = {"nrs": 3, "note": "a" * (ev.TEXT_MOST + 1)}
    with pytest.raises(DataError):
        codec.event_from_json("PainRated", moment(), values)


def test_a_record_from_before_an_entry_could_be_of_earlier_is_read() -> None:
    event = codec.event_from_json("PainRated", moment(), {"nrs": 3, "note": ""})
    assert event == ev.PainRated(at=moment(), nrs=3)
    assert codec.payload(event) == {"nrs": 3, "note": ""}
