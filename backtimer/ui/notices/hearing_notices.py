"""What there is to say across the page of how the person is reached."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from backtimer.domain.phases import Phase
from backtimer.domain.reach import Finding, State, Way, caution
from backtimer.domain.view import View
from backtimer.domain.wording import capitalised
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.services.hearing import Hearing
from backtimer.ui.hearing_words import in_a_row, way_words
from backtimer.ui.notices.notices import Notices, Topic
from backtimer.ui.theme import Tone

# Before it is on, and while it is: afterwards nobody has to be reached.
_BEFORE_REMOVAL = frozenset({Phase.IDLE, Phase.DUE, Phase.APPLYING, Phase.PAUSED})


class HearingNotices(QObject):
    """A caution before lying down, a way that was lost, and once the offer to try it.

    `check` shows the page where it is found out.
    """

    def __init__(
        self,
        *,
        notices: Notices,
        care: CareService,
        hearing: Hearing,
        check: Callable[[], None],
    ) -> None:
        super().__init__()
        self._notices = notices
        self._care = care
        self._hearing = hearing
        self._check = check
        self._caution = caution(hearing.findings) if hearing.findings else ""
        self._cautioned = ""
        self._lost: frozenset[Way] = frozenset()
        self._offers = False
        self._was_offered = False
        hearing.caution.connect(self._on_caution)
        hearing.lost.connect(self._on_lost)
        hearing.changed.connect(self._on_found)
        care.changed.connect(self._on_view)
        self._on_view(care.view)

    def _on_caution(self, sentence: str) -> None:
        self._caution = sentence
        self._show_caution(self._care.view)

    def _on_view(self, view: View) -> None:
        self._show_caution(view)
        self._offer(view)

    def _show_caution(self, view: View) -> None:
        # Said again only when it changes, so that it stays closed once it was closed.
        text = self._caution if view.phase in _BEFORE_REMOVAL else ""
        if text != self._cautioned:
            self._cautioned = text
            self._notices.say(Topic.KEEP_IN_SIGHT, text, tone=Tone.HEAT)

    def _on_lost(self, gone: tuple[Finding, ...]) -> None:
        self._lost |= {each.way for each in gone}
        self._show_lost()

    def _on_found(self, findings: tuple[Finding, ...]) -> None:
        broken = {each.way for each in findings if each.state is State.BROKEN and each.is_wanted}
        if self._lost - broken:
            self._lost &= broken
            self._show_lost()
        self._offer(self._care.view)

    def _show_lost(self) -> None:
        names = [way_words(way) for way in Way if way in self._lost]
        are_many = len(names) > 1 or self._lost <= {Way.NOTIFICATION, Way.BUTTONS}
        text = (
            tr("{ways} worked before and do not now.", ways=capitalised(in_a_row(names)))
            if are_many
            else tr("{way} worked before and does not now.", way=capitalised(in_a_row(names)))
        )
        self._notices.say(
            Topic.WAY_LOST,
            text if names else "",
            tone=Tone.HEAT,
            action=tr("Check"),
            act=self._check,
        )

    def _offer(self, view: View) -> None:
        """Offer to try it, beside the first clock of an episode; once in each run of the program.

        In the very first one a card of the welcome does.
        """
        is_first = view.phase is Phase.APPLYING and len(self._care.episode.sessions) == 1
        offers = is_first and self._hearing.heard is None
        if offers == self._offers or (offers and self._was_offered):
            return
        self._was_offered = True
        self._show_offer(offers and not self._care.is_first())

    def _show_offer(self, offers: bool) -> None:  # noqa: FBT001  like Qt's setters
        self._offers = offers
        self._notices.say(
            Topic.TRY,
            tr("Will you hear me when time is up?") if offers else "",
            action=tr("Try it"),
            act=self._on_try,
        )

    def _on_try(self) -> None:
        self._show_offer(False)
        self._check()
