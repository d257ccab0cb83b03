"""An exercise, said by the real voice."""

import sys

import pytest

from backtimer.adapters.channels.voice.channel import Voice
from backtimer.domain.settings import Settings
from backtimer.services.speaking import Speaking
from tests.adapters.channel_kit import Until
from tests.adapters.voice.kit import Programs, Room
from tests.services.timer import Timer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these programs are Linux'")


def test_a_hold_is_heard_and_falls_silent_with_the_exercise(
    programs: Programs, room: Room, patient_voice: Voice, until: Until
) -> None:
    programs.link("espeak-ng")
    timer = Timer(settings=Settings(values={"voice": True}))
    speaking = Speaking(
        care=timer.care,
        settings=timer.settings,
        reminders=timer.reminders,
        voice=patient_voice,
    )
    speaking.speak("Knee to chest. One side: get into position. " * 5)
    until(lambda: room.last_sound_s() > 0)
    stopped = room.seconds()
    speaking.hush()
    until(lambda: room.seconds() > stopped + 0.8)
    assert room.last_sound_s() < stopped + 0.3
    speaking.speak("Hold. 1 of 5.")
    until(lambda: room.last_sound_s() > stopped + 0.5)
