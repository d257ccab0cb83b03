"""Where neither program of Linux is: plyer speaks, and is not to be interrupted."""

import sys

import plyer
import pytest
from plyer.facades import TTS

from backtimer.adapters.channels.voice.speech import NoVoice, PlyerSpeech
from backtimer.domain.reach import Way, broken, works
from tests.adapters.voice.kit import Programs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the stand-in is a shell script")


def is_wanted(_: float) -> bool:
    return True


def test_plyer_says_the_text_which_is_no_option(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plyer.platforms.linux.tts import instance

    programs.put("espeak", "")
    monkeypatch.setattr(plyer, "tts", instance())
    assert PlyerSpeech().speak("--Take\0it off.", is_wanted)
    assert programs.calls() == [["espeak", "Take it off."]]


def test_a_text_that_was_answered_while_plyer_said_it_is_not_called_spoken(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plyer.platforms.linux.tts import instance

    programs.put("espeak", "")
    monkeypatch.setattr(plyer, "tts", instance())
    assert not PlyerSpeech().speak("Off.", lambda _: False)


def test_where_plyer_has_no_voice_the_person_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plyer, "tts", TTS())
    with pytest.raises(NoVoice, match="No voice is installed: install espeak"):
        PlyerSpeech().speak("Off.", is_wanted)


def test_what_plyer_would_call_is_looked_for(programs: Programs) -> None:
    missing = PlyerSpeech().look(is_wanted)
    assert missing == broken(Way.VOICE, "No voice is installed.", "Install espeak-ng.")
    programs.put("espeak", "")
    assert PlyerSpeech().look(is_wanted) == works(Way.VOICE)
