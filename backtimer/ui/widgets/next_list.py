"""What comes next: rows of a time and a few words."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from backtimer.ui.theme import Theme
from backtimer.ui.widgets.label import Label

_TIME_WIDTH = 56


class NextList(QWidget):
    """`set_rows([("15:20", "Rest, 1 h 30 min"), …])` shows these rows and no others."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._labels: list[tuple[Label, Label]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(11))
        self._grid.setColumnMinimumWidth(0, theme.px(_TIME_WIDTH))
        self._grid.setColumnStretch(1, 1)

    def set_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show rows of a time and words, reusing the labels that are there."""
        while len(self._labels) < len(rows):
            self._add_row()
        for index, (time, words) in enumerate(self._labels):
            used = index < len(rows)
            time.setText(rows[index][0] if used else "")
            words.setText(rows[index][1] if used else "")
            time.setVisible(used)
            words.setVisible(used)

    def rows(self) -> list[tuple[str, str]]:
        """Return the rows shown."""
        return [(time.text(), words.text()) for time, words in self._labels if not words.isHidden()]

    def _add_row(self) -> None:
        row = len(self._labels)
        pair = (Label(self._theme, muted=True), Label(self._theme, wrap=True))
        for column, label in enumerate(pair):
            self._grid.addWidget(label, row, column)
        self._labels.append(pair)
