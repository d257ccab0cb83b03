"""What a welcome would say, on small cards beside the first clock that runs.

All of it can be found again in the guide, under “What this program is”.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from backtimer.domain.phases import Phase
from backtimer.domain.reach import BEYOND_WINDOW, Finding, State
from backtimer.domain.view import View
from backtimer.domain.wording import day_and_time
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.ui.hearing_words import in_a_row, way_words
from backtimer.ui.widgets.welcome_column import WelcomeColumn, Words

if TYPE_CHECKING:
    from backtimer.services.hearing import Hearing

WHAT, SIGNS_CARD, ONSET, HEARD = "what", "signs", "onset", "heard"


class WelcomeCards(QObject):
    """Shown in the first session of a record that has no earlier episode; never in the way.

    One that was closed stays closed in this run of the program.
    """

    def __init__(
        self, *, column: WelcomeColumn, care: CareService, acts: dict[str, Callable[[], None]]
    ) -> None:
        """`acts` are what the buttons do, by the key of the card."""
        super().__init__()
        self._column = column
        self._care = care
        self._acts = acts
        self._closed: set[str] = set()
        self._is_first: bool | None = None  # of all episodes; None: no clock ran in it yet
        self._findings: Sequence[Finding] = ()
        column.acted.connect(lambda key: self._acts[key]())
        column.closed.connect(self._on_closed)
        care.changed.connect(self._on_changed)
        self._on_changed(care.view)

    def meet(self, hearing: "Hearing") -> None:
        """Tell from now on how the person is reached."""
        hearing.changed.connect(self._on_found)
        self._on_found(hearing.findings)

    def _on_found(self, findings: Sequence[Finding]) -> None:
        self._findings = findings
        self._on_changed(self._care.view)

    def _on_closed(self, key: str) -> None:
        self._closed.add(key)
        self._on_changed(self._care.view)

    def _on_changed(self, view: View) -> None:
        if not self._runs_first(view):
            self._column.show_cards({})
            return
        words = self._words(view)
        self._column.show_cards(
            {key: each for key, each in words.items() if key not in self._closed}
        )

    def _runs_first(self, view: View) -> bool:
        runs = view.phase in (Phase.APPLYING, Phase.PAUSED)
        if self._care.episode.onset is None:
            self._is_first = None
        if not runs or len(self._care.episode.sessions) != 1:
            return False
        if self._is_first is None:
            self._is_first = self._care.is_first()
        return self._is_first

    def _words(self, view: View) -> dict[str, Words]:
        began = day_and_time(view.onset.wall) if view.onset else ""
        return {
            WHAT: Words(
                tr("What this is"),
                tr("A timer and a diary. It does not replace a doctor."),
                tr("Read more"),
            ),
            SIGNS_CARD: Words(
                tr("Warning signs"),
                tr("With some signs, a painful back needs a doctor at once."),
                tr("Look through them"),
            ),
            ONSET: Words(
                tr("When did it begin?"),
                tr("I count from {time}.", time=began),
                tr("It began earlier…"),
            ),
            HEARD: Words(tr("Will you hear me?"), self._reached(), tr("Try it")),
        }

    def _reached(self) -> str:
        ways = [
            way_words(each.way)
            for each in self._findings
            if each.state is State.WORKS and each.way in BEYOND_WINDOW
        ]
        if not ways:
            return tr("When time is up, I call you. Try whether you notice.")
        return tr("When time is up, I reach you by {ways}.", ways=in_a_row(ways))
