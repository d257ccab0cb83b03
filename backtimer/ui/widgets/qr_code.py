"""A QR code, for a phone's camera: black on white in any appearance, with its quiet zone."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from backtimer.domain.words import tr
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.paint import fill, fill_rounded

_QUIET = 4  # modules around it, by the standard
_LEAST_PX = 232
_RADIUS = 10


class QrCode(QWidget):
    """Paints `modules`, row by row, true is dark; every module has the same whole size."""

    def __init__(
        self, theme: Theme, modules: tuple[tuple[bool, ...], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._modules = modules
        self.setAccessibleName(tr("QR code for the phone"))
        side = self._count() * self.module_px()
        self.setFixedSize(QSize(side, side))

    def module_px(self) -> int:
        """How many logical pixels a module has."""
        return max(2, -(-self._theme.px(_LEAST_PX) // self._count()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  it never changes
        """Paint it in one go, without smooth edges between modules that touch."""
        side = self.module_px()
        painter = QPainter(self)
        ground = QRectF(self.rect())
        fill_rounded(painter, ground, self._theme.px(_RADIUS), QColor(255, 255, 255))
        path = QPainterPath()
        for row, modules in enumerate(self._modules):
            for column, is_dark in enumerate(modules):
                if is_dark:
                    x, y = (column + _QUIET) * side, (row + _QUIET) * side
                    path.addRect(QRectF(x, y, side, side))
        fill(painter, path, QColor(0, 0, 0))
        painter.end()

    def _count(self) -> int:
        return len(self._modules) + 2 * _QUIET
