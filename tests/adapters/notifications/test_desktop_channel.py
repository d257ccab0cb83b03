"""Messages on their way to the desktop: any text, any thread, and whatever is missing there."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import plyer
import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from backtimer.adapters.channels.notifications import desktop, plyer_notifier
from backtimer.adapters.channels.notifications.desktop import DesktopChannel
from backtimer.adapters.channels.notifications.plain_text import as_gvariant, plain
from backtimer.domain.announcements import Announcement
from backtimer.domain.ports import Delivery
from backtimer.domain.reminding import Message
from tests.adapters.notifications.kit import (
    AT_ONCE_S,
    NO_ANSWER,
    NO_BUS,
    NO_DAEMON,
    NO_SESSION,
    PATIENCE_MS,
    Daemon,
    Told,
    due,
    plain_news,
    urgent,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="talks to a Linux desktop")

ROOT = Path(__file__).parents[3]
EVERY_WAY = pytest.mark.parametrize("said", [plain_news, urgent], ids=["plyer", "popup"])

Said = Callable[..., Announcement]

# --- a desktop that works ---


@EVERY_WAY
def test_a_message_reaches_the_desktop(
    channel: DesktopChannel, told: Told, daemon: Daemon, said: Said
) -> None:
    channel.say(said("20 minutes are over.", title="Take the ice off"))
    assert told.wait_for(1) == [(Delivery.SENT, "")]
    (shown,) = daemon.shown()
    assert (shown.title, shown.body) == ("Take the ice off", "20 minutes are over.")
    assert shown.app_name == "backtimer"


@EVERY_WAY
@pytest.mark.parametrize(
    ("title", "body", "shown_title", "shown_body"),
    [
        ("It's time", "Don't wait; it's over.", None, None),
        ('Say "off"', 'A "pack" of `ice` at $5 & more', None, None),
        ("🧊 → 🔥", "👩‍⚕️ says 20 ° are enough — or 30 min? ½", None, None),
        ("a < b && c > d", "<b>not bold</b> & <i>not", None, None),
        (r"C:\new\table", r"back\slash \n is no new line \\ \101", None, None),
        ("Two lines", "one\ntwo", None, None),
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
    told: Told,
    daemon: Daemon,
    said: Said,
    title: str,
    body: str,
    shown_title: str | None,
    shown_body: str | None,
) -> None:
    channel.say(said(body, title=title))
    assert told.wait_for(1) == [(Delivery.SENT, "")]
    (shown,) = daemon.shown()
    assert shown.title == (title if shown_title is None else shown_title)
    assert shown.body == (body if shown_body is None else shown_body)


@pytest.mark.parametrize(
    ("title", "body", "shown_title", "shown_body"),
    [("--help", "-5 minutes", "−-help", "−5 minutes"), ("-t", "", "−t", "")],
)
def test_text_that_a_program_would_take_for_an_option_arrives(
    channel: DesktopChannel,
    told: Told,
    daemon: Daemon,
    title: str,
    body: str,
    shown_title: str,
    shown_body: str,
) -> None:
    channel.say(plain_news(body, title=title))
    channel.say(urgent(body, title=title))
    assert told.wait_for(2) == [(Delivery.SENT, "")] * 2
    by_plyer, popup = daemon.shown()
    assert (by_plyer.title, by_plyer.body) == (shown_title, shown_body)
    assert (popup.title, popup.body) == (title, body)


@EVERY_WAY
def test_where_a_body_is_markup_it_is_escaped(
    channel: DesktopChannel, told: Told, absent_daemon: Daemon, said: Said
) -> None:
    absent_daemon.read_markup()
    absent_daemon.start()
    channel.say(said("<b>not bold</b> & a < b", title="a < b"))
    assert told.wait_for(1) == [(Delivery.SENT, "")]
    (shown,) = absent_daemon.shown()
    assert shown.title == "a < b"
    assert shown.body == "&lt;b&gt;not bold&lt;/b&gt; &amp; a &lt; b"


@EVERY_WAY
def test_a_very_long_text_arrives_cut(
    channel: DesktopChannel, told: Told, daemon: Daemon, said: Said
) -> None:
    channel.say(said("word " * 100_000, title="🧊" * 10_000))
    assert told.wait_for(1) == [(Delivery.SENT, "")]
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
def test_delivery_is_told_in_the_main_thread(channel: DesktopChannel, told: Told) -> None:
    channel.say(urgent())
    told.wait_for(1)
    assert told.threads == {threading.main_thread()}


def test_messages_arrive_in_order(channel: DesktopChannel, told: Told, daemon: Daemon) -> None:
    channel.say(plain_news(title="first"))
    channel.say(urgent(title="second"))
    channel.say(plain_news(title="third", message=Message.TRIAL))
    told.wait_for(3)
    assert [each.title for each in daemon.shown()] == ["first", "second", "third"]


def test_the_usual_bus_is_found_without_its_variable(
    channel: DesktopChannel,
    told: Told,
    daemon: Daemon,
    bus: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    path = bus.removeprefix("unix:path=").split(",")[0]
    (tmp_path / "bus").symlink_to(path)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    channel.say(urgent())
    channel.say(plain_news())
    assert told.wait_for(2) == [(Delivery.SENT, "")] * 2
    assert len(daemon.shown()) == 2


# --- a desktop on which something is missing ---


@EVERY_WAY
def test_without_a_session_it_says_so(
    channel: DesktopChannel,
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    said: Said,
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    channel.say(said())
    assert told.wait_for(1) == [(Delivery.FAILED, NO_SESSION)]


@EVERY_WAY
@pytest.mark.parametrize("address", ["unix:path=/nowhere/bus", "tcp:host=localhost", "rubbish"])
def test_a_bus_that_is_gone_is_told(
    channel: DesktopChannel,
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    said: Said,
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    channel.say(said())
    assert told.wait_for(1) == [(Delivery.FAILED, NO_BUS)]


@EVERY_WAY
@pytest.mark.usefixtures("bus")
def test_a_desktop_without_notifications_is_told_at_once(
    channel: DesktopChannel, told: Told, said: Said
) -> None:
    start_s = time.monotonic()
    channel.say(said())
    assert told.wait_for(1) == [(Delivery.FAILED, NO_DAEMON)]
    assert time.monotonic() - start_s < 2


@EVERY_WAY
def test_a_daemon_that_appears_later_is_noticed(
    channel: DesktopChannel, told: Told, absent_daemon: Daemon, said: Said
) -> None:
    channel.say(said())
    told.wait_for(1)
    absent_daemon.start()
    channel.say(said("Now!"))
    assert [each[0] for each in told.wait_for(2)] == [Delivery.FAILED, Delivery.SENT]
    assert [each.body for each in absent_daemon.shown()] == ["Now!"]


@EVERY_WAY
def test_a_frozen_daemon_is_told_in_seconds_and_holds_nothing_up(
    channel: DesktopChannel, told: Told, daemon: Daemon, said: Said
) -> None:
    daemon.freeze()
    beats: list[float] = []
    heart = QTimer(interval=10)
    heart.timeout.connect(lambda: beats.append(time.monotonic()))
    heart.start()
    start_s = time.monotonic()
    channel.hush()
    channel.say(said())
    assert time.monotonic() - start_s < AT_ONCE_S
    assert told.wait_for(1) == [(Delivery.FAILED, NO_ANSWER)]
    assert time.monotonic() - start_s < 4
    pauses = [later - earlier for earlier, later in pairwise(beats)]
    assert max(pauses) < 0.5
    daemon.thaw()
    channel.say(said("again"))
    assert told.wait_for(2)[1] == (Delivery.SENT, "")
    assert [each.body for each in daemon.shown()] == ["again"]


def test_a_missing_notify_send_is_told_where_plyer_is_needed(
    channel: DesktopChannel,
    told: Told,
    daemon: Daemon,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    with monkeypatch.context() as bare:
        bare.setenv("PATH", str(tmp_path))
        channel.say(plain_news())
        channel.say(urgent(title="needs no program"))
        assert told.wait_for(2) == [
            (Delivery.FAILED, "The program notify-send is missing."),
            (Delivery.SENT, ""),
        ]
    assert [each.title for each in daemon.shown()] == ["needs no program"]


@pytest.mark.usefixtures("daemon")
def test_whatever_plyer_raises_is_told_and_the_next_message_is_sent(
    channel: DesktopChannel,
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(subprocess, "call", lambda *_, **__: 1 / 0)
        channel.say(plain_news())
        ((delivery, why),) = told.wait_for(1)
    assert delivery is Delivery.FAILED
    assert "division by zero" in why
    channel.say(plain_news())
    assert told.wait_for(2)[1] == (Delivery.SENT, "")


def test_where_the_system_has_no_more_threads_it_is_told_and_tried_again(
    channel: DesktopChannel, told: Told, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as full:
        full.setattr(threading.Thread, "start", refuse)
        channel.say(urgent("first"))
        assert told.deliveries == []  # not before say() has returned
        assert told.wait_for(1) == [(Delivery.FAILED, "The computer is out of resources.")]
        assert [each.why for each in told.probe()] == [NO_ANSWER] * 2
    channel.say(urgent("second"))
    assert told.wait_for(2)[1] == (Delivery.SENT, "")
    assert [each.body for each in daemon.shown()] == ["second"]


# --- a call that hangs ---


@pytest.fixture
def blocking_plyer(monkeypatch: pytest.MonkeyPatch, daemon: Daemon) -> Daemon:
    """The daemon freezes between the look at it and plyer's call, which then blocks."""
    from backtimer.adapters.channels.notifications import linux_notifier
    from backtimer.adapters.channels.notifications.daemon import Daemon as Found

    found = Found(owner="", can=frozenset())
    monkeypatch.setattr(linux_notifier, "find_daemon", lambda *_: found)
    monkeypatch.setattr(desktop, "PATIENCE_S", 0.3)
    monkeypatch.setattr(desktop, "PROBE_S", 0.3)
    daemon.freeze()
    return daemon


def test_a_call_that_blocks_is_given_up(
    channel: DesktopChannel,
    told: Told,
    blocking_plyer: Daemon,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    channel.say(plain_news("first"))
    told.wait_until_taken()
    channel.say(plain_news("second"))
    assert told.wait_for(2) == [(Delivery.FAILED, NO_ANSWER)] * 2
    blocking_plyer.thaw()
    monkeypatch.setattr(desktop, "PATIENCE_S", 20)
    channel.say(plain_news("third"))
    assert told.wait_for(3)[2] == (Delivery.SENT, "")
    # The second was called failed while it still waited, so it never shows up late.
    assert [each.body for each in blocking_plyer.shown()] == ["first", "third"]


def test_a_newer_message_of_its_kind_takes_the_place_of_one_that_waits(
    channel: DesktopChannel,
    told: Told,
    blocking_plyer: Daemon,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desktop, "PATIENCE_S", 20)
    channel.say(plain_news("first"))
    told.wait_until_taken()
    for minutes in range(1, 5):
        channel.say(plain_news(f"{minutes} min late"))
    channel.say(plain_news("of another kind", message=Message.TRIAL))
    blocking_plyer.thaw()
    assert told.wait_for(3) == [(Delivery.SENT, "")] * 3
    bodies = [each.body for each in blocking_plyer.shown()]
    assert bodies == ["first", "4 min late", "of another kind"]
    assert len(told.deliveries) == 3
    assert not channel._watchdogs


def test_what_waits_when_it_is_answered_never_pops_up_but_what_needs_no_answer_does(
    channel: DesktopChannel,
    told: Told,
    blocking_plyer: Daemon,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desktop, "PATIENCE_S", 20)
    channel.say(plain_news("first"))
    told.wait_until_taken()
    channel.say(urgent("take it off"))
    channel.say(due())
    channel.say(plain_news("good to know", message=Message.TRIAL))
    channel.hush()
    blocking_plyer.thaw()
    assert told.wait_for(2) == [(Delivery.SENT, "")] * 2
    assert not channel._watchdogs
    assert [each.body for each in blocking_plyer.shown()] == ["first", "good to know"]


def test_a_probe_that_waits_for_a_call_that_blocks_is_answered_in_time(
    channel: DesktopChannel, told: Told, blocking_plyer: Daemon
) -> None:
    channel.say(plain_news())
    told.wait_until_taken()
    assert [each.why for each in told.probe()] == [NO_ANSWER] * 2
    blocking_plyer.thaw()
    told.probe()
    assert len(told.findings) == 2


def test_closing_waits_no_longer_than_a_second_and_then_nothing_is_told(
    channel: DesktopChannel, told: Told, blocking_plyer: Daemon, qtbot: QtBot
) -> None:
    channel.say(plain_news(title="Take it off"))
    start_s = time.monotonic()
    channel.close()
    assert time.monotonic() - start_s < 1.5
    channel.say(plain_news(title="Too late"))
    channel.hush()
    channel.probe(told.on_findings)
    blocking_plyer.thaw()
    thread = channel._worker._thread
    assert thread is not None
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=PATIENCE_MS)
    QCoreApplication.processEvents()
    assert told.deliveries == []
    assert told.findings == []
    assert [each.title for each in blocking_plyer.shown()] == ["Take it off"]


def test_a_message_that_is_sent_after_all_does_no_harm_when_the_channel_is_gone(
    qapp: QCoreApplication, channel: DesktopChannel, blocking_plyer: Daemon, qtbot: QtBot
) -> None:
    channel.close()  # it is there only to keep the collector out of the worker
    gone = DesktopChannel(app_icon=Path("/nowhere/backtimer.png"), parent=qapp)
    gone.say(plain_news())
    thread = gone._worker._thread
    assert thread is not None
    gone.close()
    shiboken6.delete(gone)
    blocking_plyer.thaw()
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=PATIENCE_MS)


@EVERY_WAY
def test_closing_lets_the_last_message_out(
    channel: DesktopChannel, daemon: Daemon, said: Said
) -> None:
    channel.say(said(title="Goodbye"))
    channel.close()
    assert [each.title for each in daemon.shown()] == ["Goodbye"]


def test_closing_what_was_never_used_is_harmless(channel: DesktopChannel, told: Told) -> None:
    channel.hush()
    channel.close()
    channel.close()
    channel.say(urgent())
    QCoreApplication.processEvents()
    assert told.deliveries == []


# --- Flatpak ---


def test_a_folder_named_app_is_not_taken_for_a_flatpak(
    channel: DesktopChannel,
    told: Told,
    daemon: Daemon,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(plyer_notifier, "_FLATPAK_FOLDER", tmp_path)
    monkeypatch.setattr("os.path.isdir", lambda path: path == "/app")
    # As in a new process, in which plyer has not chosen its back end yet.
    object.__setattr__(plyer.notification, "_obj", None)
    channel.say(plain_news("it's time"))
    assert told.wait_for(1) == [(Delivery.SENT, "")]
    assert [each.body for each in daemon.shown()] == ["it's time"]


@pytest.mark.usefixtures("daemon")
def test_a_flatpak_without_a_portal_is_told(
    channel: DesktopChannel,
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(plyer_notifier, "_FLATPAK_FOLDER", tmp_path)
    monkeypatch.setattr(plyer_notifier, "_FLATPAK_MARK", tmp_path)
    channel.say(plain_news("it's time"))
    assert told.wait_for(1) == [(Delivery.FAILED, NO_DAEMON)]


def test_text_for_a_flatpak_is_read_back_by_gvariant(daemon: Daemon) -> None:
    text = "it's a \\n \"quote\" 🧊\nand a line <'}"
    literal = "'" + as_gvariant(text) + "'"
    call = "gdbus call --session --dest org.freedesktop.Notifications"
    call += " --object-path /org/freedesktop/Notifications"
    call += " --method org.freedesktop.Notifications.Notify"
    arguments = ["''", "0", "''", literal, literal, "[]", "{}", "0"]
    subprocess.run([*call.split(), *arguments], check=True, stdout=subprocess.DEVNULL)
    assert daemon.shown()[0].title == text


def test_nothing_slow_is_imported_before_the_first_message() -> None:
    look = """
import sys, backtimer.adapters.channels.notifications.desktop
assert not {"plyer", "jeepney", "asyncio", "ssl", "subprocess"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", look], check=True, cwd=ROOT, timeout=60)
