"""Takes pictures of the real program, in each phase, light and dark, in several sizes.

`make screenshots` takes the one for the README. `make screenshots ARGS="all FOLDER"` takes all
of them, to look at. A record is lived through beforehand, so that there is something to see.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

from backtimer.adapters.event_store import SqliteEventStore
from backtimer.adapters.settings_file import SettingsFile
from backtimer.adapters.system_clock import SystemClock
from backtimer.domain import commands as cmd
from backtimer.domain.clock import DAY_S, HOUR_S, MINUTE_S, Moment
from backtimer.domain.decide import decide
from backtimer.domain.episode import Episode, evolve
from backtimer.domain.events import CardAnswer, Event, MachineRestarted, Notice, Noticed
from backtimer.domain.phases import Phase, standing
from backtimer.domain.protocol import Modality
from backtimer.domain.rules import Rules
from backtimer.domain.settings import Settings

README_PICTURE = Path("docs/backtimer.png")
READY_S = 20.0
# The keys that show what has a name here.
_PAGES = {
    "plan": "ctrl+2",
    "journal": "ctrl+3",
    "guide": "ctrl+4",
    "hearing": "ctrl+5",
    "settings": "ctrl+6",
    "across": "F11",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A state to take a picture of: when it began, what the last hour held, and how it looks."""

    name: str
    theme: str = "light"
    hour: str = "15:08"
    onset_ago_s: float = 44 * HOUR_S + 28 * MINUTE_S
    ending: Callable[["Life"], None] | None = None
    size: tuple[int, int] = (960, 640)
    font_dpi: int = 96
    keys: tuple[str, ...] = ()
    logind: bool = True  # whether somebody keeps the machine awake
    wait_s: float = 1.5


class Life:
    """An episode that is lived by the rules up to now, in no time."""

    def __init__(self, now: Moment) -> None:
        self.now = now
        self.events: list[Event] = []
        self.episode = Episode(rules=Rules())

    def do(self, command: cmd.Command, ago_s: float) -> None:
        """Carry out `command` as it was `ago_s` seconds ago."""
        events = decide(self.episode, command, self.now.after(-ago_s))
        self.events += events
        self.episode = reduce(evolve, events, self.episode)

    def obey(self, onset_ago_s: float, until_ago_s: float) -> None:
        """Do what the program says, minute by minute, and rate the pain now and then."""
        for minute in range(int(onset_ago_s / 60), int(until_ago_s / 60), -1):
            ago_s = minute * 60.0
            phase = standing(self.episode, self.now.after(-ago_s)).phase
            if phase in (Phase.IDLE, Phase.DUE):
                modality = Modality.ICE if ago_s > onset_ago_s - 3 * DAY_S else Modality.HEAT
                card = CardAnswer.NONE_OF_THESE
                self.do(cmd.Start(modality=modality, card=card), ago_s)
            elif phase is Phase.REMOVE:
                self.do(cmd.Off(), ago_s)
                self.do(cmd.RatePain(nrs=6), ago_s)


def _on(minutes: float) -> Callable[[Life], None]:
    def ending(life: Life) -> None:
        modality = None
        life.do(cmd.Start(modality=modality, card=CardAnswer.NONE_OF_THESE), minutes * 60)

    return ending


def _nothing(_life: Life) -> None:
    """The session that is due waits."""


def _resting(life: Life) -> None:
    life.do(cmd.Start(), (32 + 20) * 60 + 19)
    life.do(cmd.Off(), 32 * 60 + 19)
    life.do(cmd.RatePain(nrs=5), 31 * 60)


def _paused(life: Life) -> None:
    life.do(cmd.Start(), 9 * 60)
    life.do(cmd.Pause(), 100)


def _late(life: Life) -> None:
    life.do(cmd.Start(), 60 * 60)
    life.do(cmd.Off(), 10 * 60)


def _restarted(life: Life) -> None:
    life.do(cmd.Start(card=CardAnswer.NONE_OF_THESE), 9 * 60)
    life.events.append(MachineRestarted(at=life.now))


def _skin_check(life: Life) -> None:
    life.do(cmd.Start(card=CardAnswer.NONE_OF_THESE), 11 * 60)
    life.events.append(Noticed(at=life.now, notice=Notice.SKIN_CHECK, step=1))


def _left_out(life: Life) -> None:
    life.do(cmd.Skip(), 95 * 60)
    life.do(cmd.Start(), 60 * 60)
    life.do(cmd.LoseTrack(), 35 * 60)


ICE = _on(7 + 46 / 60)
SCENES = (
    Scene(name="idle", onset_ago_s=0),
    Scene(name="idle-dark", onset_ago_s=0, theme="dark"),
    Scene(name="ice", ending=ICE),
    Scene(name="ice-dark", ending=ICE, theme="dark"),
    Scene(name="welcome", onset_ago_s=0, ending=ICE),
    Scene(name="welcome-dark", onset_ago_s=0, ending=ICE, theme="dark"),
    Scene(name="welcome-640x480", onset_ago_s=0, ending=ICE, size=(640, 480)),
    Scene(name="welcome-1920x1080", onset_ago_s=0, ending=ICE, size=(1920, 1080)),
    Scene(name="welcome-large", onset_ago_s=0, ending=ICE, font_dpi=192, size=(1920, 1080)),
    Scene(name="rest", ending=_resting),
    Scene(name="rest-dark", ending=_resting, theme="dark"),
    Scene(name="overdue", ending=_on(22.1)),
    Scene(name="overdue-dark", ending=_on(22.1), theme="dark"),
    Scene(name="heat", ending=_on(10.97), onset_ago_s=3 * DAY_S + 16 * HOUR_S, hour="11:01"),
    Scene(
        name="heat-dark",
        ending=_on(10.97),
        onset_ago_s=3 * DAY_S + 16 * HOUR_S,
        hour="11:01",
        theme="dark",
    ),
    Scene(name="due", ending=_nothing),
    Scene(name="due-dark", ending=_nothing, theme="dark"),
    Scene(name="paused", ending=_paused),
    Scene(name="late", ending=_late),
    Scene(name="restarted", ending=_restarted),
    Scene(name="restarted-dark-640x480", ending=_restarted, theme="dark", size=(640, 480)),
    Scene(name="restarted-420x560", ending=_restarted, size=(420, 560)),
    Scene(name="may-sleep", ending=ICE, logind=False),
    Scene(name="may-sleep-420x560", ending=ICE, logind=False, size=(420, 560)),
    Scene(name="quiet-dark", hour="22:50", theme="dark"),
    Scene(name="card", onset_ago_s=0, keys=("space",)),
    Scene(name="card-dark", onset_ago_s=0, keys=("space",), theme="dark"),
    Scene(name="settings", ending=ICE, keys=("settings",)),
    Scene(name="settings-dark", ending=ICE, keys=("settings",), theme="dark"),
    Scene(name="settings-narrow", ending=ICE, keys=("settings",), size=(420, 640)),
    Scene(name="settings-large", ending=ICE, keys=("settings",), font_dpi=192),
    Scene(name="hearing", ending=ICE, keys=("hearing",), wait_s=12),
    Scene(name="hearing-dark", ending=ICE, keys=("hearing",), wait_s=12, theme="dark"),
    Scene(name="hearing-narrow", ending=ICE, keys=("hearing",), wait_s=12, size=(420, 640)),
    Scene(name="hearing-large", ending=ICE, keys=("hearing",), wait_s=12, font_dpi=192),
    Scene(name="plan", ending=ICE, keys=("plan",)),
    Scene(name="plan-dark", ending=ICE, keys=("plan",), theme="dark"),
    Scene(name="plan-idle", onset_ago_s=0, keys=("plan",)),
    Scene(name="plan-left-out", ending=_left_out, keys=("plan",)),
    Scene(name="plan-640x480", ending=ICE, keys=("plan",), size=(640, 480)),
    Scene(name="plan-420x560", ending=ICE, keys=("plan",), size=(420, 560)),
    Scene(name="plan-1920x1080", ending=ICE, keys=("plan",), size=(1920, 1080)),
    Scene(name="plan-large", ending=ICE, keys=("plan",), font_dpi=192),
    Scene(
        name="plan-heat-large-1920x1080",
        ending=_on(10.97),
        keys=("plan",),
        font_dpi=192,
        onset_ago_s=3 * DAY_S + 16 * HOUR_S,
        hour="11:01",
        size=(1920, 1080),
        theme="dark",
    ),
    Scene(name="across-idle", onset_ago_s=0, keys=("across",)),
    Scene(name="across-ice", ending=ICE, keys=("across",)),
    Scene(name="across-ice-dark", ending=ICE, keys=("across",), theme="dark"),
    Scene(name="across-paused", ending=_paused, keys=("across",)),
    Scene(name="across-rest", ending=_resting, keys=("across",)),
    Scene(name="across-due-dark", ending=_nothing, keys=("across",), theme="dark"),
    Scene(name="across-overdue", ending=_on(22.1), keys=("across",)),
    Scene(name="across-overdue-dark", ending=_on(22.1), keys=("across",), theme="dark"),
    Scene(name="across-large", ending=ICE, keys=("across",), font_dpi=192),
    Scene(name="skin-check", ending=_skin_check),
    Scene(name="skin-check-420x560", ending=_skin_check, size=(420, 560)),
    Scene(name="ice-420x560", ending=ICE, size=(420, 560)),
    Scene(name="ice-640x480", ending=ICE, size=(640, 480)),
    Scene(name="idle-420x560", onset_ago_s=0, size=(420, 560)),
    Scene(name="card-420x560", onset_ago_s=0, size=(420, 560), keys=("space",)),
    Scene(name="ice-1920x1080", ending=ICE, size=(1920, 1080)),
    Scene(name="rest-dark-1920x1080", ending=_resting, size=(1920, 1080), theme="dark"),
    Scene(name="ice-large", ending=ICE, font_dpi=192),
    Scene(name="overdue-large-640", ending=_on(22.1), font_dpi=192, size=(640, 640)),
    Scene(name="idle-large", onset_ago_s=0, font_dpi=192),
    Scene(name="card-large", onset_ago_s=0, font_dpi=192, keys=("space",)),
    Scene(name="ice-large-1920x1080", ending=ICE, font_dpi=192, size=(1920, 1080)),
)


def take(scene: Scene, picture: Path) -> None:
    """Start the program in `scene` and save its window as `picture`."""
    with tempfile.TemporaryDirectory() as folder:
        zone = _zone(scene.hour)
        os.environ["TZ"] = zone
        time.tzset()
        data = Path(folder)
        SettingsFile(data / "settings.toml").save(Settings().with_value("theme", scene.theme))
        _live(scene, data / "backtimer.db")
        environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_FONT_DPI": str(scene.font_dpi)}
        if scene.logind:
            environment["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
        with _program(data, environment) as window:
            _size(window, scene.size)
            for key in scene.keys:
                _press(window, key)
            picture.parent.mkdir(parents=True, exist_ok=True)
            _steady(window, picture, scene.wait_s)


def _zone(hour: str) -> str:
    """A time zone in which it is `hour` now."""
    wanted, now = datetime.strptime(hour, "%H:%M"), datetime.now(UTC)  # noqa: DTZ007
    east = (wanted.hour * 60 + wanted.minute - now.hour * 60 - now.minute) % (24 * 60)
    sign = "-" if east <= 12 * 60 else "+"
    offset = east if sign == "-" else 24 * 60 - east
    return f"LOC{sign}{offset // 60:02}:{offset % 60:02}"


def _live(scene: Scene, record: Path) -> None:
    store = SqliteEventStore(record)
    life = Life(SystemClock().now())
    if scene.onset_ago_s:
        # An hour and a half before the ending nothing is begun any more.
        until_s = 100 * 60 if scene.ending else 0
        life.obey(scene.onset_ago_s, until_s)
    if scene.ending:
        scene.ending(life)
    store.append(life.events)
    store.close()


@contextmanager
def _program(data: Path, environment: dict[str, str]) -> Iterator[str]:
    command = [sys.executable, "-m", "backtimer", "--data-dir", str(data)]
    process = subprocess.Popen(command, env=environment)
    try:
        search = ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(process.pid)]
        found = subprocess.run(search, capture_output=True, text=True, timeout=READY_S, check=True)
        yield found.stdout.split()[-1]
    finally:
        process.kill()
        process.wait()


def _size(window: str, size: tuple[int, int]) -> None:
    width, height = (str(each) for each in size)
    subprocess.run(["xdotool", "windowmove", window, "0", "0"], check=True)
    subprocess.run(["xdotool", "windowsize", "--sync", window, width, height], check=True)


def _press(window: str, key: str) -> None:
    subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True)
    key = _PAGES.get(key, key)
    subprocess.run(["xdotool", "key", "--window", window, key], check=True)


def _steady(window: str, picture: Path, wait_s: float) -> None:
    """Save the window once it has stopped changing but for the time."""
    time.sleep(wait_s)
    subprocess.run(["import", "-window", window, str(picture)], check=True)


@contextmanager
def _logind() -> Iterator[None]:
    """Somebody on the session's bus who does what logind does."""
    command = [sys.executable, "-m", "tests.adapters.logind_stand_in"]
    process = subprocess.Popen(
        [*command, os.environ["DBUS_SESSION_BUS_ADDRESS"]],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Take the README's picture, or all of them."""
    with _logind():
        _take_pictures()


def _take_pictures() -> None:
    if len(sys.argv) > 1 and sys.argv[1] == "all":
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else "screenshots")
        wanted = sys.argv[3:]
        for scene in SCENES:
            if not wanted or any(scene.name.startswith(each) for each in wanted):
                take(scene, folder / f"{scene.name}.png")
                print(scene.name, flush=True)
        return
    take(next(each for each in SCENES if each.name == "ice"), README_PICTURE)
    print(README_PICTURE)


if __name__ == "__main__":
    main()
