"""The thread that sends to the phone: the newest message, to each address, at most twice."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from backtimer.adapters.channels.own_thread import OwnThread
from backtimer.adapters.channels.phone.lanes import side_by_side
from backtimer.adapters.channels.phone.look import can_connect
from backtimer.adapters.channels.phone.services import PhoneMessage, Service, TimeLimits
from backtimer.domain.ports import Delivery
from backtimer.domain.words import tr

_log = logging.getLogger(__name__)

# So many messages may hang at one address before it gets no more of them.
_MOST_HANGING = 2


class PhoneWorker:
    """Sends what was asked last. Starts its thread at the first message.

    `report(delivery, why)` comes from that thread, once for a message that nothing newer and no
    answer took the place of, and not after `close`. `ask(server, topic)` is called before a
    message with a button is sent.
    """

    def __init__(
        self,
        *,
        limits: TimeLimits,
        report: Callable[[str, str], None],
        ask: Callable[[str, str], None],
    ) -> None:
        self._limits = limits
        self._report = report
        self._ask = ask
        self._thread = OwnThread(self._run, name="phone")
        self._changed = self._thread.changed
        self._addresses: tuple[str, ...] = ()
        self._message: PhoneMessage | None = None  # being sent, or to be sent
        self._hanging: Counter[str] = Counter()

    def send(self, message: PhoneMessage, addresses: Sequence[str]) -> None:
        """Send `message` in place of all that waits. Raises RuntimeError: no thread."""
        with self._changed:
            self._message = message
            self._addresses = tuple(addresses)
            self._thread.wake()

    def drop(self) -> None:
        """Send no more of it."""
        with self._changed:
            self._message = None
            self._changed.notify_all()

    def close(self, wait_s: float) -> None:
        """Report nothing from now on, and wait for the thread to end."""
        self.drop()
        self._thread.close(wait_s)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._message or self._thread.is_closed)
                if self._message is None:
                    return
                message, addresses = self._message, self._addresses
            try:
                self._deliver(message, addresses)
            except Exception as error:
                # This thread must live on. Its text, and its traceback, may hold an address.
                _log.error("the phone failed: %s", type(error).__name__)
                self._tell(message, Delivery.FAILED, tr("Nothing could be sent to the phone."))
            with self._changed:
                if self._message is message:
                    self._message = None

    def _deliver(self, message: PhoneMessage, addresses: Sequence[str]) -> None:
        services = [
            Service(number, each, limits=self._limits) for number, each in enumerate(addresses, 1)
        ]
        known = [each for each in services if each.is_known]
        if not known:
            self._tell(message, Delivery.FAILED, _unknown(services))
            return
        for each in known:
            if message.topic and each.answers_at:
                self._ask(each.answers_at, message.topic)
        first = self._attempt(known, message)
        if any(first):
            self._tell(message, Delivery.SENT, "")
        left = [each for each, taken in zip(known, first, strict=True) if not taken]
        if not left or not self._is_wanted_for(message, self._limits.pause_s):
            return
        second = self._attempt(left, message)
        if any(first) or not self._is_wanted_for(message, 0):
            return
        if any(second):
            self._tell(message, Delivery.SENT, "")
        else:
            self._tell(message, Delivery.FAILED, self._why(left, second))

    def _attempt(self, services: Sequence[Service], message: PhoneMessage) -> list[bool | None]:
        """Which of them took it; None where one does not answer in time."""
        if not self._is_wanted_for(message, 0):
            return [None] * len(services)
        return side_by_side(
            [partial(self._send, each, message) for each in services],
            patience_s=self._limits.whole_s,
            changed=self._changed,
            is_over=lambda: self._message is not message,
        )

    def _send(self, service: Service, message: PhoneMessage) -> bool | None:
        with self._changed:
            if self._hanging[service.address] >= _MOST_HANGING:
                return None
            self._hanging[service.address] += 1
        try:
            return service.send(message)
        finally:
            with self._changed:
                self._hanging[service.address] -= 1

    def _is_wanted_for(self, message: PhoneMessage, seconds: float) -> bool:
        with self._changed:
            return not self._changed.wait_for(lambda: self._message is not message, seconds)

    def _why(self, services: Sequence[Service], taken: Sequence[bool | None]) -> str:
        patience_s = self._limits.connect_s
        connected = side_by_side(
            [partial(can_connect, each, patience_s) for each in services], patience_s=patience_s
        )
        if not any(connected) and not any(each.endpoint is None for each in services):
            return tr("The phone could not be reached: no connection to the service.")
        if None in taken:
            return tr("The phone could not be reached: the service does not answer.")
        return tr("The phone could not be reached: the service did not take the message.")

    def _tell(self, message: PhoneMessage, delivery: Delivery, why: str) -> None:
        with self._changed:
            if self._message is message:
                self._thread.tell(lambda: self._report(delivery.value, why))


def _unknown(services: Sequence[Service]) -> str:
    names = ", ".join(each.name for each in services)
    return tr("The phone could not be reached: Apprise cannot use address {names}.", names=names)
