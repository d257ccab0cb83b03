"""A row of the page about hearing: one way to the person, how far it works, how to mend it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from backtimer.domain.reach import Finding
from backtimer.domain.wording import capitalised
from backtimer.ui.hearing_words import fix_words, state_icon, state_tone, state_words, way_words
from backtimer.ui.theme import Text, Theme
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.light import Light

_NAME_WIDTH = 200
_TOP = Qt.AlignmentFlag.AlignTop
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


class FindingRow(QWidget):
    """`show_finding(finding)` shows it; `body` takes what belongs below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        px = theme.px
        self._light = Light(theme)
        self._name = Label(theme)
        self._why = Label(theme, wrap=True)
        self._fix = Label(theme, role=Text.SMALL, muted=True, wrap=True)
        self._fix.setTextInteractionFlags(_SELECTABLE)
        self._state = Label(theme, role=Text.SMALL, muted=True)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(px(3))
        self.body.addWidget(self._why)
        self.body.addWidget(self._fix)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, px(11), 0, px(11))
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(0)
        self._grid.addWidget(self._light, 0, 0, _TOP)
        self._grid.addWidget(self._name, 0, 1, _TOP)
        self._grid.addWidget(self._state, 0, 3, _TOP)
        self._grid.setColumnStretch(2, 1)
        self.set_wide(True)
        # The first line of each stands in the middle of the light's height.
        for label in (self._name, self._why, self._state):
            label.setMinimumHeight(self._light.sizeHint().height())

    def show_finding(self, finding: Finding) -> None:
        """Show what was found out."""
        name = capitalised(way_words(finding.way))
        self._light.show_state(state_tone(finding), state_icon(finding))
        self._name.setText(name)
        self._state.setText(state_words(finding))
        fix = fix_words(finding)
        for label, text in ((self._why, finding.why), (self._fix, fix)):
            label.setText(text)
            label.setVisible(bool(text))
        said = (name, state_words(finding), finding.why, fix)
        self.setAccessibleName(". ".join(each.rstrip(".") for each in said if each))

    def set_wide(self, wide: bool) -> None:  # noqa: FBT001  like Qt's setters
        """Name and reason side by side, or one above the other."""
        self._grid.removeItem(self.body)
        if wide:
            self._grid.addLayout(self.body, 0, 2)
        else:
            self._grid.addLayout(self.body, 1, 1, 1, 3)
        self._grid.setColumnMinimumWidth(1, self._theme.px(_NAME_WIDTH) if wide else 0)
