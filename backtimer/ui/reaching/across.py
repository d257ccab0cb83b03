"""The page to be read from across the room: phase, time and one action, all of it the button."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from backtimer.domain.clock import Moment
from backtimer.domain.phases import Phase
from backtimer.domain.view import Action, View
from backtimer.domain.words import tr
from backtimer.ui import formatting, offers
from backtimer.ui.colors import Tone, mixed
from backtimer.ui.theme import Theme
from backtimer.ui.tones import icon_of, tone_of
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.banner import Banner
from backtimer.ui.widgets.big_button import paint_pill, pill_width
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_rounded, outline_rounded
from backtimer.ui.widgets.sign import Inks, Sign, inks

# A second click that follows the first one this soon was not meant for another action.
GUARD_MS = 700

# As shares of the height below the banner.
_SIGN_TOP, _SIGN = 0.06, 0.64
_PILL_TOP, _PILL = 0.765, 0.13
_FOOT_Y, _FOOT = 0.955, 0.026
_LEAST_FOOT = 13  # design pixels

_PRESSES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class AcrossPage(QPushButton):
    """A click anywhere, Space and Enter are the one action, where it is possible.

    `banner` shows what else has to be said. Signals: `acted(Action)`; `left()` for Escape.
    """

    acted = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sign = Sign(theme)
        self._tone = Tone.NEUTRAL
        self._action: Action | None = None
        self._label = self._foot = ""
        self._is_possible = False
        self.banner = Banner(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), 0)
        layout.addWidget(self.banner)
        layout.addStretch(1)
        self._guard = QTimer(self, singleShot=True, interval=GUARD_MS)
        self.clicked.connect(self._on_clicked)

    def show_view(self, view: View, now: Moment) -> None:
        """Show what is going on; the time runs on with `show_time`."""
        button = offers.main_button(view)
        if button.action is not self._action:
            self._guard.start()
        self._action, self._label = button.action, button.label
        self._is_possible = button.action in view.allowed
        self._tone = tone_of(view)
        words, line = formatting.phase_words(view), formatting.then_line(view)
        # Where no time runs, a picture says more than a dash.
        counts = view.phase is Phase.DUE or view.until is not None or view.phase is Phase.REMOVE
        time = formatting.big_time(view, now) if counts else ""
        self._sign.show(words=words, time=time, line=line, icon=icon_of(view))
        self._foot = _foot(view)
        self._name(tr("{words}. {line}", words=words, line=line) if line else words)
        self.update()

    def show_time(self, view: View, now: Moment) -> None:
        """Show how the time goes on."""
        if not self._sign.time:
            return
        places = self._sign.changes(formatting.big_time(view, now))
        if places is None:
            self.update()
        for place in places or ():
            self.update(place)

    def sizeHint(self) -> QSize:
        """It takes what there is."""
        return QSize(self._theme.px(320), self._theme.px(240))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Everywhere but on the banner."""
        return self.rect().contains(pos) and self.childAt(pos) is None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take no notice of what comes too soon."""
        if not self._guard.isActive():
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the action as Space is; Escape leaves; digits are for the window."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif not self.hasFocus() or key not in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Space,
        ):
            event.ignore()
        elif not self._guard.isActive() and not event.isAutoRepeat():
            if key == Qt.Key.Key_Space:
                super().keyPressEvent(event)
            else:
                self.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, sign, the pill and the small line below."""
        theme, colors = self._theme, inks(self._theme, self._tone)
        painter = QPainter(self)
        fill_rounded(painter, QRectF(event.rect()), 0, colors.ground)
        room = self._room()
        place = QRectF(
            room.left(),
            room.top() + _SIGN_TOP * room.height(),
            room.width(),
            _SIGN * room.height(),
        )
        self._sign.paint(painter, place, event.rect(), colors)
        self._paint_pill(painter, room, colors)
        foot = QRectF(room.left(), 0, room.width(), _FOOT * room.height())
        foot.moveCenter(room.center())
        foot.moveTop(room.top() + _FOOT_Y * room.height() - foot.height() / 2)
        pixels = max(_FOOT * room.height(), _LEAST_FOOT * theme.unit)
        lettering = Lettering(theme, pixels, 400).fitting(self._foot, 0.92 * room.width())
        lettering.paint(painter, foot, self._foot, colors.line)
        painter.end()

    def _paint_pill(self, painter: QPainter, room: QRectF, colors: Inks) -> None:
        theme = self._theme
        height = _PILL * room.height()
        width = min(0.92 * room.width(), pill_width(theme, self._label, height))
        pill = QRectF(room.center().x() - width / 2, 0, width, height)
        pill.moveTop(room.top() + _PILL_TOP * room.height())
        if self._is_possible:
            ground = mixed(colors.button, colors.on_button, 0.16 if self.isDown() else 0)
            paint_pill(painter, theme, pill, self._label, ground=ground, ink=colors.on_button)
            return
        paint_pill(painter, theme, pill, self._label, ground=colors.ground, ink=colors.line)
        faint = mixed(colors.ground, colors.line, 0.4)
        outline_rounded(painter, pill, 0.28 * height, faint, width=max(1.0, 1.5 * theme.unit))

    def _room(self) -> QRectF:
        """Return what the banner leaves."""
        top = self.banner.geometry().bottom() + 1 if self.banner.isVisible() else 0
        return QRectF(0, top, self.width(), self.height() - top)

    def _name(self, state: str) -> None:
        """Tell a screen reader of another phase, never of seconds."""
        is_news = bool(self.accessibleName()) and state != self.accessibleName()
        self.setAccessibleName(state)
        self.setAccessibleDescription(self._label)
        if is_news and self.isVisible():
            announce(self, state)

    def _on_clicked(self) -> None:
        if self._is_possible and self._action:
            self.acted.emit(self._action)


def _foot(view: View) -> str:
    leave = tr("Esc leaves")
    if view.pain is None:
        return tr("0–9 rate the pain · {leave}", leave=leave)
    return tr("Pain {nrs} · {leave}", nrs=view.pain, leave=leave)
