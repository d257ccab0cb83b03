"""A tip: a softly coloured card with a bold first line and a line or two below."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.paint import fill_rounded

_RADIUS = 16


class Tip(QFrame):
    """`set_tip(tone, first, second)` changes all of it; an empty second line takes no room.

    large: the first line is as large as a title.
    """

    def __init__(
        self,
        theme: Theme,
        tone: Tone = Tone.NEUTRAL,
        first: str = "",
        second: str = "",
        *,
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = tone
        self._first = Label(theme, role=Text.TITLE if large else Text.STRONG, wrap=True)
        self._second = Label(theme, role=Text.TIP, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        layout.setSpacing(theme.px(3))
        layout.addWidget(self._first)
        layout.addWidget(self._second)
        self.set_tip(tone, first, second)

    def set_tip(self, tone: Tone, first: str, second: str = "") -> None:
        """Show another tip."""
        self._tone = tone
        self._first.setText(first)
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a clipped fill is cheap
        """Paint the ground."""
        painter = QPainter(self)
        soft = self._theme.tone(self._tone).soft
        fill_rounded(painter, QRectF(self.rect()), self._theme.px(_RADIUS), soft)
        painter.end()
