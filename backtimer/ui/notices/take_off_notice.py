"""“Take the ice off” on every page but the one that says it large."""

from PySide6.QtCore import QObject

from backtimer.domain.phases import Phase
from backtimer.domain.view import Action, View
from backtimer.domain.wording import take_off
from backtimer.services.care import CareService
from backtimer.ui.actions import Actions
from backtimer.ui.notices.notices import Notices, Topic
from backtimer.ui.offers import main_button
from backtimer.ui.paging import Paging
from backtimer.ui.theme import Tone


class TakeOffNotice(QObject):
    """Stands across the other pages until the pack is off, before all else that is said there."""

    def __init__(
        self, *, notices: Notices, pages: Paging, care: CareService, actions: Actions
    ) -> None:
        super().__init__()
        self._notices = notices
        self._pages = pages
        self._care = care
        self._actions = actions
        pages.currentChanged.connect(lambda _: self._say(care.view))
        care.changed.connect(self._say)
        self._say(care.view)

    def _say(self, view: View) -> None:
        # Where nobody knows whether it is on, that is asked.
        is_over = view.phase is Phase.REMOVE and not view.unsure
        is_said_large = self._pages.currentWidget() is self._pages.now_page
        if not is_over or is_said_large or view.modality is None:
            self._notices.say(Topic.TAKE_OFF, "")
            return
        self._notices.say(
            Topic.TAKE_OFF,
            take_off(view.modality),
            tone=Tone.OVERDUE,
            action=main_button(view).label,
            act=lambda: self._actions.perform(Action.OFF),
        )
