"""Shows notifications on Linux: as popups with buttons where there are any, else with plyer."""

import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from backtimer.adapters.bus_link import BusLost
from backtimer.adapters.channels.notifications import do_not_disturb
from backtimer.adapters.channels.notifications.daemon import DAEMON, PORTAL, find_daemon
from backtimer.adapters.channels.notifications.errands import Say
from backtimer.adapters.channels.notifications.findings import NoDaemon, held_back, no_buttons
from backtimer.adapters.channels.notifications.freedesktop import SIGNALS, Popups
from backtimer.adapters.channels.notifications.plyer_notifier import PlyerNotifier, is_in_flatpak
from backtimer.adapters.channels.notifications.session_bus import SessionBus
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding, Way, broken, works
from backtimer.domain.view import Action
from backtimer.domain.words import tr

_log = logging.getLogger(__name__)

_ACTIONS = "actions"  # what a daemon that shows buttons says it can


class LinuxNotifier:
    """Implements `Notifier` of notifier.py.

    What needs no answer is plyer's, and so is what the daemon does not take.
    """

    def __init__(self, *, app_icon: Path, answered: Callable[[int, Action | None], None]) -> None:
        self._plyer = PlyerNotifier(app_icon=app_icon)
        self._bus = SessionBus(SIGNALS)
        self._popups = Popups(self._bus, app_icon=app_icon, answered=answered)
        self._listens = True

    def show(self, say: Say, is_wanted: Callable[[], bool]) -> tuple[Delivery, str]:
        self.catch_up()
        is_shown = self._listens and say.needs_answer and self._pops_up(say)
        if not is_shown and is_wanted():
            # Anew, as the daemon may have hung just now, and plyer would hang with it.
            daemon = find_daemon(self._bus, PORTAL if is_in_flatpak() else DAEMON)
            self._plyer.show(say.announcement.title, say.announcement.body, daemon.can)
        if do_not_disturb.is_on(self._bus):
            return Delivery.HELD, held_back()
        return Delivery.SENT, ""

    def take_back(self, ticket: int) -> None:
        with suppress(BusLost):
            self._popups.take_back(ticket)

    def hush(self) -> None:
        with suppress(BusLost):
            self._popups.close_all()

    def fileno(self) -> int | None:
        return self._bus.fileno()

    def catch_up(self) -> None:
        try:
            self._bus.catch_up()
        except BusLost as error:
            _log.info("the session bus is gone: %s", error)

    def findings(self) -> tuple[Finding, Finding]:
        self.catch_up()
        try:
            can = find_daemon(self._bus).can
        except NoDaemon as trouble:
            # A Flatpak's portal answers for itself.
            notification = self._by_plyer() if is_in_flatpak() else _broken(trouble)
            return notification, no_buttons(trouble.why)
        return self._by_plyer(), works(Way.BUTTONS) if _ACTIONS in can else no_buttons()

    def part(self) -> None:
        self._listens = False
        with suppress(BusLost):
            self._popups.disarm()

    def close(self) -> None:
        self._bus.close()

    def _pops_up(self, say: Say) -> bool:
        try:
            daemon = find_daemon(self._bus)
            return _ACTIONS in daemon.can and self._popups.show(say, daemon)
        except NoDaemon:
            if not is_in_flatpak():
                raise
        except BusLost as error:
            _log.info("the session bus is gone: %s", error)
        return False

    def _by_plyer(self) -> Finding:
        try:
            if is_in_flatpak():
                find_daemon(self._bus, PORTAL)
            self._plyer.get_ready()
        except NoDaemon as trouble:
            return _broken(trouble)
        if do_not_disturb.is_on(self._bus):
            fix = tr("Switch it off while you use the timer.")
            return broken(Way.NOTIFICATION, held_back(), fix)
        return works(Way.NOTIFICATION)


def _broken(trouble: NoDaemon) -> Finding:
    return broken(Way.NOTIFICATION, trouble.why, trouble.fix)
