"""Asks one question with two answers, the safe one at hand."""

from PySide6.QtWidgets import QDialog, QWidget

from backtimer.ui.dialogs.shape import answers, column
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.button import PillButton
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
        layout = column(self, theme, title=question)
        told = Label(theme, text, wrap=True)
        told.setMinimumWidth(theme.px(340))
        layout.addWidget(told)
        layout.addSpacing(theme.px(6))
        layout.addLayout(answers(theme, self.no, self.yes))
        self.no.setDefault(True)
        self.no.setFocus()
