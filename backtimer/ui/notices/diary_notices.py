"""What the diary has to say across the page: drowsy, cream, a new symptom, what a doctor asks."""

from PySide6.QtCore import QObject

from backtimer.domain.check_ins import (
    cream_caution,
    entries_of,
    medicine_failed,
    relaxant_question,
    zone_advice,
)
from backtimer.domain.clock import Moment
from backtimer.domain.diary import Entry, last_text
from backtimer.domain.events import Topic as Diary
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality
from backtimer.domain.record import History
from backtimer.domain.safety import cream_first, stay_awake
from backtimer.domain.signs import LOOK_AGAIN, look_again
from backtimer.domain.view import Action, View
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.ui.actions import Actions
from backtimer.ui.notices.notices import Notices, Topic
from backtimer.ui.notices.said_once import SaidOnce
from backtimer.ui.theme import Tone

_ON_OR_SOON = frozenset({Phase.APPLYING, Phase.DUE})


class DiaryNotices(QObject):
    """Looks into the diary with each new view. Earlier episodes are read when they are needed."""

    def __init__(self, *, notices: Notices, care: CareService, actions: Actions) -> None:
        super().__init__()
        self._care = care
        self._actions = actions
        self._said = SaidOnce(notices)
        self._earlier: tuple[tuple[Entry, ...], ...] = ()
        self._read: tuple[History, ...] | None = None  # what `_earlier` was made from
        self._looked: Moment | None = None  # through the warning signs
        actions.signs_seen.connect(self._on_signs_seen)
        care.changed.connect(self._on_changed)
        care.past.known.connect(self._on_known)
        self._on_changed(care.view)

    def _on_changed(self, view: View) -> None:
        entries = self._care.episode.entries
        self._say_of_this_session(view, entries)
        self._said.say(
            Topic.SIGNS_AGAIN,
            LOOK_AGAIN if look_again(entries, self._looked) else "",
            action=tr("Warning signs"),
            act=self._actions.signs_asked.emit,
        )
        is_free = self._care.episode.pack is None
        failed = medicine_failed(self._care.episode, view.at) if is_free else ""
        self._said.say(Topic.MEDICINE, failed)
        relaxant = relaxant_question(self._care.episode, view.at) if is_free else ""
        self._said.say(Topic.RELAXANT, relaxant)
        self._said.say(Topic.ZONE, self._zone_advice(entries) if is_free else "")

    def _on_known(self) -> None:
        self._on_changed(self._care.view)

    def _say_of_this_session(self, view: View, entries: tuple[Entry, ...]) -> None:
        modality = view.modality if view.phase in _ON_OR_SOON else None
        # With the card it is asked there.
        is_asked = modality is not None and not self._care.needs_card(modality)
        over = cream_first(Modality.HEAT, entries, view.at) if modality is Modality.HEAT else ""
        text = over if is_asked and over else cream_caution(entries, view.at.wall)
        self._said.say(Topic.CREAM, text, tone=Tone.HEAT)
        asks = view.phase is Phase.APPLYING and is_asked
        self._said.say(
            Topic.DROWSY,
            stay_awake(entries) if asks else "",
            tone=Tone.HEAT,
            action=tr("Yes"),
            act=lambda: self._said.close(Topic.DROWSY),
            other=tr("No, I take it off"),
            act_other=lambda: self._actions.perform(Action.OFF),
        )

    def _on_signs_seen(self, looked: Moment) -> None:
        self._looked = looked
        self._on_changed(self._care.view)

    def _zone_advice(self, entries: tuple[Entry, ...]) -> str:
        if self._care.episode.onset is None or not last_text(entries, Diary.ZONE):
            return ""
        past = self._care.past
        past.ask()
        ended = past.ended
        if ended is None:
            return ""  # until it is known
        if ended is not self._read:
            self._read, self._earlier = ended, tuple(entries_of(each) for each in ended)
        return zone_advice((*self._earlier, entries))
