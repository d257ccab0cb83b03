from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from backtimer.paths import resource
from backtimer.ui.theme import Theme, Tone
from backtimer.ui.widgets import svg
from backtimer.ui.widgets.icon import app_icon, icon_pixmap, paint_icon, themed_icon
from backtimer.ui.widgets.tray_icon import tray_icon, tray_pixmap

pytestmark = pytest.mark.usefixtures("qapp")

BLUE = QColor("#1565c0")
FILES = sorted(resource("icons").glob("*.svg"))
SIDE = 96


def empty() -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("white"))
    return image


def as_painted(name: str) -> QImage:
    image = empty()
    painter = QPainter(image)
    paint_icon(painter, name, QRectF(0, 0, SIDE, SIDE), BLUE)
    painter.end()
    return image


def as_qt_draws(file: Path) -> QImage:
    image = empty()
    text = file.read_text(encoding="utf-8").replace("currentColor", BLUE.name())
    painter = QPainter(image)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, SIDE, SIDE))
    painter.end()
    return image


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_icon_looks_as_any_other_program_would_draw_it(file: Path) -> None:
    ours, theirs = as_painted(file.stem), as_qt_draws(file)
    pairs = zip(bytes(ours.constBits()), bytes(theirs.constBits()), strict=True)
    far = sum(abs(one - other) > 96 for one, other in pairs)
    assert far < SIDE * SIDE * 4 * 0.004
    assert ours != empty()


@pytest.mark.parametrize("name", ["ice", "heat", "rest", "bell", "clock", "calendar", "chart",
                                  "book", "gear", "pause", "check", "warning", "info", "close",
                                  "cloth", "backtimer"])  # fmt: skip
def test_every_icon_that_the_design_names_is_there(name: str) -> None:
    assert name in {file.stem for file in FILES}


def test_an_icon_that_is_not_there_is_a_mistake_of_ours() -> None:
    with pytest.raises(FileNotFoundError):
        icon_pixmap("no-such-icon", BLUE, 24)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_picture_has_the_pixels_of_its_screen(ratio: float) -> None:
    pixmap = icon_pixmap("clock", BLUE, 24, ratio)
    assert pixmap.width() == 24 * ratio
    assert pixmap.deviceIndependentSize().width() == 24


@pytest.mark.parametrize("color", ["#1565c0", "#ff9d66"])
def test_an_icon_takes_the_colour_it_is_asked_in(color: str) -> None:
    image = icon_pixmap("pause", QColor(color), 48).toImage()
    # The middle of the left bar.
    assert image.pixelColor(17, 24) == QColor(color)


def test_the_programs_icon_has_every_size_of_a_task_bar() -> None:
    assert {size.width() for size in app_icon().availableSizes()} >= {16, 32, 48, 256}
    assert not themed_icon("gear", BLUE).isNull()


@pytest.mark.parametrize(
    "text",
    [
        '<svg stroke="none"><text x="1">no</text></svg>',
        '<svg stroke="none"><path d="M 1 1 A 3 3 0 0 1 4 4"/></svg>',
        '<svg stroke="none"><path d="M 1 1 l 3 3"/></svg>',
    ],
)
def test_what_it_cannot_read_it_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="an icon may not have"):
        svg.parse(text)


def test_comments_and_closing_tags_are_no_shapes() -> None:
    text = '<svg fill="none" stroke="#000000"><!-- a line --><path d="M 1 1 H 5"></path></svg>'
    assert len(svg.parse(text)) == 1


def ink(theme: Theme, tone: Tone, text: str, size: int) -> list[tuple[int, int]]:
    """The pixels in which there is more of the text's colour than of the ground's."""
    image = tray_pixmap(theme, tone, text, size).toImage()
    return [
        (x, y)
        for x in range(size)
        for y in range(size)
        if image.pixelColor(x, y).alpha() > 200 and image.pixelColor(x, y).lightness() > 170
    ]


@pytest.mark.parametrize("size", [16, 22, 24, 32, 64])
@pytest.mark.parametrize("text", ["4", "12", "90", "120", "!"])
def test_the_number_in_the_tray_is_large_and_whole(theme: Theme, size: int, text: str) -> None:
    places = ink(theme, Tone.ICE, text, size)
    left, right = min(x for x, _ in places), max(x for x, _ in places)
    top, bottom = min(y for _, y in places), max(y for _, y in places)
    assert left >= 1 or size == 16
    assert right <= size - 1
    assert bottom - top + 1 >= size * (0.3 if len(text) > 2 else 0.42)


def test_the_tray_shows_the_tone_as_its_ground(theme: Theme) -> None:
    for tone in Tone:
        ground = tray_pixmap(theme, tone, "", 32).toImage().pixelColor(16, 3)
        # The same in a dark theme: what the panel's colour is, nobody can know.
        assert ground == theme.tone(tone).accent


def test_without_a_number_the_tray_shows_an_icon(theme: Theme) -> None:
    plain = tray_pixmap(theme, Tone.REST, "", 32).toImage()
    assert tray_pixmap(theme, Tone.REST, "", 32, icon="rest").toImage() != plain


def test_the_tray_gets_every_size_it_may_ask_for(theme: Theme) -> None:
    sizes = {size.width() for size in tray_icon(theme, Tone.ICE, "12").availableSizes()}
    assert sizes >= {16, 22, 24, 32}
