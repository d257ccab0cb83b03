"""What the main thread asks of the thread that shows notifications."""

from dataclasses import dataclass

from backtimer.domain.announcements import Announcement, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Show `announcement`. `ticket` counts up and names it in reports."""

    ticket: int
    announcement: Announcement

    @property
    def needs_answer(self) -> bool:
        """Whether it is taken back once the person has answered. The rest is only good to know."""
        return self.announcement.urgency is Urgency.URGENT or bool(self.announcement.buttons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hush:
    """Take back what needed an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Find out what would become of a notification."""

    ticket: int


Errand = Say | Hush | Probe
