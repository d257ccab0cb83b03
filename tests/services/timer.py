"""The timer without its window: care, reminders and watch joined as `app.py` joins them."""

from dataclasses import replace
from math import inf

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.announcements import Announcement
from backtimer.domain.climb import ASLEEP_S
from backtimer.domain.clock import MINUTE_S, Moment
from backtimer.domain.codec import kind_of
from backtimer.domain.errors import Refused
from backtimer.domain.ladder import Rung
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality
from backtimer.domain.quiet import QuietHours
from backtimer.domain.reminding import Message
from backtimer.domain.rules import Rules
from backtimer.domain.settings import Settings
from backtimer.domain.view import View
from backtimer.services.care import CareService
from backtimer.services.reminders import Reminders
from backtimer.services.settings import SettingsService
from backtimer.services.watch import LOOK_AGAIN_S, Watch
from tests.fakes import HandAlarm, HandClock, MemorySettings, MemoryStore

NIGHT = QuietHours(from_min=22 * 60 + 30, to_min=7 * 60)
NO_NIGHT = QuietHours(from_min=0, to_min=0)
# A real alarm knows milliseconds; one that rings this often at one moment spins.
LEAST_WAIT_S = 0.001
RINGS_MOST = 5


def rules_of_the_day(**changes: object) -> Rules:
    """The rules as they come, but without quiet hours and skin check, unless in `changes`."""
    values: dict[str, object] = {"quiet": NO_NIGHT, "skin_check_min": 0, **changes}
    return Rules(**values)  # type: ignore[arg-type]  # any field by its name


class Timer:
    """The timer at the hands of a test: time passes, and the alarm rings when it was set to."""

    def __init__(
        self,
        *,
        rules: Rules | None = None,
        clock: HandClock | None = None,
        store: MemoryStore | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.rules = rules or rules_of_the_day()
        self.clock = clock or HandClock()
        self.store = store or MemoryStore()
        self.alarm = HandAlarm()
        self.said: list[tuple[Moment, Announcement]] = []
        self.rungs: list[Rung] = []
        self.silences: list[Moment] = []
        self.troubles: list[str] = []
        self.views: list[View] = []
        self.settled: list[ev.Event] = []
        self.care = CareService(store=self.store, clock=self.clock, rules=self.rules)
        self.settings = SettingsService(store=MemorySettings(), settings=settings or Settings())
        self.reminders = Reminders(care=self.care, settings=self.settings, clock=self.clock)
        self.watch = Watch(
            care=self.care, reminders=self.reminders, alarm=self.alarm, clock=self.clock
        )
        self.reminders.say.connect(self._on_say)
        self.reminders.gave_up.connect(lambda: self.silences.append(self.clock.now()))
        self.care.trouble.connect(self.troubles.append)
        self.care.changed.connect(self.views.append)
        self.care.settled.connect(self.settled.extend)
        self.watch.look()

    def _on_say(self, said: Announcement, rung: Rung) -> None:
        self.said.append((self.clock.now(), said))
        self.rungs.append(rung)

    # What the person does.

    def do(self, command: cmd.Command) -> View:
        return self.care.do(command)

    def start(self, modality: Modality | None = None) -> View:
        return self.do(cmd.Start(modality=modality))

    def off(self) -> View:
        return self.do(cmd.Off())

    def refusal(self, command: cmd.Command) -> str:
        """What the person is told when `command` is refused."""
        try:
            self.do(command)
        except Refused as refused:
            return str(refused)
        raise AssertionError(f"{command} was not refused")

    # What happens.

    def wait(self, minutes: float) -> View:
        """`minutes` of care pass with the program awake, up to each alarm."""
        left_s = minutes * MINUTE_S / self.clock.speed
        rings = 0
        while (wait_s := self._next_s()) <= left_s + LEAST_WAIT_S:
            rings = rings + 1 if wait_s < LEAST_WAIT_S else 0
            assert rings < RINGS_MOST, "the alarm rings without end"
            wait_s = min(max(wait_s, LEAST_WAIT_S), max(left_s, 0.0))
            self._pass_awake(wait_s)
            left_s -= wait_s
            self.alarm.ring()
            assert self.alarm.delay_s is not None
            assert self.alarm.delay_s <= max(self._next_s(), 0.0), "it is set to what is next"
        self._pass_awake(max(left_s, 0.0))
        if left_s >= LOOK_AGAIN_S:
            self.alarm.ring()
        return self.care.view

    def _pass_awake(self, seconds: float) -> None:
        """Pass time; what the looks that are left out would tell a climb is that it is awake."""
        self.clock.pass_real_s(seconds)
        climb = self.reminders._climb
        if climb and seconds > ASLEEP_S:
            last_look = self.clock.now().after(-LOOK_AGAIN_S * self.clock.speed)
            self.reminders._climb = replace(climb, seen=last_look)

    def _next_s(self) -> float:
        """Real seconds to what is next. Mere looks at the clock are left out: they cost time."""
        changes_s = self.care.view.changes_in_s(self.clock.now())
        waits = [self.reminders.next_in_s(), changes_s and changes_s / self.clock.speed]
        return min((each for each in waits if each is not None), default=inf)

    def sleep(self, minutes: float) -> View:
        """`minutes` of care pass while the machine sleeps; then the timer looks."""
        self.clock.pass_min(minutes)
        self.watch.look()
        return self.care.view

    def restarted(self) -> "Timer":
        """Close the program and start it again, on the same record and clock."""
        return Timer(rules=self.rules, clock=self.clock, store=self.store)

    # What is to be seen.

    @property
    def phase(self) -> Phase:
        return self.care.view.phase

    def messages(self) -> list[Message]:
        """What was said, in order."""
        return [said.message for _, said in self.said]

    def minutes_of(self, message: Message, since: Moment) -> list[float]:
        """How many minutes of care after `since` `message` was said, to the second."""
        return [
            round(at.since(since)) / MINUTE_S for at, said in self.said if said.message is message
        ]

    def recorded(self) -> list[str]:
        """The kinds of events on disk, without what was told."""
        events = (each for each in self.store.events if not isinstance(each, ev.Noticed))
        return [kind_of(each) for each in events]


def at_rest(timer: Timer) -> Timer:
    """The first ice was on and is off."""
    timer.start()
    timer.wait(20)
    timer.off()
    return timer


def at_due(timer: Timer) -> Timer:
    """The second session has just become due."""
    at_rest(timer).wait(90)
    assert timer.phase is Phase.DUE
    return timer
