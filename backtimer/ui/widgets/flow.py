"""A layout that puts its items side by side and goes on in the next row when one is full."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Rows of items, each at its size hint and as high as the highest of its row.

    share: where a row stands that does not fill the width: 0 left, 0.5 in the middle, 1 right.
    """

    def __init__(self, spacing: int, *, share: float = 0.0, parent: QWidget | None = None) -> None:
        # Given a parent, QLayout would install itself before Python's half of it exists.
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._share = share
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  Qt's name
        """Put an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Return an item, or None when there is none: Qt asks until then."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Remove an item and return it, or None when there is none."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802  Qt's name
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at a width."""
        rows = self._rows(width)
        return sum(_height(row) for row in rows) + self.spacing() * max(0, len(rows) - 1)

    def sizeHint(self) -> QSize:
        """All in one row."""
        items = self._shown()
        width = sum(item.sizeHint().width() for item in items)
        return QSize(width + self.spacing() * max(0, len(items) - 1), _height(items))

    def minimumSize(self) -> QSize:  # noqa: N802  Qt's name
        """As wide as the widest item."""
        items = self._shown()
        return QSize(max((item.sizeHint().width() for item in items), default=0), _height(items))

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  Qt's name
        """Place the items."""
        super().setGeometry(rect)
        y = rect.y()
        for row in self._rows(rect.width()):
            width = sum(item.sizeHint().width() for item in row) + self.spacing() * (len(row) - 1)
            x = rect.x() + max(0, round((rect.width() - width) * self._share))
            for item in row:
                size = QSize(min(item.sizeHint().width(), rect.width()), _height(row))
                item.setGeometry(QRect(QPoint(x, y), size))
                x += size.width() + self.spacing()
            y += _height(row) + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        left = -1
        for item in self._shown():
            needed = item.sizeHint().width()
            if not rows or needed > left:
                rows.append([])
                left = width
            rows[-1].append(item)
            left -= needed + self.spacing()
        return rows


def _height(row: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in row), default=0)
