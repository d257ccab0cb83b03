"""Chooses how this system is kept awake."""

import sys
from collections.abc import Callable
from typing import Protocol


class Guard(Protocol):
    """The ports `SleepInhibitor` and `Waking` in one, to be started and closed by the program."""

    def start(self) -> None:
        """Find out how things stand; after the first picture, as it takes some milliseconds."""

    def hold(self) -> None: ...

    def release(self) -> None: ...

    def on_outlook(self, listener: Callable[[str], None]) -> None: ...

    def on_wake(self, listener: Callable[[], None]) -> None: ...

    def close(self) -> None:
        """Release, and be silent for good. Harmless when done before."""


def sleep_inhibitor() -> Guard:
    """The one for this system."""
    if sys.platform == "linux":
        from backtimer.adapters.sleep.logind_inhibitor import LogindInhibitor

        return LogindInhibitor()
    from backtimer.adapters.sleep import other_inhibitors as others

    if sys.platform == "win32":
        return others.windows_inhibitor()
    if sys.platform == "darwin":
        return others.CaffeinateInhibitor()
    return others.NoInhibitor()
