"""An entry in ten seconds, and the correction of one."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backtimer.domain import commands as cmd
from backtimer.domain.diary import Entry
from backtimer.domain.events import TEXT_MOST, Topic
from backtimer.ui.dialogs.entry_dialog import EntryDialog
from backtimer.ui.theme import Theme
from tests.fakes import HandClock

NOW = HandClock().now()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    font, palette = qapp.font(), qapp.palette()
    yield Theme(qapp)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture
def dialog(theme: Theme, qtbot: QtBot) -> EntryDialog:
    return shown(theme, qtbot)


def shown(
    theme: Theme, qtbot: QtBot, entry: Entry | None = None, entries: tuple[Entry, ...] = ()
) -> EntryDialog:
    made = EntryDialog(theme, now=NOW, entry=entry, entries=entries)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def choose(dialog: EntryDialog, topic: Topic) -> None:
    dialog.fields.topics.setCurrentIndex(dialog.fields.topics.findData(topic))


def creams(count: int) -> tuple[Entry, ...]:
    return tuple(Entry(at=NOW.after(-60 * n - 60), topic=Topic.CREAM) for n in range(count))


def test_a_digit_and_enter_are_a_whole_entry(dialog: EntryDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_6)
    assert dialog.fields.words.hasFocus()
    QTest.keyClick(dialog.fields.words, Qt.Key.Key_Return)
    assert dialog.commands == (cmd.RatePain(nrs=6),)
    assert dialog.result() == EntryDialog.DialogCode.Accepted


def test_words_go_with_the_pain(dialog: EntryDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_6)
    QTest.keyClicks(dialog.fields.words, "after 2 walks")
    assert dialog.commands == (cmd.RatePain(nrs=6, note="after 2 walks"),)


def test_shift_and_enter_begin_a_line(dialog: EntryDialog) -> None:
    QTest.keyClicks(dialog.fields.words, "a")
    QTest.keyClick(dialog.fields.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(dialog.fields.words, "b")
    assert dialog.isVisible()
    assert dialog.fields.text == "a\nb"


def test_words_alone_are_a_note(dialog: EntryDialog) -> None:
    dialog.fields.words.setPlainText("  slept well ")
    assert dialog.commands == (cmd.Log(topic=Topic.NOTE, text="slept well"),)


def test_pain_and_another_topic_are_two_entries(dialog: EntryDialog) -> None:
    dialog.pain.set_value(3)
    choose(dialog, Topic.MEDICINE)
    dialog.fields.words.setPlainText("ibuprofen")
    assert dialog.commands == (
        cmd.RatePain(nrs=3),
        cmd.Log(topic=Topic.MEDICINE, text="ibuprofen"),
    )


def test_a_topic_without_a_word_is_no_entry(dialog: EntryDialog) -> None:
    dialog.pain.set_value(3)
    choose(dialog, Topic.MEDICINE)
    assert dialog.commands == (cmd.RatePain(nrs=3),)


def test_nothing_is_no_entry_and_says_so(dialog: EntryDialog) -> None:
    dialog.save.click()
    assert dialog.isVisible()
    assert dialog._told.text() == "Press a digit for the pain, or write a word."


@pytest.mark.parametrize(
    ("topic", "command"),
    [
        (Topic.WATER, cmd.Log(topic=Topic.WATER)),
        (Topic.ZONE, cmd.Log(topic=Topic.ZONE, text="neck")),
        (Topic.HEAT_SOURCE, cmd.Log(topic=Topic.HEAT_SOURCE, text="pack")),
        (Topic.HEAT_HELPS, cmd.Log(topic=Topic.HEAT_HELPS, text="yes")),
        (Topic.SPASM_MIN, cmd.Log(topic=Topic.SPASM_MIN, number=1)),
    ],
)
def test_a_topic_asks_for_what_belongs_to_it(
    dialog: EntryDialog, topic: Topic, command: cmd.Command
) -> None:
    choose(dialog, topic)
    assert dialog.commands == (command,)
    dialog.fields.focus()
    dialog.save.click()
    assert not dialog.isVisible()


def test_the_fifth_cream_of_a_day_warns_and_no_heat_goes_over_any(
    theme: Theme, qtbot: QtBot
) -> None:
    dialog = shown(theme, qtbot, entries=creams(3))
    choose(dialog, Topic.CREAM)
    assert dialog._told.text() == "No heat over cream."
    choose(dialog, Topic.NOTE)
    assert not dialog._told.isVisible()
    dialog = shown(theme, qtbot, entries=creams(4))
    choose(dialog, Topic.CREAM)
    assert "No more than three to four times a day" in dialog._told.text()
    assert "No heat over cream." in dialog._told.text()


def test_too_long_a_note_is_refused_with_a_sentence(dialog: EntryDialog) -> None:
    dialog.fields.words.setPlainText("x" * (TEXT_MOST + 1))
    dialog.save.click()
    assert dialog.isVisible()
    assert "too long" in dialog._told.text()


@pytest.mark.parametrize("text", ["ألم شديد", "🧊👩‍👩‍👧", "é́́", "<b>x</b>"])
def test_any_text_is_taken_as_it_is(dialog: EntryDialog, text: str) -> None:
    dialog.fields.words.setPlainText(text)
    assert dialog.commands == (cmd.Log(topic=Topic.NOTE, text=text),)


# --- correcting ---


def test_a_rating_is_corrected_in_number_and_words(theme: Theme, qtbot: QtBot) -> None:
    entry = Entry(at=NOW, topic=None, number=6, text="old")
    dialog = shown(theme, qtbot, entry)
    assert dialog.pain.value() == 6
    assert dialog.fields.words.toPlainText() == "old"
    assert not dialog.fields.topics.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_4)
    dialog.fields.words.setPlainText("new")
    assert dialog.commands == (cmd.CorrectEntry(of=NOW.wall, text="new", number=4),)
    dialog.save.click()
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    "entry",
    [
        Entry(at=NOW, topic=Topic.ZONE, text="lower"),
        Entry(at=NOW, topic=Topic.SPASM_MIN, number=12, text="in bed"),
        Entry(at=NOW, topic=Topic.MEDICINE, text="ibuprofen"),
        Entry(at=NOW, topic=Topic.HEAT_HELPS, text="no"),
    ],
)
def test_an_entry_that_is_left_as_it_is_reads_the_same(
    theme: Theme, qtbot: QtBot, entry: Entry
) -> None:
    dialog = shown(theme, qtbot, entry)
    assert not dialog.pain.isVisible()
    corrected = cmd.CorrectEntry(of=NOW.wall, text=entry.text, number=entry.number)
    assert dialog.commands == (corrected,)


# --- when it was ---


def test_an_entry_is_of_now_unless_a_time_is_said(dialog: EntryDialog) -> None:
    assert not dialog.when.isVisible()
    dialog.since.buttons["earlier"].click()
    assert dialog.when.hasFocus()
    dialog.when.setTime(QTime(6, 15))
    dialog.pain.set_value(8)
    choose(dialog, Topic.MEDICINE)
    dialog.fields.words.setPlainText("ibuprofen")
    was = NOW.wall.replace(hour=6, minute=15)
    assert dialog.commands == (
        cmd.RatePain(nrs=8, was=was),
        cmd.Log(topic=Topic.MEDICINE, text="ibuprofen", was=was),
    )
    dialog.since.buttons["now"].click()
    assert dialog.commands[0] == cmd.RatePain(nrs=8)


def test_a_digit_in_the_time_is_no_pain_and_enter_saves(dialog: EntryDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_6)
    dialog.since.buttons["earlier"].click()
    dialog.when.setTime(QTime(0, 15))
    assert dialog.when.currentSection() is dialog.when.Section.HourSection
    QTest.keyClick(dialog.when, Qt.Key.Key_0)
    QTest.keyClick(dialog.when, Qt.Key.Key_3)
    QTest.keyClick(dialog.when, Qt.Key.Key_Return)
    assert dialog.commands == (cmd.RatePain(nrs=6, was=NOW.wall.replace(hour=3, minute=15)),)
    assert dialog.result() == EntryDialog.DialogCode.Accepted


def test_a_time_to_come_is_refused_in_the_dialog(dialog: EntryDialog) -> None:
    dialog.since.buttons["earlier"].click()
    dialog.when.setTime(QTime(23, 59))
    dialog.fields.words.setPlainText("x")
    for pain in (None, 3):
        dialog.pain.set_value(pain)
        dialog.save.click()
        assert dialog.isVisible()
        assert dialog._told.text() == "That is still to come. Say when it was."


def test_cream_is_counted_on_the_day_it_was_put_on(theme: Theme, qtbot: QtBot) -> None:
    dialog = shown(theme, qtbot, entries=creams(4))
    choose(dialog, Topic.CREAM)
    assert "this is number 5" in dialog._told.text()
    dialog.since.buttons["earlier"].click()
    dialog.when.setDate(dialog.when.date().addDays(-1))
    assert dialog._told.text() == "No heat over cream."


def test_a_correction_leaves_the_time_as_it_was(theme: Theme, qtbot: QtBot) -> None:
    entry = Entry(at=NOW.after(-3600), topic=None, number=4, written=NOW)
    dialog = shown(theme, qtbot, entry)
    assert not dialog.since.isVisible()
    assert dialog.commands == (cmd.CorrectEntry(of=NOW.wall, number=4),)
