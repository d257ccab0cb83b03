"""What tests of notifications share: messages to say, and notes of what was told."""

import threading
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from backtimer.adapters.channels.notifications.desktop import DesktopChannel
from backtimer.domain.announcements import Announcement, Button, Urgency
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding
from backtimer.domain.reminding import Message
from backtimer.domain.view import Action

PATIENCE_MS = 15_000
AT_ONCE_S = 0.05  # no call of the main thread takes longer

NO_SESSION = "There is no desktop session that could show a notification."
NO_BUS = "The desktop’s message bus cannot be reached."
NO_DAEMON = "No notification service runs on this desktop."
NO_ANSWER = "The desktop’s notification service does not answer."


class Shown(Protocol):
    title: str
    body: str
    app_name: str


class Daemon(Protocol):
    """What `conftest.NotificationDaemon` can do."""

    def read_markup(self) -> None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def freeze(self) -> None: ...
    def thaw(self) -> None: ...
    def pause(self) -> None: ...
    def press(self) -> None: ...
    def count(self) -> int: ...
    def shown(self) -> list[Shown]: ...


def urgent(
    body: str = "", *, title: str = "Take the ice off", message: Message = Message.TAKE_OFF
) -> Announcement:
    """A message that needs an answer, with the button that gives it."""
    button = Button(action=Action.OFF, label="I took it off")
    return Announcement(
        message=message, title=title, body=body, urgency=Urgency.URGENT, buttons=(button,)
    )


def due() -> Announcement:
    """A gentle message with buttons."""
    buttons = (
        Button(action=Action.START, label="Start"),
        Button(action=Action.SNOOZE, label="Snooze 10 min"),
        Button(action=Action.SKIP, label="Skip"),
    )
    return Announcement(message=Message.DUE, title="Time for ice", body="", buttons=buttons)


def plain_news(
    body: str = "", *, title: str = "The pause is over", message: Message = Message.PAUSE_OVER
) -> Announcement:
    """A message that needs no answer, and so has no buttons."""
    return Announcement(message=message, title=title, body=body)


class Told:
    """Notes what a channel told, and in which thread."""

    def __init__(self, channel: DesktopChannel, qtbot: QtBot) -> None:
        self.deliveries: list[tuple[Delivery, str]] = []
        self.answers: list[Action | None] = []
        self.findings: list[tuple[Finding, ...]] = []
        self.threads: set[threading.Thread] = set()
        self._channel = channel
        self._qtbot = qtbot
        channel.on_delivery(self._on_delivery)
        channel.on_answer(self._on_answer)

    def _on_delivery(self, delivery: Delivery, why: str) -> None:
        self.deliveries.append((delivery, why))
        self.threads.add(threading.current_thread())

    def _on_answer(self, action: Action | None) -> None:
        self.answers.append(action)
        self.threads.add(threading.current_thread())

    def on_findings(self, findings: tuple[Finding, ...]) -> None:
        self.findings.append(findings)
        self.threads.add(threading.current_thread())

    def wait_for(self, count: int) -> list[tuple[Delivery, str]]:
        """Until so many messages were reported."""
        self._qtbot.waitUntil(lambda: len(self.deliveries) >= count, timeout=PATIENCE_MS)
        return self.deliveries

    def wait_for_answers(self, *answers: Action | None) -> None:
        """Until exactly these were given."""
        self._qtbot.waitUntil(lambda: len(self.answers) >= len(answers), timeout=PATIENCE_MS)
        assert self.answers == list(answers)

    def probe(self) -> tuple[Finding, ...]:
        """What the channel finds out now."""
        count = len(self.findings)
        self._channel.probe(self.on_findings)
        self._qtbot.waitUntil(lambda: len(self.findings) > count, timeout=PATIENCE_MS)
        return self.findings[-1]

    def wait_until_taken(self) -> None:
        """Until no errand waits for the worker: it has begun with the last one."""
        self._qtbot.waitUntil(lambda: not self._channel._worker._waiting, timeout=PATIENCE_MS)

    def wait_until_idle(self) -> None:
        """Until all that was asked is done, and what it told has arrived."""
        self.probe()
        QCoreApplication.processEvents()
