"""Asks when something was: a few usual answers, or a date and time."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from backtimer.domain.clock import Moment
from backtimer.domain.words import tr
from backtimer.ui.dialogs.shape import answers, column
from backtimer.ui.theme import Theme, form_style_sheet
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.when_field import WhenField


class WhenDialog(QDialog):
    """Asks for a moment between `earliest` and `now`; `moment` is the answer once accepted.

    `quick` are answers of one click: words, and how many seconds before `now`.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        question: str,
        earliest: Moment,
        now: Moment,
        quick: Sequence[tuple[str, float]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.moment = now
        self._now = now
        self.setWindowTitle(question)
        self.setStyleSheet(form_style_sheet(theme))
        layout = column(self, theme, title=question, spacing=16)
        if quick:
            usual = FlowLayout(theme.px(8))
            for words, ago_s in quick:
                button = PillButton(theme, words)
                button.clicked.connect(lambda _=False, ago_s=ago_s: self._take(-ago_s))
                usual.addWidget(button)
            layout.addLayout(usual)
        self._edit = WhenField(question, now.wall)
        self._edit.set_range(earliest.wall, now.wall)
        layout.addWidget(self._edit)
        layout.addLayout(self._buttons(theme))

    def _buttons(self, theme: Theme) -> FlowLayout:
        take = PillButton(theme, tr("Use this time"), primary=True)
        take.setDefault(True)
        take.clicked.connect(self._on_take)
        cancel = PillButton(theme, tr("Cancel"))
        cancel.clicked.connect(self.reject)
        return answers(theme, take, cancel)

    def _on_take(self) -> None:
        # The field knows whole minutes; a time within this one is now.
        this_minute = self._now.wall.replace(second=0, microsecond=0)
        self._take(min(0.0, self._edit.wall().timestamp() - this_minute.timestamp()))

    def _take(self, seconds: float) -> None:
        self.moment = self._now.after(seconds)
        self.accept()
