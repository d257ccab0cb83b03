from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette, QScreen
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backtimer.ui.colors import Colors, Tone, dark_colors, light_colors, mixed
from backtimer.ui.theme import Appearance, Text, Theme, form_style_sheet
from backtimer.ui.widgets.sign import inks

APPEARANCES = [pytest.param(light_colors, id="light"), pytest.param(dark_colors, id="dark")]
READABLE = 4.5


class Hints(QObject):
    """The part of QStyleHints that a theme asks, with a system that can be turned dark."""

    colorSchemeChanged = Signal(Qt.ColorScheme)  # noqa: N815  Qt's name

    def __init__(self, scheme: Qt.ColorScheme) -> None:
        super().__init__()
        self.scheme = scheme
        self.told: list[Qt.ColorScheme | None] = []

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802
        return self.scheme

    def setColorScheme(self, scheme: Qt.ColorScheme) -> None:  # noqa: N802
        self.told.append(scheme)

    def unsetColorScheme(self) -> None:  # noqa: N802
        self.told.append(None)

    def turn(self, scheme: Qt.ColorScheme) -> None:
        self.scheme = scheme
        self.colorSchemeChanged.emit(scheme)


class Application:
    """The part of QApplication that a theme asks, with a font and a palette of its own."""

    def __init__(self, *, font_px: int = 13, dark: bool = False) -> None:
        scheme = Qt.ColorScheme
        self.hints = Hints(scheme.Dark if dark else scheme.Light)
        self.shown_font = QFont("Sans Serif")
        self.shown_font.setPixelSize(font_px)
        self.shown_palette = QPalette(QColor("#202020" if dark else "#f0f0f0"))

    def styleHints(self) -> Hints:  # noqa: N802
        return self.hints

    def primaryScreen(self) -> QScreen:  # noqa: N802
        return QApplication.primaryScreen()

    def font(self) -> QFont:
        return self.shown_font

    def setFont(self, font: QFont) -> None:  # noqa: N802
        self.shown_font = font

    def palette(self) -> QPalette:
        return self.shown_palette

    def setPalette(self, palette: QPalette) -> None:  # noqa: N802
        self.shown_palette = palette


def theme_of(application: Application, appearance: Appearance = Appearance.SYSTEM) -> Theme:
    return Theme(cast("QApplication", application), appearance)


pytestmark = pytest.mark.usefixtures("qapp")


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


@pytest.mark.parametrize("made", APPEARANCES)
@pytest.mark.parametrize("ground", ["background", "card", "nav", "groove"])
@pytest.mark.parametrize("ink", ["text", "muted"])
def test_text_can_be_read_on_every_ground(
    made: Callable[[], Colors], ground: str, ink: str
) -> None:
    colors = made()
    assert contrast(getattr(colors, ink), getattr(colors, ground)) >= READABLE


@pytest.mark.parametrize("made", APPEARANCES)
@pytest.mark.parametrize("tone", Tone)
def test_the_words_of_a_tone_can_be_read(made: Callable[[], Colors], tone: Tone) -> None:
    colors = made()
    accent, soft, on_accent = colors.tones[tone]
    assert contrast(accent, colors.card) >= READABLE
    assert contrast(accent, colors.background) >= READABLE
    assert contrast(accent, soft) >= READABLE
    assert contrast(on_accent, accent) >= READABLE
    assert contrast(colors.text, soft) >= READABLE


@pytest.mark.parametrize("made", APPEARANCES)
@pytest.mark.parametrize("tone", Tone)
def test_the_words_of_a_button_can_be_read_while_it_is_pressed(
    made: Callable[[], Colors], tone: Tone
) -> None:
    accent, _, on_accent = made().tones[tone]
    assert contrast(on_accent, mixed(accent, on_accent, 0.07)) >= READABLE


def test_mixing_goes_from_the_ground_to_the_ink() -> None:
    black, white = QColor("black"), QColor("white")
    assert mixed(black, white, 0) == black
    assert mixed(black, white, 0.5).red() == pytest.approx(127, abs=1)
    assert mixed(black, white, 1) == white


def test_a_theme_is_as_dark_as_the_system() -> None:
    assert theme_of(Application(dark=True)).dark
    assert not theme_of(Application(dark=False)).dark


def test_it_follows_the_system_live_and_says_so(qtbot: QtBot) -> None:
    application = Application(dark=False)
    theme = theme_of(application)
    with qtbot.waitSignal(theme.changed):
        application.hints.turn(Qt.ColorScheme.Dark)
    assert theme.dark
    assert theme.colors == dark_colors()
    assert application.palette().window().color() == dark_colors().background


def test_what_the_person_chose_wins_over_the_system(qtbot: QtBot) -> None:
    application = Application(dark=True)
    theme = theme_of(application, Appearance.LIGHT)
    assert not theme.dark
    with qtbot.assertNotEmitted(theme.changed):
        application.hints.turn(Qt.ColorScheme.Light)
        application.hints.turn(Qt.ColorScheme.Dark)
    assert not theme.dark


def test_choosing_changes_colours_palette_and_title_bar(qtbot: QtBot) -> None:
    application = Application(dark=False)
    theme = theme_of(application)
    with qtbot.waitSignal(theme.changed):
        theme.set_appearance(Appearance.DARK)
    assert theme.appearance is Appearance.DARK
    assert theme.tone(Tone.ICE) == dark_colors().tones[Tone.ICE]
    assert application.palette().windowText().color() == dark_colors().text
    assert application.hints.told == [Qt.ColorScheme.Dark]


def test_going_back_to_the_system_asks_it_again() -> None:
    application = Application(dark=False)
    theme = theme_of(application, Appearance.LIGHT)
    application.hints.scheme = Qt.ColorScheme.Dark
    theme.set_appearance(Appearance.SYSTEM)
    assert theme.dark
    assert application.hints.told == [None]


def test_choosing_what_is_shown_already_announces_nothing(qtbot: QtBot) -> None:
    theme = theme_of(Application(dark=False))
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_appearance(Appearance.LIGHT)


def test_a_system_whose_palette_misled_is_corrected_once_settled() -> None:
    application = Application(dark=False)
    application.hints.scheme = Qt.ColorScheme.Dark
    theme = theme_of(application)
    assert not theme.dark
    theme.settle()
    assert theme.dark


def test_a_system_that_does_not_say_is_taken_by_its_palette() -> None:
    application = Application(dark=True)
    application.hints.scheme = Qt.ColorScheme.Unknown
    theme = theme_of(application)
    theme.settle()
    assert theme.dark


@pytest.mark.parametrize(("font_px", "unit"), [(9, 1.0), (13, 1.0), (26, 2.0)])
def test_everything_scales_with_the_systems_font_but_never_below_the_design(
    font_px: int, unit: float
) -> None:
    theme = theme_of(Application(font_px=font_px))
    assert theme.unit == unit
    assert theme.px(20) == 20 * unit
    assert theme.font(Text.TITLE).pixelSize() == 20 * unit


def test_a_font_size_in_points_counts_too() -> None:
    application = Application()
    application.shown_font.setPointSizeF(19.5)
    points_per_pixel = 72 / QApplication.primaryScreen().logicalDotsPerInch()
    expected = 19.5 / points_per_pixel / 13
    assert theme_of(application).unit == pytest.approx(expected)


def test_figures_are_all_equally_wide() -> None:
    metrics = QFontMetricsF(theme_of(Application()).font_of(90, 700))
    widths = [metrics.horizontalAdvance(figure) for figure in "0123456789"]
    assert max(widths) - min(widths) < 0.5


def test_the_style_of_forms_has_every_gap_filled_and_scales() -> None:
    small = form_style_sheet(theme_of(Application(font_px=13)))
    large = form_style_sheet(theme_of(Application(font_px=26)))
    for sheet in (small, large):
        assert "@" not in sheet
        assert "{{" not in sheet
    assert "min-height: 34px" in small
    assert "min-height: 68px" in large


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_what_is_wrong_can_be_read_on_a_card(appearance: Appearance) -> None:
    application = Application()
    theme = theme_of(application, appearance)
    wrong = application.shown_palette.color(QPalette.ColorRole.BrightText)
    assert contrast(wrong, theme.colors.card) >= READABLE


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("tone", Tone)
def test_a_sign_can_be_read_on_its_ground(appearance: Appearance, tone: Tone) -> None:
    colors = inks(theme_of(Application(), appearance), tone)
    for ink in (colors.words, colors.time, colors.line, colors.button):
        assert contrast(ink, colors.ground) >= READABLE
    assert contrast(colors.on_button, colors.button) >= READABLE
