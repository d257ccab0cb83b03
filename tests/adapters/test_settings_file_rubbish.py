import os
from contextlib import suppress
from pathlib import Path

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backtimer.adapters.settings_file import SettingsFile
from backtimer.adapters.settings_toml import same
from backtimer.domain.declared import DECLARED
from backtimer.domain.errors import BacktimerError, DataError
from backtimer.domain.library import PROTOCOLS
from backtimer.domain.setting import Kind, Setting, Value
from backtimer.domain.settings import Settings
from tests.scale import scaled

many = settings(
    max_examples=scaled(ci=2_000, soak=20_000),
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
some = settings(many, max_examples=200)


def set_aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob("settings.*-*.toml"))


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


PIECES = (
    *("version", "protocol", "protocols", "ice-then-heat", "manual", "name", "copy_of", *DECLARED),
    *("=", "=", "=", "\n", "\n", "[", "]", "[[", "]]", ".", ",", "{", "}", '"', "'", '"""', "#"),
    *("1", "true", "18", "-5", "1e9", "nan", "22:30:00", '"dark"', '"manual"', "9999999999"),
    *(" ", "\r", "\t", "\x00", "\\u", "é", "\ufeff", "_", "x"),
)
KEYS = st.sampled_from(PIECES[: PIECES.index("=")])
ATOMS = st.sampled_from((0, 1, 18, -5, 10**30, 1.5, True, "", "dark", "22:30", "manual", "é\n"))
VALUES = st.recursive(
    ATOMS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3)
)
ODD_TOML = st.dictionaries(KEYS, VALUES, max_size=5).map(tomlkit.dumps).map(str.encode)
RUBBISH = st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join).map(str.encode)


def in_empty_folder(folder: Path) -> Path:
    for each in folder.iterdir():
        each.unlink()
    return folder / "settings.toml"


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of files need not survive a power cut."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.mark.scaled
@pytest.mark.timeout(0)
@pytest.mark.usefixtures("quick_disk")
@given(content=st.binary(max_size=50) | RUBBISH)
@many
def test_no_file_brings_anything_but_settings_and_sentences(tmp_path: Path, content: bytes) -> None:
    loaded_and_saved(in_empty_folder(tmp_path), content)


@pytest.mark.usefixtures("quick_disk")
@given(content=ODD_TOML)
@some
def test_proper_toml_of_any_shape_brings_settings_and_sentences_too(
    tmp_path: Path, content: bytes
) -> None:
    loaded_and_saved(in_empty_folder(tmp_path), content)


def loaded_and_saved(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    file = SettingsFile(path)
    try:
        chosen, problems = file.load()
    except DataError:  # of a newer version
        return
    assert all(each.endswith(".") for each in problems)
    assert path.read_bytes() == content, "to look changes nothing"
    mended, _ = file.mend()
    assert same(mended, chosen), "what was read is what goes on"
    assert not content or path.read_bytes() == content or set_aside(path)
    file.save(chosen.with_value("theme", "dark"))
    again, remaining = file.load()
    assert same(again, chosen.with_value("theme", "dark"))
    kept = [each.read_bytes() for each in set_aside(path)]
    assert kept == ([] if remaining == problems or not content else [content])


def of_kind(setting: Setting) -> st.SearchStrategy[Value]:
    match setting.kind:
        case Kind.NUMBER:
            assert setting.limit
            return st.integers(setting.limit.least, setting.limit.most)
        case Kind.SWITCH:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(sorted(setting.choices))
        case Kind.TIME:
            return st.times().map("{:%H:%M}".format)
        case Kind.LIST:
            return st.lists(st.text(st.characters(codec="utf-8"), max_size=8)).map(tuple)
        case Kind.TEXT:
            return st.text(st.characters(codec="utf-8"), max_size=8)


CHANGES = st.one_of(
    *[st.tuples(st.just(key), of_kind(setting)) for key, setting in DECLARED.items()],
    st.tuples(st.just("protocol"), st.sampled_from(sorted(PROTOCOLS))),
    st.tuples(st.just("copy"), st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)),
)


@pytest.mark.usefixtures("quick_disk")
@given(
    rounds=st.lists(st.lists(CHANGES, max_size=6), max_size=3),
    begin=st.sampled_from(["", BY_HAND, "protocols = {manual = {ice_min = 7}}\nversion = 1\n"]),
)
@some
def test_whatever_is_chosen_is_there_again_and_so_is_what_a_person_added(
    tmp_path: Path, rounds: list[list[tuple[str, Value]]], begin: str
) -> None:
    path = in_empty_folder(tmp_path)
    path.write_text(begin, encoding="utf-8")
    file = SettingsFile(path)
    for changes in rounds:
        chosen, problems = file.load()
        assert problems == []
        for key, value in changes:
            with suppress(BacktimerError):
                chosen = _changed(chosen, key, value)
        file.save(chosen)
        assert same(file.load()[0], chosen)
    assert set_aside(path) == []
    text = path.read_text("utf-8")
    assert all(line in text for line in begin.splitlines() if "#" in line and "=" not in line)
    assert begin != BY_HAND or 'mood = "brave"' in text


def _changed(chosen: Settings, key: str, value: Value) -> Settings:
    if key == "protocol":
        return chosen.with_protocol(str(value))
    if key == "copy":
        return chosen.with_copy(str(value))
    return chosen.with_value(key, value)
