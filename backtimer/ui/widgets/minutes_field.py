"""A field for minutes that are shown, and may be typed, as hours and minutes."""

import re

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox

from backtimer.domain.clock import HOUR_S, MINUTE_S
from backtimer.domain.wording import length

_TYPED = re.compile(r"\s*(?:(\d{1,2})\s*(?:h|:))?\s*(?:(\d{1,4})\s*(?:m|min)?)?\s*", re.ASCII)


class MinutesField(QSpinBox):
    """Shows `1 h 30 min`; takes that, `1:30` and `90`."""

    UNIT = "min"

    def textFromValue(self, value: int) -> str:  # noqa: N802  Qt's name
        """Write minutes as a length."""
        return length(value * MINUTE_S) if value else "0 min"

    def valueFromText(self, text: str) -> int:  # noqa: N802  Qt's name
        """Read a length as minutes; what cannot be read leaves the value."""
        typed = _TYPED.fullmatch(text)
        if typed is None or not any(typed.groups()):
            return self.value()
        hours, minutes = (int(each or 0) for each in typed.groups())
        return hours * (HOUR_S // MINUTE_S) + minutes

    def validate(self, text: str, _position: int) -> QValidator.State:  # type: ignore[override]
        """Any text may be on its way to a length."""
        readable = _TYPED.fullmatch(text)
        return QValidator.State.Acceptable if readable else QValidator.State.Intermediate
