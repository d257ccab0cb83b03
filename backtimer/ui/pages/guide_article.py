"""One text of the guide on its card: title, paragraphs, points, and small its sources."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backtimer.domain.words import tr
from backtimer.ui.guide_texts import Block, BlockKind, GuideText
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.card import Card, Line
from backtimer.ui.widgets.label import Label

_MOST_PX = 640  # longer lines are hard to read
_TOP = Qt.AlignmentFlag.AlignTop
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


class Article(Card):
    """Put what belongs to the text before the last item of `body`, which is its sources."""

    def __init__(self, theme: Theme, text: GuideText) -> None:
        super().__init__(theme)
        px = theme.px
        self.setMaximumWidth(px(_MOST_PX))
        self.setAccessibleName(text.title)
        pad = px(26)
        self.body.setContentsMargins(pad, px(22), pad, px(22))
        self.body.setSpacing(px(9))
        self.body.addWidget(_words(theme, text.title, Text.TITLE))
        for block in text.blocks:
            self._add(theme, block)
        self.body.addWidget(_sources(theme, text.sources))

    def _add(self, theme: Theme, block: Block) -> None:
        match block.kind:
            case BlockKind.HEADING:
                self.body.addSpacing(theme.px(8))
                self.body.addWidget(_words(theme, block.text, Text.STRONG))
            case BlockKind.POINT:
                self.body.addLayout(_point(theme, block.text))
            case BlockKind.PARAGRAPH:
                self.body.addWidget(_words(theme, block.text, Text.BODY))


def _words(theme: Theme, text: str, role: Text) -> Label:
    label = Label(theme, text, role=role, wrap=True)
    label.setTextInteractionFlags(_SELECTABLE)
    return label


def _point(theme: Theme, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(10))
    row.addWidget(Label(theme, "•", muted=True), 0, _TOP)
    row.addWidget(_words(theme, text, Text.BODY), 1)
    return row


def _sources(theme: Theme, sources: tuple[str, ...]) -> QWidget:
    foot = QWidget()
    layout = QVBoxLayout(foot)
    layout.setContentsMargins(0, theme.px(8), 0, 0)
    layout.setSpacing(theme.px(10))
    layout.addWidget(Line(theme))
    named = tr("From: {sources}.", sources="; ".join(sources))
    label = Label(theme, named, role=Text.SMALL, muted=True, wrap=True)
    label.setTextInteractionFlags(_SELECTABLE)
    layout.addWidget(label)
    return foot
