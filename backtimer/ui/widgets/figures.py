"""A time in large figures that ticks cheaply: each figure is drawn once and then only copied."""

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter, QPixmap

from backtimer.ui.theme import Theme
from backtimer.ui.widgets.lettering import Lettering

_WEIGHT = 700
# They stand at the height of small letters, and look fallen down between large figures.
_CENTRED = ":+-−–"


def pattern(text: str) -> str:
    """Return the text with each figure as 0: texts of one pattern are equally wide."""
    return "".join("0" if char.isdigit() else char for char in text)


class Figures:
    """One line of figures around a point.

    `place(…)` says where and how large, `paint(…)` copies the figures onto a painter, and
    `changes(text)` tells which places differ from what is shown, so that only they are painted.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._text = ""
        self._cells: list[QRect] = []
        self._area = QRect()
        self._pictures: dict[str, QPixmap] = {}
        self._key: tuple[object, ...] = ()
        self._lettering = Lettering(theme, 1, _WEIGHT)
        self._color = QColor()
        self._ratio = 1.0

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def place(
        self,
        text: str,
        center: QPointF,
        *,
        width: float,
        pixels: float,
        color: QColor,
        ratio: float,
    ) -> None:
        """Lay out a text of at most `width`, in a font of at most `pixels`, around a point."""
        self._text = text
        lettering = Lettering(self._theme, pixels, _WEIGHT).fitting(pattern(text), width)
        key = (lettering.pixels, color.rgba(), ratio)
        if key != self._key:
            self._key = key
            self._pictures.clear()
            self._lettering, self._color, self._ratio = lettering, color, ratio
        advances = [lettering.width(char) for char in pattern(text)]
        height = round(lettering.cap_height + 2 * self._margin())
        top = round(center.y() - height / 2)
        x = center.x() - sum(advances) / 2
        self._cells = []
        for advance in advances:
            left, x = x, x + advance
            self._cells.append(QRect(round(left), top, round(x) - round(left), height))
        self._area = self._cells[0].united(self._cells[-1]) if self._cells else QRect()

    def changes(self, text: str) -> list[QRect] | None:
        """Show another text and return the places that changed; None when it must be laid out."""
        if text == self._text:
            return []
        if pattern(text) != pattern(self._text):
            return None
        places = [
            cell for cell, old, new in zip(self._cells, self._text, text, strict=True) if old != new
        ]
        self._text = text
        return places

    def area(self) -> QRect:
        """Return the place of the whole line."""
        return self._area

    def paint(self, painter: QPainter, places: QRect) -> None:
        """Copy the figures that touch `places`."""
        for char, cell in zip(self._text, self._cells, strict=True):
            if cell.intersects(places):
                painter.drawPixmap(cell.topLeft(), self._picture(char, cell))

    def _picture(self, char: str, cell: QRect) -> QPixmap:
        if char not in self._pictures:
            self._pictures[char] = self._draw(char, cell)
        return self._pictures[char]

    def _draw(self, char: str, cell: QRect) -> QPixmap:
        pixmap = QPixmap(round(cell.width() * self._ratio), round(cell.height() * self._ratio))
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(QColor(0, 0, 0, 0))
        lettering = self._lettering
        outline = lettering.outline(char)
        baseline: float = cell.height() - self._margin()
        if char in _CENTRED:
            # In master pixels, in which the outline is; a path's y grows downwards.
            figure = lettering.outline("0").boundingRect()
            outline.translate(0, figure.center().y() - outline.boundingRect().center().y())
        painter = QPainter(pixmap)
        x = (cell.width() - lettering.width(char)) / 2
        lettering.paint_outline(painter, outline, self._color, x=x, baseline=baseline)
        painter.end()
        return pixmap

    def _margin(self) -> int:
        """Return the room above and below, for the round figures that reach over the line."""
        return 2 + int(self._lettering.pixels / 40)
