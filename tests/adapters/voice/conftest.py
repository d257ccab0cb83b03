import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from backtimer.adapters.channels.voice.channel import Voice
from backtimer.domain.reach import Finding
from tests.adapters.channel_kit import Reports, Until, finding_of, live_until, reports_of
from tests.adapters.voice.kit import PATH, Programs, Room


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """No program is to be found but those that the test puts there."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Programs(folder)


@pytest.fixture
def empty_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """Neither a sound server nor a sound card is to be found."""
    # pytest's own folders have names that are too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="voice-"))
    for variable in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{folder}/native")
    room = Room(folder)
    yield room
    room.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def room(empty_room: Room, until: Until) -> Room:
    """What is said can be heard."""
    for program in ("pulseaudio", "parec"):
        if shutil.which(program, path=PATH) is None:
            pytest.skip(f"not on this machine: {program}")
    empty_room.open(until)
    return empty_room


@pytest.fixture
def voice(qapp: QCoreApplication) -> Iterator[Voice]:
    """A voice that is less patient than the program's."""
    voice = Voice(patience_s=0.5, attempt_s=0.5, probe_s=5.0, parent=qapp)
    yield voice
    voice.close()


@pytest.fixture
def patient_voice(qapp: QCoreApplication) -> Iterator[Voice]:
    """A voice as the program has it."""
    voice = Voice(parent=qapp)
    yield voice
    voice.close()


@pytest.fixture
def delivered(voice: Voice) -> Reports:
    """All that `voice` reports, as it comes."""
    return reports_of(voice)


@pytest.fixture
def until() -> Until:
    """Waits until a condition holds while the program's event loop runs."""
    return live_until


@pytest.fixture
def look() -> Callable[[Voice], Finding]:
    """What a voice finds out."""
    return finding_of
