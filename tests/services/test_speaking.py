"""What an exercise says is heard where a voice is wanted, and never over an alarm."""

from dataclasses import dataclass

import pytest

from backtimer.domain.ports import Channel
from backtimer.domain.protocol import WhenOver
from backtimer.domain.reach import Way
from backtimer.domain.reminding import Message
from backtimer.domain.settings import Settings
from backtimer.services.calling import Calling
from backtimer.services.speaking import Speaking
from tests.fakes import HandChannel
from tests.services.timer import Timer, rules_of_the_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Bed:
    """A timer whose voice says alarms, and exercises."""

    timer: Timer
    voice: HandChannel
    speaking: Speaking
    calling: Calling

    def heard(self) -> str:
        return self.voice.now.spoken if self.voice.now else ""


def made(*, wants_voice: bool = True) -> Bed:
    settings = Settings(values={"voice": wants_voice})
    timer = Timer(rules=rules_of_the_day(), settings=settings)
    voice = HandChannel()
    speaking = Speaking(
        care=timer.care, settings=timer.settings, reminders=timer.reminders, voice=voice
    )
    channels: dict[Way, Channel] = {Way.VOICE: voice, Way.NOTIFICATION: HandChannel()}
    calling = Calling(
        care=timer.care, reminders=timer.reminders, settings=timer.settings, channels=channels
    )
    return Bed(timer=timer, voice=voice, speaking=speaking, calling=calling)


@pytest.fixture
def bed() -> Bed:
    return made()


def test_words_are_said_in_place_of_those_before(bed: Bed) -> None:
    bed.speaking.speak("Hold. 1 of 5.")
    bed.speaking.speak("Let go.")
    assert bed.heard() == "Let go."
    assert {each.message for each in bed.voice.said} == {Message.GUIDANCE}
    assert not any(each.lasts for each in bed.voice.said)


def test_where_no_voice_is_wanted_nothing_is_said() -> None:
    bed = made(wants_voice=False)
    bed.speaking.speak("Hold.")
    bed.speaking.hush()
    assert (bed.voice.said, bed.voice.hushes) == ([], 0)


def test_it_is_silent_at_once(bed: Bed) -> None:
    bed.speaking.speak("Hold.")
    bed.speaking.hush()
    assert bed.heard() == ""


def test_who_switches_the_voice_off_hears_no_more(bed: Bed) -> None:
    bed.speaking.speak("Hold.")
    bed.timer.settings.set("snooze_min", 20)
    assert bed.heard() == "Hold."
    bed.timer.settings.set("voice", False)
    assert bed.heard() == ""


def test_a_removal_ends_it_before_its_own_voice_is_heard(bed: Bed) -> None:
    bed.timer.start()
    bed.timer.wait(19.9)
    bed.speaking.speak("Hold.")
    bed.timer.wait(0.1)
    assert bed.heard() == ""
    bed.timer.wait(1)
    assert bed.heard().startswith("Take the ice off")


def test_nothing_is_said_over_a_removal_nor_is_it_hushed(bed: Bed) -> None:
    bed.timer.start()
    bed.timer.wait(19.9)
    bed.speaking.speak("Hold.")
    bed.timer.wait(1.1)
    bed.speaking.speak("Let go.")
    bed.speaking.hush()
    assert bed.heard().startswith("Take the ice off")


def test_what_was_taken_as_off_is_not_spoken_over() -> None:
    bed = made()
    bed.timer.care.adopt(rules_of_the_day(when_over=WhenOver.ASSUME))
    bed.timer.start()
    bed.timer.wait(19.9)
    bed.speaking.speak("Hold.")
    bed.timer.wait(0.1)
    assert bed.timer.messages() == [Message.ASSUMED_OFF]
    assert bed.heard() == ""


def test_after_the_answer_it_speaks_again(bed: Bed) -> None:
    bed.timer.start()
    bed.timer.wait(22)
    bed.timer.off()
    bed.speaking.speak("Hold.")
    assert bed.heard() == "Hold."


def test_a_message_that_is_not_spoken_leaves_it_as_it_is(bed: Bed) -> None:
    bed.timer.start()
    bed.timer.wait(20)
    bed.timer.off()
    bed.timer.wait(89.9)
    bed.speaking.speak("Hold.")
    bed.timer.wait(0.1)
    assert bed.timer.messages()[-1] is Message.DUE
    assert bed.heard() == "Hold."
