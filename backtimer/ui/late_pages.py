"""The pages that the first picture does not need, built when they are first gone to."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from backtimer.domain.ports import PhonePairing
from backtimer.services.settings import SettingsService
from backtimer.ui.paging import HEARING, SETTINGS
from backtimer.ui.theme import Theme

if TYPE_CHECKING:
    from backtimer.services.hearing import Hearing
    from backtimer.ui.pages.hearing import HearingPage


class LatePages:
    """`makers` has a function for each; what `meet` brings reaches its page whenever it is made."""

    def __init__(self, theme: Theme, settings: SettingsService) -> None:
        self._theme = theme
        self._settings = settings
        self._hearing_page: HearingPage | None = None
        self._met: tuple[Hearing, PhonePairing] | None = None

    @property
    def makers(self) -> Mapping[str, Callable[[], QWidget]]:
        """By the key of the page."""
        return {HEARING: self._make_hearing, SETTINGS: self._make_settings}

    def meet(self, hearing: "Hearing", pairing: PhonePairing) -> None:
        """Let the page about hearing know what there is to show."""
        self._met = (hearing, pairing)
        if self._hearing_page:
            self._hearing_page.meet(hearing, pairing)

    def _make_hearing(self) -> QWidget:
        from backtimer.ui.pages.hearing import HearingPage

        self._hearing_page = HearingPage(self._theme, self._settings)
        if self._met:
            self._hearing_page.meet(*self._met)
        return self._hearing_page

    def _make_settings(self) -> QWidget:
        from backtimer.ui.pages.settings import SettingsPage

        return SettingsPage(self._theme, self._settings)
