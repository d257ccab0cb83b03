"""`config` and `protocol`: the same limits as everywhere, and nothing changes by a mistake."""

import pytest

from backtimer.domain.clock import MINUTE_S
from backtimer.domain.declared import DECLARED
from backtimer.domain.library import PROTOCOLS
from backtimer.domain.setting import Kind, Setting
from backtimer.domain.words import quoted
from tests.desk.desks import Program

NUMBERS = [each for each in DECLARED.values() if each.limit]


@pytest.fixture
def program() -> Program:
    return Program()


def key_of(setting: Setting) -> str:
    return setting.key


# --- listing and showing ---


def test_config_lists_every_setting_with_its_value_and_what_it_can_be(program: Program) -> None:
    lines = program.told("config").splitlines()
    assert len(lines) == len(DECLARED)
    for line, (key, setting) in zip(lines, DECLARED.items(), strict=True):
        value = setting.text(program.settings.current.get(key))
        assert line.startswith(f"{key} = {value}".rstrip())
        assert setting.label in line
        assert setting.possible() in line


def test_config_of_a_key_prints_its_value_alone(program: Program) -> None:
    assert program.told("config ice_min") == "20"
    assert program.told("config sound") == "on"
    assert program.told("config quiet_from") == "00:00"
    assert program.told("config phone_urls") == ""


@pytest.mark.parametrize("setting", DECLARED.values(), ids=key_of)
def test_what_config_prints_can_be_set_again(program: Program, setting: Setting) -> None:
    value = program.told(f"config {setting.key}")
    assert program.told("config", setting.key, value) == f"{setting.key} = {value}"


# --- setting ---


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ice_min", "12"], "ice_min = 12"),
        (["ice_min", " 12 "], "ice_min = 12"),
        (["sound", "OFF"], "sound = off"),
        (["quiet_from", "9:05"], "quiet_from = 09:05"),
        (["when_due", "begin"], "when_due = begin"),
        (["theme", "dark"], "theme = dark"),
        (["phone_urls", "ntfy://topic  tgram://x/y"], "phone_urls = ntfy://topic tgram://x/y"),
        (["skin_check_min", "0"], "skin_check_min = 0"),
    ],
)
def test_a_setting_is_said_as_it_now_is(program: Program, words: list[str], told: str) -> None:
    assert program.told("config", *words) == told
    assert program.settings_store.saved[-1] == program.settings.current


def test_an_unusual_value_is_taken_with_a_hint(program: Program) -> None:
    told = program.told("config gap_min 10").splitlines()
    assert told[0] == "gap_min = 10"
    assert "numb skin" in told[1]


@pytest.mark.parametrize("setting", NUMBERS, ids=key_of)
def test_every_number_is_taken_up_to_its_limits(program: Program, setting: Setting) -> None:
    assert setting.limit
    for value in (setting.limit.least, setting.limit.most):
        program.told(f"config {setting.key} {value}")
        assert program.told(f"config {setting.key}") == str(value)


@pytest.mark.parametrize("setting", NUMBERS, ids=key_of)
def test_every_number_outside_its_limits_is_refused_with_the_reason(
    program: Program, setting: Setting
) -> None:
    limit = setting.limit
    assert limit
    for value in (limit.least - 1, limit.most + 1, -1, 10**30):
        if value == 0 and limit.zero_is_off:
            continue
        told = program.refusal(f"config {setting.key} {value}")
        assert setting.label in told
        assert limit.range_text() in told
        assert limit.reason in told


@pytest.mark.parametrize("text", ["", "x", "1.5", "1e3", "0x10", "٪", "12 13", "🧊", "\0"])
@pytest.mark.parametrize("setting", NUMBERS, ids=key_of)
def test_what_is_no_number_is_told_what_it_can_be(
    program: Program, setting: Setting, text: str
) -> None:
    told = program.refusal("config", setting.key, text, status=2)
    assert told.startswith(f"{setting.key} cannot be {quoted(text)}. It can be: ")


def test_a_number_of_a_thousand_digits_is_refused_in_one_line(program: Program) -> None:
    assert len(program.refusal("config", "ice_min", "9" * 1000)) < 300
    assert len(program.refusal("config", "ice_min", "9" * 100_000, status=2)) < 300


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        ("quiet_from", ["24:00", "12:60", "noon", "12", "12:5", "", "\0"]),
        ("sound", ["1", "yes", "", "onn"]),
        ("when_due", ["later", "", "ASK"]),
        ("when_over", ["begin"]),
        ("theme", ["pink", "Dark"]),
    ],
)
def test_what_a_setting_cannot_be_is_told(program: Program, key: str, texts: list[str]) -> None:
    for text in texts:
        told = program.refusal("config", key, text, status=2)
        assert f"{key} cannot be {quoted(text)}. It can be: " in told


@pytest.mark.parametrize("key", ["cream", "", "ICE_MIN", "ice-min", "x" * 10_000, "\0", "🧊"])
def test_an_unknown_key_is_told_where_all_are(program: Program, key: str) -> None:
    for words in ([key], [key, "1"]):
        told = program.refusal("config", *words, status=2)
        assert told == f"There is no setting {quoted(key)}. To see all: backtimer config"


def test_a_setting_that_cannot_be_saved_is_not_in_force(program: Program) -> None:
    program.settings_store.failure = "The disk is full: settings.toml could not be written."
    told = program.refusal("config ice_min 12", status=4)
    assert told == "The disk is full: settings.toml could not be written."


def test_a_length_holds_from_the_next_session_on(program: Program) -> None:
    program.told("start")
    program.told("config ice_min 10")
    assert program.status()["remaining_s"] == 20 * MINUTE_S
    program.wait(20)
    program.told("off")
    program.wait(90)
    program.told("start")
    assert program.status()["remaining_s"] == 10 * MINUTE_S


# --- protocols ---


def test_the_protocols_are_listed_with_the_chosen_one_marked(program: Program) -> None:
    first, *others = program.told("protocol").splitlines()
    assert first.startswith("* ice-then-heat")
    assert [line.split()[0] for line in others] == list(PROTOCOLS)[1:]
    assert all(line.startswith("  ") for line in others)
    assert "20 min ice" in first


def test_a_protocol_is_chosen_and_holds_from_the_next_session_on(program: Program) -> None:
    program.told("start")
    assert program.told("protocol manual") == "From the next session on: manual."
    assert program.phase == "applying"
    program.wait(20)
    program.told("off")
    assert program.status()["next"] is None
    assert program.status()["protocol"] == "manual"


def test_every_protocol_has_its_own_lengths(program: Program) -> None:
    program.told("config ice_min 12")
    program.told("protocol manual")
    assert program.told("config ice_min") == "15"
    program.told("protocol ice-then-heat")
    assert program.told("config ice_min") == "12"


def test_a_copy_begins_as_what_it_was_copied_from_and_is_chosen(program: Program) -> None:
    program.told("config ice_min 12")
    told = program.told("protocol", "--copy", "My physio’s")
    assert told == "From the next session on: my-physio-s."
    assert program.told("config ice_min") == "12"
    program.told("config ice_min 11")
    program.told("protocol ice-then-heat")
    assert program.told("config ice_min") == "12"
    listed = program.told("protocol").splitlines()
    assert any(
        "my-physio-s" in line and "My physio’s, from ice-then-heat" in line for line in listed
    )


def test_a_protocol_can_be_chosen_and_copied_at_once(program: Program) -> None:
    program.told("protocol manual --copy mine")
    assert program.settings.current.course == "manual"
    assert program.settings.current.protocol == "mine"


@pytest.mark.parametrize("key", ["ice", "", "MANUAL", "x" * 10_000, "\0"])
def test_an_unknown_protocol_is_told_which_there_are(program: Program, key: str) -> None:
    told = program.refusal("protocol", key, status=2)
    assert told == f"There is no protocol {quoted(key)}. There are: {', '.join(PROTOCOLS)}."


@pytest.mark.parametrize("name", ["", "–", "x" * 41, "\0", "   ", "🧊"])
def test_a_copy_needs_a_name(program: Program, name: str) -> None:
    told = program.refusal("protocol", "--copy", name, status=2)
    assert told == "A name has 1–40 letters or digits."


def test_a_name_is_given_once(program: Program) -> None:
    program.told("protocol --copy mine")
    told = program.refusal("protocol --copy Mine", status=2)
    assert told == "There is a protocol “mine” already."
    assert "already" in program.refusal("protocol --copy manual", status=2)


def test_a_wrong_protocol_with_a_good_copy_changes_nothing(program: Program) -> None:
    program.refusal("protocol nothing --copy mine", status=2)


def test_every_kind_of_setting_is_tried_here() -> None:
    assert {each.kind for each in DECLARED.values()} == set(Kind)
