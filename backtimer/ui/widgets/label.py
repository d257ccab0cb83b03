"""Text on a page: a QLabel in one of the theme's fonts, in the text colour or the muted one."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from backtimer.ui.theme import Text, Theme

_PLAIN_TEXT = 0  # Qt.TextFormat.PlainText, by number for the reason given in `ui/theme.py`


class Label(QLabel):
    """A line or, with `wrap`, a paragraph of plain text: what looks like markup is shown as is.

    Its colours come from the application's palette, so it follows light and dark by itself.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        role: Text = Text.BODY,
        muted: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("textFormat", _PLAIN_TEXT)
        self.setFont(theme.font(role))
        self.setWordWrap(wrap)
        if muted:
            self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
