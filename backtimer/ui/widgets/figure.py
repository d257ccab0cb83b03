"""A simple line drawing of `resources/figures`, in the colour of text."""

from functools import cache

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from backtimer.paths import resource
from backtimer.ui.theme import Theme, Tone
from backtimer.ui.widgets import svg
from backtimer.ui.widgets.paint import fill

_WIDTH, _HEIGHT = 120, 64  # the view box of all figures


class Figure(QWidget):
    """`name` is the figure's file, `words` what a screen reader says of it."""

    def __init__(self, theme: Theme, name: str, words: str, *, scale: float = 1.0) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._scale = scale
        self.setAccessibleName(words)

    def show_figure(self, name: str, words: str) -> None:
        """Show another one."""
        self._name = name
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As large as it was drawn, times its scale."""
        px = self._theme.px
        return QSize(px(_WIDTH * self._scale), px(_HEIGHT * self._scale))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint it in the middle."""
        size = QRectF(0, 0, self.sizeHint().width(), self.sizeHint().height())
        size.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.translate(size.topLeft())
        painter.scale(size.width() / _WIDTH, size.height() / _HEIGHT)
        for shape in _shapes(self._name):
            fill(painter, shape.area, self._theme.tone(Tone.REST).accent)
        painter.end()


@cache
def _shapes(name: str) -> list[svg.Shape]:
    return svg.parse(resource(f"figures/{name}.svg").read_text(encoding="utf-8"))
