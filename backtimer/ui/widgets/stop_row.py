"""What ends a session at once because of how it feels: two quiet buttons, in sight all the time."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from backtimer.domain.view import Action, View
from backtimer.domain.words import tr
from backtimer.ui.offers import stop_buttons
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_rounded, outline_rounded
from backtimer.ui.widgets.painted import Painted

_HEIGHT = 34
_KEYS = {Action.STOP_HURTS: "H", Action.STOP_NUMB: "N"}


class StopRow(QWidget):
    """`show_view(view)` shows what is possible, and takes no room else; `pressed(Action)`."""

    pressed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = FlowLayout(theme.px(8), share=0.5, parent=self)
        self._buttons: dict[Action, TextButton] = {}
        for action, key in _KEYS.items():
            button = TextButton(theme)
            button.setToolTip(tr("Key {key}", key=key))
            button.clicked.connect(lambda _=False, action=action: self.pressed.emit(action))
            self._buttons[action] = button
            row.addWidget(button)
        self.hide()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What can be pressed."""
        return tuple(self._buttons.values())

    def show_view(self, view: View) -> None:
        """Offer what ends the session, while there is one."""
        offered = {each.action: each.label for each in stop_buttons(view)}
        for action, button in self._buttons.items():
            button.setText(offered.get(action, ""))
            button.setVisible(action in offered)
        self.setVisible(bool(offered))


class TextButton(Painted, QPushButton):
    """A small button that is words in a tone, with a ground under the pointer only."""

    def __init__(self, theme: Theme, text: str = "", *, tone: Tone = Tone.OVERDUE) -> None:
        super().__init__()
        self._theme = theme
        self._tone = tone
        self.setText(text)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        """Room for the words."""
        width = Lettering.of(self._theme, Text.CHOSEN).width(self.text())
        return QSize(round(width) + self._theme.px(24), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint the words, and a ground where it is used."""
        theme = self._theme
        tone = theme.tone(self._tone)
        rect = QRectF(self.rect())
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            fill_rounded(painter, rect, theme.px(10), self.shaded(tone.soft, tone.accent))
        else:
            outline_rounded(painter, rect, theme.px(10), theme.colors.border, width=theme.unit)
        if self.shows_focus():
            outline_rounded(painter, rect, theme.px(10), tone.accent, width=2 * theme.unit)
        Lettering.of(theme, Text.CHOSEN).paint(painter, rect, self.text(), tone.accent)
        painter.end()
