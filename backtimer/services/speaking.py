"""Says aloud what to do during an exercise, where a voice is wanted and nothing has to come off."""

from PySide6.QtCore import QObject

from backtimer.domain.announcements import Announcement, Urgency, guidance
from backtimer.domain.hearing import is_wanted
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Channel
from backtimer.domain.reach import Way
from backtimer.services.care import CareService
from backtimer.services.reminders import Reminders
from backtimer.services.settings import SettingsService


class Speaking(QObject):
    """The port `Speaker`, by the voice that also says what has to come off.

    That comes first: once a pack has to come off, the voice is no longer used here, nor hushed.
    Build it before what says the alarms, so that it is silent by then.
    """

    def __init__(
        self, *, care: CareService, settings: SettingsService, reminders: Reminders, voice: Channel
    ) -> None:
        super().__init__()
        self._care = care
        self._settings = settings
        self._voice = voice
        self._is_speaking = False
        reminders.say.connect(self._on_say)
        settings.changed.connect(self._on_settings)

    def speak(self, words: str) -> None:
        """Say `words` in place of what was said before, where a voice is wanted."""
        is_alarm = self._care.view.phase is Phase.REMOVE
        if is_wanted(Way.VOICE, self._settings.current) and not is_alarm:
            self._is_speaking = True
            self._voice.say(guidance(words))

    def hush(self) -> None:
        """Be silent at once. Harmless at any time: an alarm goes on."""
        if self._is_speaking:
            self._is_speaking = False
            self._voice.hush()

    def _on_say(self, announcement: Announcement) -> None:
        if announcement.urgency is Urgency.URGENT:
            self.hush()

    def _on_settings(self) -> None:
        if not is_wanted(Way.VOICE, self._settings.current):
            self.hush()
