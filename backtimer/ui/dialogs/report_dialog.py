"""The report for a doctor as it will look on paper: to be saved or printed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPageLayout, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from backtimer.domain.doctor_report import DoctorReport
from backtimer.domain.words import tr
from backtimer.reports.pdf import Paper, draw, picture
from backtimer.ui.dialogs.shape import answers, size_over
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.scroll import ScrollPage

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_WIDTH, _HEIGHT = 700, 860
_PAPER_UNITS_PER_INCH = 720


class ReportDialog(QDialog):
    """Shows `report`. Signal `save_asked()`: it is to be saved as a file."""

    save_asked = Signal()

    def __init__(self, theme: Theme, report: DoctorReport, paper: Paper, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._report = report
        self._paper = paper
        self.setWindowTitle(tr("Report for my doctor"))
        self.save = PillButton(theme, tr("Save…"), primary=True)
        self.print = PillButton(theme, tr("Print…"))
        self.leave = PillButton(theme, tr("Close"))
        self._sheet = QLabel()
        self._sheet.setAccessibleName(_in_words(report))
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._shown_width = 0
        self.save.setDefault(True)
        self.save.clicked.connect(self.save_asked)
        self.print.clicked.connect(self._on_print)
        self.leave.clicked.connect(self.reject)
        self._lay_out()
        self.resize(self.sizeHint())
        self.save.setFocus()

    def sizeHint(self) -> QSize:
        """A page that can be read, not larger than the window it is over."""
        return size_over(self, self._theme, _WIDTH, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the width with the page."""
        super().resizeEvent(event)
        width = self._area.viewport().width() - 2 * self._theme.px(20)
        if width > 0 and width != self._shown_width:
            self._shown_width = width
            ratio = self.devicePixelRatioF()
            page = QPixmap.fromImage(picture(self._report, self._paper, round(width * ratio)))
            page.setDevicePixelRatio(ratio)
            self._sheet.setPixmap(page)

    def _lay_out(self) -> None:
        px = self._theme.px
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(px(20), px(20), px(20), px(20))
        inner.addWidget(self._sheet)
        self._area = ScrollPage(self._theme, page)
        self._sheet.setMinimumWidth(px(100))
        foot = QVBoxLayout()
        foot.setContentsMargins(px(20), px(12), px(20), px(18))
        foot.addLayout(answers(self._theme, self.save, self.print, self.leave))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area, 1)
        layout.addLayout(foot)

    def _on_print(self) -> None:
        # Here, as it takes long to import and is seldom needed.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(self._paper.page_size)
        printer.setDocName(self._report.title)
        dialog = QPrintDialog(printer, self)
        # Its own `accepted` and `open` have other arguments.
        dialog.finished.connect(lambda result: self._print_on(printer) if result else None)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def _print_on(self, printer: "QPrinter") -> None:
        printer.setFullPage(True)
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        painter = QPainter(printer)
        scale = printer.resolution() / _PAPER_UNITS_PER_INCH
        painter.scale(scale, scale)
        draw(painter, self._report, self._paper)
        painter.end()


def _in_words(report: DoctorReport) -> str:
    """The page for whoever cannot see it."""
    lines = [report.title, report.began, *report.signs, report.chart.words]
    for part in report.parts:
        for fact in part.facts:
            said = "; ".join(fact.items) or tr("not recorded")
            lines.append(tr("{label}: {said}", label=fact.label, said=said))
    return ". ".join(lines)
