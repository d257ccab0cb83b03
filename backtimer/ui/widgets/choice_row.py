"""One of several answers, explained: a mark, a name, and lines below it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from backtimer.domain.words import tr
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.paint import fill_disc, fill_rounded, outline_rounded
from backtimer.ui.widgets.painted import Painted

_MARK, _MARK_LEFT, _TEXT_LEFT = 18, 14, 44
_RADIUS = 12


class ChoiceRow(Painted, QRadioButton):
    """Chosen by a click anywhere on it; its siblings are chosen no more. `lines` explain it."""

    def __init__(
        self, theme: Theme, name: str, lines: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        px = theme.px
        self.setAccessibleName(name)
        self.setAccessibleDescription(tr(" ").join(lines))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(_TEXT_LEFT), px(11), px(14), px(11))
        layout.setSpacing(px(2))
        labels = [Label(theme, name, role=Text.STRONG, wrap=True)]
        for number, line in enumerate(lines):
            labels.append(Label(theme, line, role=Text.SMALL, muted=number > 0, wrap=True))
        for label in labels:
            # The row itself is what is pressed.
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Answer the pointer everywhere, not only on the mark."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """As large as its words."""
        layout = self.layout()
        assert layout
        return layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As small as its words may be."""
        layout = self.layout()
        assert layout
        return layout.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint the ground and the mark."""
        theme, unit = self._theme, self._theme.unit
        colors, tone = theme.colors, theme.tone(Tone.ICE)
        rect, radius = QRectF(self.rect()), _RADIUS * unit
        ground = tone.soft if self.isChecked() else colors.card
        painter = QPainter(self)
        fill_rounded(painter, rect, radius, self.shaded(ground, colors.text))
        if self.shows_focus():
            outline_rounded(painter, rect, radius, tone.accent, width=2 * unit)
        side = _MARK * unit
        mark = QRectF(_MARK_LEFT * unit, 11 * unit, side, side)
        edge = tone.accent if self.isChecked() else colors.muted
        outline_rounded(painter, mark, side / 2, edge, width=2 * unit)
        if self.isChecked():
            fill_disc(painter, mark.center(), side / 4, tone.accent)
        painter.end()
