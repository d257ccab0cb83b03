"""Writes or corrects an entry of the diary in ten seconds: a digit, perhaps a word, Enter."""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from backtimer.domain import commands as cmd
from backtimer.domain import diary
from backtimer.domain.clock import Moment
from backtimer.domain.diary import Entry
from backtimer.domain.errors import BacktimerError
from backtimer.domain.events import Topic
from backtimer.domain.words import tr
from backtimer.ui.dialogs.entry_fields import EntryFields
from backtimer.ui.dialogs.shape import answers, size_over
from backtimer.ui.theme import Text, Theme, form_style_sheet
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.card import Card
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.pain_scale import PainScale
from backtimer.ui.widgets.scroll import ScrollPage
from backtimer.ui.widgets.segments import Segments
from backtimer.ui.widgets.when_field import WhenField

_WIDTH, _HEIGHT = 520, 500
_EARLIER = "earlier"


class EntryDialog(QDialog):
    """Asks for a new entry, or with `entry` for how it is to read; `commands` once accepted.

    `entries` are those of the episode, by which creams are counted.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        now: Moment,
        entries: tuple[Entry, ...] = (),
        entry: Entry | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = now
        self._entries = entries
        self._entry = entry
        self.setWindowTitle(tr("Correct the entry") if entry else tr("Add entry"))
        self.setStyleSheet(form_style_sheet(theme))
        self.pain = PainScale(theme)
        self.fields = EntryFields(theme, entry.topic if entry else Topic.NOTE)
        choices = (("now", tr("Now")), (_EARLIER, tr("Earlier")))
        self.since = Segments(theme, choices, name=tr("When it was"))
        self.when = WhenField(tr("When it was"), now.wall)
        self.save = PillButton(theme, tr("Save"), primary=True)
        self.cancel = PillButton(theme, tr("Cancel"))
        self._told = Label(theme, role=Text.SMALL, wrap=True)
        self._lay_out()
        self._connect()
        if entry:
            self.pain.set_value(entry.number if entry.topic is None else None)
            self.fields.show_entry(entry)
        self._warn()
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Large enough for all, not larger than the window it is over."""
        return size_over(self, self._theme, _WIDTH, _HEIGHT)

    @property
    def commands(self) -> tuple[cmd.Command, ...]:
        """What to do for what was filled in; nothing where nothing was."""
        fields, nrs = self.fields, self.pain.value()
        if self._entry:
            number = nrs if self._entry.topic is None else fields.number
            of = self._entry.of
            return (cmd.CorrectEntry(of=of, text=fields.text, number=number),)
        if nrs is not None and fields.topic is Topic.NOTE:
            return (cmd.RatePain(nrs=nrs, note=fields.text, was=self.was),)
        rated = () if nrs is None else (cmd.RatePain(nrs=nrs, was=self.was),)
        if fields.is_empty:
            return rated
        topic, text, number = fields.topic, fields.text, fields.number
        return (*rated, cmd.Log(topic=topic, text=text, number=number, was=self.was))

    @property
    def was(self) -> datetime | None:
        """When it was, as the clock read; None: now."""
        return self.when.wall() if self.when.isVisibleTo(self) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit for the pain, wherever it is not written into a field."""
        text = event.text()
        if len(text) == 1 and text in "0123456789" and self.pain.isVisible():
            self.pain.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter in the words save; with Shift it begins a line."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._on_save()
                return True
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self.save.setDefault(True)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.reject)
        self.pain.rated.connect(self._on_rated)
        self.fields.changed.connect(self._warn)
        self.since.chosen.connect(self._on_since)
        self.when.dateTimeChanged.connect(self._warn)
        self.fields.words.installEventFilter(self)

    def _on_rated(self) -> None:
        # A digit and Enter are a whole entry.
        self.fields.focus()
        self._say("")

    def _on_since(self, chosen: str) -> None:
        self.when.setVisible(chosen == _EARLIER)
        if chosen == _EARLIER:
            self.when.setFocus()
            self.when.setSelectedSection(WhenField.Section.HourSection)
        self._warn()

    def _on_save(self) -> None:
        commands = self.commands
        try:
            for each in commands:
                _check(each, self._entry, self._now)
        except BacktimerError as error:
            self._say(str(error))
            return
        if commands:
            self.accept()
        else:
            self._say(tr("Press a digit for the pain, or write a word."))

    def _warn(self) -> None:
        if self.fields.topic is not Topic.CREAM or self._entry:
            self._say("")
            return
        used = diary.creams_of_day(self._entries, self.was or self._now.wall)
        told = tr("No heat over cream.")
        if used >= diary.CREAMS_A_DAY:
            often = tr("No more than three to four times a day: this is number {n}.", n=used + 1)
            told = tr("{often} {told}", often=often, told=told)
        self._say(told)

    def _say(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))
        if text:
            announce(self._told, text)

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        page = QWidget()
        whole = QVBoxLayout(page)
        whole.setContentsMargins(px(24), px(22), px(24), px(8))
        whole.setSpacing(px(14))
        whole.addWidget(Label(theme, self.windowTitle(), role=Text.TITLE, wrap=True))
        card = Card(theme)
        form = card.body
        whole.addWidget(card)
        whole.addStretch(1)
        is_pain = self._entry is None or self._entry.topic is None
        if is_pain:
            asked = tr("Pain, 0 none to 10 worst")
            form.addWidget(Label(theme, asked, role=Text.SMALL, muted=True))
            form.addWidget(self.pain)
        else:
            self.pain.hide()
        form.addWidget(self.fields)
        form.addWidget(self._times())
        form.addWidget(self._told)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, px(20))
        layout.setSpacing(px(10))
        layout.addWidget(ScrollPage(theme, page), 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(24), 0, px(24), 0)
        foot.addLayout(answers(theme, self.save, self.cancel))
        layout.addLayout(foot)
        (self.pain if is_pain else self.fields).setFocus()

    def _times(self) -> QWidget:
        """When a new entry was; how one was corrected does not change that."""
        row = QWidget()
        flow = FlowLayout(self._theme.px(10), parent=row)
        for each in (self.since, self.when):
            flow.addWidget(each)
        self.when.hide()
        row.setVisible(self._entry is None)
        return row


def _check(command: cmd.Command, entry: Entry | None, now: Moment) -> None:
    """Raise `Refused` for what the diary does not take."""
    match command:
        case cmd.RatePain():
            diary.check(None, command.note, command.nrs)
            diary.when_it_was(command.was, now)
        case cmd.Log():
            diary.check(command.topic, command.text, command.number)
            diary.when_it_was(command.was, now)
        case cmd.CorrectEntry() if entry:
            diary.check(entry.topic, command.text, command.number)
        case _:
            raise AssertionError(command)
