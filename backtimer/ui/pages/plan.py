"""The page of the plan: days as rows, what is done, what is to come, and when heat takes over."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QToolTip, QVBoxLayout, QWidget

from backtimer.domain.days import plan_of_days
from backtimer.domain.ports import Clock, Exporting
from backtimer.domain.protocol_words import in_words
from backtimer.domain.settings import Settings
from backtimer.domain.view import View
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService
from backtimer.ui.exporting import FileExport
from backtimer.ui.pages.plan_days import legend, minute_of, row_days
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.card import Card
from backtimer.ui.widgets.day_row import DayRow
from backtimer.ui.widgets.days_chart import DaysChart
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.legend import Legend
from backtimer.ui.widgets.scroll import ScrollPage

_WIDE_PX = 620  # from this width on the routine's words stand beside the title


class PlanPage(ScrollPage):
    """Listens to `care` itself, and paints only while it is seen.

    Signals: `quiet_asked()`, the quiet hours are to be set; `routine_asked()`, another routine.
    """

    quiet_asked = Signal()
    routine_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        care: CareService,
        settings: SettingsService,
        clock: Clock,
    ) -> None:
        page = QWidget()
        super().__init__(theme, page)
        self._theme = theme
        self._care = care
        self._settings = settings
        self._clock = clock
        self.file = FileExport(self)
        self._shown: tuple[View, Settings, datetime] | None = None
        self._routine = Label(theme, muted=True, wrap=True)
        self._assumed = Label(theme, tr("If you start now"), role=Text.SMALL, muted=True)
        self.chart = DaysChart(theme)
        self._legend = Legend(theme)
        self._words = Label(theme, role=Text.SMALL, wrap=True)
        self._told = Label(theme, role=Text.SMALL, wrap=True)
        self.calendar = PillButton(theme, tr("Add to calendar"))
        self.quiet = PillButton(theme)
        self.change = PillButton(theme, tr("Change routine…"))
        self._lay_out(page)
        self._connect()

    def give(self, exporting: Exporting) -> None:
        """Let the plan be written into a file."""
        self.file.give(exporting)
        self._show_calendar()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what happened meanwhile."""
        super().showEvent(event)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The routine beside the title where there is room."""
        super().resizeEvent(event)
        wide = self.viewport().width() >= self._theme.px(_WIDE_PX)
        direction = QBoxLayout.Direction
        self._head.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        side = Qt.AlignmentFlag.AlignRight if wide else Qt.AlignmentFlag.AlignLeft
        self._routine.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._fit()

    def _fit(self) -> None:
        """Give the chart the height that the rest of the page leaves."""
        before = self.chart.sizeHint().height()
        others = self._page_layout.totalHeightForWidth(self.viewport().width()) - before
        self.chart.fit(self.viewport().height() - others)

    def _connect(self) -> None:
        self._care.changed.connect(self._on_changed)
        self._settings.changed.connect(self._on_changed)
        self.chart.told.connect(self._on_told)
        self.chart.reached.connect(self._on_reached)
        self.calendar.clicked.connect(self._on_calendar)
        self.file.begun.connect(lambda: self.calendar.setEnabled(False))
        for told in (self.file.done, self.file.failed):
            told.connect(self._show_calendar)
            told.connect(self._say)
        self.quiet.clicked.connect(self.quiet_asked)
        self.change.clicked.connect(self.routine_asked)

    def _on_changed(self) -> None:
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        now, view, settings = self._clock.now(), self._care.view, self._settings.current
        # What is due and not begun moves with the time.
        shown = (view, settings, now.wall.replace(second=0, microsecond=0))
        if shown == self._shown:
            return
        self._shown = shown
        today = now.wall.date()
        days = plan_of_days(self._care.episode, now)
        self.chart.set_days(row_days(days, today), now_min=minute_of(now.wall, today))
        self._legend.show_entries(legend(days))
        self._routine.setText(in_words(self._care.episode.rules))
        self._assumed.setVisible(view.onset is None)
        self._show_quiet(settings)
        self._show_calendar()
        self._fit()

    def _show_quiet(self, settings: Settings) -> None:
        begin, end = settings.get("quiet_from"), settings.get("quiet_to")
        hours = tr("Quiet hours {begin}–{end}", begin=begin, end=end)
        self.quiet.setText(tr("No quiet hours") if begin == end else hours)
        self.quiet.updateGeometry()

    def _show_calendar(self) -> None:
        begun = self._care.view.onset is not None
        self.calendar.setEnabled(begun and self.file.can_write)
        self.calendar.setToolTip("" if begun else tr("Once you have started."))

    def _on_told(self, words: str) -> None:
        self._words.setText(words)
        self._foot.setCurrentWidget(self._words if words else self._legend)

    def _on_reached(self, row: DayRow) -> None:
        """Have what the keyboard came to in sight, and its words."""
        self.ensureWidgetVisible(row)
        if self._words.visibleRegion().isEmpty():
            QToolTip.showText(row.place(), self._words.text(), row)

    def _on_calendar(self) -> None:
        self.file.ask(self._clock.now().wall.date(), "ics")

    def _say(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))
        announce(self._told, text)

    def _lay_out(self, page: QWidget) -> None:
        theme, px = self._theme, self._theme.px
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(px(4))
        self._head.addWidget(Label(theme, tr("Plan"), role=Text.TITLE))
        self._head.addWidget(self._routine, 1)
        self._foot = QStackedWidget()
        self._foot.addWidget(self._legend)
        self._foot.addWidget(self._words)
        card = Card(theme)
        card.body.addWidget(self._assumed)
        card.body.addWidget(self.chart)
        card.body.addWidget(self._foot)
        self._told.hide()
        row = FlowLayout(px(10))
        for button in (self.calendar, self.quiet, self.change):
            row.addWidget(button)
        layout = self._page_layout = QVBoxLayout(page)
        layout.setContentsMargins(px(28), px(16), px(28), px(24))
        layout.setSpacing(px(18))
        layout.addLayout(self._head)
        layout.addWidget(card)
        layout.addLayout(row)
        layout.addWidget(self._told)
        layout.addStretch(1)
