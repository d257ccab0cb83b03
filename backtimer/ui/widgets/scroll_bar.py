"""A slim scroll bar without arrows, for pages that are painted without style sheets."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from backtimer.ui.colors import mixed
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.paint import fill_rounded

_WIDTH = 10
_SHORTEST = 36


class SlimScrollBar(QScrollBar):
    """A vertical QScrollBar, painted: `area.setVerticalScrollBar(SlimScrollBar(theme))`.

    Dragging moves the page with the pointer; a press beside the handle goes a page on.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grip: float | None = None

    def sizeHint(self) -> QSize:
        """Slim."""
        return QSize(self._theme.px(_WIDTH), self._theme.px(100))

    def minimumSizeHint(self) -> QSize:
        """Slim."""
        return QSize(self._theme.px(_WIDTH), self._theme.px(_SHORTEST))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint the page's ground and the handle."""
        colors = self._theme.colors
        painter = QPainter(self)
        fill_rounded(painter, QRectF(self.rect()), 0, colors.background)
        ink = mixed(colors.background, colors.muted, 0.75 if self._grip is not None else 0.5)
        handle = self._handle().adjusted(2, 2, -2, -2)
        fill_rounded(painter, handle, handle.width() / 2, ink)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle, or go a page on."""
        handle, y = self._handle(), event.position().y()
        if handle.top() <= y <= handle.bottom():
            self._grip = y - handle.top()
        else:
            self.setValue(self.value() + (-1 if y < handle.top() else 1) * self.pageStep())
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the page with the handle."""
        room = self.height() - self._handle().height()
        if self._grip is not None and room > 0:
            share = (event.position().y() - self._grip) / room
            self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002  any button
        """Let the handle go."""
        self._grip = None
        self.update()

    def _handle(self) -> QRectF:
        span = self.maximum() - self.minimum()
        height = self.height() * self.pageStep() / max(1, span + self.pageStep())
        height = min(max(height, self._theme.px(_SHORTEST)), self.height())
        share = (self.value() - self.minimum()) / span if span else 0.0
        return QRectF(0, share * (self.height() - height), self.width(), height)
