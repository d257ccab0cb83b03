"""The guide: short texts with sources, in every width, and what can be done beside them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.events import Topic
from backtimer.domain.exercises import EXERCISES, LOCKED, steps
from backtimer.paths import resource
from backtimer.ui.guide_texts import KEYS, BlockKind, guide_text, parsed
from backtimer.ui.pages.exercise import WALK
from backtimer.ui.pages.guide import GuidePage
from backtimer.ui.widgets import svg
from tests.ui.conftest import Screen

WORDS_MOST = 250


@pytest.fixture
def page(qtbot: QtBot, screen: Screen) -> GuidePage:
    made = GuidePage(
        screen.front._theme,
        care=screen.care,
        actions=screen.front._actions,
        clock=screen.clock,
    )
    qtbot.addWidget(made)
    made.resize(876, 640)
    made.show()
    return made


def logged(screen: Screen) -> list[tuple[Topic, str, int | None]]:
    events = screen.store.events
    return [(each.topic, each.text, each.number) for each in events if isinstance(each, ev.Logged)]


def raw(key: str) -> str:
    return resource(f"guide/{key}.md").read_text(encoding="utf-8")


def test_every_text_that_is_shipped_is_listed() -> None:
    shipped = {each.stem for each in Path(resource("guide")).glob("*.md")}
    assert shipped == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_each_text_is_short_and_names_its_sources(key: str) -> None:
    assert len(raw(key).split()) < WORDS_MOST
    text = guide_text(key)
    assert text.title
    assert text.blocks
    assert text.sources
    assert "http" not in raw(key), "nothing is fetched"
    assert "**" not in raw(key), "what is not read would be shown"


@pytest.mark.parametrize("key", KEYS)
def test_no_text_doses_promises_or_soothes(key: str) -> None:
    words = raw(key).lower()
    for never in (" mg", "milligram", "guarantee", "you are fine", "will heal", "harmless"):
        assert never not in words


def test_s1_reclined_upper_body_propped_knees_bent_and_an_electric_pad_on_top() -> None:
    words = raw("positions")
    for each in ("upper body propped", "bend your knees", "never under you"):
        assert each in words


def test_s4_the_side_lying_stretch_has_breaths_and_pauses_and_never_says_push() -> None:
    told, stretch = raw("moving").split("## Stretching")
    stretch = stretch.split("##", maxsplit=1)[0]
    assert stretch.count("Pause") >= 2
    assert "Breathe out slowly" in stretch
    assert "push" not in stretch
    assert "Do not push through pain" in told


def test_s2_s4_drink_without_advice_on_supplements() -> None:
    assert "recommends no tablets and no powders" in raw("water")


def test_s4_no_sit_ups_crunches_or_bending_backwards_early_on() -> None:
    assert "No sit-ups, no crunches, no bending backwards" in raw("moving")


def test_s3_not_a_substitute_for_a_doctor() -> None:
    assert "does not replace one" in raw("about")


def test_a_text_is_read_as_title_headings_points_and_paragraphs() -> None:
    text = parsed("x", "# Title\n\nOne\ntwo.\n\n## Heading\n\n- a\n- b\n\n## Sources\n\n- S\n")
    assert text.title == "Title"
    assert [(each.kind, each.text) for each in text.blocks] == [
        (BlockKind.PARAGRAPH, "One two."),
        (BlockKind.HEADING, "Heading"),
        (BlockKind.POINT, "a"),
        (BlockKind.POINT, "b"),
    ]
    assert text.sources == ("S",)


def test_a_press_in_the_list_opens_a_text_and_the_arrow_keys_go_on(page: GuidePage) -> None:
    assert page.shown == "ice"
    items = page._list._items
    items["water"].click()
    assert page.shown == "water"
    assert items["water"].isChecked()
    items["water"].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(items["water"], Qt.Key.Key_Down)
    assert page.shown == "medicines"
    QTest.keyClick(items["medicines"], Qt.Key.Key_Up)
    assert page.shown == "water"
    QTest.keyClick(items["water"], Qt.Key.Key_Left)
    assert page.shown == "water"
    assert not page.grab().isNull()


def test_every_text_shows_its_words_and_its_sources(page: GuidePage) -> None:
    for key in KEYS:
        page.show_text(key)
        page.show_text(key)
        shown = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
        assert guide_text(key).title in shown
        assert any(guide_text(key).sources[0] in each for each in shown)


def test_in_a_narrow_or_low_window_the_texts_are_chosen_from_a_box(page: GuidePage) -> None:
    page.resize(420, 560)
    assert page._picker.isVisible()
    assert not page._side.isVisible()
    page._picker.activated.emit(KEYS.index("heat"))
    assert page.shown == "heat"
    page.resize(876, 300)
    assert page._picker.isVisible()
    page.resize(876, 640)
    assert not page._picker.isVisible()
    assert page._list._items["heat"].isChecked()


@pytest.mark.parametrize("width", [420, 640, 1200])
@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_cut_at_the_side(page: GuidePage, key: str, width: int) -> None:
    page.resize(width, 560)
    page.show_text(key)
    QApplication.processEvents()
    area = page._articles[key]
    held = area.widget()
    assert held
    assert held.minimumSizeHint().width() <= area.viewport().width()


def test_when_to_see_someone_leads_to_the_warning_signs(screen: Screen, page: GuidePage) -> None:
    asked: list[bool] = []
    screen.front._actions.signs_asked.connect(lambda: asked.append(True))
    page.show_text("help")
    button = next(
        each
        for each in page._articles["help"].findChildren(type(page.moving.walk_button))
        if each.text() == "Warning signs"
    )
    button.click()
    assert asked


def test_s1_exercises_are_locked_until_the_flare_is_over(screen: Screen, page: GuidePage) -> None:
    page.show_text("moving")
    moving = page.moving
    assert moving._locked.isVisible()
    assert not moving._open.isVisible()
    assert any(each.text() == LOCKED for each in moving.findChildren(QLabel))
    moving.over_button.click()
    assert logged(screen) == [(Topic.FLARE_OVER, "", None)]
    assert moving._open.isVisible()
    assert not moving._locked.isVisible()


def test_s0_keep_active_but_never_during_ice_or_heat(screen: Screen, page: GuidePage) -> None:
    screen.start()
    assert not page.moving.walk_button.isEnabled()
    assert not page.moving._open.isEnabled()
    screen.care.do(cmd.Off())
    assert page.moving.walk_button.isEnabled()
    assert page.moving._open.isEnabled()


def test_an_exercise_counts_its_holds_and_is_logged_when_done(
    screen: Screen, page: GuidePage
) -> None:
    screen.care.do(cmd.Log(topic=Topic.FLARE_OVER))
    page.show_text("moving")
    page.moving.asked.emit("knee-to-chest", False)
    exercise = page.exercise
    assert exercise.isVisible()
    seen = [(exercise._what.text(), exercise._count.text(), exercise._time.text)]
    for step in steps(EXERCISES["knee-to-chest"], full=False)[:-1]:
        screen.clock.pass_real_s(step.seconds)
        exercise._look()
        seen.append((exercise._what.text(), exercise._count.text(), exercise._time.text))
    assert seen[:3] == [
        ("One side: get into position", "1 of 5", "6"),
        ("Hold", "1 of 5", "5"),
        ("Let go", "2 of 5", "4"),
    ]
    assert ("Now the other side", "1 of 5", "6") in seen
    assert sum(1 for what, _, _ in seen if what == "Hold") == 10
    screen.clock.pass_real_s(5)
    exercise._look()
    assert logged(screen)[-1] == (Topic.EXERCISE, "knee-to-chest", None)
    assert not exercise.is_running
    assert exercise.stop.text() == "Close"
    exercise.stop.click()
    assert page.currentWidget() is page._reading


def test_an_exercise_without_sides_asks_for_one_position(screen: Screen, page: GuidePage) -> None:
    page.moving.asked.emit("flatten-back", True)
    assert page.exercise._what.text() == "Get into position"
    screen.clock.pass_real_s(7)
    page.exercise._look()
    assert (page.exercise._what.text(), page.exercise._time.text) == ("Hold", "9")
    assert not page.grab().isNull()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_s1_do_not_push_through_escape_and_space_stop_at_once_and_nothing_is_done(
    screen: Screen, page: GuidePage, key: Qt.Key
) -> None:
    page.moving.walk.emit()
    QTest.keyClick(page.exercise, key)
    assert not page.exercise.is_running
    assert page.currentWidget() is page._reading
    assert logged(screen) == []
    page.exercise._look()
    QTest.keyClick(page.exercise, Qt.Key.Key_A)


def test_whoever_goes_elsewhere_does_not_exercise(screen: Screen, page: GuidePage) -> None:
    page.moving.walk.emit()
    page.hide()
    assert not page.exercise.is_running
    assert logged(screen) == []


def test_s2_the_walk_runs_two_minutes_and_is_logged(screen: Screen, page: GuidePage) -> None:
    page.moving.walk_button.click()
    assert page.exercise._key == WALK
    assert page.exercise._time.text == "2:00"
    screen.clock.pass_real_s(119)
    page.exercise._look()
    assert page.exercise._time.text == "0:01"
    assert logged(screen) == []
    screen.clock.pass_real_s(1)
    page.exercise._look()
    assert logged(screen) == [(Topic.WALK, "", 120)]


def test_every_exercise_has_a_drawing_of_its_own_that_can_be_read() -> None:
    for key in (*EXERCISES, WALK):
        assert svg.parse(resource(f"figures/{key}.svg").read_text(encoding="utf-8"))
