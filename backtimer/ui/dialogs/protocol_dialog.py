"""Choosing a routine: each explained in two lines with its source, and copies to edit."""

from collections.abc import Iterator

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from backtimer.domain.errors import BacktimerError
from backtimer.domain.library import PROTOCOLS
from backtimer.domain.protocol_words import in_words
from backtimer.domain.settings import COPY_NAME_MOST, Settings
from backtimer.domain.words import tr
from backtimer.services.settings import SettingsService
from backtimer.ui.dialogs.shape import answers, column, size_over
from backtimer.ui.theme import Text, Theme, form_style_sheet
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.choice_row import ChoiceRow
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.scroll import ScrollPage

_WIDTH, _HEIGHT = 560, 640


class ProtocolDialog(QDialog):
    """Sets the routine in `settings`. Signal `copied()`: there is a copy, to be edited now."""

    copied = Signal()

    def __init__(self, theme: Theme, settings: SettingsService, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings
        self.setWindowTitle(tr("Choose a routine"))
        self.setStyleSheet(form_style_sheet(theme))
        self.rows: dict[str, ChoiceRow] = {}
        self.use = PillButton(theme, tr("Use it"), primary=True)
        self.copy = PillButton(theme, tr("Copy to edit…"))
        self.cancel = PillButton(theme, tr("Cancel"))
        self.name = QLineEdit()
        self.make_copy = PillButton(theme, tr("Make the copy"), primary=True)
        self._title = Label(theme, self.windowTitle(), role=Text.TITLE, wrap=True)
        self._problem = Label(theme, wrap=True)
        self._question = Label(theme, wrap=True)
        self._steps = QStackedWidget()
        self._lay_out()
        self._connect()
        # Else Qt would make it as high as all of the list.
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Large enough to read, not larger than the window it is over."""
        return size_over(self, self._theme, _WIDTH, _HEIGHT)

    @property
    def chosen(self) -> str:
        """The key of the routine that is marked."""
        return next(key for key, row in self.rows.items() if row.isChecked())

    def _connect(self) -> None:
        self.use.setDefault(True)
        self.use.clicked.connect(self._on_use)
        self.cancel.clicked.connect(self.reject)
        self.copy.clicked.connect(self._on_copy)
        self.make_copy.clicked.connect(self._on_make_copy)

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the one in force into sight, once the list has its size."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._show_chosen)

    def _show_chosen(self) -> None:
        # While one is let go and the other is not yet marked, there is none.
        for row in self.rows.values():
            if row.isChecked():
                self._list.ensureWidgetVisible(row)

    def _on_use(self) -> None:
        self._change(self._settings.current.with_protocol(self.chosen))

    def _on_copy(self) -> None:
        """Go on to the second step."""
        name = self.rows[self.chosen].accessibleName()
        self._title.setText(tr("Copy to edit"))
        self._question.setText(
            tr("A copy of “{name}” with lengths of your own. What shall it be called?", name=name)
        )
        self._problem.hide()
        self._steps.setCurrentIndex(1)
        self.use.hide()
        self.copy.hide()
        self.make_copy.show()
        self.make_copy.setDefault(True)
        self.name.setFocus()

    def _on_make_copy(self) -> None:
        name = self.name.text().strip()
        try:
            changed = self._settings.current.with_protocol(self.chosen).with_copy(name)
        except BacktimerError as error:
            self._say(str(error))
            return
        if self._change(changed):
            self.copied.emit()

    def _change(self, changed: Settings) -> bool:
        try:
            self._settings.change(lambda _: changed)
        except BacktimerError as error:
            self._say(str(error))
            return False
        self.accept()
        return True

    def _say(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.show()
        announce(self._problem, text)

    def _name_form(self) -> QWidget:
        form = QWidget()
        layout = QVBoxLayout(form)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.px(12))
        self._question.setBuddy(self.name)
        self.name.setAccessibleName(tr("Name of the copy"))
        self.name.setPlaceholderText(tr("my physio’s"))
        self.name.setMaxLength(COPY_NAME_MOST)
        layout.addWidget(self._question)
        layout.addWidget(self.name)
        layout.addStretch(1)
        return form

    def _choices(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, self._theme.px(6), 0)
        layout.setSpacing(self._theme.px(4))
        for key, name, lines in routines(self._settings.current):
            row = self.rows[key] = ChoiceRow(self._theme, name, lines)
            row.setChecked(key == self._settings.current.protocol)
            row.toggled.connect(self._show_chosen)
            layout.addWidget(row)
        layout.addStretch(1)
        return page

    def _lay_out(self) -> None:
        theme = self._theme
        self._list = ScrollPage(theme, self._choices())
        self._steps.addWidget(self._list)
        self._steps.addWidget(self._name_form())
        words = tr("A change takes effect from the next session. One that goes on stays as it is.")
        note = Label(theme, words, role=Text.SMALL, muted=True, wrap=True)
        self._problem.hide()
        self.make_copy.hide()
        layout = column(self, theme)
        layout.addWidget(self._title)
        layout.addWidget(self._steps, 1)
        layout.addWidget(self._problem)
        layout.addWidget(note)
        layout.addLayout(answers(theme, self.use, self.make_copy, self.copy, self.cancel))
        self.rows[self._settings.current.protocol].setFocus()


def routines(settings: Settings) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Every routine that can be chosen: key, name, what it does, and where it is from."""
    for key, each in PROTOCOLS.items():
        yield key, each.name, (each.explanation, tr("Source: {source}.", source=each.source))
    for key, copy in settings.copies.items():
        told = tr("{words}.", words=in_words(settings.with_protocol(key).rules()))
        yield key, copy.name, (told, tr("Your copy of “{name}”.", name=PROTOCOLS[copy.course].name))
