"""A line through any number of points."""

from PySide6.QtGui import QPainterPath

from backtimer.ui.widgets.polyline import polyline


def corners(path: QPainterPath) -> list[tuple[float, float, bool]]:
    """Each point, and whether a new line begins there."""
    elements = [path.elementAt(n) for n in range(path.elementCount())]
    return [(each.x, each.y, each.isMoveTo()) for each in elements]


def test_few_points_are_all_on_it() -> None:
    path = polyline([(0, 5), (10, 3), (20, 4)], [True, False, False])
    assert corners(path) == [(0, 5, True), (10, 3, False), (20, 4, False)]


def test_a_new_line_begins_where_it_is_said() -> None:
    path = polyline([(0, 5), (10, 3), (10, 4)], [True, False, True])
    assert [each[2] for each in corners(path)] == [True, False, True]


def test_no_point_is_no_line() -> None:
    assert polyline([], []).isEmpty()


def test_of_thousands_of_points_the_extremes_stay() -> None:
    points = [(n / 1000, float(n % 11)) for n in range(100_000)]
    path = polyline(points, [n == 0 for n in range(len(points))])
    assert path.elementCount() <= 4 * 101
    rect = path.boundingRect()
    assert (rect.top(), rect.bottom()) == (0, 10)
