"""Pain over time, with the ice and heat below it: read by eye, by keyboard and in words."""

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLabel, QWidget

from backtimer.domain.pain_chart import Bar, Chart, Rating, rating_words
from backtimer.domain.protocol import Modality
from backtimer.domain.words import tr
from backtimer.ui.colors import Tone
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill, fill_disc, fill_rounded, outline_rounded
from backtimer.ui.widgets.polyline import polyline

_HEIGHT, _LEAST_HEIGHT = 210, 150
_SCALE = 40  # the width of the numbers at the left
_LANE, _LANE_GAP, _HOURS = 12, 8, 26
_POINTS_MOST = 150  # with more of them the line alone is clearer


class PainChart(QLabel):
    """`show_chart(chart, now)` shows it.

    Focused, the arrow keys, Home and End step through the ratings; plus and minus emit
    `zoom_asked(int)`: 1 for a closer look, -1 for a wider one.
    """

    zoom_asked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        # A QLabel without text, so that screen readers take it for something to read.
        super().__init__(parent)
        self._theme = theme
        self._chart: Chart | None = None
        self._now: datetime | None = None
        self._at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def show_chart(self, chart: Chart, now: datetime) -> None:
        """Show `chart` as it looks `now`."""
        self._now = now
        if chart == self._chart:
            return
        self._chart, self._at = chart, None
        self.setAccessibleName(chart.words)
        self.setToolTip("")
        self.update()

    @property
    def rating(self) -> Rating | None:
        """The rating that the keyboard stepped to."""
        return self._chart.ratings[self._at] if self._chart and self._at is not None else None

    def sizeHint(self) -> QSize:
        """Wide enough for some days."""
        return QSize(self._theme.px(400), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """A line that still rises and falls."""
        return QSize(self._theme.px(200), self._theme.px(_LEAST_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step through the ratings, or ask for another zoom."""
        keys = Qt.Key
        count = len(self._chart.ratings) if self._chart else 0
        last = count - 1
        now = self._at
        steps = {
            keys.Key_Left: last if now is None else max(0, now - 1),
            keys.Key_Right: 0 if now is None else min(last, now + 1),
            keys.Key_Home: 0,
            keys.Key_End: last,
        }
        zooms = {keys.Key_Plus: 1, keys.Key_Equal: 1, keys.Key_Minus: -1}
        if count and event.key() in steps:
            self._step_to(steps[keys(event.key())])
        elif event.key() in zooms:
            self.zoom_asked.emit(zooms[keys(event.key())])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark no rating any more."""
        self._at = None
        self.update()
        super().focusOutEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say in the tooltip which rating is near the pointer."""
        reach = 12 * self._theme.unit
        x = event.position().x()
        ratings = self._chart.ratings if self._chart else ()
        near = min(ratings, key=lambda each: abs(self._place(each).x() - x), default=None)
        found = near is not None and abs(self._place(near).x() - x) <= reach
        self.setToolTip(self._words(near) if found and near else "")

    def _words(self, rating: Rating) -> str:
        return rating_words(rating, self._now or rating.wall)

    def _step_to(self, at: int) -> None:
        self._at = at
        assert self.rating
        words = self._words(self.rating)
        announce(self, words)
        self.setAccessibleDescription(words)
        self.update()

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint scale, lanes, line and points."""
        if self._chart is None:
            return
        painter = QPainter(self)
        self._paint_scale(painter)
        if self._chart.ratings or self._chart.bars:
            self._paint_ticks(painter, self._chart)
        for is_heat in (False, True):
            self._paint_lane(painter, self._chart, is_heat=is_heat)
        if self._chart.ratings:
            self._paint_line(painter, self._chart)
            self._paint_chosen(painter)
        else:
            self._paint_empty(painter)
        if self.hasFocus():
            ring = 2 * self._theme.unit
            accent = self._theme.tone(Tone.ICE).accent
            outline_rounded(painter, QRectF(self.rect()), 8 * self._theme.unit, accent, width=ring)
        painter.end()

    def _plot(self) -> QRectF:
        unit = self._theme.unit
        below = (2 * (_LANE + _LANE_GAP) + _HOURS + 4) * unit
        right = self.width() - 10 * unit
        return QRectF(
            _SCALE * unit, 12 * unit, right - _SCALE * unit, self.height() - 12 * unit - below
        )

    def _place(self, rating: Rating) -> QPointF:
        plot = self._plot()
        assert self._chart
        share = self._chart.share(rating.at_s)
        return QPointF(plot.left() + share * plot.width(), self._y(rating.nrs))

    def _y(self, nrs: float) -> float:
        plot = self._plot()
        return plot.bottom() - nrs / 10 * plot.height()

    def _paint_scale(self, painter: QPainter) -> None:
        lettering = Lettering.of(self._theme, Text.CAPTION)
        plot, unit = self._plot(), self._theme.unit
        for nrs in (0, 5, 10):
            y = round(self._y(nrs))
            line = QRectF(plot.left(), y, plot.width(), max(1, round(unit)))
            fill_rounded(painter, line, 0, self._theme.colors.border)
            place = QRectF(0, y - 10 * unit, plot.left() - 9 * unit, 20 * unit)
            lettering.paint(painter, place, str(nrs), self._theme.colors.muted, x_share=1.0)

    def _paint_ticks(self, painter: QPainter, chart: Chart) -> None:
        lettering = Lettering.of(self._theme, Text.CAPTION)
        plot, unit = self._plot(), self._theme.unit
        free = plot.left()
        for tick in chart.ticks:
            x = plot.left() + chart.share(tick.at_s) * plot.width()
            width = lettering.width(tick.words)
            left = min(x - width / 2, plot.right() - width)
            if left < free:
                continue
            free = left + width + 10 * unit
            place = QRectF(left, self.height() - (_HOURS - 4) * unit, width, 18 * unit)
            lettering.paint(painter, place, tick.words, self._theme.colors.muted)
            mark = QRectF(round(x), plot.top(), max(1, round(unit)), plot.height())
            fill_rounded(painter, mark, 0, self._theme.colors.groove)

    def _paint_lane(self, painter: QPainter, chart: Chart, *, is_heat: bool) -> None:
        theme, unit, plot = self._theme, self._theme.unit, self._plot()
        tone = theme.tone(Tone.HEAT if is_heat else Tone.ICE)
        row = int(is_heat) * (_LANE + _LANE_GAP) + _LANE_GAP + 4
        lane = QRectF(plot.left(), plot.bottom() + row * unit, plot.width(), _LANE * unit)
        words = tr("Heat") if is_heat else tr("Ice")
        place = QRectF(0, lane.top(), plot.left() - 9 * unit, lane.height())
        Lettering.of(theme, Text.CAPTION).paint(
            painter, place, words, theme.colors.muted, x_share=1.0
        )
        behind, bars = QPainterPath(), QPainterPath()
        seen = -1.0
        for bar in chart.bars:
            if (bar.modality is Modality.HEAT) == is_heat:
                rect = self._bar_rect(chart, bar, lane)
                if rect.right() < seen + 1:
                    continue  # on the same pixel as the one before
                seen = rect.right()
                bars.addRect(rect)
                behind.addRect(QRectF(rect.left(), plot.top(), rect.width(), plot.height()))
        fill(painter, behind, tone.soft)
        fill(painter, bars, tone.accent)

    def _bar_rect(self, chart: Chart, bar: Bar, lane: QRectF) -> QRectF:
        left = max(0.0, chart.share(bar.from_s)) * lane.width()
        right = min(1.0, chart.share(bar.to_s)) * lane.width()
        width = max(3 * self._theme.unit, right - left)
        left = min(left, lane.width() - width)
        return QRectF(lane.left() + left, lane.top(), width, lane.height())

    def _paint_line(self, painter: QPainter, chart: Chart) -> None:
        unit, colors, plot = self._theme.unit, self._theme.colors, self._plot()
        left, width, bottom, step = plot.left(), plot.width(), plot.bottom(), plot.height() / 10
        points = [
            (left + chart.share(each.at_s) * width, bottom - each.nrs * step)
            for each in chart.ratings
        ]
        many = len(points) > _POINTS_MOST
        pen = QPen(colors.text)
        # A line of one pixel needs no outline, which takes long for thousands of points.
        pen.setWidthF(1 if many else 2.2 * unit)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Between two episodes nothing is known.
        painter.strokePath(polyline(points, [each.begins for each in chart.ratings]), pen)
        if not many:
            for x, y in points:
                fill_disc(painter, QPointF(x, y), 4.5 * unit, colors.text)
                fill_disc(painter, QPointF(x, y), 2.6 * unit, colors.card)

    def _paint_chosen(self, painter: QPainter) -> None:
        if self.rating is None:
            return
        theme, unit, plot = self._theme, self._theme.unit, self._plot()
        place, tone = self._place(self.rating), theme.tone(Tone.ICE)
        fill_disc(painter, place, 7 * unit, tone.accent)
        words = self._words(self.rating)
        lettering = Lettering.of(theme, Text.CHOSEN)
        width, height = lettering.width(words) + 20 * unit, 26 * unit
        left = min(max(place.x() - width / 2, plot.left()), plot.right() - width)
        # Above the point, or below it where there is no room.
        top = place.y() - height - 11 * unit
        top = place.y() + 11 * unit if top < 0 else top
        bubble = QRectF(left, top, width, height)
        fill_rounded(painter, bubble, 8 * unit, tone.accent)
        lettering.paint(painter, bubble, words, tone.on_accent)

    def _paint_empty(self, painter: QPainter) -> None:
        lettering = Lettering.of(self._theme, Text.SMALL)
        place = self._plot().adjusted(0, 0, 0, -self._plot().height() / 2)
        lettering.paint(painter, place, tr("No pain was rated"), self._theme.colors.muted)
