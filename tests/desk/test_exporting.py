"""Files that are written of the record: by a running program, and from the command line."""

import csv
import errno
import io
import json
import os
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from backtimer import cli
from backtimer.adapters.clocks import clock_of
from backtimer.adapters.event_store import SqliteEventStore
from backtimer.adapters.faults import cannot_write
from backtimer.desk.exporting import Exporter
from backtimer.desk.offline import export
from backtimer.domain import commands as cmd
from backtimer.domain.decide import decide
from backtimer.domain.episode import fold
from backtimer.domain.errors import DataError, Misused, Refused
from backtimer.domain.events import CardAnswer
from backtimer.domain.journal import told
from backtimer.domain.rules import Rules
from backtimer.domain.settings import Settings
from backtimer.paths import Folders, one_folder
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService
from tests.desk.desks import Program
from tests.fakes import HandClock, MemorySettings

WILD = "=ألم 🧊 é́\n\x00 \u202e"

pytestmark = pytest.mark.usefixtures("qapp")  # paper needs fonts


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = one_folder(tmp_path / "data")
    made.data.mkdir()
    return made


@pytest.fixture
def begun(folders: Folders) -> Folders:
    """A folder whose program was killed five minutes into the first session."""
    now = clock_of(folders.data).now().after(-300)
    with closing(SqliteEventStore(folders.record_file)) as store:
        store.append(decide(fold(Rules(), ()), cmd.Start(), now))
    return folders


class Living:
    """A running program on a real record, of which `disk` can fail."""

    def __init__(self, folders: Folders) -> None:
        self.clock = HandClock()
        self.folders = folders
        self.store = SqliteEventStore(folders.record_file)
        settings = SettingsService(store=MemorySettings(), settings=Settings())
        self.care = CareService(store=self.store, clock=self.clock, rules=Settings().rules())
        self.exporter = Exporter(
            care=self.care, settings=settings, folders=folders, clock=self.clock
        )

    def rate(self, nrs: int, note: str = "") -> None:
        self.clock.pass_min(1)
        self.care.do(cmd.RatePain(nrs=nrs, note=note))

    def start(self) -> None:
        self.care.do(cmd.Start(card=CardAnswer.NONE_OF_THESE))

    def fail(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_events: object) -> None:
            raise DataError("The disk is full.")

        monkeypatch.setattr(self.store, "append", full)

    def table(self, file: Path) -> list[dict[str, str]]:
        assert self.exporter.export(file, overwrite=True) == f"Written: {file}"
        return list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))


@pytest.fixture
def living(folders: Folders) -> Living:
    return Living(folders)


# --- the running program ---


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("csv", b"kind,"), ("json", b'{"format"'), ("pdf", b"%PDF-1."), ("ics", b"BEGIN:VCALENDAR")],
)
def test_each_kind_is_written_from_another_thread(
    living: Living, tmp_path: Path, ending: str, begins: bytes
) -> None:
    living.start()
    living.rate(6, WILD)
    file = tmp_path / f"x.{ending}"
    told: list[str] = []
    thread = threading.Thread(
        target=lambda: told.append(living.exporter.export(file, overwrite=False))
    )
    thread.start()
    thread.join()
    assert told == [f"Written: {file}"]
    assert file.read_bytes().startswith(begins)


def test_what_is_not_saved_yet_is_in_the_export(
    living: Living, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    living.start()
    living.rate(6)
    living.fail(monkeypatch)
    living.rate(5)
    living.care.do(cmd.Off())
    living.care.do(cmd.End())
    living.rate(4)
    rows = living.table(tmp_path / "x.csv")
    assert [row["pain_before"] for row in rows if row["kind"] == "pain"] == ["6", "5", "4"]


def test_what_was_saved_meanwhile_is_there_once(
    living: Living, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    living.rate(6)
    saved = living.care.episode.entries[0]
    monkeypatch.setattr(CareService, "unsaved", tuple(_events(living)))
    rows = living.table(tmp_path / "x.csv")
    assert len(rows) == 1
    assert rows[0]["pain_before"] == str(saved.number)


def _events(living: Living) -> tuple[object, ...]:
    return tuple(event for each in living.store.episodes() for event in each)


def test_a_first_fact_that_is_not_saved_is_an_export_of_its_own(
    living: Living, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    living.fail(monkeypatch)
    living.rate(3)
    assert [row["pain_before"] for row in living.table(tmp_path / "x.csv")] == ["3"]


def test_a_calendar_needs_something_that_goes_on(living: Living, tmp_path: Path) -> None:
    file = tmp_path / "x.ics"
    with pytest.raises(Refused, match="no plan"):
        living.exporter.export(file, overwrite=False)
    living.start()
    living.care.do(cmd.Off())
    living.care.do(cmd.End())
    with pytest.raises(Refused, match="no plan"):
        living.exporter.export(file, overwrite=False)
    assert not file.exists()


def test_the_report_of_an_episode_that_is_over_is_written_too(
    living: Living, tmp_path: Path
) -> None:
    for _ in range(2):
        living.start()
        living.rate(6)
        living.care.do(cmd.Off())
        living.care.do(cmd.End())
        living.clock.pass_min(600)
    living.exporter.export(tmp_path / "x.pdf", overwrite=False)
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["x", "x.txt", "x.pdf.gz"])
def test_another_ending_is_refused_before_anything_is_read(
    living: Living, tmp_path: Path, name: str
) -> None:
    with pytest.raises(Misused, match=r"\.pdf"):
        living.exporter.export(tmp_path / name, overwrite=True)


def test_a_name_with_a_nul_is_refused(living: Living, tmp_path: Path) -> None:
    with pytest.raises((Misused, DataError)):
        living.exporter.export(tmp_path / "a\0b.csv", overwrite=True)


def test_a_folder_that_is_there_and_takes_no_file_is_not_said_to_be_missing(
    tmp_path: Path,
) -> None:
    missing = FileNotFoundError(errno.ENOENT, "as /proc says it")
    file = tmp_path / "x.csv"
    told = f"Nothing can be written in {tmp_path}. Choose another folder."
    assert str(cannot_write(file, missing)) == told
    away = tmp_path / "away" / "x.csv"
    assert str(cannot_write(away, missing)).startswith(f"There is no folder {away.parent}.")


def test_a_file_that_is_there_stays_unless_it_may_go(living: Living, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_text("mine")
    with pytest.raises(Refused, match="there already"):
        living.exporter.export(file, overwrite=False)
    assert file.read_text() == "mine"


@pytest.mark.parametrize("ending", ["csv", "json", "pdf", "ics"])
def test_a_full_disk_leaves_no_half_file(
    living: Living, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    living.start()
    file = tmp_path / f"x.{ending}"
    file.write_text("mine")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match="full"):
        living.exporter.export(file, overwrite=True)
    assert file.read_text() == "mine"
    assert {each.name for each in tmp_path.iterdir()} == {"data", f"x.{ending}"}


def test_a_forbidden_folder_is_told_in_a_sentence(
    living: Living, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_arguments: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    living.start()
    monkeypatch.setattr(os, "open", forbidden)
    with pytest.raises(DataError, match=r"x\.csv"):
        living.exporter.export(tmp_path / "x.csv", overwrite=True)


# --- the command line ---


@pytest.mark.parametrize("ending", ["pdf", "ics"])
def test_the_command_line_writes_the_report_and_the_calendar(
    begun: Folders, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"x.{ending}"
    told = export(begun, clock_of(begun.data), file, overwrite=False)
    assert told == f"Written: {file}"
    assert file.stat().st_size > 500


def test_the_command_line_says_what_a_running_program_could_not_save(
    begun: Folders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    program = Program()
    program.told("start")
    program.store.failure = "The disk is full."
    program.ask("pain 4")

    def asked(_folders: Folders, request: dict[str, object]) -> dict[str, object]:
        from backtimer.desk.requests import answer

        return dict(answer(program.desk, request))

    monkeypatch.setattr(cli, "_asked", asked)
    file = tmp_path / "x.csv"
    line = ["--data-dir", str(begun.data), "export", str(file)]
    assert cli.run(line) == 4
    assert file.read_text().startswith("kind,")
    printed = capsys.readouterr()
    assert f"Written: {file}" in printed.out
    assert "The disk is full. Until then the timer goes on" in printed.err
    program.store.failure = ""
    assert cli.run([*line, "--force"]) == 0
    assert capsys.readouterr().err == ""


def test_what_was_corrected_after_an_episode_is_in_the_table_and_kept_apart_in_the_backup(
    folders: Folders, tmp_path: Path
) -> None:
    living = Living(folders)
    living.rate(7)
    of = living.care.episode.entries[0].of
    living.care.do(cmd.Start())
    living.care.do(cmd.Off())
    living.care.do(cmd.End())
    (ended,) = living.store.episodes()
    episode, until = told(ended, living.clock.now())
    living.care.amend(episode, until, cmd.CorrectEntry(of=of, text="", number=4))
    table, backup = tmp_path / "x.csv", tmp_path / "x.json"
    for file in (table, backup):
        living.exporter.export(file, overwrite=False)
    assert ",4,," in table.read_text("utf-8")
    kinds = [each["kind"] for each in json.loads(backup.read_text("utf-8"))["events"]]
    assert kinds[-2:] == ["EpisodeEnded", "EntryCorrected"]


def test_the_command_line_needs_no_screen_for_the_report(begun: Folders, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    line = ["-m", "backtimer", "--data-dir", str(begun.data), "export", str(file)]
    gone = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    bare = {key: value for key, value in os.environ.items() if key not in gone}
    done = subprocess.run(
        [sys.executable, *line], env=bare, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert file.read_bytes().startswith(b"%PDF")


def test_where_nothing_can_paint_the_command_line_says_so(
    begun: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "backtimer.reports.pdf", None)
    monkeypatch.delattr("backtimer.reports.pdf", raising=False)
    with pytest.raises(DataError, match="cannot be made here"):
        export(begun, clock_of(begun.data), tmp_path / "x.pdf", overwrite=False)
