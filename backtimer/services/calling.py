"""Has every message said in the ways that its step on the ladder names, and ends it all."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from backtimer.domain.announcements import Announcement, Urgency
from backtimer.domain.clock import Moment
from backtimer.domain.hearing import is_wanted
from backtimer.domain.ladder import Rung
from backtimer.domain.ports import Channel, Delivery
from backtimer.domain.reach import AUDIBLE, Way
from backtimer.domain.reminding import holds
from backtimer.services.care import CareService
from backtimer.services.reminders import Reminders
from backtimer.services.settings import SettingsService


class Calling(QObject):
    """What is said to the person, from the first sound to the answer.

    Signals: `delivered(Way, Delivery, str)` for what became of a message and why, in a sentence;
    `unheard()` when a removal did not get through in one way, so that the next comes sooner.
    """

    delivered = Signal(Way, Delivery, str)
    unheard = Signal()

    def __init__(
        self,
        *,
        care: CareService,
        reminders: Reminders,
        settings: SettingsService,
        channels: Mapping[Way, Channel],
    ) -> None:
        super().__init__()
        self._care = care
        self._settings = settings
        self._channels = channels
        self._said: Announcement | None = None
        self._rung: Rung | None = None
        self._failed: set[Way] = set()  # while this was said
        self._silenced: Moment | None = None
        self._waits_for_notification = False
        for way, channel in channels.items():
            channel.on_delivery(partial(self._on_delivery, way))
        reminders.say.connect(self._on_say)
        reminders.gave_up.connect(self._fall_silent)
        care.changed.connect(self._on_changed)
        settings.changed.connect(self._on_settings)

    def _on_say(self, announcement: Announcement, rung: Rung) -> None:
        self._said, self._rung = announcement, rung
        self._silenced = self._care.episode.silenced
        self._waits_for_notification = (
            announcement.urgency is Urgency.GENTLE and Way.NOTIFICATION in rung.ways
        )
        for way in Way:
            if way in rung.ways and not (way in AUDIBLE and self._waits_for_notification):
                self._say(way)
        if rung.adds and not any(self._may_reach(way) for way in rung.adds):
            self.unheard.emit()

    def _say(self, way: Way) -> None:
        if self._said is None or self._rung is None or not self._is_used(way):
            return
        if way is Way.SOUND and self._said.sound is None:
            return
        volume = self._rung.loudness.volume(self._settings.current.number("volume"))
        self._channels[way].say(replace(self._said, volume=volume))

    def _is_used(self, way: Way) -> bool:
        return way in self._channels and is_wanted(way, self._settings.current)

    def _may_reach(self, way: Way) -> bool:
        return self._is_used(way) and way not in self._failed

    def _on_delivery(self, way: Way, what: Delivery, why: str) -> None:
        self.delivered.emit(way, what, why)
        said = self._said
        if said is None:
            return
        if way is Way.NOTIFICATION and self._waits_for_notification:
            # Now it is known whether the person wants to be left in peace.
            self._waits_for_notification = False
            if what is not Delivery.HELD:
                self._say(Way.SOUND)
        if what is Delivery.SENT:
            self._failed.discard(way)
        elif said.lasts and way not in self._failed:
            # Once: what is known to be broken is skipped from then on.
            self._failed.add(way)
            self.unheard.emit()

    def _on_changed(self) -> None:
        said = self._said
        if said is None:
            return
        if not holds(said.message, self._care.view, self._care.episode):
            self._said = None
            self._failed.clear()
            self._waits_for_notification = False
            for channel in self._channels.values():
                channel.hush()
        elif self._care.episode.silenced != self._silenced:
            self._fall_silent()

    def _fall_silent(self) -> None:
        """Nothing is heard any more; what is shown stays."""
        self._silenced = self._care.episode.silenced
        for way in (*AUDIBLE, Way.PHONE):
            if way in self._channels:
                self._channels[way].hush()

    def _on_settings(self) -> None:
        """Ring as it is wanted now, or not at all."""
        if self._said is None or self._said.urgency is not Urgency.URGENT:
            return
        for way in AUDIBLE & self._channels.keys():
            if not is_wanted(way, self._settings.current):
                self._channels[way].hush()
        self._say(Way.SOUND)
