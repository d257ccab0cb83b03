"""The numeric rating scale of pain: 0, none, to 10, the worst one can think of."""

from collections.abc import Iterator

from PySide6 import QtCore
from PySide6.QtCore import QPoint, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QWidget

from backtimer.domain.words import tr
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_rounded, outline_rounded
from backtimer.ui.widgets.painted import Painted

_WORST = 10
_CELL_WIDTH, _CELL_HEIGHT = 24, 40
_GAP, _LEAST_GAP = 4, 2
_RADIUS = 7
# From all in one row to few in many; eleven cells fill six columns well.
_COLUMNS = (11, 6, 4, 3, 2)
# A 1 waits this long for the 0 of a 10.
_SECOND_DIGIT_MS = 700
_STRONG_FOCUS, _CLICK_FOCUS = 11, 2  # Qt.FocusPolicy, by number for the reason in `ui/theme.py`


class PainScale(QWidget):
    """Eleven buttons, of which one or none is chosen.

    rated: the person gave a number from 0 to 10, also the same one again; not emitted by
    `set_value(number or None)`. `value()` returns the number shown. `set_tone(tone)`.

    Keys: a digit gives that number, 1 and 0 in a row give 10; the arrow keys, Home and End move
    between the numbers, Space or Enter gives the one under the focus. Too narrow for one row, it
    wraps.
    """

    rated = Signal(int)

    def __init__(self, theme: Theme, tone: Tone = Tone.ICE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._value: int | None = None
        self._cells = [_Cell(theme, number, tone, self) for number in range(_WORST + 1)]
        for cell in self._cells:
            cell.clicked.connect(self._on_cell_clicked)
        self._one = QTimer(self)
        self._one.setSingleShot(True)
        self._one.setInterval(_SECOND_DIGIT_MS)
        self._one.timeout.connect(self._on_one_alone)
        self.setAccessibleName(tr("Pain right now, 0 none to 10 worst"))
        self.set_value(None)

    def value(self) -> int | None:
        """Return the number that is shown as chosen."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show a number as chosen, or none."""
        self._value = value
        for number, cell in enumerate(self._cells):
            cell.setChecked(number == value)
        self._stop_at(value or 0)

    def set_tone(self, tone: Tone) -> None:
        """Take the colours of a tone."""
        for cell in self._cells:
            cell.set_tone(tone)

    def hasHeightForWidth(self) -> bool:  # noqa: N802  Qt's name
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the rows that a width needs."""
        rows = -(-len(self._cells) // self._columns(width))
        return rows * self._theme.px(_CELL_HEIGHT) + (rows - 1) * self._row_gap()

    def sizeHint(self) -> QSize:
        """All in one row."""
        width = self._width_of(len(self._cells)) + 10 * self._theme.px(_GAP)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Three columns; how high that is, `heightForWidth` says."""
        return QSize(self._width_of(3), self._theme.px(_CELL_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns, to the pixel."""
        super().resizeEvent(event)
        columns = self._columns(self.width())
        gap, height = self._gap(columns), self._theme.px(_CELL_HEIGHT)
        share = (self.width() + gap) / columns
        for number, cell in enumerate(self._cells):
            row, column = divmod(number, columns)
            left, right = round(column * share), round((column + 1) * share) - gap
            cell.setGeometry(left, row * (height + self._row_gap()), right - left, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, and what moves between the numbers."""
        digit = event.text()
        steps = self._step_of(event.key())
        if len(digit) == 1 and digit in "0123456789":
            self._take_digit(int(digit))
        elif steps is not None:
            self._move_to(steps)
        else:
            super().keyPressEvent(event)

    def _take_digit(self, digit: int) -> None:
        if digit == 1:
            self._move_to(1)
            self._one.start()
        elif digit == 0 and self._one.isActive():
            self._rate(_WORST)
        else:
            self._rate(digit)

    def _step_of(self, key: int) -> int | None:
        """Return the number that a key moves to, None for any other key."""
        keys = QtCore.Qt.Key
        now = next(self._focused(), 0)
        columns = self._columns(self.width())
        return {
            keys.Key_Left: max(0, now - 1),
            keys.Key_Right: min(_WORST, now + 1),
            keys.Key_Up: now - columns if now >= columns else now,
            keys.Key_Down: now + columns if now + columns <= _WORST else now,
            keys.Key_Home: 0,
            keys.Key_End: _WORST,
        }.get(QtCore.Qt.Key(key))

    def _focused(self) -> Iterator[int]:
        return (number for number, cell in enumerate(self._cells) if cell.hasFocus())

    def _move_to(self, number: int) -> None:
        self._stop_at(number)
        self._cells[number].setFocus(QtCore.Qt.FocusReason.TabFocusReason)

    def _stop_at(self, number: int) -> None:
        """Let the Tab key stop at one number only."""
        for other, cell in enumerate(self._cells):
            cell.setProperty("focusPolicy", _STRONG_FOCUS if other == number else _CLICK_FOCUS)

    def _rate(self, number: int) -> None:
        self._one.stop()
        focused = next(self._focused(), None)
        self.set_value(number)
        if focused is not None and focused != number:
            self._move_to(number)
        self.rated.emit(number)

    def _on_cell_clicked(self) -> None:
        cell = self.sender()
        assert isinstance(cell, _Cell)
        self._rate(cell.number)

    def _on_one_alone(self) -> None:
        self._rate(1)

    def _columns(self, width: int) -> int:
        return next((count for count in _COLUMNS if self._width_of(count) <= width), 1)

    def _width_of(self, columns: int) -> int:
        """Return the least width that holds so many columns."""
        px = self._theme.px
        return columns * px(_CELL_WIDTH) + (columns - 1) * px(_LEAST_GAP)

    def _gap(self, columns: int) -> int:
        """Return the room between two columns: wide where every cell stays wide enough."""
        room = (self.width() - columns * self._theme.px(_CELL_WIDTH)) // max(1, columns - 1)
        return min(room, self._theme.px(_GAP))

    def _row_gap(self) -> int:
        return self._theme.px(_GAP + 2)


class _Cell(Painted, QRadioButton):
    """One number."""

    def __init__(self, theme: Theme, number: int, tone: Tone, parent: QWidget) -> None:
        super().__init__(str(number), parent)
        self.number = number
        self._theme = theme
        self._tone = tone
        # Which one is chosen the scale decides: it can also be none.
        self.setAutoExclusive(False)

    def set_tone(self, tone: Tone) -> None:
        """Take the colours of a tone."""
        if tone is not self._tone:
            self._tone = tone
            self.update()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Answer the pointer everywhere, not only where a radio button has its mark."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the number with Enter too; leave the other keys but Space to the scale."""
        keys = QtCore.Qt.Key
        if event.key() in {keys.Key_Return, keys.Key_Enter}:
            self.click()
        elif event.key() == keys.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint ground and number."""
        theme = self._theme
        colors, tone = theme.colors, theme.tone(self._tone)
        rect = QRectF(self.rect())
        radius = _RADIUS * theme.unit
        ground = tone.accent if self.isChecked() else colors.groove
        ink = tone.on_accent if self.isChecked() else colors.text
        painter = QPainter(self)
        fill_rounded(painter, rect, radius, self.shaded(ground, ink))
        if self.shows_focus():
            inset = 2 * theme.unit if self.isChecked() else 0
            ring = rect.adjusted(inset, inset, -inset, -inset)
            color = tone.on_accent if self.isChecked() else tone.accent
            outline_rounded(painter, ring, radius - inset, color, width=2 * theme.unit)
        role = Text.CHOSEN if self.isChecked() else Text.SMALL
        Lettering.of(theme, role).paint(painter, rect, self.text(), ink)
        painter.end()
