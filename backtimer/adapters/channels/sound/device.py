"""The default sound device, through miniaudio: opened, fed, watched and closed in one thread."""

import sys
from array import array
from collections.abc import Generator
from pathlib import Path
from typing import Any

from backtimer.adapters.channels.sound.track import RATE_HZ
from backtimer.domain.words import tr

# Three periods lie between what is taken and what is heard. Shorter ones cost more wake-ups, and
# longer ones are heard after “stop”.
_PERIOD_MS = 20
_PERIODS = 3
# The sink that PulseAudio and PipeWire have where there is none: it swallows everything.
_DUMMY_NAME = "auto_null"


class NoDeviceError(Exception):
    """Nothing can be heard; `str` is a sentence that says what to do."""


def no_device() -> str:
    """What a person is told where there is none."""
    return tr("There is no sound device: connect or switch on a speaker or headphones.")


def load_sound(path: Path) -> "array[int]":
    """The samples of a mono WAV file of the program's own.

    Raises NoDeviceError where miniaudio is not installed.
    """
    samples: array[int] = _miniaudio().wav_read_s16(path.read_bytes()).samples
    return samples


def _miniaudio() -> Any:
    # Here and not above: it takes 3 MB, and many a person never turns sound on.
    try:
        import miniaudio
    except (ImportError, OSError) as error:
        # There is no package for every processor, and a library may lack its own libraries.
        why = tr("Sound cannot be played here: the package miniaudio is missing.")
        raise NoDeviceError(why) from error
    return miniaudio


def _backends(audio: Any) -> list[Any]:
    """What may be tried, in miniaudio's own order."""
    backends = audio.Backend
    # NULL is always there and cannot be heard. JACK writes to the terminal where there is none.
    unwanted = {backends.NULL, backends.JACK, backends.CUSTOM}
    if sys.platform == "linux" and not any(Path("/dev/snd").glob("pcm*p")):
        unwanted.add(backends.ALSA)  # it, too, writes to the terminal
    enabled = audio.get_enabled_backends()
    return [each for each in backends if each in enabled and each not in unwanted]


class SoundDevice:
    """The device called `wanted`, else the default one, open from the start on.

    Use it in one thread, and close it. Opening raises NoDeviceError, and may take long where the
    sound system does not answer. `names` are all that there are.
    """

    def __init__(self, wanted: str = "") -> None:
        audio = _miniaudio()
        self._lib, self._ffi = audio.lib, audio.ffi
        backends = _backends(audio)
        if not backends:  # to miniaudio that means: all, also the one that cannot be heard
            raise NoDeviceError(no_device())
        self._context: Any = None
        self.names: tuple[str, ...] = ()
        # In two steps: one whose __init__ failed has a connection to close, too.
        self._device = audio.PlaybackDevice.__new__(audio.PlaybackDevice)
        make_context = self._device._make_context

        def make_and_check(*arguments: Any) -> Any:
            # Between the two steps of its __init__: miniaudio 0.11 leaks a connection each time
            # that the second one finds no device.
            self._context = make_context(*arguments)
            self.check()
            self._choose(wanted)
            return self._context

        self._device._make_context = make_and_check
        try:
            self._device.__init__(
                output_format=audio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE_HZ,
                buffersize_msec=_PERIOD_MS,
                callback_periods=_PERIODS,
                backends=backends,
                app_name="Backtimer",
            )
        except NoDeviceError:
            self.close()
            raise
        except audio.MiniaudioError as error:
            self.close()
            raise NoDeviceError(no_device()) from error

    def start(self, stream: "Generator[array[int] | bytes, int, None]") -> None:
        """Take samples from `stream`, in a thread of the device's own, until it is closed."""
        next(stream)
        try:
            self._device.start(stream)
        except Exception as error:
            raise NoDeviceError(no_device()) from error

    def check(self) -> None:
        """Raise NoDeviceError if what is played goes nowhere by now.

        Only PulseAudio, and PipeWire in its place, play to nowhere; the others stop.
        """
        if self._context.backend != self._lib.ma_backend_pulseaudio:
            return
        if all(self._identity(each) == _DUMMY_NAME for each in self._playbacks()):
            raise NoDeviceError(no_device())

    def _playbacks(self) -> list[Any]:
        """All that could play. They are the context's, and gone with the next look."""
        ffi = self._ffi
        # Not ma_context_get_device_info: miniaudio 0.11 crashes in it where there is no device.
        found, count = ffi.new("ma_device_info **"), ffi.new("ma_uint32 *")
        if self._lib.ma_context_get_devices(self._context, found, count, ffi.NULL, ffi.NULL):
            raise NoDeviceError(no_device())
        return [found[0][at] for at in range(count[0])]

    def _choose(self, wanted: str) -> None:
        """Have it open the device called `wanted`, if it is there."""
        known = self._playbacks()
        self.names = tuple(self._name(each) for each in known)
        for name, each in zip(self.names, known, strict=True):
            if wanted == name:
                self._device._devconfig.playback.pDeviceID = self._ffi.addressof(each, "id")

    def _name(self, info: Any) -> str:
        return str(self._ffi.string(info.name).decode(errors="replace"))

    def _identity(self, info: Any) -> str:
        identity = bytes(self._ffi.buffer(self._ffi.addressof(info, "id")))
        return identity.split(b"\0")[0].decode(errors="replace")

    def close(self) -> None:
        """Silence, at once. What was taken and not yet heard is lost."""
        self._device.close()
        if self._context is not None:
            # miniaudio's Python half forgets this: a connection would stay open for each sound.
            self._lib.ma_context_uninit(self._context)
            self._context = None
        # Rings of references: without this they would wait for the garbage collector.
        self._device._ffi_handle = None
        del self._device._make_context
