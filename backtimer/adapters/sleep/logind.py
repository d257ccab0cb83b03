"""The conversation with logind, which decides on Linux when the machine goes to sleep."""

import logging
import os
import time
from collections.abc import Callable

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus

from backtimer.adapters.bus_link import BusLink, answers, descriptors, error_name
from backtimer.adapters.sleep.grip import Grip

_log = logging.getLogger(__name__)

# One that runs answers in some milliseconds.
ANSWER_S = 2.0
_NAME = "org.freedesktop.login1"
_MANAGER = DBusAddress(
    "/org/freedesktop/login1", bus_name=_NAME, interface="org.freedesktop.login1.Manager"
)
# Whoever lies on the sofa may have closed the lid. Some systems allow less.
_WISHES = ("sleep:idle:handle-lid-switch", "sleep:idle")
# These say that nobody is there to allow or to deny anything.
_ABSENT = (
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.NoReply",
    "org.freedesktop.DBus.Error.Spawn.",
    "org.freedesktop.systemd1.",
)


class Logind:
    """Asks logind to keep the machine awake, and hears of its sleep, over one connection.

    Nothing here waits: `take` gets each message that has come, `look_at_time` is called when
    `wait_s` is over. `tell(is_safe)` hears whether the machine can be kept awake. Each inhibitor
    goes to `grip`, which closes it at once where none is wanted: to take one is the only sure
    way to find out whether one can be had. Every method may raise `BusLost`.
    """

    def __init__(
        self,
        link: BusLink,
        *,
        why: str,
        grip: Grip,
        tell: Callable[[bool], None],
        woke: Callable[[], None],
    ) -> None:
        self._link = link
        self._why = why
        self._grip = grip
        self._tell = tell
        self._woke = woke
        self._expected: dict[int, Callable[[Message], None]] = {}
        self._overdue_s: float | None = None
        link.send(message_bus.Hello())
        link.send(message_bus.AddMatch(_rule("PrepareForSleep", _MANAGER.interface, _NAME)))
        owners = _rule("NameOwnerChanged", message_bus.interface, message_bus.bus_name)
        owners.add_arg_condition(0, _NAME)
        link.send(message_bus.AddMatch(owners))
        self._ask()

    def ask(self) -> None:
        """Ask for an inhibitor, unless an answer is still to come."""
        if not self._expected:
            self._ask()

    def take(self, message: Message) -> None:
        """Understand one message."""
        if message.header.message_type is MessageType.signal:
            self._take_signal(message)
            return
        serial = answers(message)
        take = self._expected.pop(serial, None) if serial is not None else None
        if take is not None:
            take(message)
        for fd in descriptors(message) if take is None else ():
            os.close(fd)

    def wait_s(self) -> float | None:
        """Seconds until `look_at_time` has something to do, or None."""
        return self._overdue_s and max(0.0, self._overdue_s - time.monotonic())

    def look_at_time(self) -> None:
        """Expect nothing good from an answer that is overdue. It still counts when it comes."""
        if self._overdue_s is not None and time.monotonic() >= self._overdue_s:
            _log.warning("logind does not answer")
            self._settle(is_safe=False)

    def _take_signal(self, message: Message) -> None:
        member = _member(message)
        if member == "PrepareForSleep" and message.body == (False,):
            self._woke()
        elif member == "NameOwnerChanged" and message.body[0] == _NAME:
            # What it was asked before is lost, and what it gave may be.
            self._expected.clear()
            if message.body[2]:
                self._ask()
            else:
                self._settle(is_safe=False)

    def _ask(self) -> None:
        self._overdue_s = time.monotonic() + ANSWER_S
        self._wish(0)

    def _wish(self, number: int) -> None:
        arguments = (_WISHES[number], "Backtimer", self._why, "block")
        self._call("Inhibit", arguments, lambda answer: self._on_inhibited(answer, number))

    def _on_inhibited(self, answer: Message, number: int) -> None:
        found = descriptors(answer)
        for fd in found:
            self._grip.take(fd)
        if answer.header.message_type is MessageType.method_return:
            self._settle(is_safe=bool(found))
            return
        name = error_name(answer)
        _log.info("no inhibitor for %s: %s %s", _WISHES[number], name, answer.body)
        if name.startswith(_ABSENT):
            self._settle(is_safe=False)
        elif number + 1 < len(_WISHES):
            self._wish(number + 1)
        else:
            self._call("CanSuspend", (), lambda answer: self._on_can(answer, "CanHibernate"))

    def _on_can(self, answer: Message, then_ask: str) -> None:
        """Where it can be neither suspended nor hibernated, there is nothing to keep it from."""
        if answer.body != ("na",):
            self._settle(is_safe=False)
        elif then_ask:
            self._call(then_ask, (), lambda answer: self._on_can(answer, ""))
        else:
            self._settle(is_safe=True)

    def _call(
        self, method: str, arguments: tuple[str, ...], on_answer: Callable[[Message], None]
    ) -> None:
        signature = "s" * len(arguments) or None
        serial = self._link.send(new_method_call(_MANAGER, method, signature, arguments))
        self._expected[serial] = on_answer

    def _settle(self, *, is_safe: bool) -> None:
        self._overdue_s = None
        self._tell(is_safe)


def _rule(member: str, interface: str, sender: str) -> MatchRule:
    return MatchRule(type="signal", sender=sender, interface=interface, member=member)


def _member(message: Message) -> str:
    return str(message.header.fields.get(HeaderFields.member, ""))
