"""One lasting connection to a Linux desktop's session bus, and calls that wait for their answer."""

import selectors
import time
from collections.abc import Callable

from jeepney import MatchRule, Message, MessageFlag
from jeepney.bus_messages import message_bus

from backtimer.adapters.bus_link import BusLink, BusLost, answers, session_bus


class NoAnswer(Exception):
    """Nobody answered in time."""


class SessionBus:
    """Connects when something is to be sent, and again where the connection was lost.

    Every method but `listen`, `close` and `fileno` may raise `BusLost`.
    """

    def __init__(self, signals: MatchRule) -> None:
        """`signals`: which of them to hear."""
        self._signals = signals
        self._heard: Callable[[Message], None] = lambda _message: None
        self._lost: Callable[[], None] = lambda: None
        self._link: BusLink | None = None

    def listen(self, *, heard: Callable[[Message], None], lost: Callable[[], None]) -> None:
        """Have `heard` get every message that no call waits for, also while one waits.

        `lost` is told when the connection has ended, and with it all that hung on it.
        """
        self._heard = heard
        self._lost = lost

    def fileno(self) -> int | None:
        """What to wait on for `catch_up`; None while there is no connection."""
        return None if self._link is None else self._link.fileno()

    def call(self, message: Message, timeout_s: float) -> Message:
        """The answer to `message`, which may be an error. Raises `NoAnswer`."""
        answer = self.wait(self.send(message), timeout_s)
        if answer is None:
            raise NoAnswer
        return answer

    def send(self, message: Message) -> int:
        """Send `message`; its answer names the number that is returned."""
        link = self._link or self._connect()
        try:
            return link.send(message)
        except BusLost:
            self.close()
            raise

    def post(self, message: Message) -> None:
        """Send `message`, to which no answer is wanted."""
        message.header.flags = MessageFlag.no_reply_expected
        self.send(message)

    def wait(self, serial: int, timeout_s: float) -> Message | None:
        """The answer to what was sent under this number; None where it did not come in time."""
        end_s = time.monotonic() + timeout_s
        while self._is_readable(max(0.0, end_s - time.monotonic())):
            for message in self._read():
                if answers(message) == serial:
                    return message
                self._heard(message)
        return None

    def catch_up(self) -> None:
        """Hear all that has come by now."""
        while self._is_readable(0):
            for message in self._read():
                self._heard(message)

    def close(self) -> None:
        """End the connection; the next call makes another one."""
        if self._link is not None:
            self._link.close()
            self._link = None
            self._lost()

    def _connect(self) -> BusLink:
        link = BusLink(session_bus())
        try:
            link.send(message_bus.Hello())
            link.send(message_bus.AddMatch(self._signals))
        except BusLost:
            link.close()
            raise
        self._link = link
        return link

    def _is_readable(self, timeout_s: float) -> bool:
        if self._link is None:
            return False
        with selectors.DefaultSelector() as selector:
            selector.register(self._link, selectors.EVENT_READ)
            return bool(selector.select(timeout_s))

    def _read(self) -> list[Message]:
        try:
            return [] if self._link is None else list(self._link.read())
        except Exception as error:
            # Also what cannot be read at all: after it nothing in the stream has a meaning.
            self.close()
            raise BusLost(repr(error)) from error
