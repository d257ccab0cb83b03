"""“Stop: it hurts” and “It is numb”: one key each while a pack is on, and what to do afterwards."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from backtimer.domain.events import StopReason
from backtimer.domain.signs import LEAVE_IT_OFF
from backtimer.domain.view import Action, View
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.ui.actions import Actions
from backtimer.ui.notices.notices import Notices, Topic
from backtimer.ui.theme import Tone

_KEYS = {Qt.Key.Key_H: Action.STOP_HURTS, Qt.Key.Key_N: Action.STOP_NUMB}


class Stopping(QObject):
    """The keys H and N in `window`.

    Only what nothing else in the window took reaches it: no shortcut, for that would come before
    a list or a box in which letters search.
    """

    def __init__(
        self, *, window: QWidget, notices: Notices, care: CareService, actions: Actions
    ) -> None:
        super().__init__()
        self._window = window
        self._notices = notices
        self._care = care
        self._actions = actions
        window.installEventFilter(self)
        actions.stopped.connect(self._on_stopped)
        care.changed.connect(self._on_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End the session where its key was pressed."""
        if watched is self._window and isinstance(event, QKeyEvent):
            action = self._action(event)
            if action:
                self._actions.perform(action)
                return True
        return super().eventFilter(watched, event)

    def _action(self, event: QKeyEvent) -> Action | None:
        is_plain = event.modifiers() is Qt.KeyboardModifier.NoModifier
        if event.type() is not QEvent.Type.KeyPress or event.isAutoRepeat() or not is_plain:
            return None
        action = next((each for key, each in _KEYS.items() if event.key() == key), None)
        return action if action in self._care.view.allowed else None

    def _on_changed(self, view: View) -> None:
        if Action.STOP_HURTS in view.allowed:
            # Another session is on: what was said of the last one is over.
            self._notices.say(Topic.AFTER_STOP, "")

    def _on_stopped(self, why: StopReason) -> None:
        if why is StopReason.SKIN:
            return
        self._notices.say(
            Topic.AFTER_STOP,
            LEAVE_IT_OFF,
            tone=Tone.HEAT,
            action=tr("Warning signs"),
            act=self._actions.signs_asked.emit,
        )
