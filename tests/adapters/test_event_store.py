import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backtimer.adapters.backups import Reason, back_up
from backtimer.adapters.event_store import SqliteEventStore
from backtimer.domain.codec import KINDS
from backtimer.domain.events import Event
from tests.adapters.record_kit import (
    as_nobody,
    files,
    folder_open_to_all,
    is_root,
    opened_store,
    read,
    refused,
    written,
)
from tests.event_examples import ended, moment, one_of_each, opened, rated, started

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "backtimer.db"


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    with folder_open_to_all() as folder:
        yield folder


# --- what is kept --------------------------------------------------------------------------


def test_the_examples_have_every_kind_of_event() -> None:
    assert {type(each) for each in one_of_each()} == set(KINDS.values())


def test_what_was_appended_is_read_back_as_it_was(path: Path) -> None:
    written(path, one_of_each())
    assert read(path) == (one_of_each(),)


def test_a_store_that_was_never_asked_touches_nothing(path: Path) -> None:
    SqliteEventStore(path.parent / "not" / "there" / path.name).close()
    assert files(path.parent) == set()


def test_a_closed_store_opens_again_when_it_is_asked(path: Path) -> None:
    with opened_store(path) as store:
        store.append((opened(),))
        store.close()
        store.append((started(1),))
        assert store.open_episode() == (opened(), started(1))


def test_a_new_record_has_no_events(path: Path) -> None:
    with opened_store(path) as store:
        assert store.open_episode() == ()
        assert store.episodes() == ()


def test_the_open_episode_is_what_came_after_the_last_end(path: Path) -> None:
    first, second = (opened(), ended(1)), (opened(2), started(3))
    with opened_store(path) as store:
        store.append(first)
        assert store.open_episode() == ()
        store.append(second)
        assert store.open_episode() == second
        assert store.episodes() == (first, second)


def test_one_append_may_end_an_episode_and_begin_the_next(path: Path) -> None:
    batch = (opened(), ended(1), opened(2))
    with opened_store(path) as store:
        store.append(batch)
        assert store.open_episode() == batch[2:]


def test_a_rating_between_two_episodes_belongs_to_the_next(path: Path) -> None:
    written(path, (opened(), ended(1)), (rated(2, 4),))
    assert read(path) == ((opened(), ended(1)), (rated(2, 4),))


def test_another_opening_goes_on_with_the_same_episode(path: Path) -> None:
    written(path, (opened(),))
    written(path, (started(1),))
    assert read(path) == ((opened(), started(1)),)


def test_appending_nothing_does_not_even_wait_for_the_file(path: Path) -> None:
    written(path, (opened(),))
    with (
        opened_store(path, busy_s=0.0) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        store.append(())
    assert read(path) == ((opened(),),)


def test_two_stores_on_one_file_agree_about_the_open_episode(path: Path) -> None:
    with opened_store(path) as one, opened_store(path) as other:
        one.append((opened(), ended(1)))
        other.append((opened(2),))
        assert one.open_episode() == (opened(2),)


def test_the_folder_of_a_new_record_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "backtimer.db"
    written(path, (opened(),))
    assert read(path) == ((opened(),),)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_only_its_owner_can_read_the_record_and_its_companions(path: Path) -> None:
    with opened_store(path) as store:
        store.append((opened(),))
        modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    assert modes == dict.fromkeys(("backtimer.db", "backtimer.db-wal", "backtimer.db-shm"), 0o600)


def test_closing_leaves_one_file(path: Path) -> None:
    written(path, (opened(),))
    assert files(path.parent) == {path.name}


# --- append-only ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET kind = 'Paused'",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT * FROM events",
    ],
)
def test_sqlite_itself_refuses_to_change_the_record(path: Path, change: str) -> None:
    written(path, one_of_each())
    with (
        closing(sqlite3.connect(path)) as other,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        other.execute(change)
    assert read(path) == (one_of_each(),)


# --- all or nothing ------------------------------------------------------------------------


class _Unwritable(Event):
    __slots__ = ()

    @property
    def at(self) -> None:  # type: ignore[override] # the point of it
        raise RuntimeError("a bug in the middle of a command")


def test_events_of_a_command_that_fails_half_way_are_not_kept(path: Path) -> None:
    with opened_store(path) as store:
        store.append((opened(),))
        broken = _Unwritable.__new__(_Unwritable)
        with pytest.raises(RuntimeError):
            store.append((started(1), broken))
        assert store.open_episode() == (opened(),)
        store.append((started(2),))
        assert store.open_episode() == (opened(), started(2))


def test_an_event_that_could_not_be_read_again_is_not_written(path: Path) -> None:
    bad = rated(1, 3)
    object.__setattr__(bad, "nrs", "three")
    with opened_store(path) as store:
        store.append((opened(),))
        with pytest.raises(ValueError):  # noqa: PT011 - a bug of whoever made it
            store.append((started(1), bad))
        store.append((started(2),))
        assert store.open_episode() == (opened(), started(2))


def test_an_acknowledged_command_is_in_the_file_before_the_store_is_closed(path: Path) -> None:
    with opened_store(path) as store:
        store.append((opened(), started(1)))
        assert read(path) == ((opened(), started(1)),)


def test_every_commit_waits_for_the_disk_and_two_seconds_for_another_program(path: Path) -> None:
    with opened_store(path) as store, store._using() as connection:
        ((journal,),) = connection.execute("PRAGMA journal_mode")
        found = [
            connection.execute(f"PRAGMA {each}").fetchone()[0]
            for each in ("synchronous", "fullfsync", "foreign_keys", "busy_timeout")
        ]
    assert (journal, found) == ("wal", [2, 1, 1, 2000])


_APPENDS_FOR_EVER = """
import sys
from pathlib import Path
from backtimer.adapters.event_store import SqliteEventStore
from tests.event_examples import rated
store = SqliteEventStore(Path(sys.argv[1]))
done = len(store.open_episode()) // 3
while True:
    store.append([rated(done, 3, str(part)) for part in range(3)])
    print(done, flush=True)
    done += 1
"""


def _killed_after(path: Path, answers: int) -> int:
    """How many commands were acknowledged by a program that was killed at some instant."""
    with subprocess.Popen(
        [sys.executable, "-c", _APPENDS_FOR_EVER, path],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout
        for _ in range(answers):
            assert program.stdout.readline()
        program.send_signal(signal.SIGKILL)
        rest = program.stdout.read()
    return answers + rest.count("\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_program_leaves_every_acknowledged_command_and_no_half_of_one(path: Path) -> None:
    chance = random.Random(2)  # noqa: S311
    acknowledged = 0
    for _ in range(12):
        acknowledged = max(acknowledged, _kept_after_kill(path, chance.randrange(0, 60)))


def _kept_after_kill(path: Path, answers: int) -> int:
    before = _commands(path)
    acknowledged = before + _killed_after(path, answers)
    after = _commands(path)
    # The last command may be on disk without its answer having come.
    assert acknowledged <= after <= acknowledged + 1
    return after


def _commands(path: Path) -> int:
    events = [event for episode in read(path) for event in episode]
    commands = len(events) // 3
    assert events == [rated(n, 3, str(part)) for n in range(commands) for part in range(3)]
    return commands


# --- reading without writing ---------------------------------------------------------------


def test_reading_where_there_is_no_record_finds_an_empty_one_and_makes_none(path: Path) -> None:
    with closing(SqliteEventStore.read(path)) as record:
        assert record.open_episode() == ()
        assert record.episodes() == ()
    assert files(path.parent) == set()


@pytest.mark.parametrize("left", ["backups", "log"])
def test_reading_where_the_record_is_gone_is_refused_and_tells_how_it_comes_back(
    path: Path, left: str
) -> None:
    written(path, (opened(),))
    if left == "backups":
        with opened_store(path) as store, store._using() as connection:
            back_up(connection, path, reason=Reason.DAILY)
    else:
        path.with_name(f"{path.name}-wal").write_bytes(b"what was written last")
    path.unlink()
    before = files(path.parent)
    assert "Start Backtimer" in refused(lambda: SqliteEventStore.read(path))
    assert files(path.parent) == before


def test_reading_while_the_program_runs_sees_all_that_was_acknowledged(path: Path) -> None:
    with opened_store(path) as store:
        store.append((opened(),))
        with closing(SqliteEventStore.read(path)) as record:
            assert record.open_episode() == (opened(),)
            store.append((started(1),))
            assert record.open_episode() == (opened(), started(1))


def test_reading_leaves_no_other_file_behind(path: Path) -> None:
    written(path, one_of_each())
    read(path)
    assert files(path.parent) == {path.name}


def test_who_reads_cannot_write(path: Path) -> None:
    written(path, (opened(),))
    with (
        closing(SqliteEventStore.read(path)) as record,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        record.connection.execute("CREATE TABLE more (x)")


@is_root
def test_a_record_in_a_folder_that_cannot_be_written_is_read(open_to_all: Path) -> None:
    path = open_to_all / "backtimer.db"
    written(path, one_of_each())
    path.chmod(0o644)
    with as_nobody():
        assert read(path) == (one_of_each(),)
    assert files(open_to_all) == {path.name}


# --- size ----------------------------------------------------------------------------------


def test_the_open_episode_is_found_without_a_look_at_the_ended_ones(path: Path) -> None:
    written(path, (opened(), ended(1)), (opened(2), started(3)))
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TRIGGER events_do_not_change")
        other.execute("UPDATE events SET payload = 'nonsense' WHERE seq = 1")
        other.commit()
    told: list[str] = []
    with closing(SqliteEventStore(path, on_rescue=told.append)) as store:
        assert store.open_episode() == (opened(2), started(3))
    assert told == []


def test_the_record_is_read_in_parts_that_leave_it_free_for_others(path: Path) -> None:
    whole = tuple(rated(n, n % 10) for n in range(250))
    with opened_store(path) as store:
        store.append(whole)
        parts = store.in_parts()
        assert next(parts) == whole[:100]
        written(path, (started(300),))
        store.close()
        assert [len(each) for each in parts] == [100, 51]


def test_a_damaged_part_is_saved_as_far_as_it_can_be_and_read_on(path: Path) -> None:
    whole = tuple(rated(n, n % 10) for n in range(250))
    written(path, whole)
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TRIGGER events_do_not_change")
        other.execute("UPDATE events SET payload = 'nonsense' WHERE seq = 240")
        other.commit()
    told: list[str] = []
    with closing(SqliteEventStore(path, on_rescue=told.append)) as store:
        read = [each for part in store.in_parts() for each in part]
    assert read[:200] == list(whole[:200])
    assert set(read) <= set(whole)
    assert told


def test_moments_of_another_zone_and_boot_keep_their_offset(path: Path) -> None:
    written(path, one_of_each())
    first = read(path)[0][0]
    assert first.at == moment()
    assert first.at.wall.utcoffset() == moment().wall.utcoffset()
