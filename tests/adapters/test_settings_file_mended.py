import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backtimer.adapters.settings_file import SettingsFile
from backtimer.adapters.settings_toml import same
from backtimer.domain.errors import TooNew
from backtimer.domain.settings import Settings
from tests.adapters.record_kit import as_nobody, files, fill, is_root, small_disk

BY_HAND = """\
# What my physio said.
theme = "dark"   # easier on the eyes at night
snooze_min = 20

mood = "brave"
phone_urls = [
    "ntfy://one",  # mine
    "ntfy://two",
]

[protocols.ice-then-heat] # mine
ice_min = 15 # not more
colour = "blue"

[protocols.manual]
heat_min = 12
"""
CHOSEN = (
    Settings()
    .with_value("theme", "dark")
    .with_value("snooze_min", 20)
    .with_value("phone_urls", ["ntfy://one", "ntfy://two"])
    .with_value("ice_min", 15)
    .with_protocol("manual")
    .with_value("heat_min", 12)
    .with_protocol("ice-then-heat")
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as folder:
        yield folder


def set_aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob("settings.*-*.toml"))


def mended(path: Path, content: bytes) -> tuple[Settings, list[str]]:
    """What is mended, after which there is nothing to mend and the old file is kept."""
    path.write_bytes(content)
    settings, notes = SettingsFile(path).mend()
    (kept,) = set_aside(path)
    assert kept.read_bytes() == content
    assert notes[-1] == f"The old file is kept as {kept}."
    assert all(each.endswith(".") and "\n" not in each for each in notes)
    again, remaining = SettingsFile(path).mend()
    assert same(again, settings)
    assert remaining == []
    assert set_aside(path) == [kept]
    return settings, notes


def untouched(path: Path, content: bytes) -> list[str]:
    path.write_bytes(content)
    _, notes = SettingsFile(path).mend()
    assert path.read_bytes() == content
    assert files(path.parent) == {path.name}
    return notes


def test_a_file_with_nothing_wrong_is_not_touched(path: Path) -> None:
    assert untouched(path, BY_HAND.encode()) == []
    assert SettingsFile(path).load() == (CHOSEN, [])


@pytest.mark.parametrize("content", [b"", b"# mine\n", b'mood = "brave"\n[elsewhere]\nx = 1\n'])
def test_unknown_keys_and_no_keys_are_no_fault(path: Path, content: bytes) -> None:
    assert untouched(path, content) == []


def test_what_is_told_but_not_replaced_does_not_change_the_file(path: Path) -> None:
    (note,) = untouched(path, b"ice_min = 10\n")
    assert "it belongs under [protocols.ice-then-heat]" in note


def test_without_a_file_there_is_nothing_to_mend(path: Path) -> None:
    assert SettingsFile(path).mend() == (Settings(), [])
    assert files(path.parent) == set()


def test_a_newer_file_is_refused_and_not_touched_even_if_it_is_torn(path: Path) -> None:
    for content in (b"version = 2\n", b"version = 2\ntheme = \n"):
        path.write_bytes(content)
        for each in (SettingsFile(path).mend, SettingsFile(path).load):
            with pytest.raises(TooNew):
                each()
        assert path.read_bytes() == content
        assert files(path.parent) == {path.name}


def test_a_wrong_value_is_replaced_at_once_and_all_else_stays(path: Path) -> None:
    text = BY_HAND.replace('"dark"', '"pink"')
    settings, notes = mended(path, text.encode())
    assert "theme" in notes[0]
    assert settings.get("theme") == "system"
    assert 'theme = "system"   # easier on the eyes at night' in path.read_text()
    assert all(
        line in path.read_text() for line in BY_HAND.splitlines() if not line.startswith("theme")
    )


@pytest.mark.parametrize(
    "broken",
    [
        "theme == dark",
        "quiet_from = 22:30",
        'voice = "on',
        "\x00\x01",
        "=======",
        "snooze_min = 30",
        "quiet_to = [",
        '"""',
    ],
)
def test_a_line_that_cannot_be_read_is_left_out_and_all_else_stays(path: Path, broken: str) -> None:
    before, rest = BY_HAND.split('mood = "brave"\n')
    settings, notes = mended(path, f'{before}{broken}\nmood = "brave"\n{rest}'.encode())
    assert "is not the TOML it should be" in notes[0]
    assert settings == CHOSEN
    text = path.read_text()
    assert broken not in text.splitlines()
    assert all(line in text for line in BY_HAND.splitlines())


def test_wherever_a_file_was_torn_what_stands_before_is_kept(path: Path) -> None:
    for end in range(len(BY_HAND)):
        for each in files(path.parent):
            (path.parent / each).unlink()
        path.write_text(BY_HAND[:end])
        settings, notes = SettingsFile(path).mend()
        again, remaining = SettingsFile(path).mend()
        assert same(again, settings)
        assert remaining == []
        assert bool(set_aside(path)) == bool(notes)
        if end > BY_HAND.index("snooze_min"):
            assert settings.get("theme") == "dark"
        if end > BY_HAND.index("mood"):
            assert settings.number("snooze_min") == 20
            assert "# What my physio said." in path.read_text()
        if end > BY_HAND.index("colour"):
            assert settings.number("ice_min") == 15


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_read_and_written_in_utf_8(path: Path, encoding: str) -> None:
    text = BY_HAND.replace("# mine", "# für mich").replace("\n", "\r\n")
    mark = "" if encoding == "utf-16" else "\ufeff"
    settings, notes = mended(path, f"{mark}{text}".encode(encoding))
    assert "(it is UTF-16, not UTF-8)" in notes[0]
    assert settings == CHOSEN
    assert "# für mich" in path.read_text("utf-8")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_file_in_windows_own_encoding_is_read_and_written_in_utf_8(
    path: Path, encoding: str
) -> None:
    text = BY_HAND.replace("# mine", "# für mich")
    settings, notes = mended(path, text.encode(encoding))
    assert "(it is not UTF-8)" in notes[0]
    assert settings == CHOSEN
    assert "# für mich" in path.read_text("utf-8")


def test_utf_8_with_one_bad_byte_stays_utf_8(path: Path) -> None:
    text = BY_HAND.replace("# mine", "# für größere Kühlkissen…").encode()
    settings, _ = mended(path, text.replace(b"physio", b"phys\xff"))
    assert settings == CHOSEN
    assert "# für größere Kühlkissen…" in path.read_text("utf-8")


def test_a_line_that_is_broken_in_a_table_does_not_move_the_others_elsewhere(path: Path) -> None:
    settings, _ = mended(path, b"[protocols.manual\nice_min = 7\n[protocols.ice-then-heat]\n")
    assert settings == Settings()


@is_root
def test_where_the_file_may_not_be_written_it_is_told_and_nothing_changes() -> None:
    folder = Path("/tmp") / f"backtimer-mended-{os.getpid()}"  # noqa: S108 - removed below
    folder.mkdir(mode=0o755)
    path = folder / "settings.toml"
    try:
        path.write_text('theme = "pink"\nsnooze_min = 20\n')
        with as_nobody():
            settings, notes = SettingsFile(path).mend()
        assert settings.number("snooze_min") == 20
        assert "may not be written" in notes[-1]
        assert files(folder) == {path.name}
        assert path.read_text() == 'theme = "pink"\nsnooze_min = 20\n'
    finally:
        path.unlink()
        folder.rmdir()


def test_on_a_full_disk_it_is_told_and_nothing_changes(tiny_disk: Path) -> None:
    path = tiny_disk / "settings.toml"
    path.write_text('theme = "pink"\n')
    fill(tiny_disk)
    _, notes = SettingsFile(path).mend()
    assert "The disk is full" in notes[-1]
    assert files(tiny_disk) == {"filler", path.name}
    assert path.read_text() == 'theme = "pink"\n'


TEN_MB = 10_000_000
HOSTILE = {
    "zeros": bytes(TEN_MB),
    "many keys": b"".join(b"k%d = 1\n" % n for n in range(800_000)),
    "many tables": b"".join(b"[t%d]\n" % n for n in range(800_000)),
    "open lists": b"a = [\n1,\n" * (TEN_MB // 9),
    "open texts": b'a = """\nb\n' * (TEN_MB // 10),
    "one line": b"x = " + b"[" * TEN_MB,
    "deep lines": (b"x = " + b"[" * 1900 + b"\n") * 5000,
    "dots": b"a" + b".a" * (TEN_MB // 2),
    "noise": random.Random(5).randbytes(TEN_MB),  # noqa: S311
    "utf-16": "k = 1\n".encode("utf-16") * (TEN_MB // 14),
    "a torn proper one": BY_HAND.encode() * (60_000 // len(BY_HAND)) + b"x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_takes_no_longer_than_a_moment(path: Path, name: str) -> None:
    path.write_bytes(HOSTILE[name])
    begin = time.process_time()
    settings, notes = SettingsFile(path).mend()
    assert time.process_time() - begin < 4  # most take a tenth of a second
    assert notes
    assert same(SettingsFile(path).load()[0], settings)
