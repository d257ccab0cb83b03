"""Where messages to the phone go: addresses, or one that is made for the app ntfy."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from backtimer.domain.declared import declared
from backtimer.domain.errors import BacktimerError
from backtimer.domain.ports import PhonePairing
from backtimer.domain.settings import Settings
from backtimer.domain.words import tr
from backtimer.services.settings import SettingsService
from backtimer.ui.dialogs.pairing_dialog import PairingDialog
from backtimer.ui.pages.setting_editors import editor, show_value
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.label import Label

_KEY = "phone_urls"


class PhoneEditor(QWidget):
    """Saves on Enter and when it is left. Signal `changed()`: other addresses are in force."""

    changed = Signal()

    def __init__(self, theme: Theme, settings: SettingsService, pairing: PhonePairing) -> None:
        super().__init__()
        self._theme = theme
        self._settings = settings
        self._pairing = pairing
        setting = declared(_KEY)
        line = editor(theme, setting, self._save)
        assert isinstance(line, QLineEdit)
        self._line = line
        self._line.setPlaceholderText(tr("No address yet"))
        self.pair = PillButton(theme, tr("Use the ntfy app…"))
        self.pair.clicked.connect(self._on_pair)
        self._told = Label(theme, role=Text.SMALL, wrap=True)
        self._told.setForegroundRole(QPalette.ColorRole.BrightText)
        self._told.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self._line, 1)
        row.addWidget(self.pair)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(6), 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addLayout(row)
        layout.addWidget(self._told)
        settings.changed.connect(self._show)
        self._show(settings.current)

    def _show(self, settings: Settings) -> None:
        show_value(self._line, settings.get(_KEY))

    def _save(self, value: object) -> None:
        if value == self._settings.current.get(_KEY):
            self._say("")
            return
        try:
            self._settings.change(lambda settings: settings.with_value(_KEY, value))
        except BacktimerError as error:
            self._say(str(error))
            return
        self._say("")
        self.changed.emit()

    def _say(self, problem: str) -> None:
        self._told.setText(problem)
        self._told.setVisible(bool(problem))
        self._line.setProperty("wrong", bool(problem))
        self._line.style().polish(self._line)

    def _on_pair(self) -> None:
        dialog = PairingDialog(self._theme, self._pairing, parent=self.window())
        dialog.accepted.connect(lambda: self._add(dialog.address))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _add(self, address: str) -> None:
        self._save((*self._settings.current.texts(_KEY), address))
