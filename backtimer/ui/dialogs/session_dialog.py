"""Corrects when a session was: when its pack went on, and when it came off."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from backtimer.domain import commands as cmd
from backtimer.domain.errors import Refused
from backtimer.domain.session import Session
from backtimer.domain.wording import capitalised, modality_name
from backtimer.domain.words import tr
from backtimer.ui.dialogs.shape import answers, column
from backtimer.ui.theme import Text, Theme, form_style_sheet
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.when_field import WhenField

_WIDTH = 320


class SessionDialog(QDialog):
    """Asks when `session`, which took place, really was; `command` once accepted.

    `check` raises `Refused` for a command that cannot be; its sentence is shown instead.
    """

    def __init__(
        self,
        theme: Theme,
        session: Session,
        *,
        check: Callable[[cmd.CorrectSession], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._check = check
        name = capitalised(modality_name(session.plan.modality))
        self.setWindowTitle(tr("Correct the session"))
        self.setStyleSheet(form_style_sheet(theme))
        removed = session.last.removed or session.begun
        self.begun = WhenField(tr("It went on"), session.begun.wall)
        self.removed = WhenField(tr("It came off"), removed.wall)
        self.save = PillButton(theme, tr("Save"), primary=True)
        self.cancel = PillButton(theme, tr("Cancel"))
        self._told = Label(theme, role=Text.SMALL, wrap=True)
        self._told.hide()
        self._lay_out(theme, tr("{name}: when was it really?", name=name))
        self.save.setDefault(True)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.reject)

    @property
    def command(self) -> cmd.CorrectSession:
        """What to do for what was filled in."""
        return cmd.CorrectSession(
            of=self._session.of, begun=self.begun.wall(), removed=self.removed.wall()
        )

    def _on_save(self) -> None:
        try:
            self._check(self.command)
        except Refused as refused:
            self._told.setText(str(refused))
            self._told.show()
            announce(self._told, str(refused))
        else:
            self.accept()

    def _lay_out(self, theme: Theme, question: str) -> None:
        px = theme.px
        self.setMinimumWidth(px(_WIDTH))
        layout = column(self, theme, title=question, spacing=8)
        for field in (self.begun, self.removed):
            layout.addSpacing(px(6))
            layout.addWidget(Label(theme, field.accessibleName(), role=Text.SMALL, muted=True))
            layout.addWidget(field)
        layout.addWidget(self._told)
        layout.addSpacing(px(10))
        layout.addLayout(answers(theme, self.save, self.cancel))
