import errno
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication

from backtimer.adapters import daily_backup
from backtimer.adapters.backups import KEEP, Reason, back_up, kept
from backtimer.adapters.daily_backup import DailyBackup
from backtimer.adapters.system_clock import elapsed_s
from tests.adapters.record_kit import (
    files,
    fill,
    opened_store,
    read,
    small_disk,
    written,
)
from tests.event_examples import one_of_each, opened, rated

DAY_S = 24 * 3600
ROOT = Path(__file__).parents[2]
Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "backtimer.db"


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as folder:
        yield folder


class Clocks:
    """Both clocks, for as long as nobody waits for them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.elapsed_s = 0.0
        self.wall_s = 0.0
        clocks = SimpleNamespace(
            time=lambda: time.time() + self.wall_s,
        )
        monkeypatch.setattr(daily_backup, "time", clocks)
        monkeypatch.setattr(daily_backup, "elapsed_s", lambda: elapsed_s() + self.elapsed_s)

    def run(self, seconds: float) -> None:
        self.elapsed_s += seconds
        self.wall_s += seconds


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    return Clocks(monkeypatch)


class Copier:
    """A `DailyBackup` that is waited for, and what it said."""

    def __init__(self, path: Path) -> None:
        self.backup = DailyBackup(record=path)
        self.said: list[str] = []
        self.backup.failed.connect(self.said.append)
        self.backup.damaged.connect(lambda: self.said.append("damaged"))

    def look(self) -> None:
        self.backup.look()
        while self.backup._work is not None:
            if self.backup._work._thread is not None:
                self.backup._work._thread.join()
            self.backup.look()


def aged(copy: Path, seconds: float) -> None:
    at = time.time() - seconds
    os.utime(copy, (at, at))


pytestmark = pytest.mark.usefixtures("qapp")


def test_the_first_look_makes_a_copy_and_the_next_ones_none(path: Path) -> None:
    written(path, one_of_each())
    copier = Copier(path)
    copier.look()
    (copy,) = kept(path, Reason.DAILY)
    assert read(copy) == (one_of_each(),)
    written(path, (opened(50),))
    for _ in range(5):
        copier.look()
    assert kept(path) == [copy]
    assert copier.said == []


def test_after_a_day_there_is_another_copy_where_something_changed(
    path: Path, clocks: Clocks
) -> None:
    written(path, one_of_each())
    copier = Copier(path)
    copier.look()
    clocks.run(DAY_S + 1)
    copier.look()
    assert len(kept(path)) == 1
    written(path, (opened(50),))
    clocks.run(DAY_S - 60)
    copier.look()
    assert len(kept(path)) == 1
    clocks.run(120)
    copier.look()
    assert len(kept(path)) == 2


def test_a_program_that_is_started_often_makes_no_more_copies(path: Path) -> None:
    written(path, one_of_each())
    for n in range(3):
        Copier(path).look()
        written(path, (rated(60 + n, 1),))
    assert len(kept(path)) == 1
    aged(kept(path)[0], DAY_S + 1)
    Copier(path).look()
    assert len(kept(path)) == 2


def test_a_clock_that_was_set_costs_one_more_copy_at_most_and_never_skips_a_day(
    path: Path, clocks: Clocks
) -> None:
    written(path, one_of_each())
    copier = Copier(path)
    copier.look()
    for step in (-400 * DAY_S, 800 * DAY_S, -400 * DAY_S):
        clocks.wall_s += step
        written(path, (rated(60, 1),))
        for _ in range(3):
            copier.look()
    assert len(kept(path)) == 1
    clocks.elapsed_s += DAY_S
    copier.look()
    assert len(kept(path)) == 2


def test_a_copy_of_tomorrow_does_not_keep_todays_from_being_made(path: Path) -> None:
    written(path, one_of_each())
    Copier(path).look()
    aged(kept(path)[0], -30 * DAY_S)
    written(path, (opened(50),))
    Copier(path).look()
    assert len(kept(path)) == 2
    written(path, (rated(60, 1),))
    Copier(path).look()
    assert len(kept(path)) == 2


def test_the_copies_of_a_week_stay_and_those_made_for_another_reason_too(path: Path) -> None:
    with opened_store(path) as store:
        for n in range(12):
            store.append((rated(n, 1),))
            for reason in Reason:
                with store._using() as connection:
                    back_up(connection, path, reason=reason)
    assert {reason: len(kept(path, reason)) for reason in Reason} == KEEP
    assert len(kept(path)) == sum(KEEP.values())


def test_an_empty_or_missing_record_is_not_copied(path: Path) -> None:
    Copier(path).look()
    assert files(path.parent) == set()
    written(path)
    copier = Copier(path)
    copier.look()
    assert kept(path) == []
    assert copier.said == []


def test_damage_is_told_and_not_copied(path: Path, clocks: Clocks) -> None:
    written(path, (opened(), rated(1, 3, "quite all right")))
    path.write_bytes(path.read_bytes().replace(b"all right", b"all night"))
    copier = Copier(path)
    copier.look()
    assert copier.said == ["damaged"]
    assert kept(path) == []
    with opened_store(path) as store:
        store.mend()
    clocks.run(601)
    copier.look()
    assert copier.said == ["damaged"]
    assert read(path) == ((opened(),),)


def test_a_full_disk_is_told_once_and_that_it_works_again_too(
    tiny_disk: Path, clocks: Clocks
) -> None:
    path = tiny_disk / "backtimer.db"
    written(path, one_of_each())
    filler = fill(tiny_disk)
    copier = Copier(path)
    for _ in range(3):
        copier.look()
        clocks.run(700)
    assert len(copier.said) == 1
    assert "The disk is full" in copier.said[0]
    assert files(tiny_disk / "backups") <= set()
    filler.unlink()
    copier.look()
    assert copier.said[1:] == [""]
    assert len(kept(path)) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="each system has another clock for it")
def test_time_asleep_counts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(path, one_of_each())
    copier = Copier(path)
    copier.look()
    written(path, (opened(50),))
    # As after a day asleep: the clock that stands still meanwhile has not moved.
    asleep = time.clock_gettime(time.CLOCK_BOOTTIME) + DAY_S
    monkeypatch.setattr(time, "clock_gettime", lambda _: asleep)
    copier.look()
    assert len(kept(path)) == 2


@pytest.mark.parametrize("call", ["exists", "stat", "glob"])
def test_a_folder_that_may_not_be_looked_at_is_told_once_and_that_it_may_again(
    path: Path, clocks: Clocks, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    written(path, one_of_each())
    copier = Copier(path)

    def forbidden(*_: object, **__: object) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, call, forbidden)
        for _ in range(3):
            copier.look()
            clocks.run(700)
    assert len(copier.said) == 1
    assert "may not be opened" in copier.said[0]
    copier.look()
    assert copier.said[1:] == [""]
    assert len(kept(path)) == 1


def test_without_another_thread_it_is_told_and_tried_again(
    path: Path, clocks: Clocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(path, one_of_each())
    copier = Copier(path)

    def none_left(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", none_left)
        for _ in range(2):
            copier.look()
            clocks.run(700)
        copier.backup.look()
        copier.backup.close()
    assert copier.said == [f"No copy of {path} was made: can't start new thread."]
    copier.look()
    clocks.run(700)
    copier.look()
    assert copier.said[1:] == [""]
    assert len(kept(path)) == 1


def test_the_main_thread_does_not_wait_for_a_copy(path: Path, until: Until) -> None:
    written(path, one_of_each())
    backup = DailyBackup(record=path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        begin = time.monotonic()
        backup.look()
        backup.look()
        assert time.monotonic() - begin < 0.5
        backup.close()
        assert time.monotonic() - begin < 4
        other.execute("ROLLBACK")
    until(lambda: backup._work is not None and not backup._work.is_running())


def test_closing_before_any_look_is_harmless(path: Path) -> None:
    DailyBackup(record=path).close()


def test_the_timer_goes_on_writing_while_a_copy_is_made(path: Path, until: Until) -> None:
    with opened_store(path) as store:
        store.append(one_of_each())
        backup = DailyBackup(record=path)
        backup.look()
        for n in range(20):
            store.append((rated(60 + n, 1),))
        until(lambda: backup._work is not None and not backup._work.is_running())
    assert len(kept(path)) == 1
    assert len(read(path)[1]) == 20
    QCoreApplication.processEvents()


_COPIES_FOR_EVER = """
import sys
from pathlib import Path
from backtimer.adapters.backups import Reason, back_up
from backtimer.adapters.event_store import SqliteEventStore
store = SqliteEventStore(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    with store._using() as connection:
        back_up(connection, Path(sys.argv[1]), reason=Reason.DAILY)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_program_leaves_whole_copies_and_no_heap_of_halves(path: Path) -> None:
    written(path, one_of_each())
    for n in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", _COPIES_FOR_EVER, path], cwd=ROOT, stdout=subprocess.PIPE
        ) as program:
            assert program.stdout
            program.stdout.readline()
            time.sleep(0.02 + 0.013 * n)
            program.send_signal(signal.SIGKILL)
    for each in kept(path):
        assert read(each) == (one_of_each(),)
    for each in (path.parent / "backups").glob(".*"):
        aged(each, 7200)
    with opened_store(path) as store, store._using() as connection:
        back_up(connection, path, reason=Reason.DAILY)
    assert list((path.parent / "backups").glob(".*")) == []
    assert len(kept(path)) <= KEEP[Reason.DAILY]
