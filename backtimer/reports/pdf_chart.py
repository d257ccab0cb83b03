"""The chart of a report: pain over time, and ice and heat below it, readable without colour."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from backtimer.domain.pain_chart import Bar, Chart
from backtimer.domain.protocol import Modality
from backtimer.domain.words import tr
from backtimer.reports.pdf_text import INK, MUTED, Paragraph, font

_SCALE = 260  # the width of the numbers at the left
_LANE = 105
_GAP = 75  # between the chart and the lanes below it
_GRID = QColor("#D7DDE2")
_ICE, _HEAT = QColor("#1565C0"), QColor("#BC3F0E")


def paint_chart(painter: QPainter, rect: QRectF, chart: Chart) -> None:
    """Paint `chart` into `rect`; without a rating it says so."""
    plot = rect.adjusted(_SCALE, 40, -40, -(2 * _LANE + _GAP + 160))
    _paint_grid(painter, plot)
    if chart.ratings or chart.bars:
        _paint_ticks(painter, plot, chart)
    lane = QRectF(plot.left(), plot.bottom() + _GAP, plot.width(), _LANE - 25)
    for words, color, is_heat in ((tr("Ice"), _ICE, False), (tr("Heat"), _HEAT, True)):
        _paint_label(painter, lane, words, rect)
        for bar in chart.bars:
            if (bar.modality is Modality.HEAT) == is_heat:
                painter.fillRect(_bar_rect(lane, bar, chart), QBrush(color))
        lane.translate(0, _LANE)
    if chart.ratings:
        _paint_line(painter, plot, chart)
    else:
        none = Paragraph(tr("pain: not recorded"), font(95), plot.width())
        none.paint(painter, plot.topLeft() + QPointF(120, plot.height() * 0.7), MUTED)


def _paint_grid(painter: QPainter, plot: QRectF) -> None:
    for nrs in (0, 5, 10):
        y = _y(plot, nrs)
        painter.setPen(_pen(_GRID, 5))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        number = Paragraph(str(nrs), font(75), _SCALE - 70, share=1.0)
        number.paint(painter, QPointF(plot.left() - _SCALE, y - number.height / 2), MUTED)


def _paint_ticks(painter: QPainter, plot: QRectF, chart: Chart) -> None:
    bottom = plot.bottom() + 2 * _LANE + _GAP - 5
    for tick in chart.ticks:
        x = plot.left() + chart.share(tick.at_s) * plot.width()
        painter.setPen(_pen(_GRID, 4))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, bottom))
        words = Paragraph(tick.words, font(72), 900)
        left = min(x - 10, plot.right() - words.width)
        words.paint(painter, QPointF(left, bottom + 10), MUTED)


def _paint_label(painter: QPainter, lane: QRectF, words: str, rect: QRectF) -> None:
    label = Paragraph(words, font(75), _SCALE - 20)
    label.paint(painter, QPointF(rect.left(), lane.center().y() - label.height / 2), MUTED)


def _bar_rect(lane: QRectF, bar: Bar, chart: Chart) -> QRectF:
    left, right = (
        lane.left() + chart.share(at_s) * lane.width() for at_s in (bar.from_s, bar.to_s)
    )
    return QRectF(left, lane.top(), max(14.0, right - left), lane.height())


def _paint_line(painter: QPainter, plot: QRectF, chart: Chart) -> None:
    radius = 26.0 if len(chart.ratings) < 100 else 14.0
    places = [
        QPointF(plot.left() + chart.share(each.at_s) * plot.width(), _y(plot, each.nrs))
        for each in chart.ratings
    ]
    painter.setPen(_pen(INK, 14))
    for before, after in pairwise(places):
        painter.drawLine(before, after)
    painter.setBrush(QBrush(QColor("#FFFFFF")))
    for place in places:
        painter.drawEllipse(place, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _y(plot: QRectF, nrs: float) -> float:
    return plot.bottom() - nrs / 10 * plot.height()


def _pen(color: QColor, width: float) -> QPen:
    pen = QPen(color)
    pen.setWidthF(width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
