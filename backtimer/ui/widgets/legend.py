"""What the shapes of a chart mean: each beside its word."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from backtimer.domain.words import tr
from backtimer.ui.colors import Tone
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.session_bar import BarLook, paint_session

_SWATCH_WIDTH, _SWATCH_HEIGHT = 7, 20

LegendEntry = tuple[BarLook, Tone, str]


class Legend(QWidget):
    """`show_entries` shows each look with its word, in as many rows as it takes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(theme.px(16), parent=self)
        self._shown: list[LegendEntry] = []

    def show_entries(self, entries: Sequence[LegendEntry]) -> None:
        """Show these and nothing else."""
        if list(entries) == self._shown:
            return
        self._shown = list(entries)
        while (item := self._flow.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for look, tone, word in entries:
            self._flow.addWidget(self._entry(look, tone, word))
        self.setAccessibleName(tr(", ").join(word for *_, word in entries))

    def _entry(self, look: BarLook, tone: Tone, word: str) -> QWidget:
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(7))
        row.addWidget(_Swatch(self._theme, look, tone))
        row.addWidget(Label(self._theme, word, role=Text.SMALL, muted=True))
        return entry


class _Swatch(QWidget):
    """The look of a bar, small."""

    def __init__(self, theme: Theme, look: BarLook, tone: Tone) -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self._tone = tone
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_SWATCH_WIDTH), self._theme.px(_SWATCH_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint it."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        paint_session(painter, self._theme, rect, look=self._look, tone=self._tone)
        painter.end()
