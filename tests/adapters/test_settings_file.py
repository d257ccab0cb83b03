import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backtimer.adapters.settings_file import SettingsFile
from backtimer.adapters.settings_toml import same
from backtimer.domain.errors import DataError
from backtimer.domain.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.fixture
def file(path: Path) -> SettingsFile:
    return SettingsFile(path)


def set_aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob("settings.*-*.toml"))


def loaded(path: Path, text: str) -> tuple[Settings, list[str]]:
    path.write_text(text, encoding="utf-8")
    return SettingsFile(path).load()


# --- what is kept --------------------------------------------------------------------------


def test_without_a_file_everything_is_as_at_first(file: SettingsFile, path: Path) -> None:
    assert file.load() == (Settings(), [])
    assert not path.exists()


def test_what_was_saved_is_loaded(file: SettingsFile) -> None:
    chosen = (
        Settings()
        .with_value("ice_min", 12)
        .with_copy("My physio's")
        .with_value("ice_min", 15)
        .with_value("theme", "dark")
        .with_value("sound", False)
        .with_value("quiet_from", "23:15")
        .with_value("phone_urls", ["ntfy://one", "tgram://two/“three”"])
    )
    file.save(chosen)
    assert file.load() == (chosen, [])


def test_the_file_has_the_keys_where_a_person_looks_for_them(
    file: SettingsFile, path: Path
) -> None:
    file.save(Settings().with_value("heat_min", 20).with_copy("my physio's"))
    assert tomllib.loads(path.read_text("utf-8")) == {
        "version": 1,
        "protocol": "my-physio-s",
        "protocols": {
            "ice-then-heat": {"heat_min": 20},
            "my-physio-s": {
                "name": "my physio's",
                "copy_of": "ice-then-heat",
                "heat_min": 20,
            },
        },
    }


def test_what_nobody_chose_is_not_written(file: SettingsFile, path: Path) -> None:
    file.save(Settings().with_value("volume", 80).with_value("ice_min", 20))
    assert path.read_text("utf-8") == "version = 1\n"


def test_a_default_of_the_protocol_itself_is_not_written(file: SettingsFile, path: Path) -> None:
    file.save(Settings(protocol="manual").with_value("ice_min", 15))
    assert tomllib.loads(path.read_text("utf-8")) == {"version": 1, "protocol": "manual"}


def test_a_key_that_was_there_is_written_although_it_is_the_default(
    file: SettingsFile, path: Path
) -> None:
    chosen, _ = loaded(path, 'theme = "dark"\n')
    file.save(chosen.with_value("theme", "system"))
    assert 'theme = "system"' in path.read_text("utf-8")


def test_a_length_that_was_there_is_written_although_it_is_the_default(
    file: SettingsFile, path: Path
) -> None:
    chosen, _ = loaded(path, "[protocols.ice-then-heat]\nice_min = 15 # not more\n")
    file.save(chosen.with_value("ice_min", 20))
    assert "ice_min = 20 # not more" in path.read_text("utf-8")


def test_a_length_that_is_the_default_of_another_protocol_is_kept(file: SettingsFile) -> None:
    chosen = Settings(protocol="manual").with_value("ice_min", 20)
    file.save(chosen)
    assert file.load()[0].number("ice_min") == 20


def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "new" / "folder" / "settings.toml")
    file.save(Settings())
    assert file.load() == (Settings(), [])


# --- what a person added -------------------------------------------------------------------

BY_HAND = """\
# What my physio said.
theme = "dark"   # easier on the eyes at night

mood = "brave"

[elsewhere]
x = [1, 2]  # of another program

[protocols.ice-then-heat] # mine
ice_min = 15 # not more
colour = "blue"

[another]
y = 2

[protocols.manual]
heat_min = 12
"""


def test_comments_order_and_unknown_keys_survive(file: SettingsFile, path: Path) -> None:
    chosen, problems = loaded(path, BY_HAND)
    assert problems == []
    file.save(chosen.with_value("ice_min", 18).with_value("theme", "light"))
    changed = BY_HAND.replace('"dark"', '"light"').replace("ice_min = 15", "ice_min = 18")
    kept = path.read_text("utf-8").replace("version = 1\n", "")
    assert kept == changed
    assert set_aside(path) == []


def test_new_keys_come_among_what_is_there(file: SettingsFile, path: Path) -> None:
    chosen, _ = loaded(path, BY_HAND)
    chosen = chosen.with_value("snooze_min", 20).with_value("heat_min", 20).with_copy("third")
    file.save(chosen)
    assert file.load() == (chosen, [])
    text = path.read_text("utf-8")
    assert all(line in text for line in BY_HAND.splitlines())
    assert set_aside(path) == []


@pytest.mark.parametrize(
    "text",
    [
        "protocols = {ice-then-heat = {ice_min = 15}}\n",
        "[protocols]\nice-then-heat.ice_min = 15\n",
        '[protocols."ice-then-heat"]\n"ice_min" = 15\n',
        "[protocols]\n[protocols.ice-then-heat]\nice_min = 0xf\n",
        "\ufeff[protocols.ice-then-heat]\r\nice_min = 15\r\n",
    ],
)
def test_every_way_to_write_a_table_is_understood_and_kept(
    file: SettingsFile, path: Path, text: str
) -> None:
    path.write_text(text, encoding="utf-8", newline="")
    chosen, problems = file.load()
    assert (chosen.number("ice_min"), problems) == (15, [])
    file.save(chosen.with_value("heat_min", 20).with_value("ice_min", 10).with_copy("third"))
    again, problems = file.load()
    assert (again.number("ice_min"), again.number("heat_min"), problems) == (10, 20, [])
    assert again.with_protocol("ice-then-heat").number("heat_min") == 20
    assert set_aside(path) == []


def test_where_an_edit_would_come_out_wrong_the_file_is_set_aside_instead(
    file: SettingsFile, path: Path
) -> None:
    # tomlkit writes a new table above the keys that follow these dotted ones.
    text = "protocols.ice-then-heat.ice_min = 15\nmood = 1\n"
    chosen, _ = loaded(path, text)
    chosen = chosen.with_value("theme", "dark").with_copy("third")
    file.save(chosen)
    assert same(file.load()[0], chosen)
    assert [each.read_text("utf-8") for each in set_aside(path)] == [text]


def test_a_time_without_quotes_is_a_time(path: Path) -> None:
    chosen, problems = loaded(path, "quiet_from = 21:30:00\n")
    assert (chosen.get("quiet_from"), problems) == ("21:30", [])


def test_a_link_to_the_file_stays_a_link(file: SettingsFile, path: Path) -> None:
    real = path.with_name("dotfiles.toml")
    real.write_text("# mine\n")
    path.symlink_to(real)
    file.save(Settings().with_value("theme", "dark"))
    assert path.is_symlink()
    assert 'theme = "dark"' in real.read_text()


# --- the disk ------------------------------------------------------------------------------


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    if os.name == "nt" or os.geteuid() != 0:
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="a folder's mode means nothing on Windows")
def test_a_folder_that_cannot_be_written_is_told_and_the_file_stays(path: Path) -> None:
    shared = Path("/tmp") / f"backtimer-settings-{os.getpid()}"  # noqa: S108 - removed below
    shared.mkdir(mode=0o755)
    path = shared / path.name
    try:
        path.write_text("# mine\n")
        with as_nobody(shared), pytest.raises(DataError, match="may not be written"):
            SettingsFile(path).save(Settings().with_value("theme", "dark"))
        assert [each.name for each in shared.iterdir()] == [path.name]
        assert path.read_text() == "# mine\n"
    finally:
        path.unlink()
        shared.rmdir()


def test_a_folder_in_place_of_the_file_is_told(file: SettingsFile, path: Path) -> None:
    path.mkdir()
    with pytest.raises(DataError, match="could not be read"):
        file.load()
    with pytest.raises(DataError, match="could not be read"):
        file.save(Settings())


def test_a_full_disk_is_told_and_the_file_stays(file: SettingsFile, path: Path) -> None:
    resource = pytest.importorskip("resource")
    file.save(Settings().with_value("theme", "dark"))
    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(DataError, match="could not be written"):
            file.save(Settings().with_value("theme", "light"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_only_its_owner_can_read_the_file(file: SettingsFile, path: Path) -> None:
    file.save(Settings())
    assert path.stat().st_mode & 0o777 == 0o600


def test_loading_does_not_import_what_only_saving_needs() -> None:
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from backtimer.adapters.settings_file import SettingsFile\n"
        "SettingsFile(Path('none.toml')).load()\n"
        "assert 'tomlkit' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
