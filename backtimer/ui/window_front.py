"""The window, the tray and the dialogs as one front: what `app.Front` asks for, in pictures."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget

from backtimer.domain.clock import Moment
from backtimer.domain.events import CardAnswer
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Clock
from backtimer.domain.protocol import Modality
from backtimer.domain.settings import Settings
from backtimer.domain.view import View
from backtimer.domain.wording import modality_name, not_saved
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService
from backtimer.ui import formatting
from backtimer.ui.actions import Actions
from backtimer.ui.main_window import NOW, SETTINGS, MainWindow
from backtimer.ui.notices import Notices, Topic
from backtimer.ui.theme import Appearance, Theme, Tone

if TYPE_CHECKING:
    from backtimer.services.announcements import Announcement


class WindowFront(QObject):
    """Everything a person sees.

    What the first picture does not need, tray and dialogs, is made by `complete` after it.
    """

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
        self._window = MainWindow(
            theme=self._theme,
            care=care,
            settings=settings,
            clock=clock,
            settings_page=self._settings_page,
            painted=painted,
        )
        self._notices = Notices(self._window.banner)
        self._notes: list[str] = []
        self._hides = False
        self._said: Announcement | None = None
        self._told_of_tray = False

    def open(self) -> None:
        """Show the window."""
        self._window.show()

    def complete(self, notes: Sequence[str]) -> None:
        """Make what else there is to see and to press, and show `notes` about the files."""
        from backtimer.ui.asking import Asking
        from backtimer.ui.tray import Tray
        from backtimer.ui.widgets.icon import app_icon

        self._theme.settle()
        self._window.setWindowIcon(app_icon())
        self._asking = Asking(
            theme=self._theme,
            window=self._window,
            care=self._care,
            actions=self._actions,
            clock=self._clock,
        )
        self._tray = Tray(
            theme=self._theme,
            actions=self._actions,
            name=formatting.program_name(self._clock.speed),
        )
        self._tray.opened.connect(self.show_front)
        self._actions.refused.connect(self._on_refused)
        self._actions.card_needed.connect(self._on_card_needed)
        self._actions.quit_asked.connect(self._on_quit_asked)
        window = self._window
        window.closing.connect(self._on_closing)
        window.now_page.pressed.connect(self._actions.perform)
        window.now_page.more.connect(self._asking.open_more)
        window.now_page.rated.connect(self._actions.rate)
        window.idle_page.start.connect(lambda: self._actions.start(None))
        window.idle_page.began_earlier.connect(self._asking.ask_first_onset)
        self._add_shortcuts()
        self._care.changed.connect(self._on_changed)
        self._settings.changed.connect(self._on_settings)
        self._theme.changed.connect(self._care.check)
        self._notes = list(notes)
        self._show_notes()

    def _add_shortcuts(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        window = self._window
        for keys, act in (
            ("Ctrl+1", lambda: window.go_to(NOW)),
            ("Ctrl+2", lambda: window.go_to(SETTINGS)),
            ("Ctrl+W", window.close),
            ("Ctrl+Q", self._actions.quit_asked.emit),
        ):
            QShortcut(QKeySequence(keys), window, act)

    def start_hidden(self) -> None:
        """Stay out of the way: in the tray, or minimised where there is none (yet)."""
        self._hides = True
        self._tray.look()
        if not self._tray.is_there:
            self._window.showMinimized()

    def close(self) -> None:
        """Leave tray and screen."""
        self._tray.close()
        self._window.hide()

    # --- app.Front ---

    def show_front(self) -> None:
        """Bring the window before the person."""
        self._hides = False
        self._window.come_to_front()
        self._ask_for_card(self._care.view)

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

    def on_unreached(self, why: str) -> None:
        """Window and tray are now the only ways: put the window in front."""
        text = tr("{why} Keep this window in sight.", why=why)
        self._notices.say(Topic.NOT_REACHED, text, tone=Tone.HEAT)
        if self._said:
            self._tray.say(self._said.title, self._said.body)
        self._window.come_to_front()

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

    # --- slots ---

    def _on_changed(self, view: View) -> None:
        snooze_min = self._settings.current.number("snooze_min")
        self._tray.show_view(view, self._clock.now(), snooze_min)
        if not self._window.isVisible() and not self._tray.is_there:
            # Whatever hid it is gone: it must stay reachable.
            self._window.showMinimized()
        elif self._hides and self._tray.is_there and self._window.isMinimized():
            self._window.hide()
        if self._window.is_seen:
            self._ask_for_card(view)
        name = modality_name(view.modality or view.offered)
        self._notices.say(
            Topic.STILL_ON,
            tr("The computer was started again. Is the {name} still on?", name=name)
            if view.unsure
            else "",
            tone=Tone.HEAT,
            action=tr("I took it off at…"),
            act=self._asking.ask_removal,
        )
        late = tr("You confirmed this one late.") if view.ask_removal else ""
        self._notices.say(
            Topic.LATE_REMOVAL,
            late,
            action=tr("When did you really take it off?"),
            act=self._asking.ask_late_removal,
            dismiss=self._actions.accept_removal,
        )

    def _ask_for_card(self, view: View) -> None:
        """A session that began without its start card: ask once the person is here."""
        if view.card_for and view.phase is not Phase.REMOVE and not self._window.has_card:
            self._show_card(view.card_for, None, is_on=True)

    def _on_card_needed(self, modality: Modality, onset: Moment | None) -> None:
        self.show_front()
        self._show_card(modality, onset, is_on=False)

    def _show_card(self, modality: Modality, onset: Moment | None, *, is_on: bool) -> None:
        from backtimer.ui.pages.start_card import StartCardPage

        page = StartCardPage(self._theme, modality, is_on=is_on)

        def on_answer(answer: CardAnswer) -> None:
            if is_on:
                self._actions.answer_card(modality, answer)
            else:
                self._actions.start_with_card(modality, onset, answer)
            self._window.close_card()

        page.answered.connect(on_answer)
        page.closed.connect(self._window.close_card)
        self._window.show_card(page)
        page.focus_main()

    def _show_notes(self) -> None:
        self._notices.say(Topic.NOTES, " ".join(self._notes), dismiss=self._notes.clear)

    def _on_refused(self, sentence: str) -> None:
        self._notices.say(Topic.REFUSED, sentence)

    def _on_quit_asked(self) -> None:
        self.show_front()
        self._asking.ask_quit(self.close_program)

    def _on_closing(self, event: QCloseEvent) -> None:
        event.ignore()
        if self._tray.is_there:
            self._hides = True
            self._window.hide()
            if not self._told_of_tray:
                self._told_of_tray = True
                self._tray.say(tr("Backtimer goes on here."), tr("Open or quit it from this icon."))
        elif self._care.view.phase is Phase.IDLE:
            self._asking.ask_quit(self.close_program)
        else:
            self._asking.ask_close(self.close_program, self._window.showMinimized)

    def _on_settings(self, settings: Settings) -> None:
        self._theme.set_appearance(Appearance(settings.get("theme")))

    def _settings_page(self) -> QWidget:
        from backtimer.ui.pages.settings import SettingsPage

        return SettingsPage(self._theme, self._settings)
