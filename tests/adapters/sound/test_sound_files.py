import subprocess
import sys
import wave
from array import array
from pathlib import Path

import pytest

from backtimer.adapters.channels.sound.track import RATE_HZ
from backtimer.domain.ladder import Sound
from backtimer.paths import resource

SCRIPT = Path(__file__).parents[3] / "scripts" / "make_sounds.py"


def test_the_sounds_are_what_the_script_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SCRIPT, tmp_path], check=True)
    made = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    shipped = {each.name: each.read_bytes() for each in resource("sounds").iterdir()}
    assert made.keys() == shipped.keys() == {f"{kind}.wav" for kind in Sound}
    assert made == shipped


@pytest.mark.parametrize("kind", Sound)
def test_a_sound_is_small_and_starts_and_ends_in_silence(kind: Sound) -> None:
    path = resource(f"sounds/{kind}.wav")
    assert path.stat().st_size < 60_000
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE_HZ, 1, 2)
        samples = array("h", file.readframes(file.getnframes()))
    assert max(map(abs, samples)) == pytest.approx(0.8 * 32_767, abs=1)
    # A step here would click, each time round where it is looped.
    assert abs(samples[0]) <= 10
    assert abs(samples[-1]) <= 10
