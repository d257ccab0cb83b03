"""The episodes that are over: read a few events at a time, and kept until they are others."""

from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from backtimer.adapters.event_store import SqliteEventStore
from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.errors import DataError
from backtimer.domain.journal import told
from backtimer.domain.record import History
from backtimer.domain.rules import Rules
from backtimer.services.care import CareService
from backtimer.services.past import SLICE
from tests.event_examples import ended, moment, one_of_each, opened, rated, started
from tests.fakes import DISK_FULL, HandClock, MemoryStore
from tests.services.timer import Timer, at_rest

pytestmark = pytest.mark.usefixtures("qapp")  # what is long is read from its event loop

LOCKED = "Another program has it locked."


class Shelf(MemoryStore):
    """A record that counts the events that were read in parts, and may not be readable."""

    def __init__(self) -> None:
        super().__init__()
        self.read = 0
        self.fault = ""

    def in_parts(self) -> Iterator[History]:
        for part in super().in_parts():
            if self.fault:
                raise DataError(self.fault)
            self.read += len(part)
            yield part


def long_episode(events: int, begin: int = 0) -> History:
    """An episode of so many events that is over."""
    numbers = range(begin + 1, begin + events - 1)
    return (opened(begin), *(rated(n, n % 10) for n in numbers), ended(begin + events))


def is_known(timer: Timer) -> bool:
    return timer.care.past.ended is not None


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def timer(shelf: Shelf) -> Timer:
    return Timer(store=shelf)


def test_a_short_record_is_known_when_it_is_asked_for_and_is_read_once(
    timer: Timer, shelf: Shelf
) -> None:
    shelf.events += [opened(), started(1), ended(30), opened(50)]
    past, known = timer.care.past, list[bool]()
    past.known.connect(lambda: known.append(True))
    assert not is_known(timer)
    past.ask()
    past.ask()
    assert past.ended == ((opened(), started(1), ended(30)),), "the open one is not over"
    assert known == [True]
    assert shelf.read == 4


def test_a_long_record_is_read_a_few_events_at_a_time(
    timer: Timer, shelf: Shelf, qtbot: QtBot
) -> None:
    first, second = long_episode(5 * SLICE), long_episode(7 * SLICE - 5, 1000)
    shelf.events += [*first, *second]
    past = timer.care.past
    read: list[int] = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: read.append(shelf.read))
    beat.start()
    with qtbot.waitSignal(past.known):
        past.ask()
        assert shelf.read == SLICE
        assert not is_known(timer)
    beat.stop()
    assert past.ended == (first, second)
    assert len(set(read)) >= 10, "others have their turn in between"
    assert max(b - a for a, b in pairwise(read)) <= 2 * SLICE


def test_whoever_cannot_wait_has_all_of_it_at_once(timer: Timer, shelf: Shelf) -> None:
    shelf.events += long_episode(5 * SLICE)
    timer.care.past.finish()
    assert timer.care.past.ended == (long_episode(5 * SLICE),)


def test_ten_thousand_events_on_disk_leave_the_event_loop_its_turns(
    tmp_path: Path, qtbot: QtBot
) -> None:
    whole = [each for n in range(0, 10_000, 500) for each in long_episode(500, n)]
    with closing(SqliteEventStore(tmp_path / "backtimer.db")) as store:
        store.append(whole)
        past = CareService(store=store, clock=HandClock(), rules=Rules()).past
        beats: list[bool] = []
        beat = QTimer(interval=0)
        beat.timeout.connect(lambda: beats.append(True))
        beat.start()
        with qtbot.waitSignal(past.known, timeout=60_000):
            past.ask()
        beat.stop()
    assert past.ended is not None
    assert [each for history in past.ended for each in history] == whole
    # Never more than two parts of a hundred between two turns.
    assert len(beats) >= len(whole) / (2 * SLICE)


def test_what_happens_while_it_is_read_is_found_and_nothing_twice(
    timer: Timer, shelf: Shelf
) -> None:
    shelf.events += long_episode(3 * SLICE)
    past = timer.care.past
    past.ask()
    shelf.append(long_episode(5, 1000))
    past.finish()
    assert past.ended == (long_episode(3 * SLICE), long_episode(5, 1000))


def test_an_episode_that_ends_is_in_it_saved_or_not(timer: Timer, shelf: Shelf) -> None:
    past = timer.care.past
    past.finish()
    at_rest(timer)
    assert is_known(timer), "what goes on changes nothing"
    assert not past.ended
    shelf.failure = DISK_FULL
    timer.do(cmd.End())
    assert not is_known(timer)
    past.ask()
    assert past.ended is not None
    assert [type(each[-1]) for each in past.ended] == [ev.EpisodeEnded]


def test_an_ended_episode_that_is_corrected_is_told_anew(timer: Timer) -> None:
    at_rest(timer)
    timer.do(cmd.End())
    past = timer.care.past
    past.finish()
    assert past.ended is not None
    episode, until = told(past.ended[0], timer.clock.now())
    timer.care.amend(episode, until, cmd.WithdrawSession(of=episode.sessions[0].of))
    past.finish()
    assert past.ended is not None
    assert told(past.ended[0], timer.clock.now())[0].sessions[0].withdrawn


def test_another_record_in_its_place_is_read_anew_also_in_the_middle(
    timer: Timer, shelf: Shelf
) -> None:
    shelf.events += long_episode(3 * SLICE)
    past = timer.care.past
    past.ask()
    timer.care.replace(long_episode(5))
    past.finish()
    assert past.ended == (long_episode(5),)
    timer.care.replace(one_of_each())
    past.finish()
    assert past.ended is not None
    assert past.ended[0][-1] == one_of_each()[-1]


def test_a_record_that_was_rescued_is_read_anew(timer: Timer, shelf: Shelf) -> None:
    past = timer.care.past
    past.finish()
    shelf.events += long_episode(5)
    timer.care.restore_open_episode()
    past.finish()
    assert past.ended == (long_episode(5),)


def test_where_it_cannot_be_read_that_is_said_and_it_is_tried_again_afterwards(
    timer: Timer, shelf: Shelf
) -> None:
    shelf.events += long_episode(3 * SLICE)
    past = timer.care.past
    past.ask()
    shelf.fault = LOCKED
    past.finish()
    assert not past.ended
    assert is_known(timer)
    assert timer.troubles == [LOCKED]
    shelf.fault = ""
    timer.start()
    assert timer.troubles == [LOCKED, ""]
    past.finish()
    assert past.ended == (long_episode(3 * SLICE),)


def test_the_first_episode_is_told_from_a_later_one_by_the_first_few_events(
    timer: Timer, shelf: Shelf
) -> None:
    timer.do(cmd.RatePain(nrs=3))
    at_rest(timer)
    assert timer.care.is_first()
    timer.do(cmd.End())
    for n in range(500):
        shelf.events.insert(0, rated(-n, 1))
    timer.start()
    shelf.read = 0
    assert not timer.care.is_first()
    assert shelf.read == SLICE
    assert not timer.restarted().care.is_first()


def test_what_is_not_on_disk_or_cannot_be_read_is_taken_for_the_first(
    timer: Timer, shelf: Shelf
) -> None:
    shelf.failure = DISK_FULL
    timer.start()
    assert timer.care.is_first()
    shelf.failure = ""
    shelf.events += [opened(0)]
    shelf.fault = LOCKED
    assert timer.care.is_first()
    assert timer.troubles[-1] == LOCKED


def test_a_correction_of_an_earlier_episode_alone_makes_no_episode(
    timer: Timer, shelf: Shelf
) -> None:
    shelf.events += [opened(), rated(1, 4), ended(2)]
    shelf.events.append(ev.EntryWithdrawn(at=moment(9), of=moment(1).wall))
    timer.care.past.ask()
    assert timer.care.past.ended is not None
    (only,) = timer.care.past.ended
    assert [type(each) for each in only[-2:]] == [ev.EntryWithdrawn, ev.EpisodeEnded]
