"""A banner: a strip across the page with one sentence, and perhaps something to do about it."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from backtimer.domain.words import tr
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.widgets.button import IconButton, PillButton
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.paint import fill_rounded

_ICON = 20
_RADIUS = 12


class Banner(QFrame):
    """Hidden until `show_message(text, tone=…, icon=…, action=…)`; `dismiss()` hides it again.

    acted: the action button was pressed. closed: the person closed it (it is hidden already).
    """

    acted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = Tone.NEUTRAL
        self._icon = "info"
        self._label = Label(theme, role=Text.TIP, wrap=True)
        self._action = PillButton(theme)
        self._close = IconButton(theme, "close", tr("Close this message"))
        layout = QHBoxLayout(self)
        px = theme.px
        layout.setContentsMargins(px(14 + _ICON + 10), px(6), px(8), px(6))
        layout.setSpacing(px(8))
        layout.addWidget(self._label, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._action.clicked.connect(self._on_action_clicked)
        self._close.clicked.connect(self._on_close_clicked)
        self.hide()

    def show_message(
        self,
        text: str,
        *,
        tone: Tone = Tone.NEUTRAL,
        icon: str = "info",
        action: str = "",
    ) -> None:
        """Show a sentence, with a button when `action` has words for one."""
        self._tone = tone
        self._icon = icon
        self._label.setText(text)
        self._action.setText(action)
        self._action.set_tone(tone)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self.show()
        self.update()

    def dismiss(self) -> None:
        """Hide it, because what it said is no longer so."""
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a clipped fill is cheap
        """Paint the ground and the icon."""
        theme = self._theme
        tone = theme.tone(self._tone)
        rect = QRectF(self.rect())
        size = theme.px(_ICON)
        painter = QPainter(self)
        fill_rounded(painter, rect, theme.px(_RADIUS), tone.soft)
        place = QRectF(theme.px(14), rect.center().y() - size / 2, size, size)
        paint_icon(painter, self._icon, place, tone.accent)
        painter.end()

    def _on_action_clicked(self) -> None:
        self.acted.emit()

    def _on_close_clicked(self) -> None:
        self.hide()
        self.closed.emit()
