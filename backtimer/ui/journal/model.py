"""The lines of the journal as a table for Qt: thousands of rows, none of them a widget."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from backtimer.domain.journal_lines import Line, line_words, time_words
from backtimer.domain.words import tr

Index = QModelIndex | QPersistentModelIndex

LINE_ROLE = Qt.ItemDataRole.UserRole


class Column(IntEnum):
    """What stands beside each other."""

    WHAT = 0
    WHEN = 1
    WORDS = 2
    PAIN = 3


class JournalModel(QAbstractTableModel):
    """`show_lines(lines, now)` shows them; `LINE_ROLE` gives the `Line` of a row."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()
        self._now: datetime | None = None

    def show_lines(self, lines: Sequence[Line], now: datetime) -> None:
        """Show `lines` as they are called `now`.

        Where they are about the same, only what reads otherwise is told: a row that is chosen, or
        clicked for the first time of two, stays what it is.
        """
        if [each.key for each in lines] == [each.key for each in self._lines]:
            self._reread(lines, now)
            return
        self.beginResetModel()
        self._lines, self._now = lines, now
        self.endResetModel()

    def _reread(self, lines: Sequence[Line], now: datetime) -> None:
        is_other_day = self._now is None or now.date() != self._now.date()
        pairs = enumerate(zip(self._lines, lines, strict=True))
        rows = [row for row, (old, new) in pairs if is_other_day or old != new]
        self._lines, self._now = lines, now
        if rows:
            first, last = self.index(rows[0], 0), self.index(rows[-1], len(Column) - 1)
            self.dataChanged.emit(first, last)

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown."""
        return self._lines

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  Qt's
        """One row for each line."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  Qt's
        """The columns."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What one cell says."""
        if not index.isValid() or self._now is None:
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(line, Column(index.column()), self._now)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return line_words(line, self._now)
            case Qt.ItemDataRole.UserRole:
                return line
            case _:
                return None

    def headerData(  # noqa: N802  Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """What a column is, for whoever cannot see it."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (tr("What"), tr("When"), tr("How it was"), tr("Pain"))[section]


def _text(line: Line, column: Column, now: datetime) -> str:
    match column:
        case Column.WHAT:
            return line.what
        case Column.WHEN:
            return time_words(line.at.wall, now)
        case Column.WORDS:
            notes = (line.words, line.was, tr("taken back") if line.is_withdrawn else "")
            return " · ".join(each for each in notes if each)
        case Column.PAIN:
            return line.pain
