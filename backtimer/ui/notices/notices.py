"""What has to be said across the page: one sentence at a time, the most pressing first."""

from collections.abc import Callable
from enum import IntEnum, auto
from typing import NamedTuple

from PySide6.QtCore import QObject

from backtimer.ui.theme import Tone
from backtimer.ui.widgets.banner import Banner


class Topic(IntEnum):
    """What a notice is about; an earlier one comes first."""

    TAKE_OFF = auto()
    BUG = auto()
    NOT_SAVED = auto()
    STILL_ON = auto()
    SKIN_CHECK = auto()
    NOT_REACHED = auto()
    REFUSED = auto()
    WAY_LOST = auto()
    KEEP_IN_SIGHT = auto()
    MAY_SLEEP = auto()
    AFTER_STOP = auto()
    CREAM = auto()
    DROWSY = auto()
    LATE_REMOVAL = auto()
    CHECK_ADVICE = auto()
    CHECK_IN = auto()
    HEAT_HELPS = auto()
    SIGNS_AGAIN = auto()
    MEDICINE = auto()
    RELAXANT = auto()
    ZONE = auto()
    NOTES = auto()
    TRY = auto()


class _Notice(NamedTuple):
    text: str
    tone: Tone
    action: str
    act: Callable[[], None] | None
    other: str
    act_other: Callable[[], None] | None
    dismiss: Callable[[], None] | None


class Notices(QObject):
    """Keeps one notice a topic and shows the first in the banner; closing one shows the next."""

    def __init__(self, banner: Banner) -> None:
        super().__init__()
        self._banner = banner
        self._notices: dict[Topic, _Notice] = {}
        self._shown: Topic | None = None
        self._listen()

    def say(
        self,
        topic: Topic,
        text: str,
        *,
        tone: Tone = Tone.NEUTRAL,
        action: str = "",
        act: Callable[[], None] | None = None,
        other: str = "",
        act_other: Callable[[], None] | None = None,
        dismiss: Callable[[], None] | None = None,
    ) -> None:
        """Say `text` about `topic` in place of what was said before; empty takes it back.

        `act` is what its button does, `act_other` what a second one does, `dismiss` what closing
        it means.
        """
        if text:
            self._notices[topic] = _Notice(text, tone, action, act, other, act_other, dismiss)
        else:
            self._notices.pop(topic, None)
        self._show_first()

    def show_in(self, banner: Banner) -> None:
        """Use another banner from now on."""
        self._banner.dismiss()
        self._banner.acted.disconnect(self._on_acted)
        self._banner.acted_other.disconnect(self._on_acted_other)
        self._banner.closed.disconnect(self._on_closed)
        self._banner = banner
        self._listen()
        self._show_first()

    def _listen(self) -> None:
        self._banner.acted.connect(self._on_acted)
        self._banner.acted_other.connect(self._on_acted_other)
        self._banner.closed.connect(self._on_closed)

    def _show_first(self) -> None:
        if not self._notices:
            self._shown = None
            self._banner.dismiss()
            return
        self._shown = min(self._notices)
        notice = self._notices[self._shown]
        icon = "info" if notice.tone is Tone.NEUTRAL else "warning"
        self._banner.show_message(
            notice.text, tone=notice.tone, icon=icon, action=notice.action, other=notice.other
        )

    def _on_acted(self) -> None:
        if self._shown and (act := self._notices[self._shown].act):
            act()

    def _on_acted_other(self) -> None:
        if self._shown and (act := self._notices[self._shown].act_other):
            act()

    def _on_closed(self) -> None:
        if self._shown is None:
            return
        dismiss = self._notices[self._shown].dismiss
        self.say(self._shown, "")
        if dismiss:
            dismiss()
