"""What of the front the first picture does not need: dialogs, tray, overlay, the sign."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from backtimer.domain.ports import Clock
from backtimer.services.care import CareService
from backtimer.ui import formatting
from backtimer.ui.actions import Actions
from backtimer.ui.asking import Asking
from backtimer.ui.guide_texts import ABOUT
from backtimer.ui.main_window import MainWindow
from backtimer.ui.notices.care_notices import CareNotices
from backtimer.ui.notices.notices import Notices
from backtimer.ui.notices.take_off_notice import TakeOffNotice
from backtimer.ui.notices.welcome_cards import HEARD, ONSET, SIGNS_CARD, WHAT, WelcomeCards
from backtimer.ui.paging import ENTRIES, GUIDE, HEARING
from backtimer.ui.presence import Presence
from backtimer.ui.reaching.across_mode import AcrossMode
from backtimer.ui.reaching.window_channel import WindowChannel
from backtimer.ui.start_cards import StartCards
from backtimer.ui.stopping import Stopping
from backtimer.ui.theme import Theme
from backtimer.ui.tray import Tray
from backtimer.ui.widgets.nav_shell import SIGNS


class FrontParts(QObject):
    """Built after the first paint, around a window that stands; each part is an attribute."""

    def __init__(
        self,
        *,
        application: QApplication,
        theme: Theme,
        window: MainWindow,
        notices: Notices,
        actions: Actions,
        care: CareService,
        clock: Clock,
        close_program: Callable[[], None],
    ) -> None:
        super().__init__()
        self._window = window
        self._actions = actions
        self.asking = Asking(theme=theme, window=window, care=care, actions=actions, clock=clock)
        self._stopping = Stopping(window=window, notices=notices, care=care, actions=actions)
        self._care_notices = CareNotices(
            notices=notices, care=care, asking=self.asking, actions=actions
        )
        self.welcome = WelcomeCards(
            column=window.now_page.welcome,
            care=care,
            acts={
                WHAT: self._read_about,
                SIGNS_CARD: actions.signs_asked.emit,
                ONSET: self.asking.ask_onset,
                HEARD: lambda: self.go_to(HEARING),
            },
        )
        self._take_off = TakeOffNotice(
            notices=notices, pages=window.pages, care=care, actions=actions
        )
        self.across = AcrossMode(
            theme=theme, window=window, notices=notices, actions=actions, care=care, clock=clock
        )
        self.tray = Tray(theme=theme, actions=actions, name=formatting.program_name(clock.speed))
        self.channel = WindowChannel(
            application=application, theme=theme, window=window, care=care, clock=clock
        )
        self.presence = Presence(
            window=window,
            tray=self.tray,
            care=care,
            asking=self.asking,
            close_program=close_program,
        )
        self.cards = StartCards(
            theme=theme, pages=window.pages, actions=actions, reveal=self.reveal
        )
        self._connect()
        self._add_shortcuts()

    def go_to(self, key: str) -> None:
        """Show the page `key`."""
        self.across.leave()
        self._window.pages.go_to(key)

    def reveal(self) -> None:
        """Bring the window itself before the person."""
        self.across.leave()
        self.presence.come()

    def _read_about(self) -> None:
        from backtimer.ui.pages.guide import GuidePage

        self.go_to(GUIDE)
        page = self._window.pages.page(GUIDE)
        if isinstance(page, GuidePage):
            page.show_text(ABOUT)

    def _connect(self) -> None:
        window, actions, asking = self._window, self._actions, self.asking
        window.now_page.pressed.connect(actions.perform)
        window.now_page.more.connect(asking.open_more)
        window.now_page.rated.connect(actions.rate)
        window.idle_page.start.connect(lambda: actions.start(None))
        window.idle_page.began_earlier.connect(asking.ask_first_onset)
        window.idle_page.routine_asked.connect(asking.routine_asked)
        actions.signs_asked.connect(lambda: self.go_to(SIGNS))
        actions.rating_asked.connect(self._on_rating_asked)
        asking.across_asked.connect(self.across.toggle)
        self.channel.acted.connect(actions.perform)

    def _on_rating_asked(self) -> None:
        self.reveal()
        self.asking.ask_pain()

    def _add_shortcuts(self) -> None:
        for number, entry in enumerate(ENTRIES, start=1):
            keys = QKeySequence(f"Ctrl+{number}")
            QShortcut(keys, self._window, lambda key=entry.key: self.go_to(key))
        for keys_of, act in (
            ("F11", self.across.toggle),
            ("Ctrl+W", self._window.close),
            ("Ctrl+Q", self._actions.quit_asked.emit),
        ):
            QShortcut(QKeySequence(keys_of), self._window, act)
