"""Brings the record into the form that the journal shows, a few milliseconds at a time."""

import time
from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from backtimer.domain.amend import is_recorded
from backtimer.domain.clock import Moment
from backtimer.domain.episode import Episode
from backtimer.domain.journal import telling
from backtimer.domain.journal_lines import Line, each_line, newest_first
from backtimer.domain.ports import Clock
from backtimer.domain.record import History
from backtimer.services.care import CareService

_SLICE_S = 0.012  # the window answers in between

Told = tuple[Episode, Moment]


class Reading(QObject):
    """`begin()` reads; once `done()` is emitted, `told` and `lines` are what there is.

    told: the episodes, oldest first, each with the moment up to which it is told; the open one
    is the last, if `is_open`. lines: those of all of them, newest first; last_lines: those of the
    last. Earlier episodes are read only when asked for, or where there is no other, and then kept
    as long as they are the same.
    """

    done = Signal()

    def __init__(self, *, care: CareService, clock: Clock) -> None:
        super().__init__()
        self._care = care
        self._clock = clock
        self.told: tuple[Told, ...] = ()
        self.lines: list[Line] = []
        self.last_lines: list[Line] = []
        self.is_open = False
        self._earlier: list[tuple[Told, list[Line]]] = []
        self._read: tuple[History, ...] | None = None  # what `_earlier` was made from
        self._waits = False  # for the record
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        care.past.known.connect(self._on_known)

    def begin(self, *, with_earlier: bool) -> None:
        """Read anew. What takes a moment only is there when this returns."""
        self._timer.stop()
        self._waits = with_earlier or not self._has_open()
        if not self._waits:
            self._tell(None)
        elif self._care.past.ended is None:
            self._care.past.ask()
        else:
            self._on_known()

    def finish(self) -> None:
        """Read what is left at once."""
        if self._waits:
            self._care.past.finish()
        while self._timer.isActive():
            self._go_on()

    def told_with(self, of: datetime) -> Told | None:
        """The ended episode with something on record for the wall time `of`; None: no ended one."""
        if is_recorded(self._care.episode, of):
            return None
        if self._read is None or self._read is not self._care.past.ended:
            self.begin(with_earlier=True)
        self.finish()
        return next((told for told, _ in self._earlier if is_recorded(told[0], of)), None)

    def _on_known(self) -> None:
        if self._waits:
            self._waits = False
            self._tell(self._care.past.ended)

    def _tell(self, ended: tuple[History, ...] | None) -> None:
        self._steps = self._telling(ended)
        self._timer.start()
        self._go_on()

    def _go_on(self) -> None:
        until = time.monotonic() + _SLICE_S
        while time.monotonic() < until:
            try:
                next(self._steps)
            except StopIteration:
                self._timer.stop()
                self.done.emit()
                return

    def _has_open(self) -> bool:
        return self._care.episode.onset is not None or bool(self._care.episode.entries)

    def _telling(self, ended: tuple[History, ...] | None) -> Iterator[None]:
        now, episode, is_open = self._clock.now(), self._care.episode, self._has_open()
        if ended is not None and ended is not self._read:
            found: list[tuple[Told, list[Line]]] = []
            yield from _telling_earlier(found, ended, now)
            self._earlier, self._read = found, ended
        open_lines: list[Line] = []
        if is_open:
            yield from _filling(open_lines, (episode, now))
        earlier = self._earlier
        self.is_open = is_open
        self.told = (*(told for told, _ in earlier), *(((episode, now),) if is_open else ()))
        older = [line for _, each in reversed(earlier) for line in each]
        self.lines = newest_first((*open_lines, *older))
        last = earlier[-1][1] if earlier else []
        self.last_lines = newest_first(open_lines if is_open else last)


def _telling_earlier(
    found: list[tuple[Told, list[Line]]], ended: tuple[History, ...], now: Moment
) -> Iterator[None]:
    for history in ended:
        for told in telling(history, now):
            yield
            if told is not None:
                lines: list[Line] = []
                yield from _filling(lines, told)
                found.append((told, lines))


def _filling(lines: list[Line], told: Told) -> Iterator[None]:
    for line in each_line(*told):
        lines.append(line)
        yield
