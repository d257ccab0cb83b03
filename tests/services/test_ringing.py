"""What is said can be heard: a removal until it is answered, everything else once."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.ports import Sound, Sounds
from backtimer.domain.reminding import Message
from backtimer.domain.settings import Settings
from backtimer.services.ringing import Ringing, sound_of
from backtimer.services.settings import SettingsService
from tests.fakes import HandSounds, MemorySettings
from tests.services.timer import Timer, at_rest


class Bed:
    """A timer that can be heard."""

    def __init__(self) -> None:
        self.timer = Timer()
        self.sounds = HandSounds()
        self.settings = SettingsService(store=MemorySettings(), settings=Settings())
        sounds: Sounds = self.sounds
        self.ringing = Ringing(
            care=self.timer.care,
            reminders=self.timer.reminders,
            settings=self.settings,
            sounds=sounds,
        )


@pytest.fixture
def bed() -> Bed:
    bed = Bed()
    bed.timer.start()
    return bed


def test_a_removal_rings_until_the_pack_is_off(bed: Bed) -> None:
    bed.timer.wait(19.9)
    assert bed.sounds.played == []
    bed.timer.wait(0.2)
    assert bed.sounds.played == [(Sound.ALARM, 80, True)]
    bed.timer.wait(5)
    assert bed.sounds.heard is Sound.ALARM
    bed.timer.off()
    assert bed.sounds.heard is None


def test_silence_lasts_for_one_repeat(bed: Bed) -> None:
    bed.timer.wait(20.1)
    bed.timer.do(cmd.Silence())
    assert bed.sounds.heard is None
    bed.timer.wait(1)
    assert bed.sounds.heard is None
    bed.timer.wait(1)
    assert bed.sounds.heard is Sound.ALARM


def test_time_for_the_next_session_is_heard_once(bed: Bed) -> None:
    at_rest(bed.timer) if bed.timer.care.episode.pack is None else bed.timer.wait(20)
    bed.timer.off()
    bed.sounds.played.clear()
    bed.timer.wait(91)
    assert bed.sounds.played == [(Sound.REMINDER, 80, False)]


def test_the_volume_is_that_of_the_settings_at_once(bed: Bed) -> None:
    bed.settings.set("volume", 30)
    assert bed.sounds.played == []
    bed.timer.wait(20.1)
    bed.settings.set("volume", 60)
    assert bed.sounds.played == [(Sound.ALARM, 30, True), (Sound.ALARM, 60, True)]


def test_who_wants_no_sound_hears_none(bed: Bed) -> None:
    bed.timer.wait(20.1)
    bed.settings.set("sound", False)
    assert bed.sounds.heard is None
    bed.timer.wait(3)
    assert bed.sounds.heard is None


@pytest.mark.parametrize("message", list(Message))
def test_every_message_has_a_sound(message: Message) -> None:
    assert (sound_of(message) is Sound.ALARM) == (
        message in (Message.TAKE_OFF, Message.ASSUMED_OFF)
    )
