"""The exercises for after the flare, with their holds and counts, as steps that time goes through.

Source: the usual advice on back spasms: after the flare, and with the doctor’s word, knee to chest
5–10 s, 5–10 times each side; both knees the same; flatten the back 5–10 s, 10 times; stop if it
hurts. No sit-ups, crunches or back bends early on. A walk of a couple of minutes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from backtimer.domain.clock import MINUTE_S, Moment
from backtimer.domain.diary import Entry
from backtimer.domain.events import Topic
from backtimer.domain.words import tr

WALK_S = 2 * MINUTE_S
SETTLE_S = 6  # (J) to get into position, and to change sides
RELEASE_S = 4  # (J) to let go between two holds
LOCKED = tr("Exercises wait until the flare is over, and with your doctor’s word.")
STOP_IF_IT_HURTS = tr("Stop if it hurts.")
SOURCE = tr("the usual advice on back spasms")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """What to do, and between which bounds: (least, most) seconds of a hold and times a side."""

    key: str
    name: str
    how: str
    hold_s: tuple[int, int]
    times: tuple[int, int]
    sides: int = 1


_EXERCISES = (
    Exercise(
        key="knee-to-chest",
        name=tr("Knee to chest"),
        how=tr(
            "Lie on your back, knees bent, feet flat. Draw one knee gently towards your chest"
            " with both hands. The other foot stays down."
        ),
        hold_s=(5, 10),
        times=(5, 10),
        sides=2,
    ),
    Exercise(
        key="both-knees",
        name=tr("Both knees to chest"),
        how=tr(
            "Lie on your back, knees bent, feet flat. Draw first one knee, then the other, gently"
            " towards your chest."
        ),
        hold_s=(5, 10),
        times=(5, 10),
    ),
    Exercise(
        key="flatten-back",
        name=tr("Flatten the back"),
        how=tr(
            "Lie on your back, knees bent, feet flat. Draw your belly in gently until the small of"
            " your back lies flat on the floor."
        ),
        hold_s=(5, 10),
        times=(10, 10),
    ),
)
EXERCISES: Mapping[str, Exercise] = MappingProxyType({each.key: each for each in _EXERCISES})


class StepKind(StrEnum):
    """What is done in a step."""

    SETTLE = "settle"
    HOLD = "hold"
    RELEASE = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`seconds` of one thing: the `count`th of `times` on `side` (1, 2)."""

    kind: StepKind
    seconds: int
    count: int
    times: int
    side: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one is: in `step`, of which `left_s` seconds are left."""

    step: Step
    left_s: float


def are_unlocked(entries: tuple[Entry, ...]) -> bool:
    """Whether the person said that the flare is over."""
    return any(each.topic is Topic.FLARE_OVER and not each.withdrawn for each in entries)


def steps(exercise: Exercise, *, full: bool) -> tuple[Step, ...]:
    """The whole exercise: with the least holds and times, or with the most where it is `full`."""
    bound = 1 if full else 0
    hold_s, times = exercise.hold_s[bound], exercise.times[bound]
    found = []
    for side in range(1, exercise.sides + 1):
        for count in range(1, times + 1):
            before = StepKind.RELEASE if count > 1 else StepKind.SETTLE
            for kind, seconds in (
                (before, RELEASE_S if count > 1 else SETTLE_S),
                (StepKind.HOLD, hold_s),
            ):
                found.append(Step(kind=kind, seconds=seconds, count=count, times=times, side=side))
    return tuple(found)


def place(found: tuple[Step, ...], begun: Moment, now: Moment) -> Place | None:
    """Where in the steps `found` somebody is who began at `begun`; None once they are over."""
    gone_s = max(0.0, now.since(begun))
    for each in found:
        if gone_s < each.seconds:
            return Place(step=each, left_s=each.seconds - gone_s)
        gone_s -= each.seconds
    return None


def walk_left_s(begun: Moment, now: Moment) -> float:
    """Seconds that are left of a walk of two minutes; 0 once it is over."""
    return max(0.0, WALK_S - now.since(begun))


def step_words(step: Step, sides: int) -> str:
    """What is done in `step` of an exercise that has so many `sides`."""
    match step.kind:
        case StepKind.HOLD:
            return tr("Hold")
        case StepKind.RELEASE:
            return tr("Let go")
        case StepKind.SETTLE if sides == 1:
            return tr("Get into position")
        case StepKind.SETTLE if step.side == 1:
            return tr("One side: get into position")
        case _:
            return tr("Now the other side")


def step_spoken(step: Step, sides: int, name: str) -> str:
    """What a voice says when `step` begins: first what it is, then which hold, never the seconds.

    Lying still, one waits for the word to let go; a voice that counts to it would only hurry.
    """
    words = step_words(step, sides)
    if step.kind is StepKind.HOLD:
        if step.count == step.times:
            return tr("{hold}. {n}, the last one.", hold=words, n=step.count)
        return tr("{hold}. {n} of {all}.", hold=words, n=step.count, all=step.times)
    if step.kind is StepKind.SETTLE and step.side == 1:
        return tr("{name}. {words}.", name=name, words=words)
    return tr("{words}.", words=words)


def walk_words(left_s: float) -> str:
    """What a voice says of a walk of which `left_s` are left."""
    if left_s > WALK_S / 2:
        return tr("Walk, slow and upright.")
    return tr("One minute is over. Turn back.")


def amount(exercise: Exercise, *, full: bool) -> str:
    """How much it is, in a few words: `5 s, 5 times each side`."""
    bound = 1 if full else 0
    words = tr("{s} s, {n} times", s=exercise.hold_s[bound], n=exercise.times[bound])
    return tr("{words} each side", words=words) if exercise.sides > 1 else words
