"""Will you hear me? Finds out which ways to the person work, and what they say to a real ring."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from backtimer.domain.announcements import trial
from backtimer.domain.hearing import Heard, is_wanted, judged
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Channel, Probed
from backtimer.domain.reach import Finding, Way, caution, lost, unknown
from backtimer.domain.settings import Settings
from backtimer.domain.view import View
from backtimer.domain.words import tr
from backtimer.services.settings import SettingsService

PATIENCE_S = 8.0
PAUSE_S = 60.0  # real seconds between two looks that nobody asked for

# Before the person lies down, and while it can still be mended.
_LOOK_IN = (Phase.DUE, Phase.APPLYING)

Findings = tuple[Finding, ...]


class Hearing(QObject):
    """Looks at every way to the person: when it is asked to, and when a session is at hand.

    Signals: `changed(tuple[Finding, ...])` once all is known, and after an answer to a ring;
    `caution(str)` what to know before lying down, empty where there is nothing;
    `lost(tuple[Finding, ...])` for ways that worked before and no longer do.
    """

    changed = Signal(object)
    caution = Signal(str)
    lost = Signal(object)

    def __init__(
        self,
        *,
        settings: SettingsService,
        probed: Mapping[tuple[Way, ...], Probed],
        channels: Mapping[Way, Channel],
    ) -> None:
        """`probed` are asked, each for the ways it knows of; `channels` ring for a try."""
        super().__init__()
        self._phase: Phase | None = None
        self._settings = settings
        self._probed = probed
        self._channels = channels
        self._coming: dict[Way, Finding] = {}  # of the look that goes on
        self._found: dict[Way, Finding] = {}  # of the last one
        self._looked_at: set[Way] = set()
        self._findings: Findings = ()
        self._waiting: set[Way] = set()
        self._listeners: list[Callable[[Findings], None]] = []
        self._caution = ""
        self._heard: Heard | None = None
        self._patience = QTimer(self, singleShot=True, interval=int(PATIENCE_S * 1000))
        self._patience.timeout.connect(self._on_no_answer)
        # In a demo sessions follow each other within seconds.
        self._pause = QTimer(self, singleShot=True, interval=int(PAUSE_S * 1000))
        settings.changed.connect(self._on_settings)

    @property
    def findings(self) -> Findings:
        """What is known, in the order of `Way`; empty until all was looked at once."""
        return self._findings

    @property
    def heard(self) -> Heard | None:
        """What the person said of the last ring."""
        return self._heard

    @property
    def is_looking(self) -> bool:
        """Whether something is still to be found out."""
        return bool(self._waiting)

    def look(self, listener: Callable[[Findings], None] | None = None) -> None:
        """Find out what works. `listener` is called once, with all of it, within ten seconds."""
        if listener:
            self._listeners.append(listener)
        if self._waiting:
            return
        settings = self._settings.current
        self._coming = {}
        self._looked_at = {way for way in self._ways() if is_wanted(way, settings)}
        self._waiting = set(self._ways())
        self._patience.start()
        for ways, each in self._probed.items():
            if self._looked_at.isdisjoint(ways):
                # What is not used is left alone: to look at a voice can start a service.
                self._on_found([unknown(way, "") for way in ways])
            else:
                each.probe(self._on_found)

    def _ways(self) -> list[Way]:
        return [way for ways in self._probed for way in ways]

    def on_view(self, view: View) -> None:
        """Look again when a session is due and when it begins."""
        before, self._phase = self._phase, view.phase
        if view.phase is not before and view.phase in _LOOK_IN:
            self.look_again()

    def look_again(self) -> None:
        """Look if the last look is not quite new: something may have changed."""
        if not self._pause.isActive():
            self._pause.start()
            self.look()

    def ring(self) -> None:
        """Ring as an alarm would, once, in each way that the person wants, for them to say."""
        settings = self._settings.current
        for way, channel in self._channels.items():
            if is_wanted(way, settings):
                channel.say(trial(settings.number("volume")))

    def answer(self, heard: Heard) -> None:
        """The person heard it, or saw it, or neither."""
        self._heard = heard
        for channel in self._channels.values():
            channel.hush()
        self._tell()

    def close(self) -> None:
        """Report nothing more."""
        self._patience.stop()
        self._pause.stop()
        self._listeners.clear()
        self._waiting.clear()

    def _on_found(self, findings: Sequence[Finding]) -> None:
        for each in findings:
            if each.way in self._waiting:
                self._waiting.remove(each.way)
                self._coming[each.way] = each
        if self._patience.isActive() and not self._waiting:
            self._conclude()

    def _on_no_answer(self) -> None:
        for way in self._waiting:
            self._coming[way] = unknown(
                way, tr("It did not answer in time."), tr("Try again, and restart it if need be.")
            )
        self._waiting = set()
        self._conclude()

    def _conclude(self) -> None:
        self._patience.stop()
        before, self._found = self._findings, self._coming
        self._tell()
        listeners, self._listeners = self._listeners, []
        for listener in listeners:
            listener(self._findings)
        if gone := lost(before, self._findings):
            self.lost.emit(gone)

    def _on_settings(self, settings: Settings) -> None:
        wanted = {way for way in self._ways() if is_wanted(way, settings)}
        if self._found and not wanted <= self._looked_at:
            self.look()
        else:
            self._tell()

    def _tell(self) -> None:
        """Say what follows from what was found out, if anything was yet."""
        if not self._found:
            return
        settings = self._settings.current
        known = (self._found[way] for way in Way if way in self._found)
        self._findings = tuple(judged(each, settings, self._heard) for each in known)
        self.changed.emit(self._findings)
        sentence = caution(self._findings)
        if sentence != self._caution:
            self._caution = sentence
            self.caution.emit(sentence)
