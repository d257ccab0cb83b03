"""The one card before the first session of a modality: cloth, and what speaks against it."""

from PySide6 import QtCore
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from backtimer.domain.clock import Moment
from backtimer.domain.diary import HEAT_SOURCES
from backtimer.domain.events import CardAnswer
from backtimer.domain.protocol import Modality
from backtimer.domain.safety import CardQuestions, source_advice, start_card
from backtimer.domain.wording import day_and_time, modality_name
from backtimer.domain.words import tr
from backtimer.ui.dialogs.shape import answers
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.tones import modality_tone
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.card import Card
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.scroll import ScrollPage
from backtimer.ui.widgets.source_pills import SourcePills
from backtimer.ui.widgets.tip import Tip

_WIDE_PX = 620
_TOP = QtCore.Qt.AlignmentFlag.AlignTop


class StartCardPage(ScrollPage):
    """`answered(CardAnswer)` lets it begin; `closed()` means not now.

    `signs_asked()`: the warning signs are wanted. `source` is what heat comes from, empty for cold.
    """

    answered = Signal(object)
    closed = Signal()
    signs_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        modality: Modality,
        questions: CardQuestions,
        *,
        is_on: bool,
        began: Moment | None = None,
    ) -> None:
        """`is_on`: the pack is on already, put on from the command line.

        `began`: when the pain of an episode began that begins with this card.
        """
        page = QWidget()
        super().__init__(theme, page)
        self._theme = theme
        self._modality = modality
        self._questions = questions
        self._is_on = is_on
        self._began = began
        self._layout = QVBoxLayout(page)
        px = theme.px
        self._layout.setContentsMargins(px(28), px(16), px(28), px(24))
        self._card = self._asking = self._question()
        self._advice: Card | None = None
        self._layout.addStretch(1)
        self._layout.addWidget(self._card)
        self._layout.addStretch(2)

    @property
    def source(self) -> str:
        """What heat comes from: a key of `diary.HEAT_SOURCES`."""
        return self._source

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns of what speaks against it where there is room."""
        super().resizeEvent(event)
        wide = self.viewport().width() >= self._theme.px(_WIDE_PX)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == QtCore.Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def focus_main(self) -> None:
        """Put the keyboard on the answer that goes on; on “Close” once that is asked elsewhere."""
        (self._main if self._card is self._asking else self._close).setFocus()

    def _question(self) -> Card:
        theme, words = self._theme, start_card(self._modality)
        tone, asked = modality_tone(self._modality), self._questions
        card = Card(theme)
        if self._began:
            began = tr("It began {time}.", time=day_and_time(self._began.wall))
            card.body.addWidget(Label(theme, began, role=Text.SMALL, muted=True))
        card.body.addWidget(Label(theme, words.title, role=Text.TITLE, wrap=True))
        if asked.first:
            card.body.addWidget(Tip(theme, Tone.OVERDUE, asked.first))
        card.body.addWidget(Tip(theme, tone, words.reminder, words.never_asleep))
        self._add_sources(card)
        card.body.addWidget(Label(theme, tr("Do you have any of these?"), wrap=True))
        card.body.addLayout(self._list(words.against))
        if asked.stay_awake:
            card.body.addWidget(Label(theme, asked.stay_awake, role=Text.STRONG, wrap=True))
        card.body.addSpacing(theme.px(6))
        self._main = self._answer(self._go_on_words(), CardAnswer.NONE_OF_THESE)
        self._ask = PillButton(theme, tr("One of these – ask a professional first"))
        self._ask.clicked.connect(self._show_advice)
        card.body.addLayout(answers(theme, self._main, self._ask))
        return card

    def _list(self, against: tuple[str, ...]) -> QBoxLayout:
        """What speaks against it, in two columns where there is room, to be seen at a glance."""
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(0)
        half = -(-len(against) // 2)
        for part in (against[:half], against[half:]):
            lines = "\n".join(f"•  {each}" for each in part)
            self._columns.addWidget(Label(self._theme, lines, wrap=True), 1, _TOP)
        return self._columns

    def _go_on_words(self) -> str:
        if self._questions.stay_awake and self._is_on:
            return tr("None of these, and I stay awake")
        if self._questions.stay_awake:
            return tr("None of these, I stay awake – start")
        return tr("None of these") if self._is_on else tr("None of these – start")

    def _add_sources(self, card: Card) -> None:
        self._source = self._questions.source
        if not self._source:
            return
        theme = self._theme
        card.body.addWidget(Label(theme, tr("What does the heat come from?"), wrap=True))
        tone = modality_tone(self._modality)
        choices = SourcePills(theme, HEAT_SOURCES, self._source, tone)
        advice = Label(theme, source_advice(self._source), role=Text.SMALL, muted=True, wrap=True)

        def on_chosen(key: str) -> None:
            self._source = key
            advice.setText(source_advice(key))

        choices.chosen.connect(on_chosen)
        card.body.addWidget(choices)
        card.body.addWidget(advice)

    def _answer(self, label: str, answer: CardAnswer) -> PillButton:
        button = PillButton(self._theme, label, primary=True, tone=modality_tone(self._modality))
        button.clicked.connect(lambda: self.answered.emit(answer))
        return button

    def _show_advice(self) -> None:
        """Say whom to ask, in place of the question, and what can be done without a pack."""
        if self._advice is None:
            self._advice = self._advising()
        self._put(self._advice)
        self._close.setFocus()

    def _show_question(self) -> None:
        """Go back to the question, as it was left."""
        self._put(self._asking)
        self._ask.setFocus()

    def _put(self, card: Card) -> None:
        if card is not self._card:
            self._layout.replaceWidget(self._card, card)
            self._card.hide()
            card.show()
            self._card = card
            # Its title first, once the page has its size.
            QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(0))

    def _advising(self) -> Card:
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
        meanwhile = tr(
            "Until then you can still note your pain in the journal, and read the guide:"
            " neither needs {name}.",
            name=name,
        )
        card.body.addWidget(Label(theme, meanwhile, muted=True, wrap=True))
        card.body.addSpacing(theme.px(6))
        self._close = PillButton(
            theme, tr("Close"), primary=True, tone=modality_tone(self._modality)
        )
        back = PillButton(theme, tr("Back"))
        signs = PillButton(theme, tr("Warning signs"))
        agreed = PillButton(theme, tr("A clinician said it is all right"))
        self._close.clicked.connect(self.closed)
        back.clicked.connect(self._show_question)
        signs.clicked.connect(self.signs_asked)
        agreed.clicked.connect(lambda: self.answered.emit(CardAnswer.CLINICIAN_AGREED))
        card.body.addLayout(answers(theme, self._close, back, signs, agreed))
        return card
