import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backtimer.adapters import backups, record_draft, replacing
from backtimer.adapters.backups import Reason, kept
from backtimer.adapters.event_store import SqliteEventStore
from backtimer.domain.events import Event
from tests.adapters.record_kit import (
    as_nobody,
    aside,
    files,
    fill,
    folder_open_to_all,
    is_root,
    opened_store,
    read,
    refused,
    small_disk,
    told_by,
    written,
)
from tests.event_examples import ended, one_of_each, opened, rated, started

IMPORTED: tuple[Event, ...] = (opened(), started(1), ended(2), opened(100), rated(101, 4))
EPISODES = (IMPORTED[:3], IMPORTED[3:])


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


def test_the_record_is_what_was_imported_and_goes_on_from_there(path: Path) -> None:
    with opened_store(path) as store:
        store.append(one_of_each())
        store.replace(IMPORTED)
        assert store.episodes() == EPISODES
        assert store.open_episode() == IMPORTED[3:]
        store.append((rated(102, 3),))
    assert read(path) == (IMPORTED[:3], (*IMPORTED[3:], rated(102, 3)))
    assert told_by(path) == []


def test_the_old_record_is_kept_as_a_copy(path: Path) -> None:
    with opened_store(path) as store:
        store.append(one_of_each())
        store.replace(IMPORTED)
    (copy,) = kept(path, Reason.IMPORT)
    assert read(copy) == (one_of_each(),)


def test_the_last_three_of_the_replaced_records_stay(path: Path) -> None:
    with opened_store(path) as store:
        for n in range(5):
            store.replace((opened(), rated(n, n)))
    assert [read(each)[0][1:] for each in kept(path, Reason.IMPORT)] == [
        (rated(n, n),) for n in (3, 2, 1)
    ]


def test_a_shorter_record_is_not_filled_up_from_the_copies_of_the_old_one(path: Path) -> None:
    with opened_store(path) as store:
        store.append(one_of_each())
        store.replace(IMPORTED[:2])
    path.write_bytes(b"")
    assert "2 entries were saved" in told_by(path)[0]
    assert read(path) == (IMPORTED[:2],)


def test_nothing_at_all_can_be_imported(path: Path) -> None:
    with opened_store(path) as store:
        store.append(one_of_each())
        store.replace(())
        assert store.episodes() == ()
    assert told_by(path, opened()) == []
    assert read(path) == ((opened(),),)


def test_where_there_was_no_record_the_imported_one_is_the_first(path: Path) -> None:
    with opened_store(path) as store:
        store.replace(IMPORTED)
    assert read(path) == EPISODES


def test_without_room_for_it_the_record_stays_as_it_was(tiny_disk: Path) -> None:
    path = tiny_disk / "backtimer.db"
    with opened_store(path) as store:
        store.append(one_of_each())
        many = tuple(rated(n, 3, "x" * 900) for n in range(200))
        filler = fill(tiny_disk, leave=120_000)
        assert "The disk is full" in refused(lambda: store.replace(many))
        assert store.episodes() == (one_of_each(),)
        assert files(tiny_disk) <= {path.name, f"{path.name}-wal", f"{path.name}-shm"} | {
            "filler",
            "backups",
        }
        filler.unlink()
        store.append((opened(50),))
    assert read(path) == (one_of_each(), (opened(50),))


@is_root
def test_in_a_folder_that_may_not_be_written_the_record_stays_as_it_was(
    open_to_all: Path,
) -> None:
    path = open_to_all / "backtimer.db"
    written(path, one_of_each())
    path.chmod(0o644)
    with as_nobody(), opened_store(path) as store:
        assert "may not be" in refused(lambda: store.replace(IMPORTED))
    assert read(path) == (one_of_each(),)
    assert files(open_to_all) == {path.name}


def test_while_another_program_reads_its_log_the_record_is_not_replaced(path: Path) -> None:
    written(path, one_of_each())
    with (
        opened_store(path, busy_s=0.0) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM events").fetchone()
        store.append((opened(50),))
        assert "Another program has" in refused(lambda: store.replace(IMPORTED))
        other.execute("ROLLBACK")
        assert store.open_episode() == (opened(50),)
        store.replace(IMPORTED)
    assert read(path) == EPISODES


def test_an_event_that_could_not_be_read_again_replaces_nothing(path: Path) -> None:
    written(path, one_of_each())
    bad = rated(1, 3)
    object.__setattr__(bad, "nrs", "three")
    with opened_store(path) as store:
        with pytest.raises(ValueError):  # noqa: PT011 - a bug of the caller
            store.replace((opened(), bad))
        assert store.episodes() == (one_of_each(),)


def test_a_damaged_record_is_saved_before_it_is_replaced(path: Path) -> None:
    written(path, (opened(), rated(1, 3, "quite all right")))
    content = path.read_bytes().replace(b"all right", b"all night")
    path.write_bytes(content[:-20] + bytes(20))
    with closing(SqliteEventStore(path)) as store:
        store.replace(IMPORTED)
    assert read(path) == EPISODES
    assert len(aside(path)) <= 1


UNREAD = "could not be read back. Check the disk."


def remains_as_it_was(path: Path) -> None:
    assert read(path) == (one_of_each(),)
    assert aside(path) == []
    assert told_by(path) == []


def test_a_draft_that_reads_back_as_something_else_is_no_damage_of_the_record(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(path, one_of_each())
    monkeypatch.setattr(replacing, "fill", lambda *_: None)
    with opened_store(path) as store:
        sentence = refused(lambda: store.replace(IMPORTED))
    assert UNREAD in sentence
    assert ".new" not in sentence
    remains_as_it_was(path)


def test_a_draft_that_sqlite_cannot_read_back_is_no_damage_of_the_record(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(path, one_of_each())
    monkeypatch.setattr(replacing, "fill", lambda draft, _: draft.write_bytes(b"x" * 9999))
    with opened_store(path) as store:
        assert UNREAD in refused(lambda: store.replace(IMPORTED))
    remains_as_it_was(path)


def test_a_draft_with_a_bad_row_is_no_damage_of_the_record(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(path, one_of_each())
    monkeypatch.setattr(record_draft, "is_sound_record", lambda _: False)
    with opened_store(path) as store:
        sentence = refused(lambda: store.replace(IMPORTED))
    assert UNREAD in sentence
    assert ".new" not in sentence
    remains_as_it_was(path)


def test_a_copy_that_reads_back_badly_is_no_damage_of_the_record(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(path, one_of_each())
    is_sound = backups.is_sound

    def of_the_record_only(connection: sqlite3.Connection) -> bool:
        (_, _, file), *_ = connection.execute("PRAGMA database_list").fetchall()
        if file.endswith(".new"):
            raise sqlite3.DatabaseError(file)
        return is_sound(connection)

    monkeypatch.setattr(backups, "is_sound", of_the_record_only)
    with opened_store(path) as store:
        sentence = refused(lambda: store.replace(IMPORTED))
    assert UNREAD in sentence
    assert ".new" not in sentence
    remains_as_it_was(path)
