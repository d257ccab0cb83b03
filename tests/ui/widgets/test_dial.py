import math

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPaintEvent, QRegion
from pytestqt.qtbot import QtBot

from backtimer.ui.theme import Appearance, Theme, Tone
from backtimer.ui.widgets.dial import Dial


class WatchedDial(Dial):
    """A dial that remembers what it was asked to paint."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.painted = QRegion()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted = self.painted.united(event.region())
        super().paintEvent(event)


def show(
    dial: Dial, *, fraction: float = 0.6, time: str = "12:14", phase: str = "Ice is on"
) -> None:
    dial.set_state(
        tone=Tone.ICE,
        icon="ice",
        phase=phase,
        fraction=fraction,
        time=time,
        line="Take it off at 15:20",
    )


@pytest.fixture
def dial(qtbot: QtBot, theme: Theme) -> WatchedDial:
    made = WatchedDial(theme)
    qtbot.addWidget(made)
    made.resize(400, 400)
    show(made)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: not made.painted.isEmpty())
    made.painted = QRegion()
    return made


def picture(dial: Dial) -> QImage:
    return dial.grab().toImage()


def on_ring(dial: Dial, image: QImage, hours: float) -> QColor:
    """The colour in the middle of the ring, at an hour of a clock face."""
    radius = min(dial.width(), dial.height()) / 2 * (1 - 0.059)
    angle = hours / 12 * math.tau
    x = dial.width() / 2 + radius * math.sin(angle)
    y = dial.height() / 2 - radius * math.cos(angle)
    return image.pixelColor(round(x), round(y))


def test_the_arc_shows_the_time_left_clockwise_from_the_top(
    dial: WatchedDial, theme: Theme
) -> None:
    show(dial, fraction=0.5)
    image = picture(dial)
    tone = theme.tone(Tone.ICE)
    assert [on_ring(dial, image, hour) for hour in (1, 3, 5)] == [tone.accent] * 3
    assert [on_ring(dial, image, hour) for hour in (7, 9, 11)] == [tone.soft] * 3


@pytest.mark.parametrize(
    ("fraction", "filled"), [(1.0, True), (1.7, True), (0.0, False), (-1, False)]
)
def test_all_of_the_time_closes_the_ring_and_none_leaves_the_track(
    dial: WatchedDial, theme: Theme, fraction: float, filled: bool
) -> None:
    show(dial, fraction=fraction)
    image = picture(dial)
    tone = theme.tone(Tone.ICE)
    expected = tone.accent if filled else tone.soft
    assert [on_ring(dial, image, hour) for hour in range(12)] == [expected] * 12


def test_a_tick_paints_only_the_figure_that_changed(dial: WatchedDial, qtbot: QtBot) -> None:
    dial.set_time("12:13", 0.6)
    qtbot.waitUntil(lambda: not dial.painted.isEmpty())
    box = dial.painted.boundingRect()
    assert box.width() < 80
    assert box.height() < 100
    assert box.left() > dial.width() / 2


def test_a_tick_that_moves_the_head_paints_the_ring_only_there(
    dial: WatchedDial, qtbot: QtBot
) -> None:
    dial.set_time("12:14", 0.6 - 3 / (math.tau * 188))
    qtbot.waitUntil(lambda: not dial.painted.isEmpty())
    box = dial.painted.boundingRect()
    assert max(box.width(), box.height()) < 45
    assert box.top() > dial.height() / 2


def test_a_tick_that_changes_nothing_to_be_seen_paints_nothing(
    dial: WatchedDial, qtbot: QtBot
) -> None:
    dial.set_time("12:14", 0.6 - 0.2 / (math.tau * 188))
    dial.set_time("12:13", 0.6)
    qtbot.waitUntil(lambda: not dial.painted.isEmpty())
    assert not dial.painted.intersects(QRect(0, 0, 100, 400))


@pytest.mark.parametrize("total_s", [1200, 5400])
def test_after_many_ticks_the_window_shows_what_a_fresh_picture_shows(
    dial: WatchedDial, qtbot: QtBot, total_s: int
) -> None:
    for left_s in range(734, 700, -1):
        dial.painted = QRegion()
        dial.set_time(f"{left_s // 60}:{left_s % 60:02d}", left_s / total_s)
        qtbot.waitUntil(lambda: not dial.painted.isEmpty())
    seen = dial.screen().grabWindow(dial.winId()).toImage().convertToFormat(_FORMAT)
    fresh = picture(dial).convertToFormat(_FORMAT)
    # The edge of a curve may be a shade off where it was painted in pieces; a hole is far off.
    assert _most_apart(seen, fresh) < 64


_FORMAT = QImage.Format.Format_RGB32


def _most_apart(one: QImage, other: QImage) -> int:
    assert one.size() == other.size()
    ours, theirs = bytes(one.constBits()), bytes(other.constBits())
    return max(abs(a - b) for a, b in zip(ours, theirs, strict=True))


def test_the_name_is_phase_and_line_and_a_tick_leaves_it_alone(dial: WatchedDial) -> None:
    assert dial.accessibleName() == "Ice is on, Take it off at 15:20"
    dial.set_time("12:13", 0.5)
    assert dial.accessibleName() == "Ice is on, Take it off at 15:20"
    show(dial, phase="Rest")
    assert dial.accessibleName() == "Rest, Take it off at 15:20"


@pytest.mark.parametrize("side", [200, 374, 900])
@pytest.mark.parametrize("time", ["4:02", "+12:06", "1:29:59"])
def test_words_and_figures_stay_inside_the_ring_at_every_size(
    qtbot: QtBot, theme: Theme, side: int, time: str
) -> None:
    dial = Dial(theme)
    qtbot.addWidget(dial)
    dial.resize(side, side)
    show(dial, time=time, fraction=0, phase="Time for the very next session of ice, please")
    image = picture(dial)
    soft = theme.tone(Tone.ICE).soft
    assert all(on_ring(dial, image, step / 10) == soft for step in range(120))


def test_the_figures_are_larger_on_a_larger_dial(qtbot: QtBot, theme: Theme) -> None:
    heights = []
    for side in (200, 400, 800):
        dial = Dial(theme)
        qtbot.addWidget(dial)
        dial.resize(side, side)
        show(dial)
        picture(dial)
        heights.append(dial._figures.area().height())
    assert heights[1] / heights[0] == pytest.approx(2, rel=0.1)
    assert heights[2] / heights[1] == pytest.approx(2, rel=0.1)


def test_a_wide_place_has_the_dial_in_its_middle(qtbot: QtBot, theme: Theme) -> None:
    dial = Dial(theme)
    qtbot.addWidget(dial)
    dial.resize(800, 300)
    show(dial, fraction=1)
    image = picture(dial)
    card = theme.colors.card
    assert on_ring(dial, image, 3) == theme.tone(Tone.ICE).accent
    assert image.pixelColor(100, 150) == card
    assert image.pixelColor(700, 150) == card


def test_when_it_gets_dark_the_figures_do_not_stay_black(dial: WatchedDial, theme: Theme) -> None:
    picture(dial)
    theme.set_appearance(Appearance.DARK)
    image = picture(dial)
    area = dial._figures.area()
    shades = {
        image.pixelColor(x, area.center().y()).lightness() for x in range(area.left(), area.right())
    }
    assert max(shades) > 230


def test_a_phase_without_a_time_shows_none(dial: WatchedDial) -> None:
    show(dial, time="")
    picture(dial)
    assert dial._figures.area().isEmpty()
