"""Keeping the machine awake where there is no logind: Windows, macOS and elsewhere."""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject

from backtimer.adapters.sleep.outlook import Outlook

_log = logging.getLogger(__name__)

_CONTINUOUS = 0x80000000
_SYSTEM_REQUIRED = 0x00000001
_LAST_WORDS_S = 1.0


class _Inhibitor(QObject):
    """What they have in common: a `SleepInhibitor` that finds out at once how things stand.

    Also a `Waking` that never speaks: that the machine slept is told by its clocks.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outlook = Outlook(self)

    def start(self) -> None:
        """Find out how things stand."""
        self._outlook.settle(is_safe=False)

    def hold(self) -> None:
        """From now on the machine does not fall asleep by itself. Harmless when held already."""
        self._outlook.settle(is_safe=False)

    def release(self) -> None:
        """It may. Harmless when nothing is held."""

    def on_outlook(self, listener: Callable[[str], None]) -> None:
        """Call `listener` as the port says; it is known from `start` on."""
        self._outlook.on_change(listener)

    def on_wake(self, listener: Callable[[], None]) -> None:
        """Nothing: there is nobody to hear it from."""

    def close(self) -> None:
        """Let go for good."""
        self.release()


class NoInhibitor(_Inhibitor):
    """Where it is not known how to keep the machine awake: says so."""


class ExecutionStateInhibitor(_Inhibitor):
    """Windows. `set_state` is `SetThreadExecutionState`, which returns 0 where it failed.

    It counts for the thread that called it, so this is used from the main thread only.
    """

    def __init__(self, set_state: Callable[[int], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._set_state = set_state

    def start(self) -> None:
        """Find out by asking for it and taking it back."""
        self.hold()
        self.release()

    def hold(self) -> None:
        state = self._set_state(_CONTINUOUS | _SYSTEM_REQUIRED)
        self._outlook.settle(is_safe=state != 0)

    def release(self) -> None:
        self._set_state(_CONTINUOUS)


class CaffeinateInhibitor(_Inhibitor):
    """macOS: as long as its program `caffeinate` runs, the machine does not fall asleep idle.

    It ends by itself with this process, however that ends.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Find out whether the program is there."""
        self._outlook.settle(is_safe=shutil.which("caffeinate") is not None)

    def hold(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own words
                ["caffeinate", "-i", "-w", str(os.getpid())],  # noqa: S607 - where macOS has it
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            _log.warning("no caffeinate: %s", error)
            self._process = None
        self._outlook.settle(is_safe=self._process is not None)

    def release(self) -> None:
        if self._process is not None:
            self._process.terminate()
            # So that nothing of it is left; it ends in milliseconds.
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_LAST_WORDS_S)
            self._process = None


if sys.platform == "win32":

    def windows_inhibitor() -> ExecutionStateInhibitor:
        """The one with the system's own function."""
        import ctypes

        set_state = ctypes.windll.kernel32.SetThreadExecutionState
        set_state.argtypes = [ctypes.c_uint32]
        set_state.restype = ctypes.c_uint32
        return ExecutionStateInhibitor(set_state)
