"""What all painted buttons share: repainting under the pointer, and a focus ring for the keyboard.

The ring shows where the keyboard is once it was used to get there; a click leaves none.
"""

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton

from backtimer.ui.colors import mixed

if TYPE_CHECKING:
    _Base = QAbstractButton
else:
    _Base = object


class Painted(_Base):
    """Put before a Qt button class; each `paintEvent` asks `shows_focus()` and `shaded()`."""

    _by_keyboard = False
    _was_painted = False

    def shows_focus(self) -> bool:
        """Whether the focus ring is to be painted now."""
        self._was_painted = True
        return self._by_keyboard and self.hasFocus()

    def show_focus(self) -> None:
        """Show the ring though the keyboard came here by itself, with a page."""
        self._by_keyboard = True
        self.update()

    def shaded(self, ground: QColor, ink: QColor) -> QColor:
        """Return the ground a little inked while the pointer is over it, more while pressed."""
        if not self.isEnabled():
            return ground
        if self.isDown():
            return mixed(ground, ink, 0.16)
        return mixed(ground, ink, 0.07) if self.underMouse() else ground

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether the focus came by keyboard.

        What comes before the first picture was given by the window; not asking saves loading
        the `Qt` namespace (see `ui/theme.py`).
        """
        if self._was_painted:
            reasons = QtCore.Qt.FocusReason
            if event.reason() not in {reasons.ActiveWindowFocusReason, reasons.PopupFocusReason}:
                self._by_keyboard = event.reason() is not reasons.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the keyboard, not another one of its dialog."""
        keys = QtCore.Qt.Key
        if isinstance(self, QPushButton) and event.key() in (keys.Key_Return, keys.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is here."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer left."""
        self.update()
        super().leaveEvent(event)
