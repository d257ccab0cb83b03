import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backtimer.adapters.event_store import SqliteEventStore
from backtimer.domain.errors import DataError
from tests.adapters.record_kit import (
    as_nobody,
    files,
    fill,
    folder_open_to_all,
    is_root,
    opened_store,
    read,
    refused,
    small_disk,
    written,
)
from tests.event_examples import one_of_each, opened, rated, started


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
        sentence = refused(lambda: SqliteEventStore(open_to_all / "backtimer.db"))
    assert "may not be written" in sentence
    assert files(open_to_all) == set()


@is_root
def test_a_record_that_cannot_be_written_any_more_is_refused(open_to_all: Path) -> None:
    path = open_to_all / "backtimer.db"
    written(path, (opened(),))
    path.chmod(0o644)
    with as_nobody():
        sentence = refused(lambda: SqliteEventStore(path))
    assert "may not be" in sentence


@is_root
def test_a_record_that_may_not_be_read_is_refused(open_to_all: Path) -> None:
    path = open_to_all / "backtimer.db"
    written(path, (opened(),))
    with as_nobody():
        assert "may not be opened" in refused(lambda: SqliteEventStore.read(path))
    open_to_all.chmod(0o700)
    with as_nobody():
        assert "may not be opened" in refused(lambda: SqliteEventStore.read(path))
        assert "may not be opened" in refused(lambda: SqliteEventStore(path))


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
    assert "The disk is full" in refused(lambda: SqliteEventStore(tiny_disk / "backtimer.db"))
    assert files(tiny_disk) == {"filler"}


def test_a_failing_disk_is_told_and_the_next_command_is_taken(path: Path) -> None:
    resource = pytest.importorskip("resource")
    with opened_store(path) as store:
        store.append((opened(),))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
        try:
            sentence = refused(lambda: store.append((rated(1, 1, "x" * 90_000),)))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert "The disk failed" in sentence
        store.append((started(1),))
        assert store.open_episode() == (opened(), started(1))


def test_a_locked_record_is_told_after_the_busy_time(path: Path) -> None:
    with opened_store(path, busy_s=0.0) as store:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert "Another program has" in refused(lambda: store.append((opened(),)))
            other.execute("ROLLBACK")
        store.append((opened(),))
        assert store.open_episode() == (opened(),)


def test_a_record_that_another_program_holds_alone_is_refused(path: Path) -> None:
    written(path, (opened(),))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("CREATE TABLE more (x)")
        assert "Another program has" in refused(lambda: SqliteEventStore(path, busy_s=0.0))
        assert "Another program has" in refused(lambda: SqliteEventStore.read(path, busy_s=0.0))


@pytest.mark.parametrize(
    "content",
    [b"", b"my diary: it hurts\n", bytes(4096), b"SQLite format 3\x00" + bytes(100)],
    ids=["empty", "text", "zeros", "head only"],
)
def test_a_file_that_is_no_record_is_refused_and_stays_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "is damaged" in refused(lambda: SqliteEventStore(path))
    assert "is damaged" in refused(lambda: SqliteEventStore.read(path))
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE events (x)")
        other.execute("PRAGMA user_version = 1")
    assert "no record of Backtimer" in refused(lambda: SqliteEventStore(path))


def test_a_folder_with_the_name_of_the_record_is_refused(path: Path) -> None:
    path.mkdir()
    refused(lambda: SqliteEventStore(path))
    refused(lambda: SqliteEventStore.read(path))


@pytest.mark.parametrize(
    "bad",
    [
        "('Unheard', '2026-11-20T18:40:00+01:00', 'b', 1, '{}')",
        "('Paused', 'yesterday', 'b', 1, '{}')",
        "('Paused', '2026-11-20T18:40:00', 'b', 1, '{}')",
        "('Paused', 5, 'b', 1, '{}')",
        "('Paused', '2026-11-20T18:40:00+01:00', 'b', 'x', '{}')",
        "('Paused', '2026-11-20T18:40:00+01:00', 'b', 9e999, '{}')",
        "('Snoozed', '2026-11-20T18:40:00+01:00', 'b', 1, '{}')",
        "('Snoozed', '2026-11-20T18:40:00+01:00', 'b', 1, 'not json')",
        "('Snoozed', '2026-11-20T18:40:00+01:00', 'b', 1, '5')",
        "('Snoozed', '2026-11-20T18:40:00+01:00', 'b', 1, x'ff')",
        "('Snoozed', '2026-11-20T18:40:00+01:00', 'b', 1, replace(hex(zeroblob(9999)), '00', '['))",
        "('Paused', '2026-11-20T18:40:00+01:00', CAST(x'ff' AS TEXT), 1, '{}')",
    ],
)
def test_a_row_that_is_no_event_is_told_as_damage(path: Path, bad: str) -> None:
    written(path, (opened(),))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(  # the text is the test's own
            "INSERT INTO events (episode, kind, wall, boot, boot_s, payload) "  # noqa: S608
            f"SELECT 1, * FROM (VALUES {bad})"
        )
    with opened_store(path) as store:
        refused(store.open_episode)
        refused(store.episodes)


def test_an_episode_number_that_is_none_is_told_as_damage(path: Path) -> None:
    written(path, (opened(),))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(
            "INSERT INTO events (episode, kind, wall, boot, boot_s, payload) "
            "VALUES ('x', 'Paused', '2026-11-20T18:40:00+01:00', 'b', 1, '{}')"
        )
    with opened_store(path) as store:
        refused(store.open_episode)
        refused(lambda: store.append((started(1),)))


def test_flipped_bytes_and_missing_ends_never_give_anything_but_a_sentence(
    path: Path, tmp_path: Path
) -> None:
    written(path, *(one_of_each() for _ in range(20)))
    chance = random.Random(7)  # noqa: S311
    sound, told = path.read_bytes(), 0
    for n in range(300):
        content = bytearray(sound)
        for _ in range(chance.randrange(1, 20)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if n % 3 == 0:
            del content[chance.randrange(len(content)) :]
        damaged = tmp_path / "damaged.db"
        damaged.write_bytes(content)
        told += not _works(damaged)
    assert told > 100  # else the test damages nothing


def _works(path: Path) -> bool:
    try:
        with closing(SqliteEventStore.read(path)) as record:
            record.open_episode()
            record.episodes()
        written(path, (opened(),))
    except DataError:
        return False
    return True
