"""The way from page to page: a rail at the left of a wide window, a bar below a narrow one."""

import math
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from backtimer.ui.colors import Tone, mixed
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_rounded, outline_rounded
from backtimer.ui.widgets.painted import Painted

_ITEM_WIDTH, _ITEM_HEIGHT = 67, 63
_BAR_ITEM_HEIGHT = 56
_ICON = 24
_RADIUS = 10


class RailShape(Enum):
    """Where the navigation stands."""

    RAIL = "rail"
    BAR = "bar"


class NavEntry(NamedTuple):
    """A page one can go to; `icon` names a file of `resources/icons`."""

    key: str
    label: str
    icon: str


class NavRail(QWidget):
    """Only the entries it is given, one of them chosen.

    chosen: the person chose an entry (its key); not emitted by `set_current`.
    `set_current(key)`, `current()`, `set_tone(tone)`, `set_shape(shape)`. The arrow keys go from
    entry to entry. Where the labels do not fit a bar, only the icons are shown. `NavShell` turns
    it with the size of the window.
    """

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, entries: Sequence[NavEntry], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._current = entries[0].key
        self._items = {entry.key: _NavItem(theme, entry, self) for entry in entries}
        self._shape = RailShape.RAIL
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setSpacing(theme.px(6))
        for item in self._items.values():
            self._layout.addWidget(item)
            item.clicked.connect(self._on_item_clicked)
            item.stepped.connect(self._on_item_stepped)
        self._layout.addStretch(1)
        self._lay_out()
        self.set_current(self._current)

    def current(self) -> str:
        """Return the key of the chosen entry."""
        return self._current

    def set_current(self, key: str) -> None:
        """Show an entry as the chosen one."""
        self._current = key
        for name, item in self._items.items():
            item.setChecked(name == key)

    def set_tone(self, tone: Tone) -> None:
        """Take the colours of a tone for the chosen entry."""
        for item in self._items.values():
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
        return len(self._items) * (px(_ITEM_HEIGHT) + px(6)) + 2 * px(16)

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
        last = self._layout.count() - 1
        for index in range(last):
            self._layout.setStretch(index, 0 if is_rail else 1)
        self._layout.setStretch(last, 1 if is_rail else 0)
        for item in self._items.values():
            item.set_shape(self._shape)
        self._show_labels_that_fit()

    def _show_labels_that_fit(self) -> None:
        items = self._items.values()
        width = (self.width() - self._theme.px(16)) / len(items) - self._theme.px(6)
        fits = self._shape is RailShape.RAIL or all(item.label_width() <= width for item in items)
        for item in items:
            item.show_label(fits)

    def _on_item_clicked(self) -> None:
        item = self.sender()
        assert isinstance(item, _NavItem)
        self.set_current(item.key)
        self.chosen.emit(item.key)

    def _on_item_stepped(self, steps: int) -> None:
        item = self.sender()
        assert isinstance(item, _NavItem)
        keys = list(self._items)
        target = self._items[keys[(keys.index(item.key) + steps) % len(keys)]]
        target.setFocus(QtCore.Qt.FocusReason.TabFocusReason)
        target.click()


class _NavItem(Painted, QPushButton):
    """One entry: icon over label, on a pill when it is the chosen one."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, entry: NavEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = entry.key
        self._theme = theme
        self._label = entry.label
        self._icon = entry.icon
        self._tone = Tone.ICE
        self._shape = RailShape.RAIL
        self._labelled = True
        self.setCheckable(True)
        self.setAccessibleName(entry.label)

    def set_tone(self, tone: Tone) -> None:
        """Take the colours of a tone."""
        if tone is not self._tone:
            self._tone = tone
            self.update()

    def set_shape(self, shape: RailShape) -> None:
        """Become an entry of a rail or of a bar."""
        self._shape = shape
        self.updateGeometry()

    def show_label(self, shown: bool) -> None:  # noqa: FBT001  like Qt's setters
        """Show the words under the icon, or have them as a tooltip."""
        if shown is not self._labelled:
            self._labelled = shown
            self.setToolTip("" if shown else self._label)
            self.updateGeometry()
            self.update()

    def label_width(self) -> int:
        """Return the width of the words in pixels."""
        return math.ceil(Lettering.of(self._theme, Text.NAV_CHOSEN).width(self._label))

    def sizeHint(self) -> QSize:
        """Room for icon and label."""
        px = self._theme.px
        if self._shape is RailShape.BAR:
            height = px(_BAR_ITEM_HEIGHT) if self._labelled else px(_ICON) + 24
            return QSize(px(_ICON) + 20, height)
        return QSize(max(px(_ITEM_WIDTH), self.label_width() + px(10)), px(_ITEM_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the entry before or after with the arrow keys."""
        key = QtCore.Qt.Key
        if event.key() in {key.Key_Up, key.Key_Left}:
            self.stepped.emit(-1)
        elif event.key() in {key.Key_Down, key.Key_Right}:
            self.stepped.emit(1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  the whole is cheap
        """Paint pill, icon and label."""
        theme, unit = self._theme, self._theme.unit
        colors, tone = theme.colors, theme.tone(self._tone)
        rect = QRectF(self.rect())
        painter = QPainter(self)
        if self.isChecked():
            fill_rounded(painter, rect, _RADIUS * unit, tone.soft)
        elif self.underMouse():
            fill_rounded(painter, rect, _RADIUS * unit, mixed(colors.nav, colors.text, 0.05))
        if self.shows_focus():
            outline_rounded(painter, rect, _RADIUS * unit, tone.accent, width=2 * unit)
        ink = tone.accent if self.isChecked() else colors.muted
        middle = rect.center()
        # Icon and label are centred together; alone, the icon is.
        lift = 10.5 * unit if self._labelled else 0
        size = _ICON * unit
        place = QRectF(middle.x() - size / 2, middle.y() - lift - size / 2, size, size)
        paint_icon(painter, self._icon, place, ink)
        if self._labelled:
            role = Text.NAV_CHOSEN if self.isChecked() else Text.NAV
            line = rect.translated(0, 13.5 * unit)
            Lettering.of(theme, role).paint(painter, line, self._label, ink)
        painter.end()
