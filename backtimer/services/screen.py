"""Keeps the screen lit while it is read from across the room and a pack is on."""

from PySide6.QtCore import QObject

from backtimer.domain.phases import PACK_ON, Phase
from backtimer.domain.ports import ScreenKeeper
from backtimer.domain.view import View
from backtimer.services.care import CareService


class ScreenLight(QObject):
    """Holds `screen` only then: one that is never dark wears out, and shines into the night."""

    def __init__(self, *, care: CareService, screen: ScreenKeeper) -> None:
        super().__init__()
        self._screen = screen
        self._phase: Phase = care.view.phase
        self._is_across = False
        self._is_held = False
        care.changed.connect(self._on_changed)

    def on_across(self, is_across: bool) -> None:  # noqa: FBT001 - the signal's
        """Whether the across-the-room mode is shown."""
        self._is_across = is_across
        self._look()

    def _on_changed(self, view: View) -> None:
        self._phase = view.phase
        self._look()

    def _look(self) -> None:
        is_needed = self._is_across and self._phase in PACK_ON
        if is_needed == self._is_held:
            return
        self._is_held = is_needed
        if is_needed:
            self._screen.hold()
        else:
            self._screen.release()
