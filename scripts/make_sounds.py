"""Makes the program's own sounds: `make_sounds.py [folder]`, resources/sounds if none is named.

Bell-like notes added up from sines, the same to the bit at each run. Change a tune here, run it,
and commit both.
"""

import math
import struct
import sys
import wave
from pathlib import Path
from typing import NamedTuple

RATE_HZ = 22_050
PEAK = 0.8  # room for what mixers and cheap speakers add
ATTACK_S = 0.008  # softens the knock at the start of a note
RELEASE_S = 0.05  # nothing is cut off at the end, nor where a loop begins anew
# The fundamental stands below 1.2 kHz and sounds up to 3.5 kHz: heard by old ears, too, and by
# small speakers that have no bass.
PARTIALS = ((1.0, 1.0), (2.0, 0.35), (3.0, 0.12))

C5, E5, G5, A5, C6 = 523.25, 659.26, 783.99, 880.0, 1046.5


class Note(NamedTuple):
    """A struck bell: from `start_s`, `pitch_hz` high, down to 1/e in `decay_s`."""

    start_s: float
    pitch_hz: float
    decay_s: float
    strength: float = 1.0


class Tune(NamedTuple):
    """Notes, and how long they last together with the silence after them."""

    length_s: float
    notes: tuple[Note, ...]


TUNES = {
    # Down, as a doorbell: something is over, nothing is wanted.
    "gentle": Tune(1.3, (Note(0.0, E5, 0.35), Note(0.35, C5, 0.4))),
    # Up: something is to begin.
    "reminder": Tune(1.3, (Note(0.0, C5, 0.2), Note(0.2, E5, 0.2), Note(0.4, G5, 0.4))),
    # Twice two quick pairs and a breath, over and over: insistent, but a tune and not a siren.
    "alarm": Tune(
        1.3,
        (
            Note(0.0, A5, 0.12),
            Note(0.14, C6, 0.14),
            Note(0.40, A5, 0.12),
            Note(0.54, C6, 0.2),
        ),
    ),
}


def rendered(tune: Tune) -> list[int]:
    """The samples of `tune`, 16-bit, as loud as PEAK at the loudest."""
    length = round(tune.length_s * RATE_HZ)
    sum_of_notes = [0.0] * length
    for note in tune.notes:
        first = round(note.start_s * RATE_HZ)
        for at in range(first, length):
            sum_of_notes[at] += _sounding(note, (at - first) / RATE_HZ)
    release = round(RELEASE_S * RATE_HZ)
    for left in range(release):
        sum_of_notes[length - 1 - left] *= left / release
    loudest = max(map(abs, sum_of_notes))
    return [round(value / loudest * PEAK * 32_767) for value in sum_of_notes]


def _sounding(note: Note, age_s: float) -> float:
    swell = min(1.0, age_s / ATTACK_S)
    tone = sum(
        # High partials die first, as they do in wood and metal.
        weight
        * math.exp(-age_s * multiple / note.decay_s)
        * math.sin(2 * math.pi * note.pitch_hz * multiple * age_s)
        for multiple, weight in PARTIALS
    )
    return note.strength * swell * tone


def write(path: Path, samples: list[int]) -> None:
    """Write `samples` as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def main() -> None:
    """Write every tune into the folder."""
    usual = Path(__file__).resolve().parent.parent / "resources" / "sounds"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else usual
    folder.mkdir(parents=True, exist_ok=True)
    for name, tune in TUNES.items():
        write(folder / f"{name}.wav", rendered(tune))


if __name__ == "__main__":
    main()
