"""The page before an episode: one button, and what it will do."""

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backtimer.domain.view import View
from backtimer.domain.words import tr
from backtimer.ui.offers import how_to_begin, main_button
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.tones import modality_icon, modality_tone
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.card import Card
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.scroll import ScrollPage
from backtimer.ui.widgets.stop_row import TextButton

_NAME_MOST = 24  # letters of the name of a routine, which may have 40
_ALIGN_CENTER = 0x84  # Qt.AlignmentFlag.AlignCenter, by number for the reason in `ui/theme.py`


class IdlePage(ScrollPage):
    """`show_view` and `show_routine` put it right.

    Signals: `start()` and `began_earlier()` are pressed; `routine_asked()`, another is wanted.
    """

    start = Signal()
    began_earlier = Signal()
    routine_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        page = QWidget()
        super().__init__(theme, page)
        px = theme.px
        self._icon = _LargeIcon(theme)
        self.main = PillButton(theme, primary=True, large=True)
        self.main.clicked.connect(self.start)
        earlier = PillButton(theme, tr("It began earlier…"))
        earlier.clicked.connect(self.began_earlier)
        self.routine = TextButton(theme, tone=Tone.NEUTRAL)
        self.routine.clicked.connect(self.routine_asked)
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
        for buttons in ((self.main,), (earlier, self.routine)):
            row = FlowLayout(px(8), share=0.5)
            for button in buttons:
                row.addWidget(button)
            card.body.addLayout(row)
        card.body.addStretch(3)
        card.body.addWidget(note)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(px(28), px(16), px(28), px(24))
        layout.addWidget(card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """However low the window is: the button is in sight."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.main))

    def show_view(self, view: View) -> None:
        """Offer what a start would begin with."""
        self.main.setText(main_button(view).label)
        self._how.setText(how_to_begin(view.offered))
        self.main.set_tone(modality_tone(view.offered))
        self._icon.show_icon(modality_icon(view.offered), modality_tone(view.offered))

    def show_routine(self, name: str) -> None:
        """Name the routine by which it would begin: it stays from one episode to the next."""
        short = name if len(name) <= _NAME_MOST else name[: _NAME_MOST - 1] + "…"
        self.routine.setText(tr("Routine: {name}…", name=short.removesuffix("…")))
        self.routine.setAccessibleName(tr("Routine: {name}. Change", name=name))
        self.routine.updateGeometry()


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
        """Half as large where a window is low."""
        return self.sizeHint() / 2

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint the icon in the middle."""
        side = float(min(self.height(), self._theme.px(72)))
        rect = QRectF((self.width() - side) / 2, 0, side, side)
        painter = QPainter(self)
        paint_icon(painter, self._icon, rect, self._theme.tone(self._tone).accent)
        painter.end()
