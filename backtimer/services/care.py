"""Turns commands and time into events on disk, and announces the new state."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from backtimer.domain import commands as cmd
from backtimer.domain.clock import Moment
from backtimer.domain.decide import decide
from backtimer.domain.episode import Episode, evolve, fold
from backtimer.domain.errors import DataError
from backtimer.domain.events import Event
from backtimer.domain.plan import Mark, Step, StepKind, marks_of_day, steps
from backtimer.domain.ports import Clock, EventStore
from backtimer.domain.protocol import Modality
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

    def offered(self, onset: Moment | None = None) -> Modality:
        """What a start would begin with; with another `onset`, what it would be then."""
        episode = replace(self._episode, onset=onset) if onset else self._episode
        return view(episode, self._clock.now()).offered

    def needs_card(self, modality: Modality) -> bool:
        """Whether the start card of `modality` has still to be answered in this episode."""
        return modality not in self._episode.cards

    def steps(self) -> tuple[Step, ...]:
        """The next steps of the plan, up to the next session."""
        found = []
        for step in steps(self._settled(), self._view.at):
            found.append(step)
            if step.kind is StepKind.SESSION:
                break
        return tuple(found)

    def next_night(self) -> tuple[Moment, Moment] | None:
        """Beginning and end of the quiet hours to come; None in them and where there are none."""
        now = self._view.at
        quiet = self._episode.rules.quiet
        begin = quiet.next_start(now.wall)
        end = begin and quiet.end_if_quiet(begin)
        if begin is None or end is None or quiet.end_if_quiet(now.wall):
            return None
        return now.at_wall(begin), now.at_wall(end)

    def marks_of_day(self) -> tuple[Mark, ...]:
        """The sessions of today."""
        return marks_of_day(self._settled(), self._view.at)

    def _settled(self) -> Episode:
        return settle(self._episode, self._view.at)[1]

    def glance(self) -> None:
        """Look whether time, or a clock that was set, changed what is shown; nearly free."""
        now = self._clock.now()
        if self._view.is_outdated(now):
            self.check()

    def look(self) -> None:
        """Catch up with the clock as `check` does, and announce in any case.

        Where nothing changed but the time of day it is the same `View` as before, which spares
        whoever hears of it the work.
        """
        now = self._clock.now()
        is_same_day = now.wall.date() == self._view.at.wall.date()
        if is_same_day and not self._unsaved and not self._view.is_outdated(now):
            self.changed.emit(self._view)
        else:
            self.check()

    def do(self, command: cmd.Command) -> View:
        """Carry out `command`; its events are on disk when this returns.

        Raises `Refused` when it is not possible now, `DataError` when it could not be written;
        either way nothing has changed.
        """
        self.check()
        events = decide(self._episode, command, self._clock.now())
        if events:
            self._write(events)
            self._take(events)
        self._announce()
        return self._view

    def adopt(self, rules: Rules) -> None:
        """Follow other rules from the next session on.

        They are in force already, so that is a fact: see `note`.
        """
        self.check()
        if self._episode.onset is None:
            self._episode = Episode(rules=rules, pains=self._episode.pains)
        else:
            self.note(decide(self._episode, cmd.ChangeRules(rules=rules), self._clock.now()))
        self._announce()

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
        try:
            self._write(facts)
        except DataError as error:
            self._unsaved = (*self._unsaved, *facts)
            self.trouble.emit(str(error))

    def _write(self, events: tuple[Event, ...]) -> None:
        """Put on disk what could not be written before, and `events`. Raises `DataError`."""
        self._store.append((*self._unsaved, *events))
        if self._unsaved:
            self._unsaved = ()
            self.trouble.emit("")

    def _take(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self._episode = evolve(self._episode, event)

    def _announce(self) -> None:
        self._view = view(self._episode, self._clock.now())
        self.changed.emit(self._view)
