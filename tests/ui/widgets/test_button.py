from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.widgets.button import IconButton, PillButton


def test_it_is_wide_enough_for_its_words_and_high_enough_for_a_finger(
    qtbot: QtBot, theme: Theme
) -> None:
    words = "I took it off a long time ago, honestly"
    button = PillButton(theme, words, primary=True)
    qtbot.addWidget(button)
    needed = QFontMetricsF(theme.font(Text.BUTTON)).horizontalAdvance(words)
    assert button.minimumSizeHint().width() > needed
    assert button.sizeHint().height() >= 44


def test_a_large_one_is_larger(qtbot: QtBot, theme: Theme) -> None:
    small, large = PillButton(theme, "Start ice"), PillButton(theme, "Start ice", large=True)
    qtbot.addWidget(small)
    qtbot.addWidget(large)
    assert large.sizeHint().height() > small.sizeHint().height()
    assert large.sizeHint().width() > small.sizeHint().width()


@pytest.mark.parametrize("tone", Tone)
def test_a_primary_button_has_the_colour_of_its_tone(
    qtbot: QtBot, theme: Theme, tone: Tone
) -> None:
    button = PillButton(theme, "Start", primary=True)
    qtbot.addWidget(button)
    button.resize(200, 46)
    button.set_tone(tone)
    assert button.grab().toImage().pixelColor(10, 23) == theme.tone(tone).accent


def test_a_disabled_one_looks_it_and_does_nothing(qtbot: QtBot, theme: Theme) -> None:
    button = PillButton(theme, "Start", primary=True)
    qtbot.addWidget(button)
    button.resize(200, 46)
    button.setEnabled(False)
    assert button.grab().toImage().pixelColor(10, 23) == theme.colors.shade
    with qtbot.assertNotEmitted(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def pair(qtbot: QtBot, theme: Theme) -> Iterator[tuple[PillButton, PillButton]]:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QHBoxLayout(page)
    buttons = (PillButton(theme, "One"), PillButton(theme, "Two", primary=True))
    for button in buttons:
        layout.addWidget(button)
    page.show()
    qtbot.waitActive(page)
    for button in buttons:
        button.grab()
    yield buttons
    page.hide()


def test_the_keyboard_leaves_a_ring_and_the_pointer_none(
    pair: tuple[PillButton, PillButton],
) -> None:
    one, two = pair
    one.setFocus(Qt.FocusReason.MouseFocusReason)
    assert one.hasFocus()
    assert not one.shows_focus()
    plain = two.grab().toImage()
    QTest.keyClick(one, Qt.Key.Key_Tab)
    assert two.shows_focus()
    assert two.grab().toImage() != plain


def test_space_presses_it(qtbot: QtBot, pair: tuple[PillButton, PillButton]) -> None:
    with qtbot.waitSignal(pair[1].clicked):
        QTest.keyClick(pair[1], Qt.Key.Key_Space)


def test_an_icon_has_a_name_for_who_does_not_see_it(qtbot: QtBot, theme: Theme) -> None:
    button = IconButton(theme, "close", "Close this message")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Close this message"
    assert button.toolTip() == "Close this message"
    button.resize(button.sizeHint())
    assert theme.colors.text.rgb() in _pixels(button)


def _pixels(widget: QWidget) -> set[int]:
    image = widget.grab().toImage()
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
