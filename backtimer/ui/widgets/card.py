"""A card: a bordered surface with round corners, a heading and whatever is put on it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.paint import fill_rounded

_RADIUS = 16
_PADDING = 20


class Line(QFrame):
    """A thin line between the rows of a card."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one line is cheap
        """Paint it in the colour of borders."""
        painter = QPainter(self)
        fill_rounded(painter, QRectF(self.rect()), 0, self._theme.colors.border)
        painter.end()


class Card(QFrame):
    """A surface. Put widgets and layouts into `body`, a QVBoxLayout.

    title: the heading at the left; also the card's accessible name. note: beside it, at the
    right; `set_note(text)` and `set_title(text)` change them. Without both there is no heading.
    """

    def __init__(
        self, theme: Theme, title: str = "", note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.body = QVBoxLayout(self)
        pad = theme.px(_PADDING) + 1
        self.body.setContentsMargins(pad, pad, pad, pad)
        self.body.setSpacing(theme.px(12))
        self._title: Label | None = None
        self._note: Label | None = None
        if title or note:
            self._add_heading(title, note)

    def set_title(self, title: str) -> None:
        """Change the heading of a card that was made with one."""
        assert self._title is not None
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """Change what stands beside the heading of a card that was made with one."""
        assert self._note is not None
        self._note.setText(note)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a clipped fill is cheap
        """Paint the border and, inside it, the surface."""
        theme = self._theme
        rect = QRectF(self.rect())
        radius = theme.px(_RADIUS)
        painter = QPainter(self)
        fill_rounded(painter, rect, radius, theme.colors.border)
        fill_rounded(painter, rect.adjusted(1, 1, -1, -1), radius - 1, theme.colors.card)
        painter.end()

    def _add_heading(self, title: str, note: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(12))
        self._title = Label(self._theme, title, role=Text.SMALL, muted=True)
        self._note = Label(self._theme, note, role=Text.SMALL, muted=True)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._note)
        self.body.addLayout(row)
        self.setAccessibleName(title)
