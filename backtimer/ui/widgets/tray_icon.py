"""The picture in the tray: the phase's colour and the minutes left, on light and dark panels."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from backtimer.ui.colors import Tone, light_colors
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_rounded

_SIZES = (16, 22, 24, 32, 48, 64)


def tray_icon(theme: Theme, tone: Tone, text: str, icon: str = "") -> QIcon:
    """Return the tray's icon in all sizes that panels ask for; arguments as `tray_pixmap`."""
    result = QIcon()
    for size in _SIZES:
        result.addPixmap(tray_pixmap(theme, tone, text, size, icon=icon))
    return result


def tray_pixmap(theme: Theme, tone: Tone, text: str, size: int, *, icon: str = "") -> QPixmap:
    """Return a filled round square in the tone's colour with one to three characters in it.

    text: such as "12", or "!" when it is overdue. icon: the name of an icon to show when there
    is no text. The colours are those of the light theme, which stand out on any panel.
    """
    colors = light_colors().tones[tone]
    pixmap = QPixmap(size, size)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    rect = QRectF(0, 0, size, size)
    fill_rounded(painter, rect, size * 0.22, colors.accent)
    if text:
        lettering = Lettering(theme, size * 0.82, 700).fitting(text, size * 0.88)
        lettering.paint(painter, rect, text, colors.on_accent)
    elif icon:
        inset = size * 0.14
        square = rect.adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, icon, square, colors.on_accent)
    painter.end()
    return pixmap
