"""What the window, its menus and the tray ask for: carried out, or answered in a sentence."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from backtimer.domain import commands as cmd
from backtimer.domain.clock import Moment
from backtimer.domain.errors import BacktimerError
from backtimer.domain.events import CardAnswer, StopReason, Topic
from backtimer.domain.phases import Phase
from backtimer.domain.ports import Clock
from backtimer.domain.protocol import Modality
from backtimer.domain.safety import CardQuestions, card_questions
from backtimer.domain.view import Action
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService

_REASONS = {
    Action.STOP_SKIN: StopReason.SKIN,
    Action.STOP_HURTS: StopReason.HURTS,
    Action.STOP_NUMB: StopReason.NUMB,
}


class Actions(QObject):
    """One method for all that can be pressed: `perform`.

    Signals: `refused(str)`, a sentence to show, empty after what worked;
    `card_needed(Modality, Moment | None)`, the start card comes first; `stopped(StopReason)`, a
    session was given up; `signs_asked()`, the warning signs are to be shown;
    `signs_seen(Moment)`, they were looked at; `rating_asked()`, the person wants to say how the
    pain is; `quit_asked()`.
    """

    refused = Signal(str)
    card_needed = Signal(object, object)
    stopped = Signal(object)
    signs_asked = Signal()
    signs_seen = Signal(object)
    rating_asked = Signal()
    quit_asked = Signal()

    def __init__(self, *, care: CareService, settings: SettingsService, clock: Clock) -> None:
        super().__init__()
        self._care = care
        self._settings = settings
        self._clock = clock

    def perform(self, action: Action) -> None:
        """Do what the button or menu for `action` promises."""
        match action:
            case Action.START:
                self.start(None)
            case Action.QUIT:
                self.quit_asked.emit()
            case Action.STOP_SKIN | Action.STOP_HURTS | Action.STOP_NUMB:
                self._stop(_REASONS[action])
            case Action.RATE:
                self.rating_asked.emit()
            case Action.SAME_PAIN:
                self._rate_same(self._care.view.pain)
            case _:
                self._do(self._command(action))

    def start(self, onset: Moment | None) -> None:
        """Begin, or have the start card asked first; `onset` is when the pain began.

        Where nothing was started yet, it began when this was pressed, however long a card takes.
        """
        if onset is None and self._care.view.phase is Phase.IDLE:
            onset = self._clock.now()
        modality = self._care.offered(onset)
        if self._care.needs_card(modality):
            self.card_needed.emit(modality, onset)
        else:
            self._do(cmd.Start(modality=modality, onset=onset))

    def start_with_card(self, modality: Modality, onset: Moment | None, answer: CardAnswer) -> bool:
        """Begin after the start card was answered; whether it began."""
        return self._do(cmd.Start(modality=modality, onset=onset, card=answer))

    def answer_card(self, modality: Modality, answer: CardAnswer) -> None:
        """Record the answer to a card that came after the start."""
        self._do(cmd.AnswerCard(modality=modality, answer=answer))

    @property
    def has_begun(self) -> bool:
        """Whether an episode goes on."""
        return self._care.episode.onset is not None

    def card_questions(self, modality: Modality) -> CardQuestions:
        """What the diary adds to the start card of `modality`."""
        return card_questions(modality, self._care.episode.entries, self._clock.now())

    def log(self, topic: Topic, text: str = "", number: int | None = None) -> bool:
        """Write into the diary; whether that was possible."""
        return self._do(cmd.Log(topic=topic, text=text, number=number))

    def see_signs(self) -> Moment:
        """Tell that the warning signs are looked at, and return when."""
        now = self._clock.now()
        self.signs_seen.emit(now)
        return now

    def rate(self, nrs: int) -> None:
        """Note how bad the pain is."""
        self._do(cmd.RatePain(nrs=nrs))

    def write(self, commands: Iterable[cmd.Command]) -> None:
        """Carry out what an entry of the diary asks for, up to what is refused."""
        for each in commands:
            if not self._do(each):
                return

    def change_onset(self, onset: Moment) -> bool:
        """Say that it began earlier or later; whether that was possible."""
        return self._do(cmd.ChangeOnset(onset=onset))

    def off_at(self, removed: Moment) -> bool:
        """Say that the pack came off at another time; whether that was possible."""
        return self._do(cmd.Off(removed=removed))

    def explain_removal(self, removed: Moment) -> bool:
        """Say when a late pack really came off; whether that was possible."""
        return self._do(cmd.ExplainRemoval(removed=removed))

    def accept_removal(self) -> None:
        """Say that the late removal was when it was confirmed."""
        last = self._care.episode.last_held
        if last and last.last.removed:
            self.explain_removal(last.last.removed)

    def _command(self, action: Action) -> cmd.Command:
        match action:
            case Action.OFF:
                return cmd.Off()
            case Action.PAUSE:
                return cmd.Pause()
            case Action.RESUME:
                return cmd.Resume()
            case Action.SNOOZE:
                return cmd.Snooze(snooze_min=self._settings.current.number("snooze_min"))
            case Action.SKIP:
                return cmd.Skip()
            case Action.SILENCE:
                return cmd.Silence()
            case Action.STILL_ON:
                return cmd.StillOn()
            case Action.LOSE_TRACK:
                return cmd.LoseTrack()
            case Action.SWITCH:
                return cmd.Switch(modality=self._care.view.switch_to)
            case Action.END:
                return cmd.End()
            case _:
                raise AssertionError(action)

    def _rate_same(self, nrs: int | None) -> None:
        if nrs is None:
            # What it was was taken back meanwhile.
            self.rating_asked.emit()
        else:
            self.rate(nrs)

    def _stop(self, why: StopReason) -> None:
        if self._do(cmd.Stop(why=why)):
            self.stopped.emit(why)

    def _do(self, command: cmd.Command) -> bool:
        try:
            self._care.do(command)
        except BacktimerError as error:
            self.refused.emit(str(error))
            return False
        self.refused.emit("")
        return True
