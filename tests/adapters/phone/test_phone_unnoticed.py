"""What is kept secret, and what the program does not notice of all this."""

import logging
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer

from backtimer import diagnostics
from backtimer.adapters.channels.phone.channel import Phone
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding
from tests.adapters.channel_kit import Until
from tests.adapters.phone.kit import DUE, TAKE_OFF, NtfyStandIn, closed_port, press

Look = Callable[[], Finding]


def test_nothing_secret_is_written_to_the_log_or_printed(
    server: NtfyStandIn,
    phone: Phone,
    look: Look,
    until: Until,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    log = logging.getLogger("backtimer")
    before = (list(log.handlers), log.level, logging.raiseExceptions)
    everything = logging.FileHandler(tmp_path / "root.log")
    logging.getLogger().addHandler(everything)
    diagnostics.log_to(tmp_path / "program.log")
    for name in ("backtimer", "", "apprise", "urllib3", "requests"):
        logging.getLogger(name).setLevel(1)
    reports: list[tuple[Delivery, str]] = []
    phone.on_delivery(lambda *each: reports.append(each))
    told: list[object] = []
    try:
        refused = f"ntfy://ann:pass-word@127.0.0.1:{closed_port()}/secret-topic"
        rubbish = "foo://pass-word@secret-topic"
        for how, address in (
            ("well", server.address()),
            (500, server.address(login="ann:pass-word@")),
            ("silent", server.address()),
            ("well", refused),
            ("well", rubbish),
        ):
            server.publishing = how
            phone.use([address], says_what=False)
            reports.clear()
            phone.say(TAKE_OFF)
            until(lambda: reports)
            told.extend(reports)
            told.append(look())
        topics = {
            each.button["url"].rpartition("/")[2]
            for each in server.published()
            if "x-actions" in each.headers
        }
        log.info("the end")
    finally:
        logging.getLogger().removeHandler(everything)
        everything.close()
        for handler in set(log.handlers) - set(before[0]):
            log.removeHandler(handler)
            handler.close()
        log.setLevel(before[1])
        logging.raiseExceptions = before[2]
        logging.getLogger().setLevel(logging.WARNING)
    printed = capfd.readouterr()
    logs = [(tmp_path / each).read_text() for each in ("program.log", "root.log")]
    seen = "".join([*logs, printed.out, printed.err, repr(told)])
    assert "the end" in seen
    assert topics
    for secret in ("secret-topic", "pass-word", *topics):
        assert secret not in seen


def test_apprise_is_not_loaded_without_an_address() -> None:
    code = (
        "import sys; from PySide6.QtCore import QCoreApplication;"
        "from backtimer.adapters.channels.phone.channel import Phone;"
        "from backtimer.domain.announcements import trial;"
        "app = QCoreApplication([]); phone = Phone(); phone.use([], says_what=False);"
        "phone.say(trial(50)); phone.probe(print); app.processEvents(); phone.hush();"
        "phone.close(); slow = {'apprise', 'requests', 'urllib.request', 'ssl', 'segno'};"
        "assert not slow & set(sys.modules), slow & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=30)


def test_the_program_ends_while_a_server_hangs(server: NtfyStandIn, until: Until) -> None:
    server.publishing = server.polling = "dripping"
    code = (
        "import time;"
        "from PySide6.QtCore import QCoreApplication;"
        "from backtimer.adapters.channels.phone.channel import Phone;"
        "from tests.adapters.phone.kit import TAKE_OFF;"
        "app = QCoreApplication([]); phone = Phone(ask_every_s=0.01);"
        f"phone.use(['{server.address()}'], says_what=False); phone.say(TAKE_OFF);"
        "phone.probe(print); input(); start = time.monotonic(); phone.close();"
        "assert time.monotonic() - start < 1.1"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        until(lambda: server.published() and server.polls())
        _, errors = program.communicate(b"\n", timeout=10)
    assert (program.returncode, errors) == (0, b"")


def test_nothing_is_reported_after_closing(
    server: NtfyStandIn, phone: Phone, until: Until, qapp: QObject
) -> None:
    found: list[object] = []
    answers: list[object] = []
    phone.on_answer(answers.append)
    phone.use([server.address()], says_what=False)
    phone.say(TAKE_OFF)
    until(server.published)
    press(server.published()[0].button)
    phone.probe(found.append)
    started = time.monotonic()
    phone.close()
    assert time.monotonic() - started < 1.1
    phone.say(TAKE_OFF)
    phone.hush()
    heartbeats: list[int] = []
    beat = QTimer(qapp, interval=10)
    beat.timeout.connect(lambda: heartbeats.append(1))
    beat.start()
    until(lambda: len(heartbeats) > 10)
    beat.stop()
    assert (found, answers) == ([], [])


def test_the_window_goes_on_while_apprise_is_loaded_and_servers_hang() -> None:
    code = (
        "import sys, time; from PySide6.QtCore import QCoreApplication, QTimer;"
        "from backtimer.adapters.channels.phone.channel import Phone;"
        "from tests.adapters.phone.kit import TAKE_OFF, NtfyStandIn;"
        "app = QCoreApplication([]); server = NtfyStandIn(); phone = Phone();"
        "beats = []; timer = QTimer(interval=5); timer.start();"
        "timer.timeout.connect(lambda: beats.append(time.perf_counter()));"
        "phone.on_delivery(lambda *_: app.quit());"
        "phone.use([server.address()], says_what=False);"
        "QTimer.singleShot(100, lambda: (beats.append(time.perf_counter()), phone.say(TAKE_OFF),"
        " beats.append(time.perf_counter())));"
        "app.exec(); phone.close(); server.close(); assert 'apprise' in sys.modules;"
        "print(max(b - a for a, b in zip(beats, beats[1:])), len(beats))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    longest_s, beats = done.stdout.split()
    assert int(beats) > 20
    assert float(longest_s) < 0.25  # 0.02 s on one that does nothing else


def test_each_call_returns_at_once_while_servers_hang(
    server: NtfyStandIn, phone: Phone, until: Until
) -> None:
    server.publishing = server.polling = "silent"
    phone.use([server.address()], says_what=False)
    phone.say(DUE)
    until(server.published)
    longest_s = 0.0
    for turn in range(30):
        started = time.perf_counter()
        match turn % 3:
            case 0:
                phone.say(TAKE_OFF)
            case 1:
                phone.probe(lambda _: None)
            case _:
                phone.hush()
        longest_s = max(longest_s, time.perf_counter() - started)
    assert longest_s < 0.05
