"""Text on paper: paragraphs that wrap, and lists that are cut to so many lines."""

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption

from backtimer.domain.words import tr

INK = QColor("#14202B")
MUTED = QColor("#55636F")
_FAMILIES = ["Inter", "Noto Sans", "DejaVu Sans", "Segoe UI", "Helvetica Neue", "Arial"]
_BREAKS = str.maketrans({"\n": " ", "\r": " ", "\0": "�"})


@lru_cache(maxsize=32)
def font(size: int, weight: int = 400) -> QFont:
    """The font of `size` tenths of a point; the screen's grid does not bend it."""
    made = QFont(_FAMILIES)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


class Paragraph:
    """`text` in lines of `width`. `share`: 0 at the left, 1 at the right."""

    def __init__(self, text: str, face: QFont, width: float, *, share: float = 0.0) -> None:
        self._layout = QTextLayout(text.translate(_BREAKS), face)
        option = QTextOption()
        # A person's own words run in their own direction, but begin where the others do.
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        right = Qt.AlignmentFlag.AlignRight
        option.setAlignment(right if share else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self.height = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, self.height))
            self.height += line.height() * 1.04
        self._layout.endLayout()

    @property
    def width(self) -> float:
        """How wide its words are."""
        return self._layout.maximumWidth()

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return self._layout.lineCount()

    def paint(self, painter: QPainter, at: QPointF, ink: QColor = INK) -> float:
        """Write it from the corner `at` on, and return its height."""
        painter.setPen(QPen(ink))
        self._layout.draw(painter, at)
        return self.height


def fitted(items: Sequence[str], face: QFont, width: float, most: int) -> str:
    """As many of `items` as `most` lines hold, and how many more there are."""
    items = [_isolated(each) for each in items]

    def fits(text: str) -> bool:
        return Paragraph(text, face, width).lines <= most

    if not items or fits(_joined(items, len(items))):
        return _joined(items, len(items))
    shown = _most(len(items), lambda n: fits(_joined(items, n)))
    if shown:
        return _joined(items, shown)
    first = items[0]
    letters = _most(len(first), lambda n: fits(_cut(first, n, len(items) - 1)))
    return _cut(first, letters, len(items) - 1)


def _joined(items: Sequence[str], shown: int) -> str:
    said = "; ".join(items[:shown])
    left = len(items) - shown
    return tr("{said} … ({n} more)", said=said, n=left) if left else said


def _cut(text: str, letters: int, left: int) -> str:
    cut = f"{text[:letters]}…"
    return tr("{cut} ({n} more)", cut=cut, n=left) if left else cut


def _most(most: int, fits: Callable[[int], bool]) -> int:
    """The largest number below `most` that fits; 0 where none does."""
    least = 0
    while most - least > 1:
        middle = (least + most) // 2
        if fits(middle):
            least = middle
        else:
            most = middle
    return least


def _isolated(text: str) -> str:
    """`text` such that its direction does not turn what stands beside it."""
    turns = {"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDI", "PDF"}
    if any(unicodedata.bidirectional(each) in turns for each in text):
        return f"\u2068{text}\u2069"
    return text
