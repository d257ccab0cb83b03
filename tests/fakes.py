"""Stand-ins for the domain's ports: they keep the ports' promises and are moved by hand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone, tzinfo

from backtimer.domain.announcements import Announcement
from backtimer.domain.clock import HOUR_S, MINUTE_S, Moment
from backtimer.domain.errors import DataError
from backtimer.domain.events import EpisodeEnded, Event
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding
from backtimer.domain.settings import Settings
from backtimer.domain.view import Action

ZONE = timezone(timedelta(hours=2))
MONDAY_8 = datetime(2026, 6, 1, 8, 0, tzinfo=ZONE)
DISK_FULL = "The disk is full: backtimer.db could not be written. Make some room on it."


class HandClock:
    """The port `Clock`: time passes only when it is told to."""

    def __init__(self, *, wall: datetime = MONDAY_8, speed: float = 1.0) -> None:
        self._now = Moment(boot="boot-1", boot_s=50_000.0, wall=wall)
        self._speed = speed

    @property
    def speed(self) -> float:
        return self._speed

    def now(self) -> Moment:
        return self._now

    def pass_min(self, minutes: float) -> None:
        """`minutes` of care pass."""
        self.pass_real_s(minutes * MINUTE_S / self._speed)

    def pass_real_s(self, seconds: float) -> None:
        """`seconds` pass for whoever sits before the screen."""
        assert seconds >= 0, "time does not run backwards"
        self._now = self._now.after(seconds * self._speed)

    def set_wall(self, hours: float) -> None:
        """Somebody sets the wall clock forward, or back; elapsed time goes on as it is."""
        wall = self._now.after(hours * HOUR_S).wall
        self._now = Moment(boot=self._now.boot, boot_s=self._now.boot_s, wall=wall)

    def travel(self, zone: tzinfo) -> None:
        """The machine is told that it is in another zone."""
        self._now = replace(self._now, wall=self._now.wall.astimezone(zone))

    def reboot(self, minutes: float = 1.0, *, wrong_h: float = 0.0) -> None:
        """The machine is started again, which takes `minutes`; its wall clock is `wrong_h` off."""
        wall = self._now.after(minutes * MINUTE_S + wrong_h * HOUR_S).wall
        self._now = Moment(boot=f"{self._now.boot}'", boot_s=5.0, wall=wall)


class HandAlarm:
    """The port `Alarm`: `delay_s` is what was set last, None when nothing is."""

    def __init__(self) -> None:
        self.delay_s: float | None = None
        self._listeners: list[Callable[[], None]] = []

    def set(self, delay_s: float) -> None:
        assert delay_s >= 0, "the port wants 0 or more"
        self.delay_s = delay_s

    def cancel(self) -> None:
        self.delay_s = None

    def on_ring(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def ring(self) -> None:
        """Ring now, whatever was set. Nothing is set until a listener sets it again."""
        self.delay_s = None
        for listener in self._listeners:
            listener()


class MemoryStore:
    """The port `EventStore` in memory. While `failure` is a sentence, nothing is written."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.failure = ""
        self.tries = 0

    def append(self, events: Sequence[Event]) -> None:
        if not events:
            return
        self.tries += 1
        if self.failure:
            raise DataError(self.failure)
        self.events.extend(events)

    def replace(self, events: Sequence[Event]) -> None:
        if self.failure:
            raise DataError(self.failure)
        self.events[:] = events

    def open_episode(self) -> tuple[Event, ...]:
        episodes = self.episodes()
        if not episodes or isinstance(episodes[-1][-1], EpisodeEnded):
            return ()
        return episodes[-1]

    def in_parts(self) -> Iterator[tuple[Event, ...]]:
        first = 0
        while part := tuple(self.events[first : first + 100]):
            yield part
            first += len(part)

    def episodes(self) -> tuple[tuple[Event, ...], ...]:
        episodes: list[list[Event]] = []
        ended = True
        for event in self.events:
            if ended:
                episodes.append([])
            episodes[-1].append(event)
            ended = isinstance(event, EpisodeEnded)
        return tuple(tuple(each) for each in episodes)


class MemorySettings:
    """A place for settings in memory. While `failure` is a sentence, nothing is kept."""

    def __init__(self) -> None:
        self.saved: list[Settings] = []
        self.failure = ""

    def save(self, settings: Settings) -> None:
        if self.failure:
            raise DataError(self.failure)
        self.saved.append(settings)


class HandInhibitor:
    """The port `SleepInhibitor`: `is_held`, and how often it was held and released."""

    def __init__(self) -> None:
        self.is_held = False
        self.holds = 0
        self.releases = 0
        self._outlook: str | None = None
        self._listeners: list[Callable[[str], None]] = []

    def hold(self) -> None:
        self.holds += 1
        self.is_held = True

    def release(self) -> None:
        self.releases += 1
        self.is_held = False

    def on_outlook(self, listener: Callable[[str], None]) -> None:
        self._listeners.append(listener)
        if self._outlook is not None:
            listener(self._outlook)

    def foresee(self, outlook: str) -> None:
        """From now on that is why the machine cannot be kept awake; empty when it can."""
        if outlook == self._outlook:
            return
        self._outlook = outlook
        for listener in self._listeners:
            listener(outlook)


class HandWaking:
    """The port `Waking`: the machine wakes up when it is told to."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def on_wake(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def wake(self) -> None:
        for listener in self._listeners:
            listener()


class HandChannel:
    """The port `Answerable`: what is said now, and all that was; a test says what becomes of it."""

    def __init__(self) -> None:
        self.now: Announcement | None = None
        self.said: list[Announcement] = []
        self.hushes = 0
        self._listeners: list[Callable[[Delivery, str], None]] = []
        self._answers: list[Callable[[Action | None], None]] = []
        self._probes: list[Callable[[tuple[Finding, ...]], None]] = []

    def say(self, announcement: Announcement) -> None:
        self.now = announcement
        self.said.append(announcement)

    def hush(self) -> None:
        self.now = None
        self.hushes += 1

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None:
        self._listeners.append(listener)

    def on_answer(self, listener: Callable[[Action | None], None]) -> None:
        self._answers.append(listener)

    def probe(self, listener: Callable[[tuple[Finding, ...]], None]) -> None:
        self._probes.append(listener)

    def deliver(self, what: Delivery, why: str = "") -> None:
        """That became of what was said last."""
        for listener in self._listeners:
            listener(what, why)

    def answer(self, action: Action | None) -> None:
        """The person presses that, where it is still said."""
        if self.now:
            for listener in self._answers:
                listener(action)

    def find(self, *findings: Finding) -> None:
        """That was found out by all who asked."""
        waiting, self._probes = self._probes, []
        for listener in waiting:
            listener(findings)

    def is_asked(self) -> bool:
        """Whether somebody waits for a finding."""
        return bool(self._probes)

    def is_saying(self) -> bool:
        """Whether something is said that is not answered."""
        return self.now is not None


class HandSpeaker:
    """The port `Speaker`: what is heard now, and all that was said."""

    def __init__(self) -> None:
        self.now = ""
        self.said: list[str] = []

    def speak(self, words: str) -> None:
        self.now = words
        self.said.append(words)

    def hush(self) -> None:
        self.now = ""


class HandScreen:
    """The port `ScreenKeeper`: what was asked of it, in order."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def hold(self) -> None:
        self.asked.append("hold")

    def release(self) -> None:
        self.asked.append("release")
