"""kill -9 at any instant, in the middle of commands: what was acknowledged is there, whole."""

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from tests.scale import report, scaled, seed
from tests.system.crashing import (
    Orders,
    by_command_line,
    by_socket,
    check_record,
    is_episode_open,
    orders_of,
)
from tests.system.real import Program

pytestmark = [pytest.mark.system, pytest.mark.scaled]

KILLS = scaled(ci=30, soak=300)
# A record that grows over this many kills, then a new one.
KILLS_A_RECORD = scaled(ci=10, soak=30)
# An hour of care in a second: phases change while orders come in.
SPEED = "3600"
START_S, LIFE_S = 0.7, 0.6


class Victim:
    """A program with a record that is killed again and again."""

    def __init__(self, program: Program, chance: random.Random, folder: Path) -> None:
        self._program = program
        self._chance = chance
        self._exported = folder / "record.json"
        self._number = 0
        self.events: list[dict[str, Any]] = []
        self.ice_min: set[str] = {"20"}
        self.cut_short = 0
        self.done = 0

    def moves_to(self, folder: Path) -> None:
        """Begin with a new record."""
        self._program.folder = folder
        self.events = []
        self.ice_min = {"20"}

    def is_killed_while_it_starts(self, *words: str) -> None:
        """Kill it at some instant of its start, before it was asked anything."""
        process = self._program.spawn(*words, "--speed", SPEED)
        time.sleep(self._chance.uniform(0, START_S))
        process.kill()
        self._buried(process.communicate(timeout=20))
        self._compares(Orders(), Orders())

    def is_killed_at_work(self, *words: str) -> None:
        """Kill it at some instant while two give it orders."""
        process = self._program.start(*words, "--speed", SPEED)
        self._keeps_its_settings()
        hands = [
            make(self._program, self._chance_of_its_own(), self._number)
            for make in (by_command_line, by_socket)
        ]
        for hand in hands:
            hand.start()
        time.sleep(self._chance.uniform(0, LIFE_S))
        process.kill()
        process.wait(20)
        line, socket = (orders_of(hand) for hand in hands)
        self._buried(process.communicate(timeout=20))
        self._number += max(len(line.given), len(socket.given))
        self._remember(line)
        self.cut_short += bool(line.unanswered) + bool(socket.unanswered)
        self.done += len(line.done) + len(socket.done)
        self._compares(line, socket)

    def _chance_of_its_own(self) -> random.Random:
        return random.Random(self._chance.random())  # noqa: S311

    def _buried(self, said: tuple[str, str]) -> None:
        assert "Traceback" not in said[1], said[1]
        assert "Traceback" not in self._program.log()

    def _remember(self, orders: Orders) -> None:
        for order in orders.given:
            if order.words[:2] == ("config", "ice_min"):
                if order.is_done:
                    self.ice_min = {order.words[2]}
                elif order.is_open:
                    self.ice_min.add(order.words[2])

    def _compares(self, line: Orders, socket: Orders) -> None:
        """The record that was left is what it was, and what was ordered."""
        if not (self._program.folder / "backtimer.db").exists():
            assert not [*self.events, *line.done, *socket.done]
            return
        events = self._export()
        check_record(self.events, events, line, socket)
        self.events = events

    def _keeps_its_settings(self) -> None:
        """What was set is in force, in the open episode too; the record grew by time alone."""
        ice_min = self._program.told("config", "ice_min")
        assert ice_min in self.ice_min
        self.ice_min = {ice_min}
        events = self._export()
        check_record(self.events, events, Orders(), Orders())
        self.events = events
        if is_episode_open(events):
            rules = [each["rules"] for each in events if "rules" in each]
            assert str(rules[-1]["ice_min"]) == ice_min

    def _export(self) -> list[dict[str, Any]]:
        self._program.told("export", str(self._exported), "--force")
        events: list[dict[str, Any]] = json.loads(self._exported.read_text("utf-8"))["events"]
        return events


@pytest.mark.timeout(scaled(ci=240, soak=6 * 3600))
def test_what_was_acknowledged_survives_a_kill_at_any_instant(
    program: Program, tmp_path: Path
) -> None:
    chance = random.Random(seed(1))  # noqa: S311 - the same orders in each run
    victim = Victim(program, chance, tmp_path)
    kinds = set()
    for number in range(KILLS):
        if number % KILLS_A_RECORD == 0:
            victim.moves_to(tmp_path / f"data {number}")
        words = () if number % 3 == 2 else ("--terminal",)
        if number % 5 == 4:
            victim.is_killed_while_it_starts(*words)
        else:
            victim.is_killed_at_work(*words)
        kinds |= {each["kind"] for each in victim.events}
    # Else it was not tested.
    assert victim.cut_short >= KILLS // 4
    assert victim.done >= KILLS * 4
    assert {"EpisodeStarted", "PackRemoved", "Paused", "RulesChanged", "EpisodeEnded"} <= kinds
    # The last that was left can be gone on with, and ends in peace.
    program.start("--speed", SPEED)
    assert program.end().status == 0
    report(f"{KILLS} kills, {victim.cut_short} in a command, {victim.done} orders done")
