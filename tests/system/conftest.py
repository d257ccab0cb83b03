"""The real program on a real desktop; without one these tests are left out."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.system.real import Desktop, Program, missing_tools


@pytest.fixture(scope="session")
def _tools() -> None:
    if missing := missing_tools():
        pytest.skip(f"run by scripts/desktop; missing here: {', '.join(missing)}")


@pytest.fixture
def lonely_desktop(_tools: None, tmp_path: Path) -> Iterator[Desktop]:
    """A desktop without a notification daemon."""
    folder = tmp_path / "desktop"
    folder.mkdir()
    desktop = Desktop(folder)
    yield desktop
    desktop.close()


@pytest.fixture
def desktop(lonely_desktop: Desktop) -> Desktop:
    """A desktop with a notification daemon."""
    lonely_desktop.start_daemon()
    return lonely_desktop


@pytest.fixture
def environment(_tools: None, tmp_path: Path) -> dict[str, str]:
    """What the program is started with: this screen, and folders of its own."""
    # Tests run without a screen, the program does not.
    hidden = ("QT_QPA_PLATFORM", "BACKTIMER_DATA_DIR", "PYTHONPATH")
    found = {name: value for name, value in os.environ.items() if name not in hidden}
    for kind in ("CONFIG", "CACHE", "DATA", "STATE"):
        found[f"XDG_{kind}_HOME"] = str(tmp_path / "home" / kind.lower())
    return found | {"HOME": str(tmp_path / "home")}


@pytest.fixture
def make_program(
    environment: dict[str, str], tmp_path: Path
) -> Iterator[Callable[[str, dict[str, str]], Program]]:
    """Makes a program on a folder of that name, with changes of its environment."""
    made: list[Program] = []

    def make(name: str, changes: dict[str, str]) -> Program:
        program = Program(tmp_path / name, environment | changes)
        made.append(program)
        return program

    yield make
    for program in made:
        program.clean_up()


@pytest.fixture
def program(make_program: Callable[[str, dict[str, str]], Program], desktop: Desktop) -> Program:
    """The program on a whole desktop."""
    return make_program("data", {"DBUS_SESSION_BUS_ADDRESS": desktop.address})


@pytest.fixture
def lonely_program(
    make_program: Callable[[str, dict[str, str]], Program], lonely_desktop: Desktop
) -> Program:
    """The program where nobody shows notifications."""
    return make_program("data", {"DBUS_SESSION_BUS_ADDRESS": lonely_desktop.address})
