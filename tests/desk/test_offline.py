"""What can be told from the files without a running program, and added to them."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from backtimer.adapters.clocks import clock_of
from backtimer.adapters.event_store import SqliteEventStore
from backtimer.desk.offline import OfflineDesk, export
from backtimer.domain import commands as cmd
from backtimer.domain.decide import decide
from backtimer.domain.episode import fold
from backtimer.domain.errors import DataError, Misused, Refused
from backtimer.domain.rules import Rules
from backtimer.paths import Folders, one_folder
from tests.desk.desks import offline


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return one_folder(tmp_path / "data")


@pytest.fixture
def begun(folders: Folders) -> Folders:
    """A folder whose program was killed five minutes into the first session."""
    now = clock_of(folders.data).now().after(-300)
    with closing(SqliteEventStore(folders.record_file)) as store:
        store.append(decide(fold(Rules(), ()), cmd.Start(), now))
    return folders


def export_text(folders: Folders, file: Path) -> str:
    export(folders, clock_of(folders.data), file, overwrite=False)
    return file.read_text("utf-8")


# --- looking ---


def test_a_folder_that_is_not_there_is_an_idle_timer(folders: Folders) -> None:
    told = json.loads(offline(folders, "status --json")["out"])
    assert told["running"] is False
    assert told["saved"] is True
    assert told["phase"] == "idle"
    assert not folders.data.exists()


def test_status_tells_what_was_going_on(begun: Folders) -> None:
    told = json.loads(offline(begun, "status --json")["out"])
    assert told["phase"] == "applying"
    assert 14 * 60 <= told["remaining_s"] <= 15 * 60


def test_status_leaves_the_folder_as_it_was(begun: Folders) -> None:
    before = {each.name: each.read_bytes() for each in begun.data.iterdir()}
    offline(begun, "status")
    after = {each.name: each.read_bytes() for each in begun.data.iterdir()}
    assert after == before


def test_config_and_protocol_tell_what_the_file_says(folders: Folders) -> None:
    folders.config.mkdir()
    folders.settings_file.write_text('protocol = "manual"\nvolume = 35\n')
    assert offline(folders, "config volume")["out"] == "35"
    assert "* manual" in offline(folders, "protocol")["out"]


def test_rubbish_in_the_settings_is_no_reason_not_to_answer(begun: Folders) -> None:
    begun.settings_file.write_bytes(b"\xff\x00[[[")
    assert offline(begun, "status")["status"] == 0
    assert begun.settings_file.read_bytes() == b"\xff\x00[[["


# --- adding ---


def test_a_rating_of_pain_is_recorded(begun: Folders) -> None:
    reply = offline(begun, "pain", "6", "--note", "after 🧊\0 “sitting”")
    assert reply == {"status": 0, "out": "Noted: pain 6 of 10.", "err": ""}
    assert json.loads(offline(begun, "status --json")["out"])["pain"] == 6


def test_the_first_rating_of_all_begins_a_record(folders: Folders) -> None:
    assert offline(folders, "pain 2")["status"] == 0
    assert folders.record_file.exists()
    assert json.loads(offline(folders, "status --json")["out"])["pain"] == 2


def test_a_rating_between_two_episodes_is_seen_after_it_was_given(begun: Folders) -> None:
    desk = OfflineDesk(folders=begun, clock=clock_of(begun.data))
    view = desk.do(cmd.RatePain(nrs=3))
    assert view.pain == 3
    assert desk.view().pain == 3


def test_a_setting_is_saved_and_shown(folders: Folders) -> None:
    assert offline(folders, "config ice_min 12")["out"] == "ice_min = 12"
    assert offline(folders, "config ice_min")["out"] == "12"


def test_a_protocol_is_saved_and_shown(folders: Folders) -> None:
    offline(folders, "protocol manual")
    assert json.loads(offline(folders, "status --json")["out"])["protocol"] == "manual"


def test_a_comment_of_the_person_survives_a_setting(folders: Folders) -> None:
    folders.config.mkdir()
    folders.settings_file.write_text("# my own\nmine = 1\nvolume = 35\n")
    offline(folders, "config volume 40")
    text = folders.settings_file.read_text()
    assert "# my own" in text
    assert "mine = 1" in text
    assert "volume = 40" in text


@pytest.mark.parametrize(
    ("line", "status"),
    [("pain 11", 1), ("pain x", 2), ("config ice_min 99", 1), ("config x 1", 2), ("protocol x", 2)],
)
def test_what_is_refused_leaves_the_files_alone(begun: Folders, line: str, status: int) -> None:
    before = {each.name: each.read_bytes() for each in begun.data.iterdir()}
    reply = offline(begun, line)
    assert reply["status"] == status
    assert not reply["out"]
    assert {each.name: each.read_bytes() for each in begun.data.iterdir()} == before


def test_showing_and_closing_do_nothing_where_nothing_runs(begun: Folders) -> None:
    desk = OfflineDesk(folders=begun, clock=clock_of(begun.data))
    desk.show()
    desk.quit()
    assert not desk.is_running
    assert desk.is_saved


# --- damage ---


def test_a_damaged_record_is_told_and_left_as_it_is(folders: Folders) -> None:
    folders.data.mkdir()
    folders.record_file.write_bytes(b"rubbish" * 1000)
    for line in ("status", "pain 3", "config ice_min"):
        with pytest.raises(DataError, match="damaged"):
            offline(folders, line)
    assert folders.record_file.read_bytes() == b"rubbish" * 1000


def test_a_locked_record_is_told_and_the_rating_is_not_lost_silently(begun: Folders) -> None:
    with closing(sqlite3.connect(begun.record_file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        reply = offline(begun, "pain 3")
    assert reply["status"] == 4
    assert "locked" in reply["err"]


def test_a_newer_settings_file_is_not_touched(folders: Folders) -> None:
    folders.config.mkdir()
    folders.settings_file.write_text("version = 99\n")
    with pytest.raises(DataError, match="newer"):
        offline(folders, "config ice_min 12")
    assert folders.settings_file.read_text() == "version = 99\n"


# --- export ---


def test_a_table_of_an_empty_record_has_its_head_alone(folders: Folders, tmp_path: Path) -> None:
    (head,) = export_text(folders, tmp_path / "x.csv").splitlines()
    assert head == (
        "kind,modality,protocol,started_at,ended_at,planned_s,on_skin_s,late_s,outcome,"
        "pain_before,pain_after,note"
    )
    assert not folders.data.exists()


def test_a_table_has_a_row_for_each_session_and_each_rating(begun: Folders, tmp_path: Path) -> None:
    offline(begun, "pain", "6", "--note", "line one\nline two")
    rows = list(csv.DictReader(io.StringIO(export_text(begun, tmp_path / "x.csv"), newline="")))
    assert [row["kind"] for row in rows] == ["session", "pain"]
    assert rows[0]["modality"] == "ice"
    assert rows[0]["planned_s"] == "1200"
    assert rows[1]["note"] == "line one\nline two"


def test_a_backup_holds_every_event(begun: Folders, tmp_path: Path) -> None:
    told = json.loads(export_text(begun, tmp_path / "x.json"))
    kinds = [each["kind"] for each in told["events"]]
    assert kinds == ["EpisodeStarted", "SessionStarted"]


def test_the_ending_may_be_in_capitals(begun: Folders, tmp_path: Path) -> None:
    assert export_text(begun, tmp_path / "X.CSV").startswith("kind,")


@pytest.mark.parametrize("name", ["x", "x.txt", "x.csv.gz", "csv", ".csv"])
def test_another_ending_is_told_which_there_are(begun: Folders, tmp_path: Path, name: str) -> None:
    with pytest.raises(Misused, match=r"record\.csv or record\.json"):
        export_text(begun, tmp_path / name)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_file_that_is_there_is_replaced_only_by_force(
    begun: Folders, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"x.{ending}"
    file.write_text("mine")
    with pytest.raises(Refused, match="add --force"):
        export_text(begun, file)
    assert file.read_text() == "mine"
    told = export(begun, clock_of(begun.data), file, overwrite=True)
    assert told == f"Written: {file}"
    assert "mine" not in file.read_text()


@pytest.mark.parametrize("name", ["gone/x.csv", "file.csv/x.csv", f"{'x' * 300}.csv"])
def test_a_file_that_cannot_be_written_is_told(begun: Folders, tmp_path: Path, name: str) -> None:
    (tmp_path / "file.csv").touch()
    with pytest.raises(DataError, match=r"could not be written|Create it first"):
        export_text(begun, tmp_path / name)


def test_a_folder_is_not_replaced_even_by_force(begun: Folders, tmp_path: Path) -> None:
    folder = tmp_path / "x.csv"
    folder.mkdir()
    with pytest.raises(Refused):
        export_text(begun, folder)
    with pytest.raises(DataError, match="could not be written"):
        export(begun, clock_of(begun.data), folder, overwrite=True)
    assert folder.is_dir()


def test_nothing_half_written_stays_behind(begun: Folders, tmp_path: Path) -> None:
    with pytest.raises(DataError):
        export_text(begun, tmp_path / "gone" / "x.csv")
    export_text(begun, tmp_path / "x.csv")
    assert {each.name for each in tmp_path.iterdir()} == {"data", "x.csv"}
