"""The timer in a terminal: a line per change, and commands typed at the keyboard."""

import os
import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, QTimer, Signal

from backtimer.domain.announcements import Announcement, sound_of
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Clock, Delivery, Exporting, PhonePairing, Speaker
from backtimer.domain.protocol import Modality
from backtimer.domain.reach import Finding, Way, broken, works
from backtimer.domain.view import Action, View
from backtimer.domain.wording import day_and_time, not_saved
from backtimer.domain.words import tr
from backtimer.reports import status
from backtimer.services.care import CareService
from backtimer.services.hearing import Findings, Hearing


class Terminal(QObject):
    """Shows the timer as lines on standard output; see `engine.Front`."""

    across_changed = Signal(bool)  # never: a terminal is not read from across the room
    _delivered = Signal(Delivery, str)

    def __init__(self, *, care: CareService, clock: Clock, ask: Callable[[str], None]) -> None:
        """`ask` carries out a line that was typed, and prints the answer."""
        super().__init__()
        self._clock = clock
        self._care = care
        self._ask = ask
        self._shown: tuple[Phase, Modality | None] | None = None
        self._keyboard: QSocketNotifier | None = None
        self._was_unreached = False
        self._caution = ""
        self._had_fault = False

    def start(self, notes: Sequence[str]) -> None:
        """Say how to use it, and whatever was wrong with the settings."""
        for note in notes:
            self._line(note)
        self._line(
            tr("Type a command and Enter: start, off, pause, snooze, skip, status, quit, help.")
        )
        self._care.changed.connect(self._on_changed)
        if sys.platform != "win32" and sys.stdin and sys.stdin.isatty():
            self._keyboard = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
            self._keyboard.activated.connect(self._on_keys)

    def show_front(self) -> None:
        """Say where things stand: there is nothing to raise."""
        self._line(status.as_text(self._care.view, self._clock.speed))

    def tell_fault(self, fault: str) -> None:
        """Say that the record cannot be written, and that it can again."""
        if fault or self._had_fault:
            self._line(not_saved(fault) if fault else tr("Everything is saved again."))
        self._had_fault = bool(fault)

    def note(self, sentence: str) -> None:
        """Print a sentence to act on."""
        self._line(sentence)

    def on_caution(self, sentence: str) -> None:
        """Print what is to be known before lying down."""
        if sentence:
            self._line(sentence)

    def meet(self, hearing: Hearing, _pairing: PhonePairing) -> None:
        """Print what is to be known before lying down, and what does not work any more."""
        hearing.caution.connect(self.on_caution)
        hearing.lost.connect(self._on_lost)

    def give(self, exporting: Exporting) -> None:
        """In a terminal the command line writes files."""

    def give_voice(self, speaker: Speaker) -> None:
        """In a terminal there are no exercises."""

    def on_said(self, announcement: Announcement) -> None:
        """Print what is being said, with the terminal's bell if it has a sound."""
        bell = "\a" if sound_of(announcement.message) else ""
        title = announcement.title
        said = title if title.endswith("?") else f"{title}."
        told = _how_to_rate() if announcement.opens is Action.RATE else announcement.body
        self._line(f"{bell}{said} {told}")

    def say(self, announcement: Announcement) -> None:
        """Ring the terminal's bell once more; the words stand there already."""
        self._line(f"\a{announcement.title}")
        self._delivered.emit(Delivery.SENT, "")

    def hush(self) -> None:
        """What was printed stays."""

    def on_delivery(self, listener: Callable[[Delivery, str], None]) -> None:
        """Call `listener` when a line was printed."""
        self._delivered.connect(listener)

    def probe(self, listener: Callable[[tuple[Finding, ...]], None]) -> None:
        """A terminal stands for the window, and has no tray."""
        listener(
            (
                broken(Way.TRAY, tr("There is none beside a terminal.")),
                works(Way.WINDOW, tr("The timer runs in a terminal.")),
            )
        )

    def on_answer(self, action: Action | None) -> None:
        """Carry out what was pressed in a notification, or answered on the phone."""
        match action:
            case Action.SAME_PAIN if self._care.view.pain is not None:
                self._ask(f"pain {self._care.view.pain}")
            case Action.RATE | Action.SAME_PAIN:
                self._line(_how_to_rate())
            case _:
                self._ask(str(action) if action else "status")

    def on_unreached(self, why: str) -> None:
        """Say once that only this terminal speaks."""
        if not self._was_unreached:
            self._was_unreached = True
            self._line(tr("{why} Keep this terminal in sight.", why=why))

    def on_reached(self) -> None:
        """Notifications work again."""
        self._was_unreached = False

    def on_bug(self, sentence: str) -> None:
        """Say that something is wrong with the program; it goes on."""
        self._line(tr("A mistake in backtimer, the timer goes on: {what}", what=sentence))

    def close_program(self) -> None:
        """End the event loop, once a reply that is on its way is out."""
        QTimer.singleShot(0, self, QCoreApplication.quit)

    def _on_lost(self, findings: Findings) -> None:
        for each in findings:
            told = tr("{way} no longer works.", way=each.way.capitalize())
            self._line(f"{told} {each.why} {each.fix}".rstrip())

    def _on_changed(self, view: View) -> None:
        shown = (view.phase, view.modality)
        if shown != self._shown:
            self._shown = shown
            self.show_front()

    def _on_keys(self) -> None:
        try:
            typed = os.read(sys.stdin.fileno(), 4096)
        except OSError:  # the terminal was closed
            typed = b""
        if not typed and self._keyboard:
            self._keyboard.setEnabled(False)
        for line in typed.decode(errors="replace").splitlines():
            if line.strip():
                self._ask("--help" if line.strip() == "help" else line)

    def _line(self, text: str) -> None:
        try:
            print(day_and_time(self._clock.now().wall), text, flush=True)
        except OSError:
            # Whoever read along is gone. The timer and its notifications are not.
            sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115


def _how_to_rate() -> str:
    return tr("Type pain and a number from 0 to 10.")
