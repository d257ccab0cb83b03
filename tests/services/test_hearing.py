"""What works and what does not is found out, told once, and tried by a real ring."""

import pytest
from pytestqt.qtbot import QtBot

from backtimer.domain.hearing import Heard
from backtimer.domain.ports import Channel
from backtimer.domain.reach import Finding, State, Way, broken, not_wanted, works
from backtimer.domain.reminding import Message
from backtimer.domain.settings import Settings
from backtimer.services.hearing import Hearing
from backtimer.services.settings import SettingsService
from tests.fakes import HandChannel, MemorySettings
from tests.services.timer import Timer, at_due

NO_DEVICE = broken(Way.SOUND, "There is no sound device.", "Connect a speaker.")
NO_DAEMON = broken(Way.NOTIFICATION, "No notification service runs.")
NO_PHONE = not_wanted(Way.PHONE, "No phone is set up.", "Set one up.")


class Bed:
    """The ways to the person, each at the hands of a test."""

    def __init__(self) -> None:
        settings = Settings(values={"phone_urls": ("ntfy://a",)})
        self.settings = SettingsService(store=MemorySettings(), settings=settings)
        self.notification, self.sound, self.phone = HandChannel(), HandChannel(), HandChannel()
        channels: dict[Way, Channel] = {
            Way.NOTIFICATION: self.notification,
            Way.SOUND: self.sound,
            Way.VOICE: self.phone,
        }
        self.hearing = Hearing(
            settings=self.settings,
            probed={
                (Way.NOTIFICATION, Way.BUTTONS): self.notification,
                (Way.SOUND,): self.sound,
                (Way.PHONE,): self.phone,
            },
            channels=channels,
        )
        self.changes: list[tuple[Finding, ...]] = []
        self.cautions: list[str] = []
        self.lost: list[tuple[Finding, ...]] = []
        self.hearing.changed.connect(self.changes.append)
        self.hearing.caution.connect(self.cautions.append)
        self.hearing.lost.connect(self.lost.append)

    def find(self, notification: Finding, sound: Finding) -> None:
        """Look, and find that; the phone is not set up."""
        self.hearing.look()
        self.notification.find(notification, works(Way.BUTTONS))
        self.sound.find(sound)
        self.phone.find(NO_PHONE)

    def state(self, way: Way) -> State:
        return next(each.state for each in self.hearing.findings if each.way is way)


@pytest.fixture
def bed(qapp: object) -> Bed:
    assert qapp
    return Bed()


def test_all_that_was_found_is_told_at_once_in_order(bed: Bed) -> None:
    told: list[tuple[Finding, ...]] = []
    bed.hearing.look(told.append)
    bed.phone.find(NO_PHONE)
    bed.sound.find(works(Way.SOUND))
    assert (told, bed.changes, bed.hearing.findings) == ([], [], ())
    bed.notification.find(works(Way.NOTIFICATION), works(Way.BUTTONS))
    assert not bed.hearing.is_looking
    assert [each.way for each in told[0]] == [Way.NOTIFICATION, Way.BUTTONS, Way.SOUND, Way.PHONE]
    assert bed.changes == told == [bed.hearing.findings]


def test_who_asks_meanwhile_hears_of_the_same_look(bed: Bed) -> None:
    told: list[tuple[Finding, ...]] = []
    bed.hearing.look(told.append)
    bed.hearing.look(told.append)
    bed.notification.find(works(Way.NOTIFICATION), works(Way.BUTTONS))
    bed.sound.find(works(Way.SOUND))
    bed.phone.find(NO_PHONE)
    assert len(told) == 2
    assert not bed.sound.is_asked()


def test_what_does_not_answer_in_time_is_unknown(bed: Bed, qtbot: QtBot) -> None:
    bed.hearing._patience.setInterval(20)
    bed.hearing.look()
    bed.sound.find(works(Way.SOUND))
    qtbot.waitUntil(lambda: bool(bed.changes))
    assert bed.state(Way.NOTIFICATION) is bed.state(Way.PHONE) is State.UNKNOWN
    assert bed.state(Way.SOUND) is State.WORKS
    # Too late: it is known by now.
    bed.notification.find(works(Way.NOTIFICATION), works(Way.BUTTONS))
    assert bed.state(Way.NOTIFICATION) is State.UNKNOWN


def test_where_nothing_reaches_beyond_the_window_the_person_is_told_once(bed: Bed) -> None:
    bed.find(NO_DAEMON, NO_DEVICE)
    bed.find(NO_DAEMON, NO_DEVICE)
    assert len(bed.cautions) == 1
    assert "window" in bed.cautions[0]
    bed.find(NO_DAEMON, works(Way.SOUND))
    assert bed.cautions[1:] == [""]


def test_before_anything_is_known_nobody_is_warned(bed: Bed) -> None:
    bed.settings.set("sound", False)
    assert (bed.cautions, bed.changes) == ([], [])


def test_what_worked_and_does_not_is_told(bed: Bed) -> None:
    bed.find(works(Way.NOTIFICATION), works(Way.SOUND))
    bed.find(works(Way.NOTIFICATION), NO_DEVICE)
    assert bed.lost == [(NO_DEVICE,)]
    bed.find(works(Way.NOTIFICATION), NO_DEVICE)
    assert len(bed.lost) == 1


def test_what_the_person_switches_off_is_not_lost(bed: Bed) -> None:
    bed.find(works(Way.NOTIFICATION), works(Way.SOUND))
    bed.settings.set("sound", False)
    assert bed.state(Way.SOUND) is State.BROKEN
    bed.find(works(Way.NOTIFICATION), works(Way.SOUND))
    assert bed.lost == []
    bed.settings.set("sound", True)
    assert bed.sound.is_asked(), "nobody knows what became of it meanwhile"


def test_what_is_not_used_is_not_looked_at(bed: Bed) -> None:
    bed.settings.set("phone_urls", ())
    bed.hearing.look()
    assert not bed.phone.is_asked()
    bed.notification.find(works(Way.NOTIFICATION), works(Way.BUTTONS))
    bed.sound.find(works(Way.SOUND))
    assert bed.state(Way.PHONE) is State.BROKEN
    assert not bed.hearing.findings[-1].is_wanted
    bed.settings.set("phone_urls", ("ntfy://a",))
    assert bed.phone.is_asked()


def test_a_volume_of_nothing_is_not_heard(bed: Bed) -> None:
    bed.find(works(Way.NOTIFICATION), works(Way.SOUND))
    bed.settings.set("volume", 0)
    assert bed.state(Way.SOUND) is State.BROKEN


def test_a_ring_goes_every_way_that_is_wanted_as_loud_as_it_is_set(bed: Bed) -> None:
    bed.settings.set("volume", 30)
    bed.hearing.ring()
    (said,) = bed.sound.said
    assert (said.message, said.volume, said.lasts) == (Message.TRIAL, 30, False)
    assert bed.notification.said
    assert not bed.phone.said, "the voice is switched off"


@pytest.mark.parametrize(
    ("heard", "sound", "notification"),
    [
        (Heard.HEARD, State.WORKS, State.WORKS),
        (Heard.SAW, State.WORKS, State.WORKS),
        (Heard.NEITHER, State.BROKEN, State.BROKEN),
    ],
)
def test_what_the_person_says_of_it_counts(
    bed: Bed, heard: Heard, sound: State, notification: State
) -> None:
    bed.find(works(Way.NOTIFICATION), works(Way.SOUND))
    bed.hearing.ring()
    bed.hearing.answer(heard)
    assert bed.hearing.heard is heard
    assert not bed.sound.is_saying()
    assert (bed.state(Way.SOUND), bed.state(Way.NOTIFICATION)) == (sound, notification)
    assert bed.state(Way.BUTTONS) is State.WORKS
    told = {each.why for each in bed.hearing.findings}
    assert told & {"You heard it.", "You saw it.", "You did not hear it."}


def test_what_is_broken_anyway_stays_so_whatever_the_person_says(bed: Bed) -> None:
    bed.find(works(Way.NOTIFICATION), NO_DEVICE)
    bed.hearing.answer(Heard.HEARD)
    assert bed.state(Way.SOUND) is State.BROKEN


def test_it_looks_again_when_a_session_is_due_and_when_it_begins(bed: Bed) -> None:
    timer = Timer()
    timer.care.changed.connect(bed.hearing.on_view)
    timer.start()
    assert bed.sound.is_asked()
    bed.find(works(Way.NOTIFICATION), works(Way.SOUND))
    timer.wait(20)
    timer.off()
    # In a demo this is a second later.
    timer.wait(90)
    assert not bed.sound.is_asked()
    bed.hearing._pause.stop()
    timer.start()
    assert bed.sound.is_asked()


def test_a_due_session_is_a_reason_to_look(bed: Bed) -> None:
    timer = Timer()
    at_due(timer)
    bed.hearing.on_view(timer.care.view)
    assert bed.sound.is_asked()


def test_once_closed_it_tells_nothing_more(bed: Bed) -> None:
    told: list[tuple[Finding, ...]] = []
    bed.hearing.look(told.append)
    bed.hearing.close()
    bed.notification.find(works(Way.NOTIFICATION), works(Way.BUTTONS))
    bed.sound.find(works(Way.SOUND))
    bed.phone.find(NO_PHONE)
    assert (told, bed.changes) == ([], [])
