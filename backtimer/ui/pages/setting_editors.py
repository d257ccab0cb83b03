"""An editor for each kind of setting, made from its declaration."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTime
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QSpinBox, QTimeEdit, QWidget

from backtimer.domain.setting import Kind, Setting, Value
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.minutes_field import MinutesField
from backtimer.ui.widgets.switch import Switch

_TIME = "HH:mm"
_WIDTH = 120
# Wide enough to type a number that is refused with its reason instead of being swallowed.
_NUMBER_MOST = 9999

Changed = Callable[[object], None]
_Spin = TypeVar("_Spin", bound=QAbstractSpinBox)


def editor(theme: Theme, setting: Setting, changed: Changed) -> QWidget:
    """A widget that edits `setting` and calls `changed(value)` once the person is done."""
    made = _made(theme, setting, changed)
    if setting.kind in (Kind.NUMBER, Kind.TIME):
        made.setFixedWidth(theme.px(_WIDTH))
    made.setAccessibleName(setting.label)
    made.setAccessibleDescription(setting.hint)
    return made


def show_value(widget: QWidget, value: Value) -> None:
    """Show `value` in a widget made by `editor`, without calling `changed`."""
    before = widget.blockSignals(True)
    match widget:
        case QSpinBox():
            widget.setValue(int(str(value)))
        case Switch():
            widget.setChecked(bool(value))
        case QComboBox():
            widget.setCurrentIndex(widget.findData(value))
        case QTimeEdit():
            widget.setTime(QTime.fromString(str(value), _TIME))
        case QLineEdit():
            widget.setText(" ".join(value) if isinstance(value, tuple) else str(value))
        case _:
            raise TypeError(widget)
    widget.blockSignals(before)
    widget.update()


def _made(theme: Theme, setting: Setting, changed: Changed) -> QWidget:
    match setting.kind:
        case Kind.NUMBER:
            return _number(theme, setting, changed)
        case Kind.SWITCH:
            switch = Switch(theme, setting.label)
            switch.toggled.connect(changed)
            return switch
        case Kind.CHOICE:
            return _choice(setting, changed)
        case Kind.TIME:
            return _time(theme, changed)
        case Kind.LIST:
            line = QLineEdit()
            line.editingFinished.connect(lambda: changed(tuple(line.text().split())))
            return line
        case Kind.TEXT:
            name = QLineEdit()
            name.editingFinished.connect(lambda: changed(name.text()))
            return name


def _number(theme: Theme, setting: Setting, changed: Changed) -> QSpinBox:
    in_minutes = setting.limit is not None and setting.limit.unit == MinutesField.UNIT
    number = _calm(theme, MinutesField() if in_minutes else QSpinBox())
    number.setRange(0, _NUMBER_MOST)
    number.setKeyboardTracking(False)
    number.setCorrectionMode(QSpinBox.CorrectionMode.CorrectToPreviousValue)
    if setting.limit and setting.limit.unit and not in_minutes:
        number.setSuffix(f" {setting.limit.unit}")
    number.valueChanged.connect(changed)
    return number


def _calm(theme: Theme, spin: _Spin) -> _Spin:
    """A field without arrows: its keys are up and down, and a passing wheel changes nothing."""
    # The style sheet's padding stops at the field inside the spin box.
    spin.lineEdit().setTextMargins(theme.px(8), 0, theme.px(8), 0)
    spin.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    spin.installEventFilter(_WheelIsForThePage(spin))
    return spin


class _WheelIsForThePage(QObject):
    """Keeps the wheel from a field, so that scrolling the page changes no setting."""

    def eventFilter(self, _field: QObject, event: QEvent) -> bool:
        """Leave the wheel to the page behind."""
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


def _choice(setting: Setting, changed: Changed) -> QComboBox:
    choice = QComboBox()
    choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    choice.installEventFilter(_WheelIsForThePage(choice))
    for value, words in setting.choices.items():
        choice.addItem(words, str(value))
    choice.currentIndexChanged.connect(lambda index: changed(choice.itemData(index)))
    return choice


def _time(theme: Theme, changed: Changed) -> QTimeEdit:
    time = _calm(theme, QTimeEdit())
    time.setDisplayFormat(_TIME)
    time.setKeyboardTracking(False)
    time.timeChanged.connect(lambda value: changed(value.toString(_TIME)))
    return time
