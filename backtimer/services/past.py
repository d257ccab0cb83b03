"""Reads the episodes that are over, a few events at a time, as the whole record takes long."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from backtimer.domain.errors import DataError
from backtimer.domain.events import EpisodeEnded
from backtimer.domain.record import Gathered, History

SLICE = 100  # events: a few milliseconds, and the window answers in between


class Past(QObject):
    """`ask()` reads; once `known()` is emitted, `ended` is there, and stays until `forget()`.

    ended: the episodes that are over, oldest first, each with all that was said of it later;
    none where the record cannot be read; None while that is not known.
    """

    known = Signal()

    def __init__(
        self, *, recorded: Callable[[], Iterator[History]], report: Callable[[str], None]
    ) -> None:
        """`recorded` gives all events, oldest first, a few at a time, each few read when asked for.

        Where it raises `DataError`, `report` is told why.
        """
        super().__init__()
        self.ended: tuple[History, ...] | None = None
        self._recorded = recorded
        self._report = report
        self._parts: Iterator[History] | None = None
        self._gathered = Gathered()
        self._begins = True  # an episode, with the next event
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def ask(self) -> None:
        """Have it known soon; of a short record it is known when this returns."""
        if self.ended is None and self._parts is None:
            self._begin()
            self._go_on()

    def finish(self) -> None:
        """Have it known when this returns, which takes as long as the record is."""
        self.ask()
        while self.ended is None:
            self._go_on()

    def forget(self) -> None:
        """The record is another one: have it read anew when it is asked for, or is being read."""
        self.ended = None
        if self._parts is not None:
            self._begin()

    def _begin(self) -> None:
        self._parts = self._recorded()
        self._gathered = Gathered()
        self._begins = True

    def _go_on(self) -> None:
        try:
            is_over = self._has_read_all()
        except DataError as error:
            self._report(str(error))
            self._conclude(())
            return
        if is_over:
            episodes = self._gathered.episodes
            self._conclude(tuple(each for each in episodes if isinstance(each[-1], EpisodeEnded)))
        else:
            self._timer.start()

    def _has_read_all(self) -> bool:
        """Read a slice; whether it was the last."""
        count = 0
        assert self._parts is not None
        for part in self._parts:
            self._add(part)
            count += len(part)
            if count >= SLICE:
                return False
        return True

    def _add(self, part: History) -> None:
        for event in part:
            if self._begins:
                self._gathered.begin()
            self._gathered.add(event)
            self._begins = isinstance(event, EpisodeEnded)

    def _conclude(self, ended: tuple[History, ...]) -> None:
        self._timer.stop()
        self._parts = None
        self._gathered = Gathered()
        self.ended = ended
        self.known.emit()
