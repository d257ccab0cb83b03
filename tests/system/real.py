"""The real program as a process, and the real desktop around it, with deadlines for everything."""

import contextlib
import io
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from backtimer import cli

PATIENCE_S = 20.0
LOOK_S = 0.01
# To ask a program that only starts means to read its files, and takes the time that it needs.
START_LOOK_S = 0.05

Found = TypeVar("Found")

# Starts no services by itself: what a test does not start is not there.
BUS = """
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
# Nothing is forgotten, and nothing is put together.
DUNST = """
[global]
    stack_duplicates = false
    notification_limit = 5
    history_length = 10000
    sticky_history = true
    idle_threshold = 0
"""


def until(
    what: str,
    condition: Callable[[], Found],
    patience_s: float = PATIENCE_S,
    look_s: float = LOOK_S,
) -> Found:
    """What `condition` finds once it finds something; fails with `what` when it never does."""
    deadline = time.monotonic() + patience_s
    while not (found := condition()):
        assert time.monotonic() < deadline, f"in vain waited for: {what}"
        time.sleep(look_s)
    return found


# --- the desktop ---


class Desktop:
    """A session bus of one's own, on which a notification daemon may run, be frozen or be gone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._dunst: subprocess.Popen[bytes] | None = None
        config = folder / "bus.conf"
        config.write_text(BUS.format(folder=folder))
        self._bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._bus.stdout
        self.address = self._bus.stdout.readline().strip()

    def start_daemon(self) -> None:
        """Start dunst and wait until it answers."""
        config = self._folder / "dunstrc"
        config.write_text(DUNST)
        self._dunst = subprocess.Popen(
            ["dunst", "-conf", str(config)],
            env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": self.address},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until("dunst", lambda: self._ask_daemon("NotificationListHistory") is not None)

    def freeze_daemon(self) -> None:
        """It no longer answers, and it does not end either."""
        assert self._dunst
        self._dunst.send_signal(signal.SIGSTOP)

    def thaw_daemon(self) -> None:
        assert self._dunst
        self._dunst.send_signal(signal.SIGCONT)

    def titles(self) -> list[str]:
        """The titles of all notifications that arrived, the oldest first."""
        # What is still shown is not in the history.
        self._ask_daemon("NotificationCloseAll")
        (history,) = self._ask_daemon("NotificationListHistory") or ([],)
        arrived = sorted(history, key=lambda each: each["id"][1])
        return [str(each["summary"][1]) for each in arrived]

    def bodies(self) -> list[str]:
        """What stood below those titles."""
        self._ask_daemon("NotificationCloseAll")
        (history,) = self._ask_daemon("NotificationListHistory") or ([],)
        arrived = sorted(history, key=lambda each: each["id"][1])
        return [str(each["body"][1]) for each in arrived]

    def close(self) -> None:
        """End all of it."""
        if self._dunst:
            self.thaw_daemon()
            self._dunst.terminate()
            self._dunst.wait(PATIENCE_S)
        self._bus.terminate()
        self._bus.communicate(timeout=PATIENCE_S)

    def _ask_daemon(self, name: str) -> Any:
        """What dunst answers, or None while it is not there."""
        from jeepney import DBusAddress, MessageType, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        address = DBusAddress(
            "/org/freedesktop/Notifications",
            bus_name="org.freedesktop.Notifications",
            interface="org.dunstproject.cmd0",
        )
        with open_dbus_connection(self.address) as connection:
            reply = connection.send_and_get_reply(new_method_call(address, name), timeout=10)
        return None if reply.header.message_type is MessageType.error else reply.body


def xdotool(*words: str) -> str:
    """What xdotool prints; empty where it finds nothing."""
    done = subprocess.run(
        ["xdotool", *words], capture_output=True, text=True, check=False, timeout=PATIENCE_S
    )
    return done.stdout.strip()


# --- the program ---


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str


def ended(process: subprocess.Popen[str]) -> Done:
    """How `process` ends by itself."""
    out, err = process.communicate(timeout=PATIENCE_S)
    return Done(process.returncode, out, err)


class Program:
    """`python -m backtimer` on a folder: started, killed, and spoken to by its command line."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = dict(environment)
        # What it is started by: a command that ends in being the program.
        self.prefix: list[str] = []
        self._spawned: list[subprocess.Popen[str]] = []
        self._running: subprocess.Popen[str] | None = None

    def command(self, *words: str) -> list[str]:
        """The command line."""
        program = [sys.executable, "-m", "backtimer", "--data-dir", str(self.folder)]
        return [*self.prefix, *program, *words]

    # Starting and ending.

    def spawn(self, *words: str, **changes: str | None) -> subprocess.Popen[str]:
        """Start it and do not wait. `changes` of the environment: None takes one away."""
        process = subprocess.Popen(
            self.command(*words),
            env=self.changed_environment(changes),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._spawned.append(process)
        return process

    def start(self, *words: str, **changes: str | None) -> subprocess.Popen[str]:
        """Start it and wait until it answers."""
        self._running = process = self.spawn(*words, **changes)

        def answers() -> bool:
            assert process.poll() is None, f"it ended: {process.communicate()}"
            # On a machine with much to do the command line may lose patience before that.
            done = self.ask("status", "--json")
            return done.status == 0 and bool(json.loads(done.out)["running"])

        until("the program", answers, look_s=START_LOOK_S)
        return process

    def changed_environment(self, changes: Mapping[str, str | None]) -> dict[str, str]:
        """The program's environment with `changes`."""
        merged = {**self.environment, **changes}
        return {name: value for name, value in merged.items() if value is not None}

    @property
    def process(self) -> subprocess.Popen[str]:
        """What `start` started."""
        assert self._running
        return self._running

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(PATIENCE_S)

    def end(self) -> Done:
        """Ask it to end, and wait for that."""
        self.process.terminate()
        return ended(self.process)

    def clean_up(self) -> None:
        """Leave nothing running, and nothing open."""
        for process in self._spawned:
            process.kill()
            process.wait(PATIENCE_S)
            for pipe in (process.stdout, process.stderr):
                if pipe:
                    pipe.close()

    # Speaking to it.

    def run(self, *words: str, **changes: str | None) -> Done:
        """A command in a process of its own."""
        done = subprocess.run(
            self.command(*words),
            env=self.changed_environment(changes),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def ask(self, *words: str) -> Done:
        """The same command line without a new process, which would take too long in a demo."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = cli.run(["--data-dir", str(self.folder), *words])
            except SystemExit as ended:
                status = int(str(ended.code))
        return Done(status, out.getvalue(), err.getvalue())

    def told(self, *words: str) -> str:
        """What is printed for a command that works."""
        done = self.ask(*words)
        assert done.status == 0, done
        return done.out.rstrip("\n")

    def status(self) -> dict[str, Any]:
        """What `status --json` prints."""
        status: dict[str, Any] = json.loads(self.told("status", "--json"))
        return status

    @property
    def phase(self) -> str:
        return str(self.status()["phase"])

    def until_phase(self, phase: str, patience_s: float = PATIENCE_S) -> None:
        """Wait until the timer is in `phase`."""
        until(f"the phase {phase}", lambda: self.phase == phase, patience_s)

    def log(self) -> str:
        """What it has to say about itself."""
        file = self.folder / "backtimer.log"
        return file.read_text("utf-8", "replace") if file.exists() else ""

    def said(self) -> list[str]:
        """The messages that it gave so far, by their names."""
        return re.findall(r"said: ([\w-]+)", self.log())

    def is_on_all_day(self) -> None:
        """No night comes between, no question about the skin, and no sound.

        There is no device here, and a step of the alarm that fails brings the next one at once.
        """
        for key in ("quiet_from", "quiet_to"):
            self.told("config", key, "00:00")
        self.told("config", "sound", "off")
        self.told("config", "skin_check_min", "0")

    # Its window.

    def window(self) -> str:
        """The number of its window, which is on the screen, or empty."""
        found = xdotool("search", "--onlyvisible", "--pid", str(self.process.pid)).split()
        return found[-1] if found else ""

    def is_in_front(self) -> bool:
        """Whether its window is the one that is used."""
        window = self.window()
        return bool(window) and xdotool("getactivewindow") == window


class OnTerminal:
    """A program on a pseudo-terminal: what it prints, and a keyboard."""

    def __init__(self, program: Program, *words: str, **changes: str | None) -> None:
        self._hands, end = pty.openpty()
        # In a session of its own, so that Ctrl-C and the closing of the terminal reach it.
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *program.command(*words)],
            env=program.changed_environment(changes),
            stdin=end,
            stdout=end,
            stderr=end,
        )
        os.close(end)
        os.set_blocking(self._hands, False)
        self.text = ""

    def type(self, text: str) -> None:
        """Type `text`."""
        os.write(self._hands, text.encode())

    def shows(self, text: str) -> bool:
        """Whether `text` was printed by now."""
        # EIO: the other side is closed.
        with contextlib.suppress(BlockingIOError, OSError):
            while part := os.read(self._hands, 65536):
                self.text += part.decode()
        return text in self.text

    def expect(self, text: str) -> None:
        """Wait until `text` was printed."""
        try:
            until(f"“{text}”", lambda: self.shows(text))
        except AssertionError as error:
            raise AssertionError(f"{error} in: {self.text}") from None

    def ended(self) -> int:
        """Its exit status, once it ended by itself."""
        until("its end", lambda: self.process.poll() is not None)
        self.shows("")
        return int(self.process.returncode)

    def close_window(self) -> None:
        """Close the terminal under it."""
        os.close(self._hands)
        self._hands = -1

    def clean_up(self) -> None:
        """Leave nothing running."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE_S)
        if self._hands >= 0:
            os.close(self._hands)


@contextlib.contextmanager
def on_terminal(program: Program, *words: str, **changes: str | None) -> Iterator[OnTerminal]:
    """`program` on a pseudo-terminal."""
    terminal = OnTerminal(program, *words, **changes)
    try:
        yield terminal
    finally:
        terminal.clean_up()


def missing_tools() -> list[str]:
    """What of a desktop is not there."""
    needed = ("dbus-daemon", "dunst", "import", "setsid", "xdotool")
    tools = [each for each in needed if not shutil.which(each)]
    return tools if os.environ.get("DISPLAY") else ["a display", *tools]
