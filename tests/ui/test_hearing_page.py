"""The page “Will you hear me?”: what works, a real ring, the phone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from backtimer.domain.hearing import Heard, judged, switched_off
from backtimer.domain.reach import Finding, State, Way, broken, not_wanted, unknown, works
from backtimer.domain.reminding import Message
from backtimer.domain.settings import Settings
from backtimer.ui.dialogs.pairing_dialog import PairingDialog
from backtimer.ui.hearing_words import fix_words, state_icon, state_words
from backtimer.ui.pages.hearing import HearingPage
from backtimer.ui.pages.phone_editor import PhoneEditor
from backtimer.ui.widgets.button import PillButton
from tests.ui.conftest import Screen
from tests.ui.hearing_kit import ADDRESS, MODULES, Ears, HandPairing

NO_TRAY = broken(Way.TRAY, "This desktop has no tray.", "The window stays in the task bar.")
MUTED = unknown(Way.SOUND, "It is muted.", "Unmute it.")
NO_PHONE = not_wanted(Way.PHONE, "No address is set.", "Set one.")
ALL = (works(Way.NOTIFICATION), NO_TRAY, MUTED, NO_PHONE)


@pytest.fixture
def ears(screen: Screen) -> Iterator[Ears]:
    made = Ears(screen, Way.NOTIFICATION, Way.TRAY, Way.SOUND, Way.PHONE)
    yield made
    made.hearing.close()


@pytest.fixture
def page(screen: Screen, ears: Ears) -> HearingPage:
    """The page, with all found out."""
    screen.front.meet(ears.hearing, HandPairing())
    shown = go(screen)
    ears.way.find(*ALL)
    return shown


def go(screen: Screen) -> HearingPage:
    screen.window.pages.go_to("hearing")
    shown = screen.window.pages.currentWidget()
    assert isinstance(shown, HearingPage)
    return shown


def texts(parent: QWidget) -> list[str]:
    QApplication.processEvents()  # a new row is shown from the event loop
    return [each.text() for each in parent.findChildren(QLabel) if each.isVisibleTo(parent)]


def button(parent: QWidget, text: str) -> PillButton:
    return next(each for each in parent.findChildren(PillButton) if each.text() == text)


def editor(page: HearingPage) -> PhoneEditor:
    return page.findChildren(PhoneEditor)[0]


def enter(page: HearingPage, text: str) -> QLineEdit:
    line = editor(page)._line
    line.setText(text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    return line


def test_keys_change_the_page(screen: Screen) -> None:
    keys = (("settings", Qt.Key.Key_6), ("hearing", Qt.Key.Key_5), ("now", Qt.Key.Key_1))
    for page, key in keys:
        QTest.keyClick(screen.window, key, Qt.KeyboardModifier.ControlModifier)
        assert screen.window.pages.rail.current() == page


def test_before_anything_is_known_it_says_that_it_looks(screen: Screen) -> None:
    shown = go(screen)
    assert shown.look.text() == "Looking…"
    assert not shown.ring.isEnabled()


def test_what_is_met_later_is_shown_and_looked_for(screen: Screen, ears: Ears) -> None:
    shown = go(screen)
    screen.front.meet(ears.hearing, HandPairing())
    assert ears.way.is_asked
    assert shown.look.text() == "Looking…"
    ears.way.find(*ALL)
    assert shown.look.text() == "Look again"
    assert "Notifications" in texts(shown)


def test_there_is_a_row_for_each_way_in_order_with_why_and_how_to_mend_it(
    page: HearingPage, ears: Ears
) -> None:
    assert list(page._rows) == [each.way for each in ALL]
    assert page._rows[Way.TRAY].accessibleName() == (
        "Tray. Does not work. This desktop has no tray. The window stays in the task bar"
    )
    for each in ears.hearing.findings:
        shown = texts(page._rows[each.way])
        for text in (state_words(each), each.why, fix_words(each)):
            assert not text or text in shown


def test_in_the_window_nobody_is_sent_to_a_command_or_to_the_page_they_are_on() -> None:
    assert switched_off(Way.VOICE).fix == "To switch it on: backtimer config voice on"
    silent = judged(works(Way.SOUND), Settings().with_value("volume", 0), None)
    names = "To choose: backtimer config sound_device NAME. There is “Headset”."
    for finding, words in (
        (switched_off(Way.VOICE), "To switch it on: Settings, “Say it aloud”"),
        (switched_off(Way.SOUND), "To switch it on: Settings, “Sound”"),
        (silent, "To turn it up: Settings, “Volume”"),
        (works(Way.SOUND), ""),
        (switched_off(Way.PHONE), "Use the ntfy app, or write any address here."),
        (broken(Way.SOUND, "", names), "To choose: Settings, “Play on”. There is “Headset”."),
        (
            broken(Way.PHONE, "", "Try backtimer config nothing 1."),
            "Try backtimer config nothing 1.",
        ),
    ):
        assert fix_words(finding) == words


def test_no_two_states_share_a_word_or_a_shape() -> None:
    assert len({state_words(each) for each in ALL}) == len(ALL)
    assert len({state_icon(each) for each in ALL}) == len(ALL)


def test_what_was_found_stays_while_it_looks_again(page: HearingPage, ears: Ears) -> None:
    page.look.click()
    assert page.look.text() == "Looking…"
    assert "This desktop has no tray." in texts(page)
    ears.way.find(works(Way.NOTIFICATION), works(Way.TRAY), MUTED, NO_PHONE)
    assert page.look.text() == "Look again"
    assert "This desktop has no tray." not in texts(page)


@pytest.mark.parametrize(
    ("answer", "heard", "outcome"),
    [
        ("I heard it", Heard.HEARD, "Good. You will hear me."),
        ("I saw it", Heard.SAW, "Good, you see it."),
        ("No", Heard.NEITHER, "Then nothing reached you."),
    ],
)
def test_a_ring_asks_whether_it_came_and_says_what_the_answer_means(
    page: HearingPage, ears: Ears, answer: str, heard: Heard, outcome: str
) -> None:
    assert not page._question.isVisible()
    page.ring.click()
    assert [each.message for each in ears.way.said] == [Message.TRIAL]
    assert "Did it reach you?" in texts(page)

    button(page, answer).click()
    assert ears.hearing.heard is heard
    assert ears.way.hushes == 1
    assert page._asked.text().startswith(outcome)
    assert not page._answers.isVisible()

    page.ring.click()
    assert page._answers.isVisible()


def test_addresses_are_saved_with_enter_and_looked_at(
    page: HearingPage, screen: Screen, ears: Ears
) -> None:
    enter(page, "ntfys://ntfy.sh/a  mailto://b")
    assert screen.settings.current.get("phone_urls") == ("ntfys://ntfy.sh/a", "mailto://b")
    assert ears.way.is_asked


def test_what_did_not_change_is_not_saved_nor_looked_at(page: HearingPage, ears: Ears) -> None:
    enter(page, "")
    assert not ears.way.is_asked


def test_an_address_that_cannot_be_saved_says_why_beside_it(
    page: HearingPage, screen: Screen
) -> None:
    store = screen.settings._store
    store.failure = "The disk is full."  # type: ignore[attr-defined]
    line = enter(page, "ntfys://ntfy.sh/a")
    assert "The disk is full." in texts(page)
    assert line.text() == "ntfys://ntfy.sh/a"
    assert screen.settings.current.get("phone_urls") == ()

    store.failure = ""  # type: ignore[attr-defined]
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "The disk is full." not in texts(page)


def test_the_ntfy_app_gets_a_private_address_by_qr_code(page: HearingPage, screen: Screen) -> None:
    editor(page)._settings.set("phone_urls", ("mailto://b",))
    button(page, "Use the ntfy app…").click()
    dialog = screen.window.findChildren(PairingDialog)[0]
    link = next(each for each in dialog.findChildren(QLabel) if each.text().startswith("https://"))
    assert link.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard

    dialog.use.click()
    assert screen.settings.current.get("phone_urls") == ("mailto://b", ADDRESS)
    assert editor(page)._line.text() == f"mailto://b {ADDRESS}"


def test_cancelling_the_qr_code_changes_nothing(page: HearingPage, screen: Screen) -> None:
    button(page, "Use the ntfy app…").click()
    screen.window.findChildren(PairingDialog)[0].reject()
    assert screen.settings.current.get("phone_urls") == ()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_qr_code_is_black_on_white_with_its_quiet_zone(
    page: HearingPage, screen: Screen, theme: str
) -> None:
    screen.settings.set("theme", theme)
    button(page, "Use the ntfy app…").click()
    dialog = screen.window.findChildren(PairingDialog)[0]
    code = next(each for each in dialog.findChildren(QWidget) if hasattr(each, "module_px"))
    assert code.width() == code.height() >= 200
    image, side = code.grab().toImage(), code.module_px()
    for row in range(-3, len(MODULES) + 3):
        for column in range(-3, len(MODULES) + 3):
            inside = 0 <= row < len(MODULES) and 0 <= column < len(MODULES)
            dark = inside and MODULES[row][column]
            middle = image.pixelColor(*(int((each + 4.5) * side) for each in (column, row)))
            assert middle.name() == ("#000000" if dark else "#ffffff"), (row, column)
    dialog.reject()


@pytest.mark.parametrize("width", [420, 640, 960, 1920])
def test_nothing_is_cut_off_at_the_side(
    page: HearingPage, screen: Screen, qtbot: QtBot, width: int
) -> None:
    screen.window.resize(width, 700)
    content = page.widget()
    assert content
    # The layouts settle from the outside in.
    qtbot.waitUntil(lambda: content.minimumSizeHint().width() <= page.viewport().width())


def test_every_finding_has_words_for_every_way() -> None:
    for way in Way:
        found = Finding(way=way, state=State.WORKS)
        assert state_words(found)
