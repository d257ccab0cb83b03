"""The page before an episode: one button, and what it will do."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backtimer.domain.view import View
from backtimer.domain.words import tr
from backtimer.ui.offers import how_to_begin, main_button
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.tones import modality_icon, modality_tone
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.card import Card
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.label import Label

_ALIGN_CENTER = 0x84  # Qt.AlignmentFlag.AlignCenter, by number for the reason in `ui/theme.py`


class IdlePage(QWidget):
    """`start` and `began_earlier` are pressed; `show_view` puts it right."""

    start = Signal()
    began_earlier = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._icon = _LargeIcon(theme)
        self.main = PillButton(theme, primary=True, large=True)
        self.main.clicked.connect(self.start)
        earlier = PillButton(theme, tr("It began earlier…"))
        earlier.clicked.connect(self.began_earlier)
        title = _centered(
            Label(theme, tr("Has your back gone into spasm?"), role=Text.TITLE, wrap=True)
        )
        self._how = _centered(Label(theme, muted=True, wrap=True))
        then = tr("Backtimer tells you when to take it off, and when to put it on again.")
        note = _centered(
            Label(
                theme,
                tr("A timer and a diary. It does not replace a doctor."),
                role=Text.CAPTION,
                muted=True,
                wrap=True,
            )
        )
        card = Card(theme)
        card.body.setSpacing(px(8))
        card.body.addStretch(2)
        card.body.addWidget(self._icon)
        card.body.addSpacing(px(8))
        card.body.addWidget(title)
        card.body.addSpacing(px(4))
        card.body.addWidget(self._how)
        card.body.addWidget(_centered(Label(theme, then, muted=True, wrap=True)))
        card.body.addSpacing(px(10))
        for button in (self.main, earlier):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(button)
            row.addStretch(1)
            card.body.addLayout(row)
        card.body.addStretch(3)
        card.body.addWidget(note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(28), px(16), px(28), px(24))
        layout.addWidget(card)

    def show_view(self, view: View) -> None:
        """Offer what a start would begin with."""
        self.main.setText(main_button(view).label)
        self._how.setText(how_to_begin(view.offered))
        self.main.set_tone(modality_tone(view.offered))
        self._icon.show_icon(modality_icon(view.offered), modality_tone(view.offered))


def _centered(label: Label) -> Label:
    label.setProperty("alignment", _ALIGN_CENTER)
    return label


class _LargeIcon(QWidget):
    """The pack, as large as a friendly picture."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = "ice"
        self._tone = Tone.ICE

    def show_icon(self, icon: str, tone: Tone) -> None:
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(72)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint the icon in the middle."""
        side = float(min(self.height(), self._theme.px(72)))
        rect = QRectF((self.width() - side) / 2, 0, side, side)
        painter = QPainter(self)
        paint_icon(painter, self._icon, rect, self._theme.tone(self._tone).accent)
        painter.end()
