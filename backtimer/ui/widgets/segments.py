"""A few choices side by side, of which one is in force."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget

from backtimer.ui.colors import Tone
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_rounded, outline_rounded
from backtimer.ui.widgets.painted import Painted

_HEIGHT, _RADIUS, _AIR = 34, 9, 12


class Segments(QWidget):
    """One button for each of `choices`, pairs of a key and its words; the first is chosen.

    chosen: the person chose another key. `key()` tells the one in force, `choose(key)` has it.
    The arrow keys go from one to the next.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, choices: Sequence[tuple[str, str]], *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.buttons: dict[str, QRadioButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        for key, words in choices:
            button = self.buttons[key] = _Segment(theme, words, self)
            button.toggled.connect(lambda on, key=key: self.chosen.emit(key) if on else None)
            row.addWidget(button)
        self.choose(choices[0][0])

    def key(self) -> str:
        """The key that is in force."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Have `key` in force; nothing is emitted."""
        self.blockSignals(True)
        self.buttons[key].setChecked(True)
        self.blockSignals(False)


class _Segment(Painted, QRadioButton):
    """One choice."""

    def __init__(self, theme: Theme, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self._theme = theme

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Answer the pointer everywhere, not only where a radio button has its mark."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """As wide as the words when they are bold."""
        width = Lettering.of(self._theme, Text.CHOSEN).width(self.text())
        px = self._theme.px
        return QSize(round(width) + 2 * px(_AIR), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The words stay whole."""
        hint = self.sizeHint()
        return QSize(hint.width() - self._theme.px(_AIR), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint ground and words."""
        theme = self._theme
        colors, tone = theme.colors, theme.tone(Tone.ICE)
        rect, radius = QRectF(self.rect()), _RADIUS * theme.unit
        ground = tone.soft if self.isChecked() else colors.card
        ink = tone.accent if self.isChecked() else colors.muted
        painter = QPainter(self)
        fill_rounded(painter, rect, radius, self.shaded(ground, colors.text))
        if self.shows_focus():
            outline_rounded(painter, rect, radius, tone.accent, width=2 * theme.unit)
        role = Text.CHOSEN if self.isChecked() else Text.SMALL
        Lettering.of(theme, role).paint(painter, rect, self.text(), ink)
        painter.end()
