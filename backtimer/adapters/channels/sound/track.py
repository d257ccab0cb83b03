"""Sound as samples: how loud, faded in and out, and handed over a few milliseconds at a time."""

import threading
import time
from array import array
from collections import deque
from collections.abc import Generator

RATE_HZ = 22_050
# Long enough not to click, short enough to be silent at once.
FADE_OUT_S = 0.02


def amplitude(volume: int) -> float:
    """The factor for a volume of 0 to 100 percent; squared, since half as loud is what 50 means."""
    return (max(0, min(100, volume)) / 100) ** 2


class Track:
    """One sound at one loudness, once or looped.

    Every sample is worked out here, ahead of time: in the audio thread there is none to lose.
    """

    def __init__(
        self, samples: "array[int]", *, volume: int, fade_in_s: float = 0.0, looped: bool = False
    ) -> None:
        factor = amplitude(volume)
        self._samples = array("h", (int(each * factor) for each in samples))
        self._looped = looped
        self._rest = self._samples[:]  # what is to be heard of the present round
        _fade_in(self._rest, round(fade_in_s * RATE_HZ))
        self._at = 0

    def take(self, frames: int) -> "array[int]":
        """The next samples: `frames` of them, fewer at the end, none after it."""
        taken = self._rest[self._at : self._at + frames]
        self._at += len(taken)
        while len(taken) < frames and self._looped and self._samples:
            self._rest, self._at = self._samples, frames - len(taken)
            taken += self._rest[: self._at]
            self._at = min(self._at, len(self._rest))
        return taken

    def fade_out(self) -> None:
        """End within `FADE_OUT_S` from here on."""
        length = round(FADE_OUT_S * RATE_HZ)
        coming = self.take(length)
        self._looped = False
        self._rest = array(
            "h", (each * (length - at) // length for at, each in enumerate(coming, start=1))
        )
        self._at = 0


def _fade_in(samples: "array[int]", length: int) -> None:
    """Swell over the first `length` samples: squared, as loudness is."""
    for at in range(min(length, len(samples))):
        samples[at] = int(samples[at] * (at / length) ** 2)


class Feed:
    """What the device is to play: the newest track, after what came before has faded out.

    The device's own thread takes from it; the thread that owns the device tells it what.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tracks: deque[Track] = deque()
        self._taken_at = self._busy_at = time.monotonic()

    def play(self, track: Track | None) -> None:
        """Play `track` from now on; silence if it is None."""
        with self._lock:
            while len(self._tracks) > 1:
                self._tracks.pop()
            if self._tracks:
                self._tracks[0].fade_out()
            if track:
                self._tracks.append(track)
            self._busy_at = time.monotonic()

    def take(self, frames: int) -> "array[int]":
        """`frames` samples: of the tracks, then silence."""
        with self._lock:
            self._taken_at = time.monotonic()
            taken = array("h")
            while self._tracks and len(taken) < frames:
                part = self._tracks[0].take(frames - len(taken))
                if not part:
                    self._tracks.popleft()
                taken += part
            if taken:
                self._busy_at = self._taken_at
            taken.frombytes(bytes(2 * (frames - len(taken))))
            return taken

    def touch(self) -> None:
        """Begin to measure anew how long nothing was taken."""
        self._taken_at = self._busy_at = time.monotonic()

    def untaken_s(self) -> float:
        """Seconds since the device asked for samples; it does so many times a second."""
        return time.monotonic() - self._taken_at

    def silent_s(self) -> float:
        """Seconds since there was anything but silence to take; 0 while there is."""
        with self._lock:
            return 0.0 if self._tracks else time.monotonic() - self._busy_at

    def stream(self) -> "Generator[array[int] | bytes, int, None]":
        """The same for miniaudio: a generator that gets a number of frames and yields them."""
        frames = yield b""
        while True:
            frames = yield self.take(frames)
