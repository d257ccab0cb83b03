"""A desk to ask in the words of the command line: of a running program, and of one that is not."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from backtimer.adapters.clocks import clock_of
from backtimer.arguments import parse, request
from backtimer.desk.desk import Desk
from backtimer.desk.offline import OfflineDesk
from backtimer.desk.requests import Reply, answer
from backtimer.desk.restoring import Restoring
from backtimer.desk.running import RunningDesk
from backtimer.domain.reach import Way
from backtimer.domain.settings import Settings
from backtimer.paths import Folders
from backtimer.services.care import CareService
from backtimer.services.hearing import Hearing
from backtimer.services.settings import SettingsService
from backtimer.services.wakefulness import Wakefulness
from tests.fakes import (
    HandChannel,
    HandClock,
    HandInhibitor,
    HandWaking,
    MemorySettings,
    MemoryStore,
)

# The words that tests of care need not think of: no night comes between.
NO_NIGHT = {"quiet_from": "00:00", "quiet_to": "00:00"}


def asked(desk: Desk, words: Sequence[str]) -> Reply:
    """The reply to a command line, as it comes back over the socket."""
    sent = json.loads(json.dumps(request(parse(words))))
    reply: Reply = json.loads(json.dumps(answer(desk, sent)))
    assert set(reply) == {"status", "out", "err"}
    both = reply["out"] and reply["err"]
    assert not both or reply["status"] == 4, "either it is done or it is not, or it is not saved"
    return reply


class Program:
    """The desk of a running program on stand-ins, connected as `app.py` does it."""

    def __init__(
        self,
        *,
        speed: float = 1.0,
        clock: HandClock | None = None,
        store: MemoryStore | None = None,
    ) -> None:
        self.clock = clock or HandClock(speed=speed)
        self.store = store or MemoryStore()
        self.settings_store = MemorySettings()
        self.calls: list[str] = []
        self.inhibitor, self.sound = HandInhibitor(), HandChannel()
        settings = Settings(values=dict(NO_NIGHT))
        self.settings = SettingsService(store=self.settings_store, settings=settings)
        self.care = CareService(store=self.store, clock=self.clock, rules=settings.rules())
        self.settings.changed.connect(lambda changed: self.care.adopt(changed.rules()))
        self.desk = RunningDesk(
            care=self.care,
            settings=self.settings,
            clock=self.clock,
            restoring=Restoring(
                care=self.care, settings=self.settings, store=self.store, clock=self.clock
            ),
            hearing=self._hearing(),
            wakefulness=Wakefulness(
                care=self.care,
                inhibitor=self.inhibitor,
                waking=HandWaking(),
                look=self.care.look,
            ),
            show=self._called("show"),
            close=self._called("close"),
        )

    def _hearing(self) -> Hearing:
        """One way to the person, to be found out by hand."""
        return Hearing(
            settings=self.settings,
            probed={(Way.SOUND,): self.sound},
            channels={Way.SOUND: self.sound},
        )

    def _called(self, name: str) -> Callable[[], None]:
        return lambda: self.calls.append(name)

    def ask(self, *words: str) -> Reply:
        """The reply to a command, in one string with spaces or in words."""
        return asked(self.desk, words[0].split() if len(words) == 1 else words)

    def told(self, *words: str) -> str:
        """What is printed for a command that works."""
        reply = self.ask(*words)
        assert reply["status"] == 0, reply["err"]
        return str(reply["out"])

    def refusal(self, *words: str, status: int = 1) -> str:
        """The one sentence for a command that is refused, which changes nothing."""
        before = self.care.episode, self.settings.current, len(self.store.events)
        reply = self.ask(*words)
        assert reply["status"] == status, reply
        assert (self.care.episode, self.settings.current, len(self.store.events)) == before
        err = str(reply["err"])
        assert err
        assert "\n" not in err
        return err

    def status(self) -> dict[str, Any]:
        """What `status --json` prints."""
        told: dict[str, Any] = json.loads(self.told("status --json"))
        return told

    @property
    def phase(self) -> str:
        return str(self.status()["phase"])

    def wait(self, minutes: float) -> None:
        self.clock.pass_min(minutes)


def offline(folders: Folders, *words: str) -> Reply:
    """The reply to a command from the files alone."""
    desk = OfflineDesk(folders=folders, clock=clock_of(folders.data))
    return asked(desk, words[0].split() if len(words) == 1 else words)
