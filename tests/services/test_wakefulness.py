"""The machine stays awake while a pack is on; if it slept all the same, all is put right."""

from collections.abc import Callable

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.phases import Phase
from backtimer.domain.reach import Finding, Way, broken, works
from backtimer.domain.reminding import Message
from backtimer.services.wakefulness import SleepProbe, Wakefulness
from tests.fakes import HandClock, HandInhibitor, HandWaking
from tests.services.timer import NIGHT, Timer, at_due, at_rest, rules_of_the_day

CAUTION = "This computer may fall asleep."


class Bed:
    """A timer on a machine that can fall asleep."""

    def __init__(self, timer: Timer, *, outlook: str | None = None) -> None:
        self.timer = timer
        self.inhibitor = HandInhibitor()
        self.waking = HandWaking()
        self.cautions: list[str] = []
        if outlook is not None:
            self.inhibitor.foresee(outlook)
        self.wakefulness = Wakefulness(
            care=timer.care,
            inhibitor=self.inhibitor,
            waking=self.waking,
            look=timer.watch.look,
        )
        self.wakefulness.caution.connect(self.cautions.append)

    def sleep(self, minutes: float) -> None:
        """The machine sleeps; when it wakes up, whoever notices says so, twice."""
        self.timer.clock.pass_min(minutes)
        self.waking.wake()
        self.waking.wake()


@pytest.fixture
def bed() -> Bed:
    return Bed(Timer())


# --- holding ---


def test_without_a_pack_the_machine_may_sleep(bed: Bed) -> None:
    assert bed.timer.phase is Phase.IDLE
    assert bed.inhibitor.holds == 0


def test_it_stays_awake_from_putting_the_pack_on_to_taking_it_off(bed: Bed) -> None:
    bed.timer.start()
    assert bed.inhibitor.is_held
    bed.timer.wait(10)
    assert bed.inhibitor.is_held
    bed.timer.off()
    assert not bed.inhibitor.is_held


def test_it_stays_awake_while_the_pack_is_paused(bed: Bed) -> None:
    bed.timer.start()
    bed.timer.wait(5)
    bed.timer.do(cmd.Pause())
    assert bed.timer.phase is Phase.PAUSED
    assert bed.inhibitor.is_held
    bed.timer.do(cmd.Resume())
    assert bed.inhibitor.is_held


def test_it_stays_awake_until_a_pack_that_is_overdue_is_off(bed: Bed) -> None:
    bed.timer.start()
    bed.timer.wait(45)
    assert bed.timer.phase is Phase.REMOVE
    assert bed.inhibitor.is_held
    bed.timer.off()
    assert not bed.inhibitor.is_held


def test_it_may_sleep_once_a_pause_ran_out(bed: Bed) -> None:
    bed.timer.start()
    bed.timer.wait(5)
    bed.timer.do(cmd.Pause())
    while bed.timer.phase is Phase.PAUSED:
        bed.timer.wait(10)
    assert not bed.inhibitor.is_held


def test_it_may_sleep_when_the_episode_is_ended_in_a_pause(bed: Bed) -> None:
    bed.timer.start()
    bed.timer.do(cmd.Pause())
    bed.timer.do(cmd.End())
    assert not bed.inhibitor.is_held


def in_quiet_hours() -> Timer:
    timer = Timer(clock=HandClock(), rules=rules_of_the_day(quiet=NIGHT))
    timer.clock.pass_min(13 * 60)
    timer.start()
    timer.wait(20)
    timer.off()
    timer.wait(120)
    return timer


@pytest.mark.parametrize(
    ("timer", "phase"),
    [
        (lambda: at_rest(Timer()), Phase.RESTING),
        (lambda: at_due(Timer()), Phase.DUE),
        (in_quiet_hours, Phase.QUIET),
    ],
)
def test_it_may_sleep_in_every_phase_without_a_pack(
    timer: Callable[[], Timer], phase: Phase
) -> None:
    bed = Bed(timer())
    assert bed.timer.phase is phase
    bed.timer.watch.look()
    assert not bed.inhibitor.is_held
    assert bed.inhibitor.holds == 0


def test_a_pack_that_was_on_before_the_program_was_started_keeps_it_awake() -> None:
    before = Timer()
    before.start()
    before.wait(5)
    assert Bed(before.restarted()).inhibitor.is_held


def test_each_pack_asks_once_however_often_the_clock_is_looked_at(bed: Bed) -> None:
    for n in (1, 2):
        bed.timer.start()
        for _ in range(50):
            bed.timer.wait(0.5)
            bed.timer.watch.look()
        bed.timer.off()
        bed.timer.watch.look()
        assert (bed.inhibitor.holds, bed.inhibitor.releases) == (n, n)
        bed.timer.wait(120)


# --- waking up ---


def test_a_removal_that_came_due_in_sleep_rings_at_once_and_says_how_late(bed: Bed) -> None:
    bed.timer.start()
    bed.timer.wait(5)
    bed.sleep(40)
    assert bed.timer.phase is Phase.REMOVE
    assert bed.timer.messages() == [Message.TAKE_OFF]
    _, said = bed.timer.said[-1]
    assert "25" in f"{said.title} {said.body}"


def test_a_rest_that_ended_in_sleep_is_announced_once(bed: Bed) -> None:
    at_rest(bed.timer)
    before = len(bed.timer.said)
    bed.sleep(8 * 60)
    bed.sleep(0)
    assert len(bed.timer.said) == before + 1


# --- what the person is told ---


def test_nothing_is_told_while_nothing_is_known_or_all_is_well(bed: Bed) -> None:
    assert bed.wakefulness.outlook == ""
    bed.inhibitor.foresee("")
    assert bed.cautions == []


def test_a_machine_that_cannot_be_kept_awake_is_told_before_anybody_lies_down(bed: Bed) -> None:
    bed.inhibitor.foresee(CAUTION)
    assert bed.cautions == []
    assert bed.wakefulness.outlook == CAUTION
    assert bed.inhibitor.holds == 0
    bed.timer.start()
    assert bed.cautions == [CAUTION]
    bed.timer.wait(5)
    assert bed.cautions == [CAUTION]
    bed.timer.off()
    assert bed.cautions == [CAUTION, ""]


def test_it_is_told_while_a_session_is_due(bed: Bed) -> None:
    bed.inhibitor.foresee(CAUTION)
    at_due(bed.timer)
    assert bed.cautions == [CAUTION, "", CAUTION]


def test_when_it_can_after_all_that_is_told_too(bed: Bed) -> None:
    bed.timer.start()
    bed.inhibitor.foresee(CAUTION)
    bed.inhibitor.foresee("")
    assert bed.cautions == [CAUTION, ""]
    assert bed.wakefulness.outlook == ""


def test_what_was_known_before_is_there_for_whoever_asks() -> None:
    assert Bed(Timer(), outlook=CAUTION).wakefulness.outlook == CAUTION


# --- what `check` tells of it ---


def test_a_probe_tells_whether_the_machine_can_be_kept_awake_once_it_is_known() -> None:
    inhibitor = HandInhibitor()
    probe = SleepProbe(inhibitor)
    found: list[Finding] = []
    probe.probe(found.extend)
    assert found == []
    inhibitor.foresee("It may fall asleep.")
    assert found == [broken(Way.SLEEP_INHIBITOR, "It may fall asleep.")]
    inhibitor.foresee("")
    assert len(found) == 1, "who did not ask is not told"
    probe.probe(found.extend)
    assert found[1:] == [works(Way.SLEEP_INHIBITOR)]
