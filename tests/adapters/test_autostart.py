import json
import plistlib
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backtimer.adapters import autostart
from backtimer.adapters.autostart import AutostartError, is_enabled, set_autostart

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the entry of a Linux desktop")

COMMAND = ["/usr/bin/backtimer"]
NOTE_ARGUMENTS = """#!{python}
import json, sys
from pathlib import Path
note = Path(sys.argv[0]).with_name("arguments")
note.with_name("draft").write_text(json.dumps(sys.argv[1:]))
note.with_name("draft").rename(note)
"""


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the entry of this test is."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "autostart" / "backtimer.desktop"


def test_at_first_it_does_not_start_with_the_desktop(entry: Path) -> None:
    assert not is_enabled()
    assert not entry.exists()


def test_it_can_be_turned_on_and_off(entry: Path) -> None:
    set_autostart(enabled=True, command=COMMAND)
    assert is_enabled()
    set_autostart(enabled=False, command=COMMAND)
    assert not is_enabled()
    assert not entry.exists()


def test_turning_it_off_twice_is_no_error(entry: Path) -> None:
    set_autostart(enabled=False, command=COMMAND)
    assert not entry.parent.exists()


def test_turning_it_on_again_takes_the_new_command(entry: Path) -> None:
    set_autostart(enabled=True, command=COMMAND)
    set_autostart(enabled=True, command=["/opt/backtimer"])
    assert 'Exec="/opt/backtimer" "--minimized"\n' in entry.read_text()
    assert list(entry.parent.iterdir()) == [entry]


def test_it_starts_minimized_and_says_so_once(entry: Path) -> None:
    set_autostart(enabled=True, command=[*COMMAND, "--minimized"])
    assert entry.read_text().count("--minimized") == 1


def test_the_entry_is_whole(entry: Path) -> None:
    set_autostart(enabled=True, command=COMMAND)
    lines = entry.read_text().splitlines()
    assert lines[0] == "[Desktop Entry]"
    assert {"Type=Application", "Name=Backtimer", "Terminal=false"} <= set(lines)
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600


def test_without_the_variable_it_is_in_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for value in ("", "relative/folder"):
        monkeypatch.setenv("XDG_CONFIG_HOME", value)
        set_autostart(enabled=True, command=COMMAND)
        assert (tmp_path / ".config" / "autostart" / "backtimer.desktop").exists()
        set_autostart(enabled=False, command=COMMAND)


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktop_turned_off_is_off(entry: Path, line: str) -> None:
    set_autostart(enabled=True, command=COMMAND)
    kept = [each for each in entry.read_text().splitlines() if "X-GNOME" not in each]
    entry.write_text("\n".join([*kept, line, ""]))
    assert not is_enabled()
    set_autostart(enabled=True, command=COMMAND)
    assert is_enabled()


@pytest.mark.parametrize(
    "break_it",
    [
        lambda folder: (folder / "autostart").write_text(""),
        lambda folder: (folder / "autostart" / "backtimer.desktop").mkdir(parents=True),
    ],
    ids=["a file is in the way", "a folder is in the way"],
)
def test_what_goes_wrong_is_one_sentence(entry: Path, break_it: Callable[[Path], None]) -> None:
    break_it(entry.parent.parent)
    for enabled in (True, False):
        with pytest.raises(AutostartError, match="Starting with the desktop could not be changed"):
            set_autostart(enabled=enabled, command=COMMAND)
    with pytest.raises(AutostartError):
        is_enabled()


@pytest.mark.parametrize(
    "word",
    [
        *("plain", "two words", 'a "quote"', "it's", "$HOME", "`id`", "back\\slash", "100 %", "%f"),
        *("", "\\", '\\"', "ä🧊", "a;b&c|d", "~/x", "#x", "--name=value", "tab\tbed"),
    ],
)
def test_a_desktop_starts_exactly_this_command(
    entry: Path, tmp_path: Path, word: str, until: Callable[[Callable[[], bool]], None]
) -> None:
    if shutil.which("gio") is None:
        pytest.skip("this machine has no gio, which reads entries as a desktop does")
    note = tmp_path / "arguments"
    program = tmp_path / "the program"
    program.write_text(NOTE_ARGUMENTS.format(python=sys.executable))
    program.chmod(0o755)
    set_autostart(enabled=True, command=[str(program), word])
    subprocess.run(["gio", "launch", str(entry)], check=True, timeout=30)
    until(note.exists)
    assert json.loads(note.read_text()) == [word, "--minimized"]


def test_a_word_is_quoted_as_the_specification_wants(entry: Path) -> None:
    # GLib is more lenient than others: a quote, then the escapes of a text value.
    set_autostart(enabled=True, command=[*COMMAND, 'a"b`c$d\\e'])
    assert r'"a\\"b\\`c\\$d\\\\e"' in entry.read_text()


def test_the_entry_of_macos_starts_this_command() -> None:
    plist = plistlib.loads(autostart._launch_agent_plist([*COMMAND, "it's", "--minimized"]))
    assert plist["ProgramArguments"] == ["/usr/bin/backtimer", "it's", "--minimized"]
    assert plist["RunAtLoad"] is True
