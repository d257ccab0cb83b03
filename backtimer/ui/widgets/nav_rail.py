"""The way from page to page: a rail at the left of a wide window, a bar below a narrow one."""

from collections.abc import Sequence

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from backtimer.ui.colors import Tone
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.nav_item import FOOT_HEIGHT, ITEM_HEIGHT, NavEntry, NavItem, RailShape
from backtimer.ui.widgets.paint import fill_rounded

__all__ = ["NavEntry", "NavRail", "RailShape"]


class NavRail(QWidget):
    """Only the entries it is given, one of them chosen.

    chosen: the person chose an entry (its key); not emitted by `set_current`.
    `set_current(key)`, `current()`, `focus_current()`, `set_tone(tone)`, `set_shape(shape)`. The
    arrow keys go from
    entry to entry. Where the labels do not fit a bar, only the icons are shown. `NavShell` turns
    it with the size of the window. `set_foot(entry)` adds a quiet one at the foot, for what has to
    be in reach from every page; where a bar is too narrow it is the first to be an icon only.
    """

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, entries: Sequence[NavEntry], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._current = entries[0].key
        self._items = {entry.key: NavItem(theme, entry, self) for entry in entries}
        self._shape = RailShape.RAIL
        self._foot: NavItem | None = None
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setSpacing(theme.px(6))
        for item in self._items.values():
            self._layout.addWidget(item)
            item.clicked.connect(self._on_item_clicked)
            item.stepped.connect(self._on_item_stepped)
        self._layout.addStretch(1)
        self._lay_out()
        self.set_current(self._current)

    def set_foot(self, entry: NavEntry) -> None:
        """Have one more entry, apart from the others."""
        self._foot = NavItem(self._theme, entry, self, lines=entry.label.split())
        self._foot.clicked.connect(self._on_item_clicked)
        self._foot.stepped.connect(self._on_item_stepped)
        self._layout.addWidget(self._foot)
        self._lay_out()

    def current(self) -> str:
        """Return the key of the chosen entry."""
        return self._current

    def set_current(self, key: str) -> None:
        """Show an entry as the chosen one."""
        self._current = key
        for item in self._all():
            item.setChecked(item.key == key)

    def focus_current(self) -> None:
        """Put the keyboard on the chosen entry, where it is not there already."""
        for item in self._all():
            if item.key == self._current and item is not self.window().focusWidget():
                item.setFocus()

    def set_tone(self, tone: Tone) -> None:
        """Take the colours of a tone for the chosen entry."""
        for item in self._all():
            item.set_tone(tone)

    def shape(self) -> RailShape:
        """Return where the navigation stands."""
        return self._shape

    def set_shape(self, shape: RailShape) -> None:
        """Stand at the left, or lie below."""
        if shape is not self._shape:
            self._shape = shape
            self._lay_out()

    def height_as_rail(self) -> int:
        """Return the height that all entries need one below the other."""
        px = self._theme.px
        foot = px(FOOT_HEIGHT) + px(6) if self._foot else 0
        return len(self._items) * (px(ITEM_HEIGHT) + px(6)) + foot + 2 * px(16)

    def minimumSizeHint(self) -> QSize:
        """As wide as its entries, but of any height: it becomes a bar before it is cut."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 0) if self._shape is RailShape.RAIL else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop the labels when one of them does not fit."""
        super().resizeEvent(event)
        self._show_labels_that_fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a clipped fill is cheap
        """Paint the ground and the line towards the page."""
        colors = self._theme.colors
        rect = QRectF(self.rect())
        painter = QPainter(self)
        fill_rounded(painter, rect, 0, colors.border)
        is_rail = self._shape is RailShape.RAIL
        inner = rect.adjusted(0, 0, -1, 0) if is_rail else rect.adjusted(0, 1, 0, 0)
        fill_rounded(painter, inner, 0, colors.nav)
        painter.end()

    def _lay_out(self) -> None:
        px = self._theme.px
        is_rail = self._shape is RailShape.RAIL
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.TopToBottom if is_rail else direction.LeftToRight)
        margins = (
            (px(8), px(16), px(8) + 1, px(16)) if is_rail else (px(8), px(5) + 1, px(8), px(5))
        )
        self._layout.setContentsMargins(*margins)
        for index in range(len(self._items)):
            self._layout.setStretch(index, 0 if is_rail else 1)
        # In a rail the room is between the entries and the foot.
        self._layout.setStretch(len(self._items), 1 if is_rail else 0)
        for item in self._all():
            item.set_shape(self._shape)
        self._show_labels_that_fit()

    def _show_labels_that_fit(self) -> None:
        items = list(self._items.values())
        is_rail = self._shape is RailShape.RAIL
        all_fit = is_rail or self._fits(self._all())
        fits = all_fit or self._fits(items, but_px=NavItem.icon_width(self._theme))
        for item in items:
            item.show_label(fits)
        if self._foot:
            self._foot.show_label(all_fit)

    def _fits(self, items: "Sequence[NavItem]", *, but_px: int = 0) -> bool:
        """Whether the labels of `items` fit a bar, of which `but_px` are for the foot."""
        px = self._theme.px
        beside = but_px + px(6) if self._foot else 0
        width = (self.width() - px(16) - beside) / len(items) - px(6)
        return all(item.label_width() <= width for item in items)

    def _all(self) -> "list[NavItem]":
        return [*self._items.values(), *([self._foot] if self._foot else [])]

    def _on_item_clicked(self) -> None:
        item = self.sender()
        assert isinstance(item, NavItem)
        self.set_current(item.key)
        self.chosen.emit(item.key)

    def _on_item_stepped(self, steps: int) -> None:
        item = self.sender()
        assert isinstance(item, NavItem)
        # The foot is out of their round: it is for a press or the tabulator.
        items = list(self._items.values())
        place = items.index(item) if item in items else min(0, -steps)
        target = items[(place + steps) % len(items)]
        target.setFocus(QtCore.Qt.FocusReason.TabFocusReason)
        target.click()
