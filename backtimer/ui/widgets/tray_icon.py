"""The picture in the tray: the phase's colour and the minutes left, on light and dark panels."""

from enum import Enum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from backtimer.ui.colors import Tone, light_colors
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_disc, fill_rounded

_SIZES = (16, 22, 24, 32, 48, 64)


class Mark(Enum):
    """How much a picture wants to be seen."""

    NONE = "none"
    DOT = "dot"  # something waits, and has time
    INVERTED = "inverted"  # the other half of a blinking picture


def tray_icon(
    theme: Theme, tone: Tone, text: str, icon: str = "", *, mark: Mark = Mark.NONE
) -> QIcon:
    """Return the tray's icon in all sizes that panels ask for; arguments as `tray_pixmap`."""
    result = QIcon()
    for size in _SIZES:
        result.addPixmap(tray_pixmap(theme, tone, text, size, icon=icon, mark=mark))
    return result


def tray_pixmap(
    theme: Theme,
    tone: Tone,
    text: str,
    size: int,
    *,
    icon: str = "",
    mark: Mark = Mark.NONE,
) -> QPixmap:
    """Return a filled round square in the tone's colour with one to three characters in it.

    text: such as "12", or "!" when it is overdue. icon: the name of an icon to show when there
    is no text. The colours are those of the light theme, which stand out on any panel.
    """
    accent, _, on_accent = light_colors().tones[tone]
    ground, ink = (on_accent, accent) if mark is Mark.INVERTED else (accent, on_accent)
    pixmap = QPixmap(size, size)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    rect = QRectF(0, 0, size, size)
    fill_rounded(painter, rect, size * 0.22, accent)
    if mark is Mark.INVERTED:
        # The rim keeps its shape on a panel of the colour of its ground.
        rim = max(1.0, size * 0.07)
        inner = rect.adjusted(rim, rim, -rim, -rim)
        fill_rounded(painter, inner, size * 0.22 - rim, ground)
    if text:
        lettering = Lettering(theme, size * 0.82, 700).fitting(text, size * 0.88)
        lettering.paint(painter, rect, text, ink)
    elif icon:
        # Beside a dot it is smaller, and out of its way.
        place = (0.09, 0.25, 0.66) if mark is Mark.DOT else (0.14, 0.14, 0.72)
        x, y, side = (size * each for each in place)
        paint_icon(painter, icon, QRectF(x, y, side, side), ink)
    if mark is Mark.DOT:
        fill_disc(painter, QPointF(size * 0.78, size * 0.22), size * 0.15, ink)
    painter.end()
    return pixmap
