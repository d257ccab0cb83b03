"""The page of the record: pain over time, every session and entry, and the ways out of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from backtimer.domain.clock import DAY_S
from backtimer.domain.doctor_report import doctor_report
from backtimer.domain.journal_lines import Line
from backtimer.domain.pain_chart import Zoom
from backtimer.domain.ports import Clock, Exporting
from backtimer.domain.view import View
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.ui.exporting import KINDS, FileExport
from backtimer.ui.journal.cards import ChartCard, TableCard
from backtimer.ui.journal.editing import Editing
from backtimer.ui.journal.reading import Reading
from backtimer.ui.journal.writing import Writing
from backtimer.ui.theme import Text, Theme, Tone, form_style_sheet
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.banner import Banner
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.scroll import ScrollPage

_HEAD_PX = 620  # from this width on the buttons stand beside the title


class JournalPage(QWidget):
    """Shows the record while it is seen; files are written with what `give` brings.

    What has to be said stands below the part that scrolls, so that it is always in sight.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        care: CareService,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._care = care
        self._clock = clock
        self.reading = Reading(care=care, clock=clock)
        self.writing = Writing(care, told_with=self.reading.told_with)
        self.editing = Editing(
            theme, care=care, clock=clock, reading=self.reading, writing=self.writing, over=self
        )
        self.files = FileExport(self)
        self.add = PillButton(theme, tr("Add entry"))
        self.export = PillButton(theme, tr("Export"))
        self.report = PillButton(theme, tr("Report for my doctor"), primary=True)
        self.banner = Banner(theme)
        self._foot = QWidget()
        self.chart_card = ChartCard(theme)
        self.table_card = TableCard(theme)
        page = QWidget()
        self.scrolled = ScrollPage(theme, page)
        self._lay_out(page)
        self._connect()
        self._dress()
        self.export.setEnabled(False)

    def give(self, exporting: Exporting) -> None:
        """Write files with `exporting` from now on."""
        self.files.give(exporting)
        self.export.setEnabled(True)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what there is by now."""
        super().showEvent(event)
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take back what was said: on another visit it would be old."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._say_nothing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put beside each other what has room."""
        super().resizeEvent(event)
        # As if there were a scroll bar: its coming and going moves nothing.
        width = self.width() - self.scrolled.verticalScrollBar().sizeHint().width()
        beside = width >= self._theme.px(_HEAD_PX)
        direction = QBoxLayout.Direction
        self._head.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        for card in (self.chart_card, self.table_card):
            card.fit(width - 2 * self._theme.px(48))

    # --- showing ---

    def _on_changed(self, _view: View) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self.reading.begin(with_earlier=self.chart_card.zoom is Zoom.ALL)

    def _show(self) -> None:
        reading, now, zoom = self.reading, self._clock.now(), self.chart_card.zoom
        shown = reading.told if zoom is Zoom.ALL else reading.told[-1:]
        self.chart_card.show_told(shown, now, is_open=reading.is_open)
        self.table_card.show_lines(self._wanted(zoom), now)

    def _wanted(self, zoom: Zoom) -> list[Line]:
        reading = self.reading
        if zoom is Zoom.ALL:
            return reading.lines
        if zoom is Zoom.EPISODE or not reading.told:
            return reading.last_lines
        from_s = reading.told[-1][1].wall.timestamp() - DAY_S
        return [each for each in reading.last_lines if each.at.wall.timestamp() >= from_s]

    def _dress(self) -> None:
        self.setStyleSheet(form_style_sheet(self._theme))

    # --- entries ---

    def _on_written(self, done: str) -> None:
        self._say(done, icon="check", action=tr("Undo"))

    def _on_undone(self) -> None:
        if any(each.hasFocus() for each in self.banner.findChildren(QWidget)):
            # Its button may go: the keyboard returns to the list.
            self.table_card.table.setFocus()
        more = tr("Undo one more") if self.writing.can_undo else ""
        self._say(tr("Undone."), icon="check", action=more)

    def _say(
        self, sentence: str, tone: Tone = Tone.NEUTRAL, *, icon: str = "info", action: str = ""
    ) -> None:
        self._foot.show()
        self.banner.show_message(sentence, tone=tone, icon=icon, action=action)
        announce(self.banner, sentence)

    def _say_nothing(self) -> None:
        self.banner.dismiss()
        self._foot.hide()

    def _on_refused(self, sentence: str) -> None:
        self._say(sentence, Tone.OVERDUE)

    # --- out of the program ---

    def _on_export(self) -> None:
        kinds = tuple(KINDS) if self._care.episode.onset else ("csv", "json", "pdf")
        self.files.ask(self._clock.now().wall.date(), *kinds)

    def _on_report(self) -> None:
        from backtimer.reports.pdf import usual_paper
        from backtimer.ui.dialogs.report_dialog import ReportDialog

        # First: what goes on is told up to the moment at which it is read.
        now = self._clock.now()
        self.reading.begin(with_earlier=True)
        self.reading.finish()
        *earlier, (episode, until) = self.reading.told or ((self._care.episode, now),)
        report = doctor_report(episode, until, now, [each for each, _ in earlier])
        dialog = ReportDialog(self._theme, report, usual_paper(), self.window())
        dialog.save_asked.connect(lambda: self.files.ask(now.wall.date(), "pdf"))
        self.files.done.connect(dialog.accept)
        self.files.failed.connect(dialog.reject)
        dialog.save.setEnabled(self.files.can_write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_writing_file(self) -> None:
        self.export.setEnabled(False)
        self._say(tr("Writing…"))

    def _on_file_done(self, sentence: str) -> None:
        self.export.setEnabled(True)
        fault = self._care.fault
        self._say(tr("{done} {fault}", done=sentence, fault=fault) if fault else sentence)

    def _on_file_failed(self, sentence: str) -> None:
        self.export.setEnabled(True)
        self._on_refused(sentence)

    # --- building ---

    def _connect(self) -> None:
        self._theme.changed.connect(self._dress)
        self._care.changed.connect(self._on_changed)
        self.reading.done.connect(self._show)
        self.chart_card.zoomed.connect(self._read)
        self.writing.written.connect(self._on_written)
        self.writing.undone.connect(self._on_undone)
        self.writing.refused.connect(self._on_refused)
        self.banner.closed.connect(self._say_nothing)
        self.banner.acted.connect(self.writing.undo)
        self.add.clicked.connect(self.editing.add)
        self.export.clicked.connect(self._on_export)
        self.report.clicked.connect(self._on_report)
        self.table_card.table.edit_asked.connect(self.editing.edit)
        self.table_card.table.withdraw_asked.connect(self.editing.withdraw)
        self.files.begun.connect(self._on_writing_file)
        self.files.done.connect(self._on_file_done)
        self.files.failed.connect(self._on_file_failed)
        for keys, act in (
            (QKeySequence.StandardKey.Undo, self.writing.undo),
            (QKeySequence.StandardKey.New, self.editing.add),
            (QKeySequence.StandardKey.Find, self.table_card.search.setFocus),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _lay_out(self, page: QWidget) -> None:
        theme, px = self._theme, self._theme.px
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(px(10))
        self._head.addWidget(Label(theme, tr("Journal"), role=Text.TITLE))
        self._head.addStretch(1)
        buttons = FlowLayout(px(10))
        for each in (self.add, self.export, self.report):
            buttons.addWidget(each)
        self._head.addLayout(buttons)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(px(28), px(24), px(28), px(24))
        layout.setSpacing(px(18))
        layout.addLayout(self._head)
        layout.addWidget(self.chart_card)
        layout.addWidget(self.table_card, 1)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(px(28), px(8), px(28), px(12))
        foot.addWidget(self.banner)
        self._foot.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.scrolled, 1)
        whole.addWidget(self._foot)
