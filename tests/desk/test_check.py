"""`backtimer check`: asked of the running program, which takes its time to answer."""

import json
from typing import Any

import pytest

from backtimer.desk.check import Handling
from backtimer.desk.requests import Reply
from backtimer.domain.reach import Finding, Way, broken, works
from tests.desk.desks import Program

MUTED = broken(Way.SOUND, "The computer’s sound is muted.", "Unmute it.")


class Terminal:
    """Somebody who asks, and the replies as they come."""

    def __init__(self) -> None:
        self.program = Program()
        self.handling = Handling(self.program.desk)
        self.replies: list[Reply] = []

    def ask(self, **words: Any) -> None:
        reply = self.handling({"command": "check", "words": words})
        assert callable(reply)
        reply(self.replies.append)

    def find(self, finding: Finding) -> Reply:
        self.program.sound.find(finding)
        return self.replies[-1]


@pytest.fixture
def terminal(qapp: object) -> Terminal:
    assert qapp
    return Terminal()


def test_it_answers_once_all_is_known(terminal: Terminal) -> None:
    terminal.ask()
    assert terminal.replies == []
    reply = terminal.find(works(Way.SOUND))
    assert reply == {"status": 0, "out": "works    sound", "err": ""}


def test_where_nothing_reaches_the_person_the_status_says_so(terminal: Terminal) -> None:
    terminal.ask(json=True)
    reply = terminal.find(MUTED)
    assert reply["status"] == 1
    assert json.loads(reply["out"])["channels"] == [
        {"name": "sound", "state": "broken", "why": MUTED.why, "fix": MUTED.fix}
    ]


def test_a_ring_is_tried_and_what_the_person_says_is_told(terminal: Terminal) -> None:
    terminal.ask()
    terminal.find(works(Way.SOUND))
    terminal.ask(ring=True)
    assert terminal.program.sound.is_saying()
    terminal.ask(heard="neither")
    assert not terminal.program.sound.is_saying()
    assert "You did not hear it." in terminal.replies[-1]["out"]


def test_every_other_command_is_answered_at_once(terminal: Terminal) -> None:
    reply = terminal.handling({"command": "status", "words": {}})
    assert not callable(reply)
    assert reply["status"] == 0


@pytest.mark.parametrize("words", [None, [], "x", {"heard": 7}, {"heard": ["x"]}])
def test_rubbish_is_a_question_like_any_other(terminal: Terminal, words: Any) -> None:
    reply = terminal.handling({"command": "check", "words": words})
    assert callable(reply)
    reply(terminal.replies.append)
    assert terminal.find(works(Way.SOUND))["status"] == 0


def test_who_starts_is_told_first_that_nothing_reaches_them(terminal: Terminal) -> None:
    terminal.ask()
    terminal.find(MUTED)
    assert "Nothing but this window" in terminal.program.told("start")


def test_who_starts_is_told_first_that_the_computer_may_sleep(terminal: Terminal) -> None:
    terminal.program.inhibitor.foresee("This computer may fall asleep.")
    assert "This computer may fall asleep." in terminal.program.told("start")
