"""A real host of tray icons that comes late, goes away and comes back."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.system.real import PATIENCE_S, Desktop, Program, until

pytestmark = pytest.mark.system

ROOT = Path(__file__).parents[2]
WATCHER = DBusAddress(
    "/StatusNotifierWatcher",
    bus_name="org.kde.StatusNotifierWatcher",
    interface="org.freedesktop.DBus.Properties",
)
# The program looks for a tray whenever it looks at the clock.
LOOK_S = 40.0


class Host:
    """A host of tray icons on the desktop's bus, when it is started."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, and wait until it stands."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.tray_host"],
            cwd=ROOT,
            env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": self._address},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        assert self._process.stdout.readline()

    def icons(self) -> list[str]:
        """Who has an icon in it."""
        asked = ("org.kde.StatusNotifierWatcher", "RegisteredStatusNotifierItems")
        question = new_method_call(WATCHER, "Get", "ss", asked)
        with open_dbus_connection(self._address) as connection:
            reply = connection.send_and_get_reply(question, timeout=10)
        if reply.header.message_type is MessageType.error:
            return []
        found: Any = reply.body[0][1]
        return list(found)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@pytest.fixture
def host(desktop: Desktop) -> Iterator[Host]:
    host = Host(desktop.address)
    yield host
    host.stop()


def tray(program: Program) -> str:
    """What `check` tells of the tray."""
    found = json.loads(program.ask("check", "--json").out)["channels"]
    return next(str(each["state"]) for each in found if each["name"] == "tray")


def test_a_tray_that_comes_late_has_the_icon_and_has_it_again_when_it_comes_back(
    program: Program, host: Host
) -> None:
    program.start()
    assert tray(program) == "broken"
    host.start()
    until("the icon", host.icons, LOOK_S)
    assert tray(program) == "works"
    host.stop()
    host.start()
    until("the icon, again", host.icons, LOOK_S)
    assert program.process.poll() is None


def test_a_program_that_waits_in_the_tray_can_be_reached_without_one(
    program: Program, host: Host
) -> None:
    host.start()
    program.start("--minimized")
    until("the icon", host.icons, PATIENCE_S)
    assert not program.window()
    host.stop()
    program.told("start")
    assert program.status()["phase"] == "applying"
