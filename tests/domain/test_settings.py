"""Settings: declared once, checked on the way in, and kept per protocol where they are lengths."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.domain.declared import DECLARED, declared
from backtimer.domain.errors import Misused, Refused
from backtimer.domain.protocol import WhenDue, WhenOver
from backtimer.domain.quiet import QuietHours
from backtimer.domain.rules import Rules
from backtimer.domain.setting import Group, Kind, Setting, Value
from backtimer.domain.settings import Settings, copy_key

# The table of interface.md: default, and what can be set in words.
DOCUMENTED: dict[str, tuple[Value, str]] = {
    "ice_min": (20, "5–20 min"),
    "heat_min": (15, "5–30 min"),
    "ice_rest_min": (90, "30–480 min"),
    "heat_rest_min": (90, "60–480 min"),
    "gap_min": (30, "10–480 min"),
    "heat_after_h": (72, "24–168 h"),
    "cold_massage_min": (5, "1–10 min"),
    "sessions_per_day": (10, "1–12"),
    "skin_check_min": (10, "3–15 min, or 0 for off"),
    "when_due": ("ask", "ask or begin"),
    "when_over": ("confirm", "confirm or assume"),
    "snooze_min": (10, "5–60 min"),
    "quiet_from": ("22:30", "a time such as 22:30"),
    "quiet_to": ("07:00", "a time such as 22:30"),
    "remind_every_min": (1, "1–10 min"),
    "sound": (True, "on or off"),
    "volume": (80, "0–100 %"),
    "voice": (False, "on or off"),
    "autostart": (False, "on or off"),
    "phone_urls": ((), "addresses with spaces between them"),
    "theme": ("system", "system or light or dark"),
    # Besides: the steps of a removal that is not answered, and what a phone shows of it.
    "louder_after_s": (15, "5–60 s"),
    "voice_after_s": (60, "15–300 s"),
    "phone_after_min": (3, "1–10 min"),
    "phone_words": (False, "on or off"),
    # The optional part of the routine “Short ice”.
    "moist_heat": (False, "on or off"),
    # Where the alarm is played.
    "sound_device": ("", "a name of up to 200 letters, or nothing"),
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


def test_every_documented_setting_is_declared_and_no_other() -> None:
    assert DECLARED.keys() == DOCUMENTED.keys()


@pytest.mark.parametrize("key", DOCUMENTED)
def test_each_has_its_documented_default_and_limits(key: str) -> None:
    setting, (default, possible) = DECLARED[key], DOCUMENTED[key]
    assert setting.key == key
    assert setting.label
    assert Settings().get(key) == default
    assert setting.check(default) == default
    assert setting.possible() == possible


@pytest.mark.parametrize("key", DOCUMENTED)
def test_each_value_reads_back_as_it_is_shown(key: str) -> None:
    setting = DECLARED[key]
    assert setting.parse(setting.text(setting.default)) == setting.default


def test_the_form_shows_what_works_in_groups() -> None:
    shown = [each for each in DECLARED.values() if each.in_form]
    groups = [each.group for each in shown]
    assert {each.key for each in DECLARED.values()} - {each.key for each in shown} == {
        "phone_urls",
    }
    changes = sum(1 for before, after in pairwise(groups) if before is not after)
    assert set(groups) == set(Group)
    assert changes == len(Group) - 1, "each group stands together"


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("ice_min", " 12 ", 12),
        ("sound", "OFF", False),
        ("voice", "on", True),
        ("quiet_from", "7:05", "07:05"),
        ("quiet_to", "00:00", "00:00"),
        ("theme", "dark", "dark"),
        ("sound_device", " My \x00Speaker ", "My Speaker"),
        ("sound_device", "", ""),
        ("phone_urls", "ntfy://a  mailto://b", ("ntfy://a", "mailto://b")),
        ("phone_urls", "", ()),
        ("when_due", "begin", "begin"),
    ],
)
def test_the_command_line_takes_a_value_in_words(key: str, text: str, value: Value) -> None:
    assert DECLARED[key].parse(text) == value


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("ice_min", "twelve"),
        ("ice_min", "12.5"),
        ("ice_min", ""),
        ("ice_min", "9" * 5000),
        ("sound", "yes"),
        ("quiet_from", "24:00"),
        ("quiet_from", "22:60"),
        ("quiet_from", "22.30"),
        ("quiet_from", "22:3"),
        ("quiet_from", "9" * 5000 + ":00"),
        ("quiet_from", "٢٢:٣٠"),
        ("theme", "Dark"),
        ("when_over", ""),
    ],
)
def test_what_is_no_value_is_misused_with_what_is_possible(key: str, text: str) -> None:
    with pytest.raises(Misused) as misused:
        DECLARED[key].parse(text)
    told = str(misused.value)
    assert told.startswith(f"{key} cannot be “{text[:40]}")
    assert DOCUMENTED[key][1] in told
    assert len(told) < 200


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ice_min", True),
        ("ice_min", 12.0),
        ("ice_min", "12"),
        ("sound", 1),
        ("quiet_from", 22),
        ("theme", ["dark"]),
        ("theme", None),
        ("phone_urls", "ntfy://a"),
        ("phone_urls", [1]),
        ("phone_urls", {"a": "b"}),
    ],
)
def test_a_value_of_another_kind_is_misused(key: str, value: object) -> None:
    with pytest.raises(Misused):
        Settings().with_value(key, value)


@given(st.sampled_from(sorted(DECLARED)), ANYTHING)
def test_any_value_is_taken_misused_or_refused(key: str, value: object) -> None:
    try:
        taken = DECLARED[key].check(value)
    except (Misused, Refused):
        return
    assert DECLARED[key].check(taken) == taken
    Settings().with_value(key, value).rules()


@given(st.sampled_from(sorted(DECLARED)), st.text())
def test_any_text_is_taken_misused_or_refused(key: str, text: str) -> None:
    with suppress(Misused, Refused):
        assert DECLARED[key].check(DECLARED[key].parse(text)) is not None


def test_an_unknown_key_is_misused() -> None:
    with pytest.raises(Misused, match=r"There is no setting “ice”\. To see all: backtimer config"):
        declared("ice")
    with pytest.raises(Misused):
        Settings().with_value("Ice_min", 12)


def test_a_number_without_a_limit_is_any_whole_number() -> None:
    free = Setting(key="n", group=Group.PROGRAM, kind=Kind.NUMBER, label="N", default=0)
    assert free.check(-1_000_000) == -1_000_000
    assert free.possible() == "a whole number"


def test_the_rules_are_those_that_were_set() -> None:
    settings = Settings()
    assert settings.rules() == Rules()
    for key, value in (
        *(("ice_min", 12), ("when_due", "begin"), ("when_over", "assume")),
        *(("quiet_from", "21:15"), ("quiet_to", "06:05")),
    ):
        settings = settings.with_value(key, value)
    assert settings.rules() == Rules(
        ice_min=12,
        when_due=WhenDue.BEGIN,
        when_over=WhenOver.ASSUME,
        quiet=QuietHours(from_min=21 * 60 + 15, to_min=6 * 60 + 5),
    )


def test_a_number_is_a_number() -> None:
    assert Settings().number("volume") == 80


def test_manual_has_lengths_of_its_own() -> None:
    manual = Settings().with_protocol("manual")
    rules = manual.rules()
    assert (rules.protocol, rules.course) == ("manual", "manual")
    assert (rules.ice_min, rules.heat_min) == (15, 15)
    changed = manual.with_value("ice_min", 10)
    assert changed.rules().ice_min == 10
    assert changed.with_protocol("ice-then-heat").rules().ice_min == 20


def test_a_reset_is_of_everything_but_the_other_protocols_lengths_and_copies() -> None:
    settings = Settings().with_value("ice_min", 12).with_value("theme", "dark")
    settings = settings.with_protocol("manual").with_value("ice_min", 10).with_copy("Mine")
    settings = settings.with_protocol("manual").reset()
    assert (settings.get("ice_min"), settings.get("theme")) == (15, "system")
    assert settings.with_protocol("ice-then-heat").get("ice_min") == 12
    assert settings.with_protocol("mine").get("ice_min") == 10


def test_an_unknown_protocol_is_misused_with_those_there_are() -> None:
    settings = Settings().with_copy("My physio’s")
    with pytest.raises(Misused) as misused:
        settings.with_protocol("ice-bath")
    assert str(misused.value) == (
        "There is no protocol “ice-bath”. There are: ice-then-heat, short-ice, heat-then-cool, "
        "heat-first, ice-10-10-10, manual, my-physio-s."
    )


def test_a_copy_has_the_lengths_of_the_original_and_then_its_own() -> None:
    original = Settings().with_value("ice_min", 12)
    copy = original.with_copy("My Physio’s")
    assert copy.protocol == "my-physio-s"
    assert copy.copies["my-physio-s"].name == "My Physio’s"
    rules = copy.rules()
    assert (rules.protocol, rules.course, rules.ice_min) == ("my-physio-s", "ice-then-heat", 12)
    changed = copy.with_value("ice_min", 8)
    assert changed.with_protocol("ice-then-heat").get("ice_min") == 12
    assert changed.with_protocol("my-physio-s").get("ice_min") == 8


def test_a_copy_of_a_copy_follows_the_same_course() -> None:
    twice = Settings().with_protocol("manual").with_copy("one").with_copy("two")
    assert twice.course == "manual"
    assert twice.course_of("one") == "manual"
    assert twice.default("ice_min") == 15


@pytest.mark.parametrize("name", ["", "—", "a" * 41])
def test_a_copy_needs_a_name(name: str) -> None:
    with pytest.raises(Misused, match="1–40 letters or digits"):
        Settings().with_copy(name)


@pytest.mark.parametrize("name", ["Manual", "ice then heat", "mine", "MINE!"])
def test_a_copy_needs_a_name_that_is_free(name: str) -> None:
    with pytest.raises(Misused, match="already"):
        Settings().with_copy("mine").with_copy(name)


@given(st.text(max_size=50))
def test_a_key_of_a_copy_has_letters_digits_and_single_dashes(name: str) -> None:
    key = copy_key(name)
    assert copy_key(key) == key or not key.isascii()
    assert all(part.isalnum() for part in key.split("-")) or key == ""


def test_addresses_are_secrets_where_others_may_look_on() -> None:
    urls = DECLARED["phone_urls"]
    assert urls.shown(("ntfy://a", "mailto://b")) == "2 kept secret"
    assert urls.shown(()) == ""
    assert DECLARED["volume"].shown(30) == "30"


def test_the_addresses_of_the_phone_are_a_list_of_texts() -> None:
    settings = Settings().with_value("phone_urls", ["ntfy://a"])
    assert settings.texts("phone_urls") == ("ntfy://a",)


def test_the_chosen_routine_is_named_a_copy_by_the_persons_own_name() -> None:
    assert Settings().routine_name == "Ice, then heat"
    assert Settings().with_copy("My own").routine_name == "My own"
