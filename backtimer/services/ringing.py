"""Gives every message its sound: once, or without end for a pack that has to come off."""

from typing import assert_never

from PySide6.QtCore import QObject

from backtimer.domain.clock import Moment
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Sound, Sounds
from backtimer.domain.reminding import Message
from backtimer.services.announcements import Announcement
from backtimer.services.care import CareService
from backtimer.services.reminders import Reminders
from backtimer.services.settings import SettingsService


class Ringing(QObject):
    """Plays what belongs to what is said, as loud as the settings have it.

    The alarm of a removal goes on until it is answered, or silenced for one repeat.
    """

    def __init__(
        self,
        *,
        care: CareService,
        reminders: Reminders,
        settings: SettingsService,
        sounds: Sounds,
    ) -> None:
        super().__init__()
        self._care = care
        self._settings = settings
        self._sounds = sounds
        self._is_ringing = False
        self._silenced: Moment | None = None
        reminders.say.connect(self._on_say)
        care.changed.connect(self._on_changed)
        settings.changed.connect(self._on_settings)

    def _on_say(self, announcement: Announcement) -> None:
        self._is_ringing = announcement.message is Message.TAKE_OFF
        self._silenced = self._care.episode.silenced
        self._play(sound_of(announcement.message))

    def _on_changed(self) -> None:
        if self._is_ringing and self._is_answered():
            self._is_ringing = False
            self._sounds.stop()

    def _on_settings(self) -> None:
        if self._is_ringing:
            self._play(Sound.ALARM)

    def _is_answered(self) -> bool:
        """Whether the pack is off, or the person silenced what is heard now."""
        is_silenced = self._care.episode.silenced != self._silenced
        return self._care.view.phase is not Phase.REMOVE or is_silenced

    def _play(self, sound: Sound) -> None:
        settings = self._settings.current
        if settings.get("sound"):
            volume = settings.number("volume")
            self._sounds.play(sound, volume=volume, looped=self._is_ringing)
        else:
            self._sounds.stop()


def sound_of(message: Message) -> Sound:
    """How `message` sounds."""
    match message:
        case Message.TAKE_OFF | Message.ASSUMED_OFF:
            return Sound.ALARM
        case Message.DUE | Message.STILL_ON | Message.BEGUN:
            return Sound.REMINDER
        case Message.PAUSE_OVER | Message.SWITCH_TO_HEAT:
            return Sound.GENTLE
        case _:
            assert_never(message)
