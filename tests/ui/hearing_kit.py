"""Ways to the person that are found out, and paired, by hand."""

from collections.abc import Callable

from backtimer.domain.announcements import Announcement, announcement
from backtimer.domain.ports import Delivery
from backtimer.domain.protocol import Modality
from backtimer.domain.reach import Finding, Way
from backtimer.domain.reminding import Due, Message
from backtimer.services.hearing import Hearing
from tests.ui.conftest import Screen

ADDRESS = "ntfys://ntfy.sh/backtimer-1a2b"
MODULES = ((True, False, True), (False, True, False), (True, True, False))


class HandWay:
    """The port `Channel`: what was said, and what is found out once somebody says so."""

    def __init__(self) -> None:
        self.said: list[Announcement] = []
        self.hushes = 0
        self._waiting: list[Callable[[tuple[Finding, ...]], None]] = []

    def say(self, announcement: Announcement) -> None:
        self.said.append(announcement)

    def hush(self) -> None:
        self.hushes += 1

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None:
        raise AssertionError(listener)

    def probe(self, listener: Callable[[tuple[Finding, ...]], None]) -> None:
        self._waiting.append(listener)

    def find(self, *findings: Finding) -> None:
        """That was found out, by everybody who asked."""
        waiting, self._waiting = self._waiting, []
        for listener in waiting:
            listener(findings)

    @property
    def is_asked(self) -> bool:
        return bool(self._waiting)


class HandPairing:
    """The port `PhonePairing`."""

    def new_address(self) -> str:
        return ADDRESS

    def link(self, address: str) -> str:
        return address.replace("ntfys://", "https://")

    def modules(self, link: str) -> tuple[tuple[bool, ...], ...]:
        assert link.startswith("https://")
        return MODULES


class Ears:
    """The hearing of a screen, with one hand that knows of all ways."""

    def __init__(self, screen: Screen, *ways: Way) -> None:
        self.way = HandWay()
        self.hearing = Hearing(
            settings=screen.settings,
            probed={ways: self.way},
            channels={Way.NOTIFICATION: self.way},
        )

    def find(self, *findings: Finding) -> None:
        """Look, and find this."""
        self.hearing.look()
        self.way.find(*findings)


def removal(screen: Screen) -> Announcement:
    """What is said of a pack that has to come off."""
    due = Due(message=Message.TAKE_OFF, modality=Modality.ICE)
    return announcement(due, screen.care.view, screen.clock.now(), snooze_min=10)
