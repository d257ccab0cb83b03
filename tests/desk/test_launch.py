"""Opening a folder for running: whose it is, what is in it, and what is left behind."""

import sys
from pathlib import Path

import pytest

from backtimer.adapters.instance_lock import InstanceLock
from backtimer.domain import commands as cmd
from backtimer.domain.errors import DataError, Refused, TooNew
from backtimer.domain.phases import Phase
from backtimer.launch import Instance, Launch, lock_of
from backtimer.paths import Folders, one_folder


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return one_folder(tmp_path / "some" / "data")


def opened(folders: Folders, *, speed: float | None = None, throw_away: bool = False) -> Instance:
    launch = Launch(folders=folders, speed=speed, throw_away=throw_away)
    lock = lock_of(folders)
    assert lock.acquire()
    try:
        return Instance(launch, lock)
    except BaseException:
        lock.release()
        raise


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_the_folder_is_made_and_only_its_owner_can_open_it(folders: Folders) -> None:
    opened(folders).close()
    assert folders.data.stat().st_mode & 0o077 == 0


def test_one_program_holds_a_folder_at_a_time(folders: Folders) -> None:
    instance = opened(folders)
    assert not InstanceLock(folders.data).acquire()
    instance.close()
    again = opened(folders)
    again.close()


def test_what_was_going_on_goes_on(folders: Folders) -> None:
    first = opened(folders)
    first.care.do(cmd.Start())
    first.settings.set("volume", 35)
    first.close()
    second = opened(folders)
    assert second.care.view.phase is Phase.APPLYING
    assert second.settings.current.get("volume") == 35
    assert second.notes == []
    second.close()


def test_settings_that_could_not_be_taken_over_are_noted(folders: Folders) -> None:
    folders.data.mkdir(parents=True)
    folders.settings_file.write_text("volume = 350\n")
    instance = opened(folders)
    assert any("volume" in each for each in instance.notes)
    assert instance.settings.current.get("volume") == 80
    instance.close()
    (kept,) = folders.config.glob("settings.2*.toml")
    assert kept.read_text() == "volume = 350\n"
    assert any(kept.name in each for each in instance.notes)


def test_settings_that_cannot_be_read_are_as_they_come(folders: Folders) -> None:
    folders.settings_file.mkdir(parents=True)
    instance = opened(folders)
    assert instance.settings.current.get("volume") == 80
    assert "The settings are as they come" in instance.notes[0]
    instance.close()


def test_newer_settings_are_not_touched(folders: Folders) -> None:
    folders.data.mkdir(parents=True)
    folders.settings_file.write_text("version = 99\n")
    with pytest.raises(TooNew):
        opened(folders)


def test_a_demo_keeps_its_clock_and_its_record(folders: Folders) -> None:
    first = opened(folders, speed=600)
    first.care.do(cmd.Start())
    begun = first.clock.now()
    first.close()
    second = opened(folders, speed=60)
    assert second.clock.speed == 60
    assert second.care.view.phase in (Phase.APPLYING, Phase.REMOVE)
    assert 0 <= second.clock.now().since(begun) < 3600
    second.close()


def test_a_real_record_does_not_become_a_demos(folders: Folders) -> None:
    first = opened(folders)
    first.care.do(cmd.Start())
    first.close()
    before = folders.record_file.read_bytes()
    with pytest.raises(Refused, match="real record"):
        opened(folders, speed=600)
    assert folders.record_file.read_bytes() == before
    assert "demo-clock.json" not in names(folders.data)


def test_a_demos_record_does_not_become_a_real_one(folders: Folders) -> None:
    opened(folders, speed=600).close()
    with pytest.raises(Refused, match="--speed"):
        opened(folders)


def test_a_throw_away_folder_is_empty_before_and_after(folders: Folders) -> None:
    folders.data.mkdir(parents=True)
    (folders.data / "old").mkdir()
    (folders.data / "old" / "file").touch()
    folders.record_file.write_text("of the last demo, which was killed")
    instance = opened(folders, speed=600, throw_away=True)
    assert instance.care.view.phase is Phase.IDLE
    assert names(folders.data) >= {"lock", "demo-clock.json", "backtimer.db"}
    instance.close()
    assert names(folders.data) == set()


def test_a_second_demo_does_not_empty_the_folder_of_the_first(folders: Folders) -> None:
    first = opened(folders, speed=600, throw_away=True)
    assert not lock_of(folders).acquire()
    assert folders.record_file.exists()
    first.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match="--data-dir"):
        lock_of(one_folder(tmp_path / "file" / "data"))


@pytest.mark.parametrize("content", [b"", b"rubbish" * 1000])
def test_a_damaged_record_is_set_aside_and_told(folders: Folders, content: bytes) -> None:
    folders.data.mkdir(parents=True)
    folders.record_file.write_bytes(content)
    instance = opened(folders)
    (note,) = instance.notes
    assert "damaged" in note
    (kept,) = folders.data.glob("backtimer.2*.db")
    assert kept.read_bytes() == content
    instance.care.do(cmd.Start())
    instance.close()


def test_what_is_rescued_later_is_told_whoever_asked_for_it(folders: Folders) -> None:
    instance = opened(folders)
    instance.care.do(cmd.Start())
    told: list[str] = []
    instance.on_rescue(told.append)
    instance.store.mend()
    instance.close()
    assert len(told) == 1
    assert instance.notes == []


def test_after_a_failed_start_the_folder_can_be_opened(folders: Folders) -> None:
    folders.data.mkdir(parents=True)
    folders.settings_file.write_text("version = 99\n")
    with pytest.raises(DataError):
        opened(folders)
    folders.settings_file.unlink()
    opened(folders).close()


@pytest.mark.skipif(sys.platform != "linux", reason="needs /sys")
def test_where_the_folder_cannot_be_made_now_the_timer_goes_on(tmp_path: Path) -> None:
    # Nobody can make a folder there.
    folders = one_folder(Path(f"/sys/{tmp_path.name}/data"))
    lock = lock_of(folders)
    assert lock.acquire()
    assert not lock_of(folders).acquire()
    instance = Instance(Launch(folders=folders), lock)
    assert instance.care.do(cmd.Start()).phase is Phase.APPLYING
    assert not instance.care.is_saved
    instance.close()
