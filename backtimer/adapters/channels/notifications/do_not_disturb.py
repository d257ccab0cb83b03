"""Finds out whether a Linux desktop keeps notifications back, where it tells."""

import os
import subprocess
from typing import Any

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.bus_messages import message_bus

from backtimer.adapters.bus_link import BusLost
from backtimer.adapters.channels.notifications.daemon import DAEMON
from backtimer.adapters.channels.notifications.session_bus import NoAnswer, SessionBus

_ANSWER_S = 0.5
_DUNST = "org.dunstproject.cmd0"
_XFCE = DBusAddress("/org/xfce/Xfconf", bus_name="org.xfce.Xfconf", interface="org.xfce.Xfconf")
_XFCE_SETTING = ("xfce4-notifyd", "/do-not-disturb")
_GNOME = ("gsettings", "get", "org.gnome.desktop.notifications", "show-banners")
_GNOME_S = 1.0


def is_on(bus: SessionBus) -> bool:
    """Whether “do not disturb” is known to be on; blocks for two seconds at most."""
    try:
        return (
            _property(bus, DAEMON.interface, "Inhibited")  # KDE
            or _property(bus, _DUNST, "paused")
            or _is_on_in_xfce(bus)
            or _is_on_in_gnome()
        )
    except (BusLost, NoAnswer):
        return False


def _property(bus: SessionBus, interface: str, name: str) -> bool:
    address = DBusAddress(DAEMON.path, bus_name=DAEMON.name, interface=interface)
    return _is_true(bus, Properties(address).get(name))


def _is_on_in_xfce(bus: SessionBus) -> bool:
    # Asked only where it runs: it would be started to answer.
    runs = bus.call(message_bus.NameHasOwner(_XFCE.bus_name), _ANSWER_S).body == (True,)
    return runs and _is_true(bus, new_method_call(_XFCE, "GetProperty", "ss", _XFCE_SETTING))


def _is_true(bus: SessionBus, question: Any) -> bool:
    answer = bus.call(question, _ANSWER_S)
    is_told = answer.header.message_type is MessageType.method_return
    return is_told and answer.body == (("b", True),)


def _is_on_in_gnome() -> bool:
    if "GNOME" not in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":"):
        return False
    try:
        told = subprocess.run(  # noqa: S603 (no input of anybody)
            _GNOME,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_GNOME_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.stdout.strip() == b"false"
