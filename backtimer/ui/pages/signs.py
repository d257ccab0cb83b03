"""The page of warning signs: what is an emergency, what needs a doctor today. It never scores."""

from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from backtimer.domain.clock import Moment
from backtimer.domain.events import Topic
from backtimer.domain.signs import (
    CALL_EMERGENCY,
    CALL_TODAY,
    IF_NOT_BETTER,
    NO_VERDICT,
    Sign,
    Tier,
    advice,
    of_tier,
    sources,
)
from backtimer.domain.words import tr
from backtimer.ui.actions import Actions
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.card import Card, Line
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.scroll import ScrollPage
from backtimer.ui.widgets.tick import TickRow
from backtimer.ui.widgets.tip import Tip

_WIDE_PX = 620  # two columns of signs from this width on
_TONES = {Tier.EMERGENCY: Tone.OVERDUE, Tier.TODAY: Tone.HEAT}


class SignsPage(QWidget):
    """What is ticked shows its advice at once, above all else, and is written into the diary."""

    def __init__(self, theme: Theme, *, actions: Actions) -> None:
        super().__init__()
        self._theme = theme
        self._actions = actions
        self._looked: Moment | None = None
        self._rows: dict[str, TickRow] = {}
        self._grids: list[tuple[QGridLayout, list[TickRow]]] = []
        self._wide: bool | None = None
        self._advice = Tip(theme, large=True)
        self._lay_out()
        self._show_advice()

    def ticked(self) -> list[str]:
        """The keys of the signs that are ticked on the screen."""
        return [key for key, row in self._rows.items() if row.is_ticked]

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever sees it looks through it: it need not be offered for what is known by now."""
        super().showEvent(event)
        looked = self._actions.see_signs()
        if self._looked and looked.wall.date() != self._looked.wall.date():
            # What was ticked on another day is in the diary; today's look begins afresh.
            for row in self._rows.values():
                row.set_ticked(False)
        self._looked = looked

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns of signs where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= self._theme.px(_WIDE_PX)
        if wide is not self._wide:
            self._wide = wide
            for grid, rows in self._grids:
                _fill(grid, rows, columns=2 if wide else 1)

    def _on_toggled(self, sign: Sign, ticked: bool) -> None:  # noqa: FBT001  the signal's
        if ticked:
            self._actions.log(Topic.SIGN, sign.key)
        self._show_advice()
        if ticked:
            announce(self, " ".join(advice([sign.key])))

    def _show_advice(self) -> None:
        """The most urgent of what is ticked, and nothing where nothing is."""
        told = advice(self.ticked())
        self._advice.setVisible(bool(told))
        if told:
            tier = Tier.EMERGENCY if told[0] == CALL_EMERGENCY else Tier.TODAY
            self._advice.set_tip(_TONES[tier], told[0])

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        head = QVBoxLayout()
        head.setContentsMargins(px(28), px(16), px(28), px(14))
        head.setSpacing(px(6))
        head.addWidget(Label(theme, tr("Warning signs"), role=Text.TITLE))
        head.addWidget(Label(theme, NO_VERDICT, muted=True, wrap=True))
        head.addWidget(self._advice)
        page = QWidget()
        body = QVBoxLayout(page)
        body.setContentsMargins(px(28), 0, px(28), px(24))
        body.setSpacing(px(16))
        body.addWidget(self._group(Tier.EMERGENCY, CALL_EMERGENCY))
        body.addWidget(self._group(Tier.TODAY, CALL_TODAY))
        later = Card(theme, tr("If it does not get better"))
        later.body.addWidget(Label(theme, IF_NOT_BETTER, wrap=True))
        body.addWidget(later)
        named = tr("From: {sources}", sources="; ".join(sources()))
        body.addWidget(Label(theme, named, role=Text.CAPTION, muted=True, wrap=True))
        body.addStretch(1)
        scroll = ScrollPage(theme, page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._edge_of(scroll))
        layout.addWidget(scroll, 1)

    def _edge_of(self, scroll: ScrollPage) -> Line:
        """A line under which the list goes, once it is scrolled: a row is not just cut."""
        edge = Line(self._theme)
        policy = edge.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        edge.setSizePolicy(policy)
        edge.hide()
        scroll.verticalScrollBar().valueChanged.connect(lambda at: edge.setVisible(at > 0))
        self._edge = edge
        return edge

    def _group(self, tier: Tier, words: str) -> Card:
        theme = self._theme
        card = Card(theme)
        card.setAccessibleName(words)
        title = Label(theme, words, role=Text.TITLE, wrap=True)
        if tier is Tier.EMERGENCY:
            title.setForegroundRole(QPalette.ColorRole.BrightText)
        card.body.addWidget(title)
        card.body.addWidget(Label(theme, tr("If you have any one of these:"), muted=True))
        rows = []
        for sign in of_tier(tier):
            row = TickRow(theme, sign.words, tone=_TONES[tier])
            row.toggled.connect(lambda ticked, sign=sign: self._on_toggled(sign, ticked))
            self._rows[sign.key] = row
            rows.append(row)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(20))
        grid.setVerticalSpacing(theme.px(2))
        self._grids.append((grid, rows))
        card.body.addLayout(grid)
        return card


def _fill(grid: QGridLayout, rows: list[TickRow], *, columns: int) -> None:
    """Put the rows one below the other, column by column."""
    for row in rows:
        grid.removeWidget(row)
    height = -(-len(rows) // columns)
    for index, row in enumerate(rows):
        grid.addWidget(row, index % height, index // height)
    for column in range(2):
        grid.setColumnStretch(column, 1 if column < columns else 0)
