"""The thread that owns the sound device: it does what was asked last, and watches over it."""

import logging
import threading
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from backtimer.adapters.channels.own_thread import OwnThread
from backtimer.adapters.channels.sound.device import (
    NoDeviceError,
    SoundDevice,
    load_sound,
)
from backtimer.adapters.channels.sound.mixer import silence
from backtimer.adapters.channels.sound.track import Feed, Track
from backtimer.domain.words import tr

_log = logging.getLogger(__name__)

# Between the last sample that is taken and the moment it was heard, on a slow device.
_TAIL_S = 0.4
_LOOK_EVERY_S = 0.2
_CHECK_EVERY_S = 3.0
_LOST_AFTER_S = 1.5
# A sound system that asked for samples this moment will answer a question, too.
_ALIVE_S = 0.1
_RETRY_S = 3.0
# What could not be played by then belongs to a moment that is over.
_STALE_S = 5.0
# Until what fades out was heard, before the device is closed for good.
_FADE_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Play the file `sound`, or be silent where it is None. `ticket` counts up."""

    ticket: int
    sound: Path | None
    asked_at: float = field(default_factory=time.monotonic)
    volume: int = 0
    fade_in_s: float = 0.0
    looped: bool = False


class SoundWorker:
    """Plays what was asked last, on the device called `device`, from the next sound on.

    Starts its thread at the first request, and raises RuntimeError where there is none to be had.

    Both reports come from that thread, and none after `close`: `report(ticket, sentence)` when a
    request is dealt with and when the state of the device changes, and
    `probed(number, sentence, names)` with the names of all devices. The sentence says why nothing
    can be heard, and is empty where it can.
    """

    def __init__(
        self,
        *,
        report: Callable[[int, str], None],
        probed: Callable[[int, str, tuple[str, ...]], None],
    ) -> None:
        self.device = ""  # nothing: the computer's own
        self._report = report
        self._probed = probed
        self._thread = OwnThread(self._run, name="sound")
        self._changed = self._thread.changed
        self._request: Request | None = None
        self._probes: list[int] = []
        self._voice = _Voice(report=self._say, wanted=lambda: self.device)

    def put(self, request: Request) -> None:
        """Do this and nothing that was asked before."""
        with self._changed:
            self._request = request
            self._thread.wake()

    def probe(self, number: int) -> None:
        """Find out whether there is a device, and report it as `number`."""
        with self._changed:
            self._probes.append(number)
            self._thread.wake()

    def close(self, wait_s: float) -> None:
        """Report nothing from now on, fall silent, and wait for the thread to end."""
        self._thread.close(wait_s)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._request or self._probes or self._thread.is_closed,
                    self._voice.look_in_s(),
                )
                request, self._request = self._request, None
                probes, self._probes = self._probes, []
                is_closed = self._thread.is_closed
            if is_closed:
                self._voice.end()
                return
            try:
                self._do(request, probes)
            except Exception:
                # This thread must live on: the next alarm matters more than this one.
                _log.exception("sound failed")

    def _do(self, request: Request | None, probes: list[int]) -> None:
        if request:
            self._voice.obey(request)
        self._voice.look()
        for number in probes:
            self._thread.tell(partial(self._probed, number, *self._voice.probe()))

    def _say(self, ticket: int, sentence: str) -> None:
        self._thread.tell(lambda: self._report(ticket, sentence))


class _Voice:
    """The device while it is open, and what is to be heard. All of it in the worker's thread."""

    def __init__(self, *, report: Callable[[int, str], None], wanted: Callable[[], str]) -> None:
        self._report = report
        self._wanted = wanted
        self._device: SoundDevice | None = None
        self._feed = Feed()
        self._request: Request | None = None  # what is still to be heard
        self._ticket = 0
        self._next_check = self._retry_at = 0.0
        self._loaded: dict[Path, array[int]] = {}

    def look_in_s(self) -> float | None:
        """When `look` is to be called, or None while there is nothing to look after."""
        if self._device:
            return _LOOK_EVERY_S
        return _RETRY_S if self._request else None

    def obey(self, request: Request) -> None:
        """Play it, or be silent, and report what came of it."""
        self._ticket = request.ticket
        self._request = request if request.sound else None
        if request.sound is None:
            self._feed.play(None)
        elif request.looped or time.monotonic() - request.asked_at < _STALE_S:
            self._try_to_play(request)
        else:
            self._request = None

    def look(self) -> None:
        """See to it that the sound is heard, and that no device is open for nothing."""
        now = time.monotonic()
        if self._device is None:
            if self._request and now >= self._retry_at:
                self._try_to_play(self._request)
            return
        untaken_s = self._feed.untaken_s()
        if untaken_s > _LOST_AFTER_S:
            self._lose(_away())
        elif self._feed.silent_s() > _TAIL_S:
            self._request = None
            self._close()
        elif now >= self._next_check and untaken_s < _ALIVE_S:
            self._next_check = now + _CHECK_EVERY_S
            self._check(self._device)

    def probe(self) -> tuple[str, tuple[str, ...]]:
        """Why nothing could be heard, empty when it could; and the names of all devices."""
        if self._device:
            return silence(), self._device.names
        try:
            device = SoundDevice(self._wanted())
            device.close()
        except NoDeviceError as error:
            return str(error), ()
        return silence(), device.names

    def end(self) -> None:
        """Fade out and close."""
        if self._device:
            self._feed.play(None)
            time.sleep(_FADE_S)
            self._close()

    def _try_to_play(self, request: Request) -> None:
        assert request.sound
        try:
            track = Track(
                self._samples(request.sound),
                volume=request.volume,
                fade_in_s=request.fade_in_s,
                looped=request.looped,
            )
            self._open()
        except NoDeviceError as error:
            self._give_up(str(error))
            return
        self._feed.play(track)
        self._report(request.ticket, "")

    def _check(self, device: SoundDevice) -> None:
        """Lose `device` if it plays to nowhere by now, or if the sound system hangs just now."""
        begun = time.monotonic()
        # A thread of its own: this one would wait with the sound system, and tell nobody.
        alarm = threading.Timer(_LOST_AFTER_S, self._report, (self._ticket, _away()))
        alarm.daemon = True
        alarm.start()
        why = ""
        try:
            device.check()
        except NoDeviceError as error:
            why = str(error)
        finally:
            alarm.cancel()
        if not why and time.monotonic() - begun >= _LOST_AFTER_S:
            why = _away()
        if why:
            self._lose(why)

    def _samples(self, path: Path) -> "array[int]":
        if path not in self._loaded:
            self._loaded[path] = load_sound(path)
        return self._loaded[path]

    def _open(self) -> None:
        if self._device is None:
            device = SoundDevice(self._wanted())
            self._feed = Feed()
            try:
                device.start(self._feed.stream())
            except NoDeviceError:
                device.close()
                raise
            self._device = device
            self._next_check = time.monotonic() + _CHECK_EVERY_S

    def _lose(self, why: str) -> None:
        # Said first: to close what hangs may take for ever.
        self._give_up(why)
        self._close()

    def _give_up(self, why: str) -> None:
        if self._request and not self._request.looped:
            self._request = None
        self._retry_at = time.monotonic() + _RETRY_S
        self._report(self._ticket, why)

    def _close(self) -> None:
        device, self._device = self._device, None
        if device:
            device.close()


def _away() -> str:
    return tr("The sound device went away: connect it again, or another one.")
