"""What shows notifications on a system, and the choice of the one for this system."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from backtimer.adapters.channels.notifications.errands import Say
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding
from backtimer.domain.view import Action


class Notifier(Protocol):
    """Shows notifications on one system; used in the thread only, which it may block."""

    def show(self, say: Say, is_wanted: Callable[[], bool]) -> tuple[Delivery, str]:
        """What became of it, and why. Raises NoDaemon, or whatever a back end raises.

        `is_wanted` is asked before it is tried in another way.
        """

    def take_back(self, ticket: int) -> None:
        """It is not wanted any more: do not show it, if that can be helped."""

    def hush(self) -> None:
        """Take back whatever needed an answer."""

    def fileno(self) -> int | None:
        """What becomes readable when there is something to `catch_up` with."""

    def catch_up(self) -> None:
        """Hear what the person pressed."""

    def findings(self) -> tuple[Finding, Finding]:
        """What would become of a notification, and of its buttons."""

    def part(self) -> None:
        """Nobody listens to answers from now on. Harmless when said before."""

    def close(self) -> None: ...


def notifier_here(*, app_icon: Path, answered: Callable[[int, Action | None], None]) -> Notifier:
    """The one for this system."""
    # Imported here, in the thread, as the first window must not wait for it.
    if sys.platform == "linux":
        from backtimer.adapters.channels.notifications.linux_notifier import LinuxNotifier

        return LinuxNotifier(app_icon=app_icon, answered=answered)
    from backtimer.adapters.channels.notifications.other_notifier import OtherNotifier

    return OtherNotifier(app_icon=app_icon)
