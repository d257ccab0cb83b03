"""The list of the guide's pages: a line for each, one of them chosen."""

import math
from collections.abc import Mapping

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from backtimer.ui.colors import Tone, mixed
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_rounded, outline_rounded
from backtimer.ui.widgets.painted import Painted

_HEIGHT = 42
_RADIUS = 10


class GuideList(QWidget):
    """`titles` by key; `chosen(str)` when the person chose; `show_chosen(key)`."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, titles: Mapping[str, str]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self._items = {key: _Item(theme, key, title) for key, title in titles.items()}
        for key, item in self._items.items():
            column.addWidget(item)
            item.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            item.stepped.connect(self._on_stepped)
        column.addStretch(1)

    def show_chosen(self, key: str) -> None:
        """Show `key` as the one that is read."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def _on_stepped(self, key: str, steps: int) -> None:
        keys = list(self._items)
        target = self._items[keys[(keys.index(key) + steps) % len(keys)]]
        target.setFocus(QtCore.Qt.FocusReason.TabFocusReason)
        target.click()


class _Item(Painted, QPushButton):
    stepped = Signal(str, int)

    def __init__(self, theme: Theme, key: str, title: str) -> None:
        super().__init__()
        self._theme = theme
        self._key = key
        self.setText(title)
        self.setCheckable(True)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        """Room for the words."""
        px = self._theme.px
        width = math.ceil(Lettering.of(self._theme, Text.STRONG).width(self.text()))
        return QSize(width + px(32), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go up and down."""
        steps = {QtCore.Qt.Key.Key_Up: -1, QtCore.Qt.Key.Key_Down: 1}.get(
            QtCore.Qt.Key(event.key())
        )
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(self._key, steps)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint the words, on a soft ground when it is chosen."""
        theme, colors = self._theme, self._theme.colors
        tone = theme.tone(Tone.ICE)
        rect, radius = QRectF(self.rect()), theme.px(_RADIUS)
        painter = QPainter(self)
        if self.isChecked():
            fill_rounded(painter, rect, radius, tone.soft)
        elif self.underMouse():
            fill_rounded(painter, rect, radius, mixed(colors.background, colors.text, 0.05))
        if self.shows_focus():
            outline_rounded(painter, rect, radius, tone.accent, width=2 * theme.unit)
        role = Text.STRONG if self.isChecked() else Text.TIP
        ink = tone.accent if self.isChecked() else colors.text
        words = rect.adjusted(theme.px(14), 0, -theme.px(14), 0)
        Lettering.of(theme, role).paint(painter, words, self.text(), ink, x_share=0)
        painter.end()
