"""Keeps the screen lit: a thread that asks the desktop for it and ends with it."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable

from backtimer.domain.words import tr

_log = logging.getLogger(__name__)

_ANSWER_S = 2.0
_CLOSE_S = 1.0
# What Windows' SetThreadExecutionState is told; it counts for the thread that says it.
_CONTINUOUS = 0x80000000
_DISPLAY_REQUIRED = 0x00000002

Keep = Callable[[threading.Event], None]


class Screen:
    """The port `ScreenKeeper`. Where a desktop cannot be asked, the screen goes dark as ever."""

    def __init__(self, keep: Keep | None = None) -> None:
        """`keep` holds the screen until its event is set; by default as this system has it."""
        self._keep = keep or _keeper()
        self._enough: threading.Event | None = None
        self._thread: threading.Thread | None = None

    def hold(self) -> None:
        """From now on the screen does not go dark by itself. Harmless when held already."""
        if self._enough is not None:
            return
        enough = threading.Event()
        # A daemon: a desktop that hangs must not keep the program from ending.
        thread = threading.Thread(target=self._hold, args=(enough,), name="screen", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            _log.warning("no thread for the screen: %s", error)
            return
        self._enough, self._thread = enough, thread

    def release(self) -> None:
        """It may. Harmless when nothing is held."""
        if self._enough is not None:
            self._enough.set()
            self._enough = None

    def close(self) -> None:
        """Let go for good; takes up to a second where the desktop hangs."""
        self.release()
        if self._thread is not None:
            self._thread.join(_CLOSE_S)

    def _hold(self, enough: threading.Event) -> None:
        try:
            self._keep(enough)
        except Exception as error:
            # Whatever a desktop answers: without it the screen goes dark, and nothing else.
            _log.warning("the screen is not kept lit: %r", error)


def keep_by_bus(enough: threading.Event) -> None:
    """Linux: as KDE, GNOME, Xfce, Cinnamon and MATE have it. They also end it with the connection.

    Raises what jeepney does where nobody answers.
    """
    from jeepney import DBusAddress, MessageType, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    from backtimer.adapters.bus_link import session_bus

    saver = DBusAddress(
        "/org/freedesktop/ScreenSaver",
        bus_name="org.freedesktop.ScreenSaver",
        interface="org.freedesktop.ScreenSaver",
    )
    why = ("Backtimer", tr("The time is read from across the room."))
    with open_dbus_connection(session_bus()) as bus:
        asked = new_method_call(saver, "Inhibit", "ss", why)
        reply = bus.send_and_get_reply(asked, timeout=_ANSWER_S)
        if reply.header.message_type is MessageType.error:
            _log.info("nobody keeps the screen lit: %s", reply.body)
            return
        enough.wait()
        bus.send(new_method_call(saver, "UnInhibit", "u", (reply.body[0],)))


def keep_by_caffeinate(enough: threading.Event) -> None:
    """macOS: as long as its program runs."""
    with subprocess.Popen(["caffeinate", "-d", "-w", str(os.getpid())]) as process:  # noqa: S603, S607
        enough.wait()
        process.terminate()


def _keeper() -> Keep:
    if sys.platform == "win32":
        return _keep_by_state
    return keep_by_caffeinate if sys.platform == "darwin" else keep_by_bus


if sys.platform == "win32":

    def _keep_by_state(enough: threading.Event) -> None:
        """Windows: for as long as this thread has said so."""
        import ctypes

        set_state = ctypes.windll.kernel32.SetThreadExecutionState
        set_state(ctypes.c_uint32(_CONTINUOUS | _DISPLAY_REQUIRED))
        enough.wait()
        set_state(ctypes.c_uint32(_CONTINUOUS))
