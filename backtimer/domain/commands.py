"""What a person can ask for. Commands are verbs; `decide` turns them into events or refuses."""

from dataclasses import dataclass
from datetime import datetime

from backtimer.domain.clock import Moment
from backtimer.domain.events import CardAnswer, RemovalKind, StopReason, Topic
from backtimer.domain.protocol import Modality
from backtimer.domain.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that the person, or the window for them, asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(Command):
    """Begin the session that is due, one by hand, or the episode.

    `modality`: None means what the plan has. `onset`: when the pain began, if not just now.
    `card`: what was answered to the start card, if it was shown.
    """

    modality: Modality | None = None
    onset: Moment | None = None
    card: CardAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Off(Command):
    """The pack is off: since `removed`, or since now."""

    removed: Moment | None = None


class StillOn(Command):
    """The pack is still on, although the machine was started again meanwhile."""

    __slots__ = ()


class LoseTrack(Command):
    """The pack is off, and the person does not know since when."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Command):
    """The pack is off, and the session over, because of `why`."""

    why: StopReason


class Pause(Command):
    """The pack is off for a moment."""

    __slots__ = ()


class Resume(Command):
    """The pack is on again."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze(Command):
    """Say it again in `snooze_min` minutes."""

    snooze_min: int


class Skip(Command):
    """Leave out the next session."""

    __slots__ = ()


class Silence(Command):
    """I heard it: stay silent for one repeat."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Command):
    """Use `modality` from the next session on."""

    modality: Modality


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOnset(Command):
    """The pain began at `onset`."""

    onset: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCard(Command):
    """The start card was answered after the session had begun from the command line."""

    modality: Modality
    answer: CardAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainRemoval(Command):
    """The late removal really was at `removed`."""

    removed: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePain(Command):
    """Pain is `nrs` (0–10) now, or was, when the clock read `was`."""

    nrs: int
    note: str = ""
    was: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Log(Command):
    """Write something into the diary: of now, or of when the clock read `was`."""

    topic: Topic
    text: str = ""
    number: int | None = None
    was: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct(Command):
    """What is on record for the wall time `of` is to be read otherwise."""

    of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectEntry(Correct):
    """The entry or rating is to read so."""

    text: str = ""
    number: int | None = None


class WithdrawEntry(Correct):
    """The entry or rating does not count."""

    __slots__ = ()


class RestoreEntry(Correct):
    """It counts after all."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectSession(Correct):
    """The session went from `begun` to `removed`, as the clock read; None: as it is recorded."""

    begun: datetime | None = None
    removed: datetime | None = None
    how: RemovalKind = RemovalKind.CONFIRMED


class WithdrawSession(Correct):
    """The session does not count: it did not take place."""

    __slots__ = ()


class RestoreSession(Correct):
    """It counts after all."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRules(Command):
    """The settings are others now."""

    rules: Rules


class End(Command):
    """The episode is over."""

    __slots__ = ()


class Quit(Command):
    """Close the program. Nothing is recorded; with a pack on it is refused."""

    __slots__ = ()
