import os
import random
import shutil
import sqlite3
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from backtimer.adapters import salvage
from backtimer.adapters.backups import Reason, back_up, kept
from backtimer.adapters.event_store import SqliteEventStore
from backtimer.adapters.migrations import APPLICATION_ID, VERSIONS, VERSIONS_MOST
from backtimer.adapters.migrations.v2_checksums import crc_of
from backtimer.adapters.rescue import rescue
from backtimer.adapters.salvage import salvaged
from backtimer.domain.errors import TooNew
from backtimer.domain.events import Event
from tests.adapters.record_kit import (
    aside,
    files,
    fill,
    opened_store,
    read,
    refused,
    small_disk,
    told_by,
    written,
)
from tests.event_examples import ended, one_of_each, opened, rated, started
from tests.scale import scaled


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "backtimer.db"


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as folder:
        yield folder


def copied(path: Path) -> None:
    with opened_store(path) as store, store._using() as connection:
        back_up(connection, path, reason=Reason.DAILY)


def sql(path: Path, *statements: str) -> None:
    """Change the record behind its own back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for each in ("stay", "do_not_change", "are_not_replaced"):
            other.execute(f"DROP TRIGGER IF EXISTS events_{each}")
        for each in statements:
            other.execute(each)


@contextmanager
def a_reader(path: Path) -> Iterator[None]:
    """As long as it reads, what is written stays in the log."""
    written(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM events").fetchone()
        yield


def ratings(count: int, begin: int = 0) -> tuple[Event, ...]:
    return tuple(rated(n, n % 11, f"note {n}") for n in range(begin, begin + count))


def events(path: Path) -> list[Event]:
    return [event for episode in read(path) for event in episode]


# --- every kind of damage ------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"", b"my diary: it hurts\n", bytes(4096), b"SQLite format 3\x00" + bytes(100)],
    ids=["empty", "text", "zeros", "head only"],
)
def test_a_file_that_is_no_record_is_set_aside_and_a_new_one_begun(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    assert "is damaged" in refused(lambda: SqliteEventStore.read(path))
    (told,) = told_by(path, opened())
    (kept_as,) = aside(path)
    assert told == (
        f"Your record was damaged. It is kept as {kept_as}. "
        "Nothing could be read, so a new record was begun."
    )
    assert kept_as.read_bytes() == content
    assert read(path) == ((opened(),),)


@pytest.mark.parametrize(
    "content",
    [b"", b"my diary: it hurts\n", bytes(4096)],
    ids=["empty", "text", "zeros"],
)
def test_where_nothing_can_be_read_the_newest_copy_is_taken(path: Path, content: bytes) -> None:
    written(path, one_of_each(), ratings(5))
    copied(path)
    path.write_bytes(content)
    (told,) = told_by(path)
    assert f"{len(one_of_each()) + 5} entries were saved. The last one is of 20 Nov" in told
    assert read(path) == (one_of_each(), ratings(5))
    assert [each.read_bytes() for each in aside(path)] == [content]


def test_a_database_of_another_program_is_set_aside(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE events (x)")
        other.execute("PRAGMA user_version = 1")
    content = path.read_bytes()
    (told,) = told_by(path, opened())
    assert "a new record was begun" in told
    assert [each.read_bytes() for each in aside(path)] == [content]


def test_a_table_that_is_a_sum_without_end_does_not_hang(path: Path) -> None:
    written(path, ratings(3))
    sql(
        path,
        "ALTER TABLE events RENAME TO hidden",
        "CREATE VIEW events AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
        "SELECT x AS seq, 1 AS episode, '' AS kind, '' AS wall, '' AS boot, 1.0 AS boot_s, "
        "'' AS payload, 1 AS crc FROM n",
    )
    assert "is damaged" in refused(lambda: SqliteEventStore.read(path))
    (told,) = told_by(path)
    assert "3 entries were saved" in told
    assert events(path) == [*ratings(3)]


def test_a_record_without_its_mark_is_set_aside_and_all_of_it_saved(path: Path) -> None:
    written(path, ratings(9))
    sql(path, "PRAGMA application_id = 7")
    assert "9 entries were saved" in told_by(path)[0]
    assert events(path) == [*ratings(9)]


def test_a_truncated_record_keeps_what_is_left_and_what_the_copy_has(path: Path) -> None:
    written(path, ratings(100))
    copied(path)
    written(path, ratings(100, begin=100))
    os.truncate(path, path.stat().st_size // 2)
    content = path.read_bytes()
    (told,) = told_by(path)
    assert "entries were saved" in told
    assert events(path)[:100] == [*ratings(100)]
    assert [each.read_bytes() for each in aside(path)] == [content]


def test_a_record_that_lost_its_end_has_it_again_from_the_copy(path: Path) -> None:
    written(path, ratings(10))
    old = path.read_bytes()
    written(path, ratings(5, begin=10))
    copied(path)
    path.write_bytes(old)
    assert "15 entries were saved" in told_by(path)[0]
    assert events(path) == [*ratings(15)]
    assert told_by(path) == []


def test_a_record_that_went_on_otherwise_than_its_copy_is_left_alone(path: Path) -> None:
    written(path, ratings(10))
    old = path.read_bytes()
    written(path, ratings(5, begin=10))
    copied(path)
    path.write_bytes(old)
    (copy,) = kept(path)
    away = copy.replace(path.with_name("away"))
    written(path, (started(99),))
    away.replace(copy)
    assert told_by(path) == []
    assert events(path) == [*ratings(10), started(99)]


def test_a_missing_log_loses_nothing(path: Path, tmp_path: Path) -> None:
    with opened_store(path) as store:
        for each in ratings(20):
            store.append((each,))
        alone = tmp_path / "alone" / path.name
        alone.parent.mkdir()
        shutil.copyfile(path, alone)
        assert events(alone) == [*ratings(20)]
        assert told_by(alone) == []


def test_what_only_the_log_has_is_saved_too(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / path.name
    other.parent.mkdir()
    with opened_store(path) as store, a_reader(path):
        store.append(ratings(200))
        for end in ("", "-wal"):
            shutil.copyfile(f"{path}{end}", f"{other}{end}")
    damaged = bytearray(other.read_bytes())
    damaged[100:] = b"\xff" * len(damaged[100:])
    other.write_bytes(damaged)
    assert "200 entries were saved" in told_by(other)[0]
    assert events(other) == [*ratings(200)]
    (kept_as,) = aside(other)
    # SQLite has carried the log over, page by page; what it does not have is as it was.
    assert kept_as.read_bytes()[8192:12288] == damaged[8192:12288]


def test_a_log_is_not_lost_with_an_empty_record(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / path.name
    other.parent.mkdir()
    with opened_store(path) as store, a_reader(path):
        store.append(ratings(7))
        shutil.copyfile(f"{path}-wal", f"{other}-wal")
    other.touch()
    assert "7 entries were saved" in told_by(other)[0]
    assert events(other) == [*ratings(7)]


def test_a_log_without_its_record_is_saved_too(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / path.name
    other.parent.mkdir()
    with opened_store(path) as store, a_reader(path):
        store.append(ratings(7))
        shutil.copyfile(f"{path}-wal", f"{other}-wal")
    assert "7 entries were saved" in told_by(other)[0]
    assert events(other) == [*ratings(7)]


def test_a_command_that_was_never_acknowledged_is_not_saved_by_halves(
    path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / path.name
    other.parent.mkdir()
    with opened_store(path) as store, a_reader(path):
        store.append(ratings(10))
        done = Path(f"{path}-wal").stat().st_size
        store.append(ratings(90, begin=10))
        log = Path(f"{path}-wal").read_bytes()
    Path(f"{other}-wal").write_bytes(log[: done + (len(log) - done) * 2 // 3])
    # Without the record, so that SQLite does not look at the log.
    assert "10 entries were saved" in told_by(other)[0]
    assert events(other) == [*ratings(10)]


def test_the_log_of_the_damaged_record_does_not_stay_beside_the_new_one(
    path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / path.name
    other.parent.mkdir()
    with opened_store(path) as store, a_reader(path):
        store.append(ratings(7))
        shutil.copyfile(f"{path}-wal", f"{other}-wal")
    other.write_text("my diary")
    assert "7 entries were saved" in rescue(other, versions=VERSIONS)
    assert files(other.parent) - {each.name for each in aside(other)} == {
        other.name,
        "backups",
        f"{aside(other)[0].name}-wal",
    }


def test_a_record_that_was_removed_comes_back_from_its_copy(path: Path) -> None:
    written(path, ratings(4))
    copied(path)
    path.unlink()
    (told,) = told_by(path)
    assert told.startswith(f"Your record {path} was gone. 4 entries were saved")
    assert events(path) == [*ratings(4)]


BAD_ROWS = [
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
]


@pytest.mark.parametrize("bad", BAD_ROWS)
@pytest.mark.parametrize("is_sealed", [True, False], ids=["right checksum", "no checksum"])
def test_a_row_that_is_no_event_is_damage(path: Path, bad: str, is_sealed: bool) -> None:
    written(path, (opened(), started(1)))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(  # the text is the test's own
            "INSERT INTO events (episode, kind, wall, boot, boot_s, payload) "  # noqa: S608
            f"SELECT 1, * FROM (VALUES {bad})"
        )
    if is_sealed:
        sealed(path)
    with closing(SqliteEventStore.read(path)) as record:
        refused(record.open_episode)
        refused(record.episodes)
    told: list[str] = []
    with closing(SqliteEventStore(path, on_rescue=told.append)) as store:
        store.append((started(2),))
        assert store.open_episode() == (opened(), started(1), started(2))
    assert "2 entries were saved" in told[0]
    assert len(told) == 1


def sealed(path: Path) -> None:
    """Give each row the checksum of what is in it, whatever that is."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.text_factory = lambda raw: raw.decode("utf-8", "replace")
        other.execute("DROP TRIGGER IF EXISTS events_do_not_change")
        for *row, _ in other.execute("SELECT * FROM events").fetchall():
            other.execute("UPDATE events SET crc = ? WHERE seq = ?", (crc_of(row), row[0]))


@pytest.mark.parametrize("number", ["'x'", "x'01'", "0", "-3"])
def test_an_episode_number_that_is_none_is_damage(path: Path, number: str) -> None:
    written(path, (opened(), started(1)))
    sql(path, f"UPDATE events SET episode = {number} WHERE seq = 2")  # noqa: S608
    sealed(path)
    with closing(SqliteEventStore.read(path)) as record:
        refused(record.open_episode)
    assert "1 entry was saved." in told_by(path, started(2))[0]
    assert events(path) == [opened(), started(2)]


def test_a_byte_that_sqlite_does_not_miss_is_missed(path: Path) -> None:
    written(path, (opened(), rated(1, 3, "quite all right"), rated(2, 4)))
    content = path.read_bytes()
    assert content.count(b"quite all right") == 1
    path.write_bytes(content.replace(b"quite all right", b"quite all night"))
    (told,) = told_by(path)
    assert "2 entries were saved. 1 entry was lost, from after 20 November 2026 18:40." in told
    assert events(path) == [opened(), rated(2, 4)]


def test_damage_that_shows_while_the_program_runs_is_mended_and_the_command_taken(
    path: Path,
) -> None:
    told: list[str] = []
    with closing(SqliteEventStore(path, on_rescue=told.append)) as store:
        store.append((opened(), rated(1, 3, "one"), rated(2, 3, "two")))
        content = path.read_bytes()
        path.write_bytes(content.replace(b'"two"', b'"TWO"'))
        with store._using() as connection:
            connection.execute("PRAGMA shrink_memory")
        store.append((started(3),))
        assert store.open_episode() == (opened(), rated(1, 3, "one"), started(3))
    (sentence,) = told
    assert "2 entries were saved. 1 entry was lost, from after 20 November 2026 18:41." in sentence


def test_a_lost_end_is_counted_where_the_program_wrote_it_itself(path: Path) -> None:
    told: list[str] = []
    with closing(SqliteEventStore(path, on_rescue=told.append)) as store:
        store.append(ratings(6))
        path.write_bytes(b"")
        store.mend()
        assert store.episodes() == ()
        store.mend()
    assert "Nothing could be read" in told[0]
    assert len(told) == 2


def test_the_same_loss_is_told_once(path: Path) -> None:
    written(path, (opened(), rated(1, 3, "one"), rated(2, 3, "two")))
    path.write_bytes(path.read_bytes().replace(b'"one"', b'"ONE"'))
    assert "1 entry was lost" in told_by(path)[0]
    path.write_bytes(path.read_bytes().replace(b'"two"', b'"TWO"'))
    (told,) = told_by(path)
    # The second is in the copy that the first rescue left.
    assert "lost" in told
    assert "1 entry was lost" not in told
    assert events(path) == [opened(), rated(2, 3, "two")]


def test_an_episode_whose_end_is_lost_is_not_one_with_the_next(path: Path) -> None:
    first, second = (opened(), rated(1, 3), ended(2)), (opened(100), rated(101, 4))
    written(path, first, second)
    content = path.read_bytes()
    assert content.count(b"EpisodeEnded") == 1
    path.write_bytes(content.replace(b"EpisodeEnded", b"EpisodeEndet"))
    assert len(told_by(path)) == 1
    with opened_store(path) as store:
        assert store.open_episode() == second
        store.append((started(102),))
        assert store.open_episode() == (*second, started(102))
    assert read(path) == (first[:-1], (*second, started(102)))


@pytest.mark.parametrize(
    ("bad", "sentences"),
    [
        ((0,), "2 entries were saved. 1 entry was lost: the first of the record."),
        ((0, 1), "1 entry was saved. 2 entries were lost, the first of the record among them."),
        ((1, 2), "1 entry was saved. 2 entries were lost, from after 20 November 2026 18:40."),
    ],
)
def test_what_was_saved_and_lost_is_told_in_numbers(
    path: Path, bad: tuple[int, ...], sentences: str
) -> None:
    told: list[str] = []
    with closing(SqliteEventStore(path, on_rescue=told.append)) as store:
        store.append(ratings(3))
        content = path.read_bytes()
        for n in bad:
            content = content.replace(b"note %d" % n, b"eton %d" % n)
        path.write_bytes(content)
        store.mend()
    assert told[0].endswith(sentences)


def test_a_slow_machine_saves_as_much(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(path, ratings(100))
    hours = count(0, 3600)
    monkeypatch.setattr(time, "monotonic", lambda: float(next(hours)))
    assert len({row[0] for row in salvaged(path)}) == 100


def test_rubbish_that_looks_like_long_rows_takes_no_time_without_end(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Heads of rows of 15 MB, which go on in page 2, and from there in page 2 again.
    head = bytes([12, 0, 1, 13, 13, 13, 7]) + bytes([0x8E, 0xA7, 0x87, 0x13]) + bytes([4])
    page = (b"\0\0\0\2" + head * 30).ljust(4096 - 3700, b"\0") + b"\0\0\0\2" * 925
    path.write_bytes(page * 20)
    looks = 0

    def looked(*_: object) -> bytes:
        nonlocal looks
        looks += 1
        assert looks < 6000
        return page

    monkeypatch.setattr(salvage._Pages, "fetch", looked)
    assert list(salvaged(path)) == []
    assert looks > 4096  # else it does not look like long rows


# --- what the rescue needs -----------------------------------------------------------------


def test_a_bad_copy_is_passed_over(path: Path) -> None:
    written(path, ratings(10))
    copied(path)
    with opened_store(path) as store, store._using() as connection:
        back_up(connection, path, reason=Reason.IMPORT)
    newest, older = kept(path)
    os.utime(older, (1, 1))
    newest.write_bytes(newest.read_bytes().replace(b"note 5", b"note V"))
    path.write_bytes(b"")
    told_by(path)
    assert events(path) == [*ratings(10)]


def test_the_copy_that_knows_most_is_taken_whatever_its_date(path: Path) -> None:
    for n in range(3):
        written(path, ratings(5, begin=5 * n))
        copied(path)
    for n, each in enumerate(kept(path)):
        os.utime(each, (1000 + n, 1000 + n))
    path.write_bytes(b"")
    told_by(path)
    assert events(path) == [*ratings(15)]


def test_without_room_for_a_new_record_nothing_is_touched_and_the_next_call_tries_again(
    tiny_disk: Path,
) -> None:
    path = tiny_disk / "backtimer.db"
    written(path, ratings(300))
    content = bytearray(path.read_bytes())
    content[:16] = b"x" * 16
    path.write_bytes(content)
    filler = fill(tiny_disk, leave=8192)
    with opened_store(path) as store:
        for _ in range(3):
            assert "The disk is full" in refused(lambda: store.append((started(999),)))
        assert path.read_bytes() == content
        assert files(tiny_disk) == {"backtimer.db", "filler"}
        filler.unlink()
        store.append((started(999),))
    assert events(path) == [*ratings(300), started(999)]
    assert [each.read_bytes() for each in aside(path)] == [content]


# --- a file that is taken away while the program runs --------------------------------------


def test_a_record_that_is_removed_while_the_program_runs_is_written_again(path: Path) -> None:
    told: list[str] = []
    with closing(SqliteEventStore(path, on_rescue=told.append)) as store:
        store.append(ratings(5))
        path.unlink()
        store.append(ratings(1, begin=5))
        assert events(path) == [*ratings(6)]
    assert "was gone. 5 entries were saved" in told[0]
    assert events(path) == [*ratings(6)]


def test_an_older_file_that_is_put_in_place_while_the_program_runs_gets_what_it_lacks(
    path: Path,
) -> None:
    written(path, ratings(3))
    old = path.with_name("old")
    shutil.copyfile(path, old)
    with opened_store(path) as store:
        store.append(ratings(3, begin=3))
        old.replace(path)
        store.append(ratings(1, begin=6))
    assert events(path) == [*ratings(7)]


def test_another_record_that_is_put_in_place_while_the_program_runs_is_written_to(
    path: Path,
) -> None:
    other = path.with_name("other.db")
    written(other, (opened(), ended(1)))
    with opened_store(path) as store:
        store.append(ratings(3))
        other.replace(path)
        store.append((opened(2),))
    assert read(path) == ((opened(), ended(1)), (opened(2),))


def test_while_somebody_reads_the_log_of_the_one_before_another_record_is_not_touched(
    path: Path,
) -> None:
    other = path.with_name("other.db")
    written(other, (opened(), ended(1)))
    with opened_store(path) as store:
        with a_reader(path):
            store.append(ratings(3))
            other.replace(path)
            assert "Another program has" in refused(lambda: store.append((opened(2),)))
        store.append((opened(2),))
    assert read(path) == ((opened(), ended(1)), (opened(2),))


def test_a_folder_that_is_gone_for_a_while_is_told_and_nothing_is_begun_anew(
    tmp_path: Path,
) -> None:
    path = tmp_path / "disk" / "backtimer.db"
    with opened_store(path) as store:
        store.append(ratings(3))
        path.parent.rename(tmp_path / "elsewhere")
        refused(lambda: store.append((started(9),)))
        refused(store.open_episode)
        assert files(tmp_path) == {"elsewhere"}
        (tmp_path / "elsewhere").rename(path.parent)
        store.append((started(9),))
    assert events(path) == [*ratings(3), started(9)]


# --- any damage ----------------------------------------------------------------------------


Place = Callable[[bytes], bool]


def places_of(path: Path, sound: bytes) -> list[Place]:
    """For each row of the record the question whether it is untouched in a damaged file.

    Only of rows that lie in one page. Written without a look at how the program does it.
    """
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT * FROM events ORDER BY seq").fetchall()
    return [_place(row, sound) for row in rows]


def _place(row: tuple[Any, ...], sound: bytes) -> Place:
    seq, episode, kind, wall, boot, boot_s, payload, crc = row
    texts = [each.encode() for each in (kind, wall, boot, payload)]
    crc_kind, crc_size = (4, 4) if crc < 2**31 else (5, 6)
    kinds = [0, 9 if episode == 1 else 1, *(13 + 2 * len(each) for each in texts[:3])]
    head = b"".join(map(_varint, [*kinds, 7, 13 + 2 * len(texts[3]), crc_kind]))
    body = (b"" if episode == 1 else bytes([episode])) + b"".join(texts[:3])
    body += struct.pack(">d", boot_s) + texts[3] + crc.to_bytes(crc_size, "big")
    record = _varint(seq) + bytes([len(head) + 1]) + head + body
    if len(record) > 4000:
        return lambda _: False
    at = sound.find(record)
    assert at > 0
    return lambda content: content[at : at + len(record)] == record


def _varint(number: int) -> bytes:
    return bytes([number]) if number < 128 else bytes([128 | number >> 7, number & 127])


def _flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 20)):
        content[chance.randrange(len(content))] = chance.randrange(256)


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def _blank(content: bytearray, chance: random.Random) -> None:
    begin = chance.randrange(len(content))
    content[begin : begin + 4096] = bytes(len(content[begin : begin + 4096]))


def _flip_pages(content: bytearray, chance: random.Random) -> None:
    """Where SQLite keeps what holds the rows together: at the beginning of each page."""
    for begin in range(0, len(content), 4096):
        content[begin + chance.randrange(40)] = chance.randrange(256)


@pytest.mark.scaled
@pytest.mark.timeout(scaled(ci=300, soak=24 * 3600))
@pytest.mark.parametrize("has_copy", [True, False], ids=["with a copy", "without"])
@pytest.mark.parametrize("damage", [_flip, _cut, _blank, _flip_pages])
def test_whatever_is_damaged_every_row_that_is_left_or_copied_is_there_again(
    path: Path,
    tmp_path: Path,
    damage: Callable[[bytearray, random.Random], None],
    has_copy: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    written(path, *[one_of_each()] * 3, ratings(20))
    if has_copy:
        copied(path)
    written(path, ratings(20, begin=20), (rated(9, 9, "long " * 2000),))
    sound, before, chance = path.read_bytes(), events(path), random.Random(damage.__name__)  # noqa: S311
    places = places_of(path, sound)
    copied_rows = len(one_of_each()) * 3 + 20 if has_copy else 0
    told_of = 0
    for n in range(scaled(ci=250, soak=2_500)):
        folder = tmp_path / str(n)
        shutil.copytree(path.parent / "backups", folder / "backups") if has_copy else folder.mkdir()
        content = bytearray(sound)
        damage(content, chance)
        (folder / path.name).write_bytes(content)
        if _says_that_it_is_newer(content):
            with pytest.raises(TooNew):
                told_by(folder / path.name)
            assert (folder / path.name).read_bytes() == content
            continue
        told_of += _is_whole_again(folder / path.name, bytes(content), before, places, copied_rows)
        shutil.rmtree(folder)
    assert told_of > 60  # else the test damages nothing


def _says_that_it_is_newer(content: bytearray) -> bool:
    """Whether what is left of the file is that of a version to come, as far as anybody can tell."""
    name, version = content[68:72], int.from_bytes(content[60:64])
    return int.from_bytes(name) == APPLICATION_ID and len(VERSIONS) < version <= VERSIONS_MOST


def _is_whole_again(
    path: Path, content: bytes, before: list[Event], places: list[Place], copied_rows: int
) -> bool:
    told = told_by(path)
    assert [each.read_bytes() for each in aside(path)] == ([content] if told else [])
    intact = [each for n, each in enumerate(before) if n < copied_rows or places[n](content)]
    told += told_by(path, started(77))
    *after, newest = events(path)
    assert newest == started(77)
    assert all(each in before for each in after)
    assert [each for each in after if each in intact] == intact
    return bool(told)
