"""What the program finds around it: a screen or none, and being asked to end."""

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backtimer.adapters.display import has_display
from backtimer.adapters.termination import Termination

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="as X11, Wayland and Unix do it")

# Far beyond the displays that a machine has.
NUMBER = 7_418_000 + os.getpid() % 1000


@pytest.fixture
def listening() -> Iterator[Callable[[str], None]]:
    """Listens at an address of a Unix socket, as a screen would."""
    sockets: list[socket.socket] = []

    def listen(address: str) -> None:
        server = socket.socket(socket.AF_UNIX)
        sockets.append(server)
        server.bind(address)
        server.listen()

    yield listen
    for each in sockets:
        each.close()


def test_without_anything_there_is_no_display() -> None:
    assert not has_display({})


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=100x100", "vnc"])
def test_who_names_a_platform_without_a_screen_knows_why(platform: str) -> None:
    assert has_display({"QT_QPA_PLATFORM": platform})


@pytest.mark.parametrize("platform", ["xcb", "wayland", "wayland;xcb", ""])
def test_naming_a_platform_with_a_screen_does_not_make_one(platform: str) -> None:
    assert not has_display({"QT_QPA_PLATFORM": platform})


@pytest.mark.parametrize(
    "display",
    [
        "",
        ":",
        "x",
        ":x",
        ":-1",
        ":²",
        pytest.param(f":{NUMBER}", id="nobody's"),
        pytest.param(f"unix:{NUMBER}.0", id="nobody's socket"),
        ":" + "9" * 300,
        "::",
        "\x01",
    ],
)
def test_a_display_that_does_not_listen_is_none(display: str) -> None:
    assert not has_display({"DISPLAY": display})


@pytest.mark.parametrize("display", ["localhost:²", "localhost:99999", "127.0.0.1:59000"])
def test_a_display_on_a_machine_that_does_not_answer_is_none(display: str) -> None:
    assert not has_display({"DISPLAY": display})


@pytest.mark.parametrize("display", [":{n}", ":{n}.0", "unix:{n}"])
def test_a_display_that_listens_is_one(display: str, listening: Callable[[str], None]) -> None:
    listening(f"\0/tmp/.X11-unix/X{NUMBER}")
    assert has_display({"DISPLAY": display.format(n=NUMBER)})


def test_a_display_may_be_on_another_machine() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        assert has_display({"DISPLAY": f"127.0.0.1:{port - 6000}"})


def test_a_wayland_session_that_listens_is_one(
    tmp_path: Path, listening: Callable[[str], None]
) -> None:
    environment = {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-9"}
    assert not has_display(environment)
    listening(str(tmp_path / "wayland-9"))
    assert has_display(environment)
    assert has_display({"WAYLAND_DISPLAY": str(tmp_path / "wayland-9")})


def test_a_wayland_session_that_ended_is_none(
    tmp_path: Path, listening: Callable[[str], None]
) -> None:
    (tmp_path / "wayland-9").touch()
    assert not has_display({"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-9"})
    # With Xwayland's display left, that is it.
    listening(f"\0/tmp/.X11-unix/X{NUMBER}")
    environment = {"WAYLAND_DISPLAY": "gone", "DISPLAY": f":{NUMBER}"}
    assert has_display(environment)


# --- being asked to end ---


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_asked_to_end_is_heard_in_the_event_loop(
    number: signal.Signals, qtbot: QtBot
) -> None:
    asked: list[int] = []
    termination = Termination(lambda: asked.append(1))
    try:
        os.kill(os.getpid(), number)
        assert asked == []
        qtbot.waitUntil(lambda: asked == [1])
    finally:
        termination.close()


def test_afterwards_signals_are_as_they_were() -> None:
    def mine(_number: int, _frame: object) -> None:
        """Whatever was there before."""

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(each, mine) for each in numbers]
    descriptor = signal.set_wakeup_fd(-1)
    try:
        termination = Termination(lambda: None)
        assert [signal.getsignal(each) for each in numbers] != [mine, mine]
        termination.close()
        assert [signal.getsignal(each) for each in numbers] == [mine, mine]
        assert signal.set_wakeup_fd(-1) == -1
    finally:
        signal.set_wakeup_fd(descriptor)
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
