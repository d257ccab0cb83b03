"""Painted text: one weight and size of the program's font, for whole lines in any colour."""

import math

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath

from backtimer.ui.theme import MASTER_PX, Text, Theme
from backtimer.ui.widgets.paint import fill


class Lettering:
    """Text as paths, scaled from one master font of each weight; widths are in logical pixels.

    pixels: the size, not scaled with the theme's unit; `Lettering.of(theme, role)` is.
    """

    def __init__(self, theme: Theme, pixels: float, weight: int) -> None:
        self._theme = theme
        self._weight = weight
        self._font, self._metrics = theme.master(weight)
        self.pixels = pixels
        self._scale = pixels / MASTER_PX

    @classmethod
    def of(cls, theme: Theme, role: Text) -> "Lettering":
        """Return the lettering of a role of text."""
        size, weight = role.value
        return cls(theme, size * theme.unit, weight)

    @property
    def cap_height(self) -> float:
        """The height of capitals and figures."""
        return self._metrics.capHeight() * self._scale

    def width(self, text: str) -> float:
        """Return the width of a line."""
        return self._metrics.horizontalAdvance(text) * self._scale

    def fitting(self, text: str, width: float) -> "Lettering":
        """Return this lettering, or a smaller one in which a line has at most a width."""
        wide = self.width(text)
        if wide <= width:
            return self
        return Lettering(self._theme, max(1.0, self.pixels * width / wide), self._weight)

    def outline(self, text: str) -> QPainterPath:
        """Return a line as a path from the left end of its baseline, in master pixels."""
        path = QPainterPath()
        path.addText(0, 0, self._font, text)
        return path

    def paint(
        self, painter: QPainter, rect: QRectF, text: str, color: QColor, *, x_share: float = 0.5
    ) -> None:
        """Write one line in the middle of the height of `rect`, judged by its capitals.

        x_share: 0 writes at the left, 0.5 in the middle, 1 at the right.
        """
        x = rect.left() + (rect.width() - self.width(text)) * x_share
        # On a whole pixel the feet of the letters are crisp.
        baseline = math.floor(rect.center().y() + self.cap_height / 2 + 0.5)
        self.paint_outline(painter, self.outline(text), color, x=x, baseline=baseline)

    def paint_outline(
        self, painter: QPainter, outline: QPainterPath, color: QColor, *, x: float, baseline: float
    ) -> None:
        """Fill a path of master pixels whose baseline begins at a point."""
        painter.save()
        painter.translate(x, baseline)
        painter.scale(self._scale, self._scale)
        fill(painter, outline, color)
        painter.restore()
