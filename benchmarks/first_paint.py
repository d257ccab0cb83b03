"""Sees from outside when a program's window is painted: the X server tells of the first pixels."""

import select
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from Xlib import X
from Xlib.display import Display
from Xlib.ext import damage

from benchmarks.processes import processor_s
from benchmarks.programs import started

_PATIENCE_S = 30.0
_LEAST_PX = 200  # Qt also makes tiny windows, which nobody sees


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPaint:
    """Seconds from starting a program to its first pixels, and its processor time until then."""

    wall_s: float
    processor_s: float


class Screen:
    """The X server of this desktop, on which nobody else opens windows."""

    def __init__(self) -> None:
        self._display = Display()
        self._display.damage_query_version()
        root = self._display.screen().root
        root.change_attributes(event_mask=X.SubstructureNotifyMask)
        self._display.sync()

    def first_paint(self, command: Sequence[str], environment: Mapping[str, str]) -> FirstPaint:
        """Start a program, and end it once its window has been painted."""
        self._forget()
        begin = time.monotonic()
        with started(command, environment) as process:
            self._wait_for_pixels(process, begin + _PATIENCE_S)
            return FirstPaint(wall_s=time.monotonic() - begin, processor_s=processor_s(process.pid))

    def _wait_for_pixels(self, process: subprocess.Popen[str], deadline: float) -> None:
        while time.monotonic() < deadline and process.poll() is None:
            select.select([self._display], [], [], 1.0)
            while self._display.pending_events():
                event = self._display.next_event()
                if event.type == self._display.extension_event.DamageNotify:
                    return
                if event.type == X.CreateNotify and min(event.width, event.height) > _LEAST_PX:
                    # Qt's windows have no background: what changes them is a paint.
                    event.window.damage_create(damage.DamageReportNonEmpty)
                    self._display.flush()
        message = f"no window came from {process.args!r}"
        raise TimeoutError(message)

    def _forget(self) -> None:
        """Leave out what the program before did at its end."""
        self._display.sync()
        while self._display.pending_events():
            self._display.next_event()
