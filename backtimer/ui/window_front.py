"""The window, the tray and the dialogs as one front: what `app.Front` asks for, in pictures."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from backtimer.domain.phases import Phase
from backtimer.domain.ports import Clock, Delivery, PhonePairing
from backtimer.domain.reach import Finding, Way, works
from backtimer.domain.reminding import holds
from backtimer.domain.settings import Settings
from backtimer.domain.view import Action, View
from backtimer.domain.wording import not_saved
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService
from backtimer.ui.actions import Actions
from backtimer.ui.late_pages import LatePages
from backtimer.ui.main_window import MainWindow
from backtimer.ui.notices.notices import Notices, Topic
from backtimer.ui.paging import HEARING
from backtimer.ui.theme import Appearance, Theme, Tone

if TYPE_CHECKING:
    from backtimer.domain.announcements import Announcement
    from backtimer.domain.ports import Exporting, Speaker
    from backtimer.services.hearing import Hearing


class WindowFront(QObject):
    """Everything a person sees; as a channel it is `Way.WINDOW`.

    What the first picture does not need, tray and dialogs, is made by `complete` after it.
    Signal `across_changed(bool)`: whether the sign to be read from across the room is seen.
    """

    across_changed = Signal(bool)

    def __init__(
        self,
        *,
        application: QApplication,
        care: CareService,
        settings: SettingsService,
        clock: Clock,
        painted: Callable[[], None],
    ) -> None:
        super().__init__()
        application.setQuitOnLastWindowClosed(False)
        self._application = application
        self._care = care
        self._settings = settings
        self._clock = clock
        self._theme = Theme(application, Appearance(settings.current.get("theme")))
        self._actions = Actions(care=care, settings=settings, clock=clock)
        self._late_pages = LatePages(
            self._theme, care=care, actions=self._actions, settings=settings, clock=clock
        )
        self._window = MainWindow(
            theme=self._theme,
            care=care,
            settings=settings,
            clock=clock,
            makers=self._late_pages.makers,
            painted=painted,
        )
        self._notices = Notices(self._window.banner)
        self._notes: list[str] = []
        self._said: Announcement | None = None

    def open(self) -> None:
        """Show the window."""
        self._window.show()

    def complete(self, notes: Sequence[str]) -> None:
        """Make what else there is to see and to press, and show `notes` about the files."""
        from backtimer.ui.widgets.icon import app_icon

        self._theme.settle()
        self._window.setWindowIcon(app_icon())
        self._make_parts()
        self._actions.refused.connect(self._on_refused)
        self._actions.quit_asked.connect(self._on_quit_asked)
        self._window.closing.connect(self._on_closing)
        self._care.changed.connect(self._on_changed)
        self._settings.changed.connect(self._on_settings)
        self._theme.changed.connect(self._care.check)
        self._notes = list(notes)
        self._show_notes()

    def _make_parts(self) -> None:
        from backtimer.ui.front_parts import FrontParts

        parts = self._parts = FrontParts(
            application=self._application,
            theme=self._theme,
            window=self._window,
            notices=self._notices,
            actions=self._actions,
            care=self._care,
            clock=self._clock,
            close_program=self.close_program,
        )
        late_pages = self._late_pages
        late_pages.page_asked.connect(parts.go_to)
        parts.asking.routine_asked.connect(lambda: late_pages.ask_routine(self._window))
        self._tray, self._channel, self._across = parts.tray, parts.channel, parts.across
        self._tray.opened.connect(self.show_front)
        self._channel.opened.connect(self.show_front)
        self._across.changed.connect(self._on_across)

    def start_hidden(self) -> None:
        """Stay out of the way: in the tray, or minimised where there is none (yet)."""
        self._parts.presence.start_hidden()

    def close(self) -> None:
        """Leave tray and screen."""
        self._late_pages.finish()
        self._channel.close()
        self._tray.close()
        self._window.hide()

    # --- app.Front ---

    def show_front(self) -> None:
        """Bring the window before the person."""
        self._parts.presence.come()
        self._ask_for_card(self._care.view)

    def meet(self, hearing: "Hearing", pairing: PhonePairing) -> None:
        """Show from now on what `hearing` finds out; `pairing` is for setting up a phone."""
        from backtimer.ui.notices.hearing_notices import HearingNotices

        self._late_pages.meet(hearing, pairing)
        self._parts.welcome.meet(hearing)
        self._hearing_notices = HearingNotices(
            notices=self._notices,
            care=self._care,
            hearing=hearing,
            check=lambda: self._parts.go_to(HEARING),
        )

    def give(self, exporting: "Exporting") -> None:
        """Let files be written from now on."""
        self._late_pages.give(exporting)

    def give_voice(self, speaker: "Speaker") -> None:
        """Have exercises said aloud from now on."""
        self._late_pages.give_voice(speaker)

    def tell_fault(self, fault: str) -> None:
        """Show that the record cannot be written, or no longer that it cannot."""
        text = not_saved(fault) if fault else ""
        self._notices.say(Topic.NOT_SAVED, text, tone=Tone.OVERDUE)

    def note(self, sentence: str) -> None:
        """Add to what there is to know about the files."""
        if sentence not in self._notes:
            self._notes.append(sentence)
            self._show_notes()

    def on_caution(self, sentence: str) -> None:
        """Show what is to be known before lying down."""
        self._notices.say(Topic.MAY_SLEEP, sentence, tone=Tone.HEAT)

    def on_said(self, announcement: "Announcement") -> None:
        """Ask for attention in the task bar; the page shows the state anyway."""
        self._said = announcement
        self._application.alert(self._window)

    def on_answer(self, action: Action | None) -> None:
        """Do what was answered where it was said; None: show the window, and what it was about."""
        action = action or self._opened_by_a_click()
        if action is None:
            self.show_front()
        else:
            self._actions.perform(action)

    def _opened_by_a_click(self) -> Action | None:
        said = self._said
        if said and holds(said.message, self._care.view, self._care.episode):
            return said.opens
        return None

    def on_unreached(self, why: str) -> None:
        """Say that notifications do not get through, here and beside the tray's icon."""
        text = tr("{why} Keep this window in sight.", why=why)
        self._notices.say(Topic.NOT_REACHED, text, tone=Tone.HEAT)
        if self._said:
            self._tray.say(self._said.title, self._said.body)

    def on_reached(self) -> None:
        """Notifications work again."""
        self._notices.say(Topic.NOT_REACHED, "")

    def on_bug(self, what: str) -> None:
        """Say that something is wrong with the program; the timer goes on."""
        text = tr(
            "A mistake in Backtimer; the timer goes on. The log tells more. ({what})", what=what
        )
        self._notices.say(Topic.BUG, text, tone=Tone.OVERDUE)

    def close_program(self) -> None:
        """End the event loop, once a reply that is on its way is out."""
        # Not `quit`: that asks every window to close first, and ours asks back.
        QTimer.singleShot(0, self, lambda: self._application.exit(0))

    # --- ports.Channel ---

    def say(self, announcement: "Announcement") -> None:
        """Come before the person's eyes, without taking the keyboard from what they use."""
        self._channel.say(announcement)

    def hush(self) -> None:
        """Step back at once."""
        self._channel.hush()

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None:
        """Call `listener` from the event loop once something was shown."""
        self._channel.on_delivery(listener)

    def probe(self, listener: Callable[[tuple[Finding, ...]], None]) -> None:
        """Tell of the tray and of the window."""
        self._tray.probe(lambda found: listener((*found, works(Way.WINDOW))))
        # A tray that was found only now has no picture yet.
        self._on_changed(self._care.view)

    # --- slots ---

    def _on_changed(self, view: View) -> None:
        snooze_min = self._settings.current.number("snooze_min")
        pack = self._care.episode.pack
        rings = view.phase is Phase.REMOVE and not (pack and pack.unanswered)
        self._tray.show_view(view, self._clock.now(), snooze_min, rings=rings)
        self._parts.presence.keep()
        self._ask_for_card(view)

    def _ask_for_card(self, view: View) -> None:
        if self._window.is_seen and not self._across.is_on:
            self._parts.cards.ask_afterwards(view)

    def _on_across(self, seen: bool) -> None:  # noqa: FBT001  the signal's
        self.across_changed.emit(seen)
        self._ask_for_card(self._care.view)

    def _show_notes(self) -> None:
        self._notices.say(Topic.NOTES, " ".join(self._notes), dismiss=self._notes.clear)

    def _on_refused(self, sentence: str) -> None:
        self._notices.say(Topic.REFUSED, sentence)

    def _on_quit_asked(self) -> None:
        self.show_front()
        self._parts.asking.ask_quit(self.close_program)

    def _on_closing(self, event: QCloseEvent) -> None:
        self._across.leave()
        self._parts.presence.on_closing(event)

    def _on_settings(self, settings: Settings) -> None:
        self._theme.set_appearance(Appearance(settings.get("theme")))
