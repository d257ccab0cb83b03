"""Looks at the ways to the person without a running program: `backtimer check` on its own."""

import logging
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from backtimer.adapters.channels.notifications.desktop import DesktopChannel
from backtimer.adapters.channels.phone.channel import Phone
from backtimer.adapters.channels.sound.channel import SoundPlayer
from backtimer.adapters.channels.voice.channel import Voice
from backtimer.adapters.display import has_display
from backtimer.adapters.settings_file import SettingsFile
from backtimer.adapters.sleep.inhibitor import sleep_inhibitor
from backtimer.desk.check import checking
from backtimer.desk.requests import Reply
from backtimer.domain.hearing import Heard
from backtimer.domain.ports import Channel
from backtimer.domain.reach import Finding, Way, broken, works
from backtimer.domain.words import tr
from backtimer.paths import Folders, resource
from backtimer.services.hearing import Hearing
from backtimer.services.settings import SettingsService
from backtimer.services.wakefulness import SleepProbe

Findings = tuple[Finding, ...]


class Checking:
    """The ways to the person that a program started now would have. Close it after use."""

    def __init__(self, folders: Folders) -> None:
        """Raises `DataError` where the settings cannot be read."""
        # What is found out is told as findings: not as lines of a log that nobody asked for.
        logging.getLogger().addHandler(logging.NullHandler())
        self._application = QApplication([]) if has_display() else QCoreApplication([])
        file = SettingsFile(folders.settings_file)
        settings, _ = file.load()
        self._end = ExitStack()
        desktop = DesktopChannel(app_icon=resource("icons/backtimer.svg"))
        sounds, voice, phone = SoundPlayer(), Voice(), Phone()
        inhibitor = sleep_inhibitor()
        for each in (desktop, sounds, voice, phone, inhibitor):
            self._end.callback(each.close)
        sounds.use(str(settings.get("sound_device")))
        phone.use(settings.texts("phone_urls"), says_what=False)
        channels: Mapping[Way, Channel] = {
            Way.NOTIFICATION: desktop,
            Way.SOUND: sounds,
            Way.VOICE: voice,
            Way.PHONE: phone,
        }
        self._hearing = Hearing(
            settings=SettingsService(store=file, settings=settings),
            probed={
                (Way.NOTIFICATION, Way.BUTTONS): desktop,
                (Way.TRAY, Way.WINDOW): _Screen(),
                (Way.SOUND,): sounds,
                (Way.VOICE,): voice,
                (Way.PHONE,): phone,
                (Way.SLEEP_INHIBITOR,): SleepProbe(inhibitor),
            },
            channels=channels,
        )
        self._end.callback(self._hearing.close)
        inhibitor.start()

    def answer(self, words: Mapping[str, Any]) -> Reply:
        """What `checking` replies; waits for it."""
        loop, replies = QEventLoop(), list[Reply]()

        def on_reply(reply: Reply) -> None:
            replies.append(reply)
            loop.quit()

        checking(self, words)(on_reply)
        if not replies:
            loop.exec()
        return replies[0]

    def look(self, listener: Callable[[Findings], None]) -> None:
        """Find out what works; see `Hearing.look`."""
        self._hearing.look(listener)

    def ring(self) -> None:
        """Ring for a try; see `Hearing.ring`."""
        self._hearing.ring()

    def hear(self, heard: Heard) -> Findings:
        """Note what came of it, and tell what follows."""
        self._hearing.answer(heard)
        return self._hearing.findings

    def close(self) -> None:
        """Let go of all of them."""
        self._end.close()


class _Screen:
    """Window and tray, as far as they can be had here."""

    def probe(self, listener: Callable[[Findings], None]) -> None:
        if not has_display():
            listener((_no_tray(), broken(Way.WINDOW, tr("There is no display here."), _terminal())))
            return
        tray = works(Way.TRAY) if QSystemTrayIcon.isSystemTrayAvailable() else _no_tray()
        listener((tray, works(Way.WINDOW)))


def _no_tray() -> Finding:
    return broken(
        Way.TRAY, tr("This desktop has no tray."), tr("The window stays in the task bar instead.")
    )


def _terminal() -> str:
    return tr("The timer runs in a terminal: backtimer --terminal")
