"""What ends a voice, and that nothing waits for it."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from backtimer.adapters.channels.voice.channel import Voice
from tests.adapters.channel_kit import NO_ROOM, SENT, Reports, Until, no_room_for_threads
from tests.adapters.voice.kit import Programs, message

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these programs are Linux'")


def test_what_is_said_already_is_not_begun_a_second_time(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    programs.put("espeak-ng", "sleep 0.3")
    voice.say(message("Off."))
    until(programs.calls)
    voice.say(message("Off."))
    until(lambda: delivered == [SENT])
    voice.say(message("Off."))
    until(lambda: delivered == [SENT, SENT])
    assert programs.spoken("espeak-ng") == ["Off.", "Off."]


def test_only_the_newest_text_is_said(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    programs.put("espeak-ng", '[ "$4" = last ] || sleep 60')
    voice.say(message("first"))
    until(programs.calls)
    for each in ("second", "third", "last"):
        voice.say(message(each))
    until(lambda: delivered == [SENT])
    spoken = programs.spoken("espeak-ng")
    assert (spoken[0], spoken[-1]) == ("first", "last")


def test_an_answer_ends_a_program_that_hangs_and_all_that_it_started(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    pids = programs.folder / "pids"
    programs.put("espeak-ng", f"sleep 60 & echo $! >'{pids}'; wait")
    voice.say(message("Off."))
    until(lambda: pids.exists() and pids.read_text().endswith("\n"))
    child = Path("/proc", pids.read_text().strip(), "stat")
    assert " Z " not in child.read_text()
    voice.hush()
    # Whoever adopts it may leave it a zombie.
    until(lambda: not child.exists() or " Z " in child.read_text())
    voice.say(message("Off again."))
    assert delivered == []


def test_an_answer_when_nothing_is_said_is_harmless(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    programs.put("espeak-ng", "")
    voice.hush()
    voice.say(message("Off."))
    until(lambda: delivered == [SENT])
    voice.hush()
    voice.hush()
    voice.say(message("Off."))
    until(lambda: delivered == [SENT, SENT])


def test_nothing_keeps_the_window_waiting_however_long_the_voice_takes(
    programs: Programs, voice: Voice, until: Until
) -> None:
    programs.hang("spd-say")
    programs.hang("espeak-ng")
    longest_s = 0.0
    for turn in range(60):
        started = time.perf_counter()
        match turn % 3:
            case 0:
                voice.say(message(f"Turn {turn}."))
            case 1:
                voice.probe(lambda _: None)
            case _:
                voice.hush()
        longest_s = max(longest_s, time.perf_counter() - started)
    assert longest_s < 0.05
    until(programs.calls)


def test_closing_ends_what_is_said_and_nothing_is_reported_any_more(
    programs: Programs, voice: Voice, delivered: Reports, until: Until
) -> None:
    programs.hang("spd-say")
    programs.hang("espeak-ng")
    found: list[object] = []
    voice.say(message("Off."))
    voice.probe(found.append)
    until(programs.calls)
    started = time.monotonic()
    voice.close()
    assert time.monotonic() - started < 1.0
    assert not any(each.name == "voice" for each in threading.enumerate())
    voice.say(message("Off."))
    voice.hush()
    assert (delivered, found) == ([], [])


def test_where_no_thread_can_be_started_it_is_told_and_tried_again_later(
    programs: Programs,
    voice: Voice,
    delivered: Reports,
    until: Until,
) -> None:
    programs.put("espeak-ng", "")
    with no_room_for_threads():
        voice.say(message("Off."))
        assert delivered == []  # not from within the call
        until(lambda: delivered)
    assert delivered == [NO_ROOM]
    voice.say(message("Off."))
    until(lambda: delivered == [NO_ROOM, SENT])


def test_the_program_ends_while_the_voice_hangs(programs: Programs) -> None:
    programs.hang("espeak-ng")
    code = (
        "import time; from PySide6.QtCore import QCoreApplication;"
        "from backtimer.adapters.channels.voice.channel import Voice;"
        "from backtimer.domain.announcements import trial;"
        "app = QCoreApplication([]); voice = Voice(); voice.say(trial(50)); time.sleep(0.3);"
        "voice.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(programs.calls()) == 1
