import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backtimer.adapters.backups import kept
from backtimer.adapters.event_store import SqliteEventStore
from backtimer.adapters.migrations import VERSIONS
from tests.adapters.record_kit import (
    files,
    fill,
    opened_store,
    read,
    refused,
    small_disk,
    written,
)
from tests.event_examples import one_of_each, opened, started


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "backtimer.db"


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as folder:
        yield folder


def _with_mood(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE events ADD COLUMN mood TEXT NOT NULL DEFAULT 'brave'")


def _with_nothing_new(_: sqlite3.Connection) -> None:
    pass


def _failing(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE events ADD COLUMN half TEXT")
    connection.execute("SELECT nonsense")


NEWER = (*VERSIONS, _with_mood)


def test_an_older_record_is_brought_up_to_date_and_keeps_its_events(path: Path) -> None:
    written(path, one_of_each(), (opened(50),))
    with closing(SqliteEventStore(path, versions=NEWER)) as store:
        assert store.episodes() == (one_of_each(), (opened(50),))
        assert store._connection.execute("SELECT DISTINCT mood FROM events").fetchall() == [
            ("brave",)
        ]
        store.append((started(51),))
        assert store.open_episode() == (opened(50), started(51))
    assert len(kept(path)) == 1  # not a second time


def test_before_a_record_is_brought_up_to_date_a_copy_is_made_that_can_be_opened(
    path: Path,
) -> None:
    written(path, one_of_each())
    SqliteEventStore(path, versions=NEWER).close()
    (copy,) = kept(path)
    assert files(copy.parent) == {copy.name}
    assert read(copy) == (one_of_each(),)
    written(copy, (opened(50),))
    assert read(copy) == (one_of_each(), (opened(50),))


def test_the_copy_holds_what_is_still_in_the_write_ahead_log(path: Path) -> None:
    with opened_store(path) as running:
        running.append(one_of_each())
        SqliteEventStore(path, versions=NEWER).close()
    (copy,) = kept(path)
    assert read(copy) == (one_of_each(),)


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    written(path, one_of_each())
    before = _tables(path)
    refused(lambda: SqliteEventStore(path, versions=(*NEWER, _failing)))
    assert _tables(path) == before
    assert read(path) == (one_of_each(),)


def _tables(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as other:
        return other.execute("SELECT sql FROM sqlite_master").fetchall()


def test_without_room_for_a_copy_the_record_stays_as_it_is(tiny_disk: Path) -> None:
    path = tiny_disk / "backtimer.db"
    written(path, one_of_each() * 30)
    fill(tiny_disk, leave=path.stat().st_size - 16_384)
    assert "The disk is full" in refused(lambda: SqliteEventStore(path, versions=NEWER))
    assert files(tiny_disk / "backups") == set()
    assert read(path) == (one_of_each(),) * 30


def test_on_a_full_disk_a_record_can_still_be_read_but_not_be_opened_to_write(
    tiny_disk: Path,
) -> None:
    path = tiny_disk / "backtimer.db"
    written(path, one_of_each())
    fill(tiny_disk)
    assert read(path) == (one_of_each(),)
    assert "The disk is full" in refused(lambda: SqliteEventStore(path))


def test_a_damaged_record_is_not_brought_up_to_date(path: Path) -> None:
    written(path, *(one_of_each() for _ in range(20)))
    content = bytearray(path.read_bytes())
    content[-4096:] = b"\xff" * 4096
    path.write_bytes(content)
    assert "is damaged" in refused(lambda: SqliteEventStore(path, versions=NEWER))
    assert kept(path) == []
    assert path.read_bytes() == content


def test_only_the_newest_copies_stay(path: Path) -> None:
    written(path, (opened(),))
    for n in range(1, 9):
        SqliteEventStore(path, versions=(*VERSIONS, *[_with_nothing_new] * n)).close()
    assert len(kept(path)) == 5
    with closing(sqlite3.connect(kept(path)[0])) as newest:
        assert newest.execute("PRAGMA user_version").fetchone() == (8,)


def test_a_newer_record_is_refused_and_stays_as_it_is(path: Path) -> None:
    with closing(SqliteEventStore(path, versions=NEWER)) as store:
        store.append((opened(),))
    content = path.read_bytes()
    assert "newer Backtimer" in refused(lambda: SqliteEventStore(path))
    assert "newer Backtimer" in refused(lambda: SqliteEventStore.read(path))
    assert path.read_bytes() == content


def test_who_only_reads_an_older_record_does_not_change_it(path: Path) -> None:
    written(path, one_of_each())
    content = path.read_bytes()
    with closing(SqliteEventStore.read(path, versions=NEWER)) as record:
        assert record.episodes() == (one_of_each(),)
        assert record._connection.execute("SELECT count(mood) FROM events").fetchone() == (
            len(one_of_each()),
        )
    assert path.read_bytes() == content
    assert files(path.parent) == {path.name}
