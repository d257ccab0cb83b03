"""Keeps the machine awake while a pack is on, and looks at the clock when it slept anyway."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from backtimer.domain.phases import PACK_ON, Phase
from backtimer.domain.ports import SleepInhibitor, Waking
from backtimer.domain.reach import Finding, Way, broken, works
from backtimer.domain.view import View
from backtimer.services.care import CareService


class Wakefulness(QObject):
    """Holds `inhibitor` from the moment a pack is on to the moment it is off.

    Signal `caution(str)`: why the machine cannot be kept awake, in a sentence to read before
    lying down; empty when it can after all, and while no pack is on or due.
    """

    caution = Signal(str)

    def __init__(
        self,
        *,
        care: CareService,
        inhibitor: SleepInhibitor,
        waking: Waking,
        look: Callable[[], None],
    ) -> None:
        """Begin with the view that `care` has. `look` puts everything right after sleep."""
        super().__init__()
        self._inhibitor = inhibitor
        self._is_holding = False
        self._outlook = ""
        self._caution = ""
        self._phase = care.view.phase
        care.changed.connect(self._on_changed)
        inhibitor.on_outlook(self._on_outlook)
        waking.on_wake(look)
        self._on_changed(care.view)

    @property
    def outlook(self) -> str:
        """Why the machine cannot be kept awake; empty where it can, or nothing is known yet."""
        return self._outlook

    def _on_changed(self, view: View) -> None:
        self._phase = view.phase
        self._tell()
        is_needed = view.phase in PACK_ON
        if is_needed == self._is_holding:
            return
        self._is_holding = is_needed
        if is_needed:
            self._inhibitor.hold()
        else:
            self._inhibitor.release()

    def _on_outlook(self, sentence: str) -> None:
        self._outlook = sentence
        self._tell()

    def _tell(self) -> None:
        is_told = self._phase in PACK_ON or self._phase is Phase.DUE
        caution = self._outlook if is_told else ""
        if caution != self._caution:
            self._caution = caution
            self.caution.emit(caution)


class SleepProbe:
    """The port `Probed` for what keeps the machine awake: tells it as soon as it is known."""

    def __init__(self, inhibitor: SleepInhibitor) -> None:
        self._outlook: str | None = None
        self._waiting: list[Callable[[tuple[Finding, ...]], None]] = []
        inhibitor.on_outlook(self._on_outlook)

    def probe(self, listener: Callable[[tuple[Finding, ...]], None]) -> None:
        """Call `listener` once with whether the machine can be kept awake."""
        self._waiting.append(listener)
        if self._outlook is not None:
            self._on_outlook(self._outlook)

    def _on_outlook(self, sentence: str) -> None:
        self._outlook = sentence
        way = Way.SLEEP_INHIBITOR
        waiting, self._waiting = self._waiting, []
        for listener in waiting:
            listener((broken(way, sentence) if sentence else works(way),))
