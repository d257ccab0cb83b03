import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backtimer.adapters.backups import Reason, kept
from backtimer.adapters.event_store import SqliteEventStore
from backtimer.adapters.migrations import VERSIONS, migrate
from backtimer.adapters.record_rows import INSERT, event_of, row_of
from backtimer.domain.errors import TooNew
from backtimer.domain.events import PainRated
from tests.adapters.record_kit import (
    aside,
    files,
    fill,
    open_to_write,
    opened_store,
    read,
    refused,
    small_disk,
    told_by,
    written,
)
from tests.event_examples import moment, one_of_each, opened, started


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
        with store._using() as connection:
            found = connection.execute("SELECT DISTINCT mood FROM events").fetchall()
        assert found == [("brave",)]
        store.append((started(51),))
        assert store.open_episode() == (opened(50), started(51))
    assert len(kept(path)) == 1  # not a second time


def test_before_a_record_is_brought_up_to_date_a_copy_is_made_that_can_be_opened(
    path: Path,
) -> None:
    written(path, one_of_each())
    open_to_write(path, versions=NEWER)
    (copy,) = kept(path)
    assert files(copy.parent) == {copy.name}
    assert read(copy) == (one_of_each(),)
    written(copy, (opened(50),))
    assert read(copy) == (one_of_each(), (opened(50),))


def test_the_copy_holds_what_is_still_in_the_write_ahead_log(path: Path) -> None:
    with opened_store(path) as running:
        running.append(one_of_each())
        open_to_write(path, versions=NEWER)
    (copy,) = kept(path)
    assert read(copy) == (one_of_each(),)


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    written(path, one_of_each())
    before = _tables(path)
    refused(lambda: open_to_write(path, versions=(*NEWER, _failing)))
    assert _tables(path) == before
    assert read(path) == (one_of_each(),)


def _tables(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as other:
        return other.execute("SELECT sql FROM sqlite_master").fetchall()


def test_without_room_for_a_copy_the_record_stays_as_it_is(tiny_disk: Path) -> None:
    path = tiny_disk / "backtimer.db"
    written(path, one_of_each() * 30)
    fill(tiny_disk, leave=path.stat().st_size - 16_384)
    assert "The disk is full" in refused(lambda: open_to_write(path, versions=NEWER))
    assert files(tiny_disk / "backups") == set()
    assert read(path) == (one_of_each(),) * 30


def test_on_a_full_disk_a_record_can_still_be_read_but_not_be_opened_to_write(
    tiny_disk: Path,
) -> None:
    path = tiny_disk / "backtimer.db"
    written(path, one_of_each())
    fill(tiny_disk)
    assert read(path) == (one_of_each(),)
    with opened_store(path) as store:
        assert "The disk is full" in refused(lambda: store.append((opened(50),)))
        assert store.episodes() == (one_of_each(),)


def test_a_damaged_record_is_saved_before_it_is_brought_up_to_date(path: Path) -> None:
    written(path, *(one_of_each() for _ in range(20)))
    content = bytearray(path.read_bytes())
    content[-4096:] = b"\xff" * 4096
    path.write_bytes(content)
    (told,) = told_by(path, versions=NEWER)
    assert "were saved" in told
    assert [each.read_bytes() for each in aside(path)] == [content]
    assert kept(path, Reason.UPDATE) == []


def test_only_the_newest_copies_stay(path: Path) -> None:
    written(path, (opened(),))
    for n in range(1, 9):
        open_to_write(path, versions=(*VERSIONS, *[_with_nothing_new] * n))
    assert len(kept(path)) == 3
    with closing(sqlite3.connect(kept(path)[0])) as newest:
        assert newest.execute("PRAGMA user_version").fetchone() == (len(VERSIONS) + 7,)


def test_a_newer_record_is_refused_and_stays_as_it_is(path: Path) -> None:
    with closing(SqliteEventStore(path, versions=NEWER)) as store:
        store.append((opened(),))
    content = path.read_bytes()
    with opened_store(path) as store:
        for each in (store.open_episode, store.episodes, lambda: store.append((opened(),))):
            with pytest.raises(TooNew, match="newer Backtimer"):
                each()
        with pytest.raises(TooNew):
            store.replace((opened(),))
    with pytest.raises(TooNew):
        SqliteEventStore.read(path)
    assert files(path.parent) == {path.name}
    assert path.read_bytes() == content


def test_who_only_reads_an_older_record_does_not_change_it(path: Path) -> None:
    written(path, one_of_each())
    content = path.read_bytes()
    with closing(SqliteEventStore.read(path, versions=NEWER)) as record:
        assert record.episodes() == (one_of_each(),)
        assert record.connection.execute("SELECT count(mood) FROM events").fetchone() == (
            len(one_of_each()),
        )
    assert path.read_bytes() == content
    assert files(path.parent) == {path.name}


def test_a_record_of_the_first_version_gets_its_checksums_and_keeps_every_event(
    path: Path,
) -> None:
    values = (*one_of_each(), opened(50))
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute("PRAGMA journal_mode = WAL")
        migrate(old, VERSIONS[:1])
        for n, event in enumerate(values, 1):
            row = row_of(n, 1 if event != opened(50) else 2, event)
            old.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", row[:-1])
    assert read(path) == (one_of_each(), (opened(50),))
    assert told_by(path) == []
    assert read(path) == (one_of_each(), (opened(50),))
    assert len(kept(path, Reason.UPDATE)) == 1
    with closing(sqlite3.connect(path)) as other, pytest.raises(sqlite3.IntegrityError):
        other.execute("DELETE FROM events")


@given(
    seconds=st.floats(-1e9, 1e9),
    boot=st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    note=st.text(),
)
@settings(max_examples=100, deadline=None, database=None, derandomize=True)
def test_every_number_and_every_text_keeps_its_checksum(
    seconds: float, boot: str, note: str
) -> None:
    at = replace(moment(), boot=boot, boot_s=seconds)
    row = row_of(1, 1, PainRated(at=at, nrs=3, note=note))
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(connection)
        connection.execute(INSERT, row)
        (found,) = connection.execute("SELECT * FROM events")
    assert found == row
    assert event_of(found) == PainRated(at=at, nrs=3, note=note)
