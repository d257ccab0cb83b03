"""The table of the journal: painted rows, of which only those that are seen cost anything."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from backtimer.domain.journal_lines import Line
from backtimer.domain.protocol import Modality
from backtimer.domain.words import tr
from backtimer.ui.colors import Tone
from backtimer.ui.journal.model import LINE_ROLE, Column, JournalModel
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.paint import fill_rounded

_ROW = 38
_WIDTHS = {Column.WHAT: 128, Column.WHEN: 164, Column.PAIN: 72}
_NARROW_WIDTHS = {Column.WHAT: 88, Column.WHEN: 122, Column.PAIN: 56}
_NARROW = 560


class JournalTable(QTableView):
    """Shows `journal`, its model.

    Signals, each with a `Line`: `edit_asked` by Enter or a double click; `withdraw_asked` by
    Delete. The menu of a line offers both.
    """

    edit_asked = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.journal = JournalModel(self)
        self.setModel(self.journal)
        self.setItemDelegate(_RowPainter(theme, self))
        self.setAccessibleName(tr("Sessions and entries, newest first"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.viewport().setAutoFillBackground(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(_ROW))
        columns.hide()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setMinimumSectionSize(1)
        self.doubleClicked.connect(self._on_double_clicked)

    @property
    def line(self) -> Line | None:
        """The line under the keyboard."""
        found = self.currentIndex().data(LINE_ROLE) if self.currentIndex().isValid() else None
        return found if isinstance(found, Line) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words what the others leave."""
        super().resizeEvent(event)
        width, px = self.viewport().width(), self._theme.px
        widths = _NARROW_WIDTHS if width < px(_NARROW) else _WIDTHS
        for column, own in widths.items():
            self.setColumnWidth(column, px(own))
        left = width - sum(px(each) for each in widths.values())
        self.setColumnWidth(Column.WORDS, max(1, left))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits, Delete takes back."""
        keys, line = Qt.Key, self.line
        if line and event.key() in (keys.Key_Return, keys.Key_Enter, keys.Key_F2):
            self.edit_asked.emit(line)
        elif line and event.key() in (keys.Key_Delete, keys.Key_Backspace):
            self.withdraw_asked.emit(line)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a line, for whoever does not know its keys."""
        line = self.line
        if line is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        edit = menu.addAction(tr("Have it count again") if line.is_withdrawn else tr("Correct…"))
        edit.triggered.connect(lambda: self.edit_asked.emit(line))
        if not line.is_withdrawn:
            withdraw = menu.addAction(tr("Take back"))
            withdraw.triggered.connect(lambda: self.withdraw_asked.emit(line))
        menu.popup(event.globalPos())

    def _on_double_clicked(self) -> None:
        if self.line:
            self.edit_asked.emit(self.line)


class _RowPainter(QStyledItemDelegate):
    """Paints one cell, and a thin line below each row."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts: dict[tuple[Text, bool], QFont] = {}

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a cell."""
        line = index.data(LINE_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colors, px = self._theme.colors, self._theme.px
        if QStyle.StateFlag.State_Selected in state:
            fill_rounded(painter, QRectF(rect), 0, self._theme.tone(Tone.ICE).soft)
        else:
            under = QRectF(rect.left(), rect.bottom(), rect.width(), 1)
            fill_rounded(painter, under, 0, colors.border)
        column = Column(index.column())
        is_pain = column is Column.PAIN
        inner = rect.adjusted(px(4), 0, -px(4 if is_pain else 10), 0)
        font = self._font(line, column)
        # Only as much as can stand there: measuring 10,000 letters takes long.
        text = str(index.data())[: max(8, inner.width())]
        end = Qt.TextElideMode.ElideRight
        text = QFontMetricsF(font).elidedText(text, end, inner.width())
        painter.setFont(font)
        painter.setPen(QPen(self._ink(line, column)))
        side = Qt.AlignmentFlag.AlignRight if is_pain else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), text)

    def _font(self, line: Line, column: Column) -> QFont:
        role = Text.STRONG if column is Column.WHAT else Text.TIP
        key = (role, line.is_withdrawn)
        if key not in self._fonts:
            self._fonts[key] = QFont(self._theme.font(role))
            self._fonts[key].setStrikeOut(line.is_withdrawn)
        return self._fonts[key]

    def _ink(self, line: Line, column: Column) -> QColor:
        if line.is_withdrawn:
            return self._theme.colors.muted
        if column is Column.WHAT and line.modality:
            tone = Tone.HEAT if line.modality is Modality.HEAT else Tone.ICE
            return self._theme.tone(tone).accent
        return self._theme.colors.text
