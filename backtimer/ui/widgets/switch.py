"""A switch: a setting that is on or off."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from backtimer.ui.colors import Tone, mixed
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.paint import fill_disc, fill_rounded, outline_rounded
from backtimer.ui.widgets.painted import Painted

_WIDTH, _HEIGHT = 42, 24
_RING = 3  # room around the track for the focus ring


class Switch(Painted, QCheckBox):
    """A QCheckBox painted as a switch: `toggled`, `setChecked`, `isChecked`, Space and click.

    name: what a screen reader says, for its words stand beside it on the page.
    """

    def __init__(
        self, theme: Theme, name: str, *, tone: Tone = Tone.ICE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = tone
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """The track and the room for the focus ring."""
        px = self._theme.px
        return QSize(px(_WIDTH + 2 * _RING), px(_HEIGHT + 2 * _RING))

    def minimumSizeHint(self) -> QSize:
        """As the size hint: it cannot be smaller."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Answer the pointer everywhere, not only where a check box would have its mark."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint track and knob; the knob's side says on or off without colour."""
        unit = self._theme.unit
        ring = _RING * unit
        track = QRectF(ring, ring, _WIDTH * unit, _HEIGHT * unit)
        track.moveTop((self.height() - track.height()) / 2)
        ground, knob = self._colors()
        painter = QPainter(self)
        fill_rounded(painter, track, track.height() / 2, ground)
        reach = track.height() / 2
        x = track.right() - reach if self.isChecked() else track.left() + reach
        fill_disc(painter, QPointF(x, track.center().y()), reach - 3 * unit, knob)
        if self.shows_focus():
            around = track.adjusted(-ring, -ring, ring, ring)
            color = self._theme.tone(self._tone).accent
            outline_rounded(painter, around, around.height() / 2, color, width=1.5 * unit)
        painter.end()

    def _colors(self) -> tuple[QColor, QColor]:
        colors = self._theme.colors
        tone = self._theme.tone(self._tone)
        if not self.isEnabled():
            return colors.shade, mixed(colors.shade, colors.muted, 0.4)
        if self.isChecked():
            return self.shaded(tone.accent, tone.on_accent), tone.on_accent
        # An empty track must stand out from the card as a part of the form: 3 to 1.
        off = mixed(colors.card, colors.muted, 0.7)
        return self.shaded(off, colors.text), colors.card
