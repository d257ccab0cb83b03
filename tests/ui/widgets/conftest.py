"""A theme for widgets, which gives the application back as it was."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from backtimer.ui.theme import Appearance, Theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    font, palette = qapp.font(), qapp.palette()
    made = Theme(qapp, Appearance.LIGHT)
    yield made
    qapp.setFont(font)
    qapp.setPalette(palette)
