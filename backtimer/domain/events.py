"""What happened, as past facts. The record is a list of these and nothing else.

Events without fields of their own are plain subclasses: they inherit everything, and a
class that is not decorated costs nothing at start-up.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from backtimer.domain.clock import Moment
from backtimer.domain.protocol import Modality, SessionPlan
from backtimer.domain.rules import Rules

NRS_MOST = 10
TEXT_MOST = 10_000  # letters of a note, and more than any other text has


class RemovalKind(StrEnum):
    """How it is known that the pack came off."""

    CONFIRMED = "confirmed"  # the person said so
    ASSUMED = "assumed"  # the person asked for it to be taken as off when time is up
    PAUSE_EXPIRED = "pause-expired"  # it was off for a pause that nobody ended
    UNKNOWN = "unknown"  # it is off, and nobody knows since when


class CardAnswer(StrEnum):
    """What the person said to the start card."""

    NONE_OF_THESE = "none-of-these"
    CLINICIAN_AGREED = "clinician-agreed"


class StopReason(StrEnum):
    """Why a session was given up."""

    SKIN = "skin"  # it burned, or was felt no more
    HURTS = "hurts"
    NUMB = "numb"


class Notice(StrEnum):
    """What a person was told once, so that no restart tells it again."""

    DUE = "due"
    STILL_ON = "still-on"
    SKIN_CHECK = "skin-check"
    SWITCH_TO_HEAT = "switch-to-heat"
    RATING = "rating"  # asked how the pain is, once the session was over


class Topic(StrEnum):
    """What an entry of the diary is about. All of them are the person's own words or numbers."""

    NOTE = "note"
    ZONE = "zone"  # where it hurts: a key of `diary.ZONES`
    SPREAD = "spread"
    FEELS = "feels"
    SPASM_MIN = "spasm-min"  # how long a spasm lasted
    TRIGGER = "trigger"
    SLEEP = "sleep"
    WALKING = "walking"
    WORK = "work"
    SYMPTOM = "symptom"
    MEDICINE = "medicine"
    DROWSY = "drowsy"  # a medicine made drowsy
    RELAXANT = "relaxant"  # begun today
    CREAM = "cream"
    WATER = "water"
    OTHER_CARE = "other-care"
    HEAT_SOURCE = "heat-source"  # a key of `diary.HEAT_SOURCES`
    HEAT_HELPS = "heat-helps"  # yes or no
    SKIN = "skin"  # a reaction
    SIGN = "sign"  # a warning sign: a key of `signs.SIGNS`
    CHECK_IN = "check-in"  # the day it was about, and how it goes
    FLARE_OVER = "flare-over"
    EXERCISE = "exercise"  # its key
    WALK = "walk"  # how many seconds
    QUESTION = "question"  # for the doctor
    HISTORY = "history"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact, known at the moment `at`."""

    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeStarted(Event):
    """Bout of care begun; the pain began at `onset`."""

    onset: Moment
    rules: Rules


class ClockSet(Event):
    """The wall clock was set: it no longer says what it would by elapsed time."""

    __slots__ = ()


class MachineRestarted(Event):
    """The machine was started again. Whether a pack was taken off meanwhile, nobody knows."""

    __slots__ = ()


class EpisodeEnded(Event):
    """The person said that the episode is over."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesChanged(Event):
    """Other settings or another protocol, from the next session on."""

    rules: Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class OnsetChanged(Event):
    """The pain began at `onset`, not when it was said before."""

    onset: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalitySwitched(Event):
    """The person wants `modality` from the next session on.

    `against_plan`: the plan alone would have the other; else the plan goes on as documented.
    """

    modality: Modality
    against_plan: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnswered(Event):
    """The start card of `modality` was answered in a way that lets it begin."""

    modality: Modality
    answer: CardAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted(Event):
    """The first pack went on. `plan` is the promise that this session keeps.

    `early`: before the rest was over. `unconfirmed`: it began by itself.
    """

    plan: SessionPlan
    protocol: str
    early: bool = False
    unconfirmed: bool = False


class PackPutOn(Event):
    """The pack of the running session's next part went on."""

    __slots__ = ()


class PackStillOn(Event):
    """The person said, after a restart of the machine, that the pack is still on."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRemoved(Event):
    """The pack came off at the moment `removed`."""

    removed: Moment
    how: RemovalKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalCorrected(Event):
    """The last pack came off at `removed`, or just when it was confirmed."""

    removed: Moment


class Paused(Event):
    """The pack is off for a moment."""

    __slots__ = ()


class Resumed(Event):
    """The pack is on again."""

    __slots__ = ()


class RemovalSilenced(Event):
    """The person heard that it is time; the next repeat stays silent."""

    __slots__ = ()


class RemovalUnanswered(Event):
    """The alarm gave up: nobody knows whether the pack is off, until somebody says so."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStopped(Event):
    """The person ended the session before its time because of `why`."""

    why: StopReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed(Event):
    """The person wants to hear of the due session again in `snooze_min` minutes."""

    snooze_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLeftOut(Event):
    """A planned session that does not take place; the plan goes on at `resume`.

    `due`: when it was or would have been due.
    """

    modality: Modality
    due: Moment
    resume: Moment


class SessionSkipped(SessionLeftOut):
    """The person left it out."""

    __slots__ = ()


class SessionMissed(SessionLeftOut):
    """Nobody came until quiet hours."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed(Event):
    """The person was told `notice`, up to its `step` (1 and up) where it has several."""

    notice: Notice
    step: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PainRated(Event):
    """Pain on the 0–10 numeric rating scale (NRS), with the person's words.

    `was_at`: when it was, if that was before it was written.
    """

    nrs: int
    note: str = ""
    was_at: Moment | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.nrs <= NRS_MOST:
            raise ValueError("pain is rated from 0 to 10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged(Event):
    """An entry of the diary about `topic`: words, a number, both or neither.

    `was_at`: when it was, if that was before it was written.
    """

    topic: Topic
    text: str = ""
    number: int | None = None
    was_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Event):
    """What is on record for the wall time `of` is to be read otherwise. What it was is kept."""

    of: datetime


class EntryCorrection(Correction):
    """The entry or rating written at `of`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCorrected(EntryCorrection):
    """It is to read so."""

    text: str
    number: int | None


class EntryWithdrawn(EntryCorrection):
    """It does not count. It stays in the record."""

    __slots__ = ()


class EntryRestored(EntryCorrection):
    """It counts again."""

    __slots__ = ()


class SessionCorrection(Correction):
    """The session that was recorded at `of` as begun, skipped or missed."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCorrected(SessionCorrection):
    """Its pack went on at `begun`, and the last one came off at `removed`, known by `how`."""

    begun: Moment
    removed: Moment
    how: RemovalKind


class SessionWithdrawn(SessionCorrection):
    """It does not count: it did not take place. It stays in the record."""

    __slots__ = ()


class SessionRestored(SessionCorrection):
    """It counts again."""

    __slots__ = ()
