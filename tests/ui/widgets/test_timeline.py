import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPaintEvent, QRegion
from pytestqt.qtbot import QtBot

from backtimer.ui.theme import Theme, Tone
from backtimer.ui.widgets.timeline import Bar, BarKind, DayTimeline
from tests.ui.pointer import point_at

BARS = [
    Bar(430, 450, BarKind.DONE, Tone.ICE, "07:10 ice, done"),
    Bar(720, 740, BarKind.MISSED, Tone.ICE, "12:00 ice, skipped"),
    Bar(1080, 1100, BarKind.PLANNED, Tone.ICE, "18:00 ice, planned"),
]


class WatchedTimeline(DayTimeline):
    """A timeline that remembers what it was asked to paint."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.painted = QRegion()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted = self.painted.united(event.region())
        super().paintEvent(event)


@pytest.fixture
def day(qtbot: QtBot, theme: Theme) -> WatchedTimeline:
    made = WatchedTimeline(theme)
    qtbot.addWidget(made)
    made.resize(540, made.sizeHint().height())
    show(made)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: not made.painted.isEmpty())
    made.painted = QRegion()
    return made


def show(day: DayTimeline, *, now_min: float | None = 900, bars: list[Bar] = BARS) -> None:
    day.set_day(bars, from_min=360, to_min=1440, now_min=now_min, words="Today: 1 of 3 done")


def greys(day: DayTimeline, bar: Bar) -> tuple[int, int]:
    """The lightness of a bar at its edge and inside."""
    image = day.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rect = day._bar_rect(bar)
    y = round(rect.center().y())
    edge, inside = round(rect.left() + 0.3), round(rect.center().x())
    return image.pixelColor(edge, y).lightness(), image.pixelColor(inside, y).lightness()


def test_it_says_in_words_what_the_bars_show(day: DayTimeline) -> None:
    assert day.accessibleName() == "Today: 1 of 3 done"
    assert day.accessibleDescription() == (
        "07:10 ice, done; 12:00 ice, skipped; 18:00 ice, planned"
    )


def test_done_planned_and_missed_differ_without_colour(day: DayTimeline) -> None:
    done, missed, planned = (greys(day, bar) for bar in BARS)
    groove = 246
    assert done[1] < 120
    assert 150 < planned[1] < 220
    assert missed[1] > groove - 6
    assert missed[0] < 200


def test_bars_stand_where_their_time_is(day: DayTimeline) -> None:
    # Half a pixel is a minute here.
    lefts = [day._bar_rect(bar).left() for bar in BARS]
    assert lefts == pytest.approx([35, 180, 360])


def test_the_tooltip_says_what_is_under_the_pointer(day: DayTimeline) -> None:
    point_at(day, QPoint(185, 25))
    assert day.toolTip() == "12:00 ice, skipped"
    point_at(day, QPoint(260, 25))
    assert day.toolTip() == ""


def test_the_pin_moves_alone(qtbot: QtBot, day: WatchedTimeline) -> None:
    day.set_now(906)
    qtbot.waitUntil(lambda: not day.painted.isEmpty())
    box = day.painted.boundingRect()
    assert box.width() < 20
    assert box.contains(QPoint(273, 25))


def test_a_minute_that_moves_it_by_no_pixel_paints_nothing(
    qtbot: QtBot, day: WatchedTimeline
) -> None:
    day.set_now(900.2)
    show(day, now_min=900.2)
    day.set_now(960)
    qtbot.waitUntil(lambda: not day.painted.isEmpty())
    box = day.painted.boundingRect()
    assert box.width() < 45


def test_without_a_now_there_is_no_pin(day: DayTimeline, theme: Theme) -> None:
    pin = day._pin_rect(900).center().toPoint()
    assert day.grab().toImage().pixelColor(pin) == theme.colors.text
    show(day, now_min=None)
    assert day.grab().toImage().pixelColor(pin) != theme.colors.text


def test_new_sessions_are_painted(qtbot: QtBot, day: WatchedTimeline) -> None:
    show(day, bars=BARS[:1])
    qtbot.waitUntil(lambda: day.painted.contains(QPoint(365, 25)))
    assert day.accessibleDescription() == "07:10 ice, done"


@pytest.mark.parametrize(("width", "step_h"), [(540, 3), (110, 6), (60, 12)])
def test_hours_are_left_out_before_they_touch(
    day: DayTimeline, theme: Theme, width: int, step_h: int
) -> None:
    day.resize(width, 62)
    from_label_to_label = day._hour_step(14 * theme.unit)
    assert from_label_to_label == step_h * 60


def test_nothing_leaves_the_line_at_its_ends(day: DayTimeline) -> None:
    late = Bar(1430, 1450, BarKind.PLANNED, Tone.HEAT, "late")
    assert day._bar_rect(late).right() <= day.width()
    assert day._pin_rect(1440).right() <= day.width() + 1
    assert day._pin_rect(100).left() >= -1


def test_pointer_positions_are_those_of_the_widget(day: DayTimeline) -> None:
    assert day._bar_rect(BARS[0]).contains(QPointF(36, 20))
    assert day.hasMouseTracking()
    assert day.focusPolicy() is Qt.FocusPolicy.NoFocus
