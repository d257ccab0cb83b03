"""A banner: a strip across the page with one sentence, and perhaps something to do about it."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from backtimer.domain.words import tr
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.widgets.button import IconButton, PillButton
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.paint import fill_rounded

_ICON = 20
_RADIUS = 12
_TEXT_PX = 240  # with less room for the words, the buttons stand below them


class Banner(QFrame):
    """Hidden until `show_message(text, tone=…, icon=…, action=…)`; `dismiss()` hides it again.

    acted, acted_other: the first or second button was pressed. closed: the person closed it (it
    is hidden already).
    """

    acted = Signal()
    acted_other = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = Tone.NEUTRAL
        self._icon = "info"
        self._label = Label(theme, role=Text.TIP, wrap=True)
        self._buttons = QWidget()
        self._action = PillButton(theme)
        self._other = PillButton(theme)
        self._close = IconButton(theme, "close", tr("Close this message"))
        px = theme.px
        row = FlowLayout(px(8), parent=self._buttons)
        row.addWidget(self._action)
        row.addWidget(self._other)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(px(14 + _ICON + 10), px(6), px(8), px(6))
        self._grid.setSpacing(px(8))
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._label, 0, 0)
        self._grid.addWidget(self._close, 0, 2)
        self._below: bool | None = None
        self._place_buttons()
        self._action.clicked.connect(self.acted)
        self._other.clicked.connect(self.acted_other)
        self._close.clicked.connect(self._on_close_clicked)
        self.hide()

    def show_message(
        self,
        text: str,
        *,
        tone: Tone = Tone.NEUTRAL,
        icon: str = "info",
        action: str = "",
        other: str = "",
    ) -> None:
        """Show a sentence, with a button where `action`, `other` have words for one."""
        self._tone = tone
        self._icon = icon
        self._label.setText(text)
        for button, words in ((self._action, action), (self._other, other)):
            button.setText(words)
            button.set_tone(tone)
            button.setVisible(bool(words))
        self._buttons.setVisible(bool(action))
        self.setAccessibleName(text)
        self._place_buttons()
        self.show()
        self.update()

    def dismiss(self) -> None:
        """Hide it, because what it said is no longer so."""
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons beside the words, or below where there is no room."""
        super().resizeEvent(event)
        self._place_buttons()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a clipped fill is cheap
        """Paint the ground and the icon."""
        theme = self._theme
        tone = theme.tone(self._tone)
        rect = QRectF(self.rect())
        size = theme.px(_ICON)
        painter = QPainter(self)
        fill_rounded(painter, rect, theme.px(_RADIUS), tone.soft)
        place = QRectF(theme.px(14), rect.center().y() - size / 2, size, size)
        paint_icon(painter, self._icon, place, tone.accent)
        painter.end()

    def _place_buttons(self) -> None:
        px = self._theme.px
        needed = self._buttons.sizeHint().width() + px(_ICON + 24 + 36 + 24)
        below = self.width() - needed < px(_TEXT_PX)
        if below is not self._below:
            self._below = below
            self._grid.removeWidget(self._buttons)
            if below:
                self._grid.addWidget(self._buttons, 1, 0, 1, 3)
            else:
                self._grid.addWidget(self._buttons, 0, 1)
            self._buttons.setMinimumWidth(0)
        if not below:
            self._buttons.setMinimumWidth(self._buttons.sizeHint().width())

    def _on_close_clicked(self) -> None:
        self.hide()
        self.closed.emit()
