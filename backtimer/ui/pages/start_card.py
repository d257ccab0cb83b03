"""The one card before the first session of a modality: cloth, and what speaks against it."""

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backtimer.domain.events import CardAnswer
from backtimer.domain.protocol import Modality
from backtimer.domain.safety import start_card
from backtimer.domain.wording import modality_name
from backtimer.domain.words import tr
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.tones import modality_tone
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.card import Card
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.scroll import ScrollPage
from backtimer.ui.widgets.tip import Tip


class StartCardPage(ScrollPage):
    """`answered(CardAnswer)` lets it begin; `closed()` means not now."""

    answered = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, modality: Modality, *, is_on: bool) -> None:
        """`is_on`: the pack is on already, put on from the command line."""
        page = QWidget()
        super().__init__(theme, page)
        self._theme = theme
        self._modality = modality
        self._is_on = is_on
        self._layout = QVBoxLayout(page)
        px = theme.px
        self._layout.setContentsMargins(px(28), px(16), px(28), px(24))
        self._card = self._question()
        self._layout.addStretch(1)
        self._layout.addWidget(self._card)
        self._layout.addStretch(2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == QtCore.Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def focus_main(self) -> None:
        """Put the keyboard on the answer that goes on."""
        self._main.setFocus()

    def _question(self) -> Card:
        theme, words = self._theme, start_card(self._modality)
        card = Card(theme)
        card.body.addWidget(Label(theme, words.title, role=Text.TITLE, wrap=True))
        card.body.addWidget(
            Tip(theme, modality_tone(self._modality), words.reminder, words.never_asleep)
        )
        card.body.addWidget(Label(theme, tr("Do you have any of these?"), wrap=True))
        against = Label(theme, "\n".join(f"•  {each}" for each in words.against), wrap=True)
        card.body.addWidget(against)
        card.body.addSpacing(theme.px(6))
        go_on = tr("None of these") if self._is_on else tr("None of these – start")
        self._main = self._answer(go_on, CardAnswer.NONE_OF_THESE)
        ask = PillButton(theme, tr("One of these – ask a professional first"))
        ask.clicked.connect(self._show_advice)
        card.body.addLayout(_row(theme, self._main, ask))
        return card

    def _answer(self, label: str, answer: CardAnswer) -> PillButton:
        button = PillButton(self._theme, label, primary=True, tone=modality_tone(self._modality))
        button.clicked.connect(lambda: self.answered.emit(answer))
        return button

    def _show_advice(self) -> None:
        theme = self._theme
        name = modality_name(self._modality)
        card = Card(theme)
        card.body.addWidget(Label(theme, tr("Please ask first"), role=Text.TITLE, wrap=True))
        advice = tr(
            "Ask a doctor, nurse or pharmacist whether {name} is right for you before you use it.",
            name=name,
        )
        card.body.addWidget(Label(theme, advice, wrap=True))
        if self._is_on:
            off = Tip(theme, Tone.OVERDUE, tr("Take it off now."), tr("Then press “Close”."))
            card.body.addWidget(off)
        agreed = PillButton(theme, tr("A clinician said it is all right"))
        agreed.clicked.connect(lambda: self.answered.emit(CardAnswer.CLINICIAN_AGREED))
        self._main = PillButton(
            theme, tr("Close"), primary=True, tone=modality_tone(self._modality)
        )
        self._main.clicked.connect(self.closed)
        card.body.addLayout(_row(theme, self._main, agreed))
        self._layout.replaceWidget(self._card, card)
        self._card.deleteLater()
        self._card = card
        self._main.setFocus()


def _row(theme: Theme, *buttons: PillButton) -> FlowLayout:
    row = FlowLayout(theme.px(10))
    for button in buttons:
        row.addWidget(button)
    return row
