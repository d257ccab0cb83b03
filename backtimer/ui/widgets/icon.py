"""The program's own icons, in any colour, size and pixel density."""

from functools import cache
from pathlib import Path

from PySide6 import QtGui
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from backtimer.paths import resource
from backtimer.ui.widgets import svg
from backtimer.ui.widgets.paint import fill

_VIEW_BOX = 24
_TASKBAR_SIZES = (16, 24, 32, 48, 64, 128, 256)


def paint_icon(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Paint an icon of `resources/icons` into a square, in a colour.

    Raises FileNotFoundError for a name that is not there.
    """
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / _VIEW_BOX, rect.height() / _VIEW_BOX)
    for shape in _shapes(name):
        own = shape.color == "currentColor"
        fill(painter, shape.area, color if own else QColor(shape.color))
    painter.restore()


def icon_pixmap(name: str, color: QColor, size: int, pixel_ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture `size` logical pixels wide and high."""
    _shapes(name)  # raises what it has to before there is a painter, which would not survive it
    pixels = round(size * pixel_ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.setDevicePixelRatio(pixel_ratio)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    paint_icon(painter, name, QRectF(0, 0, size, size), color)
    painter.end()
    return pixmap


def themed_icon(name: str, color: QColor) -> "QtGui.QIcon":
    """Return an icon for menus and standard buttons, in a colour."""
    icon = QtGui.QIcon()
    for size in (16, 24, 32, 48):
        icon.addPixmap(icon_pixmap(name, color, size))
    return icon


def app_icon() -> "QtGui.QIcon":
    """Return the program's icon for the task bar and the window's title."""
    icon = QtGui.QIcon()
    for size in _TASKBAR_SIZES:
        icon.addPixmap(icon_pixmap("backtimer", QColor("#1565C0"), size))
    return icon


@cache
def _shapes(name: str) -> list[svg.Shape]:
    """Return the areas of an icon; they are plain geometry, so they may outlive any window."""
    return svg.parse((_folder() / f"{name}.svg").read_text(encoding="utf-8"))


@cache
def _folder() -> Path:
    return resource("icons")
