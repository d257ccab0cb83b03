"""What is said reaches the person step by step, and an answer ends all of it."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.ladder import Sound
from backtimer.domain.ports import Channel, Delivery
from backtimer.domain.protocol import WhenDue
from backtimer.domain.reach import Way
from backtimer.domain.reminding import Message
from backtimer.domain.settings import Settings
from backtimer.services.calling import Calling
from tests.fakes import HandChannel
from tests.services.timer import Timer, rules_of_the_day

WAYS = (Way.NOTIFICATION, Way.SOUND, Way.WINDOW, Way.VOICE, Way.PHONE)


class Bed:
    """A timer, and the person who hears it."""

    def __init__(self, **rules: object) -> None:
        settings = Settings(values={"voice": True, "phone_urls": ("ntfy://a",)})
        self.timer = Timer(rules=rules_of_the_day(**rules), settings=settings)
        self.ways = {way: HandChannel() for way in WAYS}
        channels: dict[Way, Channel] = dict(self.ways)
        self.calling = Calling(
            care=self.timer.care,
            reminders=self.timer.reminders,
            settings=self.timer.settings,
            channels=channels,
        )
        self.delivered: list[tuple[Way, Delivery, str]] = []
        self.calling.delivered.connect(lambda *all_of_it: self.delivered.append(all_of_it))
        self.calling.unheard.connect(self.timer.watch.hurry)
        self.timer.start()

    def adjust(self, key: str, value: object) -> None:
        self.timer.settings.set(key, value)

    def heard(self) -> set[Way]:
        """The ways in which something is said now."""
        return {way for way, channel in self.ways.items() if channel.now}

    def volumes(self) -> list[int]:
        return [each.volume for each in self.ways[Way.SOUND].said]


@pytest.fixture
def bed() -> Bed:
    return Bed()


def at_due(bed: Bed) -> HandChannel:
    """The next session has just become due; its notification."""
    bed.timer.wait(20)
    bed.timer.off()
    bed.timer.wait(90)
    return bed.ways[Way.NOTIFICATION]


def test_each_step_uses_its_ways_and_is_louder(bed: Bed) -> None:
    bed.timer.wait(19.9)
    assert bed.heard() == set()
    bed.timer.wait(0.1)
    assert bed.heard() == {Way.NOTIFICATION, Way.SOUND}
    bed.timer.wait(0.25)
    assert bed.heard() == {Way.NOTIFICATION, Way.SOUND, Way.WINDOW}
    bed.timer.wait(0.75)
    assert bed.heard() == set(WAYS) - {Way.PHONE}
    bed.timer.wait(2)
    assert bed.heard() == set(WAYS)
    assert bed.volumes() == [40, 80, 100, 100]
    assert all(each.lasts for each in bed.ways[Way.SOUND].said)


def test_an_answer_anywhere_ends_all_of_it_at_once(bed: Bed) -> None:
    bed.timer.wait(24)
    bed.timer.off()
    assert bed.heard() == set()


def test_silence_ends_what_is_heard_and_leaves_what_is_shown(bed: Bed) -> None:
    bed.timer.wait(24)
    bed.timer.do(cmd.Silence())
    assert bed.heard() == {Way.NOTIFICATION, Way.WINDOW}
    bed.timer.wait(1)
    assert bed.heard() == {Way.NOTIFICATION, Way.WINDOW}
    bed.timer.wait(1)
    assert bed.heard() == set(WAYS)


def test_after_two_hours_what_is_heard_ends_and_what_is_shown_stays(bed: Bed) -> None:
    bed.timer.wait(20 + 121)
    assert bed.heard() == {Way.NOTIFICATION, Way.WINDOW}


@pytest.mark.parametrize("what", [Delivery.FAILED, Delivery.HELD])
def test_a_removal_that_is_not_shown_climbs_at_once(bed: Bed, what: Delivery) -> None:
    bed.timer.wait(20)
    bed.ways[Way.NOTIFICATION].deliver(what, "Do not disturb is on.")
    assert Way.WINDOW in bed.heard()
    assert bed.volumes() == [40, 80]
    assert bed.delivered == [(Way.NOTIFICATION, what, "Do not disturb is on.")]


def test_what_is_known_to_be_broken_hurries_nothing_again(bed: Bed) -> None:
    bed.timer.wait(20)
    sound = bed.ways[Way.SOUND]
    for _ in range(3):
        sound.deliver(Delivery.FAILED, "There is no sound device.")
    assert len(sound.said) == 2
    sound.deliver(Delivery.SENT)
    sound.deliver(Delivery.FAILED, "There is no sound device.")
    assert len(sound.said) == 3


def test_where_nothing_gets_through_the_phone_rings_within_seconds(bed: Bed) -> None:
    bed.timer.wait(20)
    for way in (Way.NOTIFICATION, Way.SOUND, Way.VOICE):
        bed.ways[way].deliver(Delivery.FAILED, "It is broken.")
    assert bed.ways[Way.PHONE].said


def test_a_step_with_nothing_that_works_is_skipped(bed: Bed) -> None:
    bed.adjust("voice", False)
    bed.timer.wait(20)
    bed.ways[Way.SOUND].deliver(Delivery.FAILED, "There is no sound device.")
    bed.timer.wait(1)
    assert bed.ways[Way.PHONE].said, "two minutes before its time"
    assert bed.ways[Way.WINDOW].said


def test_what_is_shown_as_it_should_be_hurries_nothing(bed: Bed) -> None:
    bed.timer.wait(20)
    bed.ways[Way.NOTIFICATION].deliver(Delivery.SENT)
    assert bed.heard() == {Way.NOTIFICATION, Way.SOUND}


def test_time_for_the_next_session_is_heard_once_it_is_shown(bed: Bed) -> None:
    notification = at_due(bed)
    bed.ways[Way.SOUND].said.clear()
    assert bed.heard() == {Way.NOTIFICATION}
    notification.deliver(Delivery.SENT)
    notification.deliver(Delivery.SENT)
    (said,) = bed.ways[Way.SOUND].said
    assert (said.sound, said.volume, said.lasts) == (Sound.REMINDER, 80, False)
    assert bed.heard() == {Way.NOTIFICATION, Way.SOUND}


def test_who_wants_to_be_left_in_peace_does_not_hear_of_the_next_session(bed: Bed) -> None:
    notification = at_due(bed)
    bed.ways[Way.SOUND].said.clear()
    notification.deliver(Delivery.HELD)
    bed.timer.wait(5)
    assert bed.ways[Way.SOUND].said == []
    assert bed.heard() == {Way.NOTIFICATION}, "it goes no further"


def test_where_notifications_fail_the_next_session_is_heard(bed: Bed) -> None:
    notification = at_due(bed)
    bed.ways[Way.SOUND].said.clear()
    notification.deliver(Delivery.FAILED, "There is none.")
    assert len(bed.ways[Way.SOUND].said) == 1
    assert not bed.ways[Way.WINDOW].now


@pytest.mark.parametrize(
    "answer", [cmd.Start(), cmd.Skip(), cmd.Snooze(snooze_min=10)], ids=lambda each: str(type(each))
)
def test_an_answer_withdraws_the_reminder(bed: Bed, answer: cmd.Command) -> None:
    notification = at_due(bed)
    bed.timer.do(answer)
    assert notification.now is None
    notification.deliver(Delivery.SENT)
    assert not bed.ways[Way.SOUND].now, "a report that comes late is heard of no more"


def test_the_look_at_the_skin_is_silent_and_is_taken_back_with_the_answer() -> None:
    bed = Bed(skin_check_min=10)
    bed.timer.wait(10)
    assert bed.heard() == {Way.NOTIFICATION}
    bed.ways[Way.NOTIFICATION].deliver(Delivery.SENT)
    assert bed.heard() == {Way.NOTIFICATION}
    bed.timer.do(cmd.Stop(why=ev.StopReason.SKIN))
    assert bed.heard() == set()


def test_news_stay_until_the_person_has_seen_them(bed: Bed) -> None:
    bed.timer.wait(5)
    bed.timer.do(cmd.Pause())
    bed.timer.wait(11)
    notification = bed.ways[Way.NOTIFICATION]
    assert notification.now
    assert notification.now.message is Message.PAUSE_OVER
    hushes = notification.hushes
    bed.timer.wait(30)
    assert notification.hushes == hushes


def test_the_volume_is_that_of_the_settings_at_once(bed: Bed) -> None:
    bed.adjust("volume", 30)
    assert bed.volumes() == []
    bed.timer.wait(20.3)
    bed.adjust("volume", 60)
    assert bed.volumes() == [15, 30, 60]


@pytest.mark.parametrize("way", [Way.SOUND, Way.VOICE])
def test_who_switches_a_way_off_hears_no_more_of_it(bed: Bed, way: Way) -> None:
    bed.timer.wait(21.1)
    bed.adjust(str(way), False)
    assert not bed.ways[way].now
    bed.timer.wait(5)
    assert not bed.ways[way].now
    assert Way.WINDOW in bed.heard()


def test_a_change_of_settings_after_the_answer_rings_no_more(bed: Bed) -> None:
    bed.timer.wait(21)
    bed.timer.off()
    said = len(bed.ways[Way.SOUND].said)
    bed.adjust("volume", 60)
    assert len(bed.ways[Way.SOUND].said) == said


def test_a_report_before_anything_was_said_is_passed_on(bed: Bed) -> None:
    bed.ways[Way.SOUND].deliver(Delivery.FAILED, "There is no sound device.")
    assert bed.delivered == [(Way.SOUND, Delivery.FAILED, "There is no sound device.")]
    assert bed.heard() == set()


def test_a_timer_with_few_ways_uses_those() -> None:
    timer = Timer()
    only = HandChannel()
    channels: dict[Way, Channel] = {Way.NOTIFICATION: only}
    calling = Calling(
        care=timer.care, reminders=timer.reminders, settings=timer.settings, channels=channels
    )
    timer.start()
    timer.wait(24)
    assert calling is not None
    assert only.is_saying()
    timer.do(cmd.Silence())
    timer.settings.set("volume", 10)
    assert only.is_saying()


def test_the_question_after_a_restart_is_taken_back_with_the_answer() -> None:
    timer = Timer()
    timer.start()
    timer.clock.reboot()
    again = timer.restarted()
    notification = HandChannel()
    channels: dict[Way, Channel] = {Way.NOTIFICATION: notification}
    calling = Calling(
        care=again.care, reminders=again.reminders, settings=again.settings, channels=channels
    )
    again.reminders.say.emit(again.said[-1][1], again.rungs[-1])
    assert calling is not None
    assert notification.now
    again.do(cmd.StillOn())
    assert notification.now is None


def test_what_began_by_itself_is_told_until_it_is_over() -> None:
    bed = Bed(when_due=WhenDue.BEGIN)
    notification = at_due(bed)
    assert notification.now
    assert notification.now.message is Message.BEGUN
    bed.timer.off()
    assert notification.now is None
