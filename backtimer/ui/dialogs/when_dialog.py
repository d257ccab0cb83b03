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
    """Asks for a moment between `earliest` and `latest`; `moment` is the answer once accepted.

    `likely` is what is shown at first; `quick` are answers of one click, those that can be.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        question: str,
        earliest: Moment,
        latest: Moment,
        likely: Moment,
        quick: Sequence[tuple[str, Moment]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.moment = likely
        self._earliest = earliest
        self._latest = latest
        self.setWindowTitle(question)
        self.setStyleSheet(form_style_sheet(theme))
        layout = column(self, theme, title=question, spacing=16)
        possible = [each for each in quick if self._within(each[1]) is each[1]]
        if possible:
            usual = FlowLayout(theme.px(8))
            for words, moment in possible:
                button = PillButton(theme, words)
                button.clicked.connect(lambda _=False, moment=moment: self._take(moment))
                usual.addWidget(button)
            layout.addLayout(usual)
        self._edit = WhenField(question, likely.wall)
        self._edit.set_range(earliest.wall, latest.wall)
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
        # The field knows whole minutes: what it shows is, within that minute, what was likely.
        wall = self._edit.wall()
        is_same = wall == self.moment.wall.replace(second=0, microsecond=0)
        self._take(self.moment if is_same else self._within(self.moment.at_wall(wall)))

    def _within(self, moment: Moment) -> Moment:
        if moment.since(self._latest) > 0:
            return self._latest
        return self._earliest if moment.since(self._earliest) < 0 else moment

    def _take(self, moment: Moment) -> None:
        self.moment = moment
        self.accept()
