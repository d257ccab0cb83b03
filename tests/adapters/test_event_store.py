import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from backtimer.adapters.backups import kept
from backtimer.adapters.event_store import SqliteEventStore
from backtimer.adapters.migrations import VERSIONS
from backtimer.domain.codec import KINDS
from backtimer.domain.errors import DataError
from backtimer.domain.events import Event
from tests.event_examples import ended, moment, one_of_each, opened, rated, started

ROOT = Path(__file__).parents[2]
NOBODY = 65534
is_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can do this to a folder"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "backtimer.db"


@contextmanager
def opened_store(path: Path, busy_s: float = 2.0) -> Iterator[SqliteEventStore]:
    with closing(SqliteEventStore(path, busy_s=busy_s)) as store:
        yield store


def written(path: Path, *batches: tuple[Event, ...]) -> None:
    with opened_store(path) as store:
        for each in batches:
            store.append(each)


def read(path: Path) -> tuple[tuple[Event, ...], ...]:
    with closing(SqliteEventStore.read(path)) as record:
        return record.episodes()


def files(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


# --- what is kept --------------------------------------------------------------------------


def test_the_examples_have_every_kind_of_event() -> None:
    assert {type(each) for each in one_of_each()} == set(KINDS.values())


def test_what_was_appended_is_read_back_as_it_was(path: Path) -> None:
    written(path, one_of_each())
    assert read(path) == (one_of_each(),)


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


def test_appending_nothing_writes_nothing(path: Path) -> None:
    written(path, ())
    assert read(path) == ()


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


def test_an_acknowledged_command_is_in_the_file_before_the_store_is_closed(path: Path) -> None:
    with opened_store(path) as store:
        store.append((opened(), started(1)))
        assert read(path) == ((opened(), started(1)),)


def test_every_commit_waits_for_the_disk(path: Path) -> None:
    with opened_store(path) as store:
        ((journal,),) = store._connection.execute("PRAGMA journal_mode")
        ((synchronous,),) = store._connection.execute("PRAGMA synchronous")
    assert (journal, synchronous) == ("wal", 2)


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
        record._connection.execute("CREATE TABLE more (x)")


@contextmanager
def as_nobody() -> Iterator[None]:
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that every user can enter: pytest's own are its user's alone."""
    folder = Path("/tmp") / f"backtimer-test-{os.getpid()}"  # noqa: S108 - made and removed here
    folder.mkdir()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@is_root
def test_a_record_in_a_folder_that_cannot_be_written_is_read(open_to_all: Path) -> None:
    path = open_to_all / "backtimer.db"
    written(path, one_of_each())
    path.chmod(0o644)
    with as_nobody():
        assert read(path) == (one_of_each(),)
    assert files(open_to_all) == {path.name}


# --- faults --------------------------------------------------------------------------------


def refused(open_it: Callable[[], object]) -> str:
    with pytest.raises(DataError) as caught:
        open_it()
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    assert "\n" not in sentence
    return sentence


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


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "none", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine does not let the test mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return filler


def test_a_full_disk_keeps_what_was_acknowledged_and_takes_more_when_there_is_room(
    tiny_disk: Path,
) -> None:
    path = tiny_disk / "backtimer.db"
    with opened_store(path) as store:
        store.append((opened(),))
        filler = fill(tiny_disk)
        big = tuple(rated(n, 1, "x" * 1000) for n in range(20))
        assert "disk is full" in refused(lambda: store.append(big))
        assert store.open_episode() == (opened(),)
        assert read(path) == ((opened(),),)
        filler.unlink()
        store.append(big)
        assert store.open_episode() == (opened(), *big)


def test_a_new_record_on_a_full_disk_is_refused_and_leaves_nothing(tiny_disk: Path) -> None:
    fill(tiny_disk)
    assert "disk is full" in refused(lambda: SqliteEventStore(tiny_disk / "backtimer.db"))
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
            assert "locked" in refused(lambda: store.append((opened(),)))
            other.execute("ROLLBACK")
        store.append((opened(),))
        assert store.open_episode() == (opened(),)


def test_a_record_that_another_program_holds_alone_is_refused(path: Path) -> None:
    written(path, (opened(),))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("CREATE TABLE more (x)")
        assert "locked" in refused(lambda: SqliteEventStore(path, busy_s=0.0))
        assert "locked" in refused(lambda: SqliteEventStore.read(path, busy_s=0.0))


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


# --- versions ------------------------------------------------------------------------------


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
    refused(lambda: SqliteEventStore(path, versions=(*NEWER, _failing)))
    assert read(path) == (one_of_each(),)


def test_without_room_for_a_copy_the_record_stays_as_it_is(tiny_disk: Path) -> None:
    path = tiny_disk / "backtimer.db"
    written(path, one_of_each())
    filler = fill(tiny_disk)
    assert "disk is full" in refused(lambda: SqliteEventStore(path, versions=NEWER))
    assert kept(path) == []
    assert read(path) == (one_of_each(),)
    assert files(tiny_disk / "backups") == set()
    filler.unlink()
    assert read(path) == (one_of_each(),)


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


# --- size ----------------------------------------------------------------------------------


def test_the_open_episode_is_found_without_a_look_at_the_ended_ones(path: Path) -> None:
    with opened_store(path) as store:
        plan = store._connection.execute(
            "EXPLAIN QUERY PLAN SELECT * FROM events WHERE episode = 3 ORDER BY seq"
        ).fetchall()
    assert [row[-1] for row in plan] == ["SEARCH events USING INDEX events_of_episode (episode=?)"]


def test_moments_of_another_zone_and_boot_keep_their_offset(path: Path) -> None:
    written(path, one_of_each())
    first = read(path)[0][0]
    assert first.at == moment()
    assert first.at.wall.utcoffset() == moment().wall.utcoffset()
