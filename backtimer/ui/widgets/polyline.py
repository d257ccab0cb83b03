"""A line through many points as a path: thousands of them cost no more than the pixels have."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

Pair = tuple[float, float]


def polyline(points: Sequence[Pair], begins: Sequence[bool]) -> QPainterPath:
    """The path through `points`, from left to right; a new line where `begins` says so.

    Of those that stand in one column of pixels the first, the highest, the lowest and the last
    are kept.
    """
    path = QPainterPath()
    column: list[Pair] = []
    is_new = True
    for point, begin in zip(points, begins, strict=True):
        if column and (begin or round(point[0]) != round(column[0][0])):
            _add(path, column, is_new=is_new)
            column, is_new = [], begin
        column.append(point)
    if column:
        _add(path, column, is_new=is_new)
    return path


def _add(path: QPainterPath, column: list[Pair], *, is_new: bool) -> None:
    if len(column) > 4:
        heights = [y for _, y in column]
        x = column[0][0]
        column = [column[0], (x, min(heights)), (x, max(heights)), column[-1]]
    for index, (x, y) in enumerate(column):
        if index == 0 and is_new:
            path.moveTo(QPointF(x, y))
        else:
            path.lineTo(QPointF(x, y))
