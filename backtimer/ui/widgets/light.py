"""A light: how something is, by colour and by shape."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from backtimer.ui.theme import Theme, Tone
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.paint import fill_rounded

_SIDE, _ICON = 24, 14


class Light(QWidget):
    """A soft disc with an icon in it; what it means stands beside it in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = Tone.NEUTRAL
        self._icon = "question"

    def show_state(self, tone: Tone, icon: str) -> None:
        """Show another state; `icon` names a file of `resources/icons`."""
        self._tone, self._icon = tone, icon
        self.update()

    def sizeHint(self) -> QSize:
        """As large as a line of text and a little more."""
        side = self._theme.px(_SIDE)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint disc and icon."""
        tone = self._theme.tone(self._tone)
        side, size = self._theme.px(_SIDE), self._theme.px(_ICON)
        disc = QRectF(0, 0, side, side)
        disc.moveCenter(QRectF(self.rect()).center())
        icon = QRectF(0, 0, size, size)
        icon.moveCenter(disc.center())
        painter = QPainter(self)
        fill_rounded(painter, disc, side / 2, tone.soft)
        paint_icon(painter, self._icon, icon, tone.accent)
        painter.end()
