"""The settings page: saved as changed, a wrong value says why beside the field."""

import pytest
from PySide6.QtWidgets import QSpinBox, QTimeEdit, QWidget

from backtimer.domain.declared import DECLARED
from backtimer.ui.pages.setting_editors import show_value
from backtimer.ui.pages.settings import SettingsPage
from backtimer.ui.widgets.minutes_field import MinutesField
from tests.ui.conftest import Screen


@pytest.fixture
def page(screen: Screen) -> SettingsPage:
    screen.window.pages.go_to("settings")
    shown = screen.window.pages.page("settings")
    assert isinstance(shown, SettingsPage)
    return shown


def field(page: SettingsPage, key: str) -> QWidget:
    return page._rows[key][1]


def told(page: SettingsPage, key: str) -> str:
    label = page._rows[key][0]._told
    return label.text() if label.isVisible() else ""


def enter(page: SettingsPage, key: str, value: int) -> None:
    number = field(page, key)
    assert isinstance(number, QSpinBox)
    number.setValue(value)


def test_every_setting_that_does_something_is_in_the_form(page: SettingsPage) -> None:
    assert set(page._rows) == {key for key, each in DECLARED.items() if each.in_form}


def test_a_change_is_saved_at_once(page: SettingsPage, screen: Screen) -> None:
    enter(page, "ice_min", 15)
    assert screen.settings.current.get("ice_min") == 15
    assert screen.care.episode.rules.ice_min == 15


def test_a_value_outside_its_limits_is_refused_beside_the_field_with_reason_and_source(
    page: SettingsPage, screen: Screen
) -> None:
    enter(page, "ice_min", 25)
    assert screen.settings.current.get("ice_min") == 20
    number = field(page, "ice_min")
    assert isinstance(number, QSpinBox)
    assert number.value() == 20
    limit = DECLARED["ice_min"].limit
    assert limit
    for part in ("5–20 min", limit.reason, limit.source):
        assert part in told(page, "ice_min")


def test_an_unusual_value_is_taken_with_a_hint(page: SettingsPage, screen: Screen) -> None:
    enter(page, "heat_min", 25)
    assert screen.settings.current.get("heat_min") == 25
    limit = DECLARED["heat_min"].limit
    assert limit
    assert told(page, "heat_min") == limit.hint


def test_a_source_is_shown_on_demand_and_hidden_again(page: SettingsPage) -> None:
    row = page._rows["ice_min"][0]
    row._on_info()
    assert "20" in told(page, "ice_min")
    row._on_info()
    assert told(page, "ice_min") == ""


def test_reset_brings_the_usual_values_back(page: SettingsPage, screen: Screen) -> None:
    enter(page, "ice_min", 12)
    page._on_reset()
    assert screen.settings.current.get("ice_min") == 20
    number = field(page, "ice_min")
    assert isinstance(number, QSpinBox)
    assert number.value() == 20


def test_another_routine_shows_its_own_lengths(page: SettingsPage, screen: Screen) -> None:
    screen.settings.change(lambda settings: settings.with_protocol("manual"))
    assert page._routine_row._title.text() == "Routine: By hand"
    assert screen.settings.current.protocol == "manual"
    number = field(page, "ice_min")
    assert isinstance(number, QSpinBox)
    assert number.value() == 15


def test_what_is_changed_elsewhere_is_shown(page: SettingsPage, screen: Screen) -> None:
    screen.settings.set_text("quiet_from", "21:15")
    edit = field(page, "quiet_from")
    assert isinstance(edit, QTimeEdit)
    assert edit.time().toString("HH:mm") == "21:15"


@pytest.mark.usefixtures("page")
def test_the_theme_changes_at_once(screen: Screen) -> None:
    screen.settings.set_text("theme", "dark")
    assert screen.front._theme.dark
    screen.settings.set_text("theme", "light")
    assert not screen.front._theme.dark


@pytest.mark.parametrize(
    ("typed", "minutes"), [("90", 90), ("1 h 30 min", 90), ("1:30", 90), ("2 h", 120), ("x", 20)]
)
@pytest.mark.usefixtures("qapp")
def test_minutes_may_be_typed_as_hours_and_minutes(typed: str, minutes: int) -> None:
    number = MinutesField()
    number.setRange(0, 999)
    number.setValue(20)
    assert number.valueFromText(typed) == minutes
    assert MinutesField().textFromValue(90) == "1 h 30 min"


def test_showing_a_value_is_not_changing_it(page: SettingsPage, screen: Screen) -> None:
    show_value(field(page, "ice_min"), 7)
    assert screen.settings.current.get("ice_min") == 20
