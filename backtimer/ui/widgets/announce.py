"""Has a running screen reader say something at once, where the keyboard need not be."""

from PySide6 import QtGui
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    """Say `words` for `widget`."""
    # Reached this way because creating QAccessible's enums is only worth it from here on.
    if QtGui.QAccessible.isActive():
        event = QtGui.QAccessibleAnnouncementEvent(widget, words)
        QtGui.QAccessible.updateAccessibility(event)
