"""The pages that the first picture does not need, built when they are first gone to."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from backtimer.domain.ports import Clock, PhonePairing
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService
from backtimer.ui.actions import Actions
from backtimer.ui.paging import GUIDE, HEARING, JOURNAL, PLAN, SETTINGS
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.nav_shell import SIGNS

if TYPE_CHECKING:
    from backtimer.domain.ports import Exporting, Speaker
    from backtimer.services.hearing import Hearing
    from backtimer.ui.pages.guide import GuidePage
    from backtimer.ui.pages.hearing import HearingPage
    from backtimer.ui.pages.journal import JournalPage
    from backtimer.ui.pages.plan import PlanPage
    from backtimer.ui.pages.settings import SettingsPage


class LatePages(QObject):
    """`makers` has a function for each; what is given or met reaches a page whenever it is made.

    Signal `page_asked(str)`: one leads to another.
    """

    page_asked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        *,
        care: CareService,
        actions: Actions,
        settings: SettingsService,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._care = care
        self._actions = actions
        self._settings = settings
        self._clock = clock
        self._hearing_page: HearingPage | None = None
        self._settings_page: SettingsPage | None = None
        self._guide_page: GuidePage | None = None
        self._writing: list[PlanPage | JournalPage] = []
        self._met: tuple[Hearing, PhonePairing] | None = None
        self._exporting: Exporting | None = None
        self._speaker: Speaker | None = None

    @property
    def makers(self) -> Mapping[str, Callable[[], QWidget]]:
        """By the key of the page."""
        return {
            PLAN: self._make_plan,
            JOURNAL: self._make_journal,
            GUIDE: self._make_guide,
            HEARING: self._make_hearing,
            SETTINGS: self._make_settings,
            SIGNS: self._make_signs,
        }

    def meet(self, hearing: "Hearing", pairing: PhonePairing) -> None:
        """Let the page about hearing know what there is to show."""
        self._met = (hearing, pairing)
        if self._hearing_page:
            self._hearing_page.meet(hearing, pairing)

    def give(self, exporting: "Exporting") -> None:
        """Let the pages that write files do so."""
        self._exporting = exporting
        for page in self._writing:
            page.give(exporting)

    def give_voice(self, speaker: "Speaker") -> None:
        """Let the page with the exercises speak."""
        self._speaker = speaker
        if self._guide_page:
            self._guide_page.exercise.give(speaker)

    def finish(self) -> None:
        """Wait for files that are being written: a thread must not outlive its page."""
        if self._writing:
            from backtimer.ui.exporting import FileExport

            for page in self._writing:
                for each in page.findChildren(FileExport):
                    each.finish()

    def ask_routine(self, above: QWidget) -> None:
        """Ask which routine is to be followed, in a dialog over the window of `above`."""
        from backtimer.ui.dialogs.protocol_dialog import ProtocolDialog

        dialog = ProtocolDialog(self._theme, self._settings, parent=above.window())
        dialog.copied.connect(lambda: self.page_asked.emit(SETTINGS))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _make_plan(self) -> QWidget:
        from backtimer.ui.pages.plan import PlanPage

        page = PlanPage(self._theme, care=self._care, settings=self._settings, clock=self._clock)
        page.quiet_asked.connect(self._on_quiet_asked)
        page.routine_asked.connect(lambda: self.ask_routine(page))
        return self._writer(page)

    def _make_journal(self) -> QWidget:
        from backtimer.ui.pages.journal import JournalPage

        return self._writer(JournalPage(self._theme, care=self._care, clock=self._clock))

    def _writer(self, page: "PlanPage | JournalPage") -> QWidget:
        self._writing.append(page)
        if self._exporting:
            page.give(self._exporting)
        return page

    def _make_guide(self) -> QWidget:
        from backtimer.ui.pages.guide import GuidePage

        page = self._guide_page = GuidePage(
            self._theme, care=self._care, actions=self._actions, clock=self._clock
        )
        if self._speaker:
            page.exercise.give(self._speaker)
        return page

    def _make_signs(self) -> QWidget:
        from backtimer.ui.pages.signs import SignsPage

        return SignsPage(self._theme, actions=self._actions)

    def _make_hearing(self) -> QWidget:
        from backtimer.ui.pages.hearing import HearingPage

        self._hearing_page = HearingPage(self._theme, self._settings)
        if self._met:
            self._hearing_page.meet(*self._met)
        return self._hearing_page

    def _make_settings(self) -> QWidget:
        from backtimer.ui.pages.settings import SettingsPage

        page = self._settings_page = SettingsPage(self._theme, self._settings)
        page.routine_asked.connect(lambda: self.ask_routine(page))
        return page

    def _on_quiet_asked(self) -> None:
        self.page_asked.emit(SETTINGS)
        if self._settings_page:
            self._settings_page.show_setting("quiet_from")
