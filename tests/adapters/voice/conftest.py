import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from backtimer.adapters.channels.voice.channel import Voice
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding
from tests.adapters.voice.kit import PATH, Programs, Room, Until


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
def delivered(voice: Voice) -> list[tuple[Delivery, str]]:
    """All that `voice` reports, as it comes."""
    found: list[tuple[Delivery, str]] = []
    voice.on_delivery(lambda *each: found.append(each))
    return found


@pytest.fixture
def until(qapp: QCoreApplication) -> Until:
    """Waits until a condition holds while the program's event loop runs."""

    def wait(condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < deadline, "it did not come to pass"
            qapp.processEvents()
            time.sleep(0.002)

    return wait


@pytest.fixture
def look(until: Until) -> Callable[[Voice], Finding]:
    """What a voice finds out."""

    def probe(voice: Voice) -> Finding:
        found: list[Finding] = []
        voice.probe(found.extend)
        until(lambda: found)
        return found[0]

    return probe
