"""A page that scrolls up and down when the window is too low for it, never sideways."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from backtimer.ui.colors import mixed
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.paint import fill_rounded

_WIDTH = 10
_NO_SCROLL_BAR = 1  # Qt.ScrollBarPolicy.ScrollBarAlwaysOff, by number as in `ui/theme.py`


class ScrollPage(QScrollArea):
    """Holds `page`, as wide as there is room and at least as high as it needs."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setProperty("horizontalScrollBarPolicy", _NO_SCROLL_BAR)
        self.setVerticalScrollBar(_SlimBar(theme))
        self.setWidget(page)


class _SlimBar(QScrollBar):
    """A scroll bar without arrows that stays in the background."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self) -> QSize:
        """Slim, and as high as it is made."""
        return QSize(self._theme.px(_WIDTH), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint the handle."""
        # Here, as QStyle's enums take long and the first picture seldom has a scroll bar.
        from PySide6.QtWidgets import QStyle, QStyleOptionSlider

        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        colors = self._theme.colors
        rect = QRectF(2, handle.top(), self.width() - 4, handle.height())
        painter = QPainter(self)
        fill_rounded(painter, rect, rect.width() / 2, mixed(colors.background, colors.muted, 0.45))
        painter.end()
