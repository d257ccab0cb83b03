"""Popups with buttons: what the daemon is asked to show, and which answers count."""

import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication

from backtimer.adapters.channels.notifications import desktop
from backtimer.adapters.channels.notifications.desktop import DesktopChannel
from backtimer.domain.announcements import Announcement, Button
from backtimer.domain.ports import Delivery
from backtimer.domain.reminding import Message
from backtimer.domain.view import Action
from tests.adapters.channel_kit import SENT, Until
from tests.adapters.notifications.kit import NO_ANSWER, Told, due, plain_news, urgent

if TYPE_CHECKING:
    from tests.adapters.notifications.stand_in import StandIn

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="talks to a Linux desktop")


# --- what the daemon is asked to show ---


def test_what_is_urgent_is_critical_stays_and_has_the_button(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    channel.say(urgent("20 minutes are over."))
    assert told.wait_for(1) == [SENT]
    (popup,) = stand_in.notified
    assert (popup.title, popup.body) == ("Take the ice off", "20 minutes are over.")
    assert popup.actions == ["default", "Open Backtimer", "off", "I took it off"]
    assert popup.hints["urgency"] == ["y", 2]
    assert popup.hints["desktop-entry"] == ["s", "backtimer"]
    assert popup.hints["category"] == ["s", "x-backtimer.reminder"]
    assert (popup.app_name, popup.icon) == ("backtimer", "/nowhere/backtimer.png")
    assert popup.expires_ms == 0


def test_what_is_gentle_goes_when_the_desktop_wants(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    channel.say(due())
    assert told.wait_for(1) == [SENT]
    (popup,) = stand_in.notified
    assert popup.actions[2:] == ["start", "Start", "snooze", "Snooze 10 min", "skip", "Skip"]
    assert popup.hints["urgency"] == ["y", 1]
    assert popup.expires_ms == -1


def test_what_needs_no_answer_is_left_to_plyer(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    channel.say(plain_news("Good to know."))
    assert told.wait_for(1) == [SENT]
    (popup,) = stand_in.notified
    assert popup.body == "Good to know."
    assert popup.actions == []
    assert "desktop-entry" not in popup.hints


def test_a_daemon_without_buttons_gets_no_dead_ones(
    channel: DesktopChannel, told: Told, bare_stand_in: "StandIn"
) -> None:
    channel.say(urgent())
    assert told.wait_for(1) == [SENT]
    (popup,) = bare_stand_in.notified
    assert popup.title == "Take the ice off"
    assert popup.actions == []
    channel.hush()
    told.wait_until_idle()
    assert bare_stand_in.closed == []


def test_a_label_is_one_line_that_fits_on_a_button(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    label = "one\ntwo\0 🧊" + "x" * 1000
    button = Button(action=Action.OFF, label=label)
    channel.say(Announcement(message=Message.BEGUN, title="", body="", buttons=(button,)))
    told.wait_for(1)
    shown = stand_in.notified[0].actions[3]
    assert shown.startswith("one two 🧊x")
    assert len(shown.encode("utf-16-le")) == 2 * 60


def test_the_same_again_takes_the_place_of_what_is_shown(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    channel.say(urgent("now"))
    channel.say(due())
    told.wait_for(2)
    channel.say(urgent("a minute late"))
    assert told.wait_for(3) == [SENT] * 3
    assert [each.replaces for each in stand_in.notified] == [0, 0, 1]
    assert stand_in.closed == []
    stand_in.tell("press 1 off")
    told.wait_for_answers(Action.OFF)


def test_what_the_person_closed_is_shown_anew(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    channel.say(urgent())
    told.wait_for(1)
    stand_in.tell("closed 1")
    channel.say(urgent())
    told.wait_for(2)
    assert [each.replaces for each in stand_in.notified] == [0, 0]


# --- which answers count ---


def test_a_button_is_heard_once_in_the_main_thread_and_closes_the_popup(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    channel.say(due())
    told.wait_for(1)
    stand_in.tell("press 1 snooze")
    stand_in.tell("press 1 snooze")
    stand_in.tell("press 1 start")
    told.wait_for_answers(Action.SNOOZE)
    told.wait_until_idle()
    assert told.answers == [Action.SNOOZE]
    assert told.threads == {threading.main_thread()}
    assert stand_in.closed == [1]


def test_a_click_on_the_popup_answers_nothing_and_leaves_the_button(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    channel.say(urgent())
    told.wait_for(1)
    stand_in.tell("press 1 default")
    told.wait_for_answers(None)
    assert stand_in.closed == []
    stand_in.tell("press 1 off")
    told.wait_for_answers(None, Action.OFF)


@pytest.mark.parametrize(
    "person",
    [
        pytest.param(("closed 1", "press 1 off", "press 1 default"), id="on a closed popup"),
        pytest.param(("press 2 off",), id="on another popup"),
        pytest.param(("press 1 start", "press 1 OFF"), id="what was never offered"),
    ],
)
def test_what_is_pressed_elsewhere_does_not_count(
    channel: DesktopChannel, told: Told, stand_in: "StandIn", person: tuple[str, ...]
) -> None:
    channel.say(urgent())
    told.wait_for(1)
    for does in person:
        stand_in.tell(does)
    told.wait_until_idle()
    assert told.answers == []


def test_nobody_but_the_daemon_can_press_a_button(
    channel: DesktopChannel, told: Told, stand_in: "StandIn", bus: str
) -> None:
    from jeepney import HeaderFields, new_signal
    from jeepney.io.blocking import open_dbus_connection

    from tests.adapters.notifications.stand_in import HERE

    channel.say(urgent())
    told.wait_for(1)
    with closing(open_dbus_connection(bus)) as other:
        signal = new_signal(HERE, "ActionInvoked", "us", (1, "off"))
        # To the program itself, so that the bus does not filter it.
        signal.header.fields[HeaderFields.destination] = stand_in.notified[0].sender
        other.send(signal)
        told.wait_until_idle()
    assert told.answers == []
    stand_in.tell("press 1 off")
    told.wait_for_answers(Action.OFF)


def test_hush_takes_back_what_needed_an_answer_and_leaves_the_rest(
    channel: DesktopChannel, told: Told, stand_in: "StandIn", until: Until
) -> None:
    channel.say(urgent())
    channel.say(due())
    channel.say(plain_news())
    told.wait_for(3)
    channel.hush()
    until(lambda: stand_in.closed == [1, 2])
    stand_in.tell("press 1 off")
    stand_in.tell("press 2 start")
    told.wait_until_idle()
    assert told.answers == []
    assert stand_in.closed == [1, 2]


def test_an_answer_that_was_on_its_way_when_another_came_does_not_count(
    channel: DesktopChannel,
    told: Told,
    stand_in: "StandIn",
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[int] = []
    worker = channel._worker
    send = worker._answered

    def noted(ticket: int, action: Action | None) -> None:
        send(ticket, action)
        sent.append(ticket)

    monkeypatch.setattr(worker, "_answered", noted)
    channel.say(urgent())
    told.wait_for(1)
    stand_in.tell("press 1 off")
    until(lambda: sent)
    channel.hush()  # the person pressed it in the window, too
    QCoreApplication.processEvents()
    assert told.answers == []


@pytest.mark.parametrize("takes_it", [True, False])
def test_what_is_hushed_while_the_daemon_keeps_it_is_closed_and_plyer_does_not_show_it_either(
    channel: DesktopChannel, told: Told, stand_in: "StandIn", until: Until, takes_it: bool
) -> None:
    stand_in.tell("with-buttons keep")
    channel.say(urgent())
    until(lambda: stand_in.notified)
    channel.hush()
    if takes_it:
        stand_in.tell("with-buttons answer")
        until(lambda: 1 in stand_in.closed)
    told.wait_until_idle()
    assert told.deliveries == []
    assert len(stand_in.notified) == 1


def test_what_was_called_failed_is_closed_when_it_is_shown_after_all(
    channel: DesktopChannel,
    told: Told,
    stand_in: "StandIn",
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desktop, "PATIENCE_S", 0.2)
    stand_in.tell("with-buttons keep")
    channel.say(urgent())
    assert told.wait_for(1) == [(Delivery.FAILED, NO_ANSWER)]
    stand_in.tell("with-buttons answer")
    until(lambda: stand_in.closed == [1])
    told.wait_until_idle()
    assert len(told.deliveries) == len(stand_in.notified) == 1


def test_what_is_said_after_hush_is_shown(
    channel: DesktopChannel, told: Told, stand_in: "StandIn"
) -> None:
    channel.say(urgent("first"))
    told.wait_for(1)
    channel.hush()
    channel.say(urgent("second"))
    assert told.wait_for(2) == [SENT] * 2
    assert stand_in.closed == [1]
    assert [each.replaces for each in stand_in.notified] == [0, 0]
    stand_in.tell("press 2 off")
    told.wait_for_answers(Action.OFF)


# --- the end of the program ---


def test_the_end_of_the_program_leaves_no_dead_buttons(
    channel: DesktopChannel, told: Told, stand_in: "StandIn", until: Until
) -> None:
    channel.say(urgent("still to be read"))
    channel.say(due())
    told.wait_for(2)
    channel.close()
    until(lambda: stand_in.closed == [2])
    *_, last = stand_in.notified
    assert (last.replaces, last.body, last.actions) == (1, "still to be read", [])


def test_the_last_message_has_no_buttons_that_nobody_would_hear(
    channel: DesktopChannel, stand_in: "StandIn", until: Until
) -> None:
    channel.say(urgent("goodbye"))
    channel.close()
    until(lambda: [each.body for each in stand_in.notified if not each.actions] == ["goodbye"])
    assert stand_in.notified[-1].actions == []
