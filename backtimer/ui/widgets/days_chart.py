"""Days one below the other over one axis of hours; the arrow keys go from session to session."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.day_row import DAY_MIN, HEIGHT, LEAST_HEIGHT, DayRow, RowDay
from backtimer.ui.widgets.lettering import Lettering

_GUTTER, _GUTTER_GAP = 56, 14
_AXIS_HEIGHT = 24


class DaysChart(QWidget):
    """`set_days` shows days.

    Signals: `told(str)`, the words of the session that is looked at, empty for none;
    `reached(DayRow)`, the keyboard came to one in this row.
    """

    told = Signal(str)
    reached = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._axis = _HourAxis(theme)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._axis)
        self.rows: list[DayRow] = []

    def set_days(self, days: Sequence[RowDay], *, now_min: float) -> None:
        """Show `days`, and in today's that it is `now_min` minutes since midnight."""
        self._make_rows(len(days))
        for _ in range(2):  # first to know how wide the names are
            gutter = max(
                [self._theme.px(_GUTTER)]
                + [row.label_width() + self._theme.px(_GUTTER_GAP) for row in self.rows]
            )
            for row, day in zip(self.rows, days, strict=True):
                row.set_day(day, gutter=gutter)
        self._axis.set_gutter(gutter)
        for row, day in zip(self.rows, days, strict=True):
            row.set_now(now_min if day.is_today else None)
        self._choose_entrance([day.is_today for day in days], now_min)
        if words := self._focused_words():
            self.told.emit(words)

    def fit(self, height: int) -> None:
        """Use `height` pixels if that is possible: the days stand closer where there is little."""
        room = (height - self._axis.height()) // max(1, len(self.rows))
        least, most = self._theme.px(LEAST_HEIGHT), self._theme.px(HEIGHT)
        for row in self.rows:
            row.setFixedHeight(max(least, min(room, most)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from session to session."""
        at = self._at()
        moved = None if at is None else self._moved(event.key(), *at)
        if moved is None:
            super().keyPressEvent(event)
        else:
            self._go(*moved)

    def _make_rows(self, number: int) -> None:
        while len(self.rows) > number:
            self.rows.pop().deleteLater()
        while len(self.rows) < number:
            row = DayRow(self._theme)
            row.entered.connect(self._on_entered)
            row.pointed.connect(self._on_pointed)
            row.pressed.connect(self._on_pressed)
            self._layout.insertWidget(len(self.rows), row)
            self.rows.append(row)

    def _choose_entrance(self, are_today: list[bool], now_min: float) -> None:
        """Let Tab stop once: where the keyboard was, else at the session nearest to now."""
        if self._at() is not None:
            return
        filled = [index for index, row in enumerate(self.rows) if row.bars]
        today = are_today.index(True) if True in are_today else 0
        if filled:
            row = min(filled, key=lambda index: abs(index - today))
            self.rows[row].select(self._nearest(row, now_min if row == today else 0.0))
            self._stop_at(row)
        else:
            self._stop_at(today)

    def _stop_at(self, index: int) -> None:
        policy = Qt.FocusPolicy
        for number, row in enumerate(self.rows):
            row.setFocusPolicy(policy.TabFocus if number == index else policy.NoFocus)

    def _at(self) -> tuple[int, int] | None:
        for number, row in enumerate(self.rows):
            if row.selected is not None:
                return number, row.selected
        return None

    def _moved(self, key: int, row: int, index: int) -> tuple[int, int] | None:
        """Where a key leads to; None for any other key."""
        keys = Qt.Key
        every = [(at, bar) for at, each in enumerate(self.rows) for bar in range(len(each.bars))]
        place = every.index((row, index))
        match key:
            case keys.Key_Left:
                return every[max(0, place - 1)]
            case keys.Key_Right:
                return every[min(len(every) - 1, place + 1)]
            case keys.Key_Home:
                return row, 0
            case keys.Key_End:
                return row, len(self.rows[row].bars) - 1
            case keys.Key_Up | keys.Key_Down:
                step = -1 if key == keys.Key_Up else 1
                return self._in_row_beside(row, index, step)
            case _:
                return None

    def _in_row_beside(self, row: int, index: int, step: int) -> tuple[int, int]:
        minute = self.rows[row].bars[index].start_min
        other = row + step
        while 0 <= other < len(self.rows):
            if self.rows[other].bars:
                return other, self._nearest(other, minute)
            other += step
        return row, index

    def _nearest(self, row: int, minute: float) -> int:
        bars = self.rows[row].bars
        return min(range(len(bars)), key=lambda index: abs(bars[index].start_min - minute))

    def _go(self, row: int, index: int) -> None:
        for number, each in enumerate(self.rows):
            each.select(index if number == row else None)
        self._stop_at(row)
        target = self.rows[row]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.told.emit(target.bars[index].words)
        self.reached.emit(target)
        announce(target, target.bars[index].words)

    def _on_entered(self) -> None:
        if words := self._focused_words():
            self.told.emit(words)
            self.reached.emit(self.sender())

    def _on_pointed(self, index: int | None) -> None:
        row = self.sender()
        assert isinstance(row, DayRow)
        self.told.emit(self._focused_words() if index is None else row.bars[index].words)

    def _focused_words(self) -> str:
        row = next((each for each in self.rows if each.hasFocus()), None)
        return row.bars[row.selected].words if row and row.selected is not None else ""

    def _on_pressed(self, index: int) -> None:
        row = self.sender()
        assert isinstance(row, DayRow)
        self._go(self.rows.index(row), index)


class _HourAxis(QWidget):
    """The hours under the days."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._gutter = 0.0
        self.setFixedHeight(theme.px(_AXIS_HEIGHT))

    def set_gutter(self, gutter: float) -> None:
        self._gutter = gutter
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(_AXIS_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint as many hours as stand apart."""
        lettering = Lettering.of(self._theme, Text.CAPTION)
        width, room = lettering.width("00"), self.width() - self._gutter
        hours = next((each for each in (3, 6) if room * each / 24 > 2 * width), 12)
        painter = QPainter(self)
        for minute in range(0, DAY_MIN + 1, hours * 60):
            # The last stays over the line.
            x = min(self._gutter + room * minute / DAY_MIN, self.width() - width / 2)
            place = QRectF(x - width / 2, 4 * self._theme.unit, width, self.height() * 0.8)
            lettering.paint(painter, place, f"{minute // 60:02}", self._theme.colors.muted)
        painter.end()
