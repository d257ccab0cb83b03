"""The frame of the window: the navigation beside the page, or below it when it is narrow."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from backtimer.domain.words import tr
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.nav_rail import NavEntry, NavRail, RailShape

SIGNS = "signs"

_NARROW = 640  # below this many design pixels the page needs the rail's width


class NavShell(QWidget):
    """Joins a rail and a page (or a stack of pages) and turns the rail with the window's width.

    The warning signs are at the foot of the rail: in reach of one press from every page.
    """

    def __init__(
        self, theme: Theme, rail: NavRail, page: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rail = rail
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        rail.set_foot(NavEntry(SIGNS, tr("Warning signs"), "warning", tr("Signs")))
        self._layout.addWidget(rail)
        self._layout.addWidget(page, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the rail into a bar below, or back."""
        super().resizeEvent(event)
        narrow = (
            self.width() < self._theme.px(_NARROW) or self.height() < self._rail.height_as_rail()
        )
        shape = RailShape.BAR if narrow else RailShape.RAIL
        if shape is not self._rail.shape():
            self._rail.set_shape(shape)
            direction = QBoxLayout.Direction
            self._layout.setDirection(direction.BottomToTop if narrow else direction.LeftToRight)
