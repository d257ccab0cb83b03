"""The stand-ins keep the promises of the ports, as far as a test relies on them."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backtimer.adapters.event_store import SqliteEventStore
from backtimer.domain.clock import HOUR_S
from backtimer.domain.errors import DataError
from backtimer.domain.ports import Alarm, Clock, EventStore, SleepInhibitor, Speaker, Waking
from backtimer.domain.settings import Settings
from backtimer.services.settings import SettingsStore
from tests.event_examples import ended, one_of_each, opened, rated, started
from tests.fakes import (
    DISK_FULL,
    MONDAY_8,
    HandAlarm,
    HandClock,
    HandInhibitor,
    HandSpeaker,
    HandWaking,
    MemorySettings,
    MemoryStore,
)


def test_the_stand_ins_are_what_the_ports_ask_for() -> None:
    # mypy looks at these lines.
    clock: Clock = HandClock()
    alarm: Alarm = HandAlarm()
    store: EventStore = MemoryStore()
    settings: SettingsStore = MemorySettings()
    inhibitor: SleepInhibitor = HandInhibitor()
    waking: Waking = HandWaking()
    speaker: Speaker = HandSpeaker()
    stand_ins = (clock, alarm, store, settings, inhibitor, waking, speaker)
    assert all(each is not None for each in stand_ins)


# --- the clock ---


def test_the_clock_stands_until_it_is_moved() -> None:
    clock = HandClock()
    assert clock.now() == clock.now()
    assert clock.now().wall == MONDAY_8


def test_a_minute_of_care_is_a_minute_on_both_clocks() -> None:
    clock = HandClock()
    before = clock.now()
    clock.pass_min(90)
    assert clock.now().boot_s - before.boot_s == 5400
    assert (clock.now().wall - before.wall).total_seconds() == 5400


def test_a_fast_clock_passes_more_care_than_real_time() -> None:
    clock = HandClock(speed=600)
    before = clock.now()
    clock.pass_real_s(2)
    assert clock.now().since(before) == 1200
    clock.pass_min(20)
    assert clock.now().since(before) == 2400


def test_setting_the_wall_clock_leaves_elapsed_time_alone() -> None:
    clock = HandClock()
    before = clock.now()
    clock.set_wall(hours=-5)
    assert clock.now().since(before) == 0
    assert (clock.now().wall - before.wall).total_seconds() == -5 * HOUR_S


def test_after_another_start_of_the_machine_only_the_wall_clock_has_seen_both() -> None:
    clock = HandClock()
    before = clock.now()
    clock.reboot(minutes=2)
    assert clock.now().boot != before.boot
    assert clock.now().since(before) == 120


# --- the alarm ---


def test_the_alarm_remembers_what_was_set_last() -> None:
    alarm = HandAlarm()
    alarm.set(5)
    alarm.set(0)
    assert alarm.delay_s == 0
    alarm.cancel()
    assert alarm.delay_s is None


def test_the_alarm_rings_everybody_and_is_no_longer_set() -> None:
    alarm = HandAlarm()
    rung: list[float | None] = []
    alarm.on_ring(lambda: rung.append(alarm.delay_s))
    alarm.on_ring(lambda: alarm.set(7))
    alarm.set(3)
    alarm.ring()
    assert rung == [None]
    assert alarm.delay_s == 7


# --- the record: what the real one does too ---


@pytest.fixture(params=["in memory", "on disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventStore]:
    if request.param == "in memory":
        yield MemoryStore()
        return
    with closing(SqliteEventStore(tmp_path / "backtimer.db")) as real:
        yield real


def test_an_empty_record_has_no_episode(store: EventStore) -> None:
    assert store.open_episode() == ()
    assert store.episodes() == ()


def test_nothing_appended_changes_nothing(store: EventStore) -> None:
    store.append(())
    assert store.episodes() == ()


def test_what_was_appended_is_there_in_its_order(store: EventStore) -> None:
    events = one_of_each()
    store.append(events[:3])
    store.append(events[3:-1])
    assert store.open_episode() == events[:-1]


def test_an_ended_episode_is_no_longer_open(store: EventStore) -> None:
    store.append((opened(), started(0), ended(30)))
    assert store.open_episode() == ()
    store.append((rated(40, 3), opened(50)))
    assert store.open_episode() == (rated(40, 3), opened(50))
    assert store.episodes() == (
        (opened(), started(0), ended(30)),
        (rated(40, 3), opened(50)),
    )


def test_the_parts_are_the_whole_and_what_is_appended_meanwhile(store: EventStore) -> None:
    first = tuple(rated(n, n % 10) for n in range(150))
    store.append(first)
    parts = store.in_parts()
    assert next(parts) == first[:100]
    store.append((opened(), started(200)))
    assert next(parts) == (*first[100:], opened(), started(200))
    store.append((ended(300),))
    assert list(parts) == [(ended(300),)]


def test_an_empty_record_has_no_parts(store: EventStore) -> None:
    assert list(store.in_parts()) == []


# --- failing ---


def test_a_failing_disk_takes_none_of_the_events() -> None:
    store = MemoryStore()
    store.append((opened(),))
    store.failure = DISK_FULL
    with pytest.raises(DataError, match="disk is full"):
        store.append((started(0), rated(1, 4)))
    assert store.open_episode() == (opened(),)
    store.failure = ""
    store.append((started(0),))
    assert store.open_episode() == (opened(), started(0))
    assert store.tries == 3


def test_a_failing_place_for_settings_keeps_none() -> None:
    place = MemorySettings()
    place.failure = DISK_FULL
    with pytest.raises(DataError, match="disk is full"):
        place.save(Settings())
    assert place.saved == []
    place.failure = ""
    place.save(Settings())
    assert place.saved == [Settings()]


# --- sleep ---


def test_the_inhibitor_holds_until_it_is_released_however_often_each_is_asked_for() -> None:
    inhibitor = HandInhibitor()
    seen = [inhibitor.is_held]
    for change in (inhibitor.hold, inhibitor.hold, inhibitor.release, inhibitor.release):
        change()
        seen.append(inhibitor.is_held)
    assert seen == [False, True, True, False, False]
    assert (inhibitor.holds, inhibitor.releases) == (2, 2)


def test_the_outlook_is_told_once_it_is_known_and_at_each_change() -> None:
    inhibitor = HandInhibitor()
    early: list[str] = []
    late: list[str] = []
    inhibitor.on_outlook(early.append)
    assert early == []
    inhibitor.foresee("It may sleep.")
    inhibitor.foresee("It may sleep.")
    inhibitor.on_outlook(late.append)
    inhibitor.foresee("")
    assert early == late == ["It may sleep.", ""]


def test_everybody_hears_that_the_machine_woke_up() -> None:
    waking = HandWaking()
    heard: list[str] = []
    waking.on_wake(lambda: heard.append("one"))
    waking.on_wake(lambda: heard.append("other"))
    waking.wake()
    assert heard == ["one", "other"]


def test_the_speaker_says_the_newest_words_until_it_is_hushed() -> None:
    speaker = HandSpeaker()
    heard = [speaker.now]
    for words in ("Hold.", "Let go."):
        speaker.speak(words)
        heard.append(speaker.now)
    for _ in range(2):
        speaker.hush()
        heard.append(speaker.now)
    assert heard == ["", "Hold.", "Let go.", "", ""]
    assert speaker.said == ["Hold.", "Let go."]
