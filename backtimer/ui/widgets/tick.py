"""A line to tick: a box, and words beside it that are as good to press."""

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from backtimer.ui.colors import Tone, mixed
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.paint import fill_rounded, outline_rounded
from backtimer.ui.widgets.painted import Painted

_SIDE = 24
_RING = 3  # room around the box for the focus ring


class TickBox(Painted, QCheckBox):
    """A painted check box without words; `name` is what a screen reader says."""

    def __init__(self, theme: Theme, name: str, tone: Tone) -> None:
        super().__init__()
        self._theme = theme
        self._tone = tone
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """The box and the room for the focus ring."""
        side = self._theme.px(_SIDE + 2 * _RING)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """As the size hint: it cannot be smaller."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Answer the pointer everywhere."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint the box, and the tick in it."""
        theme, unit = self._theme, self._theme.unit
        colors, tone = theme.colors, theme.tone(self._tone)
        box = QRectF(0, 0, _SIDE * unit, _SIDE * unit)
        box.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        if self.isChecked():
            fill_rounded(painter, box, 7 * unit, self.shaded(tone.accent, tone.on_accent))
            paint_icon(painter, "check", box.adjusted(*_inset(4 * unit)), tone.on_accent)
        else:
            fill_rounded(painter, box, 7 * unit, self.shaded(colors.card, colors.text))
            edge = mixed(colors.card, colors.muted, 0.75)
            outline_rounded(painter, box, 7 * unit, edge, width=1.5 * unit)
        if self.shows_focus():
            around = box.adjusted(*_inset(-_RING * unit))
            outline_rounded(painter, around, 9 * unit, tone.accent, width=1.5 * unit)
        painter.end()


class TickRow(QWidget):
    """`toggled(bool)`, `is_ticked`, `set_ticked`; a press anywhere in the row ticks."""

    toggled = Signal(bool)

    def __init__(self, theme: Theme, words: str, *, tone: Tone = Tone.ICE) -> None:
        super().__init__()
        px = theme.px
        self.box = TickBox(theme, words, tone)
        self.box.toggled.connect(self.toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(4), 0, px(4))
        row.setSpacing(px(10))
        row.addWidget(self.box)
        row.addWidget(Label(theme, words, wrap=True), 1)

    @property
    def is_ticked(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def set_ticked(self, ticked: bool) -> None:  # noqa: FBT001  like Qt's setters
        """Tick it, or not."""
        self.box.setChecked(ticked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words are as good to press as the box."""
        if self.rect().contains(event.position().toPoint()):
            self.box.click()


def _inset(by: float) -> tuple[float, float, float, float]:
    return (by, by, -by, -by)
