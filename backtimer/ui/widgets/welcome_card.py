"""A small card with a heading, a line or two, something to press, and a way to close it."""

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from backtimer.domain.words import tr
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.widgets.button import IconButton
from backtimer.ui.widgets.card import Card
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.stop_row import TextButton


class WelcomeCard(Card):
    """`set_words(title, text, action)` changes all of it; `acted()`, `closed()` were pressed."""

    acted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        px = theme.px
        # Not `_title`, which is the quiet heading of a `Card`.
        self._heading = Label(theme, role=Text.STRONG, wrap=True)
        self._text = Label(theme, role=Text.TIP, muted=True, wrap=True)
        self.action = TextButton(theme, tone=Tone.ICE)
        self.close_button = IconButton(theme, "close", "", muted=True)
        self.action.clicked.connect(self.acted)
        self.close_button.clicked.connect(self.closed)
        for each in self.parts:
            # After a click the space bar is the timer's own button still.
            each.setFocusPolicy(QtCore.Qt.FocusPolicy.TabFocus)
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(self._heading, 1)
        head.addWidget(self.close_button)
        self.body.setContentsMargins(px(16), px(6), px(6), px(12))
        self.body.setSpacing(px(2))
        self.body.addLayout(head)
        self._text.setContentsMargins(0, 0, px(10), px(8))
        self.body.addWidget(self._text)
        self.body.addStretch(1)
        self.body.addWidget(self.action, 0, QtCore.Qt.AlignmentFlag.AlignLeft)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What can be pressed, in the order of the keyboard."""
        return self.action, self.close_button

    def set_words(self, title: str, text: str, action: str) -> None:
        """Say something else."""
        self._heading.setText(title)
        self._text.setText(text)
        self.action.setText(action)
        self.action.setAccessibleDescription(title)
        self.setAccessibleName(tr("{title}: {text}", title=title, text=text))
        self.close_button.set_name(tr("Close “{title}”", title=title))
