"""Turns commands and time into events on disk, and announces the new state."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from backtimer.domain import commands as cmd
from backtimer.domain.amend import amend
from backtimer.domain.clock import Moment
from backtimer.domain.decide import decide, decide_settled
from backtimer.domain.episode import Episode, fold, fold_on
from backtimer.domain.errors import DataError, TooNew
from backtimer.domain.events import EpisodeEnded, Event
from backtimer.domain.plan import Mark, Step, StepKind, marks_of_day, steps
from backtimer.domain.ports import Clock, EventStore
from backtimer.domain.protocol import Modality
from backtimer.domain.reboots import come_true, in_boot_of
from backtimer.domain.record import open_part, with_open_episode
from backtimer.domain.rules import Rules
from backtimer.domain.settle import settle
from backtimer.domain.view import View, view
from backtimer.services.past import Past


class CareService(QObject):
    """The living episode. Everything that changes it goes through `do`, `check` or `note`.

    It goes on from memory while the record cannot be read or written, and writes what happened
    as soon as it can. `past` tells of the episodes that are over.

    Signals: `changed(View)` after anything that may have changed what is shown;
    `settled(tuple[Event, ...])` for facts that time alone brought about; `trouble(str)` when
    the record cannot be read or written, empty when it can again.
    """

    changed = Signal(object)
    settled = Signal(object)
    trouble = Signal(str)

    def __init__(self, *, store: EventStore, clock: Clock, rules: Rules) -> None:
        """Continue the open episode of `store`, or begin without it where it cannot be read yet.

        Raises `TooNew` for a record that this version does not understand.
        """
        super().__init__()
        self._store = store
        self._clock = clock
        self._rules = rules
        self._episode = Episode(rules=rules)
        # The open episode as it happened: what is on disk, and `_unsaved` at its end.
        self._history: tuple[Event, ...] = ()
        self._unsaved: tuple[Event, ...] = ()
        self._is_read = False
        self._was_checked = False
        self._fault = ""
        self.past = Past(recorded=self._recorded, report=self._report)
        try:
            self._read()
        except TooNew:
            raise
        except DataError as error:
            self._fault = str(error)
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
        return self._is_read and not self._unsaved

    @property
    def unsaved(self) -> tuple[Event, ...]:
        """What happened and is not on disk yet, oldest first."""
        return self._unsaved

    @property
    def fault(self) -> str:
        """Why the record cannot be read or written, in a sentence; empty while it can."""
        return self._fault

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
        is_caught_up = self._was_checked and self.is_saved
        if is_same_day and is_caught_up and not self._view.is_outdated(now):
            self.changed.emit(self._view)
        else:
            self.check()

    def do(self, command: cmd.Command) -> View:
        """Carry out `command`; its events are on disk when this returns and `is_saved`.

        Raises `Refused` when it is not possible now; then nothing has changed.
        """
        self.check()
        now = self._clock.now()
        facts, settled = settle(self._episode, now)
        self.note((*facts, *decide_settled(settled, command, now)))
        if facts:
            self.settled.emit(facts)
        # What was said may have made something true by time.
        return self.check()

    def amend(self, episode: Episode, until: Moment, command: cmd.Correct) -> View:
        """Carry out `command` in `episode` as it is told up to `until`, though it may be over.

        Raises `Refused` when it is not possible; then nothing has changed.
        """
        self.check()
        self.note(amend(episode, command, self._clock.now(), until=until))
        self.past.forget()
        return self.check()

    def adopt(self, rules: Rules) -> None:
        """Follow other rules from the next session on.

        They are in force already, so that is a fact: see `note`.
        """
        self.check()
        self._rules = rules
        if self._episode.onset is None:
            self._episode = self._folded()
        else:
            self.note(decide(self._episode, cmd.ChangeRules(rules=rules), self._clock.now()))
        self.check()

    def check(self) -> View:
        """Look at the clock and catch up with it. Harmless at any time, however often."""
        self._was_checked = True
        self.save()
        now = self._clock.now()
        if facts := come_true(self._episode, self._history, now):
            self.note(facts)
            if self._history[0].at.boot != now.boot:
                # Each of them reads the clock, and so tells more of how long the machine was off.
                self._episode = self._folded()
            self.settled.emit(facts)
        self._announce()
        return self._view

    def note(self, facts: tuple[Event, ...]) -> None:
        """Record `facts` that are true whether or not the disk takes them now.

        What cannot be written is kept and written with the next event or check.
        """
        self._episode = fold_on(self._episode, facts)
        self._history = open_part((*self._history, *facts))
        self._unsaved = (*self._unsaved, *facts)
        if any(isinstance(each, EpisodeEnded) for each in facts):
            self.past.forget()
        if facts:
            self._write()

    def replace(self, events: Sequence[Event]) -> None:
        """Have `events` in place of the whole record. Raises `DataError`; then nothing changed."""
        self._store.replace(events)
        self._unsaved = ()
        self.past.forget()
        self._live_on(open_part(events))
        self._announce()

    def is_first(self) -> bool:
        """Whether nothing is on record before the open episode, as far as it can be read."""
        try:
            first = next(filter(None, self._recorded()), ())
        except DataError as error:
            self._report(str(error))
            return True
        return first[:1] == self._history[:1]

    def save(self) -> None:
        """Try once more to write what is not saved."""
        if not self.is_saved:
            self._write()

    def restore_open_episode(self) -> None:
        """Give the open episode back to a record that was rescued without the whole of it."""
        self.past.forget()
        if not self._is_read:
            return
        try:
            episodes = self._store.episodes()
            saved = self._history[: len(self._history) - len(self._unsaved)]
            restored = with_open_episode(episodes, saved)
            if restored != episodes:
                self._store.replace([event for each in restored for event in each])
        except DataError as error:
            self._report(str(error))

    def _recorded(self) -> Iterator[tuple[Event, ...]]:
        """All that happened, oldest first, a few at a time; what is not on disk yet is last.

        Raises `DataError`.
        """
        yield from self._store.in_parts()
        yield self._unsaved

    def _folded(self) -> Episode:
        return fold(self._rules, in_boot_of(self._clock.now(), self._history))

    def _read(self) -> None:
        """Take over what is on disk, before what happened since. Raises `DataError`."""
        recorded = self._store.open_episode()
        self._is_read = True
        self._live_on(open_part((*recorded, *self._unsaved)))

    def _live_on(self, history: tuple[Event, ...]) -> None:
        self._history = history
        self._episode = self._folded()

    def _write(self) -> None:
        """Put on disk what is not there yet; where that fails, say so once."""
        try:
            if not self._is_read:
                self._read()
            self._store.append(self._unsaved)
        except DataError as error:
            self._report(str(error))
        else:
            self._unsaved = ()
            self._report("")

    def _report(self, fault: str) -> None:
        if fault != self._fault:
            self._fault = fault
            if not fault:
                self.past.forget()  # it may be read now
            self.trouble.emit(fault)

    def _announce(self) -> None:
        self._view = view(self._episode, self._clock.now())
        self.changed.emit(self._view)
