"""A short text as large as a poster, in the middle of its place."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from backtimer.ui.theme import Theme
from backtimer.ui.widgets.lettering import Lettering

_PIXELS = 84
_WIDTH = 220


class BigFigures(QWidget):
    """`set_text(text)` shows it; a text that is too wide gets smaller."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = ""

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        """Room for a time."""
        px = self._theme.px
        return QSize(px(_WIDTH), px(_PIXELS))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint the text."""
        rect = QRectF(self.rect())
        lettering = Lettering(self._theme, _PIXELS * self._theme.unit, 700)
        painter = QPainter(self)
        fitting = lettering.fitting(self._text, rect.width())
        fitting.paint(painter, rect, self._text, self._theme.colors.text)
        painter.end()
