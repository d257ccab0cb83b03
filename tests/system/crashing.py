"""Who gives orders while the program is killed, and who compares the record with them."""

import json
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from backtimer.adapters import client
from tests.system.real import Done, Program

Json = dict[str, Any]

# What a person might do in a phase; the odds are those of a draw.
LIKELY = {
    "idle": ("start", "start heat", "start --onset 1h ago"),
    "applying": ("off", "off", "pause", "off --at now"),
    "paused": ("resume", "off", "end"),
    "remove": ("off", "off", "silence"),
    "resting": ("start", "skip", "switch", "onset 2h ago"),
    "due": ("start", "start", "snooze", "snooze 7", "skip", "end"),
    "quiet": ("start", "skip", "switch"),
}
ALWAYS = ("pain", "pain", "config ice_min", "config volume", "switch", "onset 3h ago", "off", "end")
# Events that nobody ordered: time brought them about, or settings did.
BY_TIME = frozenset({"ClockSet", "MachineRestarted", "Noticed", "RulesChanged", "SessionMissed"})
OF = {
    "pause": "Paused",
    "resume": "Resumed",
    "silence": "RemovalSilenced",
    "snooze": "Snoozed",
    "skip": "SessionSkipped",
    "switch": "ModalitySwitched",
    "onset": "OnsetChanged",
    "pain": "PainRated",
    "end": "EpisodeEnded",
}
BY_SOCKET = "by socket"


@dataclass(frozen=True)
class Order:
    """What was asked for, and whether it was said to be done."""

    words: tuple[str, ...]
    is_done: bool
    is_refused: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nobody said what became of it."""
        return not self.is_done and not self.is_refused


@dataclass
class Orders:
    """The orders of one sender, in the order in which they were given."""

    given: list[Order] = field(default_factory=list)

    @property
    def done(self) -> list[Order]:
        return [each for each in self.given if each.is_done]

    @property
    def unanswered(self) -> Order | None:
        """The last, if the program was killed before it answered."""
        return self.given[-1] if self.given and self.given[-1].is_open else None


def number_words(chance: random.Random, number: int, words: str) -> tuple[str, ...]:
    """`words` with what they need beside them; `number` makes a note its own."""
    match words:
        case "pain":
            return ("pain", str(chance.randrange(11)), "--note", f"order {number}")
        case "config ice_min":
            return ("config", "ice_min", str(chance.randint(5, 20)))
        case "config volume":
            return ("config", "volume", str(chance.randrange(101)))
        case "switch":
            return ("switch", chance.choice(("ice", "heat")))
        case _:
            return tuple(words.split())


class Hand(threading.Thread):
    """Gives one order after the other until one is not answered or `stop` is set."""

    def __init__(self, give: Callable[[int], Order]) -> None:
        super().__init__(daemon=True)
        self._give = give
        self.orders = Orders()
        self.stop = threading.Event()
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                order = self._give(len(self.orders.given))
                self.orders.given.append(order)
                if order.is_open:
                    return
        except BaseException as error:  # told by `orders_of`, in the test's thread
            self.error = error


def orders_of(hand: Hand) -> Orders:
    """What `hand` ordered until it ended."""
    hand.stop.set()
    hand.join(20)
    assert not hand.is_alive()
    if hand.error:
        raise hand.error
    return hand.orders


def by_command_line(program: Program, chance: random.Random, first: int) -> Hand:
    """A hand that uses the command line, and does mostly what can be done in a phase."""

    def give(number: int) -> Order:
        status = program.ask("status", "--json")
        if status.status != 0:
            return answered(("status",), status)
        phase = json.loads(status.out)["phase"]
        likely = LIKELY.get(phase, ()) if chance.random() < 0.7 else ()
        words = number_words(chance, first + number, chance.choice(likely or ALWAYS))
        return answered(words, program.ask(*words))

    return Hand(give)


def by_socket(program: Program, chance: random.Random, first: int) -> Hand:
    """A hand that rates pain by the socket itself, at the same time."""

    def give(number: int) -> Order:
        nrs, note = str(chance.randrange(11)), f"{BY_SOCKET} {first + number}"
        words = ("pain", nrs, "--note", note)
        try:
            reply = client.ask(
                program.folder, {"command": "pain", "words": {"nrs": nrs, "note": note}}
            )
        except client.ClientError:
            reply = None
        return Order(words, is_done=reply is not None and reply["status"] == 0)

    return Hand(give)


def answered(words: tuple[str, ...], done: Done) -> Order:
    """The order `words` that ended as `done`."""
    # 4: it ended before it answered. 3: it was gone before it was asked.
    assert done.status in (0, 1, 3, 4), (words, done)
    assert "Traceback" not in done.err
    return Order(words, is_done=done.status == 0, is_refused=done.status == 1)


# --- comparing ---


def check_record(
    before: Sequence[Json], after: Sequence[Json], line: Orders, socket: Orders
) -> None:
    """What is new in the record `after` is what was ordered, whole and in order."""
    check_neighbours(after)
    assert after[: len(before)] == before, "what was in the record has changed"
    new = after[len(before) :]
    mine = [each for each in new if str(each.get("note", "")).startswith(BY_SOCKET)]
    check_pains(mine, socket)
    events = [each for each in new if each not in mine and is_ordered(each)]
    is_open = bool(before) and is_episode_open(before)
    for order in line.done:
        is_open = take(events, order, is_open=is_open)
    if events:
        assert line.unanswered, f"nobody ordered {events}"
        take(events, line.unanswered, is_open=is_open)
    assert not events, f"nobody ordered {events}"


def check_pains(events: Sequence[Json], orders: Orders) -> None:
    """Every rating that was acknowledged, once, in order, and no other but perhaps the last."""
    told = [(str(each["nrs"]), each["note"]) for each in events]
    acknowledged = [(each.words[1], each.words[3]) for each in orders.done]
    last = orders.unanswered
    allowed = [acknowledged]
    if last:
        allowed.append([*acknowledged, (last.words[1], last.words[3])])
    assert told in allowed, f"{told} instead of {allowed}"


def is_ordered(event: Json) -> bool:
    """Whether somebody ordered this."""
    if event["kind"] == "PackRemoved":
        return bool(event["how"] == "confirmed")
    return event["kind"] not in BY_TIME


def is_episode_open(events: Sequence[Json]) -> bool:
    kinds = [each["kind"] for each in events if each["kind"].startswith("Episode")]
    return bool(kinds) and kinds[-1] == "EpisodeStarted"


def take(events: list[Json], order: Order, *, is_open: bool) -> bool:
    """Take the events of `order` from the front of `events`; whether an episode is open then."""
    kinds = expected(order.words, events, is_open=is_open)
    assert [each["kind"] for each in events[: len(kinds)]] == kinds, (order, events[:4])
    check_values(order.words, events[: len(kinds)])
    del events[: len(kinds)]
    if "EpisodeEnded" in kinds:
        return False
    return is_open or "EpisodeStarted" in kinds


def expected(words: Sequence[str], events: Sequence[Json], *, is_open: bool) -> list[str]:
    """The kinds of event that `words` lead to."""
    match words[0]:
        case "config" | "status":
            return []
        case "start" if not is_open:
            return ["EpisodeStarted", "SessionStarted"]
        case "start":
            return [*(["OnsetChanged"] if "--onset" in words else []), "SessionStarted"]
        case "off":
            return ["PackRemoved"]
        case "end" if events and events[0]["kind"] == "PackRemoved":
            return ["PackRemoved", "EpisodeEnded"]  # a pack that was off for a pause
        case command:
            return [OF[command]]


def check_values(words: Sequence[str], events: Sequence[Json]) -> None:
    match words:
        case ("pain", nrs, "--note", note):
            assert (str(events[0]["nrs"]), events[0]["note"]) == (nrs, note), events
        case ("snooze", minutes):
            assert events[0]["snooze_min"] == int(minutes), events
        case ("switch", modality):
            assert events[0]["modality"] == modality, events
        case ("start", "heat"):
            assert events[-1]["plan"]["parts"][0]["modality"] == "heat", events
        case _:
            pass


def check_neighbours(events: Sequence[Json]) -> None:
    """No half of what one command does at once."""
    for first, second in pairwise([*events, {"kind": "the end"}]):
        if first["kind"] == "EpisodeStarted":
            assert second["kind"] == "SessionStarted", (first, second)
            assert first["at"] == second["at"]
