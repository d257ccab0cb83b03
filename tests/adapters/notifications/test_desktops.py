"""Real desktops, dunst and Xfce: what is shown, pressed and kept back there."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backtimer.adapters.channels.notifications.desktop import DesktopChannel
from backtimer.domain.ports import Delivery
from backtimer.domain.view import Action
from tests.adapters.channel_kit import SENT, Until
from tests.adapters.conftest import need
from tests.adapters.notifications.kit import Daemon, Told, urgent

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="talks to a Linux desktop")

HELD = (Delivery.HELD, "“Do not disturb” is on.")

# --- dunst ---


def test_a_button_of_dunst_is_heard(channel: DesktopChannel, told: Told, daemon: Daemon) -> None:
    channel.say(urgent())
    assert told.wait_for(1) == [SENT]
    daemon.press()
    told.wait_for_answers(Action.OFF)


def test_dunst_shows_one_popup_for_what_is_said_again_and_none_after_hush(
    channel: DesktopChannel, told: Told, daemon: Daemon, until: Until
) -> None:
    for minutes in range(3):
        channel.say(urgent(f"{minutes} min late"))
        told.wait_for(minutes + 1)
    assert daemon.count() == 1
    channel.hush()
    until(lambda: daemon.count() == 0)


def test_a_dunst_that_freezes_shows_nothing_of_it_when_it_thaws(
    channel: DesktopChannel, told: Told, daemon: Daemon
) -> None:
    daemon.freeze()
    channel.say(urgent())
    assert told.wait_for(1)[0][0] is Delivery.FAILED
    daemon.thaw()
    told.wait_until_idle()
    assert daemon.shown() == []


# --- Xfce ---


@pytest.fixture
def xfce(bus: str, empty_display: str, until: Until) -> Iterator[str]:
    """The display on which Xfce's daemon runs."""
    need("xdotool")
    program = of_xfce("notifyd/xfce4-notifyd")
    environment = os.environ | {"DISPLAY": empty_display, "DBUS_SESSION_BUS_ADDRESS": bus}
    with subprocess.Popen([program], env=environment, stderr=subprocess.DEVNULL) as process:
        until(lambda: has_owner("org.freedesktop.Notifications"))
        yield empty_display
        process.terminate()


@pytest.fixture
def xfce_settings(bus: str, until: Until, tmp_path: Path) -> Iterator[None]:
    """Where Xfce keeps its settings."""
    program = of_xfce("xfconf/xfconfd")
    environment = os.environ | {
        "DBUS_SESSION_BUS_ADDRESS": bus,
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    with subprocess.Popen([program], env=environment, stderr=subprocess.DEVNULL) as process:
        until(lambda: has_owner("org.xfce.Xfconf"))
        yield
        process.terminate()


def of_xfce(name: str) -> Path:
    """The program, which is on no path."""
    for pattern in (f"lib*/xfce4/{name}", f"lib/*/xfce4/{name}"):
        for found in Path("/usr").glob(pattern):
            return found
    pytest.skip(f"not on this machine: {name}")


def has_owner(name: str) -> bool:
    call = "dbus-send --session --print-reply --dest=org.freedesktop.DBus / "
    call += f"org.freedesktop.DBus.NameHasOwner string:{name}"
    return "true" in subprocess.check_output(call.split(), text=True)


def set_do_not_disturb(value: str) -> None:
    call = "gdbus call --session --dest org.xfce.Xfconf --object-path /org/xfce/Xfconf"
    call += " --method org.xfce.Xfconf.SetProperty xfce4-notifyd /do-not-disturb"
    subprocess.run([*call.split(), value], check=True, stdout=subprocess.DEVNULL)


def test_a_click_on_a_button_in_xfce_is_heard(
    channel: DesktopChannel, told: Told, xfce: str, until: Until
) -> None:
    def xdotool(*words: str) -> list[str]:
        environment = os.environ | {"DISPLAY": xfce}
        told = subprocess.run(
            ["xdotool", *words], env=environment, capture_output=True, text=True, check=False
        )
        return told.stdout.split()

    def popups() -> list[str]:
        return xdotool("search", "--onlyvisible", "--name", "^xfce4-notifyd$")

    channel.say(urgent())
    assert told.wait_for(1) == [SENT]
    until(popups)
    (window,) = popups()
    # The last button is the one in the lower right corner.
    size = dict(each.split("=") for each in xdotool("getwindowgeometry", "--shell", window))
    x, y = int(size["WIDTH"]) - 60, int(size["HEIGHT"]) - 30
    xdotool("mousemove", "--window", window, str(x), str(y), "click", "1")
    told.wait_for_answers(Action.OFF)
    until(lambda: not popups())


@pytest.mark.usefixtures("xfce_settings", "xfce")
def test_do_not_disturb_of_xfce_is_told(channel: DesktopChannel, told: Told) -> None:
    set_do_not_disturb("<true>")
    channel.say(urgent())
    assert told.wait_for(1) == [HELD]
    set_do_not_disturb("<false>")
    channel.say(urgent())
    assert told.wait_for(2)[1] == SENT
