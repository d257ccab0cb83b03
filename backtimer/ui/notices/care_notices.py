"""What the state of care has to ask across the page: still on, burning, when it really was."""

from PySide6.QtCore import QObject

from backtimer.domain.view import Action, View
from backtimer.domain.wording import modality_name
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.ui.actions import Actions
from backtimer.ui.asking import Asking
from backtimer.ui.notices.check_in_notices import CheckInNotices
from backtimer.ui.notices.diary_notices import DiaryNotices
from backtimer.ui.notices.notices import Notices, Topic
from backtimer.ui.theme import Tone


class CareNotices(QObject):
    """Says with each new view what is to be asked of it, and takes back what is answered."""

    def __init__(
        self, *, notices: Notices, care: CareService, asking: Asking, actions: Actions
    ) -> None:
        super().__init__()
        self._notices = notices
        self._care = care
        self._asking = asking
        self._actions = actions
        self._skin_is_well = False  # in the session that goes on
        self._check_ins = CheckInNotices(notices=notices, care=care, actions=actions)
        self._diary = DiaryNotices(notices=notices, care=care, actions=actions)
        care.changed.connect(self._on_changed)

    def _on_changed(self, view: View) -> None:
        self._ask_whether_on(view)
        self._ask_for_skin(view)
        self._notices.say(
            Topic.LATE_REMOVAL,
            tr("You confirmed this one late.") if view.ask_removal else "",
            action=tr("When did you really take it off?"),
            act=self._asking.ask_late_removal,
            dismiss=self._actions.accept_removal,
        )

    def _ask_whether_on(self, view: View) -> None:
        name = modality_name(view.modality or view.offered)
        self._notices.say(
            Topic.STILL_ON,
            tr("The computer was started again. Is the {name} still on?", name=name)
            if view.unsure
            else "",
            tone=Tone.HEAT,
            action=tr("I took it off at…"),
            act=self._asking.ask_removal,
        )

    def _ask_for_skin(self, view: View) -> None:
        if self._care.episode.running is None:
            self._skin_is_well = False
        asks = view.skin_check and not self._skin_is_well
        self._notices.say(
            Topic.SKIN_CHECK,
            tr("Burning, or no feeling at all?") if asks else "",
            tone=Tone.HEAT,
            action=tr("Yes, I take it off"),
            act=lambda: self._actions.perform(Action.STOP_SKIN),
            dismiss=self._on_well,
        )

    def _on_well(self) -> None:
        self._skin_is_well = True
