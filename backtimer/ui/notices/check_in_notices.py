"""What is asked across the page as days go by: how it goes, and whether heat helps."""

from PySide6.QtCore import QObject

from backtimer.domain import check_ins
from backtimer.domain.check_ins import ADVICE, CheckIn, check_in, heat_question
from backtimer.domain.events import Topic as Diary
from backtimer.domain.protocol import Modality
from backtimer.domain.view import Action, View
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.ui.actions import Actions
from backtimer.ui.notices.notices import Notices, Topic
from backtimer.ui.notices.said_once import SaidOnce
from backtimer.ui.theme import Tone


class CheckInNotices(QObject):
    """Asks with each new view what is due, and writes the answer into the diary."""

    def __init__(self, *, notices: Notices, care: CareService, actions: Actions) -> None:
        super().__init__()
        self._notices = notices
        self._care = care
        self._actions = actions
        self._said = SaidOnce(notices)
        care.changed.connect(self._on_changed)
        self._on_changed(care.view)

    def _on_changed(self, view: View) -> None:
        self._ask_how_it_goes(check_in(self._care.episode, view.at))
        self._ask_about_heat(heat_question(self._care.episode))
        if self._care.episode.onset is None:
            self._notices.say(Topic.CHECK_ADVICE, "")

    def _ask_how_it_goes(self, due: CheckIn | None) -> None:
        if due is None:
            self._said.take_back(Topic.CHECK_IN)
            return
        day = due.day
        self._said.say(
            Topic.CHECK_IN,
            due.question,
            about=str(day),
            action=tr("Better"),
            act=lambda: self._answer(day, check_ins.BETTER),
            other=tr("The same or worse"),
            act_other=lambda: self._answer(day, check_ins.SAME),
        )

    def _answer(self, day: int, answer: str) -> None:
        is_logged = self._actions.log(Diary.CHECK_IN, answer, day)
        if is_logged and answer == check_ins.SAME:
            self._notices.say(
                Topic.CHECK_ADVICE,
                ADVICE[day],
                tone=Tone.HEAT,
                action=tr("Warning signs"),
                act=self._actions.signs_asked.emit,
            )

    def _ask_about_heat(self, question: str) -> None:
        self._said.say(
            Topic.HEAT_HELPS,
            question,
            action=tr("Yes"),
            act=lambda: self._answer_heat(check_ins.YES),
            other=tr("No"),
            act_other=lambda: self._answer_heat(check_ins.NO),
        )

    def _answer_heat(self, answer: str) -> None:
        is_logged = self._actions.log(Diary.HEAT_HELPS, answer)
        view = self._care.view
        may_switch = Action.SWITCH in view.allowed and view.switch_to is Modality.ICE
        if is_logged and answer == check_ins.NO and may_switch:
            self._notices.say(
                Topic.CHECK_ADVICE,
                tr("Where heat does not help, many go on with ice."),
                action=tr("Back to ice"),
                act=self._go_back_to_ice,
            )

    def _go_back_to_ice(self) -> None:
        self._notices.say(Topic.CHECK_ADVICE, "")
        if self._care.view.switch_to is Modality.ICE:
            self._actions.perform(Action.SWITCH)
