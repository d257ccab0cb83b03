"""What is found out about notifications before one is needed, and “do not disturb”."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from backtimer.adapters.channels.notifications import linux_notifier
from backtimer.adapters.channels.notifications.desktop import DesktopChannel
from backtimer.adapters.channels.notifications.findings import NoDaemon
from backtimer.adapters.channels.notifications.other_notifier import OtherNotifier
from backtimer.adapters.channels.notifications.plyer_notifier import PlyerNotifier
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding, State, Way, broken, works
from tests.adapters.channel_kit import SENT
from tests.adapters.notifications.kit import (
    NO_ANSWER,
    NO_BUS,
    NO_DAEMON,
    NO_SESSION,
    Daemon,
    Told,
    plain_news,
    urgent,
)

if TYPE_CHECKING:
    from tests.adapters.notifications.stand_in import StandIn

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="talks to a Linux desktop")

ON = "“Do not disturb” is on."
HELD = (Delivery.HELD, ON)
WORKS = works(Way.NOTIFICATION)
KEPT_BACK = broken(Way.NOTIFICATION, ON, "Switch it off while you use the timer.")
NO_BUTTONS = broken(
    Way.BUTTONS,
    "This desktop’s notifications have no buttons.",
    "Answer in the window or from the tray.",
)


def trouble(why: str, fix: str) -> tuple[Finding, Finding]:
    return (
        broken(Way.NOTIFICATION, why, fix),
        broken(Way.BUTTONS, why, "Answer in the window or from the tray."),
    )


# --- what works ---


def test_dunst_shows_notifications_with_buttons(told: Told, daemon: Daemon) -> None:
    assert told.probe() == (WORKS, works(Way.BUTTONS))
    assert daemon.shown() == []


def test_a_daemon_without_buttons_is_told(told: Told, bare_stand_in: "StandIn") -> None:
    assert told.probe() == (WORKS, NO_BUTTONS)
    assert bare_stand_in.notified == []


def test_each_probe_looks_anew(told: Told, absent_daemon: Daemon) -> None:
    assert told.probe()[0].state is State.BROKEN
    absent_daemon.start()
    assert told.probe()[0].state is State.WORKS
    absent_daemon.stop()
    assert told.probe()[0].state is State.BROKEN


# --- what is missing ---


def test_a_missing_session_is_told(
    told: Told, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert told.probe() == trouble(NO_SESSION, "Start Backtimer from within your desktop.")


def test_a_bus_that_cannot_be_reached_is_told(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    assert told.probe() == trouble(NO_BUS, "Sign out of the desktop and in again.")


@pytest.mark.usefixtures("bus")
def test_a_missing_daemon_is_told(told: Told) -> None:
    fix = "Install one that your desktop starts, such as dunst."
    assert told.probe() == trouble(NO_DAEMON, fix)


def test_a_frozen_daemon_is_told_in_time(told: Told, daemon: Daemon) -> None:
    daemon.freeze()
    start_s = time.monotonic()
    assert told.probe() == trouble(NO_ANSWER, "Sign out of the desktop and in again.")
    assert time.monotonic() - start_s < 8


@pytest.mark.usefixtures("daemon")
def test_a_missing_notify_send_is_told_though_there_are_buttons(
    told: Told, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = broken(Way.NOTIFICATION, "The program notify-send is missing.", "Install libnotify.")
    assert told.probe() == (missing, works(Way.BUTTONS))


@pytest.mark.usefixtures("daemon")
def test_in_a_flatpak_it_is_the_portal_that_is_asked(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux_notifier, "is_in_flatpak", lambda: True)
    notification, buttons = told.probe()
    assert (notification.state, notification.why) == (State.BROKEN, NO_DAEMON)
    assert buttons.state is State.WORKS


# --- other systems ---


def test_elsewhere_nobody_knows_what_is_shown_and_there_are_no_buttons() -> None:
    notification, buttons = OtherNotifier(app_icon=Path("/nowhere")).findings()
    assert notification.state is State.UNKNOWN
    assert notification.why == "Whether it is shown cannot be found out here."
    assert buttons == NO_BUTTONS


def test_elsewhere_what_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def miss(_: PlyerNotifier) -> None:
        raise NoDaemon("Notifications on macOS need the package pyobjus.", "Install pyobjus.")

    monkeypatch.setattr(PlyerNotifier, "get_ready", miss)
    notification, buttons = OtherNotifier(app_icon=Path("/nowhere")).findings()
    assert (notification.state, notification.fix) == (State.BROKEN, "Install pyobjus.")
    assert buttons == NO_BUTTONS


def test_elsewhere_plyer_shows_everything(
    channel: DesktopChannel, told: Told, stand_in: "StandIn", monkeypatch: pytest.MonkeyPatch
) -> None:
    from backtimer.adapters.channels.notifications import worker as notification_worker

    def elsewhere(*, app_icon: Path, answered: object) -> OtherNotifier:
        assert answered
        return OtherNotifier(app_icon=app_icon)

    monkeypatch.setattr(notification_worker, "notifier_here", elsewhere)
    channel.say(urgent())
    channel.hush()
    channel.say(urgent())
    channel.say(plain_news())
    assert told.wait_for(2)[:2] == [SENT] * 2
    assert {tuple(each.actions) for each in stand_in.notified} == {()}


def test_on_macos_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(NoDaemon) as error:
        PlyerNotifier(app_icon=Path("/nowhere")).get_ready()
    assert error.value.fix == "Install pyobjus."


# --- “do not disturb” ---


def test_a_message_that_dunst_keeps_back_is_told(
    channel: DesktopChannel, told: Told, daemon: Daemon
) -> None:
    daemon.pause()
    channel.say(urgent())
    channel.say(plain_news())
    assert told.wait_for(2) == [HELD] * 2
    assert told.probe() == (KEPT_BACK, works(Way.BUTTONS))
    assert daemon.count() == 0


def test_a_message_that_kde_keeps_back_is_told(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    stand_in.tell("inhibited true")
    channel.say(urgent())
    assert told.wait_for(1) == [HELD]
    stand_in.tell("inhibited false")
    channel.say(urgent())
    assert told.wait_for(2)[1] == SENT


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize(
    ("desktop", "program", "told_as"),
    [
        ("GNOME", "echo false", HELD),
        ("ubuntu:GNOME", "echo false", HELD),
        ("GNOME", "echo true", SENT),
        ("GNOME", "echo No such schema; exit 1", SENT),
        ("GNOME", "exec sleep 30", SENT),
        ("XFCE", "echo false", SENT),
    ],
)
def test_gnome_is_asked_whether_it_shows_banners(
    channel: DesktopChannel,
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    desktop: str,
    program: str,
    told_as: tuple[Delivery, str],
) -> None:
    gsettings = tmp_path / "gsettings"
    gsettings.write_text(f"#!/bin/sh\n{program}\n")
    gsettings.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    channel.say(urgent())
    assert told.wait_for(1) == [told_as]


@pytest.mark.usefixtures("stand_in")
def test_a_gnome_without_gsettings_tells_nothing(
    channel: DesktopChannel, told: Told, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    channel.say(urgent())
    assert told.wait_for(1) == [SENT]
