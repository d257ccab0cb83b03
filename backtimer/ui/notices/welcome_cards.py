"""What a welcome would say, beside the first clock that runs: one card at a time, to be closed.

All of it can be found again in the guide.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject

from backtimer.domain.phases import Phase
from backtimer.domain.view import View
from backtimer.domain.wording import day_and_time
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.ui.actions import Actions
from backtimer.ui.asking import Asking
from backtimer.ui.notices.notices import Notices, Topic


class _Card(NamedTuple):
    text: str
    action: str
    act: Callable[[], None]


class WelcomeCards(QObject):
    """Shown in the first session of a record that has no earlier episode; never in the way."""

    def __init__(
        self, *, notices: Notices, care: CareService, asking: Asking, actions: Actions
    ) -> None:
        super().__init__()
        self._notices = notices
        self._care = care
        self._asking = asking
        self._actions = actions
        self._cards: list[_Card] | None = None  # None: the first clock did not run yet
        self._is_shown = False
        care.changed.connect(self._on_changed)
        self._on_changed(care.view)

    def leave(self) -> None:
        """Have all of them read."""
        self._cards = []
        self._is_shown = False
        self._show()

    def _on_changed(self, view: View) -> None:
        is_first = view.phase is Phase.APPLYING and len(self._care.episode.sessions) == 1
        if self._cards is None and is_first:
            self._cards = self._made(view) if len(self._care.histories()) == 1 else []
        shows = is_first and bool(self._cards)
        if shows != self._is_shown:
            self._is_shown = shows
            self._show()

    def _made(self, view: View) -> list[_Card]:
        began = day_and_time(view.onset.wall) if view.onset else ""
        return [
            _Card(
                tr("It began {time}. Was it earlier?", time=began),
                tr("It began earlier…"),
                self._asking.ask_onset,
            ),
            _Card(
                tr("A timer and a diary. It does not replace a doctor: know the warning signs."),
                tr("Warning signs"),
                self._actions.signs_asked.emit,
            ),
        ]

    def _show(self) -> None:
        if not self._is_shown or not self._cards:
            self._notices.say(Topic.WELCOME, "")
            return
        card = self._cards[0]

        def act() -> None:
            self._on_done()
            card.act()

        self._notices.say(
            Topic.WELCOME, card.text, action=card.action, act=act, dismiss=self._on_done
        )

    def _on_done(self) -> None:
        if self._cards:
            self._cards = self._cards[1:]
        self._is_shown = bool(self._cards)
        self._show()
