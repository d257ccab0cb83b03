"""Whatever is broken, something reaches the person in time, or they were told before."""

from collections.abc import Iterable
from itertools import chain, combinations

import pytest

from backtimer.domain.ladder import LOUDER_AFTER_S
from backtimer.domain.ports import Channel, Delivery
from backtimer.domain.reach import BEYOND_WINDOW, Way, broken, works
from backtimer.domain.settings import Settings
from backtimer.services.calling import Calling
from backtimer.services.hearing import Hearing
from tests.fakes import HandChannel
from tests.services.timer import Timer, rules_of_the_day

ALL = (Way.NOTIFICATION, Way.SOUND, Way.VOICE, Way.PHONE, Way.WINDOW)
# A phone that works is only rung where the rest of the ladder failed or was not answered.
IN_TIME_MIN = LOUDER_AFTER_S / 60


def all_subsets(ways: Iterable[Way]) -> list[frozenset[Way]]:
    known = tuple(ways)
    found = chain.from_iterable(combinations(known, n) for n in range(len(known) + 1))
    return [frozenset(each) for each in found]


class Room:
    """A timer with some of the ways to the person broken."""

    def __init__(self, broken_ways: frozenset[Way], how: Delivery) -> None:
        self.broken, self.how = broken_ways, how
        settings = Settings(values={"voice": True, "phone_urls": ("ntfy://a",)})
        self.timer = Timer(rules=rules_of_the_day(), settings=settings)
        self.ways = {way: HandChannel() for way in ALL}
        channels: dict[Way, Channel] = dict(self.ways)
        self.calling = Calling(
            care=self.timer.care,
            reminders=self.timer.reminders,
            settings=self.timer.settings,
            channels=channels,
        )
        self.calling.unheard.connect(self.timer.watch.hurry)
        self.hearing = Hearing(
            settings=self.timer.settings,
            probed={(way,): channel for way, channel in self.ways.items()},
            channels=channels,
        )
        self.cautions: list[str] = []
        self.hearing.caution.connect(self.cautions.append)
        self.look()

    def look(self) -> None:
        self.hearing.look()
        for way, channel in self.ways.items():
            channel.find(broken(way, "It is broken.") if way in self.broken else works(way))

    def report(self) -> None:
        """Every channel says what became of what it was told, until none has more to say."""
        told: dict[Way, int] = {}
        while any(len(each.said) > told.get(way, 0) for way, each in self.ways.items()):
            for way, channel in self.ways.items():
                if len(channel.said) > told.get(way, 0):
                    told[way] = len(channel.said)
                    is_broken = way in self.broken
                    channel.deliver(self.how if is_broken else Delivery.SENT)

    def reached(self) -> set[Way]:
        return {way for way, each in self.ways.items() if each.said and way not in self.broken}


def named(ways: frozenset[Way]) -> str:
    return "+".join(sorted(ways)) or "nothing"


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("how", [Delivery.FAILED, Delivery.HELD], ids=str)
@pytest.mark.parametrize("ways", all_subsets(ALL), ids=named)
def test_something_reaches_the_person_or_they_were_told_before(
    ways: frozenset[Way], how: Delivery
) -> None:
    room = Room(ways, how)
    warned = any(room.cautions)
    assert warned == (ways >= BEYOND_WINDOW)
    room.timer.start()
    room.timer.wait(20)
    room.report()
    room.timer.wait(IN_TIME_MIN)
    room.report()
    if ways == set(ALL):
        assert warned
    else:
        assert room.reached(), "within 15 seconds"
    assert warned or room.reached() & BEYOND_WINDOW
