"""The buttons of a page: the coloured one that is always the right one, and its neighbours."""

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from backtimer.ui.colors import Tone, mixed
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_rounded, outline_rounded
from backtimer.ui.widgets.painted import Painted

_RADIUS = 12
_HEIGHT, _LARGE_HEIGHT = 46, 58


class PillButton(Painted, QPushButton):
    """A painted push button with round corners; its words are always whole.

    primary: filled with the tone's accent; else bordered. large: for a page with one button.
    `set_tone(tone)` colours it anew; all else is QPushButton's (`clicked`, `setText`,
    `setEnabled`, `setDefault`).
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        primary: bool = False,
        large: bool = False,
        tone: Tone = Tone.ICE,
        parent: QWidget | None = None,
    ) -> None:
        # Given a text at once, PySide makes QIcon's 150 enums to see that the text is none.
        super().__init__(parent)
        self.setText(text)
        self._theme = theme
        self._primary = primary
        self._large = large
        self._tone = tone
        self.setAutoDefault(False)

    def set_tone(self, tone: Tone) -> None:
        """Take the colours of a tone."""
        if tone is not self._tone:
            self._tone = tone
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words and the air beside them, at least 44 px high."""
        words = math.ceil(self._lettering().width(self.text()))
        air = self._theme.px((26 if self._primary else 19) + (8 if self._large else 0))
        height = self._theme.px(_LARGE_HEIGHT if self._large else _HEIGHT)
        return QSize(max(words + 2 * air, height), height)

    def minimumSizeHint(self) -> QSize:
        """Enough for the words, with less air."""
        hint = self.sizeHint()
        return QSize(hint.width() - 2 * self._theme.px(9), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint ground, border or focus ring, and words."""
        theme = self._theme
        rect = QRectF(self.rect())
        radius = theme.px(_RADIUS)
        ground, ink = self._colors()
        painter = QPainter(self)
        line = max(1.0, theme.unit)
        fill_rounded(painter, rect, radius, ground)
        if not self._primary:
            outline_rounded(painter, rect, radius, theme.colors.border, width=line)
        if self.shows_focus():
            self._paint_focus(painter, rect, radius)
        self._lettering().paint(painter, rect, self.text(), ink)
        painter.end()

    def _paint_focus(self, painter: QPainter, rect: QRectF, radius: float) -> None:
        tone = self._theme.tone(self._tone)
        if self._primary:
            gap = 3 * self._theme.unit
            rect = rect.adjusted(gap, gap, -gap, -gap)
            radius -= gap
        color = tone.on_accent if self._primary else tone.accent
        outline_rounded(painter, rect, radius, color, width=2 * self._theme.unit)

    def _colors(self) -> tuple[QColor, QColor]:
        colors = self._theme.colors
        tone = self._theme.tone(self._tone)
        if not self.isEnabled():
            ground = colors.shade if self._primary else colors.card
            return ground, mixed(ground, colors.muted, 0.75)
        if self._primary:
            return self.shaded(tone.accent, tone.on_accent), tone.on_accent
        return self.shaded(colors.card, colors.text), colors.text

    def _lettering(self) -> Lettering:
        return Lettering.of(self._theme, Text.BUTTON_LARGE if self._large else Text.BUTTON)


class IconButton(Painted, QPushButton):
    """A small round button with an icon and no words; `name` is what a screen reader says.

    muted: its icon stays in the background. `set_name(name)` gives it another name.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        muted: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._muted = muted
        self.set_name(name)
        self.setAutoDefault(False)

    def set_name(self, name: str) -> None:
        """Have it called something else."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """A finger fits."""
        side = self._theme.px(36)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """As the size hint: it cannot be smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint the icon, and a ground under the pointer."""
        theme, colors = self._theme, self._theme.colors
        rect = QRectF(self.rect())
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            shade = mixed(colors.card, colors.text, 0.16 if self.isDown() else 0.09)
            fill_rounded(painter, rect, rect.height() / 2, shade)
        if self.shows_focus():
            ring = 2 * theme.unit
            outline_rounded(painter, rect, rect.height() / 2, colors.text, width=ring)
        size = theme.px(18)
        corner = rect.center()
        place = QRectF(corner.x() - size / 2, corner.y() - size / 2, size, size)
        paint_icon(painter, self._icon, place, colors.muted if self._muted else colors.text)
        painter.end()
