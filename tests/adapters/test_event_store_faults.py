import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backtimer.adapters.backups import Reason, back_up
from backtimer.adapters.event_store import SqliteEventStore
from tests.adapters.record_kit import (
    NOBODY,
    as_nobody,
    files,
    fill,
    folder_open_to_all,
    is_root,
    open_to_write,
    opened_store,
    read,
    refused,
    small_disk,
    written,
)
from tests.event_examples import opened, rated, started


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "backtimer.db"


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as folder:
        yield folder


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    with folder_open_to_all() as folder:
        yield folder


@is_root
def test_a_new_record_in_a_folder_that_cannot_be_written_is_refused(open_to_all: Path) -> None:
    with as_nobody():
        sentence = refused(lambda: open_to_write(open_to_all / "backtimer.db"))
    assert "may not be written" in sentence
    assert files(open_to_all) == set()


@is_root
def test_a_record_that_cannot_be_written_any_more_is_refused(open_to_all: Path) -> None:
    path = open_to_all / "backtimer.db"
    written(path, (opened(),))
    path.chmod(0o644)
    with as_nobody(), opened_store(path) as store:
        assert "may not be" in refused(lambda: store.append((started(1),)))
        assert store.open_episode() == (opened(),)
    with opened_store(path) as store:
        store.append((started(1),))


@is_root
def test_a_record_that_may_not_be_read_is_refused(open_to_all: Path) -> None:
    path = open_to_all / "backtimer.db"
    written(path, (opened(),))
    with as_nobody():
        assert "may not be opened" in refused(lambda: SqliteEventStore.read(path))
    open_to_all.chmod(0o700)
    with as_nobody():
        assert "may not be opened" in refused(lambda: SqliteEventStore.read(path))
        assert "may not be opened" in refused(lambda: open_to_write(path))


def test_parts_of_a_record_that_may_not_be_read_any_more_are_refused(open_to_all: Path) -> None:
    path = open_to_all / "backtimer.db"
    with opened_store(path) as store:
        store.append(tuple(rated(n, 1) for n in range(150)))
        parts = store.in_parts()
        next(parts)
        store.close()
        path.rename(open_to_all / "backtimer.old")
        path.mkdir()
        refused(lambda: next(parts))


def test_a_full_disk_keeps_what_was_acknowledged_and_takes_more_when_there_is_room(
    tiny_disk: Path,
) -> None:
    path = tiny_disk / "backtimer.db"
    with opened_store(path) as store:
        store.append((opened(),))
        filler = fill(tiny_disk)
        big = tuple(rated(n, 1, "x" * 1000) for n in range(20))
        assert "The disk is full" in refused(lambda: store.append(big))
        assert store.open_episode() == (opened(),)
        assert read(path) == ((opened(),),)
        filler.unlink()
        store.append(big)
        assert store.open_episode() == (opened(), *big)


def test_a_new_record_on_a_full_disk_is_refused_and_leaves_nothing(tiny_disk: Path) -> None:
    fill(tiny_disk)
    assert "The disk is full" in refused(lambda: open_to_write(tiny_disk / "backtimer.db"))
    assert files(tiny_disk) == {"filler"}


def test_a_failing_disk_is_told_and_the_next_command_is_taken(path: Path) -> None:
    resource = pytest.importorskip("resource")
    with opened_store(path) as store:
        store.append((opened(),))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
        try:
            sentence = refused(lambda: store.append((rated(1, 1, "x" * 900),) * 100))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert "The disk failed" in sentence
        store.append((started(1),))
        assert store.open_episode() == (opened(), started(1))


def test_what_a_failing_disk_has_after_all_is_not_written_twice(path: Path) -> None:
    resource = pytest.importorskip("resource")
    late = tuple(rated(n, 1, "x" * 900) for n in range(100))
    with opened_store(path) as store:
        store.append((opened(),))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
        try:
            refused(lambda: store.append(late))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        written(path, late)  # as SQLite does with a log that it finds
        store.append((*late, started(2)))
        store.append(late)
        assert store.open_episode() == (opened(), *late, started(2), *late)


def test_a_locked_record_is_told_after_the_busy_time(path: Path) -> None:
    written(path, (opened(),))
    with opened_store(path, busy_s=0.0) as store:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert "Another program has" in refused(lambda: store.append((started(1),)))
            assert store.open_episode() == (opened(),)
            other.execute("ROLLBACK")
        store.append((started(1),))
        assert store.open_episode() == (opened(), started(1))


def test_a_record_that_another_program_holds_alone_is_refused(path: Path) -> None:
    written(path, (opened(),))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("CREATE TABLE more (x)")
        assert "Another program has" in refused(lambda: open_to_write(path, busy_s=0.0))
        assert "Another program has" in refused(lambda: SqliteEventStore.read(path, busy_s=0.0))


def test_a_folder_with_the_name_of_the_record_is_refused(path: Path) -> None:
    path.mkdir()
    refused(lambda: open_to_write(path))
    refused(lambda: SqliteEventStore.read(path))


def test_a_program_starts_from_its_record_on_a_full_disk_and_writes_when_there_is_room(
    tiny_disk: Path,
) -> None:
    path = tiny_disk / "backtimer.db"
    written(path, (opened(),))
    filler = fill(tiny_disk)
    with opened_store(path) as store:
        assert store.open_episode() == (opened(),)
        assert store.episodes() == ((opened(),),)
        for _ in range(3):
            assert "The disk is full" in refused(lambda: store.append((started(1),)))
        filler.unlink()
        store.append((started(1),))
        assert store.open_episode() == (opened(), started(1))


def test_a_program_starts_where_no_record_can_be_begun_and_begins_it_later(
    tiny_disk: Path,
) -> None:
    filler = fill(tiny_disk)
    with opened_store(tiny_disk / "backtimer.db") as store:
        assert store.open_episode() == ()
        assert "The disk is full" in refused(lambda: store.append((opened(),)))
        filler.unlink()
        store.append((opened(),))
        assert store.episodes() == ((opened(),),)


def test_a_record_that_is_gone_and_cannot_be_made_anew_is_not_taken_for_an_empty_one(
    tiny_disk: Path,
) -> None:
    path = tiny_disk / "backtimer.db"
    with opened_store(path) as store:
        store.append((opened(),))
        with store._using() as connection:
            back_up(connection, path, reason=Reason.DAILY)
    path.unlink()
    filler = fill(tiny_disk)
    with opened_store(path) as store:
        assert "The disk is full" in refused(store.open_episode)
        filler.unlink()
        assert store.open_episode() == (opened(),)


@is_root
def test_rights_that_are_lost_while_the_program_runs_are_told_and_found_again(
    open_to_all: Path,
) -> None:
    path = open_to_all / "backtimer.db"
    open_to_all.chmod(0o777)
    with as_nobody(), opened_store(path) as store:
        store.append((opened(),))
        os.seteuid(0)
        path.chmod(0)
        open_to_all.chmod(0o755)
        os.seteuid(NOBODY)
        store.close()
        assert "may not be" in refused(lambda: store.append((started(1),)))
        assert "may not be" in refused(store.open_episode)
        os.seteuid(0)
        path.chmod(0o600)
        open_to_all.chmod(0o777)
        os.seteuid(NOBODY)
        store.append((started(1),))
        assert store.open_episode() == (opened(), started(1))


def test_a_companion_that_is_removed_while_the_program_runs_loses_nothing(path: Path) -> None:
    with opened_store(path) as store:
        store.append((opened(),))
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink()
        store.append((started(1),))
        assert read(path) == ((opened(), started(1)),)
    written(path, (rated(2, 3),))
    assert read(path) == ((opened(), started(1), rated(2, 3)),)
