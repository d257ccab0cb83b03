"""Filling shapes with a colour, without the `Qt` namespace (why: `ui/theme.py`).

QPainter's `setPen`, `setBrush` and `fillRect`, and QBrush made from a QColor, all load that
namespace to find out which of their signatures is meant. Filling a path with the brush of a
pen does not; text is filled as a path as well, which at these sizes looks the same.
"""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen


def brush(color: QColor) -> QBrush:
    """Return the solid brush of a colour."""
    pen = QPen()
    pen.setColor(color)
    return pen.brush()


def fill(painter: QPainter, path: QPainterPath, color: QColor) -> None:
    """Fill a path, with smooth edges."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, brush(color))


def fill_rounded(painter: QPainter, rect: QRectF, radius: float, color: QColor) -> None:
    """Fill a rectangle with round corners; the radius is cut to half the shorter side."""
    path = QPainterPath()
    _add_rounded(path, rect, radius)
    fill(painter, path, color)


def outline_rounded(
    painter: QPainter, rect: QRectF, radius: float, color: QColor, *, width: float
) -> None:
    """Draw the border of a rectangle with round corners, `width` wide, inside the rectangle."""
    path = QPainterPath()
    _add_rounded(path, rect, radius)
    _add_rounded(path, rect.adjusted(width, width, -width, -width), max(0.0, radius - width))
    fill(painter, path, color)


def fill_disc(painter: QPainter, center: QPointF, radius: float, color: QColor) -> None:
    """Fill a circle."""
    path = QPainterPath()
    path.addEllipse(center, radius, radius)
    fill(painter, path, color)


def _add_rounded(path: QPainterPath, rect: QRectF, radius: float) -> None:
    radius = min(radius, rect.width() / 2, rect.height() / 2)
    path.addRoundedRect(rect, radius, radius)
