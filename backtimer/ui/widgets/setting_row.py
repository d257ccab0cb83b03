"""A row of a form: label and hint, an editor, and below them what there is to say about it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backtimer.domain.words import tr
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.button import IconButton
from backtimer.ui.widgets.label import Label


class SettingRow(QWidget):
    """`say(text)` shows a sentence under the row, empty for none; `problem` marks a refusal.

    source: what the info button tells, on demand; without one there is no button.
    """

    said = Signal(str)

    def __init__(
        self, theme: Theme, *, label: str, hint: str, source: str, editor: QWidget
    ) -> None:
        super().__init__()
        self._theme = theme
        self._source = source
        px = theme.px
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self._title = Label(theme, label, wrap=True)
        self._title.setBuddy(editor)
        words.addWidget(self._title)
        self._hint = Label(theme, hint, role=Text.SMALL, muted=True, wrap=True)
        self._hint.setVisible(bool(hint))
        words.addWidget(self._hint)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addLayout(words, 1)
        if source:
            info = IconButton(theme, "info", tr("Where “{label}” is from", label=label))
            info.clicked.connect(self._on_info)
            row.addWidget(info)
        row.addWidget(editor)
        self._told = Label(theme, role=Text.SMALL, muted=True, wrap=True)
        self._told.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, px(7), 0, px(7))
        layout.setSpacing(px(6))
        layout.addLayout(row)
        layout.addWidget(self._told)

    def set_label(self, label: str) -> None:
        """Change the words of the label."""
        self._title.setText(label)

    def set_hint(self, hint: str) -> None:
        """Change the line under the label."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def say(self, text: str, *, problem: bool = False) -> None:
        """Say something about the value under it; a screen reader is told too."""
        self._told.setText(text)
        role = QPalette.ColorRole
        self._told.setForegroundRole(role.BrightText if problem else role.PlaceholderText)
        self._told.setVisible(bool(text))
        if text:
            self.said.emit(text)

    def _on_info(self) -> None:
        shown = self._told.isVisible() and self._told.text() == self._source
        self.say("" if shown else self._source)
