import gc
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import plyer
import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from backtimer.adapters.channels import desktop, plyer_notifier
from backtimer.adapters.channels.desktop import DesktopChannel
from backtimer.adapters.channels.plyer_notifier import plain
from backtimer.domain.ports import Delivery, Urgency

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="talks to a Linux desktop")

PATIENCE_MS = 15_000
ROOT = Path(__file__).parents[2]


class Shown(Protocol):
    title: str
    body: str
    app_name: str


class Daemon(Protocol):
    """What `conftest.NotificationDaemon` can do."""

    def read_markup(self) -> None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def freeze(self) -> None: ...
    def thaw(self) -> None: ...
    def shown(self) -> list[Shown]: ...


class Deliveries:
    """Notes what became of the messages, and in which thread it was told."""

    def __init__(self, channel: DesktopChannel, qtbot: QtBot) -> None:
        self.told: list[tuple[Delivery, str]] = []
        self.threads: set[threading.Thread] = set()
        self._channel = channel
        self._qtbot = qtbot
        channel.on_delivery(self._on_delivery)

    def _on_delivery(self, delivery: Delivery, why: str) -> None:
        self.told.append((delivery, why))
        self.threads.add(threading.current_thread())

    def wait_until_taken(self) -> None:
        """Until no message waits for the worker: it has begun with the last one."""
        self._qtbot.waitUntil(lambda: not self._channel._worker._waiting, timeout=PATIENCE_MS)

    def wait_for(self, count: int) -> list[tuple[Delivery, str]]:
        self._qtbot.waitUntil(lambda: len(self.told) >= count, timeout=PATIENCE_MS)
        return self.told


@pytest.fixture(autouse=True)
def _no_collector_in_the_worker() -> Iterator[None]:
    """Keep what earlier tests left from being collected in a thread that is not Qt's.

    A QObject with a running timer that dies there takes the process with it. The program
    collects in the main thread only; pytest does not.
    """
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def channel(qapp: QCoreApplication) -> Iterator[DesktopChannel]:
    channel = DesktopChannel(app_icon=Path("/nowhere/backtimer.png"), parent=qapp)
    yield channel
    channel.close()


@pytest.fixture
def deliveries(channel: DesktopChannel, qtbot: QtBot) -> Deliveries:
    return Deliveries(channel, qtbot)


def test_a_message_reaches_the_desktop(
    channel: DesktopChannel, deliveries: Deliveries, daemon: Daemon
) -> None:
    channel.send("Take the ice off", "20 minutes are over.", Urgency.URGENT)
    assert deliveries.wait_for(1) == [(Delivery.SENT, "")]
    (shown,) = daemon.shown()
    assert (shown.title, shown.body) == ("Take the ice off", "20 minutes are over.")
    assert shown.app_name == "backtimer"


@pytest.mark.parametrize(
    ("title", "body", "shown_title", "shown_body"),
    [
        ("It's time", "Don't wait; it's over.", None, None),
        ('Say "off"', 'A "pack" of `ice` at $5 & more', None, None),
        ("🧊 → 🔥", "👩‍⚕️ says 20 ° are enough — or 30 min? ½", None, None),
        ("a < b && c > d", "<b>not bold</b> & <i>not", None, None),
        (r"C:\new\table", r"back\slash \n is no new line \\ \101", None, None),
        ("Two lines", "one\ntwo", None, None),
        ("--help", "-5 minutes", "−-help", "−5 minutes"),
        ("-t", "", "−t", ""),
        ("", "an empty title", "backtimer", None),
        ("   ", "a title of blanks", "backtimer", None),
        ("NUL \0 in", "the\0middle", "NUL  in", "themiddle"),
        ("line\nbreak", "bell\a and \x1b[1mescape\x85", "line break", "bell and [1mescape"),
        ("half \ud83e", "a \udcff surrogate", "half ?", "a ? surrogate"),
        ("100 % of %s", "{brace} %d %n", None, None),
    ],
)
def test_any_text_arrives(
    channel: DesktopChannel,
    deliveries: Deliveries,
    daemon: Daemon,
    title: str,
    body: str,
    shown_title: str | None,
    shown_body: str | None,
) -> None:
    channel.send(title, body, Urgency.GENTLE)
    assert deliveries.wait_for(1) == [(Delivery.SENT, "")]
    (shown,) = daemon.shown()
    assert shown.title == (title if shown_title is None else shown_title)
    assert shown.body == (body if shown_body is None else shown_body)


def test_where_a_body_is_markup_it_is_escaped(
    channel: DesktopChannel, deliveries: Deliveries, absent_daemon: Daemon
) -> None:
    absent_daemon.read_markup()
    absent_daemon.start()
    channel.send("a < b", "<b>not bold</b> & a < b", Urgency.GENTLE)
    assert deliveries.wait_for(1) == [(Delivery.SENT, "")]
    (shown,) = absent_daemon.shown()
    assert shown.title == "a < b"
    assert shown.body == "&lt;b&gt;not bold&lt;/b&gt; &amp; a &lt; b"


def test_a_very_long_text_arrives_cut(
    channel: DesktopChannel, deliveries: Deliveries, daemon: Daemon
) -> None:
    channel.send("🧊" * 10_000, "word " * 100_000, Urgency.GENTLE)
    assert deliveries.wait_for(1) == [(Delivery.SENT, "")]
    (shown,) = daemon.shown()
    assert shown.title == "🧊" * 59 + "…"
    assert len(shown.body) == 1000
    assert shown.body.endswith("…")


@given(st.text(), st.integers(2, 50))
def test_plain_text_is_never_longer_than_asked_and_always_text(text: str, units: int) -> None:
    result = plain(text, units)
    assert len(result.encode("utf-16-le")) <= 2 * units
    assert all(c == "\n" or c.isprintable() or ord(c) >= 0xA0 for c in result)


@pytest.mark.usefixtures("daemon")
def test_delivery_is_told_in_the_main_thread(
    channel: DesktopChannel, deliveries: Deliveries
) -> None:
    channel.send("Take it off", "", Urgency.URGENT)
    deliveries.wait_for(1)
    assert deliveries.threads == {threading.main_thread()}


def test_messages_arrive_in_order(
    channel: DesktopChannel, deliveries: Deliveries, daemon: Daemon
) -> None:
    for n in range(3):
        channel.send(f"Message {n}", "", Urgency.GENTLE)
    deliveries.wait_for(3)
    assert [each.title for each in daemon.shown()] == ["Message 0", "Message 1", "Message 2"]


def test_without_a_session_it_says_so(
    channel: DesktopChannel, deliveries: Deliveries, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    channel.send("Take it off", "", Urgency.URGENT)
    assert deliveries.wait_for(1) == [
        (Delivery.FAILED, "There is no desktop session that could show a notification.")
    ]


@pytest.mark.parametrize("address", ["unix:path=/nowhere/bus", "tcp:host=localhost", "rubbish"])
def test_a_bus_that_is_gone_is_told(
    channel: DesktopChannel,
    deliveries: Deliveries,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    channel.send("Take it off", "", Urgency.URGENT)
    assert deliveries.wait_for(1) == [
        (Delivery.FAILED, "The desktop's message bus cannot be reached.")
    ]


def test_the_usual_bus_is_found_without_its_variable(
    channel: DesktopChannel,
    deliveries: Deliveries,
    daemon: Daemon,
    bus: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    path = bus.removeprefix("unix:path=").split(",")[0]
    (tmp_path / "bus").symlink_to(path)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    channel.send("Take it off", "", Urgency.URGENT)
    assert deliveries.wait_for(1) == [(Delivery.SENT, "")]
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    assert len(daemon.shown()) == 1


@pytest.mark.usefixtures("bus")
def test_a_desktop_without_notifications_is_told_at_once(
    channel: DesktopChannel, deliveries: Deliveries
) -> None:
    start_s = time.monotonic()
    channel.send("Take it off", "", Urgency.URGENT)
    assert deliveries.wait_for(1) == [
        (Delivery.FAILED, "No notification service runs on this desktop.")
    ]
    assert time.monotonic() - start_s < 2


def test_a_daemon_that_appears_later_is_noticed(
    channel: DesktopChannel, deliveries: Deliveries, absent_daemon: Daemon
) -> None:
    channel.send("Take it off", "", Urgency.URGENT)
    deliveries.wait_for(1)
    absent_daemon.start()
    channel.send("Take it off", "Now!", Urgency.URGENT)
    told = deliveries.wait_for(2)
    assert [each[0] for each in told] == [Delivery.FAILED, Delivery.SENT]
    assert [each.body for each in absent_daemon.shown()] == ["Now!"]


def test_a_frozen_daemon_is_told_in_seconds_and_holds_nothing_up(
    channel: DesktopChannel, deliveries: Deliveries, daemon: Daemon
) -> None:
    daemon.freeze()
    beats: list[float] = []
    heart = QTimer(interval=10)
    heart.timeout.connect(lambda: beats.append(time.monotonic()))
    heart.start()
    start_s = time.monotonic()
    channel.send("Take it off", "", Urgency.URGENT)
    assert time.monotonic() - start_s < 0.05
    assert deliveries.wait_for(1) == [
        (Delivery.FAILED, "The desktop's notification service does not answer.")
    ]
    assert time.monotonic() - start_s < 4
    pauses = [later - earlier for earlier, later in pairwise(beats)]
    assert max(pauses) < 0.5
    daemon.thaw()
    channel.send("Take it off", "again", Urgency.URGENT)
    assert deliveries.wait_for(2)[1] == (Delivery.SENT, "")
    assert [each.body for each in daemon.shown()] == ["again"]


@pytest.fixture
def blocking_plyer(monkeypatch: pytest.MonkeyPatch, daemon: Daemon) -> Daemon:
    """The daemon freezes between the look at it and plyer's call, which then blocks."""
    monkeypatch.setattr(plyer_notifier, "capabilities", lambda _service: frozenset())
    monkeypatch.setattr(desktop, "PATIENCE_S", 0.3)
    daemon.freeze()
    return daemon


def test_a_call_that_blocks_is_given_up(
    channel: DesktopChannel,
    deliveries: Deliveries,
    blocking_plyer: Daemon,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    channel.send("Take it off", "first", Urgency.URGENT)
    deliveries.wait_until_taken()
    channel.send("Take it off", "second", Urgency.URGENT)
    told = deliveries.wait_for(2)
    assert told == [(Delivery.FAILED, "The desktop's notification service does not answer.")] * 2
    blocking_plyer.thaw()
    monkeypatch.setattr(desktop, "PATIENCE_S", 20)
    channel.send("Next session", "third", Urgency.GENTLE)
    assert deliveries.wait_for(3)[2] == (Delivery.SENT, "")
    # The second was called failed while it still waited, so it never shows up late.
    assert [each.body for each in blocking_plyer.shown()] == ["first", "third"]


def test_a_newer_message_of_the_same_title_takes_the_place_of_one_that_waits(
    channel: DesktopChannel,
    deliveries: Deliveries,
    blocking_plyer: Daemon,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desktop, "PATIENCE_S", 20)
    channel.send("Take it off", "first", Urgency.URGENT)
    deliveries.wait_until_taken()
    for minutes in range(1, 5):
        channel.send("Take it off", f"{minutes} min late", Urgency.URGENT)
    channel.send("Take it off", "gently", Urgency.GENTLE)
    blocking_plyer.thaw()
    assert deliveries.wait_for(3) == [(Delivery.SENT, "")] * 3
    bodies = [each.body for each in blocking_plyer.shown()]
    assert bodies == ["first", "4 min late", "gently"]
    assert len(deliveries.told) == 3
    assert not channel._watchdogs


def test_no_more_than_three_messages_wait(
    channel: DesktopChannel,
    deliveries: Deliveries,
    blocking_plyer: Daemon,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desktop, "PATIENCE_S", 20)
    channel.send("0", "", Urgency.GENTLE)
    deliveries.wait_until_taken()
    for n in range(1, 6):
        channel.send(str(n), "", Urgency.GENTLE)
    assert [each[0] for each in deliveries.wait_for(2)] == [Delivery.FAILED] * 2
    blocking_plyer.thaw()
    deliveries.wait_for(6)
    assert [each.title for each in blocking_plyer.shown()] == ["0", "3", "4", "5"]


def test_closing_waits_no_longer_than_a_second_and_then_nothing_is_told(
    channel: DesktopChannel, deliveries: Deliveries, blocking_plyer: Daemon, qtbot: QtBot
) -> None:
    channel.send("Take it off", "", Urgency.URGENT)
    start_s = time.monotonic()
    channel.close()
    assert time.monotonic() - start_s < 1.5
    channel.send("Too late", "", Urgency.URGENT)
    blocking_plyer.thaw()
    thread = channel._worker._thread
    assert thread is not None
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=PATIENCE_MS)
    QCoreApplication.processEvents()
    assert deliveries.told == []
    assert [each.title for each in blocking_plyer.shown()] == ["Take it off"]


def test_a_message_that_is_sent_after_all_does_no_harm_when_the_channel_is_gone(
    qapp: QCoreApplication, blocking_plyer: Daemon, qtbot: QtBot
) -> None:
    channel = DesktopChannel(app_icon=Path("/nowhere/backtimer.png"), parent=qapp)
    channel.send("Take it off", "", Urgency.URGENT)
    thread = channel._worker._thread
    assert thread is not None
    channel.close()
    shiboken6.delete(channel)
    blocking_plyer.thaw()
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=PATIENCE_MS)


def test_closing_lets_the_last_message_out(channel: DesktopChannel, daemon: Daemon) -> None:
    channel.send("Goodbye", "", Urgency.GENTLE)
    channel.close()
    assert [each.title for each in daemon.shown()] == ["Goodbye"]


@pytest.mark.usefixtures("daemon")
def test_without_notify_send_it_says_what_to_install(
    channel: DesktopChannel,
    deliveries: Deliveries,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    channel.send("Take it off", "", Urgency.URGENT)
    assert deliveries.wait_for(1) == [
        (Delivery.FAILED, "The program notify-send is missing: install libnotify.")
    ]


@pytest.mark.usefixtures("daemon")
def test_whatever_plyer_raises_is_told_and_the_next_message_is_sent(
    channel: DesktopChannel,
    deliveries: Deliveries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(subprocess, "call", lambda *_, **__: 1 / 0)
        channel.send("Take it off", "", Urgency.URGENT)
        (told,) = deliveries.wait_for(1)
    assert told[0] is Delivery.FAILED
    assert "division by zero" in told[1]
    channel.send("Take it off", "", Urgency.URGENT)
    assert deliveries.wait_for(2)[1] == (Delivery.SENT, "")


def test_a_folder_named_app_is_not_taken_for_a_flatpak(
    channel: DesktopChannel,
    deliveries: Deliveries,
    daemon: Daemon,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(plyer_notifier, "_FLATPAK_FOLDER", tmp_path)
    monkeypatch.setattr("os.path.isdir", lambda path: path == "/app")
    # As in a new process, in which plyer has not chosen its back end yet.
    object.__setattr__(plyer.notification, "_obj", None)
    channel.send("Take it off", "it's time", Urgency.URGENT)
    assert deliveries.wait_for(1) == [(Delivery.SENT, "")]
    assert [each.body for each in daemon.shown()] == ["it's time"]


@pytest.mark.usefixtures("daemon")
def test_a_flatpak_without_a_portal_is_told(
    channel: DesktopChannel,
    deliveries: Deliveries,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(plyer_notifier, "_FLATPAK_FOLDER", tmp_path)
    monkeypatch.setattr(plyer_notifier, "_FLATPAK_MARK", tmp_path)
    channel.send("Take it off", "it's time", Urgency.URGENT)
    assert deliveries.wait_for(1) == [
        (Delivery.FAILED, "No notification service runs on this desktop.")
    ]


def test_text_for_a_flatpak_is_read_back_by_gvariant(daemon: Daemon) -> None:
    text = "it's a \\n \"quote\" 🧊\nand a line <'}"
    literal = "'" + plyer_notifier._gvariant(text) + "'"
    call = "gdbus call --session --dest org.freedesktop.Notifications"
    call += " --object-path /org/freedesktop/Notifications"
    call += " --method org.freedesktop.Notifications.Notify"
    arguments = ["''", "0", "''", literal, literal, "[]", "{}", "0"]
    subprocess.run([*call.split(), *arguments], check=True, stdout=subprocess.DEVNULL)
    assert daemon.shown()[0].title == text


def test_nothing_slow_is_imported_before_the_first_message() -> None:
    look = """
import sys, backtimer.adapters.channels.desktop
assert not {"plyer", "jeepney", "asyncio", "ssl"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", look], check=True, cwd=ROOT, timeout=60)
