"""Sounds of the program's own, on a media stream: muted notification sounds do not silence them."""

import itertools
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from backtimer.adapters.channels.own_thread import no_thread
from backtimer.adapters.channels.sound.worker import Request, SoundWorker
from backtimer.domain.announcements import Announcement
from backtimer.domain.ladder import Sound
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding, Way, broken, works
from backtimer.domain.words import quoted, tr
from backtimer.paths import resource

# A sound system that has not taken a sound by then is not going to.
PATIENCE_S = 5.0
_CLOSE_S = 1.0
_ALARM_FADE_IN_S = 1.0


class SoundPlayer(QObject):
    """The port `Channel` by sound: plays one at a time, the newest; never blocks, never raises.

    Use from the main thread; close before the application ends. The device is open only while
    something is to be heard. A looped sound that finds no device, or loses it, goes on as soon as
    there is one again.
    """

    _dealt_with = Signal(int, str)  # from the worker: ticket, why nothing can be heard
    _found_out = Signal(int, str, object)  # from the worker: number, why not, all devices
    _delivered = Signal(Delivery, str)

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tickets = itertools.count(1)
        self._newest = 0  # what an answer is awaited for
        self._played = 0  # the last sound
        self._told: str | None = None  # why it cannot be heard, once that was reported
        self._looping: tuple[Sound, int] | None = None
        self._probes: dict[int, Callable[[tuple[Finding, ...]], None]] = {}
        self._watchdog = QTimer(self, singleShot=True, interval=int(PATIENCE_S * 1000))
        self._watchdog.timeout.connect(self._on_no_answer)
        queued = Qt.ConnectionType.QueuedConnection
        self._dealt_with.connect(self._on_dealt_with, queued)
        self._found_out.connect(self._on_found_out, queued)
        self._worker = SoundWorker(report=self._dealt_with.emit, probed=self._found_out.emit)

    def use(self, device: str) -> None:
        """Play on `device` from the next sound on, or on the computer’s own where it is gone."""
        self._worker.device = device

    def say(self, announcement: Announcement) -> None:
        """Play the sound that belongs to `announcement`, again and again if it lasts."""
        if announcement.sound is None:
            return
        looping = (announcement.sound, announcement.volume) if announcement.lasts else None
        if looping is None or looping != self._looping:  # else it is heard already
            self.play(announcement.sound, volume=announcement.volume, looped=announcement.lasts)
            self._looping = looping

    def hush(self) -> None:
        """Be silent within a tenth of a second."""
        self.stop()

    def play(self, kind: Sound, *, volume: int, looped: bool) -> None:
        """Play `kind` in place of what is played; `volume` is 0 (silence) to 100."""
        self._looping = None
        if volume <= 0:
            self.stop()
            return
        self._newest = self._played = next(self._tickets)
        self._told = None
        self._watchdog.start()
        self._put(
            Request(
                ticket=self._newest,
                sound=resource(f"sounds/{kind.value}.wav"),
                volume=volume,
                fade_in_s=_ALARM_FADE_IN_S if kind is Sound.ALARM else 0.0,
                looped=looped,
            )
        )

    def stop(self) -> None:
        """Be silent within a tenth of a second. Harmless when nothing is played."""
        self._looping = None
        if not self._probes:
            self._watchdog.stop()
        if self._newest:  # else the thread would be started for nothing
            self._put(Request(ticket=next(self._tickets), sound=None))

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None:
        """Call `listener` when a sound is played, and when it cannot be heard, or no longer."""
        self._delivered.connect(listener)

    def probe(self, listener: Callable[[tuple[Finding, ...]], None]) -> None:
        """Tell whether a device can be opened, and how loud it is where that is told."""
        self._newest = next(self._tickets)
        self._probes[self._newest] = listener
        self._watchdog.start()
        try:
            self._worker.probe(self._newest)
        except RuntimeError:
            self._found_out.emit(self._newest, no_thread(), ())

    def close(self) -> None:
        """Fall silent and report nothing more; waits up to a second."""
        self._watchdog.stop()
        self._probes.clear()
        self._worker.close(_CLOSE_S)

    def _put(self, request: Request) -> None:
        try:
            self._worker.put(request)
        except RuntimeError:
            if request.sound:  # else it is silent already
                self._dealt_with.emit(request.ticket, no_thread())

    def _on_dealt_with(self, ticket: int, trouble: str) -> None:
        if ticket >= self._newest:
            self._watchdog.stop()
        if ticket >= self._played:
            self._tell(trouble)

    def _on_found_out(self, number: int, trouble: str, names: tuple[str, ...]) -> None:
        if number >= self._newest:
            self._watchdog.stop()
        if listener := self._probes.pop(number, None):
            listener((_finding(trouble, names, self._worker.device),))

    def _on_no_answer(self) -> None:
        trouble = tr("The computer’s sound system does not answer.")
        listeners, self._probes = self._probes, {}
        for listener in listeners.values():
            listener((_finding(trouble, (), ""),))
        if self._played and self._told is None:
            self._tell(trouble)

    def _tell(self, trouble: str) -> None:
        """Report what became of the last sound: once, and again when that changes."""
        if trouble != self._told:
            self._told = trouble
            self._delivered.emit(Delivery.FAILED if trouble else Delivery.SENT, trouble)


def _finding(trouble: str, names: tuple[str, ...], device: str) -> Finding:
    if not trouble:
        return _works(names, device)
    # The sentence says what is wrong, and after a colon what to do.
    why, _, fix = trouble.partition(": ")
    return broken(Way.SOUND, why.rstrip(".") + ".", fix[:1].upper() + fix[1:])


def _works(names: tuple[str, ...], device: str) -> Finding:
    """What can be chosen, where there is a choice."""
    why = tr("It is played on {name}.", name=quoted(device)) if device in names else ""
    if device and device not in names:
        why = tr("{name} is not there, so the computer’s own is used.", name=quoted(device))
    others = ", ".join(quoted(each) for each in names if each != device)
    if not others or (len(names) == 1 and not device):
        return works(Way.SOUND, why)
    fix = tr("To choose: backtimer config sound_device NAME. There is {names}.", names=others)
    return replace(works(Way.SOUND, why), fix=fix)
