"""What can be done on the guide’s page about moving: a walk, and the exercises once they open."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from backtimer.domain.diary import Entry
from backtimer.domain.exercises import (
    EXERCISES,
    LOCKED,
    STOP_IF_IT_HURTS,
    Exercise,
    amount,
    are_unlocked,
)
from backtimer.domain.words import tr
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.card import Line
from backtimer.ui.widgets.figure import Figure
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label


class MovingCard(QWidget):
    """`show_entries(entries)` opens the exercises once the diary says that the flare is over.

    Signals: `asked(str, bool)`, an exercise by its key, and whether in full; `walk()`;
    `flare_is_over()`.
    """

    asked = Signal(str, bool)
    walk = Signal()
    flare_is_over = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        px = theme.px
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, px(8), 0, 0)
        self._layout.setSpacing(px(14))
        self._layout.addWidget(Line(theme))
        self.walk_button = PillButton(theme, tr("Walk two minutes"), tone=Tone.REST)
        self.walk_button.clicked.connect(self.walk)
        self._layout.addLayout(_left(self.walk_button))
        self._locked = self._made_locked()
        self._open = self._made_open()
        self._layout.addWidget(self._locked)
        self._layout.addWidget(self._open)
        self.show_entries(())

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Lock or open the exercises."""
        is_open = are_unlocked(entries)
        self._locked.setVisible(not is_open)
        self._open.setVisible(is_open)

    def set_pack_on(self, on: bool) -> None:  # noqa: FBT001  like Qt's setters
        """Offer nothing with a pack on: walk and exercise are for the rests."""
        self.walk_button.setEnabled(not on)
        self._open.setEnabled(not on)

    def _made_locked(self) -> QWidget:
        locked = QWidget()
        layout = QVBoxLayout(locked)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.px(10))
        layout.addWidget(Label(self._theme, LOCKED, wrap=True))
        self.over_button = PillButton(self._theme, tr("The flare is over"))
        self.over_button.clicked.connect(self.flare_is_over)
        layout.addLayout(_left(self.over_button))
        return locked

    def _made_open(self) -> QWidget:
        opened = QWidget()
        layout = QVBoxLayout(opened)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.px(14))
        told = tr("Once a day, and with your doctor’s word. {stop}", stop=STOP_IF_IT_HURTS)
        layout.addWidget(Label(self._theme, told, wrap=True))
        for exercise in EXERCISES.values():
            layout.addWidget(Line(self._theme))
            layout.addLayout(self._row(exercise))
        return opened

    def _row(self, exercise: Exercise) -> QGridLayout:
        theme = self._theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        grid.addWidget(Figure(theme, exercise.key, exercise.name), 0, 0, 2, 1)
        grid.addWidget(Label(theme, exercise.name, role=Text.STRONG, wrap=True), 0, 1)
        grid.addWidget(Label(theme, exercise.how, role=Text.SMALL, muted=True, wrap=True), 1, 1)
        starts = FlowLayout(theme.px(8))
        for full, words in ((False, tr("Short: {much}")), (True, tr("Long: {much}"))):
            button = PillButton(
                theme, words.format(much=amount(exercise, full=full)), tone=Tone.REST
            )
            button.clicked.connect(lambda _=False, full=full: self.asked.emit(exercise.key, full))
            starts.addWidget(button)
        grid.addLayout(starts, 2, 0, 1, 2)
        return grid


def _left(button: PillButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    return row
