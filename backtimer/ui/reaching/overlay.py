"""What comes before a person who looks at another window: a small one above everything."""

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from backtimer.domain.words import tr
from backtimer.ui.theme import Theme, Tone
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.big_button import BigButton, pill_width
from backtimer.ui.widgets.paint import fill_rounded
from backtimer.ui.widgets.sign import Sign, inks

# What is clicked this soon was meant for what was there before.
GUARD_MS = 700

_RADIUS = 18
# As shares of the screen.
_WIDTH, _HEIGHT, _TOP = 0.38, 0.34, 0.06
_LEAST_WIDTH, _LEAST_HEIGHT = 420, 250
# As shares of its own height.
_SIGN_TOP, _SIGN, _BUTTONS_TOP, _BUTTON = 0.06, 0.60, 0.72, 0.20


class Overlay(QWidget):
    """Says to take it off, above a film in full screen too, and never takes the keyboard.

    Signals: `acted()` and `silenced()` for its buttons, `opened()` for a click elsewhere.
    """

    acted = Signal()
    silenced = Signal()
    opened = Signal()

    def __init__(self, theme: Theme, *, bypass: bool) -> None:
        """`bypass`: X11, where only a window that its manager does not know stays above all."""
        kind = Qt.WindowType
        flags = kind.FramelessWindowHint | kind.WindowStaysOnTopHint | kind.WindowDoesNotAcceptFocus
        super().__init__(None, flags | (kind.BypassWindowManagerHint if bypass else kind.Tool))
        self._theme = theme
        self._bypass = bypass
        self._sign = Sign(theme)
        self._is_pressed = False
        self._main = BigButton(theme, parent=self)
        self._quiet = BigButton(theme, quiet=True, parent=self)
        self._quiet.setText(tr("Silence"))
        self._main.clicked.connect(self.acted)
        self._quiet.clicked.connect(self.silenced)
        for button in (self._main, self._quiet):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, not bypass)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setWindowTitle(tr("Backtimer"))
        self._guard = QTimer(self, singleShot=True, interval=GUARD_MS)
        self._guard.timeout.connect(lambda: self._let_press(True))
        theme.changed.connect(self._dress)
        self._dress()

    def show_state(
        self, *, words: str, time: str, line: str, action: str, can_silence: bool
    ) -> None:
        """Say what is to be done; `action` are the words of the large button."""
        self._sign.show(words=words, time=time, line=line)
        self._main.setText(action)
        self._quiet.setVisible(can_silence)
        self.setAccessibleName(tr("{words}. {line}", words=words, line=line))
        self._arrange()
        self.update()

    def set_time(self, time: str) -> None:
        """Show how late it is; nothing else may have covered it meanwhile."""
        places = self._sign.changes(time)
        if places is None:
            self.update()
        for place in places or ():
            self.update(place)
        if self._bypass:
            self.raise_()

    def appear(self, screen: QRect) -> None:
        """Come up near the top of `screen`, the room that a screen has."""
        if self.isVisible():
            return
        px = self._theme.px
        width = min(screen.width(), max(px(_LEAST_WIDTH), round(_WIDTH * screen.width())))
        height = min(screen.height(), max(px(_LEAST_HEIGHT), round(_HEIGHT * screen.height())))
        left = screen.left() + (screen.width() - width) // 2
        self.setGeometry(left, screen.top() + round(_TOP * screen.height()), width, height)
        self._let_press(False)
        self._guard.start()
        self.show()
        self.raise_()
        announce(self, self.accessibleName())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the click began: too soon is not meant."""
        self._is_pressed = not self._guard.isActive()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click beside the buttons opens the window."""
        if self._is_pressed and self.rect().contains(event.position().toPoint()):
            self.opened.emit()
        self._is_pressed = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners round."""
        super().resizeEvent(event)
        self._arrange()
        if self._bypass:
            # A screen without a compositor knows no half-transparent corners.
            path = QPainterPath()
            radius = self._theme.px(_RADIUS)
            path.addRoundedRect(QRectF(self.rect()), radius, radius)
            self.setMask(QRegion(path.toFillPolygon().toPolygon()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and what is said."""
        colors = inks(self._theme, Tone.OVERDUE)
        painter = QPainter(self)
        # Under a mask, smooth corners would show what is beneath them.
        radius = 0 if self._bypass else self._theme.px(_RADIUS)
        fill_rounded(painter, QRectF(self.rect()), radius, colors.ground)
        height = self.height()
        place = QRectF(0, _SIGN_TOP * height, self.width(), _SIGN * height)
        self._sign.paint(painter, place, event.rect(), colors)
        painter.end()

    def _let_press(self, possible: bool) -> None:  # noqa: FBT001  like Qt's setters
        # What the buttons do not take lands on the ground, which knows that it is too soon.
        for button in (self._main, self._quiet):
            button.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not possible)

    def _dress(self) -> None:
        colors = inks(self._theme, Tone.OVERDUE)
        self._main.set_colors(colors.button, colors.on_button)
        self._quiet.set_colors(colors.ground, colors.words)
        self.update()

    def _arrange(self) -> None:
        """Put the buttons side by side in the middle, the large one first."""
        height = round(_BUTTON * self.height())
        gap = round(0.16 * height)
        shown = [each for each in (self._main, self._quiet) if not each.isHidden()]
        wanted = [pill_width(self._theme, each.text(), height) for each in shown]
        room = 0.92 * self.width() - gap * (len(shown) - 1)
        scale = min(1.0, room / sum(wanted))
        widths = [round(scale * each) for each in wanted]
        x = (self.width() - sum(widths) - gap * (len(shown) - 1)) // 2
        for button, width in zip(shown, widths, strict=True):
            button.setGeometry(x, round(_BUTTONS_TOP * self.height()), width, height)
            x += width + gap
