"""What is said, by which program, and what is told of it."""

import sys
import wave
from pathlib import Path

import pytest

from backtimer.adapters.channels.voice.channel import Voice
from backtimer.domain.ports import Delivery
from tests.adapters.channel_kit import SENT, Reports, Until
from tests.adapters.voice.kit import ESPEAK, Programs, message

NONE_INSTALLED = (Delivery.FAILED, "No voice is installed: install espeak-ng.")
NOT_HEARD = (
    Delivery.FAILED,
    "The voice was not heard: its programs find no sound device, or hang.",
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these programs are Linux'")
needs_espeak = pytest.mark.skipif(ESPEAK is None, reason="not on this machine: espeak-ng")


def to_file(programs: Programs) -> Path:
    """The real espeak-ng, which writes what it says to a file."""
    file: Path = programs.folder / "said.wav"
    programs.put("espeak-ng", f"exec '{ESPEAK}' -w '{file}' \"$@\"")
    return file


def length_s(file: Path) -> float:
    with wave.open(str(file)) as sound:
        return float(sound.getnframes() / sound.getframerate())


def test_the_desktops_own_voice_says_the_spoken_text_in_the_language_of_the_texts(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    programs.put("spd-say", "")
    programs.put("espeak-ng", "")
    voice.say(message("Take the ice off."))
    until(lambda: delivered == [SENT])
    (call,) = programs.calls()
    assert call[:2] == ["spd-say", "--wait"]
    assert call[call.index("--language") + 1] == "en"
    assert call[-2:] == ["--", "Take the ice off."]


@needs_espeak
def test_where_there_is_no_such_voice_espeak_says_it(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    said = to_file(programs)
    voice.say(message("Take the ice off. Next at ten to five."))
    until(lambda: delivered == [SENT])
    assert programs.calls()[0][:3] == ["espeak-ng", "-v", "en"]
    assert 1.5 < length_s(said) < 5


@needs_espeak
def test_where_that_voice_fails_espeak_says_it(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    programs.put("spd-say", "exit 1")
    said = to_file(programs)
    voice.say(message("Take the ice off."))
    until(lambda: delivered == [SENT])
    assert length_s(said) > 0.5
    assert programs.spoken("spd-say") == ["Take the ice off."]


def test_one_that_hangs_is_cancelled_and_the_other_says_it(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    programs.hang("spd-say")
    programs.put("espeak-ng", "")
    voice.say(message("Off."))
    until(lambda: delivered == [SENT])
    assert [each[0] for each in programs.calls()] == ["spd-say", "spd-say", "espeak-ng"]
    assert programs.calls()[1] == ["spd-say", "--cancel"]


def test_one_that_hung_does_not_delay_the_next_text(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    programs.hang("spd-say")
    programs.put("espeak-ng", "")
    voice.say(message("First."))
    until(lambda: delivered == [SENT])
    voice.say(message("Second."))
    until(lambda: delivered == [SENT, SENT])
    assert programs.spoken("spd-say") == ["First."]
    assert programs.spoken("espeak-ng") == ["First.", "Second."]


def test_one_that_failed_is_asked_again_when_the_other_fails_too(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    programs.put("spd-say", "exit 1")
    programs.put("espeak-ng", "exit 1")
    voice.say(message("First."))
    until(lambda: delivered == [NOT_HEARD])
    programs.put("spd-say", "")
    voice.say(message("Second."))
    until(lambda: delivered == [NOT_HEARD, SENT])
    assert programs.spoken("spd-say") == ["First.", "Second."]


@pytest.mark.usefixtures("programs")
def test_without_any_program_the_person_is_told_which_to_install(
    voice: Voice, delivered: Reports, until: Until
) -> None:
    voice.say(message("Off."))
    until(lambda: delivered == [NONE_INSTALLED])


def test_a_program_that_is_installed_later_is_found(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    voice.say(message("Off."))
    until(lambda: delivered == [NONE_INSTALLED])
    programs.put("espeak-ng", "")
    voice.say(message("Off."))
    until(lambda: delivered == [NONE_INSTALLED, SENT])


def test_a_program_that_cannot_be_run_is_as_one_that_fails(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    broken = programs.folder / "espeak-ng"
    broken.write_bytes(b"\x7fELF rubbish")
    broken.chmod(0o755)
    voice.say(message("Off."))
    until(lambda: delivered == [NOT_HEARD])


@needs_espeak
def test_a_text_that_looks_like_an_option_is_said(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    said = to_file(programs)
    voice.say(message("--help me, and take it off"))
    until(lambda: delivered == [SENT])
    assert length_s(said) > 0.5


@needs_espeak
def test_what_no_argument_may_hold_is_left_out(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    said = to_file(programs)
    voice.say(message("Take\0it\noff\udc80" + "!" * 300_000))
    until(lambda: delivered == [SENT])
    assert programs.spoken("espeak-ng")[0].startswith("Take it off?!!!")
    assert length_s(said) > 0.5


def test_an_announcement_that_has_nothing_to_be_spoken_is_not_said(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    programs.put("espeak-ng", "")
    voice.say(message(""))
    voice.say(message("Off."))
    until(lambda: delivered == [SENT])
    assert programs.spoken("espeak-ng") == ["Off."]
