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
from typing import TYPE_CHECKING

from backtimer.adapters.display import has_display
from backtimer.arguments import parse, request
from backtimer.diagnostics import catch_bugs, log_to
from backtimer.domain.errors import BacktimerError, Refused
from backtimer.domain.words import tr
from backtimer.exits import DONE, NO_DATA, REFUSED
from backtimer.launch import Instance, Launch, lock_of

if TYPE_CHECKING:
    from backtimer.desk.running import RunningDesk
    from backtimer.engine import Engine

_PAINTED_MS = 2000  # the first picture is there long before
# A thread that loads or computes gives way to the window that often, instead of every 5 ms.
_TURN_S = 0.001

_log = logging.getLogger("backtimer")


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

    from backtimer.engine import Engine
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

    sys.setswitchinterval(_TURN_S)
    application = QApplication(["backtimer"])
    running: list[Engine] = []

    def complete() -> None:
        if running:
            return
        from backtimer.engine import Engine

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
