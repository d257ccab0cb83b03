"""A page that scrolls up and down when the window is too low for it, never sideways."""

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from backtimer.ui.colors import mixed
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.paint import fill_rounded

_WIDTH = 10
# By number as in `ui/theme.py`: Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.FocusPolicy.NoFocus
_NO_SCROLL_BAR, _NO_FOCUS = 1, 0


class ScrollPage(QScrollArea):
    """Holds `page`, as wide as there is room and at least as high as it needs.

    The tabulator passes it by, as it has nothing to press: Page Up, Page Down, Home and End scroll
    it from whatever in it has the keyboard, unless that needs them; see `scrolls`.
    """

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setProperty("horizontalScrollBarPolicy", _NO_SCROLL_BAR)
        self.setVerticalScrollBar(_SlimBar(theme))
        self.setProperty("focusPolicy", _NO_FOCUS)
        self.setWidget(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by what a child did not take."""
        if not self.takes(event):
            super().keyPressEvent(event)

    def takes(self, event: QKeyEvent) -> bool:
        """Scroll by a key that is for it; whether it was."""
        bar, key = self.verticalScrollBar(), QtCore.Qt.Key
        if event.modifiers() & ~QtCore.Qt.KeyboardModifier.KeypadModifier or not bar.maximum():
            return False
        places = {
            key.Key_PageUp: bar.value() - bar.pageStep(),
            key.Key_PageDown: bar.value() + bar.pageStep(),
            key.Key_Home: 0,
            key.Key_End: bar.maximum(),
        }
        place = next((to for each, to in places.items() if each == event.key()), None)
        if place is not None:
            bar.setValue(place)
        return place is not None


def scrolls(within: QWidget, event: QKeyEvent) -> bool:
    """Scroll the largest page that is seen in `within` by a key that is for it; whether it was."""
    pages = [each for each in within.findChildren(ScrollPage) if each.isVisible()]
    pages.sort(key=lambda each: each.width() * each.height(), reverse=True)
    return any(each.takes(event) for each in pages)


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
