"""The two cards of the journal: the picture of the pain, and the table below it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from backtimer.domain.clock import Moment
from backtimer.domain.episode import Episode
from backtimer.domain.journal_lines import Line, Shown, sifted
from backtimer.domain.pain_chart import Zoom, chart
from backtimer.domain.words import tr
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.card import Card
from backtimer.ui.widgets.journal_table import JournalTable
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.pain_chart import PainChart
from backtimer.ui.widgets.segments import Segments

_TABLE_HEIGHT = 250

Told = tuple[tuple[Episode, Moment], ...]


class _Row(QWidget):
    """Two things beside each other where there is room, else below each other."""

    def __init__(self, theme: Theme, left: QWidget, right: QWidget, *, below_px: int) -> None:
        super().__init__()
        self._below = theme.px(below_px)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(8))
        self._box.addWidget(left)
        self._box.addWidget(right)

    def fit(self, width: int) -> None:
        """Stand as a card of `width` needs it."""
        direction = QBoxLayout.Direction
        beside = width >= self._below
        self._box.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of both."""
        return QSize(0, super().minimumSizeHint().height())


class ChartCard(Card):
    """The picture. Signal `zoomed()`: another length of time is wanted, `zoom` tells which."""

    zoomed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.chart = PainChart(theme)
        words = {Zoom.DAY: tr("Day"), Zoom.EPISODE: tr("Episode"), Zoom.ALL: tr("All")}
        order = (Zoom.DAY, Zoom.EPISODE, Zoom.ALL)
        self.zooms = Segments(
            theme, [(each, words[each]) for each in order], name=tr("How much time is shown")
        )
        self.zooms.choose(Zoom.EPISODE)
        self._which = Label(theme, role=Text.SMALL, muted=True)
        self._change = Label(theme, role=Text.STRONG)
        self._row = _Row(theme, self._which, self.zooms, below_px=380)
        box = self._row.layout()
        assert isinstance(box, QBoxLayout)
        box.insertWidget(1, self._change, 1)
        self.body.addWidget(self._row)
        self.body.addWidget(self.chart, 1)
        self.zooms.chosen.connect(self.zoomed)
        self.chart.zoom_asked.connect(self._on_zoom_asked)

    @property
    def zoom(self) -> Zoom:
        """How much is shown."""
        return Zoom(self.zooms.key())

    def show_told(self, told: Told, now: Moment, *, is_open: bool) -> None:
        """Show the pain of `told`."""
        shown = chart(told, now, self.zoom)
        self.chart.show_chart(shown, now.wall)
        self._change.setText(shown.note)
        self._change.setAccessibleName(tr("Pain {note}", note=shown.note) if shown.note else "")
        words = {
            Zoom.DAY: tr("Pain, 24 hours") if is_open else tr("Pain, last day of the last episode"),
            Zoom.EPISODE: tr("Pain, this episode") if is_open else tr("Pain, last episode"),
            Zoom.ALL: tr("Pain, all episodes"),
        }
        self._which.setText(words[self.zoom] if told else tr("Pain"))

    def fit(self, width: int) -> None:
        """Stand as a card of `width` needs it."""
        self._row.fit(width)

    def _on_zoom_asked(self, closer: int) -> None:
        order = list(self.zooms.buttons)
        at = order.index(self.zoom) - closer
        if 0 <= at < len(order):
            self.zooms.buttons[order[at]].setChecked(True)


class TableCard(Card):
    """The table, with what is wanted of it above."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._lines: list[Line] = []
        self._now: Moment | None = None
        self.table = JournalTable(theme)
        self.table.setMinimumHeight(theme.px(_TABLE_HEIGHT))
        words = {
            Shown.ALL: tr("All"),
            Shown.SESSIONS: tr("Sessions"),
            Shown.PAIN: tr("Pain"),
            Shown.ENTRIES: tr("Entries"),
        }
        self.shown = Segments(theme, list(words.items()), name=tr("Which lines are shown"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(200)
        self._row = _Row(theme, self.shown, self.search, below_px=460)
        box = self._row.layout()
        assert isinstance(box, QBoxLayout)
        box.insertStretch(1)
        self.search.setMaximumWidth(theme.px(260))
        self._empty = Label(theme, tr("Nothing to show."), muted=True)
        self.body.addWidget(self._row)
        hint = tr("Enter or a double click corrects a line, Delete takes it back.")
        self._hint = Label(theme, hint, role=Text.SMALL, muted=True, wrap=True)
        # Above the lines: at the foot of the page it would be out of sight.
        self.body.addWidget(self._hint)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.table, 1)
        self.shown.chosen.connect(self._sift)
        self.search.textChanged.connect(self._sift)

    def show_lines(self, lines: list[Line], now: Moment) -> None:
        """Show those of `lines` that are wanted."""
        self._lines, self._now = lines, now
        self._sift()

    def fit(self, width: int) -> None:
        """Stand as a card of `width` needs it."""
        self._row.fit(width)

    def _sift(self) -> None:
        if self._now is None:
            return
        wanted = sifted(self._lines, Shown(self.shown.key()), self.search.text())
        before = self.table.line
        self.table.journal.show_lines(wanted, self._now.wall)
        self._empty.setVisible(not wanted)
        self._hint.setVisible(bool(wanted))
        self._empty.setText(
            tr("Nothing found.") if self._lines else tr("Nothing is written down yet.")
        )
        self._go_back_to(before, wanted)

    def _go_back_to(self, before: Line | None, wanted: list[Line]) -> None:
        """Keep the keyboard on the line where it was, which may read otherwise now."""
        if before is None or self.table.currentIndex().isValid():
            return
        row = next((n for n, each in enumerate(wanted) if each.key == before.key), None)
        if row is not None:
            self.table.selectRow(row)
