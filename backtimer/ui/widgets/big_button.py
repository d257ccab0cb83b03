"""A button as large as its place, with words that fill it: for signs that are read from afar."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from backtimer.ui.theme import Theme
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_rounded, outline_rounded
from backtimer.ui.widgets.painted import Painted

# As shares of the height.
_WORDS, _RADIUS = 0.42, 0.28
_WORDS_WIDTH = 0.86  # of the width


def pill_width(theme: Theme, words: str, height: float) -> float:
    """Return how wide a pill of that height is with some air beside its words."""
    return Lettering(theme, _WORDS * height, 600).width(words) + 1.5 * height


def paint_pill(
    painter: QPainter, theme: Theme, rect: QRectF, words: str, *, ground: QColor, ink: QColor
) -> None:
    """Paint a filled pill with words in it."""
    fill_rounded(painter, rect, _RADIUS * rect.height(), ground)
    lettering = Lettering(theme, _WORDS * rect.height(), 600)
    lettering.fitting(words, _WORDS_WIDTH * rect.width()).paint(painter, rect, words, ink)


class BigButton(Painted, QPushButton):
    """Its owner places it and gives it its colours; quiet: outlined instead of filled."""

    def __init__(self, theme: Theme, *, quiet: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._quiet = quiet
        self._ground = self._ink = QColor()
        self.setAutoDefault(False)

    def set_colors(self, ground: QColor, ink: QColor) -> None:
        """Take other colours; a quiet one lies on `ground`."""
        self._ground, self._ink = ground, ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint ground, border and words."""
        rect = QRectF(self.rect())
        painter = QPainter(self)
        ground = self.shaded(self._ground, self._ink)
        paint_pill(painter, self._theme, rect, self.text(), ground=ground, ink=self._ink)
        if self._quiet:
            radius = _RADIUS * rect.height()
            outline_rounded(painter, rect, radius, self._ink, width=1.5 * self._theme.unit)
        painter.end()
