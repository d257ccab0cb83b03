"""An editor for each kind of setting, made from its declaration."""

from collections.abc import Callable

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QTimeEdit, QWidget

from backtimer.domain.setting import Kind, Setting, Value
from backtimer.ui.theme import Theme
from backtimer.ui.widgets.switch import Switch

_TIME = "HH:mm"
# Wide enough to type a number that is refused with its reason instead of being swallowed.
_NUMBER_MOST = 9999

Changed = Callable[[object], None]


def editor(theme: Theme, setting: Setting, changed: Changed) -> QWidget:
    """A widget that edits `setting` and calls `changed(value)` once the person is done."""
    made = _made(theme, setting, changed)
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
            return _number(setting, changed)
        case Kind.SWITCH:
            switch = Switch(theme, setting.label)
            switch.toggled.connect(changed)
            return switch
        case Kind.CHOICE:
            return _choice(setting, changed)
        case Kind.TIME:
            return _time(changed)
        case Kind.LIST:
            line = QLineEdit()
            line.editingFinished.connect(lambda: changed(tuple(line.text().split())))
            return line


def _number(setting: Setting, changed: Changed) -> QSpinBox:
    number = QSpinBox()
    number.setRange(0, _NUMBER_MOST)
    number.setKeyboardTracking(False)
    number.setCorrectionMode(QSpinBox.CorrectionMode.CorrectToPreviousValue)
    if setting.limit and setting.limit.unit:
        number.setSuffix(f" {setting.limit.unit}")
    number.valueChanged.connect(changed)
    return number


def _choice(setting: Setting, changed: Changed) -> QComboBox:
    choice = QComboBox()
    for value, words in setting.choices.items():
        choice.addItem(words, str(value))
    choice.currentIndexChanged.connect(lambda index: changed(choice.itemData(index)))
    return choice


def _time(changed: Changed) -> QTimeEdit:
    time = QTimeEdit()
    time.setDisplayFormat(_TIME)
    time.setKeyboardTracking(False)
    time.timeChanged.connect(lambda value: changed(value.toString(_TIME)))
    return time
