"""Asks one question with two answers, the safe one at hand."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label


class AskDialog(QDialog):
    """Accepted by `yes`; `no`, Escape and closing change nothing."""

    def __init__(
        self, theme: Theme, *, question: str, text: str, yes: str, no: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.yes = PillButton(theme, yes)
        self.no = PillButton(theme, no, primary=True)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        px = theme.px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(22), px(24), px(22))
        layout.setSpacing(px(12))
        layout.addWidget(Label(theme, question, role=Text.TITLE, wrap=True))
        told = Label(theme, text, wrap=True)
        told.setMinimumWidth(px(340))
        layout.addWidget(told)
        layout.addSpacing(px(6))
        answers = FlowLayout(px(10))
        answers.addWidget(self.no)
        answers.addWidget(self.yes)
        layout.addLayout(answers)
        self.no.setDefault(True)
        self.no.setFocus()
