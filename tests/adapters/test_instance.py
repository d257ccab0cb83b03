import gc
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QLockFile, QTimer
from pytestqt.qtbot import QtBot

from backtimer.adapters import instance, socket_path
from backtimer.adapters.client import ClientError, ask
from backtimer.adapters.endpoint import (
    ENDPOINT_NAME,
    LOCK_NAME,
    MESSAGE_BYTES,
    is_held,
    read_endpoint,
)
from backtimer.adapters.instance import CommandServer
from backtimer.adapters.instance_lock import InstanceLock
from backtimer.domain.errors import DataError

PATIENCE_MS = 15_000
ROOT = Path(__file__).parents[2]

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has named pipes instead")
as_root = pytest.mark.skipif(
    sys.platform == "win32" or os.getuid() != 0, reason="only root can become somebody else"
)

# Takes the lock once its input ends, serves, and tells each step.
PROGRAM = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from backtimer.adapters.instance_lock import InstanceLock

data_dir, delay_s = Path(sys.argv[1]), float(sys.argv[2])
lock = InstanceLock(data_dir)
print("ready", flush=True)
sys.stdin.read()
if not lock.acquire():
    print("lost", flush=True)
    sys.exit(0)
print("won", flush=True)
time.sleep(delay_s)
from backtimer.adapters.instance import CommandServer
app = QCoreApplication([])
server = CommandServer(data_dir=data_dir, handler=lambda request: {"heard": request})
server.start()
print("serves", flush=True)
app.exec()
"""


class Program:
    """A real program in a process of its own that holds the lock and serves."""

    def __init__(
        self, data_dir: Path, *, delay_s: float = 0, gate: int = subprocess.DEVNULL
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(data_dir), str(delay_s)],
            stdin=gate,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        if gate == subprocess.DEVNULL:
            assert self.says() == "ready"

    def says(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def is_killed(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    programs: list[Program] = []

    def start_one(data_dir: Path = tmp_path, **options: Any) -> Program:
        programs.append(Program(data_dir, **options))
        return programs[-1]

    yield start_one
    for each in programs:
        each.end()


@pytest.fixture(autouse=True)
def _runtime_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: Any) -> None:
    folder = tmp_path_factory.mktemp("run", numbered=True)
    folder.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))


class Answers:
    """What a thread got that asked while the event loop of the test was running."""

    def __init__(self, qtbot: QtBot, data_dir: Path) -> None:
        self._qtbot = qtbot
        self._data_dir = data_dir

    def to(self, request: dict[str, Any], timeout_s: float = 10) -> Any:
        return self.of(lambda: ask(self._data_dir, request, timeout_s))

    def of(self, question: Callable[[], Any]) -> Any:
        outcome: list[Any] = []

        def put() -> None:
            try:
                outcome.append(question())
            except Exception as error:
                outcome.append(error)

        thread = threading.Thread(target=put)
        thread.start()
        self._qtbot.waitUntil(lambda: bool(outcome), timeout=PATIENCE_MS)
        thread.join()
        if isinstance(outcome[0], Exception):
            raise outcome[0]
        return outcome[0]


@pytest.fixture
def answers(qtbot: QtBot, tmp_path: Path) -> Answers:
    return Answers(qtbot, tmp_path)


@pytest.fixture
def serve(qapp: QCoreApplication, tmp_path: Path) -> Iterator[Callable[..., CommandServer]]:
    servers: list[CommandServer] = []

    def serve_with(handler: instance.Handler = lambda request: {"heard": request}) -> CommandServer:
        servers.append(CommandServer(data_dir=tmp_path, handler=handler, parent=qapp))
        servers[-1].start()
        return servers[-1]

    yield serve_with
    for each in servers:
        each.close()


def raw(data_dir: Path, message: bytes, *, wait: bool = True) -> bytes:
    """Send bytes to the socket, and return all that comes back."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect((data_dir / ENDPOINT_NAME).read_text().strip())
        connection.sendall(message)
        reply = b""
        while wait and (part := connection.recv(65536)):
            reply += part
        return reply


@contextmanager
def open_folder(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


def said_by_at_once(count: int, start: Callable[..., Program]) -> list[str]:
    """What so many programs say that are let go at the same moment."""
    gate, hand = os.pipe()
    programs = [start(gate=gate) for _ in range(count)]
    os.close(gate)
    assert {each.says() for each in programs} == {"ready"}
    os.close(hand)
    return [each.says() for each in programs]


# The lock.


def test_two_starts_at_once_leave_one(start: Callable[..., Program]) -> None:
    assert sorted(said_by_at_once(2, start)) == ["lost", "won"]


def test_twenty_starts_at_once_leave_one(start: Callable[..., Program]) -> None:
    said = said_by_at_once(20, start)
    assert (said.count("won"), said.count("lost")) == (1, 19)


def test_twenty_starts_at_once_after_one_was_killed_leave_one(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    killed = start()
    assert killed.says() == "won"
    assert killed.says() == "serves"
    killed.is_killed()
    assert (tmp_path / LOCK_NAME).exists()
    said = said_by_at_once(20, start)
    assert (said.count("won"), said.count("lost")) == (1, 19)


def test_a_program_that_was_killed_blocks_nobody(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    killed = start()
    assert [killed.says(), killed.says()] == ["won", "serves"]
    address = (tmp_path / ENDPOINT_NAME).read_text().strip()
    killed.is_killed()
    assert ask(tmp_path, {"command": "status"}) is None
    assert Path(address).is_socket()
    following = start()
    assert [following.says(), following.says()] == ["won", "serves"]
    assert ask(tmp_path, {"command": "status"}) == {"heard": {"command": "status"}}


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the file that Linux writes")
def test_a_dead_program_whose_number_another_python_has_now_blocks_nobody(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    killed = start()
    assert [killed.says(), killed.says()] == ["won", "serves"]
    killed.is_killed()
    (tmp_path / "other").mkdir()
    namesake = start(tmp_path / "other")
    lines = (tmp_path / LOCK_NAME).read_text().split("\n")
    lines[0] = str(namesake.process.pid)
    (tmp_path / LOCK_NAME).write_text("\n".join(lines))
    assert not QLockFile(str(tmp_path / LOCK_NAME)).tryLock(0)
    assert sorted(said_by_at_once(5, start)) == ["lost"] * 4 + ["won"]


@on_unix
@pytest.mark.parametrize("content", [b"", b"\0" * 60, b"rubbish"])
def test_a_lock_file_that_a_power_cut_left_damaged_blocks_nobody(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / LOCK_NAME).write_bytes(content)
    lock = InstanceLock(tmp_path)
    assert lock.acquire()
    assert is_held(tmp_path)
    assert not InstanceLock(tmp_path).acquire()
    lock.release()


@on_unix
def test_starts_look_at_the_lock_one_after_the_other(tmp_path: Path) -> None:
    import fcntl

    outcome: list[bool] = []
    lock = InstanceLock(tmp_path)
    thread = threading.Thread(target=lambda: outcome.append(lock.acquire()))
    with open_folder(tmp_path) as other_start:
        fcntl.flock(other_start, fcntl.LOCK_EX)
        thread.start()
        thread.join(0.1)
        assert outcome == []
    thread.join(10)
    assert outcome == [True]
    lock.release()


def test_two_folders_are_two_programs(start: Callable[..., Program], tmp_path: Path) -> None:
    programs = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        programs.append(start(tmp_path / name))
    assert [each.says() for each in programs] == ["won", "won"]
    assert [each.says() for each in programs] == ["serves", "serves"]
    one, two = ((tmp_path / name / ENDPOINT_NAME).read_text() for name in ("one", "two"))
    assert one != two


def test_a_lock_that_was_let_go_can_be_taken(tmp_path: Path) -> None:
    first, second = InstanceLock(tmp_path), InstanceLock(tmp_path)
    assert first.acquire()
    assert is_held(tmp_path)
    start_s = time.monotonic()
    assert not second.acquire()
    assert time.monotonic() - start_s < 0.5
    first.release()
    assert not is_held(tmp_path)
    assert second.acquire()
    second.release()
    second.release()


@pytest.mark.skipif(sys.platform != "linux", reason="not even root writes into /proc")
def test_a_folder_that_cannot_be_written_to_has_its_lock_elsewhere() -> None:
    first, second = InstanceLock(Path("/proc/self")), InstanceLock(Path("/proc/self"))
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_a_lock_that_is_elsewhere_counts_also_once_the_folder_can_be_written_to(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    first = InstanceLock(folder)
    assert first.acquire(), "there is no such folder yet"
    folder.mkdir()
    assert not InstanceLock(folder).acquire()
    first.release()
    second = InstanceLock(folder)
    assert second.acquire()
    second.release()


def test_where_there_is_room_for_no_lock_at_all_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "backtimer.adapters.instance_lock.socket_path", lambda _: str(tmp_path / "gone" / "key")
    )
    with pytest.raises(DataError, match="cannot be written to"):
        InstanceLock(tmp_path / "none").acquire()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux names the boot in a file")
def test_a_lock_of_an_earlier_boot_is_not_held(tmp_path: Path) -> None:
    lock = InstanceLock(tmp_path)
    assert lock.acquire()
    text = (tmp_path / LOCK_NAME).read_text()
    lines = text.split("\n")
    lock.release()
    lines[4] = "another-boot"
    (tmp_path / LOCK_NAME).write_text("\n".join(lines))
    assert not is_held(tmp_path)


@pytest.mark.parametrize("content", ["", "x", "12", "-1\nx\n", f"{2**22 - 1}\npython\nhost\n"])
def test_rubbish_and_the_dead_hold_no_lock(tmp_path: Path, content: str) -> None:
    (tmp_path / LOCK_NAME).write_text(content)
    assert not is_held(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which program it is")
def test_another_program_with_the_number_of_the_dead_one_holds_no_lock(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).write_text(f"{os.getpid()}\nsomething-else\n")
    assert not is_held(tmp_path)


# The socket.


def test_a_request_is_answered(serve: Callable[..., CommandServer], answers: Answers) -> None:
    serve()
    assert answers.to({"command": "start", "words": ["ice"]}) == {
        "heard": {"command": "start", "words": ["ice"]}
    }


def test_the_handler_runs_in_the_main_thread(
    serve: Callable[..., CommandServer], answers: Answers
) -> None:
    serve(lambda _request: {"main": threading.current_thread() is threading.main_thread()})
    assert answers.to({}) == {"main": True}


def test_text_of_any_language_passes(serve: Callable[..., CommandServer], answers: Answers) -> None:
    serve()
    assert answers.to({"note": "Eis — 冰 🧊\n\0"}) == {"heard": {"note": "Eis — 冰 🧊\n\0"}}


def test_a_long_reply_arrives_whole(serve: Callable[..., CommandServer], answers: Answers) -> None:
    serve(lambda _request: {"out": "x" * 5_000_000})
    assert answers.to({}) == {"out": "x" * 5_000_000}


@pytest.mark.parametrize(
    "message",
    [
        b"\n",
        b"rubbish\n",
        b"[]\n",
        b'"text"\n',
        b"null\n",
        b"{\n",
        b"\xff\xfe\x00\n",
        b"[" * 60_000 + b"\n",
        b"x" * (MESSAGE_BYTES + 1),
        b"x" * 1_000_000,
        b'{"a": "' + b"x" * MESSAGE_BYTES + b'"}\n',
    ],
)
@on_unix
def test_what_is_no_request_gets_one_error_and_the_end(
    serve: Callable[..., CommandServer], answers: Answers, tmp_path: Path, message: bytes
) -> None:
    asked: list[Any] = []

    def handler(request: dict[str, Any]) -> dict[str, Any]:
        asked.append(request)
        return {}

    serve(handler)

    def question() -> bytes:
        try:
            return raw(tmp_path, message)
        except (BrokenPipeError, ConnectionResetError):
            return b'{"status": 4, "err": "was not read to its end"}'

    reply = json.loads(answers.of(question))
    assert reply["status"] == 4
    assert reply["err"]
    assert asked == []


@on_unix
def test_the_longest_message_is_heard(
    serve: Callable[..., CommandServer], answers: Answers, tmp_path: Path
) -> None:
    serve(lambda request: {"length": len(request["a"])})
    frame = len(b'{"a": ""}\n')
    line = b'{"a": "' + b"x" * (MESSAGE_BYTES - frame) + b'"}\n'
    assert len(line) == MESSAGE_BYTES
    assert json.loads(answers.of(lambda: raw(tmp_path, line))) == {"length": MESSAGE_BYTES - frame}


def test_a_longer_one_is_not_even_sent(
    serve: Callable[..., CommandServer], answers: Answers
) -> None:
    serve()
    with pytest.raises(ClientError, match="too long"):
        answers.to({"a": "x" * MESSAGE_BYTES})


@on_unix
def test_a_line_may_come_in_pieces(
    serve: Callable[..., CommandServer], answers: Answers, tmp_path: Path
) -> None:
    serve()

    def piecemeal() -> bytes:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(10)
            connection.connect((tmp_path / ENDPOINT_NAME).read_text().strip())
            for byte in b'{"a": 1}\n':
                connection.sendall(bytes([byte]))
                time.sleep(0.001)
            return connection.recv(1000)

    assert json.loads(answers.of(piecemeal)) == {"heard": {"a": 1}}


@on_unix
def test_who_does_not_finish_the_line_is_cut_off(
    serve: Callable[..., CommandServer],
    answers: Answers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(instance, "_DEADLINE_MS", 50)
    server = serve()
    assert answers.of(lambda: raw(tmp_path, b'{"never": ')) == b""
    answers._qtbot.waitUntil(lambda: not server._clients, timeout=PATIENCE_MS)


@on_unix
def test_who_does_not_read_the_reply_is_cut_off(
    serve: Callable[..., CommandServer], answers: Answers, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(instance, "_DEADLINE_MS", 50)
    heard: list[Any] = []

    def handler(request: dict[str, Any]) -> dict[str, Any]:
        heard.append(request)
        return {"out": "x" * 5_000_000}

    server = serve(handler)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect((tmp_path / ENDPOINT_NAME).read_text().strip())
        connection.sendall(b"{}\n")
        answers._qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
        answers._qtbot.waitUntil(lambda: not server._clients, timeout=PATIENCE_MS)


@on_unix
def test_who_leaves_at_once_does_no_harm(
    serve: Callable[..., CommandServer], answers: Answers, tmp_path: Path
) -> None:
    server = serve()
    for _ in range(50):
        answers.of(lambda: raw(tmp_path, b'{"a": 1}\n', wait=False))
        answers.of(lambda: raw(tmp_path, b"", wait=False))
    answers._qtbot.waitUntil(lambda: not server._clients, timeout=PATIENCE_MS)
    assert answers.to({"a": 1}) == {"heard": {"a": 1}}


@on_unix
def test_a_hundred_at_once_are_all_answered_and_never_more_than_32_are_served(
    serve: Callable[..., CommandServer], answers: Answers, tmp_path: Path
) -> None:
    most = 0
    server: CommandServer

    def handler(request: dict[str, Any]) -> dict[str, Any]:
        nonlocal most
        most = max(most, len(server._clients))
        return request

    server = serve(handler)
    replies: list[Any] = []
    threads = [
        threading.Thread(target=lambda n=n: replies.append(ask(tmp_path, {"n": n})))
        for n in range(100)
    ]
    for each in threads:
        each.start()
    answers._qtbot.waitUntil(lambda: len(replies) == 100, timeout=PATIENCE_MS)
    for each in threads:
        each.join()
    assert sorted(each["n"] for each in replies) == list(range(100))
    assert 1 <= most <= 32


@on_unix
def test_idle_connections_keep_nobody_out_for_long(
    serve: Callable[..., CommandServer], answers: Answers, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(instance, "_DEADLINE_MS", 200)
    server = serve()
    address = (tmp_path / ENDPOINT_NAME).read_text().strip()
    idle = []
    for _ in range(40):
        connection = socket.socket(socket.AF_UNIX)
        connection.setblocking(False)
        connection.connect(address)
        idle.append(connection)
    try:
        assert answers.to({"a": 1}) == {"heard": {"a": 1}}
        assert len(server._clients) <= 32
    finally:
        for connection in idle:
            connection.close()


def test_a_handler_that_fails_is_logged_and_told(
    serve: Callable[..., CommandServer], answers: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    def handler(_request: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("a bug")

    serve(handler)
    reply = answers.to({"command": "start"})
    assert reply["status"] == 4
    assert "mistake" in reply["err"]
    assert "a bug" in caplog.text
    assert answers.to({"command": "start"})["status"] == 4


def test_a_reply_that_is_no_json_is_logged_and_told(
    serve: Callable[..., CommandServer], answers: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    serve(lambda _request: {"path": Path()})
    assert answers.to({})["status"] == 4
    assert "not JSON serializable" in caplog.text


def test_a_handler_may_run_an_event_loop(
    serve: Callable[..., CommandServer], answers: Answers
) -> None:
    def handler(request: dict[str, Any]) -> dict[str, Any]:
        loop = QEventLoop()
        for _ in range(5):
            loop.processEvents()
        return request

    serve(handler)
    assert answers.to({"a": 1}) == {"a": 1}


@on_unix
def test_a_second_line_is_not_heard_not_even_while_the_first_is_answered(
    serve: Callable[..., CommandServer], answers: Answers, tmp_path: Path
) -> None:
    heard: list[Any] = []
    answering, sent = threading.Event(), threading.Event()

    def handler(request: dict[str, Any]) -> dict[str, Any]:
        heard.append(request)
        answering.set()
        sent.wait(10)
        loop = QEventLoop()
        for _ in range(20):
            loop.processEvents()
        return request

    def say_twice() -> bytes:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect((tmp_path / ENDPOINT_NAME).read_text().strip())
            connection.sendall(b'{"n": 1}\n')
            answering.wait(10)
            connection.sendall(b'{"n": 2}\n')
            sent.set()
            return connection.recv(1000)

    serve(handler)
    assert json.loads(answers.of(say_twice)) == {"n": 1}
    assert heard == [{"n": 1}]


@on_unix
def test_a_client_may_leave_while_the_handler_runs_an_event_loop(
    serve: Callable[..., CommandServer], answers: Answers, tmp_path: Path
) -> None:
    left = threading.Event()

    def handler(request: dict[str, Any]) -> dict[str, Any]:
        left.wait(10)
        loop = QEventLoop()
        for _ in range(20):
            loop.processEvents()
        return request

    server = serve(handler)

    def leave() -> None:
        raw(tmp_path, b"{}\n", wait=False)
        left.set()

    for _ in range(5):
        left.clear()
        answers.of(leave)
    left.set()
    answers._qtbot.waitUntil(lambda: not server._clients, timeout=PATIENCE_MS)
    assert answers.to({"a": 1}) == {"a": 1}


def test_hundreds_of_commands_leave_nothing_behind(
    serve: Callable[..., CommandServer], answers: Answers, tmp_path: Path
) -> None:
    def objects_after_a_hundred() -> int:
        answers.of(lambda: [ask(tmp_path, {}) for _ in range(100)])
        answers._qtbot.waitUntil(lambda: not server._gone, timeout=PATIENCE_MS)
        gc.collect()
        return len(gc.get_objects())

    server = serve()
    before = objects_after_a_hundred()
    assert objects_after_a_hundred() - before < 50


# Asks and tells the length of the answer: `waitForBytesWritten` lets no thread of its own
# process run, so a thread of the test could not read while the server writes.
CLIENT = """
import sys
from pathlib import Path
from backtimer.adapters.client import ask
print(len(ask(Path(sys.argv[1]), {"command": "quit"})["out"]))
"""


@on_unix
def test_a_reply_gets_out_though_the_handler_ends_the_program(
    serve: Callable[..., CommandServer], answers: Answers, tmp_path: Path
) -> None:
    server: CommandServer

    def handler(_request: dict[str, Any]) -> dict[str, Any]:
        QTimer.singleShot(0, server.close)
        return {"out": "x" * 5_000_000}

    server = serve(handler)
    command = [sys.executable, "-c", CLIENT, str(tmp_path)]
    length = answers.of(lambda: subprocess.check_output(command, text=True, cwd=ROOT))
    assert int(length) == 5_000_000
    assert answers.to({"command": "status"}) is None


def test_closing_takes_the_endpoint_away(
    serve: Callable[..., CommandServer], tmp_path: Path
) -> None:
    server = serve()
    address = (tmp_path / ENDPOINT_NAME).read_text().strip()
    server.close()
    server.close()
    assert not (tmp_path / ENDPOINT_NAME).exists()
    assert not Path(address).exists()
    assert ask(tmp_path, {}) is None


def test_a_closed_server_can_start_again(
    serve: Callable[..., CommandServer], answers: Answers
) -> None:
    server = serve()
    server.close()
    server.start()
    assert answers.to({"a": 1}) == {"heard": {"a": 1}}


# Who else can get in.


@on_unix
def test_only_this_user_can_open_the_socket_and_what_is_around_it(
    serve: Callable[..., CommandServer], tmp_path: Path
) -> None:
    old_mask = os.umask(0)
    try:
        serve()
    finally:
        os.umask(old_mask)
    address = Path((tmp_path / ENDPOINT_NAME).read_text().strip())
    assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(address.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE((tmp_path / ENDPOINT_NAME).stat().st_mode) == 0o600


@on_unix
def test_it_is_in_the_runtime_folder(serve: Callable[..., CommandServer], tmp_path: Path) -> None:
    serve()
    address = Path((tmp_path / ENDPOINT_NAME).read_text().strip())
    assert address.parent == Path(os.environ["XDG_RUNTIME_DIR"]) / "backtimer"


@on_unix
@pytest.mark.parametrize("runtime", ["", "relative", "/nowhere", "/proc/1", "long"])
def test_without_a_runtime_folder_it_is_in_a_private_one_for_temporary_files(
    serve: Callable[..., CommandServer],
    answers: Answers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    runtime: str,
) -> None:
    if runtime == "long":
        folder = tmp_path / ("x" * 80)
        folder.mkdir()
        runtime = str(folder)
    monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
    serve()
    address = Path((tmp_path / ENDPOINT_NAME).read_text().strip())
    assert address.parent.name == f"backtimer-{os.getuid()}"
    assert len(os.fsencode(address)) <= 90
    assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700
    assert answers.to({"a": 1}) == {"heard": {"a": 1}}


@as_root
def test_the_runtime_folder_of_somebody_else_is_not_used(
    serve: Callable[..., CommandServer], tmp_path: Path
) -> None:
    # As sudo leaves it.
    runtime = Path(os.environ["XDG_RUNTIME_DIR"])
    os.chown(runtime, 65534, 65534)
    serve()
    address = Path((tmp_path / ENDPOINT_NAME).read_text().strip())
    assert not address.is_relative_to(runtime)
    assert list(runtime.iterdir()) == []


@on_unix
@pytest.mark.parametrize("trap", ["open to others", "a link", "a file", "of somebody else"])
def test_a_folder_that_somebody_prepared_is_not_used(
    serve: Callable[..., CommandServer],
    answers: Answers,
    tmp_path: Path,
    trap: str,
) -> None:
    prepared = Path(os.environ["XDG_RUNTIME_DIR"]) / "backtimer"
    match trap:
        case "open to others":
            prepared.mkdir()
            prepared.chmod(0o755)
        case "a link":
            (tmp_path / "elsewhere").mkdir(mode=0o700)
            prepared.symlink_to(tmp_path / "elsewhere")
        case "a file":
            prepared.write_text("")
        case _:
            if os.getuid() != 0:
                pytest.skip("only root can give a folder away")
            prepared.mkdir(mode=0o700)
            os.chown(prepared, 65534, 65534)
    serve()
    address = Path((tmp_path / ENDPOINT_NAME).read_text().strip())
    assert address.parent != prepared
    assert answers.to({"a": 1}) == {"heard": {"a": 1}}


@on_unix
def test_where_every_usual_name_is_taken_an_unusual_one_is_used(
    serve: Callable[..., CommandServer], answers: Answers, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(socket_path, "_is_private", lambda _folder: False)
    server = serve()
    folder = Path((tmp_path / ENDPOINT_NAME).read_text().strip()).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert answers.to({"a": 1}) == {"heard": {"a": 1}}
    server.close()
    folder.rmdir()


@as_root
def test_another_user_cannot_talk_to_the_program(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    program = start()
    assert [program.says(), program.says()] == ["won", "serves"]
    address = (tmp_path / ENDPOINT_NAME).read_text().strip()
    connect = f"import socket; socket.socket(socket.AF_UNIX).connect({address!r})"
    for path in Path(address).parents:
        if path.is_relative_to(tmp_path.parents[1]) and path.name != "backtimer":
            path.chmod(0o755)
    allowed = subprocess.run([sys.executable, "-c", connect], check=False)
    assert allowed.returncode == 0
    refused = subprocess.run(
        ["runuser", "-u", "nobody", "--", "/usr/bin/env", "python3", "-c", connect],
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode != 0
    assert "PermissionError" in refused.stderr


# The client.


def test_where_nothing_runs_the_answer_is_none_at_once(tmp_path: Path) -> None:
    start_s = time.monotonic()
    assert ask(tmp_path, {"command": "status"}) is None
    assert ask(tmp_path / "not there", {"command": "status"}) is None
    assert time.monotonic() - start_s < 0.1


@pytest.mark.parametrize("content", ["", "\n", "/nowhere/socket\n", "relative\n"])
def test_an_endpoint_that_leads_nowhere_is_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / ENDPOINT_NAME).write_text(content)
    assert ask(tmp_path, {"command": "status"}) is None


def test_a_program_that_is_just_starting_is_waited_for(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    program = start(delay_s=0.5)
    assert program.says() == "won"
    assert not (tmp_path / ENDPOINT_NAME).exists()
    assert ask(tmp_path, {"command": "status"}) == {"heard": {"command": "status"}}


def test_a_program_that_is_just_starting_where_another_was_killed_is_waited_for(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    killed = start()
    assert [killed.says(), killed.says()] == ["won", "serves"]
    killed.is_killed()
    program = start(delay_s=0.5)
    assert program.says() == "won"
    assert ask(tmp_path, {"command": "status"}) == {"heard": {"command": "status"}}


def test_a_program_that_never_serves_is_told(start: Callable[..., Program], tmp_path: Path) -> None:
    program = start(delay_s=60)
    assert program.says() == "won"
    start_s = time.monotonic()
    with pytest.raises(ClientError, match="does not answer"):
        ask(tmp_path, {"command": "status"}, timeout_s=0.3)
    assert 0.3 <= time.monotonic() - start_s < 2


def test_a_program_that_hangs_is_told(start: Callable[..., Program], tmp_path: Path) -> None:
    program = start()
    assert [program.says(), program.says()] == ["won", "serves"]
    program.process.send_signal(signal.SIGSTOP)
    with pytest.raises(ClientError, match="does not answer"):
        ask(tmp_path, {"command": "status"}, timeout_s=0.3)
    program.process.send_signal(signal.SIGCONT)
    assert ask(tmp_path, {"a": 1}) == {"heard": {"a": 1}}


@on_unix
@pytest.mark.parametrize(
    ("reply", "sentence"),
    [(b"rubbish\n", "words"), (b"[]\n", "words"), (b"", "ended"), (b'{"half', "words")],
)
def test_an_answer_that_is_none_is_told(tmp_path: Path, reply: bytes, sentence: str) -> None:
    address = str(tmp_path / "socket")
    (tmp_path / ENDPOINT_NAME).write_text(address)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()

        def serve() -> None:
            with server.accept()[0] as connection:
                connection.recv(1000)
                connection.sendall(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(ClientError, match=sentence):
            ask(tmp_path, {"command": "status"})
        thread.join()


@on_unix
def test_what_was_sent_is_never_sent_twice(tmp_path: Path) -> None:
    address = str(tmp_path / "socket")
    (tmp_path / ENDPOINT_NAME).write_text(address)
    lock = InstanceLock(tmp_path)
    assert lock.acquire()
    heard = []
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        server.settimeout(1)

        def serve() -> None:
            try:
                while True:
                    with server.accept()[0] as connection:
                        heard.append(connection.recv(1000))
            except TimeoutError:
                pass

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(ClientError, match="ended before it answered"):
            ask(tmp_path, {"command": "start"})
        thread.join()
    lock.release()
    assert heard == [b'{"command": "start"}\n']


def test_an_endpoint_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / ENDPOINT_NAME).mkdir()
    with pytest.raises(ClientError, match="could not be reached"):
        ask(tmp_path, {"command": "status"})


def test_the_client_imports_no_qt() -> None:
    look = """
import sys, backtimer.adapters.client
assert not [m for m in sys.modules if m.startswith(("PySide6", "shiboken6"))]
assert not {"asyncio", "ssl", "logging", "dataclasses"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", look], check=True, cwd=ROOT, timeout=60)


def test_where_the_endpoint_file_cannot_be_written_the_command_line_finds_it_all_the_same(
    qapp: QCoreApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "gone"
    server = CommandServer(data_dir=folder, handler=lambda request: request, parent=qapp)
    server.start()
    assert Answers(qtbot, folder).to({"command": "status"}) == {"command": "status"}
    folder.mkdir()
    server._announce()
    assert read_endpoint(folder)
    server.close()


def test_a_reply_that_takes_its_time_keeps_nobody_else_waiting(
    serve: Callable[..., CommandServer], answers: Answers, qtbot: QtBot, tmp_path: Path
) -> None:
    given: list[Callable[[dict[str, Any]], None]] = []
    serve(lambda request: given.append if request == {"slow": 1} else {"heard": request})
    replies: list[Any] = []
    slow = threading.Thread(target=lambda: replies.append(ask(tmp_path, {"slow": 1})))
    slow.start()
    qtbot.waitUntil(lambda: bool(given))
    assert answers.to({"quick": 1}) == {"heard": {"quick": 1}}
    assert replies == []
    given[0]({"late": True})
    qtbot.waitUntil(lambda: bool(replies))
    slow.join()
    assert replies == [{"late": True}]


def test_a_reply_for_somebody_who_has_gone_is_dropped(
    serve: Callable[..., CommandServer], qtbot: QtBot, tmp_path: Path
) -> None:
    given: list[Callable[[dict[str, Any]], None]] = []
    server = serve(lambda _request: given.append)
    raw(tmp_path, b'{"slow": 1}\n', wait=False)
    qtbot.waitUntil(lambda: bool(given) and not server._clients)
    given[0]({"late": True})
    given[0]({"late": "again"})
    assert not server._clients
