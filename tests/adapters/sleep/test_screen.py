"""The screen is kept lit by asking the desktop, and let go with the answer or the program."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from backtimer.adapters.sleep.screen import Screen, keep_by_bus
from tests.adapters.channel_kit import Until

NAME = "org.freedesktop.ScreenSaver"
UNKNOWN = "org.freedesktop.DBus.Error.UnknownMethod"


class ScreenSaver:
    """What a desktop does: it counts who wants the screen lit. `refuses` every wish if told to."""

    def __init__(self, bus: str) -> None:
        self.wishes: list[tuple[str, str]] = []
        self.ended: list[int] = []
        self.refuses = False
        self._connection: DBusConnection = open_dbus_connection(bus)
        self._connection.send_and_get_reply(message_bus.RequestName(NAME, 4), timeout=10)
        self._closed = False
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def close(self) -> None:
        self._closed = True
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        while not self._closed:
            try:
                message = self._connection.receive(timeout=0.02)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                self._connection.send(self._answer(message))

    def _answer(self, message: Any) -> Any:
        if self.refuses:
            return new_error(message, UNKNOWN)
        if message.header.fields[HeaderFields.member] == "Inhibit":
            self.wishes.append(message.body)
            return new_method_return(message, "u", (7,))
        self.ended.extend(message.body)
        return new_method_return(message)


@pytest.fixture
def saver(bus: str) -> Iterator[ScreenSaver]:
    saver = ScreenSaver(bus)
    yield saver
    saver.close()


@pytest.fixture
def screen() -> Iterator[Screen]:
    screen = Screen(keep_by_bus)
    yield screen
    screen.close()


def test_the_desktop_is_asked_once_and_told_when_it_is_over(
    saver: ScreenSaver, screen: Screen, until: Until
) -> None:
    screen.hold()
    screen.hold()
    until(lambda: saver.wishes)
    assert saver.wishes == [("Backtimer", "The time is read from across the room.")]
    screen.release()
    screen.release()
    until(lambda: saver.ended == [7])


def test_it_can_be_held_again(saver: ScreenSaver, screen: Screen, until: Until) -> None:
    screen.hold()
    until(lambda: len(saver.wishes) == 1)
    screen.release()
    screen.hold()
    until(lambda: len(saver.wishes) == 2)
    screen.release()
    until(lambda: len(saver.ended) == 2)


def test_the_end_of_the_program_lets_go(saver: ScreenSaver, until: Until) -> None:
    screen = Screen(keep_by_bus)
    screen.hold()
    until(lambda: saver.wishes)
    screen.close()
    until(lambda: saver.ended == [7])


def test_a_desktop_that_refuses_does_no_harm(
    saver: ScreenSaver, screen: Screen, until: Until
) -> None:
    saver.refuses = True
    screen.hold()
    until(lambda: not any(each.name == "screen" for each in threading.enumerate()))
    screen.release()
    assert saver.ended == []


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere", "rubbish"])
def test_without_a_bus_it_does_no_harm(
    address: str, screen: Screen, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    screen.hold()
    until(lambda: not any(each.name == "screen" for each in threading.enumerate()))


def test_a_machine_without_another_thread_keeps_its_screen_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def start(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    screen = Screen(keep_by_bus)
    screen.hold()
    screen.release()
    screen.close()
