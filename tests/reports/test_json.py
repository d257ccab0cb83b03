import json
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backtimer.domain.errors import DataError
from backtimer.domain.events import Event
from backtimer.reports import json as backup
from backtimer.reports.json import Backup, parse
from tests.event_examples import ended, one_of_each, opened, rated, started
from tests.scale import scaled

SETTINGS = {"version": 1, "volume": 30, "protocols": {"mine": {"copy_of": "manual"}}}


def render(episodes: Iterable[Sequence[Event]]) -> str:
    return backup.render(episodes, SETTINGS)


def refused(text: str) -> str:
    with pytest.raises(DataError) as caught:
        parse(text)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_what_was_rendered_is_read_back_as_it_was() -> None:
    episodes = (one_of_each(), (opened(50), ended(51)), (rated(52, 3), opened(53), started(54)))
    events = tuple(event for episode in episodes for event in episode)
    assert parse(render(episodes)) == Backup(events=events, settings=SETTINGS)


def test_an_empty_record_makes_the_round_trip() -> None:
    assert parse(render(())) == Backup(events=(), settings=SETTINGS)


@given(st.lists(st.sampled_from(one_of_each()), max_size=30))
@settings(deadline=None, database=None, derandomize=True)
def test_any_order_of_events_makes_the_round_trip(events: list[Event]) -> None:
    found = parse(render([events])).events
    assert list(found) == events
    assert render([found]) == render([events])


def test_the_text_is_as_the_interface_has_it() -> None:
    assert json.loads(render([(rated(0, 7, "bad"),)])) == {
        "format": "backtimer",
        "version": 3,
        "least_version": 3,
        "settings": SETTINGS,
        "events": [
            {
                "kind": "PainRated",
                "at": {
                    "wall": "2026-11-20T18:40:00.123456+05:30",
                    "boot": "a-boot",
                    "boot_s": 1000.0625,
                },
                "nrs": 7,
                "note": "bad",
            }
        ],
    }


def test_what_opens_something_is_not_passed_on() -> None:
    told = backup.render((), SETTINGS | {"phone_urls": ["ntfy://secret"]})
    assert parse(told).settings == SETTINGS


def test_a_backup_of_the_first_version_had_no_settings() -> None:
    text = json.dumps({"format": "backtimer", "version": 1, "events": []})
    assert parse(text) == Backup(events=())


def test_an_event_is_a_line_of_ascii() -> None:
    text = render([one_of_each()])
    assert text.isascii()
    assert len(text.splitlines()) == len(one_of_each()) + 2
    assert text.endswith("\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "backtimer",
        "[]",
        "null",
        "{}",
        "{" * 100_000,
        "[" * 100_000,
        '{"format": "backtimer", "version": 1, "events": NaN}',
        '{"format": "backtimer", "version": 1}',
        '{"format": "backtimer", "version": 1, "events": {}}',
        '{"format": "backtimer", "version": "1", "events": []}',
        '{"format": "backtimer", "version": true, "events": []}',
        '{"format": "backtimer", "version": 0, "events": []}',
        '{"format": "backtimer", "version": 3, "events": []}',
        '{"format": "backtimer", "version": 2, "least_version": 2, "settings": 1, "events": []}',
        '{"format": "backtimer", "version": 1, "events": [], "more": 1}',
        '{"format": "backtimer", "version": 1, "events": [], "events": []}',
        '{"format": "other", "version": 1, "events": []}',
        '{"format": "backtimer", "version": ' + "9" * 5000 + ', "events": []}',
        render([one_of_each()])[:-5],
        "\ufeff" + render([one_of_each()]),
    ],
)
def test_what_is_no_backup_is_refused(text: str) -> None:
    assert "no backup of Backtimer" in refused(text)


def test_a_newer_backup_is_refused() -> None:
    assert "newer Backtimer" in refused('{"format": "backtimer", "version": 4, "new": [[]]}')
    readable = json.loads(render([(rated(0, 7),)])) | {"version": 4, "new": [[]]}
    assert parse(json.dumps(readable)).events == (rated(0, 7),)
    assert "newer Backtimer" in refused(json.dumps(readable | {"least_version": 4}))
    assert "no backup" in refused(json.dumps(readable | {"least_version": 5}))


HOSTILE = [
    {"kind": "Unheard"},
    {"kind": ["PainRated"]},
    {"kind": None},
    {"nrs": "7"},
    {"nrs": 7.5},
    {"nrs": True},
    {"note": 5},
    {"note": None},
    {"more": 1},
    {"at": None},
    {"at": "now"},
    {"at": {}},
    {"at": {"wall": "2026-11-20T18:40:00", "boot": "b", "boot_s": 1}},
    {"at": {"wall": "yesterday", "boot": "b", "boot_s": 1}},
    {"at": {"wall": 5, "boot": "b", "boot_s": 1}},
    {"at": {"wall": "2026-11-20T18:40:00+01:00", "boot": 5, "boot_s": 1}},
    {"at": {"wall": "2026-11-20T18:40:00+01:00", "boot": "b", "boot_s": "x"}},
    {"at": {"wall": "2026-11-20T18:40:00+01:00", "boot": "b", "boot_s": 10**400}},
    {"at": {"wall": "2026-11-20T18:40:00+01:00", "boot": "b", "boot_s": None}},
]


@pytest.mark.parametrize("change", HOSTILE)
def test_an_event_that_cannot_be_is_refused_with_its_number(change: dict[str, Any]) -> None:
    found = json.loads(render([(opened(), rated(0, 7))]))
    found["events"][1] |= change
    assert "Event 2 " in refused(json.dumps(found))


@pytest.mark.parametrize("event", [None, 5, "PainRated", [], {}, {"kind": "PainRated"}, [[]]])
def test_something_that_is_no_event_is_refused(event: object) -> None:
    text = json.dumps({"format": "backtimer", "version": 1, "events": [event]})
    assert "Event 1 " in refused(text)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    refused(render([(rated(0, 7),)]).replace("1000.0625", number))


def test_a_name_that_stands_twice_in_an_event_is_refused() -> None:
    refused(render([(rated(0, 7),)]).replace('"nrs": 7', '"nrs": 7, "nrs": 8'))


def test_a_very_long_text_is_refused_in_a_short_sentence() -> None:
    long = "x" * 10_000_000
    text = render([(rated(0, 7, "short"),)])
    assert len(refused(text.replace("PainRated", long))) < 200
    assert len(refused(text.replace("a-boot", long).replace("2026", long))) < 200


def backup_of(event: Event) -> dict[str, Any]:
    """A sound backup of one event as JSON values."""
    found: dict[str, Any] = json.loads(render([(event,)]))
    return found


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each value inside `value`."""
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    return [path, *(each for key, inner in items for each in paths(inner, (*path, key)))]


PLACES = [(event, path) for event in one_of_each() for path in paths(backup_of(event)) if path]
ODD: st.SearchStrategy[object] = st.sampled_from(
    [None, True, -1, 0, 2, 10**30, 1.5, 1e308, "", "x", "ice", "0001-01-01T00:00:00+23:59", [], {}]
)


@given(place=st.sampled_from(PLACES), odd=ODD, drop=st.booleans())
@pytest.mark.scaled
@settings(
    max_examples=scaled(ci=2_000, soak=20_000), deadline=None, database=None, derandomize=True
)
def test_any_value_that_was_tampered_with_is_refused_or_comes_out_as_an_event(
    place: tuple[Event, tuple[Any, ...]], odd: object, *, drop: bool
) -> None:
    event, (*way, last) = place
    found = inner = backup_of(event)
    for key in way:
        inner = inner[key]
    if drop:
        del inner[last]
    else:
        inner[last] = odd
    try:
        events = parse(json.dumps(found)).events
    except DataError:
        return
    assert all(isinstance(each, Event) for each in events)
    assert parse(render([events])).events == events
