"""The dial: a ring of the time left around the phase, the time in large figures, and a line."""

import math

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QWidget

from backtimer.ui.theme import Theme, Tone
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.figures import Figures
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.ring import Ring

# All as shares of the diameter, from the ring's centre.
_ICON_Y, _ICON = -0.257, 0.107
_PHASE_Y, _PHASE = -0.115, 0.062
_TIME_Y, _TIME = 0.062, 0.245
_LINE_Y, _LINE = 0.252, 0.0535
# The ring's head moves in steps of so many device pixels: less is work that nobody sees.
_STEP_PX = 2
# A dial smaller than this keeps its words this large, as far as they fit.
_SMALLEST_WORDS = 13


class Dial(QLabel):
    """Shows a phase and its time left; as large as its place, from about 200 to 900 px.

    `set_state(…)` when the phase changes, `set_time(time, fraction)` each second: that paints
    only the figures that changed and, when it moved by two pixels, the head of the ring.

    fraction: the share of the time that is left, 0 to 1; 1 is a closed ring. A screen reader
    reads phase and line as its name, and is told of a new phase, never of seconds.
    It stands on a card: its ground is the card's colour.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        # A QLabel without text, so that screen readers take it for something to read.
        super().__init__(parent)
        self._theme = theme
        self._tone = Tone.NEUTRAL
        self._icon = ""
        self._phase = ""
        self._line = ""
        self._time = ""
        self._fraction = 0.0
        self._figures = Figures(theme)
        self._ring = Ring(1, 1)
        self._step = QRect()
        self._placed: tuple[object, ...] = ()
        # Opaque, so that a tick does not paint the card beneath it as well.
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Button)

    def set_state(
        self,
        *,
        tone: Tone,
        icon: str,
        phase: str,
        fraction: float,
        time: str,
        line: str,
    ) -> None:
        """Show a phase; an icon or words that are empty are left out."""
        is_news = bool(self._phase) and phase != self._phase
        self._tone, self._icon, self._phase, self._line = tone, icon, phase, line
        self._time, self._fraction = time, _bounded(fraction)
        self.setAccessibleName(", ".join(words for words in (phase, line) if words))
        if is_news:
            announce(self, self.accessibleName())
        self.update()

    def set_time(self, time: str, fraction: float) -> None:
        """Show another time of the same phase."""
        places = self._figures.changes(time)
        self._time = time
        if places is None:
            self._fraction = _bounded(fraction)
            self.update()
            return
        for place in places:
            self.update(place)
        self._move_head(_bounded(fraction))

    def sizeHint(self) -> QSize:
        """As small as can be: it takes the room that others leave."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """The smallest at which all of it can be read."""
        side = round(200 * min(self._theme.unit, 1.3))
        return QSize(side, side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew."""
        super().resizeEvent(event)
        self._ring = Ring(self.width(), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what of the dial lies in the region that needs it."""
        tone = self._theme.tone(self._tone)
        self._place_figures()
        painter = QPainter(self)
        for place in event.region():  # type: ignore[attr-defined]  # the stubs lack __iter__
            painter.setClipRect(place)
            if self._figures.area().contains(place):
                self._figures.paint(painter, place)
            elif self._step.contains(place):
                self._ring.paint_head(painter, self._fraction, tone.accent, tone.soft)
            else:
                self._ring.paint(painter, self._fraction, tone.accent, tone.soft)
                self._paint_words(painter, place)
                self._figures.paint(painter, place)
        painter.end()
        self._step = QRect()

    def _move_head(self, fraction: float) -> None:
        """Paint the ring where its head was and is, once that can be seen."""
        step = self._ring.length(abs(fraction - self._fraction))
        if step * self.devicePixelRatioF() < _STEP_PX:
            return
        before, self._fraction = self._fraction, fraction
        if step > self._ring.width:
            self.update()
        else:
            self._step = self._ring.head(before).united(self._ring.head(fraction))
            self.update(self._step)

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        theme = self._theme
        tone = theme.tone(self._tone)
        icon = self._row(_ICON_Y, _ICON)
        if self._icon and area.intersects(icon.toAlignedRect()):
            side = icon.height()
            square = QRectF(icon.center().x() - side / 2, icon.top(), side, side)
            paint_icon(painter, self._icon, square, tone.accent)
        for words, y, size, weight, color in (
            (self._phase, _PHASE_Y, _PHASE, 600, tone.accent),
            (self._line, _LINE_Y, _LINE, 400, theme.colors.muted),
        ):
            place = self._row(y, 2 * size)
            if words and area.intersects(place.toAlignedRect()):
                pixels = max(size * self._ring.diameter, _SMALLEST_WORDS * theme.unit)
                lettering = Lettering(theme, pixels, weight).fitting(words, place.width())
                lettering.paint(painter, place, words, color)

    def _place_figures(self) -> None:
        """Lay out the time again when its place, its look or its pattern changed."""
        color = self._theme.colors.text
        ratio = self.devicePixelRatioF()
        key = (self.size().toTuple(), color.rgba(), ratio)
        if key == self._placed and self._figures.changes(self._time) is not None:
            return
        self._placed = key
        row = self._row(_TIME_Y, _TIME)
        pixels = _TIME * self._ring.diameter
        self._figures.place(
            self._time, row.center(), width=row.width(), pixels=pixels, color=color, ratio=ratio
        )

    def _row(self, y: float, height: float) -> QRectF:
        """Return the room for a row inside the ring, both as shares of the diameter."""
        ring = self._ring
        edge = min(abs(y) + height / 2, 0.5) * ring.diameter
        half = 0.94 * math.sqrt(max(0.0, ring.inner_radius**2 - edge**2))
        top = ring.y + (y - height / 2) * ring.diameter
        return QRectF(ring.x - half, top, 2 * half, height * ring.diameter)


def _bounded(fraction: float) -> float:
    return min(1.0, max(0.0, fraction))
