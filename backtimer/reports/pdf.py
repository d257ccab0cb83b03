"""The report for a doctor as one page: a PDF, and the same on any other painter.

Lengths are tenths of a point, so that fonts, which have whole sizes, can be as small as need be.
"""

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from backtimer.domain.doctor_facts import Fact
from backtimer.domain.doctor_report import NOT_RECORDED, DoctorReport, Figure, Part
from backtimer.domain.words import tr
from backtimer.reports.pdf_chart import paint_chart
from backtimer.reports.pdf_text import INK, MUTED, Paragraph, fitted, font

_DPI = 1200
_UNITS_PER_INCH = 720
_MARGIN = 400
_LABEL = 1120  # the width of the column of labels
_FACT_GAP = 12
_HEADING = 220  # the height of a heading with its rule
_LINES_MOST = 6  # of one fact, where there is room for so many
_RULE = QColor("#C5CDD4")
_ALERT = QColor("#B42318")


class Paper(Enum):
    """Sizes of paper, in points."""

    A4 = (595, 842)
    LETTER = (612, 792)

    @property
    def page_size(self) -> QPageSize:
        """What Qt calls it."""
        return QPageSize(getattr(QPageSize.PageSizeId, "A4" if self is Paper.A4 else "Letter"))

    @property
    def size(self) -> QSizeF:
        """Its size in units of this module."""
        width, height = self.value
        return QSizeF(10.0 * width, 10.0 * height)


def usual_paper() -> Paper:
    """The size that is in the printers where the person lives."""
    inches = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return Paper.LETTER if inches else Paper.A4


def render(report: DoctorReport, paper: Paper = Paper.A4) -> bytes:
    """The bytes of a PDF of one page, with its fonts in it. Needs a QGuiApplication."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(report.title)
    writer.setCreator("Backtimer")
    writer.setResolution(_DPI)
    writer.setPageSize(paper.page_size)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    painter.scale(_DPI / _UNITS_PER_INCH, _DPI / _UNITS_PER_INCH)
    draw(painter, report, paper)
    painter.end()
    return bytes(buffer.data().data())


def render_alone(report: DoctorReport, paper: Paper = Paper.A4) -> bytes:
    """`render` for a program without a screen: it makes the application that fonts need."""
    import os

    application = QGuiApplication.instance()
    if application is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        application = QGuiApplication(["backtimer"])
    found = render(report, paper)
    assert application is not None  # it lives as long as what is painted
    return found


def picture(report: DoctorReport, paper: Paper, width: int) -> QImage:
    """The page as an image `width` pixels wide."""
    size = paper.size
    scale = width / size.width()
    image = QImage(width, round(size.height() * scale), QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    draw(painter, report, paper)
    painter.end()
    return image


def draw(painter: QPainter, report: DoctorReport, paper: Paper) -> None:
    """Paint the page with a painter whose unit is a tenth of a point."""
    size = paper.size
    area = QRectF(0, 0, size.width(), size.height()).adjusted(
        _MARGIN, _MARGIN - 20, -_MARGIN, -_MARGIN + 60
    )
    _Page(painter, area).paint(report)


class _Rows(NamedTuple):
    """The facts of a part with the words that there is room for."""

    part: Part
    texts: tuple[str, ...]


class _Page:
    """Paints from top to bottom; `_y` is where the next thing begins."""

    def __init__(self, painter: QPainter, area: QRectF) -> None:
        self._painter = painter
        self._area = area
        self._y = area.top()

    def paint(self, report: DoctorReport) -> None:
        foot = Paragraph(report.disclaimer, font(72), self._area.width())
        bottom = self._area.bottom() - foot.height
        self._head(report)
        self._signs(report)
        self._figures(report.figures)
        chart = QRectF(self._area.left(), self._y, self._area.width(), 0.22 * self._area.height())
        paint_chart(self._painter, chart, report.chart)
        self._y = chart.bottom() + 60
        for rows in self._fitting(report.parts, bottom - 100 - self._y):
            self._rows(rows)
        self._rule(bottom - 50)
        foot.paint(self._painter, QPointF(self._area.left(), bottom), MUTED)

    def _head(self, report: DoctorReport) -> None:
        width = self._area.width()
        Paragraph(report.title, font(170, 700), width).paint(self._painter, self._at())
        Paragraph(report.made, font(82), width, share=1.0).paint(
            self._painter, self._at(down=85), MUTED
        )
        self._y += 250
        began = tr("Pain began: {began}", began=report.began)
        self._y += Paragraph(began, font(100, 600), width).paint(self._painter, self._at())
        self._y += 70

    def _signs(self, report: DoctorReport) -> None:
        """What was ticked, in a box that is the first thing to be seen."""
        width = self._area.width() - 200
        heading = tr("Warning signs ticked")
        face = font(90, 600 if report.signs else 400)
        words = fitted(report.signs, face, width - _LABEL, 4) or NOT_RECORDED
        said = Paragraph(words, face, width - _LABEL)
        box = QRectF(self._area.left(), self._y, self._area.width(), said.height + 120)
        pen = QPen(_ALERT if report.signs else _RULE)
        pen.setWidthF(16 if report.urgent else 8)
        self._painter.setPen(pen)
        self._painter.drawRoundedRect(box, 50, 50)
        at = QPointF(box.left() + 100, box.top() + 60)
        Paragraph(heading, font(90, 600), _LABEL).paint(self._painter, at)
        ink = _ALERT if report.signs else MUTED
        said.paint(self._painter, at + QPointF(_LABEL, 0), ink)
        self._y = box.bottom() + 110

    def _figures(self, figures: tuple[Figure, ...]) -> None:
        share = self._area.width() / len(figures)
        for index, each in enumerate(figures):
            at = QPointF(self._area.left() + index * share, self._y)
            label = tr("Pain: {label}", label=each.label.lower())
            Paragraph(label, font(78), share).paint(self._painter, at, MUTED)
            known = each.value != NOT_RECORDED
            value = Paragraph(each.value, font(210, 700) if known else font(90), share)
            value.paint(
                self._painter, at + QPointF(0, 95 if known else 140), INK if known else MUTED
            )
            when = at + QPointF(0, 345)
            Paragraph(each.when, font(72), share).paint(self._painter, when, MUTED)
        self._y += 500

    def _fitting(self, parts: tuple[Part, ...], room: float) -> list[_Rows]:
        """The parts in as many lines as there is room for: long notes are cut, not the page."""
        facts = [fact for part in parts for fact in part.facts]
        texts = [self._cut(each, 1) for each in facts]
        room -= sum(self._height(each) for each in texts) + len(parts) * _HEADING
        for most in range(2, _LINES_MOST + 1):
            for index, fact in enumerate(facts):
                text = self._cut(fact, most)
                more = self._height(text) - self._height(texts[index])
                if more <= room:
                    texts[index] = text
                    room -= more
        left = iter(texts)
        return [_Rows(part, tuple(next(left) for _ in part.facts)) for part in parts]

    def _cut(self, fact: Fact, most: int) -> str:
        return fitted(fact.items, font(85), self._area.width() - _LABEL, most)

    def _height(self, text: str) -> float:
        said = Paragraph(text or NOT_RECORDED, font(85), self._area.width() - _LABEL)
        return said.height + _FACT_GAP

    def _rows(self, rows: _Rows) -> None:
        self._rule(self._y)
        self._y += 45
        heading = Paragraph(rows.part.heading, font(92, 700), self._area.width())
        self._y += heading.paint(self._painter, self._at()) + 15
        for fact, text in zip(rows.part.facts, rows.texts, strict=True):
            self._row(fact, text)
        self._y += 35

    def _row(self, fact: Fact, text: str) -> None:
        Paragraph(fact.label, font(85), _LABEL - 60).paint(self._painter, self._at(), MUTED)
        value = Paragraph(text or NOT_RECORDED, font(85), self._area.width() - _LABEL)
        at = self._at() + QPointF(_LABEL, 0)
        self._y += value.paint(self._painter, at, INK if text else MUTED) + _FACT_GAP

    def _rule(self, y: float) -> None:
        pen = QPen(_RULE)
        pen.setWidthF(5)
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(self._area.left(), y), QPointF(self._area.right(), y))

    def _at(self, down: float = 0.0) -> QPointF:
        return QPointF(self._area.left(), self._y + down)
