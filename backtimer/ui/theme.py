"""The look: colours by role, fonts by role, and the one factor by which everything scales.

Nothing that is made or painted before the first picture stands may touch the `Qt` namespace of
QtCore: creating its enums takes longer than showing the window. So here, and in `widgets`, it
is reached as `QtCore.Qt`, which PySide fills on first use, and only in what runs later.
"""

import math
from enum import Enum

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from backtimer.paths import resource
from backtimer.ui.colors import Colors, Tone, ToneColors, dark_colors, light_colors, mixed

__all__ = ["Appearance", "Text", "Theme", "Tone", "form_style_sheet"]

# The sizes in this package are those of a window whose system font has this many pixels.
_DESIGN_FONT_PX = 13
MASTER_PX = 48


class Appearance(Enum):
    """What the person chose: follow the system, or always light, or always dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Text(Enum):
    """The roles of text: size in design pixels, and weight."""

    TITLE = (20, 700)
    BODY = (15, 400)
    STRONG = (14, 700)
    TIP = (14, 400)
    SMALL = (13, 400)
    CAPTION = (11, 400)
    BUTTON = (16, 600)
    BUTTON_LARGE = (19, 600)
    CHOSEN = (13, 700)
    NAV = (12, 400)
    NAV_CHOSEN = (12, 600)


def _pixels(font: QFont, app: QApplication) -> float:
    """Return the font's size in logical pixels without loading it, which takes long."""
    if font.pixelSize() > 0:
        return font.pixelSize()
    return font.pointSizeF() * app.primaryScreen().logicalDotsPerInch() / 72


class Theme(QObject):
    """The look in force.

    Made once, before the first widget: it gives the application its palette and its font, so
    that standard widgets and labels fit, and changes them when the appearance changes, live.
    A painted widget asks for its colours each time it paints, and a new palette makes every
    widget paint again, so nothing needs to connect to `changed` but what caches a colour.

    unit: how much larger than designed everything is, at least 1, from the system's font size.
    changed: emitted after light became dark or the reverse.
    """

    changed = Signal()

    def __init__(self, app: QApplication, appearance: Appearance = Appearance.SYSTEM) -> None:
        super().__init__()
        self._app = app
        self._appearance = appearance
        # Before it is set here, the application's palette is the system's.
        self._system_is_dark = app.palette().window().color().lightness() < 128
        system_font = app.font()
        self.unit = max(1.0, _pixels(system_font, app) / _DESIGN_FONT_PX)
        # The first family that is installed is taken.
        self._families = ["Inter", *system_font.families()]
        self._fonts: dict[Text, QFont] = {}
        self._masters: dict[int, tuple[QFont, QFontMetricsF]] = {}
        self._dark = self._should_be_dark()
        self._colors = dark_colors() if self._dark else light_colors()
        app.setFont(self.font(Text.BODY))
        app.setPalette(self._palette())
        app.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)

    @property
    def dark(self) -> bool:
        """Whether it is dark now."""
        return self._dark

    @property
    def colors(self) -> Colors:
        """The colours in force."""
        return self._colors

    @property
    def appearance(self) -> Appearance:
        """What the person chose."""
        return self._appearance

    def tone(self, tone: Tone) -> ToneColors:
        """Return the colours of a tone in force."""
        return self._colors.tones[tone]

    def set_appearance(self, appearance: Appearance) -> None:
        """Follow the person's choice from now on."""
        self._appearance = appearance
        self._tell_system()
        self._ask_system()
        self._refresh()

    def settle(self) -> None:
        """Ask and tell the system what takes too long before the first picture; call it after."""
        if self._appearance is not Appearance.SYSTEM:
            self._tell_system()
        self._ask_system()
        self._refresh()

    def px(self, design_px: float) -> int:
        """Return a length of the design in logical pixels, scaled with the font."""
        return round(design_px * self.unit)

    def font(self, role: Text) -> QFont:
        """Return the font of a role, with figures of one width."""
        if role not in self._fonts:
            size, weight = role.value
            self._fonts[role] = self.font_of(size * self.unit, weight)
        return self._fonts[role]

    def master(self, weight: int) -> tuple[QFont, QFontMetricsF]:
        """Return the font of MASTER_PX pixels, and its measures, that painted text is scaled from.

        Every size of a font takes time to load, and a page paints ten of them.
        """
        if weight not in self._masters:
            font = self.font_of(MASTER_PX, weight)
            self._masters[weight] = (font, QFontMetricsF(font))
        return self._masters[weight]

    def font_of(self, pixels: float, weight: int = 400) -> QFont:
        """Return the program's font with figures of one width, so that a time does not jitter.

        pixels: the size in logical pixels, not scaled. weight: 100 to 900.
        """
        font = QFont(self._families)
        font.setPixelSize(max(1, math.floor(pixels + 0.5)))
        font.setWeight(QFont.Weight(weight))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _should_be_dark(self) -> bool:
        if self._appearance is Appearance.SYSTEM:
            return self._system_is_dark
        return self._appearance is Appearance.DARK

    def _ask_system(self) -> None:
        """Learn whether the system is dark; while it does not say, what was seen before holds."""
        scheme = self._app.styleHints().colorScheme()
        if scheme is not QtCore.Qt.ColorScheme.Unknown:
            self._system_is_dark = scheme is QtCore.Qt.ColorScheme.Dark

    def _tell_system(self) -> None:
        """Have the title bar and the native dialogs fit, where the system can."""
        hints = self._app.styleHints()
        match self._appearance:
            case Appearance.SYSTEM:
                hints.unsetColorScheme()
            case Appearance.LIGHT:
                hints.setColorScheme(QtCore.Qt.ColorScheme.Light)
            case Appearance.DARK:
                hints.setColorScheme(QtCore.Qt.ColorScheme.Dark)

    def _on_color_scheme_changed(self) -> None:
        if self._appearance is Appearance.SYSTEM:
            self._ask_system()
            self._refresh()

    def _refresh(self) -> None:
        dark = self._should_be_dark()
        if dark == self._dark:
            return
        self._dark = dark
        self._colors = dark_colors() if dark else light_colors()
        self._app.setPalette(self._palette())
        self.changed.emit()

    def _palette(self) -> QPalette:
        """Return the palette of the standard widgets.

        Muted text is its placeholder text, and what is wrong its bright text.
        """
        colors = self._colors
        accent = colors.tones[Tone.ICE]
        palette = QPalette(colors.card, colors.background)
        role = QPalette.ColorRole
        for name, color in (
            (role.WindowText, colors.text),
            (role.Text, colors.text),
            (role.ButtonText, colors.text),
            (role.PlaceholderText, colors.muted),
            (role.BrightText, colors.tones[Tone.OVERDUE].accent),
            (role.Base, colors.groove),
            (role.AlternateBase, colors.shade),
            (role.Highlight, accent.accent),
            (role.HighlightedText, accent.on_accent),
            (role.Accent, accent.accent),
            (role.Link, accent.accent),
            (role.ToolTipBase, colors.card),
            (role.ToolTipText, colors.text),
        ):
            palette.setColor(name, color)
        faint = mixed(colors.card, colors.muted, 0.6)
        for name in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, name, faint)
        return palette


def form_style_sheet(theme: Theme) -> str:
    """Return the style sheet of forms: fields on a groove, with round corners.

    Only for pages and dialogs that are not shown at the start: the first style sheet of a
    program takes 18 ms.
    """
    colors, accent = theme.colors, theme.tone(Tone.ICE)
    values = {
        "@field@": colors.groove.name(),
        "@card@": colors.card.name(),
        "@border@": colors.border.name(),
        "@edge@": mixed(colors.card, colors.muted, 0.75).name(),
        "@hover@": mixed(colors.card, colors.text, 0.07).name(),
        "@text@": colors.text.name(),
        "@muted@": colors.muted.name(),
        "@accent@": accent.accent.name(),
        "@on_accent@": accent.on_accent.name(),
        "@wrong@": theme.tone(Tone.OVERDUE).accent.name(),
        "@icons@": resource("icons").as_posix(),
    }
    sheet = _FORM_STYLE
    for name, value in values.items():
        sheet = sheet.replace(name, value)
    # Lengths are written as {12} and scale with the font.
    pieces = sheet.split("{{")
    scaled = [piece.split("}}", 1) for piece in pieces[1:]]
    return pieces[0] + "".join(f"{theme.px(int(size))}px{rest}" for size, rest in scaled)


_FORM_STYLE = """
QSpinBox, QDoubleSpinBox, QComboBox, QLineEdit, QTimeEdit, QDateEdit, QDateTimeEdit,
QPlainTextEdit {
    background: @field@; color: @text@; border: 1px solid @edge@; border-radius: {{10}};
    padding: 0 {{12}}; min-height: {{34}};
    selection-background-color: @accent@; selection-color: @on_accent@;
}
QAbstractSpinBox QLineEdit {
    border: none; background: transparent; padding: 0; min-height: 0;
}
QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QLineEdit:focus, QTimeEdit:focus,
QDateEdit:focus, QDateTimeEdit:focus, QPlainTextEdit:focus { border: 2px solid @accent@; }
QSpinBox:disabled, QComboBox:disabled, QLineEdit:disabled, QTimeEdit:disabled { color: @muted@; }
*[wrong="true"] { border: 2px solid @wrong@; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QComboBox::drop-down, QDateTimeEdit::drop-down {
    subcontrol-origin: border; subcontrol-position: center right;
    border: none; background: transparent; width: {{26}};
}
QComboBox::down-arrow, QDateTimeEdit::down-arrow {
    image: url("@icons@/chevron-down.svg"); width: {{12}}; height: {{12}};
}
QTimeEdit::down-arrow { image: none; width: 0; height: 0; }
QComboBox QAbstractItemView {
    background: @card@; color: @text@; border: 1px solid @border@; padding: {{4}}; outline: 0;
    selection-background-color: @accent@; selection-color: @on_accent@;
}
QScrollBar:vertical { background: transparent; width: {{10}}; margin: 0; }
QScrollBar::handle:vertical {
    background: @edge@; border-radius: {{4}}; min-height: {{32}}; margin: 0 {{1}};
}
QScrollBar::add-line, QScrollBar::sub-line { height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
