"""The fields of an entry that fit what it is about: words, a number, or one of a few answers."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from backtimer.domain.diary import HEAT_SOURCES, SPASM_MOST_MIN, TOPICS, ZONES, Entry
from backtimer.domain.events import Topic
from backtimer.domain.words import tr
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.label import Label

_TEXT_HEIGHT = 64

# What a person writes by hand, the most usual first; the rest comes from elsewhere.
_OFFERED = (
    Topic.NOTE,
    Topic.MEDICINE,
    Topic.CREAM,
    Topic.WATER,
    Topic.SPASM_MIN,
    Topic.ZONE,
    Topic.SPREAD,
    Topic.FEELS,
    Topic.TRIGGER,
    Topic.SYMPTOM,
    Topic.SLEEP,
    Topic.WALKING,
    Topic.WORK,
    Topic.SKIN,
    Topic.HEAT_SOURCE,
    Topic.HEAT_HELPS,
    Topic.RELAXANT,
    Topic.DROWSY,
    Topic.OTHER_CARE,
    Topic.QUESTION,
    Topic.HISTORY,
)
_NUMBERED = frozenset({Topic.SPASM_MIN, Topic.WALK, Topic.CHECK_IN})
# Saying that it was is all there is to say.
_ENOUGH = frozenset({Topic.CREAM, Topic.WATER, Topic.RELAXANT, Topic.DROWSY, Topic.FLARE_OVER})


class EntryFields(QWidget):
    """Asks what it is about, unless `topic` is a rating (None), and for what belongs to that.

    changed: it is about something else.
    """

    changed = Signal()

    def __init__(self, theme: Theme, topic: Topic | None) -> None:
        super().__init__()
        self._about = topic
        self.topics = QComboBox()
        self.topics.setAccessibleName(tr("What it is about"))
        self.answers = QComboBox()
        self.answers.setAccessibleName(tr("Answer"))
        self.count = QSpinBox()
        self.count.setAccessibleName(tr("Number"))
        self.words = QPlainTextEdit()
        self.words.setAccessibleName(tr("In your words"))
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.px(_TEXT_HEIGHT))
        for each in _OFFERED:
            self.topics.addItem(TOPICS[each], each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(4), 0, 0)
        layout.setSpacing(theme.px(10))
        self._caption = Label(theme, tr("And, if you like"), role=Text.SMALL, muted=True)
        for widget in (self._caption, self.topics, self.answers, self.count, self.words):
            layout.addWidget(widget)
        self.topics.currentIndexChanged.connect(self._on_topic)
        self._show_fields()

    @property
    def topic(self) -> Topic:
        """What the entry is about."""
        return self._about or Topic.NOTE

    @property
    def text(self) -> str:
        """The words or the answer."""
        if self._answers_of(self._about):
            return str(self.answers.currentData() or "")
        return self.words.toPlainText().strip()

    @property
    def number(self) -> int | None:
        """The number, where one belongs to it."""
        return self.count.value() if self._about in _NUMBERED else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write down."""
        return not self.text and self._about not in (*_ENOUGH, *_NUMBERED)

    def show_entry(self, entry: Entry) -> None:
        """Show how an entry reads; what it is about stays."""
        self._caption.hide()
        self.topics.hide()
        self._about = entry.topic
        self._show_fields()
        if self._answers_of(entry.topic):
            self.answers.setCurrentIndex(self.answers.findData(entry.text))
        self.words.setPlainText(entry.text)
        if entry.number is not None:
            self.count.setValue(entry.number)

    def focus(self) -> None:
        """Put the keyboard where words go."""
        (self.answers if self.answers.isVisibleTo(self) else self.words).setFocus()

    def _on_topic(self) -> None:
        self._about = Topic(self.topics.currentData())
        self._show_fields()
        self.changed.emit()

    def _show_fields(self) -> None:
        answers = self._answers_of(self._about)
        self.answers.setVisible(bool(answers))
        self.answers.clear()
        for key, words in answers.items():
            self.answers.addItem(words, key)
        most = SPASM_MOST_MIN if self._about is Topic.SPASM_MIN else 24 * 3600
        self.count.setRange(1, most)
        self.count.setSuffix(tr(" min") if self._about is Topic.SPASM_MIN else "")
        self.count.setVisible(self._about in _NUMBERED)
        self.words.setVisible(not answers)
        about = "" if self._about in (None, Topic.NOTE) else TOPICS[self.topic]
        self.words.setPlaceholderText(about or tr("In your words"))

    def _answers_of(self, topic: Topic | None) -> Mapping[str, str]:
        match topic:
            case Topic.ZONE:
                return ZONES
            case Topic.HEAT_SOURCE:
                return HEAT_SOURCES
            case Topic.HEAT_HELPS:
                return {"yes": tr("yes"), "no": tr("no")}
            case _:
                return {}
