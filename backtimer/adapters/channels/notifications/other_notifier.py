"""Shows notifications on every system but Linux: with plyer, without buttons."""

from collections.abc import Callable
from pathlib import Path

from backtimer.adapters.channels.notifications.errands import Say
from backtimer.adapters.channels.notifications.findings import NoDaemon, no_buttons
from backtimer.adapters.channels.notifications.plyer_notifier import PlyerNotifier
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding, Way, broken, unknown
from backtimer.domain.words import tr


class OtherNotifier:
    """Implements `Notifier` of notifier.py. What plyer has shown, it cannot take back."""

    def __init__(self, *, app_icon: Path) -> None:
        self._plyer = PlyerNotifier(app_icon=app_icon)

    def show(self, say: Say, is_wanted: Callable[[], bool]) -> tuple[Delivery, str]:
        if is_wanted():
            self._plyer.show(say.announcement.title, say.announcement.body)
        return Delivery.SENT, ""

    def take_back(self, ticket: int) -> None: ...

    def hush(self) -> None: ...

    def fileno(self) -> int | None:
        return None

    def catch_up(self) -> None: ...

    def findings(self) -> tuple[Finding, Finding]:
        try:
            self._plyer.get_ready()
        except NoDaemon as trouble:
            return broken(Way.NOTIFICATION, trouble.why, trouble.fix), no_buttons()
        why = tr("Whether it is shown cannot be found out here.")
        return unknown(Way.NOTIFICATION, why), no_buttons()

    def part(self) -> None: ...

    def close(self) -> None: ...
