"""One session as a bar: what it is by its shape, how it stands by its filling; colour only adds."""

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from backtimer.ui.colors import Tone, mixed
from backtimer.ui.theme import Theme

_RADIUS = 2.5
_HEAT_INSET = 3.0


class BarLook(Enum):
    """How a session stands: filled, pale with an outline, crossed, dotted."""

    DONE = "done"
    PLANNED = "planned"
    MISSED = "missed"
    UNKNOWN = "unknown"


class SessionBar(NamedTuple):
    """A session on the line of its day; minutes count from midnight. `words` say all of it."""

    start_min: float
    end_min: float
    look: BarLook
    tone: Tone
    words: str


def paint_session(
    painter: QPainter, theme: Theme, rect: QRectF, *, look: BarLook, tone: Tone
) -> None:
    """Paint a bar into `rect`: ice with corners, heat round and a little lower."""
    unit, colors, accent = theme.unit, theme.colors, theme.tone(tone).accent
    radius = _RADIUS * unit
    if tone is Tone.HEAT:
        rect = rect.adjusted(0, _HEAT_INSET * unit, 0, -_HEAT_INSET * unit)
        radius = min(rect.width(), rect.height()) / 2
    ground, pen = colors.card, QPen(colors.muted, 1.2 * unit)
    match look:
        case BarLook.DONE:
            ground, pen = accent, QPen(accent, unit)
        case BarLook.PLANNED:
            ground = mixed(colors.groove, accent, 0.28)
            pen = QPen(mixed(colors.groove, accent, 0.6), unit)
        case BarLook.UNKNOWN:
            pen = QPen(accent, 1.5 * unit, Qt.PenStyle.DotLine)
        case BarLook.MISSED:
            pass
    half = pen.widthF() / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(QBrush(ground))
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    if look is BarLook.MISSED:
        inner = rect.adjusted(2 * unit, 4 * unit, -2 * unit, -4 * unit)
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.topRight(), inner.bottomLeft())
    painter.restore()
