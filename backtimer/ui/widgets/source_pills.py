"""A choice of one out of a few: pills side by side, the chosen one filled softly."""

import math
from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QWidget

from backtimer.ui.colors import Tone
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_rounded, outline_rounded
from backtimer.ui.widgets.painted import Painted

_HEIGHT = 38
_RADIUS = 12


class SourcePills(QWidget):
    """`choices` by key; `chosen(str)` when the person chose; `choose(key)`.

    The arrow keys go from one to the next, as in any group of radio buttons.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, choices: Mapping[str, str], current: str, tone: Tone) -> None:
        super().__init__()
        row = FlowLayout(theme.px(8), parent=self)
        self._pills = {key: _Pill(theme, words, tone) for key, words in choices.items()}
        self._pills[current].setChecked(True)
        for key, pill in self._pills.items():
            row.addWidget(pill)
            pill.toggled.connect(lambda on, key=key: self._on_toggled(key, on))

    def choose(self, key: str) -> None:
        """Choose `key`."""
        self._pills[key].setChecked(True)

    def _on_toggled(self, key: str, on: bool) -> None:  # noqa: FBT001  the signal's
        if on:
            self.chosen.emit(key)


class _Pill(Painted, QRadioButton):
    def __init__(self, theme: Theme, words: str, tone: Tone) -> None:
        super().__init__()
        self._theme = theme
        self._tone = tone
        self.setText(words)

    def sizeHint(self) -> QSize:
        """Room for the words."""
        px = self._theme.px
        width = math.ceil(Lettering.of(self._theme, Text.CHOSEN).width(self.text()))
        return QSize(width + px(28), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Answer the pointer everywhere."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint the pill; the chosen one has another ground, a stronger line and bold words."""
        theme, colors = self._theme, self._theme.colors
        tone = theme.tone(self._tone)
        rect, radius = QRectF(self.rect()), theme.px(_RADIUS)
        on = self.isChecked()
        painter = QPainter(self)
        ground = tone.soft if on else colors.card
        fill_rounded(painter, rect, radius, self.shaded(ground, colors.text))
        line = tone.accent if on or self.shows_focus() else colors.border
        width = 2.5 if self.shows_focus() else 1.5 if on else 1.0
        outline_rounded(painter, rect, radius, line, width=width * theme.unit)
        role = Text.CHOSEN if on else Text.SMALL
        ink = tone.accent if on else colors.text
        Lettering.of(theme, role).paint(painter, rect, self.text(), ink)
        painter.end()
