"""How a dialog is put together: its margins, its title, its answers, and how large it may be."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QVBoxLayout

from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label

_ROOM = QSize(24, 48)  # what stays to be seen of the window


def column(dialog: QDialog, theme: Theme, *, title: str = "", spacing: int = 12) -> QVBoxLayout:
    """The layout of `dialog`, one thing below the other, with `title` on top if there is one."""
    px = theme.px
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(px(24), px(22), px(24), px(22))
    layout.setSpacing(px(spacing))
    if title:
        layout.addWidget(Label(theme, title, role=Text.TITLE, wrap=True))
    return layout


def answers(theme: Theme, *buttons: PillButton) -> FlowLayout:
    """`buttons` beside each other, or below where there is no room."""
    row = FlowLayout(theme.px(10))
    for button in buttons:
        row.addWidget(button)
    return row


def size_over(dialog: QDialog, theme: Theme, width: int, height: int) -> QSize:
    """`width` and `height` as the font scales them, at most the window that `dialog` is over."""
    wanted = QSize(theme.px(width), theme.px(height))
    parent = dialog.parentWidget()
    return wanted.boundedTo(parent.window().size() - _ROOM) if parent else wanted
