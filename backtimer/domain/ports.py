"""What the program needs from the outside world, each as small as it can be.

`adapters/` implements these; tests have hand-written fakes in `tests/fakes.py`.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol

from backtimer.domain.clock import Moment
from backtimer.domain.events import Event


class Clock(Protocol):
    """Tells the present moment. `speed`: seconds of care that pass in one real second."""

    @property
    def speed(self) -> float: ...

    def now(self) -> Moment: ...


class Alarm(Protocol):
    """One alarm. It may ring early or more than once: whoever is rung looks at the clock."""

    def set(self, delay_s: float) -> None:
        """Ring in `delay_s` real seconds (0 or more); this replaces what was set before."""

    def cancel(self) -> None:
        """Do not ring."""

    def on_ring(self, listener: Callable[[], None]) -> None:
        """Call `listener` in the main thread, from its event loop, at each ring."""


class EventStore(Protocol):
    """The append-only record. Nothing in it is ever changed.

    Each call tries the disk anew, so that what fails now may work in a minute. Each raises
    `DataError` when it could not be done, and `TooNew` where a later version wrote the record.
    """

    def append(self, events: Sequence[Event]) -> None:
        """Write all of `events` or none; they are on disk when this returns."""

    def open_episode(self) -> tuple[Event, ...]:
        """The events since the last episode ended, oldest first."""

    def episodes(self) -> tuple[tuple[Event, ...], ...]:
        """Every event there is, oldest first, one tuple an episode."""

    def replace(self, events: Sequence[Event]) -> None:
        """Have `events`, oldest first, in place of the whole record, of which a copy is kept."""


class Urgency(StrEnum):
    """How much a message matters to the person."""

    GENTLE = "gentle"
    URGENT = "urgent"


class Delivery(StrEnum):
    """What became of a message."""

    SENT = "sent"  # handed to something that is there and answers
    FAILED = "failed"  # nobody took it, or nobody answered in time


class Channel(Protocol):
    """One way to reach the person. Never blocks the caller, never raises."""

    def send(self, title: str, body: str, urgency: Urgency) -> None: ...

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None:
        """Call `listener(what became of it, why in a sentence)` in the main thread."""


class SleepInhibitor(Protocol):
    """Keeps the machine awake. Never blocks the caller, never raises."""

    def hold(self) -> None:
        """From now on the machine does not fall asleep by itself. Harmless when held already."""

    def release(self) -> None:
        """It may. Harmless when nothing is held."""

    def on_outlook(self, listener: Callable[[str], None]) -> None:
        """Call `listener` in the main thread, now if it is known and at each change.

        It gets a sentence for the person why the machine cannot be kept awake, empty where
        it can: known before it is held for the first time.
        """


class Waking(Protocol):
    """Tells when time may have jumped: the machine woke up, or its clock was set."""

    def on_wake(self, listener: Callable[[], None]) -> None:
        """Call `listener` in the main thread, within a second of it. It may be called in vain."""


class Sound(StrEnum):
    """What a sound says."""

    GENTLE = "gentle"  # something is over, nothing is wanted
    REMINDER = "reminder"  # something may begin
    ALARM = "alarm"  # take it off


class Sounds(Protocol):
    """Plays one sound at a time, the newest. Never blocks the caller, never raises."""

    def play(self, kind: Sound, *, volume: int, looped: bool) -> None:
        """Play `kind` at `volume` (0 is silence, 100 the loudest), again and again if `looped`."""

    def stop(self) -> None:
        """Be silent at once. Harmless when nothing is played."""
