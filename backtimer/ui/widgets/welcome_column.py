"""The small cards beside the first clock: one below the other, or two in a row."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from backtimer.ui.theme import Theme
from backtimer.ui.widgets.welcome_card import WelcomeCard

_TWO_PX = 520  # two in a row from this width on


class Words(NamedTuple):
    """What a card says, and what its button does."""

    title: str
    text: str
    action: str


class WelcomeColumn(QWidget):
    """`show_cards({key: words})`; hidden where there are none. It never takes the keyboard.

    Signals: `acted(str)`, `closed(str)` with the key of the card; `changed()` when there are
    others; `left()` when the keyboard was on the last card that went.
    """

    acted = Signal(str)
    closed = Signal(str)
    changed = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cards: dict[str, WelcomeCard] = {}
        self._shown: tuple[str, ...] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(12))
        self.hide()

    @property
    def cards(self) -> Mapping[str, WelcomeCard]:
        """Those that are shown, by key and in their order."""
        return {key: self._cards[key] for key in self._shown}

    def show_cards(self, words: Mapping[str, Words]) -> None:
        """Show these and no others."""
        for key, each in words.items():
            if key not in self._cards:
                self._cards[key] = self._made(key)
            self._cards[key].set_words(*each)
        if tuple(words) != self._shown:
            self._hand_on_focus(tuple(words))
            self._shown = tuple(words)
            self._arrange()
            self.setVisible(bool(words))
            self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two in a row where there is room."""
        super().resizeEvent(event)
        if self._columns_that_fit() != self._columns:
            self._arrange()

    def _made(self, key: str) -> WelcomeCard:
        card = WelcomeCard(self._theme)
        card.acted.connect(lambda: self.acted.emit(key))
        card.closed.connect(lambda: self.closed.emit(key))
        return card

    def _hand_on_focus(self, staying: tuple[str, ...]) -> None:
        """Where the keyboard is on a card that goes, put it on the next that stays.

        Else Qt hands it to whatever comes next, and Space presses that.
        """
        focused: QWidget | None = QApplication.focusWidget()
        held = [key for key, each in self.cards.items() if focused and each.isAncestorOf(focused)]
        if not held or held[0] in staying:
            return
        after = self._shown[self._shown.index(held[0]) :]
        following = [key for key in (*after, *staying) if key in staying]
        if following:
            self._cards[following[0]].close_button.setFocus()
        else:
            self.left.emit()

    def _columns_that_fit(self) -> int:
        return 2 if self.width() >= self._theme.px(_TWO_PX) else 1

    def _arrange(self) -> None:
        self._columns = self._columns_that_fit()
        for key, card in self._cards.items():
            self._grid.removeWidget(card)
            if key not in self._shown:  # to hide the others for a moment would take the keyboard
                card.hide()
        for index, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, index // self._columns, index % self._columns)
            card.show()
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < self._columns))
