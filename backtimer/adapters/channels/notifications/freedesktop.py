"""Popups with buttons: the conversation with a freedesktop notification daemon."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call

from backtimer.adapters.bus_link import answers
from backtimer.adapters.channels.notifications.daemon import ANSWER_S, DAEMON, Daemon, sender
from backtimer.adapters.channels.notifications.errands import Say
from backtimer.adapters.channels.notifications.plain_text import (
    as_markup,
    plain_body,
    plain_label,
    plain_title,
)
from backtimer.adapters.channels.notifications.plyer_notifier import APP_NAME
from backtimer.adapters.channels.notifications.session_bus import SessionBus
from backtimer.domain.announcements import Announcement, Urgency
from backtimer.domain.view import Action
from backtimer.domain.words import tr

_log = logging.getLogger(__name__)

SIGNALS = MatchRule(type="signal", sender=DAEMON.name, interface=DAEMON.interface, path=DAEMON.path)
_DEFAULT = "default"  # the name of a click on the popup itself
_NORMAL, _CRITICAL = 1, 2
_DAEMON_DECIDES, _UNTIL_CLOSED = -1, 0  # when it goes away by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class _Popup:
    """What the daemon `owner` shows under `number`."""

    owner: str
    number: int
    said: Say
    can: frozenset[str]

    @property
    def actions(self) -> dict[str, Action]:
        return {each.action.value: each.action for each in self.said.announcement.buttons}


class Popups:
    """Shows messages, one popup for each kind, and hears which button is pressed.

    `answered(ticket, action)`: a button was pressed, or, with None, the popup itself. A popup
    that was answered, closed or forgotten has no further answers. Every method but `forget` may
    raise `BusLost`.
    """

    def __init__(
        self, bus: SessionBus, *, app_icon: Path, answered: Callable[[int, Action | None], None]
    ) -> None:
        self._bus = bus
        self._app_icon = app_icon
        self._answered = answered
        self._shown: dict[int, _Popup] = {}
        self._overdue: set[int] = set()
        bus.listen(heard=self._take, lost=self.forget)

    def show(self, say: Say, daemon: Daemon) -> bool:
        """Show it in place of what is shown of its kind, if `daemon` takes it within 2 s."""
        # Another daemon may give the same number to another program's popup.
        self._shown = {n: p for n, p in self._shown.items() if p.owner == daemon.owner}
        old = self._of_the_kind(say)
        serial = self._bus.send(
            self._notify(say.announcement, daemon.can, has_buttons=True, replaces=old)
        )
        answer = self._bus.wait(serial, ANSWER_S)
        if answer is None:
            _log.warning("the notification daemon does not answer")
            self._overdue.add(serial)
            return False
        number = _number(answer)
        if number is None:
            _log.warning("the notification daemon refused: %s", answer.body)
        if old is not None and number != old.number:
            self._close(old)
        if number is None:
            return False
        owner = sender(answer)
        self._shown[number] = _Popup(owner=owner, number=number, said=say, can=daemon.can)
        return True

    def take_back(self, ticket: int) -> None:
        """Close what was shown under `ticket`, if it still is."""
        for each in [each for each in self._shown.values() if each.said.ticket == ticket]:
            self._close(each)

    def close_all(self) -> None:
        for each in list(self._shown.values()):
            self._close(each)

    def disarm(self) -> None:
        """Leave no button that nobody listens to; what is urgent stays to be read."""
        for each in list(self._shown.values()):
            said = each.said.announcement
            if said.urgency is Urgency.URGENT:
                message = self._notify(said, each.can, has_buttons=False, replaces=each)
                self._bus.post(message)
            else:
                self._close(each)
        self.forget()

    def forget(self) -> None:
        """Nobody answers any more for what was shown."""
        self._shown.clear()
        self._overdue.clear()

    def _take(self, message: Message) -> None:
        if message.header.message_type is MessageType.signal:
            self._take_signal(message)
        elif (serial := answers(message)) in self._overdue:
            self._overdue.discard(serial or 0)
            number = _number(message)
            if number is not None:
                # It was said to have failed, and somebody else took over.
                self._close_number(number, sender(message))

    def _take_signal(self, message: Message) -> None:
        match message.header.fields.get(HeaderFields.member), message.body:
            case "NotificationClosed", (int(number), *_):
                if self._shown_by(message, number):
                    del self._shown[number]
            case "ActionInvoked", (int(number), str(name)):
                popup = self._shown_by(message, number)
                if popup is not None:
                    self._take_action(popup, name)
            case _:
                pass

    def _shown_by(self, message: Message, number: int) -> _Popup | None:
        popup = self._shown.get(number)
        return popup if popup is not None and popup.owner == sender(message) else None

    def _take_action(self, popup: _Popup, name: str) -> None:
        if name == _DEFAULT:
            self._answered(popup.said.ticket, None)
        elif (action := popup.actions.get(name)) is not None:
            # Not every daemon closes what was answered.
            self._close(popup)
            self._answered(popup.said.ticket, action)

    def _of_the_kind(self, say: Say) -> _Popup | None:
        kind = say.announcement.message
        found = (p for p in self._shown.values() if p.said.announcement.message is kind)
        return next(found, None)

    def _close(self, popup: _Popup) -> None:
        self._close_number(popup.number, popup.owner)

    def _close_number(self, number: int, owner: str) -> None:
        self._shown.pop(number, None)
        # To the one that shows it: a later daemon may show another program's under this number.
        address = DBusAddress(DAEMON.path, bus_name=owner, interface=DAEMON.interface)
        self._bus.post(new_method_call(address, "CloseNotification", "u", (number,)))

    def _notify(
        self,
        said: Announcement,
        can: frozenset[str],
        *,
        has_buttons: bool,
        replaces: _Popup | None,
    ) -> Message:
        is_urgent = said.urgency is Urgency.URGENT
        body = plain_body(said.body)
        hints = {
            "urgency": ("y", _CRITICAL if is_urgent else _NORMAL),
            "category": ("s", "x-backtimer.reminder"),
            "desktop-entry": ("s", APP_NAME),
        }
        arguments = (
            APP_NAME,
            replaces.number if replaces else 0,
            str(self._app_icon),
            plain_title(said.title) or APP_NAME,
            as_markup(body) if "body-markup" in can else body,
            _buttons(said) if has_buttons else [],
            hints,
            _UNTIL_CLOSED if is_urgent else _DAEMON_DECIDES,
        )
        to = DBusAddress(DAEMON.path, bus_name=DAEMON.name, interface=DAEMON.interface)
        return new_method_call(to, "Notify", "susssasa{sv}i", arguments)


def _buttons(said: Announcement) -> list[str]:
    names = [_DEFAULT, tr("Open Backtimer")]
    for each in said.buttons:
        names += [each.action.value, plain_label(each.label)]
    return names


def _number(answer: Message) -> int | None:
    """The number that the daemon gave to a popup; None where it did not take it."""
    if answer.header.message_type is not MessageType.method_return:
        return None
    return next((each for each in answer.body if isinstance(each, int)), None)
