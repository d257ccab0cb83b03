"""A setting is in force when it is saved, and not before."""

import pytest

from backtimer.domain.errors import DataError, Misused, Refused
from backtimer.domain.settings import Settings
from backtimer.services.settings import SettingsService
from tests.fakes import DISK_FULL, MemorySettings


class Subject:
    """The service with all it needs, and what it announced."""

    def __init__(self) -> None:
        self.store = MemorySettings()
        self.service = SettingsService(store=self.store, settings=Settings())
        self.announced: list[Settings] = []
        self.service.changed.connect(self.announced.append)


@pytest.fixture
def subject() -> Subject:
    return Subject()


def test_a_change_is_saved_in_force_and_announced(subject: Subject) -> None:
    subject.service.set("ice_min", 12)
    assert subject.service.current.get("ice_min") == 12
    assert subject.store.saved == [subject.service.current]
    assert subject.announced == [subject.service.current]


def test_a_setting_is_saved_before_it_is_announced(subject: Subject) -> None:
    saved: list[int] = []
    subject.service.changed.connect(lambda _: saved.append(len(subject.store.saved)))
    subject.service.set("volume", 10)
    assert saved == [1]


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("ice_min", "12", 12),
        ("sound", "off", False),
        ("quiet_from", "9:05", "09:05"),
        ("when_due", "begin", "begin"),
        ("phone_urls", "ntfy://a tgram://b", ("ntfy://a", "tgram://b")),
    ],
)
def test_a_setting_can_be_given_as_text(
    subject: Subject, key: str, text: str, value: object
) -> None:
    subject.service.set_text(key, text)
    assert subject.service.current.get(key) == value


def test_what_is_so_already_is_neither_saved_nor_announced(subject: Subject) -> None:
    subject.service.set("ice_min", 12)
    subject.service.set("ice_min", 12)
    subject.service.change(lambda settings: settings)
    assert len(subject.store.saved) == len(subject.announced) == 1


@pytest.mark.parametrize(
    ("key", "text", "error"),
    [
        ("ice_min", "21", Refused),
        ("ice_min", "twenty", Misused),
        ("cream", "1", Misused),
        ("quiet_from", "25:00", Misused),
        ("sound", "loud", Misused),
    ],
)
def test_what_cannot_be_changes_nothing(
    subject: Subject, key: str, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        subject.service.set_text(key, text)
    assert subject.service.current == Settings()
    assert not subject.store.saved
    assert not subject.announced


def test_what_could_not_be_saved_is_not_in_force(subject: Subject) -> None:
    subject.store.failure = DISK_FULL
    with pytest.raises(DataError, match="disk is full"):
        subject.service.set("ice_min", 12)
    assert subject.service.current == Settings()
    assert not subject.announced


def test_a_change_may_be_of_several_things_at_once(subject: Subject) -> None:
    subject.service.change(
        lambda settings: settings.with_protocol("manual").with_value("ice_min", 10)
    )
    assert subject.service.current.protocol == "manual"
    assert subject.service.current.rules().ice_min == 10
    assert len(subject.announced) == 1


def test_a_change_that_fails_half_way_changes_nothing(subject: Subject) -> None:
    with pytest.raises(Refused):
        subject.service.change(
            lambda settings: settings.with_protocol("manual").with_value("ice_min", 99)
        )
    assert subject.service.current == Settings()


def test_settings_are_taken_over_along_with_something_else_or_not_at_all(subject: Subject) -> None:
    before = subject.service.current

    def fail() -> None:
        raise DataError("The disk is full.")

    with pytest.raises(DataError):
        subject.service.change_along(before.with_value("volume", 10), fail)
    assert subject.service.current == before
    assert subject.store.saved[-1] == before
    done: list[str] = []
    subject.service.change_along(before.with_value("volume", 10), lambda: done.append("done"))
    assert subject.service.current.get("volume") == 10
    assert done == ["done"]
