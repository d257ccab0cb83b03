"""What the tests of the ways to reach a person share: waiting, and notes of what was reported."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import pytest
from PySide6.QtCore import QCoreApplication

from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding

PATIENCE_S = 20.0
SENT = (Delivery.SENT, "")
NO_ROOM = (Delivery.FAILED, "The computer has no room for another thread.")

# Of the PulseAudios on one session bus only the first stays: it has a name there.
NO_SESSION_BUS = {"DBUS_SESSION_BUS_ADDRESS": "disabled:"}

# A PulseAudio sink that is nowhere; with rewinds it stops to take samples after the first ones.
NULL_SINK = "module-null-sink norewinds=1"

Until = Callable[[Callable[[], object]], None]
Reports = list[tuple[Delivery, str]]


class Channel(Protocol):
    """What each way to reach a person can do."""

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None: ...
    def probe(self, listener: Callable[[tuple[Finding, ...]], None]) -> None: ...


def live_until(condition: Callable[[], object]) -> None:
    """Wait until `condition` holds while the program's event loop runs."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        QCoreApplication.processEvents()
        time.sleep(0.002)


def reports_of(channel: Channel) -> Reports:
    """All that `channel` reports, as it comes."""
    found: Reports = []
    channel.on_delivery(lambda *each: found.append(each))
    return found


def finding_of(channel: Channel) -> Finding:
    """What `channel` finds out now."""
    found: list[Finding] = []
    channel.probe(found.extend)
    live_until(lambda: found)
    return found[0]


@contextmanager
def no_room_for_threads() -> Iterator[None]:
    """The system has no more threads to give."""

    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with pytest.MonkeyPatch.context() as full:
        full.setattr(threading.Thread, "start", refuse)
        yield
