"""A sign to be read from across the room: words, a time as large as fits, and a line below."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter

from backtimer.ui.colors import mixed
from backtimer.ui.theme import Theme, Tone
from backtimer.ui.widgets.figures import Figures
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.lettering import Lettering

# All as shares of the sign's height, from its top; sizes are those of the lettering.
_WORDS_Y, _WORDS = 0.115, 0.135
_TIME_Y, _TIME = 0.52, 0.60
_LINE_Y, _LINE = 0.91, 0.085
_WIDTH = 0.92  # of the sign's width


class Inks(NamedTuple):
    """The colours of a sign: its ground, what is written on it, and the button below it."""

    ground: QColor
    words: QColor
    time: QColor
    line: QColor
    button: QColor
    on_button: QColor


def inks(theme: Theme, tone: Tone) -> Inks:
    """Return the colours for a tone: softly tinted, but strong when it is overdue."""
    accent, soft, on_accent = theme.tone(tone)
    if tone is Tone.OVERDUE:
        line = mixed(accent, on_accent, 0.9)
        return Inks(accent, on_accent, on_accent, line, on_accent, accent)
    colors = theme.colors
    return Inks(soft, accent, colors.text, mixed(soft, colors.text, 0.8), accent, on_accent)


class Sign:
    """Painted into a rectangle of any size; the ground is its owner's.

    `show(…)` says what, `place(…)` where; `changes(time)` shows another time of the same phase
    and tells which places differ, None where all of it does. An icon stands in for a time where
    there is none.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._words = self._line = self._icon = ""
        self.time = ""
        self._rect = QRectF()
        self._figures = Figures(theme)

    def show(self, *, words: str, time: str, line: str, icon: str = "") -> None:
        """Show other words, another time, another line."""
        self._words, self.time, self._line, self._icon = words, time, line, icon

    def changes(self, time: str) -> list[QRect] | None:
        """Show another time and return the places that changed; None when all of it may have."""
        self.time = time
        return self._figures.changes(time)

    def paint(self, painter: QPainter, rect: QRectF, area: QRect, colors: Inks) -> None:
        """Paint what of the sign in `rect` lies in `area`."""
        for words, y, size, weight, color in (
            (self._words, _WORDS_Y, _WORDS, 600, colors.words),
            (self._line, _LINE_Y, _LINE, 400, colors.line),
        ):
            place = _row(rect, y, 1.4 * size)
            if words and area.intersects(place.toAlignedRect()):
                lettering = Lettering(self._theme, size * rect.height(), weight)
                lettering.fitting(words, place.width()).paint(painter, place, words, color)
        place = _row(rect, _TIME_Y, _TIME)
        if self.time:
            self._place_figures(place, colors.time, painter.device().devicePixelRatio())
            self._figures.paint(painter, area)
        elif self._icon:
            side = min(0.8 * place.height(), place.width())
            square = QRectF(0, 0, side, side)
            square.moveCenter(place.center())
            paint_icon(painter, self._icon, square, colors.words)

    def _place_figures(self, place: QRectF, color: QColor, ratio: float) -> None:
        self._figures.place(
            self.time,
            place.center(),
            width=place.width(),
            pixels=place.height(),
            color=color,
            ratio=ratio,
        )


def _row(rect: QRectF, y: float, height: float) -> QRectF:
    """Return the room for a row whose middle is at `y`, both as shares of the height."""
    width = _WIDTH * rect.width()
    top = rect.top() + (y - height / 2) * rect.height()
    return QRectF(rect.center().x() - width / 2, top, width, height * rect.height())
