"""The settings page: a form made from the declarations, saved as it is changed."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from backtimer.domain.declared import DECLARED
from backtimer.domain.errors import BacktimerError
from backtimer.domain.protocol_words import in_words
from backtimer.domain.setting import Group, Setting
from backtimer.domain.settings import Settings
from backtimer.domain.words import tr
from backtimer.services.settings import SettingsService
from backtimer.ui.pages.setting_editors import editor, show_value
from backtimer.ui.theme import Text, Theme, form_style_sheet
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.card import Card, Line
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.scroll import ScrollPage
from backtimer.ui.widgets.setting_row import SettingRow

_WIDE_PX = 700


class SettingsPage(ScrollPage):
    """Shows and changes the settings of the service.

    Signal `routine_asked()`: another routine is to be chosen.
    """

    routine_asked = Signal()

    def __init__(self, theme: Theme, settings: SettingsService) -> None:
        page = QWidget()
        super().__init__(theme, page)
        self._theme = theme
        self._settings = settings
        self._rows: dict[str, tuple[SettingRow, QWidget]] = {}
        self.change_routine = PillButton(theme, tr("Change…"))
        self.change_routine.clicked.connect(self.routine_asked)
        self._routine_row = SettingRow(
            theme, label=" ", hint=" ", source="", editor=self.change_routine
        )
        self._lay_out(page)
        settings.changed.connect(self._show)
        theme.changed.connect(self._dress)
        self._dress()
        self._show(settings.current)

    def show_setting(self, key: str) -> None:
        """Bring the setting `key` before the person, and the keyboard on it."""
        row, widget = self._rows[key]
        widget.setFocus()
        # Once the page has its size.
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        super().resizeEvent(event)
        wide = self.viewport().width() >= self._theme.px(_WIDE_PX)
        direction = QBoxLayout.Direction
        across = direction.LeftToRight if wide else direction.TopToBottom
        self._head.setDirection(across)
        self._columns.setDirection(across)

    def _dress(self) -> None:
        self.setStyleSheet(form_style_sheet(self._theme))

    def _show(self, settings: Settings) -> None:
        name = tr("Routine: {name}", name=settings.routine_name)
        self._routine_row.set_label(name)
        self._routine_row.set_hint(in_words(settings.rules()))
        self.change_routine.setAccessibleName(tr("{routine}. Change", routine=name))
        for key, (_, widget) in self._rows.items():
            show_value(widget, settings.get(key))

    def _on_changed(self, setting: Setting, value: object) -> None:
        row, widget = self._rows[setting.key]
        if self._try(row, lambda: self._settings.set(setting.key, value)):
            row.say(setting.hint_for(self._settings.current.get(setting.key)))
        show_value(widget, self._settings.current.get(setting.key))

    def _on_reset(self) -> None:
        def reset() -> None:
            self._settings.change(lambda settings: settings.reset())

        if self._try(self._routine_row, reset):
            for row, _ in self._rows.values():
                row.say("")

    def _try(self, row: SettingRow, change: Callable[[], None]) -> bool:
        try:
            change()
        except BacktimerError as error:
            row.say(str(error), problem=True)
            return False
        row.say("")
        return True

    def _lay_out(self, page: QWidget) -> None:
        theme, px = self._theme, self._theme.px
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(Label(theme, tr("Settings"), role=Text.TITLE))
        self._head.addStretch(1)
        self._head.addWidget(Label(theme, tr("Changes are saved as you make them"), muted=True))
        sessions = self._card(tr("Sessions"), Group.SESSIONS, first=self._routine_row)
        reminders = self._card(tr("Reminders"), Group.REMINDERS)
        program = self._card(tr("This program"), Group.PROGRAM)
        reset = PillButton(theme, tr("Reset to the usual values"))
        reset.clicked.connect(self._on_reset)
        program.body.addSpacing(px(8))
        program.body.addWidget(reset)
        right = QVBoxLayout()
        right.setSpacing(px(20))
        right.addWidget(reminders)
        right.addWidget(program)
        right.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(sessions)
        left.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(20))
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(px(28), px(16), px(28), px(24))
        layout.setSpacing(px(18))
        layout.addLayout(self._head)
        layout.addLayout(self._columns)
        layout.addStretch(1)

    def _card(self, title: str, group: Group, first: SettingRow | None = None) -> Card:
        card = Card(self._theme, title, " ")
        card.body.setSpacing(0)
        card.body.addSpacing(self._theme.px(6))
        shown = (each for each in DECLARED.values() if each.group is group and each.in_form)
        rows = [*([first] if first else []), *(self._row(each) for each in shown)]
        for row in rows:
            card.body.addWidget(row)
            if row is not rows[-1]:
                card.body.addWidget(Line(self._theme))
        return card

    def _row(self, setting: Setting) -> SettingRow:
        widget = editor(self._theme, setting, lambda value: self._on_changed(setting, value))
        row = SettingRow(
            self._theme,
            label=setting.label,
            hint=setting.hint,
            source=setting.source_text(),
            editor=widget,
        )
        self._rows[setting.key] = (row, widget)
        return row
