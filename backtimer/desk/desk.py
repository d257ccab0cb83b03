"""What answering a request needs, wherever the timer and the settings live."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from backtimer.domain import commands as cmd
from backtimer.domain.episode import Episode
from backtimer.domain.ports import Clock
from backtimer.domain.settings import Settings
from backtimer.domain.view import View

Words = Mapping[str, Any]  # what came with the name of the request


class Desk(Protocol):
    """The timer and the settings."""

    clock: Clock

    @property
    def is_running(self) -> bool: ...

    @property
    def is_saved(self) -> bool: ...

    @property
    def fault(self) -> str: ...

    @property
    def cautions(self) -> tuple[str, ...]: ...

    @property
    def episode(self) -> Episode: ...

    @property
    def settings(self) -> Settings: ...

    def view(self) -> View: ...

    def do(self, command: cmd.Command) -> View: ...

    def change(self, changed: Callable[[Settings], Settings]) -> None: ...

    def restore(self, file: Path, *, overwrite: bool) -> str: ...

    def show(self) -> None: ...

    def quit(self) -> None: ...
