"""The ring of the dial: a track, and on it the arc of the time that is left."""

import math

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath

from backtimer.ui.widgets.paint import fill, fill_disc

_WIDTH = 0.059  # as a share of the diameter


class Ring:
    """A ring in the middle of a place; all lengths in logical pixels, all angles in degrees.

    The arc runs clockwise from the top. A fraction of 1 closes it, 0 leaves only the track.
    """

    def __init__(self, width: int, height: int) -> None:
        self.x, self.y = width / 2, height / 2
        self.diameter = max(1.0, min(width, height) - 1.0)
        self.width = _WIDTH * self.diameter
        self.inner_radius = self.diameter / 2 - self.width
        self.middle_radius = (self.diameter - self.width) / 2
        # Half the angle around the arc's head that its end, and a step of it, may cover.
        self._reach_deg = math.degrees(3 * self.width / self.middle_radius)

    def head(self, fraction: float) -> QRect:
        """Return the place of the arc's round end."""
        x, y = self._on_ring(fraction)
        reach = self.width / 2 + 2
        left, top = math.floor(x - reach), math.floor(y - reach)
        return QRect(left, top, math.ceil(x + reach) - left, math.ceil(y + reach) - top)

    def length(self, fraction: float) -> float:
        """Return the length of an arc."""
        return math.tau * self.middle_radius * fraction

    def paint(self, painter: QPainter, fraction: float, accent: QColor, soft: QColor) -> None:
        """Paint all of it."""
        ring = QPainterPath()
        ring.addEllipse(self._circle(self.diameter / 2))
        ring.addEllipse(self._circle(self.inner_radius))
        fill(painter, ring, accent if fraction >= 1 else soft)
        if 0 < fraction < 1:
            fill(painter, self._sector(0, 360 * fraction), accent)
            # One by one: in one path, ends that overlap would cut holes into each other.
            for end in (fraction, 0):
                x, y = self._on_ring(end)
                fill_disc(painter, QPointF(x, y), self.width / 2, accent)

    def paint_head(self, painter: QPainter, fraction: float, accent: QColor, soft: QColor) -> None:
        """Paint the piece around the arc's head only, which is enough within `head(fraction)`."""
        at, reach = 360 * fraction, self._reach_deg
        if not 2 * reach < at < 360 - 2 * reach:
            self.paint(painter, fraction, accent, soft)
            return
        fill(painter, self._sector(at - reach, at + reach), soft)
        arc = self._sector(at - reach, at)
        self._add_head(arc, fraction)
        fill(painter, arc, accent)

    def _sector(self, begin: float, end: float) -> QPainterPath:
        """Return a piece of the ring with straight ends, between two angles from the top."""
        outer, inner = self._circle(self.diameter / 2), self._circle(self.inner_radius)
        piece = QPainterPath()
        piece.arcMoveTo(outer, 90 - begin)
        piece.arcTo(outer, 90 - begin, begin - end)
        piece.arcTo(inner, 90 - end, end - begin)
        piece.closeSubpath()
        return piece

    def _add_head(self, arc: QPainterPath, fraction: float) -> None:
        """Add the half disc that rounds the head."""
        x, y = self._on_ring(fraction)
        disc = QRectF(x - self.width / 2, y - self.width / 2, self.width, self.width)
        angle = 90 - 360 * fraction
        arc.arcMoveTo(disc, angle)
        arc.arcTo(disc, angle, -180)
        arc.closeSubpath()

    def _on_ring(self, fraction: float) -> tuple[float, float]:
        angle = math.tau * fraction
        radius = self.middle_radius
        return self.x + radius * math.sin(angle), self.y - radius * math.cos(angle)

    def _circle(self, radius: float) -> QRectF:
        return QRectF(self.x - radius, self.y - radius, 2 * radius, 2 * radius)
