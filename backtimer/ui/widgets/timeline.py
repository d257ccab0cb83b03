"""Today's sessions on one line: what is done, what is planned, what was left out, and now."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QWidget

from backtimer.ui.colors import Tone, mixed
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import (
    fill,
    fill_disc,
    fill_rounded,
    outline_rounded,
)

_GROOVE_HEIGHT = 24
_PIN_ABOVE = 14  # from the top to the groove
_HEIGHT = 62
_BAR_WIDTH = 6
_PIN_RADIUS = 4
_HOUR_MIN = 60


class BarKind(Enum):
    """How a session stands, and how its bar looks: solid, pale, or an outline."""

    DONE = "done"
    PLANNED = "planned"
    MISSED = "missed"


class Bar(NamedTuple):
    """A session on the line; minutes count from midnight and may pass 1440.

    words: what the tooltip and the screen reader say, such as "13:10 ice, done".
    """

    start_min: float
    end_min: float
    kind: BarKind
    tone: Tone
    words: str


class DayTimeline(QLabel):
    """`set_day(bars, from_min=…, to_min=…, now_min=…, words=…)` shows a day.

    words: a sentence for the screen reader; what each bar says follows it. `set_now(minute)`
    moves the pin only. Minutes count from midnight; no pin is shown for None.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        # A QLabel without text, so that screen readers take it for something to read.
        super().__init__(parent)
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self._from_min, self._to_min = 6.0 * _HOUR_MIN, 24.0 * _HOUR_MIN
        self._now_min: float | None = None
        self.setMouseTracking(True)

    def set_day(
        self,
        bars: Sequence[Bar],
        *,
        from_min: float,
        to_min: float,
        now_min: float | None,
        words: str,
    ) -> None:
        """Show the sessions of a day; nothing is painted again when nothing changed."""
        day = (tuple(bars), from_min, to_min)
        if day != (self._bars, self._from_min, self._to_min):
            self._bars, self._from_min, self._to_min = day
            self.update()
        self.set_now(now_min)
        self.setAccessibleName(words)
        self.setAccessibleDescription("; ".join(bar.words for bar in bars))

    def set_now(self, now_min: float | None) -> None:
        """Move the pin; only where it was and is, and only if that is another pixel."""
        before, self._now_min = self._now_min, now_min
        places = [self._pin_rect(minute) for minute in (before, now_min) if minute is not None]
        if len(places) < 2 or places[0] != places[1]:
            for place in places:
                self.update(place.toAlignedRect())

    def sizeHint(self) -> QSize:
        """High enough for pin, line and hours."""
        return QSize(self._theme.px(200), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """A line that is still one."""
        return QSize(self._theme.px(120), self._theme.px(_HEIGHT))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say in the tooltip what the bar under the pointer is."""
        reach = 3 * self._theme.unit
        x = event.position().x()
        under = [
            bar.words
            for bar in self._bars
            if self._bar_rect(bar).left() - reach <= x <= self._bar_rect(bar).right() + reach
        ]
        self.setToolTip("\n".join(under))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a few fills are cheap
        """Paint the groove, the bars, the hours and the pin."""
        painter = QPainter(self)
        groove = self._groove()
        radius = 6 * self._theme.unit
        fill_rounded(painter, groove, radius, self._theme.colors.groove)
        for bar in self._bars:
            self._paint_bar(painter, bar)
        self._paint_hours(painter, groove)
        if self._now_min is not None:
            self._paint_pin(painter, groove, self._now_min)
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: Bar) -> None:
        unit, colors = self._theme.unit, self._theme.colors
        rect, radius = self._bar_rect(bar), 2.5 * self._theme.unit
        accent = self._theme.tone(bar.tone).accent
        match bar.kind:
            case BarKind.DONE:
                fill_rounded(painter, rect, radius, accent)
            case BarKind.PLANNED:
                fill_rounded(painter, rect, radius, mixed(colors.groove, accent, 0.35))
            case BarKind.MISSED:
                outline_rounded(painter, rect, radius, colors.muted, width=1.3 * unit)

    def _paint_hours(self, painter: QPainter, groove: QRectF) -> None:
        lettering = Lettering.of(self._theme, Text.CAPTION)
        width = lettering.width("00")
        line_y = groove.bottom() + 16 * self._theme.unit
        step = self._hour_step(width)
        first = -(-int(self._from_min) // step) * step
        for minute in range(first, int(self._to_min) + 1, step):
            # The outermost labels stay over the line.
            x = min(
                max(self._x(minute), groove.left() + 3 + width / 2), groove.right() - 3 - width / 2
            )
            place = QRectF(x - width / 2, line_y - width, width, 2 * width)
            hour = f"{minute // _HOUR_MIN % 24:02d}"
            lettering.paint(painter, place, hour, self._theme.colors.muted)

    def _paint_pin(self, painter: QPainter, groove: QRectF, now_min: float) -> None:
        place = self._pin_rect(now_min)
        color: QColor = self._theme.colors.text
        top = groove.top() - 7 * self._theme.unit
        center = QPointF(place.center().x(), top)
        stem = QPainterPath()
        width = 2 * self._theme.unit
        stem.addRect(QRectF(center.x() - width / 2, top, width, place.bottom() - top))
        fill(painter, stem, color)
        fill_disc(painter, center, _PIN_RADIUS * self._theme.unit, color)

    def _hour_step(self, label_width: float) -> int:
        """Return the minutes from label to label: as many labels as stand apart."""
        span = self._to_min - self._from_min
        for hours in (3, 6, 12):
            if span <= 0 or self._groove().width() * hours * _HOUR_MIN / span > 1.6 * label_width:
                return hours * _HOUR_MIN
        return 24 * _HOUR_MIN

    def _groove(self) -> QRectF:
        unit = self._theme.unit
        return QRectF(0, _PIN_ABOVE * unit, self.width(), _GROOVE_HEIGHT * unit)

    def _x(self, minute: float) -> float:
        span = max(1.0, self._to_min - self._from_min)
        return self._groove().width() * (minute - self._from_min) / span

    def _bar_rect(self, bar: Bar) -> QRectF:
        """Return where a bar stands: never thinner than can be seen."""
        left, right = self._x(bar.start_min), self._x(bar.end_min)
        width = max(_BAR_WIDTH * self._theme.unit, right - left)
        groove = self._groove()
        left = min(max(left, 0.0), groove.width() - width)
        return QRectF(left, groove.top(), width, groove.height())

    def _pin_rect(self, minute: float) -> QRectF:
        """Return where the pin stands: on whole pixels, and within the line."""
        unit, groove = self._theme.unit, self._groove()
        reach = _PIN_RADIUS * unit + 1
        x = round(min(max(self._x(minute), reach), groove.width() - reach))
        top = groove.top() - 7 * unit - reach
        return QRectF(x - reach, top, 2 * reach, groove.bottom() + 6 * unit - top)
