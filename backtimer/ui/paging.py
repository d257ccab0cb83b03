"""The pages of the window, and the way from one to the other."""

from collections.abc import Callable, Mapping

from PySide6 import QtCore
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from backtimer.domain.clock import Moment
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Clock
from backtimer.domain.settings import Settings
from backtimer.domain.view import View
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService
from backtimer.ui.pages.idle import IdlePage
from backtimer.ui.pages.now import NowPage
from backtimer.ui.theme import Theme
from backtimer.ui.tones import tone_of
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.nav_rail import NavEntry, NavRail
from backtimer.ui.widgets.painted import Painted

NOW, PLAN, JOURNAL, GUIDE = "now", "plan", "journal", "guide"
HEARING, SETTINGS = "hearing", "settings"
# In the order of the rail; Ctrl and the number lead there.
ENTRIES = (
    NavEntry(NOW, tr("Now"), "clock"),
    NavEntry(PLAN, tr("Plan"), "calendar"),
    NavEntry(JOURNAL, tr("Journal"), "chart"),
    NavEntry(GUIDE, tr("Guide"), "book"),
    NavEntry(HEARING, tr("Alarm"), "bell"),
    NavEntry(SETTINGS, tr("Settings"), "gear"),
)


class Paging(QStackedWidget):
    """The stack of pages, and `rail`, by which the person chooses.

    Those that the first picture does not need are built by `makers` when they are first gone to.
    """

    def __init__(
        self,
        *,
        theme: Theme,
        care: CareService,
        settings: SettingsService,
        clock: Clock,
        makers: Mapping[str, Callable[[], QWidget]],
    ) -> None:
        super().__init__()
        self._care = care
        self._settings = settings
        self._clock = clock
        self._makers = makers
        self._made: dict[str, QWidget] = {}
        self._card: QWidget | None = None
        self.now_page = NowPage(theme)
        self.idle_page = IdlePage(theme)
        self._show_routine(settings.current)
        settings.changed.connect(self._show_routine)
        self.addWidget(self.now_page)
        self.addWidget(self.idle_page)
        self.rail = NavRail(theme, ENTRIES)
        self.rail.chosen.connect(self.go_to)

    def show_view(self, view: View, now: Moment) -> None:
        """Show the state that was announced."""
        self.rail.set_tone(tone_of(view))
        if view.phase is Phase.IDLE:
            self.idle_page.show_view(view)
        else:
            snooze_min = self._settings.current.number("snooze_min")
            speed = self._clock.speed
            self.now_page.show_view(view, now, snooze_min=snooze_min, speed=speed)
            self.now_page.show_day(view, self._care.marks_of_day())
            self.now_page.show_steps(view, self._care.steps(), self._care.next_night())
        if self.rail.current() == NOW and self._card is None:
            self._show_now()

    def go_to(self, key: str) -> None:
        """Show the page `key`; the keyboard goes along, if it was on a page or on the rail."""
        left, before = self.currentWidget(), self.window().focusWidget()
        self._turn_to(key)
        at = self.window().focusWidget()
        if _holds(self.currentWidget(), at):
            if isinstance(at, Painted) and at is not before:
                at.show_focus()
        elif before is None or _holds(left, before) or _holds(self.rail, before):
            self.rail.focus_current()

    def _turn_to(self, key: str) -> None:
        self.rail.set_current(key)
        if key in self._makers:
            if key not in self._made:
                self._made[key] = self._makers[key]()
                self.addWidget(self._made[key])
            self.setCurrentWidget(self._made[key])
        elif self._card is not None:
            self.setCurrentWidget(self._card)
        else:
            self._show_now()

    def show_card(self, page: QWidget) -> None:
        """Show the start card in place of the page of what is going on."""
        self.close_card()
        self._card = page
        self.addWidget(page)
        self.go_to(NOW)

    def close_card(self) -> None:
        """Go back to what is going on."""
        page, self._card = self._card, None
        if page is not None:
            if self.rail.current() == NOW:
                self._show_now()
            self.removeWidget(page)
            page.deleteLater()

    @property
    def card(self) -> QWidget | None:
        """The start card, while it is asked."""
        return self._card

    def page(self, key: str) -> QWidget | None:
        """The page that was built for `key`, if it was."""
        return self._made.get(key)

    def focus_main(self) -> None:
        """Put the keyboard on the main button, where that is to be seen."""
        if self.rail.current() == NOW and self._card is None:
            self._main_button().setFocus()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Let Space be the main button and a digit rate the pain, where both are to be seen."""
        if self.rail.current() != NOW or self._card is not None:
            return False
        if event.key() == QtCore.Qt.Key.Key_Space and not event.isAutoRepeat():
            self._main_button().click()
            return True
        return self.takes_digit(event)

    def takes_digit(self, event: QKeyEvent) -> bool:
        """Let a digit rate the pain."""
        text = event.text()
        is_digit = len(text) == 1 and text in "0123456789"
        if is_digit:
            self.now_page.take_digit(event)
        return is_digit

    def _show_routine(self, settings: Settings) -> None:
        self.idle_page.show_routine(settings.routine_name)

    def _main_button(self) -> PillButton:
        shown = self.currentWidget()
        return self.idle_page.main if shown is self.idle_page else self.now_page.main

    def _show_now(self) -> None:
        idle = self._care.view.phase is Phase.IDLE
        page = self.idle_page if idle else self.now_page
        if self.currentWidget() is not page:
            self.setCurrentWidget(page)
            self._main_button().setFocus()


def _holds(widget: QWidget | None, focused: QWidget | None) -> bool:
    """Whether `focused` is `widget` or in it."""
    if widget is None or focused is None:
        return False
    return widget is focused or widget.isAncestorOf(focused)
