"""Shows a phone the way to a private address: a QR code for the app ntfy."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from backtimer.domain.ports import PhonePairing
from backtimer.domain.words import tr
from backtimer.ui.dialogs.shape import answers, column
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.qr_code import QrCode

_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class PairingDialog(QDialog):
    """Accepted where the phone is to be told at `address`, which nobody else knows."""

    def __init__(self, theme: Theme, pairing: PhonePairing, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.address = pairing.new_address()
        link = pairing.link(self.address)
        title = tr("Ring my phone")
        self.setWindowTitle(title)
        code = QrCode(theme, pairing.modules(link))
        shown = Label(theme, link, role=Text.SMALL, muted=True, wrap=True)
        shown.setTextInteractionFlags(_SELECTABLE)
        shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        shown.setAccessibleName(tr("Link for the phone: {link}", link=link))
        how = Label(
            theme,
            tr(
                "Install the app ntfy on your phone, scan this, subscribe. "
                "Then use it, and press “Ring now”."
            ),
            wrap=True,
        )
        how.setMinimumWidth(theme.px(340))
        px = theme.px
        layout = column(self, theme, title=title)
        layout.addWidget(how)
        layout.addSpacing(px(4))
        layout.addWidget(code, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(shown)
        layout.addSpacing(px(6))
        layout.addLayout(self._buttons(theme))

    def _buttons(self, theme: Theme) -> FlowLayout:
        self.use = PillButton(theme, tr("Use it"), primary=True)
        self.use.setDefault(True)
        self.use.clicked.connect(self.accept)
        cancel = PillButton(theme, tr("Cancel"))
        cancel.clicked.connect(self.reject)
        return answers(theme, self.use, cancel)
