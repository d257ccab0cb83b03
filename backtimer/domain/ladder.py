"""How hard the program tries to be heard: every step, sound and delay, in one place."""

from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from itertools import accumulate

from backtimer.domain.clock import HOUR_S, MINUTE_S
from backtimer.domain.reach import Way
from backtimer.domain.reminding import Message


class Sound(StrEnum):
    """What a sound says."""

    GENTLE = "gentle"  # something is over, nothing is wanted
    REMINDER = "reminder"  # something may begin
    ALARM = "alarm"  # take it off


class Loudness(IntEnum):
    """How loud a step is."""

    SOFT = 1
    SET = 2  # as loud as the person set it
    FULL = 3

    def volume(self, set_volume: int) -> int:
        """The volume, 0–100, where the person set `set_volume`. Who set 0 wants none."""
        match self:
            case Loudness.SOFT:
                return set_volume // 2
            case Loudness.FULL if set_volume:
                return 100
            case _:
                return set_volume


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step: `ways` are used `after_s` real seconds after the first.

    `adds`: what makes it more than the one before. A step of which nothing of that works is none.
    """

    after_s: float
    ways: frozenset[Way]
    loudness: Loudness = Loudness.SET
    adds: frozenset[Way] = frozenset()


# (J) A removal goes on for as long as somebody might still come back from another room.
RARELY_FROM_S = 30 * MINUTE_S
RARELY_EVERY_S = 5 * MINUTE_S
GIVES_UP_AFTER_S = 2 * HOUR_S

LOUDER_AFTER_S = 15
VOICE_AFTER_S = 60
PHONE_AFTER_MIN = 3
AGAIN_EVERY_MIN = 1

# A message that waits for no answer, or for one that has time.
COURTESY = Rung(after_s=0, ways=frozenset({Way.NOTIFICATION, Way.SOUND}))
SILENT = Rung(after_s=0, ways=frozenset({Way.NOTIFICATION}))
CLIMBING = 4  # the rungs before it only repeats itself
_EVERYTHING = frozenset({Way.NOTIFICATION, Way.SOUND, Way.WINDOW, Way.VOICE, Way.PHONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """What happens until a removal is answered.

    Softly at first; louder and with the window in front; with a voice and as loud as can be; on
    the phone; then all of it again every `again_every_min`, from half an hour on every five
    minutes, until it gives up after two hours. All in real time: it is for a person's ears.
    """

    louder_after_s: int = LOUDER_AFTER_S
    voice_after_s: int = VOICE_AFTER_S
    phone_after_min: int = PHONE_AFTER_MIN
    again_every_min: int = AGAIN_EVERY_MIN
    rungs: tuple[Rung, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rungs", tuple(self._climb()))

    def repeat_s(self, after_s: float) -> float:
        """Seconds between two repeats, `after_s` after the first step."""
        every_s = self.again_every_min * MINUTE_S
        return every_s if after_s < RARELY_FROM_S else max(every_s, RARELY_EVERY_S)

    def said_by(self, elapsed_s: float) -> int:
        """How many of the rungs have come `elapsed_s` after the first."""
        return sum(1 for each in self.rungs if each.after_s <= elapsed_s)

    def step(self, said: int, come: int) -> Rung:
        """All that is to be done at once where `said` rungs were and `come` have come by now."""
        missed = self.rungs[said:come]
        ways = frozenset[Way]().union(*(each.ways for each in missed))
        adds = frozenset[Way]().union(*(each.adds for each in missed))
        return replace(missed[-1], ways=ways, adds=adds)

    def _climb(self) -> list[Rung]:
        phone_s = float(self.phone_after_min * MINUTE_S)
        rungs = [
            Rung(
                after_s=0.0,
                ways=frozenset({Way.NOTIFICATION, Way.SOUND}),
                loudness=Loudness.SOFT,
            ),
            Rung(
                after_s=self.louder_after_s,
                ways=frozenset({Way.SOUND, Way.WINDOW}),
                adds=frozenset({Way.SOUND, Way.WINDOW}),
            ),
            Rung(
                after_s=self.voice_after_s,
                ways=frozenset({Way.SOUND, Way.WINDOW, Way.VOICE}),
                loudness=Loudness.FULL,
                adds=frozenset({Way.SOUND, Way.VOICE}),
            ),
            Rung(after_s=phone_s, ways=_EVERYTHING, loudness=Loudness.FULL),
        ]
        # Each can be moved, and none is softer than one before it.
        rungs.sort(key=lambda rung: rung.after_s)
        loudest = accumulate((each.loudness for each in rungs), max)
        rungs = [replace(each, loudness=loud) for each, loud in zip(rungs, loudest, strict=True)]
        after_s = rungs[-1].after_s
        while (after_s := after_s + self.repeat_s(after_s)) < GIVES_UP_AFTER_S:
            rungs.append(Rung(after_s=after_s, ways=_EVERYTHING, loudness=Loudness.FULL))
        return rungs


def rung_of(message: Message) -> Rung:
    """How a message that is no removal is said: courteously, and only once."""
    return SILENT if message in (Message.SKIN_CHECK, Message.RATING) else COURTESY
