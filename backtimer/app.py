"""Builds the program and connects its parts. The one place that knows them all.

The order, which is also the order of what a person notices:

1. The folder: made, locked (a second start only raises the first), read. What is wrong here is
   one sentence and an exit status; nothing has been shown yet.
2. The window, painted from the record as it is. Without a screen: the terminal.
3. After the first paint, what takes its time to load: alarm, notifications, tray, socket. The
   first look at the clock comes then, so a removal that is due rings at once.
4. At the end, in reverse: nothing rings, nothing listens, the record is closed, the lock is
   let go.
"""

import gc
import linecache
import logging
import sys
from typing import TYPE_CHECKING, Protocol

from backtimer.adapters.display import has_display
from backtimer.arguments import parse, request
from backtimer.diagnostics import catch_bugs, log_to
from backtimer.domain.errors import BacktimerError, Refused
from backtimer.domain.ports import Delivery
from backtimer.domain.settings import Settings
from backtimer.domain.words import tr
from backtimer.launch import Instance, Launch, lock_of
from backtimer.paths import resource

if TYPE_CHECKING:
    from backtimer.desk.running import RunningDesk
    from backtimer.services.announcements import Announcement

DONE, REFUSED, _MISUSED, _NOT_RUNNING, NO_DATA = range(5)

_PAINTED_MS = 2000  # the first picture is there long before

_log = logging.getLogger("backtimer")


class Front(Protocol):
    """What shows the timer: the window, or the terminal."""

    def show_front(self) -> None:
        """Bring it before the person."""

    def tell_fault(self, fault: str) -> None:
        """The record cannot be read or written because of `fault`; empty when it can again."""

    def note(self, sentence: str) -> None:
        """Show something that the person should know once, and may act on."""

    def on_caution(self, sentence: str) -> None:
        """Something to know before lying down; empty when there is nothing any more."""

    def on_said(self, announcement: "Announcement") -> None:
        """Something is being said to the person: draw attention to it."""

    def on_unreached(self, why: str) -> None:
        """A notification did not get through: this has to reach the person now."""

    def on_reached(self) -> None:
        """A notification got through."""

    def close_program(self) -> None:
        """End the event loop once what is under way is done."""


class Engine:
    """What runs beside what is shown: alarm, reminders, notifications, the command socket."""

    def __init__(self, instance: Instance, front: Front) -> None:
        """Build and connect them. What cannot be had is told, and the rest goes on."""
        from backtimer.adapters.alarm import SchedulerAlarm
        from backtimer.adapters.channels.desktop import DesktopChannel
        from backtimer.adapters.channels.sound import SoundPlayer
        from backtimer.adapters.daily_backup import DailyBackup
        from backtimer.adapters.instance import CommandServer
        from backtimer.adapters.sleep.inhibitor import sleep_inhibitor
        from backtimer.adapters.sleep.waking import SystemWaking
        from backtimer.adapters.termination import Termination
        from backtimer.desk.requests import answer
        from backtimer.desk.restoring import Restoring
        from backtimer.desk.running import RunningDesk
        from backtimer.services.reminders import Reminders
        from backtimer.services.ringing import Ringing
        from backtimer.services.wakefulness import Wakefulness
        from backtimer.services.watch import Watch

        self._instance = instance
        self._front = front
        care, settings, clock = instance.care, instance.settings, instance.clock
        self._alarm = SchedulerAlarm()
        # By hand: a collector that runs in the notification thread can free a Qt timer there,
        # which crashes Qt.
        self._alarm.on_ring(_collect)
        self._channel = DesktopChannel(app_icon=resource("icons/backtimer.svg"))
        self._reminders = Reminders(
            care=care, clock=clock, remind_every_min=settings.current.number("remind_every_min")
        )
        self._sounds = SoundPlayer()
        self._ringing = Ringing(
            care=care, reminders=self._reminders, settings=settings, sounds=self._sounds
        )
        self._watch = Watch(care=care, reminders=self._reminders, alarm=self._alarm, clock=clock)
        self._inhibitor = sleep_inhibitor()
        self._waking = SystemWaking(herald=self._inhibitor)
        self._wakefulness = Wakefulness(
            care=care, inhibitor=self._inhibitor, waking=self._waking, look=self._watch.look
        )
        self._backup = DailyBackup(record=instance.folders.record_file)
        self._alarm.on_ring(self._waking.check)
        self._alarm.on_ring(self._backup.look)
        self.desk = RunningDesk(
            care=care,
            settings=settings,
            clock=clock,
            restoring=Restoring(care=care, settings=settings, store=instance.store, clock=clock),
            outlook=lambda: self._wakefulness.outlook,
            show=front.show_front,
            close=front.close_program,
        )
        self._server = CommandServer(
            data_dir=instance.folders.data, handler=lambda request: answer(self.desk, request)
        )
        self._termination = Termination(front.close_program)
        care.trouble.connect(front.tell_fault)
        instance.on_rescue(self._on_rescue)
        self._backup.damaged.connect(self._on_damaged)
        self._backup.failed.connect(self._on_no_copy)
        self._wakefulness.caution.connect(front.on_caution)
        settings.changed.connect(self._on_settings)
        self._reminders.say.connect(front.on_said)
        self._reminders.say.connect(self._on_say)
        self._channel.on_delivery(self._on_delivery)
        self._sounds.on_trouble(self._on_sound_trouble)

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

    def close(self) -> None:
        """Ring no more, listen no more."""
        self._termination.close()
        self._alarm.shutdown()
        self._inhibitor.close()
        self._waking.close()
        self._sounds.close()
        self._server.close()
        self._backup.close()
        self._channel.close()

    def _on_settings(self, settings: Settings) -> None:
        self._reminders.remind_every_min = settings.number("remind_every_min")
        self._keep_autostart(wanted=bool(settings.get("autostart")))
        self._instance.care.adopt(settings.rules())

    def _keep_autostart(self, *, wanted: bool) -> None:
        from backtimer.adapters import autostart

        # A demo or a folder of its own is not what the computer should start with.
        if not self._instance.is_usual:
            return
        try:
            if autostart.is_enabled() != wanted:
                autostart.set_autostart(enabled=wanted, command=start_command())
        except BacktimerError as error:
            self._front.note(str(error))

    def _on_rescue(self, sentence: str) -> None:
        from PySide6.QtCore import QTimer

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

    def _on_say(self, announcement: "Announcement") -> None:
        _log.info("said: %s", announcement.message)
        self._channel.send(announcement.title, announcement.body, announcement.urgency)

    def _on_sound_trouble(self, why: str) -> None:
        # The notification reaches the person, or the window comes to the front: see there.
        if why:
            _log.warning("not heard: %s", why)

    def _on_delivery(self, delivery: Delivery, why: str) -> None:
        if delivery is Delivery.SENT:
            self._front.on_reached()
        else:
            _log.warning("not reached: %s", why)
            self._front.on_unreached(why)


def _collect() -> None:
    gc.collect()


def start_command() -> list[str]:
    """The command that starts this program, wherever it is installed."""
    return [sys.executable, "-m", "backtimer"]


def open_program(launch: Launch) -> int:
    """Run the program until it is closed, and return its exit status."""
    try:
        lock = lock_of(launch.folders)
        while not lock.acquire():
            from backtimer.adapters import client

            if client.ask(launch.folders.data, {"command": "show", "words": {}}) is not None:
                return DONE
            # Who held it is gone: it only wrote something down.
        instance = Instance(launch, lock)
    except BacktimerError as error:
        print(error, file=sys.stderr)
        return REFUSED if isinstance(error, Refused) else NO_DATA
    log_to(instance.folders.log_file)
    try:
        if launch.terminal:
            return _run_terminal(instance)
        if has_display():
            return _run_window(launch, instance)
        print(tr("There is no display here, so the timer runs in this terminal."), flush=True)
        return _run_terminal(instance)
    finally:
        instance.close()


def _run_terminal(instance: Instance) -> int:
    from PySide6.QtCore import QCoreApplication

    from backtimer.terminal import Terminal

    application = QCoreApplication(["backtimer"])
    terminal = Terminal(
        care=instance.care, clock=instance.clock, ask=lambda line: _typed(engine.desk, line)
    )
    catch_bugs(terminal.on_bug)
    engine = Engine(instance, terminal)
    terminal.start(instance.notes)
    engine.start()
    try:
        return application.exec()
    finally:
        engine.close()


def _typed(desk: "RunningDesk", line: str) -> None:
    """Carry out a command typed into the terminal that the timer runs in."""
    from backtimer.desk.requests import answer

    try:
        options = parse(line.split())
    except SystemExit:
        return
    reply = answer(desk, request(options))
    print(reply["out"] or reply["err"], flush=True)


def _run_window(launch: Launch, instance: Instance) -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from backtimer.ui.window_front import WindowFront

    application = QApplication(["backtimer"])
    running: list[Engine] = []

    def complete() -> None:
        if running:
            return
        # PySide has the source of every module read; 4 MB are free again for what is loaded now.
        linecache.clearcache()
        front.complete(instance.notes)
        engine = Engine(instance, front)
        running.append(engine)
        engine.start()
        # Not enabled again: `Engine` collects, in this thread.
        gc.freeze()
        _log.info("ready")

    front = WindowFront(
        application=application,
        care=instance.care,
        settings=instance.settings,
        clock=instance.clock,
        painted=complete,
    )
    catch_bugs(front.on_bug)
    if launch.minimized:
        complete()
        front.start_hidden()
    else:
        front.open()
        # A window that is never painted, on a locked screen, say, has an alarm all the same.
        QTimer.singleShot(_PAINTED_MS, complete)
    try:
        return application.exec()
    finally:
        front.close()
        for engine in running:
            engine.close()
