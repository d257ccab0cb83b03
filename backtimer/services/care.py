"""Turns commands and time into events on disk, and announces the new state."""

from PySide6.QtCore import QObject, Signal

from backtimer.domain import commands as cmd
from backtimer.domain.decide import decide
from backtimer.domain.episode import Episode, evolve, fold
from backtimer.domain.errors import DataError
from backtimer.domain.events import Event
from backtimer.domain.ports import Clock, EventStore
from backtimer.domain.rules import Rules
from backtimer.domain.settle import settle
from backtimer.domain.view import View, view


class CareService(QObject):
    """The living episode. Everything that changes it goes through `do`, `check` or `note`.

    Signals: `changed(View)` after anything that may have changed what is shown;
    `settled(tuple[Event, ...])` for facts that time alone brought about; `trouble(str)` when
    the record cannot be written, empty when it can again.
    """

    changed = Signal(object)
    settled = Signal(object)
    trouble = Signal(str)

    def __init__(self, *, store: EventStore, clock: Clock, rules: Rules) -> None:
        """Continue the open episode of `store`. Raises `DataError` when it cannot be read."""
        super().__init__()
        self._store = store
        self._clock = clock
        self._episode = fold(rules, store.open_episode())
        self._unsaved: tuple[Event, ...] = ()
        self._view = view(self._episode, clock.now())

    @property
    def episode(self) -> Episode:
        return self._episode

    @property
    def view(self) -> View:
        """What was announced last; its times stay right, its phase may be a moment old."""
        return self._view

    @property
    def is_saved(self) -> bool:
        """Whether all that happened is on disk."""
        return not self._unsaved

    def do(self, command: cmd.Command) -> View:
        """Carry out `command`; its events are on disk when this returns.

        Raises `Refused` when it is not possible now, `DataError` when it could not be written;
        either way nothing has changed.
        """
        self.check()
        events = decide(self._episode, command, self._clock.now())
        if events:
            self._store.append((*self._unsaved, *events))
            self._saved()
            self._take(events)
        self._announce()
        return self._view

    def adopt(self, rules: Rules) -> None:
        """Follow other rules from the next session on."""
        if self._episode.onset is None:
            self._episode = Episode(rules=rules, pains=self._episode.pains)
            self._announce()
        else:
            self.do(cmd.ChangeRules(rules=rules))

    def check(self) -> View:
        """Look at the clock and catch up with it. Harmless at any time, however often."""
        facts, _ = settle(self._episode, self._clock.now())
        if facts:
            self.note(facts)
            self.settled.emit(facts)
        elif self._unsaved:
            self.note(())
        self._announce()
        return self._view

    def note(self, facts: tuple[Event, ...]) -> None:
        """Record `facts` that are true whether or not the disk takes them now.

        What cannot be written is kept and written with the next event or check.
        """
        self._take(facts)
        self._unsaved = (*self._unsaved, *facts)
        try:
            self._store.append(self._unsaved)
        except DataError as error:
            self.trouble.emit(str(error))
        else:
            self._saved()

    def _saved(self) -> None:
        if self._unsaved:
            self._unsaved = ()
            self.trouble.emit("")

    def _take(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self._episode = evolve(self._episode, event)

    def _announce(self) -> None:
        self._view = view(self._episode, self._clock.now())
        self.changed.emit(self._view)
