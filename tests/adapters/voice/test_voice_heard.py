"""The real programs, on a real sound server and without one."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from backtimer.adapters.channels.voice.channel import Voice
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding, State, Way, broken, unknown, works
from tests.adapters.channel_kit import Until
from tests.adapters.voice.kit import Programs, Room, message

Look = Callable[[Voice], Finding]
LONG = "Take the ice off now, for it has been on your back for long enough already. " * 6
NO_DEVICE = broken(
    Way.VOICE,
    "The voice finds no sound device, or hangs.",
    "Connect or switch on a speaker or headphones.",
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these programs are Linux'")
each_program = pytest.mark.parametrize("name", ["spd-say", "espeak-ng"])


@each_program
def test_a_long_text_falls_silent_within_a_fifth_of_a_second_of_an_answer(
    programs: Programs, room: Room, patient_voice: Voice, until: Until, name: str
) -> None:
    programs.link(name)
    patient_voice.say(message(LONG))
    until(lambda: room.last_sound_s() > 0)
    goes_on_until = room.seconds() + 0.5
    until(lambda: room.seconds() > goes_on_until)
    answered = room.seconds()
    patient_voice.hush()
    until(lambda: room.seconds() > answered + 0.8)
    assert goes_on_until - 0.3 < room.last_sound_s() < answered + 0.2


@each_program
def test_a_short_text_is_heard_to_its_end(
    programs: Programs, room: Room, patient_voice: Voice, until: Until, name: str
) -> None:
    programs.link(name)
    found: list[tuple[Delivery, str]] = []
    patient_voice.on_delivery(lambda *each: found.append(each))
    patient_voice.say(message("Take it off."))
    until(lambda: found)
    assert found == [(Delivery.SENT, "")]
    assert room.last_sound_s() > 0


@each_program
def test_a_probe_finds_the_voice_and_is_not_heard(
    programs: Programs, room: Room, patient_voice: Voice, until: Until, look: Look, name: str
) -> None:
    programs.link(name)
    # On a busy machine the first start of a speech service may take longer than an attempt.
    until(lambda: look(patient_voice) == works(Way.VOICE))
    asked = room.seconds()
    until(lambda: room.seconds() > asked + 0.3)
    assert room.last_sound_s() == 0


@pytest.mark.usefixtures("empty_room")
@each_program
def test_a_probe_finds_out_that_nothing_would_be_heard(
    programs: Programs, voice: Voice, look: Look, name: str
) -> None:
    programs.link(name)
    assert look(voice) == NO_DEVICE


@pytest.mark.usefixtures("empty_room")
def test_espeak_without_a_sound_device_is_not_believed_that_it_spoke(
    programs: Programs, voice: Voice, delivered: list[tuple[Delivery, str]], until: Until
) -> None:
    programs.link("espeak-ng")
    voice.say(message("Take it off."))
    until(lambda: delivered)
    assert delivered[0][0] is Delivery.FAILED
    assert "no sound device" in delivered[0][1]


@pytest.mark.usefixtures("programs")
def test_a_probe_without_any_program_says_which_to_install(voice: Voice, look: Look) -> None:
    assert look(voice) == broken(Way.VOICE, "No voice is installed.", "Install espeak-ng.")


def test_a_probe_is_content_with_one_program_that_works(
    programs: Programs, voice: Voice, look: Look
) -> None:
    programs.hang("spd-say")
    programs.put("espeak-ng", "")
    assert look(voice) == works(Way.VOICE)


def test_an_alarm_does_not_wait_for_a_probe_which_is_answered_all_the_same(
    programs: Programs, patient_voice: Voice, until: Until
) -> None:
    programs.put("espeak-ng", '[ "$4" = "Off." ] || [ -e "$0.quick" ] || sleep 60')
    found: list[Finding] = []
    sent: list[Delivery] = []
    patient_voice.on_delivery(lambda what, _: sent.append(what))
    patient_voice.probe(found.extend)
    until(programs.calls)
    (programs.folder / "espeak-ng.quick").touch()
    patient_voice.say(message("Off."))
    until(lambda: sent == [Delivery.SENT])
    until(lambda: found == [works(Way.VOICE)])
    assert len(programs.calls()) == 3


def test_a_probe_that_comes_while_a_long_text_is_said_is_answered_in_time(
    programs: Programs, qapp: Any, until: Until
) -> None:
    programs.put("espeak-ng", "sleep 60")
    voice = Voice(patience_s=30, probe_s=0.3, parent=qapp)
    found: list[Finding] = []
    voice.say(message("Off."))
    until(programs.calls)
    voice.probe(found.extend)
    until(lambda: found)
    voice.close()
    assert found == [
        unknown(Way.VOICE, "The voice did not answer in time.", "Try again in a minute.")
    ]


def test_every_probe_is_answered_once(programs: Programs, voice: Voice, until: Until) -> None:
    programs.put("espeak-ng", "")
    found: list[Finding] = []
    for _ in range(3):
        voice.probe(found.extend)
    until(lambda: len(found) >= 3)
    assert [each.state for each in found] == [State.WORKS] * 3
