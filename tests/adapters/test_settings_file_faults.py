from pathlib import Path

import pytest

from backtimer.adapters.settings_file import SettingsFile
from backtimer.domain.errors import DataError
from backtimer.domain.settings import Settings


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


WRONG = {
    "theme": ('"pink"', "5", "[]", "{}", "true", "1e3"),
    "volume": ("101", "-1", '"loud"', "true", "80.0", "nan", "1979-05-27", "0x" + "f" * 5000),
    "sound": ("1", '"on"', "[true]"),
    "quiet_from": ("22", '"25:00"', '"22.30"', '""', "[]", "1979-05-27T22:30:00"),
    "phone_urls": ('"x"', "[1]", "[[]]", "{}", "false"),
    "protocol": ('"none"', "1", "[]", "{}"),
    "version": ("0", '"1"', "true", "1.0"),
    "protocols": ("1", "[]", "[{}]"),
}


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in WRONG.items() for value in values]
)
def test_a_wrong_value_has_its_default_and_is_named(path: Path, key: str, value: str) -> None:
    chosen, problems = loaded(path, f"snooze_min = 20\n{key} = {value}\n")
    assert chosen == Settings().with_value("snooze_min", 20)
    assert len(problems) == 2
    assert key in problems[0]
    assert "settings.toml" in problems[0]
    assert all(each.endswith(".") and "\n" not in each for each in problems)


def test_the_sentence_says_why_and_what_is_used_instead(path: Path) -> None:
    _, (problem, _) = loaded(path, "[protocols.manual]\nice_min = 90\n")
    assert problem.startswith("settings.toml, protocols.manual.ice_min: Ice on can be 5–20 min:")
    assert problem.endswith("Used instead: 15.")


@pytest.mark.parametrize(
    "table",
    [
        '[protocols.third]\ncopy_of = "none"\n',
        "[protocols.third]\ncopy_of = 3\n",
        '[protocols."Third one!"]\ncopy_of = "manual"\n',
        "[protocols]\nthird = 3\n",
    ],
)
def test_a_copy_that_cannot_be_is_told_left_out_and_kept(
    file: SettingsFile, path: Path, table: str
) -> None:
    chosen, problems = loaded(path, table)
    assert chosen == Settings()
    assert len(problems) == 2
    file.save(chosen.with_value("theme", "dark"))
    assert table in path.read_text("utf-8")
    assert set_aside(path) == []


def test_a_copy_without_a_proper_name_is_called_by_its_key(path: Path) -> None:
    chosen, problems = loaded(path, '[protocols.third]\ncopy_of = "manual"\nname = ""\n')
    assert chosen.copies["third"].name == "third"
    assert "protocols.third.name" in problems[0]


def test_a_length_outside_of_a_protocol_is_pointed_out(path: Path) -> None:
    chosen, problems = loaded(path, "ice_min = 10\n")
    assert chosen == Settings()
    assert "it belongs under [protocols.ice-then-heat]" in problems[0]


def test_a_wrong_value_is_replaced_only_after_the_file_was_set_aside(
    file: SettingsFile, path: Path
) -> None:
    text = '# mine\ntheme = "pink" # why not\nsnooze_min = 20\n'
    chosen, _ = loaded(path, text)
    file.save(chosen)
    assert [each.read_text("utf-8") for each in set_aside(path)] == [text]
    assert path.read_text("utf-8").startswith('# mine\ntheme = "system" # why not\n')
    again, problems = file.load()
    assert (again, problems) == (chosen.with_value("theme", "system"), [])
    file.save(again.with_value("snooze_min", 30))
    assert len(set_aside(path)) == 1


def test_a_number_in_place_of_a_switch_is_replaced_though_python_has_them_equal(
    file: SettingsFile, path: Path
) -> None:
    chosen, _ = loaded(path, "sound = 1\n")
    file.save(chosen)
    assert "sound = true\n" in path.read_text("utf-8")


NO_TOML = [
    b"theme = dark\n",
    b"quiet_from = 22:30\n",
    b"\x00\x01\x02",
    "# Größe\n".encode("latin-1"),
    b"x = " + b"[" * 5000,
    b"x = " + b"9" * 5000,
]


@pytest.mark.parametrize("content", NO_TOML)
def test_a_file_that_is_no_toml_is_told_and_set_aside_with_its_date(
    file: SettingsFile, path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    chosen, problems = file.load()
    assert chosen == Settings()
    assert "is not the TOML it should be" in problems[0]
    assert path.read_bytes() == content
    file.save(chosen.with_value("theme", "dark"))
    assert [each.read_bytes() for each in set_aside(path)] == [content]
    assert file.load() == (Settings().with_value("theme", "dark"), [])


def test_a_file_in_another_encoding_is_told_what_it_should_be(path: Path) -> None:
    path.write_bytes("theme = 'größer'".encode("latin-1"))
    assert "(it is not UTF-8)" in SettingsFile(path).load()[1][0]


def test_an_empty_file_is_no_settings_and_nothing_to_keep(file: SettingsFile, path: Path) -> None:
    assert loaded(path, "") == (Settings(), [])
    file.save(Settings())
    assert set_aside(path) == []


def test_a_newer_file_is_refused_and_stays_as_it_is(file: SettingsFile, path: Path) -> None:
    path.write_text("version = 2\n")
    with pytest.raises(DataError, match="newer Backtimer"):
        file.load()
    with pytest.raises(DataError, match="newer Backtimer"):
        file.save(Settings())
    assert path.read_text() == "version = 2\n"
    assert set_aside(path) == []
