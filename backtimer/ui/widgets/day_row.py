"""One day on a line: its sessions, its quiet hours, the switch to heat, and now."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from backtimer.ui.colors import Tone
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_rounded, outline_rounded
from backtimer.ui.widgets.session_bar import SessionBar, paint_session

DAY_MIN = 24 * 60
HEIGHT, LEAST_HEIGHT = 56, 44
_GROOVE_HEIGHT = 26
_BAR_WIDTH = 6
_OVER = 10  # how far the line of now stands out of the groove


class RowDay(NamedTuple):
    """What a row shows. `quiet` are spans of minutes; `words` are for a screen reader."""

    label: str
    is_today: bool
    bars: tuple[SessionBar, ...]
    quiet: tuple[tuple[float, float], ...]
    switch_min: float | None
    switch_words: str
    words: str


class DayRow(QLabel):
    """`set_day`, `set_now`, `select` change it.

    Signals: `entered()`, the keyboard came by Tab; `pointed(int | None)`, the bar under the
    pointer; `pressed(int)`.
    """

    entered = Signal()
    pointed = Signal(object)
    pressed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        # A QLabel without text, so that screen readers take it for something to read.
        super().__init__(parent)
        self._theme = theme
        self._day = RowDay("", False, (), (), None, "", "")
        self._now_min: float | None = None
        self._gutter = 0.0
        self._selected: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(HEIGHT))

    @property
    def bars(self) -> tuple[SessionBar, ...]:
        """The sessions it shows."""
        return self._day.bars

    @property
    def selected(self) -> int | None:
        """The number of the bar that the keyboard is on."""
        return self._selected

    def set_day(self, day: RowDay, *, gutter: float) -> None:
        """Show a day, its label in a column `gutter` wide."""
        self._day, self._gutter = day, gutter
        if self._selected is not None and self._selected >= len(day.bars):
            self._selected = None
        self.setAccessibleName(day.words)
        self.setAccessibleDescription("; ".join(bar.words for bar in day.bars))
        self.update()

    def set_now(self, now_min: float | None) -> None:
        """Show where in the day it is; None on any other day."""
        if now_min != self._now_min:
            self._now_min = now_min
            self.update()

    def select(self, index: int | None) -> None:
        """Show which bar the keyboard is on."""
        if index != self._selected:
            self._selected = index
            self.update()

    def place(self) -> QPoint:
        """Just below the bar that the keyboard is on, on the screen."""
        index = self._selected
        rect = self._groove() if index is None else self._bar_rect(self.bars[index])
        return self.mapToGlobal(rect.bottomLeft().toPoint())

    def label_width(self) -> float:
        """How wide the day's name is."""
        return self._lettering().width(self._day.label)

    def sizeHint(self) -> QSize:
        """As wide as is easy to read."""
        return QSize(self._theme.px(320), self.height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as can be read."""
        return QSize(self._theme.px(200), self.height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard is here."""
        super().focusInEvent(event)
        self.entered.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.pointed.emit(None)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the bar under the pointer is."""
        index = self._bar_at(event.position())
        self.setToolTip("" if index is None else self.bars[index].words)
        self.pointed.emit(index)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the bar under the pointer."""
        index = self._bar_at(event.position())
        if index is not None:
            self.pressed.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a few fills are cheap
        """Paint label, groove, quiet hours, bars, switch and now."""
        painter = QPainter(self)
        colors, unit, groove = self._theme.colors, self._theme.unit, self._groove()
        label = QRectF(0, groove.top(), self._gutter, groove.height())
        self._lettering().paint(painter, label, self._day.label, colors.text, x_share=0.0)
        fill_rounded(painter, groove, 4 * unit, colors.groove)
        for begin, end in self._day.quiet:
            left, right = self._x(begin), self._x(end)
            night = QRectF(left, groove.top(), right - left, groove.height())
            fill_rounded(painter, night, 0, colors.shade)
        if self._day.switch_min is not None:
            self._paint_switch(painter, self._day.switch_min)
        for bar in self.bars:
            paint_session(painter, self._theme, self._bar_rect(bar), look=bar.look, tone=bar.tone)
        if self._now_min is not None:
            x = round(self._x(self._now_min))
            over = min(_OVER * unit, groove.top(), self.height() - groove.bottom())
            line = groove.adjusted(0, -over, 0, over)
            pin = QRectF(x - unit, line.top(), 2 * unit, line.height())
            fill_rounded(painter, pin, unit, colors.text)
        if self.hasFocus() and self._selected is not None:
            gap = 3 * unit
            ring = self._bar_rect(self.bars[self._selected]).adjusted(-gap, -gap, gap, gap)
            outline_rounded(painter, ring, 5 * unit, colors.text, width=2 * unit)
        painter.end()

    def _paint_switch(self, painter: QPainter, minute: float) -> None:
        unit, groove = self._theme.unit, self._groove()
        color = self._theme.tone(Tone.HEAT).accent
        x = round(self._x(minute))
        pen = QPen(color, 2 * unit)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([2.0, 1.5])
        above = min(_OVER * unit, groove.top())
        below = min(_OVER * unit, self.height() - groove.bottom())
        painter.setPen(pen)
        top, bottom = groove.top() - above, groove.bottom() + below
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        lettering = Lettering.of(self._theme, Text.CAPTION)
        width = lettering.width(self._day.switch_words)
        gap = 6 * unit
        left = x + gap if x + gap + width <= groove.right() else x - gap - width
        place = QRectF(left, 0, width, groove.top() - unit)
        lettering.paint(painter, place, self._day.switch_words, color, x_share=0.0)

    def _lettering(self) -> Lettering:
        return Lettering(self._theme, 15 * self._theme.unit, 700 if self._day.is_today else 400)

    def _groove(self) -> QRectF:
        height = _GROOVE_HEIGHT * self._theme.unit
        top = round((self.height() - height) * 0.66)
        return QRectF(self._gutter, top, self.width() - self._gutter, height)

    def _x(self, minute: float) -> float:
        groove = self._groove()
        return groove.left() + groove.width() * min(max(minute, 0.0), DAY_MIN) / DAY_MIN

    def _bar_rect(self, bar: SessionBar) -> QRectF:
        groove = self._groove()
        left, right = self._x(bar.start_min), self._x(bar.end_min)
        width = max(_BAR_WIDTH * self._theme.unit, right - left)
        return QRectF(min(left, groove.right() - width), groove.top(), width, groove.height())

    def _bar_at(self, point: QPointF) -> int | None:
        reach = 3 * self._theme.unit
        for index, bar in enumerate(self.bars):
            if self._bar_rect(bar).adjusted(-reach, -reach, reach, reach).contains(point):
                return index
        return None
