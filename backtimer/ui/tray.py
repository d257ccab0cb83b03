"""The icon in the tray: phase and minutes at a glance, the actions that are possible now."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from backtimer.domain.clock import Moment
from backtimer.domain.phases import Phase
from backtimer.domain.reach import Finding, Way, broken, works
from backtimer.domain.view import View
from backtimer.domain.words import tr
from backtimer.ui import formatting, offers
from backtimer.ui.actions import Actions
from backtimer.ui.theme import Theme
from backtimer.ui.tones import icon_of, tone_of
from backtimer.ui.widgets.tray_icon import Mark, tray_icon

# To ask for the tray opens a new connection to the desktop's bus.
_TRUST_S = 60.0

_BLINK_MS = 1000


class Tray(QObject):
    """Appears as soon as there is a tray, however late, and again when it comes back.

    `opened()`: the person wants the window.
    """

    opened = Signal()

    def __init__(self, *, theme: Theme, actions: Actions, name: str) -> None:
        super().__init__()
        self._name = name
        self._theme = theme
        self._actions = actions
        self._icon: QSystemTrayIcon | None = None
        self._trusted_until_s = 0.0
        self._menu = QMenu()
        self._pictured: tuple[object, ...] = ()
        self._said: tuple[object, ...] = ()
        # The picture, and while it calls for attention the one it changes places with.
        self._pictures: tuple[QIcon, ...] = ()
        self._blink = QTimer(self, interval=_BLINK_MS)
        self._blink.timeout.connect(self._on_blink)

    @property
    def is_there(self) -> bool:
        """Whether the icon stands in a tray now."""
        return self._icon is not None

    def look(self) -> None:
        """Build the icon where there is a tray now, and let go of it where there is none.

        An icon that was made before its tray never appears in it, so it is made anew. One that
        stands is trusted to do so for a minute.
        """
        now_s = time.monotonic()
        if self._icon and now_s < self._trusted_until_s:
            return
        self._trusted_until_s = now_s + _TRUST_S
        available = QSystemTrayIcon.isSystemTrayAvailable()
        if available and self._icon is None:
            self._icon = QSystemTrayIcon()
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(self._on_activated)
            self._pictured = self._said = ()
        elif not available and self._icon:
            self._blink.stop()
            self._icon.deleteLater()
            self._icon = None

    def probe(self, listener: Callable[[tuple[Finding, ...]], None]) -> None:
        """Tell whether the icon stands in a tray."""
        self._trusted_until_s = 0.0
        self.look()
        listener(
            (
                works(Way.TRAY)
                if self.is_there
                else broken(
                    Way.TRAY,
                    tr("This desktop has no tray."),
                    tr("The window stays in the task bar instead."),
                ),
            )
        )

    def show_view(self, view: View, now: Moment, snooze_min: int, *, rings: bool) -> None:
        """Show phase and minutes left; what did not change is not made again.

        `rings`: a removal waits for its answer, so the icon calls for attention.
        """
        self.look()
        if self._icon is None:
            return
        self._show_picture(view, now, rings=rings)
        status = formatting.status_line(view)
        said = (status, view.allowed, snooze_min)
        if said != self._said:
            self._said = said
            self._icon.setToolTip(tr("{name} – {status}", name=self._name, status=status))
            self._fill_menu(view, snooze_min)
        self._icon.show()

    def _show_picture(self, view: View, now: Moment, *, rings: bool) -> None:
        mark = Mark.DOT if view.phase is Phase.DUE else Mark.NONE
        tone, text, icon = tone_of(view), formatting.minutes_left(view, now), icon_of(view)
        pictured = (tone, text, icon, mark, rings)
        if pictured == self._pictured or self._icon is None:
            return
        self._pictured = pictured
        self._pictures = (tray_icon(self._theme, tone, text, icon=icon, mark=mark),)
        if rings:
            inverted = tray_icon(self._theme, tone, text, icon=icon, mark=Mark.INVERTED)
            self._pictures = (*self._pictures, inverted)
            self._blink.start()
        else:
            self._blink.stop()
        self._icon.setIcon(self._pictures[0])

    def _on_blink(self) -> None:
        """Let the two pictures change places."""
        self._pictures = (*self._pictures[1:], self._pictures[0])
        if self._icon:
            self._icon.setIcon(self._pictures[0])

    def say(self, title: str, text: str) -> None:
        """Show a few words beside the icon."""
        if self._icon:
            self._icon.showMessage(title, text, self._icon.icon())

    def close(self) -> None:
        """Leave the tray."""
        self._blink.stop()
        if self._icon:
            self._icon.hide()
            self._icon = None
        self._menu.deleteLater()

    def _fill_menu(self, view: View, snooze_min: int) -> None:
        self._menu.clear()
        status = self._menu.addAction(formatting.status_line(view))
        status.setEnabled(False)
        self._menu.addSeparator()
        main = offers.main_button(view)
        offered = (main, *offers.other_buttons(view, snooze_min))
        for button in offered:
            if button.action in view.allowed:
                entry = self._menu.addAction(button.label)
                entry.triggered.connect(
                    lambda _=False, action=button.action: self._actions.perform(action)
                )
        self._menu.addSeparator()
        self._add(tr("Open Backtimer")).triggered.connect(self.opened)
        self._add(tr("Quit")).triggered.connect(self._actions.quit_asked)

    def _add(self, label: str) -> QAction:
        return self._menu.addAction(label)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()
