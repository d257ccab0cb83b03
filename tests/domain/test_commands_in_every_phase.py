"""Every command in every phase: done, or refused with the sentence that says why."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.decide import decide
from backtimer.domain.errors import Refused
from backtimer.domain.phases import Phase
from backtimer.domain.view import Action
from tests.domain.kit import HEAT, ICE, Life, at_due, at_rest, manual_rules, plain_rules, quiet

DONE = "done"
NOT_STARTED = "Nothing has been started yet. To start: backtimer start"
TAKE_IT_OFF_FIRST = "Take it off first: backtimer off"
ICE_IS_ON = "Ice is on already. Take it off first: backtimer off"
NO_PACK_OFF = "There is no pack on to take off."
NO_PACK_PAUSE = "There is no pack on to pause."
NOTHING_PAUSED = "Nothing is paused."
NOTHING_RINGS = "Nothing is ringing."
NOT_DUE = "There is nothing to snooze: no session is due."
NO_SESSION = "There is no session to skip: nothing is planned now."
NO_ENTRY = "There is no such entry in this episode."
NO_SUCH_SESSION = "There is no such session in this episode."
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
NOT_LATE = "There is no late removal to explain."
NO_PACK = "There is no pack on."
NOT_UP = "Its time is not up yet. Once it is off: backtimer off"
TOO_SOON = "Your skin needs a rest. Possible from 08:50."


def applying() -> Life:
    life = Life()
    life.start()
    life.sleep(5)
    return life


def paused() -> Life:
    life = applying()
    life.do(cmd.Pause())
    return life


def remove() -> Life:
    life = applying()
    life.sleep(16)
    return life


def late() -> Life:
    life = applying()
    life.sleep(60)
    life.off()
    life.sleep(40)
    return life


def night() -> Life:
    life = at_rest(rules=plain_rules(quiet=quiet("09:00", "12:00")))
    life.sleep(100)
    return life


def by_hand() -> Life:
    life = Life(rules=manual_rules())
    life.start()
    life.sleep(15)
    life.off()
    life.sleep(100)
    return life


SITUATIONS: dict[str, tuple[Phase, Callable[[], Life]]] = {
    "idle": (Phase.IDLE, Life),
    "due": (Phase.DUE, lambda: at_due(1)),
    "applying": (Phase.APPLYING, applying),
    "paused": (Phase.PAUSED, paused),
    "remove": (Phase.REMOVE, remove),
    "resting 10 min": (Phase.RESTING, lambda: at_rest(10)),
    "resting 40 min": (Phase.RESTING, lambda: at_rest(40)),
    "resting after a late removal": (Phase.RESTING, late),
    "quiet": (Phase.QUIET, night),
    "manual, rested": (Phase.RESTING, by_hand),
}

# In the order of SITUATIONS; one entry means that it is the same everywhere but when idle.
TABLE: dict[str, tuple[str, ...]] = {
    "Start": (
        *(DONE, DONE, ICE_IS_ON, "Ice is paused. To go on: backtimer resume", ICE_IS_ON),
        *(TOO_SOON, DONE, DONE, DONE, DONE),
    ),
    "Start heat": (
        *(DONE, DONE, ICE_IS_ON, "Ice is paused. To go on: backtimer resume", ICE_IS_ON),
        *(TOO_SOON, DONE, DONE, DONE, DONE),
    ),
    "Off": (NO_PACK_OFF, NO_PACK_OFF, DONE, DONE, DONE, *[NO_PACK_OFF] * 5),
    "Stop": (NO_PACK_OFF, NO_PACK_OFF, DONE, DONE, DONE, *[NO_PACK_OFF] * 5),
    "StillOn": (
        *(NO_PACK, NO_PACK, *["It counts as on already. Once it is off: backtimer off"] * 3),
        *[NO_PACK] * 5,
    ),
    "LoseTrack": (NO_PACK, NO_PACK, NOT_UP, NOT_UP, DONE, *[NO_PACK] * 5),
    "Pause": (
        *(NO_PACK_PAUSE, NO_PACK_PAUSE, DONE),
        "It is paused already. To go on: backtimer resume",
        "Time is up: take it off. Then: backtimer off",
        *[NO_PACK_PAUSE] * 5,
    ),
    "Resume": (*[NOTHING_PAUSED] * 3, DONE, *[NOTHING_PAUSED] * 6),
    "Snooze": (NOT_DUE, DONE, *[NOT_DUE] * 8),
    "Skip": (
        *(NOT_STARTED, DONE, TAKE_IT_OFF_FIRST),
        "This session is not over yet. To end it: backtimer off",
        *(TAKE_IT_OFF_FIRST, DONE, DONE, DONE, NO_SESSION, NO_SESSION),
    ),
    "Silence": (*[NOTHING_RINGS] * 4, DONE, *[NOTHING_RINGS] * 5),
    "Switch heat": (NOT_STARTED, *[DONE] * 9),
    "Switch ice": (NOT_STARTED, *["The next session is ice already."] * 9),
    "ChangeOnset": (NOT_STARTED, *[DONE] * 9),
    "AnswerCard": (NOT_STARTED, *[DONE] * 9),
    "ExplainRemoval": (*[NOT_LATE] * 7, DONE, NOT_LATE, NOT_LATE),
    "RatePain": (DONE,) * 10,
    "Log": (DONE,) * 10,
    "CorrectEntry": (NO_ENTRY,) * 10,
    "WithdrawEntry": (NO_ENTRY,) * 10,
    "RestoreEntry": (NO_ENTRY,) * 10,
    "CorrectSession": (NO_SUCH_SESSION,) * 10,
    "WithdrawSession": (NO_SUCH_SESSION,) * 10,
    "RestoreSession": (NO_SUCH_SESSION,) * 10,
    "ChangeRules": (DONE,) * 10,
    "End": (
        *(NOT_STARTED, DONE, TAKE_IT_OFF_FIRST, DONE, TAKE_IT_OFF_FIRST),
        *[DONE] * 5,
    ),
    "Quit": (DONE, DONE, TAKE_IT_OFF_FIRST, DONE, TAKE_IT_OFF_FIRST, *[DONE] * 5),
}


def command(name: str, life: Life) -> cmd.Command:
    commands: dict[str, cmd.Command] = {
        "Start": cmd.Start(),
        "Start heat": cmd.Start(modality=HEAT),
        "Off": cmd.Off(),
        "Stop": cmd.Stop(why=ev.StopReason.SKIN),
        "StillOn": cmd.StillOn(),
        "LoseTrack": cmd.LoseTrack(),
        "Pause": cmd.Pause(),
        "Resume": cmd.Resume(),
        "Snooze": cmd.Snooze(snooze_min=10),
        "Skip": cmd.Skip(),
        "Silence": cmd.Silence(),
        "Switch heat": cmd.Switch(modality=HEAT),
        "Switch ice": cmd.Switch(modality=ICE),
        "ChangeOnset": cmd.ChangeOnset(onset=life.ago(300)),
        "AnswerCard": cmd.AnswerCard(modality=ICE, answer=ev.CardAnswer.NONE_OF_THESE),
        "ExplainRemoval": cmd.ExplainRemoval(removed=life.ago(80)),
        "RatePain": cmd.RatePain(nrs=4),
        "Log": cmd.Log(topic=ev.Topic.NOTE, text="rain"),
        "CorrectEntry": cmd.CorrectEntry(of=life.now.wall, text="sun"),
        "WithdrawEntry": cmd.WithdrawEntry(of=life.now.wall),
        "RestoreEntry": cmd.RestoreEntry(of=life.now.wall),
        "CorrectSession": cmd.CorrectSession(of=NEVER),
        "WithdrawSession": cmd.WithdrawSession(of=NEVER),
        "RestoreSession": cmd.RestoreSession(of=NEVER),
        "ChangeRules": cmd.ChangeRules(rules=plain_rules(ice_min=12)),
        "End": cmd.End(),
        "Quit": cmd.Quit(),
    }
    return commands[name]


@pytest.mark.parametrize(
    ("situation", "name", "answer"),
    [
        pytest.param(situation, name, answer, id=f"{name} in {situation}")
        for name, answers in TABLE.items()
        for situation, answer in zip(SITUATIONS, answers, strict=True)
    ],
)
def test_a_command_is_done_or_refused_as_the_table_says(
    situation: str, name: str, answer: str
) -> None:
    phase, come_there = SITUATIONS[situation]
    life = come_there()
    assert life.phase is phase
    asked = command(name, life)
    if answer == DONE:
        life.do(asked)
    else:
        assert life.refusal(asked) == answer


def test_the_table_has_every_command() -> None:
    named = {name.split()[0] for name in TABLE}
    commands = {each.__name__ for each in cmd.Command.__subclasses__()}
    corrections = {each.__name__ for each in cmd.Correct.__subclasses__()}
    assert named == commands - {"Correct"} | corrections


ACTIONS = {
    Action.START: "Start",
    Action.OFF: "Off",
    Action.PAUSE: "Pause",
    Action.RESUME: "Resume",
    Action.SNOOZE: "Snooze",
    Action.SKIP: "Skip",
    Action.SILENCE: "Silence",
    Action.STILL_ON: "StillOn",
    Action.STOP_SKIN: "Stop",
    Action.STOP_HURTS: "Stop",
    Action.STOP_NUMB: "Stop",
    Action.LOSE_TRACK: "LoseTrack",
    Action.SWITCH: "Switch heat",
    Action.RATE: "RatePain",
    Action.END: "End",
    Action.QUIT: "Quit",
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_view_allows_exactly_what_the_table_says(situation: str) -> None:
    _, come_there = SITUATIONS[situation]
    column = list(SITUATIONS).index(situation)
    possible = {action for action, name in ACTIONS.items() if TABLE[name][column] == DONE}
    assert come_there().view.allowed == possible


@pytest.mark.parametrize("nrs", [-1, 11])
def test_pain_outside_0_to_10_is_refused(nrs: int) -> None:
    assert Life().refusal(cmd.RatePain(nrs=nrs)) == "Pain is a number from 0 (none) to 10 (worst)."


def test_pain_is_kept_with_its_note_also_while_idle() -> None:
    life = Life()
    seen = life.do(cmd.RatePain(nrs=10, note="after the stairs"))
    assert seen.pain == 10
    life.start()
    assert life.view.pain == 10
    assert life.episode.pains[0].text == "after the stairs"


def test_a_note_that_is_far_too_long_is_refused() -> None:
    assert "too long" in Life().refusal(cmd.RatePain(nrs=1, note="a" * 10_001))
    Life().do(cmd.RatePain(nrs=1, note="a" * 10_000))


def test_the_same_rules_again_are_no_event() -> None:
    life = at_rest()
    life.do(cmd.ChangeRules(rules=life.rules))
    assert "RulesChanged" not in life.kinds()


def test_other_rules_hold_from_the_next_session_on() -> None:
    life = applying()
    life.do(cmd.ChangeRules(rules=plain_rules(ice_min=10, ice_rest_min=60)))
    assert life.until_min() == 15
    life.wait(15)
    life.off()
    assert life.until_min() == 90, "as it was promised when the session began"
    life.wait(90)
    life.start()
    assert life.until_min() == 10


def test_quitting_records_nothing() -> None:
    life = at_rest()
    assert decide(life.episode, cmd.Quit(), life.now) == ()


def test_a_command_brings_what_came_true_before_it() -> None:
    life = paused()
    life.now = life.now.after(1200)
    events = decide(life.episode, cmd.RatePain(nrs=3), life.now)
    assert [type(each) for each in events] == [ev.PackRemoved, ev.PainRated]


def test_what_is_no_command_is_a_bug() -> None:
    for command in (cmd.Command(), cmd.Correct(of=NEVER)):
        with pytest.raises(TypeError):
            decide(Life().episode, command, Life().now)


def test_a_pack_that_is_on_is_named_when_another_is_to_be_put_on() -> None:
    life = Life()
    life.start(HEAT)
    assert life.refusal(cmd.Start()) == "Heat is on already. Take it off first: backtimer off"


def test_a_command_is_refused_without_changing_anything() -> None:
    life = applying()
    before = (life.episode, list(life.history))
    with pytest.raises(Refused):
        life.do(cmd.End())
    assert (life.episode, life.history) == before
