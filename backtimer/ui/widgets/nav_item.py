"""An entry of the navigation: an icon over its label."""

import math
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from backtimer.ui.colors import Tone, mixed
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.icon import paint_icon
from backtimer.ui.widgets.lettering import Lettering
from backtimer.ui.widgets.paint import fill_rounded, outline_rounded
from backtimer.ui.widgets.painted import Painted

ITEM_HEIGHT, FOOT_HEIGHT = 63, 66
_ITEM_WIDTH = 67
_BAR_ITEM_HEIGHT = 56
_ICON = 24
_LINE = 15  # from line to line of a label that has two
_RADIUS = 10


class RailShape(Enum):
    """Where the navigation stands."""

    RAIL = "rail"
    BAR = "bar"


class NavEntry(NamedTuple):
    """A page one can go to; `icon` names a file of `resources/icons`.

    short: the label where the navigation is a bar, if that is another.
    """

    key: str
    label: str
    icon: str
    short: str = ""


class NavItem(Painted, QPushButton):
    """One entry: icon over label, on a pill when it is the chosen one.

    lines: how the label stands in a rail, where it is too long for one line.
    """

    stepped = Signal(int)

    def __init__(
        self, theme: Theme, entry: NavEntry, parent: QWidget, *, lines: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self._lines = list(lines) or [entry.label]
        self.key = entry.key
        self._theme = theme
        self._label = entry.label
        self._short = entry.short or entry.label
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
        shown = self._lines if self._shape is RailShape.RAIL else [self._short]
        lettering = Lettering.of(self._theme, Text.NAV_CHOSEN)
        return math.ceil(max(lettering.width(each) for each in shown))

    @staticmethod
    def icon_width(theme: Theme) -> int:
        """Return the width of an entry of a bar that is an icon only."""
        return theme.px(_ICON) + 20

    def sizeHint(self) -> QSize:
        """Room for icon and label."""
        px = self._theme.px
        if self._shape is RailShape.BAR:
            height = px(_BAR_ITEM_HEIGHT) if self._labelled else px(_ICON) + 24
            width = self.icon_width(self._theme)
            if self._labelled and len(self._lines) > 1:
                # The foot takes no share of a bar's room: its words need their own.
                width = max(width, self.label_width() + px(12))
            return QSize(width, height)
        height = px(FOOT_HEIGHT if len(self._lines) > 1 else ITEM_HEIGHT)
        return QSize(max(px(_ITEM_WIDTH), self.label_width() + px(10)), height)

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
        lines = self._lines if self._shape is RailShape.RAIL else [self._short]
        middle = rect.center()
        # Icon and label are centred together; alone, the icon is.
        more = (len(lines) - 1) * _LINE / 2
        lift = (10.5 + more) * unit if self._labelled else 0
        size = _ICON * unit
        place = QRectF(middle.x() - size / 2, middle.y() - lift - size / 2, size, size)
        paint_icon(painter, self._icon, place, ink)
        if self._labelled:
            role = Text.NAV_CHOSEN if self.isChecked() else Text.NAV
            for index, words in enumerate(lines):
                line = rect.translated(0, (13.5 - more + index * _LINE) * unit)
                Lettering.of(theme, role).paint(painter, line, words, ink)
        painter.end()
