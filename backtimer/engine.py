"""What runs beside what is shown: alarm, reminders, the ways to the person, the command socket."""

import gc
import logging
from typing import Protocol

from PySide6.QtCore import QTimer, SignalInstance

from backtimer.adapters import autostart
from backtimer.adapters.alarm import SchedulerAlarm
from backtimer.adapters.channels.notifications.desktop import DesktopChannel
from backtimer.adapters.channels.phone.channel import Phone
from backtimer.adapters.channels.phone.ntfy import NtfyPairing
from backtimer.adapters.channels.sound.channel import SoundPlayer
from backtimer.adapters.channels.voice.channel import Voice
from backtimer.adapters.daily_backup import DailyBackup
from backtimer.adapters.instance import CommandServer
from backtimer.adapters.sleep.inhibitor import sleep_inhibitor
from backtimer.adapters.sleep.screen import Screen
from backtimer.adapters.sleep.waking import SystemWaking
from backtimer.adapters.termination import Termination
from backtimer.desk.check import Handling
from backtimer.desk.exporting import Exporter
from backtimer.desk.restoring import Restoring
from backtimer.desk.running import RunningDesk
from backtimer.domain.announcements import Announcement
from backtimer.domain.errors import BacktimerError
from backtimer.domain.ports import Channel, Delivery, Exporting, PhonePairing, Speaker
from backtimer.domain.reach import Way
from backtimer.domain.settings import Settings
from backtimer.domain.view import Action
from backtimer.launch import Instance, start_command
from backtimer.paths import resource
from backtimer.services.calling import Calling
from backtimer.services.hearing import Hearing
from backtimer.services.reminders import Reminders
from backtimer.services.screen import ScreenLight
from backtimer.services.speaking import Speaking
from backtimer.services.wakefulness import SleepProbe, Wakefulness
from backtimer.services.watch import Watch

_log = logging.getLogger("backtimer")

# The first look at the ways to the person may wait until everything else stands.
_FIRST_LOOK_MS = 1500


class Front(Channel, Protocol):
    """What shows the timer, the window or the terminal: also the channel `Way.WINDOW`."""

    across_changed: SignalInstance  # bool: whether it is read from across the room

    def show_front(self) -> None:
        """Bring it before the person."""

    def meet(self, hearing: Hearing, pairing: PhonePairing) -> None:
        """Show from now on what `hearing` finds out, and let a phone be set up."""

    def give(self, exporting: Exporting) -> None:
        """Let the person have the record as files from now on."""

    def give_voice(self, speaker: Speaker) -> None:
        """Have exercises said aloud from now on."""

    def tell_fault(self, fault: str) -> None:
        """The record cannot be read or written because of `fault`; empty when it can again."""

    def note(self, sentence: str) -> None:
        """Show something that the person should know once, and may act on."""

    def on_caution(self, sentence: str) -> None:
        """Something to know before lying down; empty when there is nothing any more."""

    def on_said(self, announcement: Announcement) -> None:
        """Something is being said to the person: draw attention to it."""

    def on_answer(self, action: Action | None) -> None:
        """The person answered where it was said; None: they want to see more."""

    def on_unreached(self, why: str) -> None:
        """A notification did not get through."""

    def on_reached(self) -> None:
        """A notification got through."""

    def close_program(self) -> None:
        """End the event loop once what is under way is done."""


class Engine:
    """All of it, built and connected. What cannot be had is told, and the rest goes on."""

    def __init__(self, instance: Instance, front: Front) -> None:
        self._instance = instance
        self._front = front
        care, settings, clock = instance.care, instance.settings, instance.clock
        self._desktop = DesktopChannel(app_icon=resource("icons/backtimer.svg"))
        self._sounds, self._voice, self._phone = SoundPlayer(), Voice(), Phone()
        beyond: dict[Way, Channel] = {
            Way.NOTIFICATION: self._desktop,
            Way.SOUND: self._sounds,
            Way.VOICE: self._voice,
            Way.PHONE: self._phone,
        }
        self._alarm = SchedulerAlarm()
        self._reminders = Reminders(care=care, settings=settings, clock=clock)
        # Before what says the alarms: it falls silent first.
        self._speaking = Speaking(
            care=care, settings=settings, reminders=self._reminders, voice=self._voice
        )
        self._calling = Calling(
            care=care,
            reminders=self._reminders,
            settings=settings,
            channels={**beyond, Way.WINDOW: front},
        )
        self._watch = Watch(care=care, reminders=self._reminders, alarm=self._alarm, clock=clock)
        self._inhibitor = sleep_inhibitor()
        self._waking = SystemWaking(herald=self._inhibitor)
        self._wakefulness = Wakefulness(
            care=care, inhibitor=self._inhibitor, waking=self._waking, look=self._watch.look
        )
        self._screen = Screen()
        self._light = ScreenLight(care=care, screen=self._screen)
        self._hearing = Hearing(
            settings=settings,
            probed={
                (Way.NOTIFICATION, Way.BUTTONS): self._desktop,
                (Way.TRAY, Way.WINDOW): front,
                (Way.SOUND,): self._sounds,
                (Way.VOICE,): self._voice,
                (Way.PHONE,): self._phone,
                (Way.SLEEP_INHIBITOR,): SleepProbe(self._inhibitor),
            },
            channels=beyond,
        )
        self._backup = DailyBackup(record=instance.folders.record_file)
        self.desk = RunningDesk(
            care=care,
            settings=settings,
            clock=clock,
            restoring=Restoring(care=care, settings=settings, store=instance.store, clock=clock),
            hearing=self._hearing,
            wakefulness=self._wakefulness,
            show=front.show_front,
            close=front.close_program,
        )
        self._server = CommandServer(data_dir=instance.folders.data, handler=Handling(self.desk))
        self._termination = Termination(front.close_program)
        self._connect()

    def _connect(self) -> None:
        instance, front = self._instance, self._front
        # By hand: a collector that runs in another thread can free a Qt timer there, which
        # crashes Qt.
        self._alarm.on_ring(_collect)
        self._alarm.on_ring(self._waking.check)
        self._alarm.on_ring(self._backup.look)
        instance.care.changed.connect(self._hearing.on_view)
        instance.care.trouble.connect(front.tell_fault)
        instance.on_rescue(self._on_rescue)
        instance.settings.changed.connect(self._on_settings)
        self._backup.damaged.connect(self._on_damaged)
        self._backup.failed.connect(self._on_no_copy)
        self._wakefulness.caution.connect(front.on_caution)
        self._reminders.say.connect(self._on_say)
        self._calling.delivered.connect(self._on_delivered)
        self._calling.unheard.connect(self._watch.hurry)
        self._desktop.on_answer(front.on_answer)
        self._phone.on_answer(front.on_answer)
        front.across_changed.connect(self._light.on_across)
        front.meet(self._hearing, NtfyPairing())
        front.give(
            Exporter(
                care=instance.care,
                settings=instance.settings,
                folders=instance.folders,
                clock=instance.clock,
            )
        )
        front.give_voice(self._speaking)

    def start(self) -> None:
        """Begin to listen, catch up with the settings, and look at the clock."""
        self._front.tell_fault(self._instance.care.fault)
        self._on_settings(self._instance.settings.current)
        try:
            self._server.start()
        except BacktimerError as error:
            self._front.note(str(error))
        self._watch.look()
        self._waking.start()
        self._inhibitor.start()
        QTimer.singleShot(_FIRST_LOOK_MS, self._hearing, self._hearing.look)

    def close(self) -> None:
        """Ring no more, listen no more."""
        self._termination.close()
        self._alarm.shutdown()
        self._hearing.close()
        for each in (self._inhibitor, self._waking, self._screen, self._sounds, self._voice):
            each.close()
        self._phone.close()
        self._server.close()
        self._backup.close()
        self._desktop.close()

    def _on_settings(self, settings: Settings) -> None:
        self._keep_autostart(wanted=bool(settings.get("autostart")))
        self._sounds.use(str(settings.get("sound_device")))
        self._phone.use(settings.texts("phone_urls"), says_what=bool(settings.get("phone_words")))
        self._instance.care.adopt(settings.rules())

    def _keep_autostart(self, *, wanted: bool) -> None:
        # A demo or a folder of its own is not what the computer should start with.
        if not self._instance.is_usual:
            return
        try:
            if autostart.is_enabled() != wanted:
                autostart.set_autostart(enabled=wanted, command=start_command())
        except BacktimerError as error:
            self._front.note(str(error))

    def _on_rescue(self, sentence: str) -> None:
        self._front.note(sentence)
        # Later: the store is in the middle of it.
        QTimer.singleShot(0, self._instance.care.restore_open_episode)

    def _on_damaged(self) -> None:
        try:
            self._instance.store.mend()
        except BacktimerError as error:
            self._front.note(str(error))

    def _on_no_copy(self, sentence: str) -> None:
        if sentence:
            self._front.note(sentence)

    def _on_say(self, announcement: Announcement) -> None:
        _log.info("said: %s", announcement.message)
        self._front.on_said(announcement)

    def _on_delivered(self, way: Way, what: Delivery, why: str) -> None:
        if what is Delivery.FAILED:
            _log.warning("not reached by %s: %s", way, why)
            self._hearing.look_again()
        if way is Way.NOTIFICATION and what is Delivery.SENT:
            self._front.on_reached()
        elif way is Way.NOTIFICATION:
            self._front.on_unreached(why)


def _collect() -> None:
    gc.collect()
