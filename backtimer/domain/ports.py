"""What the program needs from the outside world, each as small as it can be.

`adapters/` implements these; tests have hand-written fakes in `tests/fakes.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from backtimer.domain.announcements import Announcement
from backtimer.domain.clock import Moment
from backtimer.domain.events import Event
from backtimer.domain.reach import Finding
from backtimer.domain.view import Action


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

    def in_parts(self) -> Iterator[tuple[Event, ...]]:
        """Every event there is, oldest first, a few at a time: at most 100.

        Each few are read when they are asked for, and each event once, also of those that are
        appended meanwhile. Begin anew where `replace` was called in between.
        """

    def replace(self, events: Sequence[Event]) -> None:
        """Have `events`, oldest first, in place of the whole record, of which a copy is kept."""


class Exporting(Protocol):
    """Writes the record to a file that somebody named."""

    def export(self, file: Path, *, overwrite: bool) -> str:
        """Write all that happened to `file`, by its ending a table, backup, report or calendar.

        The whole file or none; it takes as long as the record is, and may be called in another
        thread. Returns a sentence that says so. Raises `Refused` where there is a file already
        and not `overwrite`, `Misused` for another ending, `DataError` where it cannot be done.
        """


class Speaker(Protocol):
    """Says words aloud where the person wants a voice, and never over an alarm."""

    def speak(self, words: str) -> None:
        """Say `words` in place of what was said before. Never blocks the caller, never raises."""

    def hush(self) -> None:
        """Be silent at once. Harmless at any time: an alarm goes on."""


class Delivery(StrEnum):
    """What became of a message."""

    SENT = "sent"  # handed to something that is there and answers
    HELD = "held"  # taken, but not shown before “do not disturb” is over
    FAILED = "failed"  # nobody took it, or nobody answered in time


class Probed(Protocol):
    """Something whose state can be found out."""

    def probe(self, listener: Callable[[tuple[Finding, ...]], None]) -> None:
        """Call `listener` once, in the main thread, within 8 s, with what can be told honestly.

        Nothing is seen or heard of it. Never blocks the caller, never raises.
        """


class Channel(Probed, Protocol):
    """One way to reach the person. Never blocks the caller, never raises. Main thread only."""

    def say(self, announcement: Announcement) -> None:
        """Say it now, in place of what was said of the same before.

        What `lasts` goes on until `hush`; what is urgent or has buttons is there until then.
        """

    def hush(self) -> None:
        """What was said is answered: take it back, be silent at once. Harmless at any time."""

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None:
        """Call `listener(what became of it, why in a sentence)` in the main thread."""


class Answerable(Channel, Protocol):
    """A channel through which the person can answer."""

    def on_answer(self, listener: Callable[[Action | None], None]) -> None:
        """Call `listener` in the main thread with what was pressed; None: open the window.

        Only for what is still said when the answer comes.
        """


class PhonePairing(Protocol):
    """Makes a private address for the person's phone, and what the phone can read it from."""

    def new_address(self) -> str:
        """An address that nobody else knows, in the form that the setting `phone_urls` has."""

    def link(self, address: str) -> str:
        """The link by which a phone finds `address`."""

    def modules(self, link: str) -> tuple[tuple[bool, ...], ...]:
        """The QR code of `link`, row by row without its quiet zone; true is dark."""


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


class ScreenKeeper(Protocol):
    """Keeps the screen lit. Never blocks the caller, never raises."""

    def hold(self) -> None:
        """From now on the screen does not go dark by itself. Harmless when held already."""

    def release(self) -> None:
        """It may. Harmless when nothing is held."""


class Waking(Protocol):
    """Tells when time may have jumped: the machine woke up, or its clock was set."""

    def on_wake(self, listener: Callable[[], None]) -> None:
        """Call `listener` in the main thread, within a second of it. It may be called in vain."""
