"""The alarm reaches the person, whatever is broken, and one answer ends it everywhere."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backtimer.adapters import client
from tests.adapters.notifications.stand_in import Notified, StandIn
from tests.adapters.phone.kit import NtfyStandIn, press
from tests.scale import report
from tests.system.real import Desktop, Program, until, xdotool

pytestmark = pytest.mark.system

# A session of 20 minutes is on for two seconds; what rings keeps real time.
DEMO = ("--speed", "600")
WAYS = [
    *("notification", "buttons", "tray", "sound"),
    *("voice", "phone", "window", "sleep-inhibitor"),
]
CHECK_S = 10.0


@pytest.fixture
def daemon(lonely_desktop: Desktop, tmp_path: Path) -> Iterator[StandIn]:
    """A notification daemon with buttons, at the hands of the test."""
    stand_in = StandIn(lonely_desktop.address, tmp_path)
    stand_in.start()
    until("the daemon", lambda: stand_in.is_ready)
    stand_in.tell("can actions body")
    yield stand_in
    stand_in.stop()


@pytest.fixture
def phone_service() -> Iterator[NtfyStandIn]:
    service = NtfyStandIn()
    yield service
    service.close()


def shown(daemon: StandIn, title: str) -> Notified:
    """What is shown under `title`, once it is."""

    def found() -> Notified | None:
        return next((each for each in daemon.notified if each.title == title), None)

    return until(title, found)  # type: ignore[return-value]  # what is found is not None


def number_of(daemon: StandIn, title: str) -> int:
    """The number of the popup, which the stand-in counts from 1; one that is replaced keeps its."""
    first = [each for each in daemon.notified if not each.replaces]
    return next(at for at, each in enumerate(first, start=1) if each.title == title)


def ringing(program: Program) -> None:
    """A pack is on whose time is up."""
    program.is_on_all_day()
    program.start(*DEMO)
    program.told("start")
    program.until_phase("remove")


def hide(program: Program) -> None:
    xdotool("windowminimize", "--sync", until("the window", program.window))
    until("the window out of sight", lambda: not program.window())


def check(program: Program) -> dict[str, dict[str, str]]:
    begun = time.monotonic()
    done = program.run("check", "--json")
    assert time.monotonic() - begun < CHECK_S
    found = json.loads(done.out)["channels"]
    assert [each["name"] for each in found] == WAYS
    beyond = ("notification", "sound", "voice", "phone")
    works = any(each["state"] == "works" for each in found if each["name"] in beyond)
    assert done.status == (0 if works else 1)
    return {each["name"]: each for each in found}


# --- will you hear me? ---


@pytest.mark.parametrize("is_running", [False, True])
def test_check_tells_of_every_way(program: Program, is_running: bool) -> None:
    if is_running:
        program.start()
    found = check(program)
    assert found["notification"]["state"] == found["buttons"]["state"] == "works"
    assert found["window"]["state"] == "works"
    assert found["tray"]["state"] == found["sleep-inhibitor"]["state"] == "broken"
    assert "ntfy" in found["phone"]["fix"]


@pytest.mark.parametrize("is_running", [False, True])
def test_check_answers_although_the_daemon_is_frozen(
    program: Program, desktop: Desktop, is_running: bool
) -> None:
    if is_running:
        program.start()
    desktop.freeze_daemon()
    found = check(program)
    assert "does not answer" in found["notification"]["why"]
    assert found["buttons"]["state"] != "works"


def test_check_without_a_desktop_tells_what_is_missing(lonely_program: Program) -> None:
    nothing = {"DBUS_SESSION_BUS_ADDRESS": None, "XDG_RUNTIME_DIR": None, "DISPLAY": None}
    done = lonely_program.run("check", **nothing)
    assert done.status == 1
    assert "backtimer --terminal" in done.out
    assert "Nothing but this window can reach you" in done.out
    assert done.err == ""


def test_who_starts_where_nothing_reaches_them_is_told_before(lonely_program: Program) -> None:
    lonely_program.start()
    check(lonely_program)
    assert "Nothing but this window can reach you" in lonely_program.told("start")


# --- the ladder ---


def test_a_button_of_the_notification_answers_and_the_popup_goes(
    lonely_program: Program, daemon: StandIn
) -> None:
    program = lonely_program
    ringing(program)
    popup = shown(daemon, "Take the ice off")
    assert "I took it off" in popup.actions
    assert popup.hints["urgency"][1] == 2
    number = number_of(daemon, "Take the ice off")
    daemon.tell(f"closed {number}")
    assert program.phase == "remove", "to close it answers nothing"
    daemon.tell(f"press {number} off")
    assert program.phase == "remove", "what is closed cannot be pressed"
    program.told("off")


def test_a_press_is_the_answer_and_everything_ends_within_a_moment(
    lonely_program: Program, daemon: StandIn
) -> None:
    program = lonely_program
    ringing(program)
    shown(daemon, "Take the ice off")
    number = number_of(daemon, "Take the ice off")
    begun = time.monotonic()
    daemon.tell(f"press {number} off")
    until("the popup closed", lambda: number in daemon.closed)
    took_s = time.monotonic() - begun
    assert program.phase == "resting"
    report(f"from a press on the notification to its end: {1000 * took_s:.0f} ms (200 allowed)")


def test_the_next_session_is_put_off_from_its_notification(
    lonely_program: Program, daemon: StandIn
) -> None:
    program = lonely_program
    program.told("config", "ice_rest_min", "30")
    ringing(program)
    program.told("off")
    popup = shown(daemon, "Time for ice")
    assert popup.actions[1::2][-3:] == ["Start", "Snooze 10 min", "Skip"]
    daemon.tell(f"press {number_of(daemon, 'Time for ice')} skip")
    program.until_phase("resting")


def test_the_window_is_put_over_everything_after_fifteen_seconds(
    lonely_program: Program, daemon: StandIn
) -> None:
    program = lonely_program
    ringing(program)
    shown(daemon, "Take the ice off")
    hide(program)
    until("the overlay", program.window, 25)
    assert not program.is_in_front(), "it takes no keys that are meant for others"
    program.told("off")
    until("nothing any more", lambda: not program.window())


def test_where_the_notification_fails_the_window_does_not_wait(lonely_program: Program) -> None:
    program = lonely_program
    program.start(*DEMO)
    hide(program)
    program.told("start")
    program.until_phase("remove")
    until("the overlay", program.window, 8)


def test_the_skin_is_asked_about_once_and_yes_ends_the_session(
    lonely_program: Program, daemon: StandIn
) -> None:
    program = lonely_program
    program.start("--speed", "240")
    program.told("start")
    popup = shown(daemon, "Burning, or no feeling at all?")
    assert popup.actions[1::2][-1:] == ["Yes, I take it off"]
    daemon.tell(f"press {number_of(daemon, popup.title)} stop-skin")
    program.until_phase("resting")
    file = program.folder / "record.json"
    program.told("export", str(file))
    assert '"why": "skin"' in file.read_text()


# --- the phone ---


def test_the_phone_rings_where_all_else_fails_and_answers_from_the_sofa(
    lonely_program: Program, phone_service: NtfyStandIn
) -> None:
    program = lonely_program
    program.told("config", "phone_urls", phone_service.address())
    ringing(program)
    # There is no device, so that nothing but the window is left.
    program.told("config", "sound", "on")
    message = until("the phone", phone_service.published)[0]
    assert not message.holds("ice"), "no words of health"
    press(message.button)
    until("the answer", lambda: program.phase == "resting", 15)
    polls = len(phone_service.polls())
    time.sleep(6)
    assert len(phone_service.polls()) == polls, "nothing is asked once it is answered"
    assert "secret-topic" not in program.log()
    assert "secret-topic" not in program.told("config")


# --- as figures ---


def longest_answer_s(program: Program, during: Callable[[], object]) -> float:
    """How long the busy program let a question wait, while something went on."""
    slowest: list[float] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            begun = time.monotonic()
            assert client.ask(program.folder, {"command": "status", "words": {}})
            slowest.append(time.monotonic() - begun)
            time.sleep(0.005)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        during()
    finally:
        over.set()
        asking.join()
    return max(slowest)


def test_the_program_answers_while_everything_around_it_hangs(
    program: Program, desktop: Desktop, phone_service: NtfyStandIn
) -> None:
    phone_service.publishing = "silent"
    program.told("config", "phone_urls", phone_service.address())
    program.told("config", "voice", "on")
    program.start(*DEMO)
    desktop.freeze_daemon()
    program.told("start")

    def ring() -> None:
        program.until_phase("remove")
        until("the phone", lambda: phone_service.requests)
        time.sleep(3)

    slowest_s = longest_answer_s(program, ring)
    report(f"slowest answer while all channels hang: {1000 * slowest_s:.0f} ms (50 wanted)")
    assert slowest_s < 1.0
