"""Rubbish to the socket and in the files of the real program: it answers, it lives, it keeps."""

import contextlib
import json
import os
import random
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from backtimer.adapters import client
from backtimer.adapters.endpoint import read_endpoint
from tests.scale import report, scaled, seed
from tests.system.real import Program, ended, until
from tests.system.rubbish import Message, Rubbish, damaged

pytestmark = [pytest.mark.system, pytest.mark.scaled]

MESSAGES = scaled(ci=2_000, soak=20_000)
BATCH = 100
STARTS = scaled(ci=30, soak=300)
ANSWER_S = 1.0
# As many as the program serves at the same time, less one for who asks properly.
IDLERS = 31
CROWD = 120
FAMILIES = ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "packet")


@contextlib.contextmanager
def connected(program: Program) -> Iterator[socket.socket]:
    address = read_endpoint(program.folder)
    assert address
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as connection:
        # Waits where many others wait to be let in.
        client._connect(connection, address, time.monotonic() + 10)
        yield connection


def sent(program: Program, message: Message) -> dict[str, Any] | None:
    """What is answered to `message`; None where the connection ends without."""
    with connected(program) as connection:
        reply = b""
        # It may be closed as soon as it was too long.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(message.line)
        with contextlib.suppress(ConnectionResetError):
            if not message.is_whole:
                return None
            while part := connection.recv(65536):
                reply += part
    if not reply:
        return None
    assert reply.endswith(b"\n"), reply
    told: dict[str, Any] = json.loads(reply)
    return told


def check_reply(message: Message, reply: dict[str, Any] | None) -> None:
    """It was answered in the words of the command line, and with no mistake of the program."""
    if not message.is_whole:
        return
    # One that is too long may lose its answer to the rest of what it sends.
    if reply is None:
        assert len(message.line) > 65536, message
        return
    assert set(reply) == {"status", "out", "err"}, (message, reply)
    assert reply["status"] in range(5), (message, reply)
    assert "mistake" not in reply["err"], (message, reply)
    assert (reply["status"] == 0) == (not reply["err"]), (message, reply)


def check_answers_at_once(program: Program) -> None:
    asked_s = time.monotonic()
    assert program.status()["running"] is True
    assert time.monotonic() - asked_s <= ANSWER_S


def ratings(program: Program, file: Path) -> list[tuple[str, str]]:
    program.told("export", str(file), "--force")
    events = json.loads(file.read_text("utf-8"))["events"]
    assert {each["kind"] for each in events} <= {"PainRated"}
    return [(str(each["nrs"]), each["note"]) for each in events]


def connections(program: Program) -> int:
    """How many sockets the program has open."""
    return len(sockets_of(program.process.pid))


def check_lets_go(program: Program, opened: int) -> None:
    """No more sockets than the `opened` before, and one for who is just asking."""
    until("all connections closed", lambda: connections(program) <= opened + 1)


@pytest.mark.timeout(scaled(ci=240, soak=6 * 3600))
@pytest.mark.parametrize("words", [(), ("--terminal",)])
def test_whatever_is_sent_to_the_socket_the_program_lives_and_keeps_what_it_said_it_kept(
    program: Program, tmp_path: Path, words: tuple[str, ...]
) -> None:
    program.start(*words, "--speed", "600")
    rubbish = Rubbish(random.Random(seed(5) + len(words)))  # noqa: S311 - the same in each run
    settings, opened = program.told("config"), connections(program)
    kept, whole = [], 0
    slowest_s = 0.0
    for number in range(MESSAGES // 2):
        message = rubbish.message()
        asked_s = time.monotonic()
        reply = sent(program, message)
        slowest_s = max(slowest_s, time.monotonic() - asked_s)
        check_reply(message, reply)
        whole += message.is_whole
        if reply and reply["status"] == 0 and message.rating:
            kept.append(message.rating)
        if number % BATCH == 0:
            check_answers_at_once(program)
    # Else it was not tested.
    assert len(kept) > MESSAGES // 50
    assert whole > MESSAGES // 4
    assert program.run("status").status == 0
    assert program.phase == "idle"
    assert program.told("config") == settings
    check_lets_go(program, opened)
    assert "Traceback" not in program.log()
    assert "CRITICAL" not in program.log()
    assert ratings(program, tmp_path / "record.json") == kept
    done = program.end()
    assert (done.status, done.err) == (0, "")
    assert ratings(program, tmp_path / "record.json") == kept
    report(f"{MESSAGES // 2} messages, {len(kept)} ratings kept, slowest {slowest_s:.3f} s")


def test_clients_that_say_nothing_or_one_letter_at_a_time_keep_nobody_out(
    program: Program,
) -> None:
    program.start("--terminal", "--speed", "600")
    opened = connections(program)
    with ExitStack() as stack:
        idlers = [stack.enter_context(connected(program)) for _ in range(IDLERS)]
        for letter in b'{"command':
            for each in idlers[::2]:
                each.sendall(bytes([letter]))
            check_answers_at_once(program)
        # None may stay for ever.
        for each in idlers:
            with contextlib.suppress(ConnectionResetError):
                assert each.recv(1) == b""
    check_lets_go(program, opened)
    assert program.end().status == 0


def test_a_crowd_at_the_door_is_served_in_the_end(program: Program) -> None:
    program.start("--terminal", "--speed", "600")
    opened = connections(program)
    for _ in range(3):
        with ExitStack() as stack:
            for number in range(CROWD):
                connection = stack.enter_context(connected(program))
                if number % 4:
                    connection.sendall(b'{"command": "status", "words": {}}\n')
        # They are all gone without having waited for an answer.
        check_answers_at_once(program)
    check_lets_go(program, opened)
    assert "Traceback" not in program.log()
    assert program.end().status == 0


# --- nothing listens on a network ---


def sockets_of(pid: int) -> set[str]:
    """The numbers of the sockets that a process has open."""
    found = set()
    for each in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            target = str(each.readlink())
            if target.startswith("socket:["):
                found.add(target[8:-1])
    return found


def network_sockets(pid: int) -> set[str]:
    """Those of its sockets that lead to a network, listening or not."""
    networked = set()
    for family in FAMILIES:
        table = Path(f"/proc/{pid}/net/{family}")
        if table.exists():
            rows = table.read_text("ascii").splitlines()[1:]
            networked |= {number for row in rows for number in row.split()[8:10]}
    return sockets_of(pid) & networked


def test_a_socket_of_a_network_would_be_seen() -> None:
    with (
        closing(socket.create_server(("127.0.0.1", 0))),
        closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as datagrams,
    ):
        datagrams.bind(("127.0.0.1", 0))
        assert len(network_sockets(os.getpid())) == 2


@pytest.mark.parametrize("words", [(), ("--terminal",)])
def test_nothing_listens_on_a_network(program: Program, words: tuple[str, ...]) -> None:
    program.start(*words, "--speed", "3600")
    program.told("start")
    until("a message", program.said)
    program.told("off")
    pid = program.process.pid
    assert sockets_of(pid)
    assert network_sockets(pid) == set()


# --- files ---


@pytest.fixture
def model(program: Program) -> Path:
    """The files of a demo that was lived in for a while."""
    program.start("--terminal", "--speed", "3600")
    for line in (
        "start",
        "pause",
        "resume",
        "off",
        "pain 4",
        "config ice_min 12",
        "config volume 7",
    ):
        program.told(*line.split())
    # Ended once, so that the record is in its main file; killed, so that there is a lock.
    program.end()
    program.start("--terminal", "--speed", "3600")
    program.kill()
    return program.folder


@pytest.mark.timeout(scaled(ci=240, soak=6 * 3600))
def test_rubbish_in_any_file_ends_in_one_sentence_or_a_program_that_works(
    program: Program, model: Path, tmp_path: Path
) -> None:
    chance = random.Random(seed(9))  # noqa: S311 - the same in each run
    names = sorted(each.name for each in model.iterdir() if each.is_file())
    assert {"backtimer.db", "settings.toml", "demo-clock.json", "lock", "endpoint"} <= set(names)
    works = 0
    for number in range(STARTS):
        program.folder = tmp_path / f"rubbish {number}"
        shutil.copytree(model, program.folder, ignore=shutil.ignore_patterns("backtimer.log*"))
        spoilt = [chance.choice(names)] if chance.random() < 0.5 else chance.sample(names, 3)
        for name in spoilt:
            file = program.folder / name
            file.write_bytes(damaged(chance, (model / name).read_bytes()))
        works += check_starts_or_says_why(program, spoilt)
    assert 0 < works < STARTS
    report(f"{STARTS} starts with rubbish, {works} went on")


def check_starts_or_says_why(program: Program, spoilt: list[str]) -> bool:
    """Start it; whether it runs. It says what is wrong, in a line, where it does not."""
    process = program.spawn("--terminal", "--speed", "600")

    def is_decided() -> bool:
        return (
            process.poll() is not None or '"running": true' in program.ask("status", "--json").out
        )

    until(f"a start with rubbish in {spoilt}", is_decided)
    is_running = process.poll() is None
    if is_running:
        process.terminate()
    done = ended(process)
    told = f"{spoilt}: {done}"
    assert "Traceback" not in done.out + done.err + program.log(), told
    if is_running:
        assert done.status == 0, told
    else:
        assert done.status in (1, 4), told
        assert done.err.count("\n") == 1, told
    return is_running
