import gc
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from backtimer.adapters.channels.notifications.desktop import DesktopChannel
    from tests.adapters.notifications.kit import Told
    from tests.adapters.notifications.stand_in import StandIn

PATIENCE_S = 20.0

# Starts no services by itself: what a test does not start is not there.
BUS = """
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
DUNST = """
[global]
    stack_duplicates = false
    notification_limit = 0
    history_length = 1000
    sticky_history = true
    idle_threshold = 0
[urgency_critical]
    action_name = off
"""


def _until(condition: Callable[[], object]) -> None:
    """Wait until `condition` holds, looking every few milliseconds."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.005)


@pytest.fixture
def until() -> Callable[[Callable[[], object]], None]:
    """Waits until a condition holds, and fails where it does not come to pass."""
    return _until


def need(*programs: str) -> None:
    missing = [each for each in programs if shutil.which(each) is None]
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")


@contextmanager
def _screen(folder: Path) -> Iterator[str]:
    need("Xvfb")
    said = folder / "display"
    with (
        said.open("wb") as file,
        subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-nolisten", "tcp"], stdout=file, stderr=subprocess.DEVNULL
        ) as screen,
    ):
        _until(lambda: said.read_text().endswith("\n"))
        yield f":{said.read_text().strip()}"
        screen.terminate()


@pytest.fixture(scope="session")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An X display: the one that the tests run in, or a screen of their own."""
    if os.environ.get("DISPLAY"):
        yield os.environ["DISPLAY"]
        return
    with _screen(tmp_path_factory.mktemp("screen")) as name:
        yield name


@pytest.fixture
def empty_display(tmp_path: Path) -> Iterator[str]:
    """An X display with nothing on it."""
    with _screen(tmp_path) as name:
        yield name


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A session bus of one's own, with nobody on it."""
    need("dbus-daemon")
    config = tmp_path / "bus.conf"
    config.write_text(BUS.format(folder=tmp_path))
    with subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
        process.terminate()


@dataclass(frozen=True)
class Shown:
    """A notification as the daemon has it."""

    title: str
    body: str
    app_name: str


class NotificationDaemon:
    """A real dunst on the test's own bus."""

    def __init__(self, folder: Path, *, bus: str, display: str) -> None:
        self._config = folder / "dunstrc"
        self._config.write_text(DUNST)
        self._environment = os.environ | {"DBUS_SESSION_BUS_ADDRESS": bus, "DISPLAY": display}
        self._bus = bus
        self._process: subprocess.Popen[bytes] | None = None

    def read_markup(self) -> None:
        """From its next start on it takes < and & in a body for markup, as most do."""
        self._config.write_text(DUNST + "[global]\n    markup = full\n")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            ["dunst", "-conf", str(self._config)],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _until(self._answers)

    def freeze(self) -> None:
        """It no longer answers, and it does not end either."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        if self._process is not None:
            self.thaw()
            self._process.terminate()
            self._process.wait(PATIENCE_S)
            self._process = None

    def shown(self) -> list[Shown]:
        """All that was shown, the oldest first."""
        # What is still shown is not in the history.
        self._command("NotificationCloseAll")
        found = self._command("NotificationListHistory")[0]
        values = [{key: value for key, (_, value) in each.items()} for each in found]
        values.sort(key=lambda each: each["id"])
        return [Shown(each["summary"], each["body"], each["appname"]) for each in values]

    def pause(self) -> None:
        """“Do not disturb”: it takes what comes, and keeps it back."""
        subprocess.run(["dunstctl", "set-paused", "true"], env=self._environment, check=True)

    def press(self) -> None:
        """The person presses the button “off” of what was shown last, or else the popup."""
        self._command("NotificationAction", "u", (0,))

    def count(self) -> int:
        """How many popups there are now."""
        words = ["dunstctl", "count", "displayed"]
        told = subprocess.run(words, env=self._environment, check=True, capture_output=True)
        return int(told.stdout)

    def _signal(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def _answers(self) -> bool:
        try:
            self._command("NotificationListHistory")
        except ProcessLookupError:
            return False
        return True

    def _command(self, name: str, signature: str | None = None, body: tuple[int, ...] = ()) -> Any:
        from jeepney import DBusAddress, MessageType, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        address = DBusAddress(
            "/org/freedesktop/Notifications",
            bus_name="org.freedesktop.Notifications",
            interface="org.dunstproject.cmd0",
        )
        call = new_method_call(address, name, signature, body)
        with open_dbus_connection(self._bus) as connection:
            reply = connection.send_and_get_reply(call, timeout=10)
        if reply.header.message_type is MessageType.error:
            raise ProcessLookupError(reply.body)
        return reply.body


@pytest.fixture
def absent_daemon(bus: str, display: str, tmp_path: Path) -> Iterator[NotificationDaemon]:
    """A notification daemon that is not started yet."""
    need("dunst", "notify-send")
    daemon = NotificationDaemon(tmp_path, bus=bus, display=display)
    yield daemon
    daemon.stop()


@pytest.fixture
def daemon(absent_daemon: NotificationDaemon) -> NotificationDaemon:
    """A notification daemon that runs."""
    absent_daemon.start()
    return absent_daemon


@pytest.fixture
def absent_stand_in(bus: str, tmp_path: Path) -> Iterator["StandIn"]:
    """A notification daemon of the tests' own that is not started yet."""
    from tests.adapters.notifications.stand_in import StandIn

    need("notify-send")
    stand_in = StandIn(bus, tmp_path)
    yield stand_in
    stand_in.stop()


@pytest.fixture
def bare_stand_in(absent_stand_in: "StandIn") -> "StandIn":
    """One that runs, and has no buttons."""
    absent_stand_in.start()
    _until(lambda: absent_stand_in.is_ready)
    return absent_stand_in


@pytest.fixture
def stand_in(bare_stand_in: "StandIn") -> "StandIn":
    """One that runs, and has buttons."""
    bare_stand_in.tell("can actions")
    return bare_stand_in


@pytest.fixture
def channel(qapp: QCoreApplication) -> Iterator["DesktopChannel"]:
    from backtimer.adapters.channels.notifications.desktop import DesktopChannel

    # What earlier tests left is not to be collected in a thread that is not Qt's: a QObject with
    # a running timer that dies there takes the process with it. The program collects in the main
    # thread only; pytest does not.
    gc.collect()
    gc.disable()
    channel = DesktopChannel(app_icon=Path("/nowhere/backtimer.png"), parent=qapp)
    yield channel
    channel.close()
    gc.enable()


@pytest.fixture
def told(channel: "DesktopChannel", qtbot: QtBot) -> "Told":
    from tests.adapters.notifications.kit import Told

    return Told(channel, qtbot)
