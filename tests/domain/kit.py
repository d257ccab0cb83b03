"""One person's episode in virtual time: give commands, let time pass, look at the view."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backtimer.domain import codec
from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.clock import HOUR_S, MINUTE_S, Moment
from backtimer.domain.decide import decide
from backtimer.domain.episode import Episode, evolve, fold
from backtimer.domain.errors import Refused
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality, Part, SessionPlan
from backtimer.domain.quiet import QuietHours
from backtimer.domain.reboots import come_true, in_boot_of
from backtimer.domain.record import open_part
from backtimer.domain.rules import Rules
from backtimer.domain.settle import settle
from backtimer.domain.view import View, view

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY_8 = datetime(2026, 6, 1, 8, 0, tzinfo=BERLIN)
NO_QUIET_HOURS = QuietHours(from_min=0, to_min=0)
ICE, HEAT, COLD_MASSAGE = Modality.ICE, Modality.HEAT, Modality.COLD_MASSAGE
LEAST_STEP_S = 1e-6


def plain_rules(**changes: Any) -> Rules:
    """The rules as they come, but without quiet hours unless they are among `changes`."""
    return Rules(**({"quiet": NO_QUIET_HOURS} | changes))


def manual_rules(**changes: Any) -> Rules:
    """The rules of the protocol by hand."""
    own = {"protocol": "manual", "course": "manual", "ice_min": 15}
    return plain_rules(**(own | changes))


def moment(wall: datetime = MONDAY_8, boot_s: float = 50_000.0, boot: str = "boot-1") -> Moment:
    return Moment(boot=boot, boot_s=boot_s, wall=wall)


def minute(clock: str) -> int:
    """Minutes since midnight of a time such as `22:30`."""
    hour, _, rest = clock.partition(":")
    return int(hour) * 60 + int(rest)


def quiet(from_: str, to: str) -> QuietHours:
    return QuietHours(from_min=minute(from_), to_min=minute(to))


def session_of(*parts: tuple[Modality, int, int], rest_min: int = 90) -> SessionPlan:
    """A plan of parts, each `(modality, minutes on, minutes of rest before)`."""
    made = tuple(
        Part(modality=modality, on_s=on_min * MINUTE_S, rest_before_s=rest_before * MINUTE_S)
        for modality, on_min, rest_before in parts
    )
    return SessionPlan(parts=made, rest_s=rest_min * MINUTE_S)


HEAT_THEN_COOL = session_of((HEAT, 15, 0), (COLD_MASSAGE, 5, 0), rest_min=120)
ICE_TWICE = session_of((ICE, 10, 0), (ICE, 10, 10), rest_min=90)


@dataclass
class Life:
    """An episode, the present moment, and everything that has happened."""

    rules: Rules = field(default_factory=plain_rules)
    wall: datetime = MONDAY_8
    history: list[ev.Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = moment(self.wall)
        self.episode = Episode(rules=self.rules)
        self._shown = (self.episode, self.now, view(self.episode, self.now))

    # What the person does.

    def do(self, command: cmd.Command) -> View:
        """Carry out `command`; `Refused` comes through."""
        self.take(decide(self.episode, command, self.now))
        return self.view

    def start(self, modality: Modality | None = None) -> View:
        return self.do(cmd.Start(modality=modality))

    def off(self, minutes_ago: float = 0.0) -> View:
        return self.do(cmd.Off(removed=self.ago(minutes_ago)))

    def refusal(self, command: cmd.Command) -> str:
        """What the person is told when `command` is refused."""
        with pytest.raises(Refused) as refused:
            decide(self.episode, command, self.now)
        return str(refused.value)

    # What happens.

    def take(self, events: Iterable[ev.Event]) -> None:
        for event in events:
            self.history.append(event)
            self.episode = evolve(self.episode, event)

    def begin(self, plan: SessionPlan) -> View:
        """Begin a session of any plan, as a protocol to come would."""
        if self.episode.onset is None:
            started = ev.EpisodeStarted(at=self.now, onset=self.now, rules=self.rules)
            self.take((started,))
        self.take((ev.SessionStarted(at=self.now, plan=plan, protocol="to-come"),))
        return self.view

    def wait(self, minutes: float) -> View:
        """Let time pass with the program awake: it looks at each moment that matters."""
        left_s = minutes * MINUTE_S
        while left_s > 0:
            self.check()
            changes_s = self.view.changes_in_s(self.now)
            step_s = left_s if changes_s is None else min(left_s, changes_s)
            self.now = self.now.after(step_s)
            left_s -= max(step_s, LEAST_STEP_S)
        self.check()
        return self.view

    def sleep(self, minutes: float) -> View:
        """Let time pass with nobody looking, then look."""
        self.now = self.now.after(minutes * MINUTE_S)
        self.check()
        return self.view

    def check(self) -> tuple[ev.Event, ...]:
        facts, _ = settle(self.episode, self.now)
        self.take(facts)
        return facts

    def set_clock(self, hours: float) -> None:
        """Set the wall clock forward, or back; elapsed time goes on as it is."""
        wall = self.now.after(hours * HOUR_S).wall
        self.now = replace(self.now, wall=wall)

    def travel(self, zone: tzinfo) -> None:
        self.now = replace(self.now, wall=self.now.wall.astimezone(zone))

    def reboot(self, minutes: float = 1.0) -> None:
        """Start the machine again, which takes `minutes`."""
        wall = self.now.after(minutes * MINUTE_S).wall
        self.now = moment(wall, boot_s=5.0, boot=self.now.boot + "'")
        self.restart()

    def restart(self) -> None:
        """Close the program and read the record again, as it stands on disk."""
        history = open_part([reread(each) for each in self.history])
        self.episode = fold(self.episode.rules, in_boot_of(self.now, history))
        self.take(come_true(self.episode, history, self.now))

    # What is to be seen.

    @property
    def view(self) -> View:
        episode, now, shown = self._shown
        if episode is not self.episode or now is not self.now:
            shown = view(self.episode, self.now)
            self._shown = (self.episode, self.now, shown)
        return shown

    @property
    def phase(self) -> Phase:
        return self.view.phase

    def ago(self, minutes: float) -> Moment:
        return self.now.after(-minutes * MINUTE_S)

    def until_min(self) -> float | None:
        """Minutes until the phase is over."""
        left_s = self.view.remaining_s(self.now)
        return None if left_s is None else left_s / MINUTE_S

    def next_min(self) -> float:
        """Minutes until the next session, negative when it has been due."""
        assert self.view.next
        return self.view.next.at.since(self.now) / MINUTE_S

    def next_at(self) -> str:
        """Weekday and time of the next session."""
        assert self.view.next
        return clock(self.view.next.at)

    def kinds(self) -> list[str]:
        """The kinds of everything that has happened."""
        return [codec.kind_of(each) for each in self.history]


def clock(moment_: Moment | None) -> str:
    """Weekday and time that a moment shows."""
    assert moment_
    return f"{moment_.wall:%a %H:%M}"


def at_rest(minutes: float = 0.0, rules: Rules | None = None) -> Life:
    """The first ice is over since `minutes`."""
    life = Life(rules=rules or plain_rules())
    life.start()
    life.sleep(20)
    life.off()
    life.sleep(minutes)
    return life


def at_due(minutes: float = 0.0, rules: Rules | None = None) -> Life:
    """The second session is due since `minutes`."""
    life = at_rest(90, rules)
    assert life.phase is Phase.DUE
    life.wait(minutes)
    return life


def live_plan(life: Life, until_min: float, begun: list[tuple[float, Modality]]) -> None:
    """Obey at once whatever is asked, for `until_min` minutes; `begun` takes minute and pack."""
    first = life.now
    while (gone_s := life.now.since(first)) < until_min * MINUTE_S:
        seen = life.view
        match seen.phase:
            case Phase.IDLE | Phase.DUE:
                life.start()
                begun.append((gone_s / MINUTE_S, life.episode.sessions[-1].plan.modality))
            case Phase.REMOVE:
                life.off()
            case _:
                changes_s = seen.changes_in_s(life.now)
                assert changes_s
                life.now = life.now.after(changes_s)
                life.check()


def reread(event: ev.Event) -> ev.Event:
    """`event` written to the record and read back."""
    values = json.loads(json.dumps([codec.moment_to_json(event.at), codec.payload(event)]))
    return codec.event_from_json(codec.kind_of(event), codec.moment_from_json(values[0]), values[1])


def plain(episode: Episode) -> dict[str, object]:
    """`episode` to compare: wall times of different zones are the same when they are at once."""

    def plain_times(items: list[tuple[str, object]]) -> dict[str, object]:
        return {k: v.timestamp() if isinstance(v, datetime) else v for k, v in items}

    return asdict(episode, dict_factory=plain_times)
