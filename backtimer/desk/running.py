"""The desk of the running program: its own timer and settings answer."""

from collections.abc import Callable
from pathlib import Path

from backtimer.desk.restoring import Restoring
from backtimer.domain import commands as cmd
from backtimer.domain.episode import Episode
from backtimer.domain.errors import DataError
from backtimer.domain.hearing import Heard
from backtimer.domain.ports import Clock
from backtimer.domain.reach import caution
from backtimer.domain.settings import Settings
from backtimer.domain.view import View
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.services.hearing import Findings, Hearing
from backtimer.services.settings import SettingsService
from backtimer.services.wakefulness import Wakefulness


class RunningDesk:
    """Answers from the living timer. `show` and `close` come from whatever shows it."""

    is_running = True

    def __init__(
        self,
        *,
        care: CareService,
        settings: SettingsService,
        clock: Clock,
        restoring: Restoring,
        hearing: Hearing,
        wakefulness: Wakefulness,
        show: Callable[[], None],
        close: Callable[[], None],
    ) -> None:
        self.clock = clock
        self._care = care
        self._settings = settings
        self._restoring = restoring
        self._hearing = hearing
        self._wakefulness = wakefulness
        self._show = show
        self._close = close

    @property
    def is_saved(self) -> bool:
        """Whether all that happened is on disk."""
        return self._care.is_saved

    @property
    def fault(self) -> str:
        """Why it is not, in a sentence."""
        return self._care.fault

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to know before lying down, in sentences."""
        known = (self._wakefulness.outlook, caution(self._hearing.findings))
        return tuple(each for each in known if each)

    def look(self, listener: Callable[[Findings], None]) -> None:
        """Find out which ways to the person work; see `Hearing.look`."""
        self._hearing.look(listener)

    def ring(self) -> None:
        """Ring for a try; see `Hearing.ring`."""
        self._hearing.ring()

    def hear(self, heard: Heard) -> Findings:
        """Note what came of it, and tell what follows."""
        self._hearing.answer(heard)
        return self._hearing.findings

    @property
    def episode(self) -> Episode:
        """The open episode."""
        return self._care.episode

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings.current

    def view(self) -> View:
        """The state now."""
        return self._care.check()

    def do(self, command: cmd.Command) -> View:
        """Carry out `command`; see `CareService.do`."""
        return self._care.do(command)

    def change(self, changed: Callable[[Settings], Settings]) -> None:
        """Change the settings; see `SettingsService.change`."""
        self._settings.change(changed)

    def restore(self, file: Path, *, overwrite: bool) -> str:
        """Take a backup over; see `Restoring.restore`."""
        return self._restoring.restore(file, overwrite=overwrite)

    def show(self) -> None:
        """Bring what shows the timer to the front."""
        self._show()

    def quit(self) -> None:
        """Close the program once the reply is on its way. Raises `DataError` with unsaved facts."""
        if not self._care.is_saved:
            raise DataError(
                tr(
                    "{fault} What is not saved would be lost, so Backtimer stays open.",
                    fault=self._care.fault,
                )
            )
        self._close()
