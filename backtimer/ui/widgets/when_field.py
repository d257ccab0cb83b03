"""A date and time to be set to the minute, as the wall clock reads."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QDateTimeEdit

from backtimer.domain.words import tr


class WhenField(QDateTimeEdit):
    """Shows `wall` at first; `wall()` is what it was set to, in the same zone."""

    def __init__(self, name: str, wall: datetime) -> None:
        assert wall.tzinfo
        super().__init__(_shown(wall))
        self._zone: tzinfo = wall.tzinfo
        self.setAccessibleName(name)
        self.setDisplayFormat(tr("ddd d MMM  HH:mm"))
        self.setCalendarPopup(True)
        self.setCurrentSection(QDateTimeEdit.Section.HourSection)

    def set_range(self, earliest: datetime, latest: datetime) -> None:
        """Take nothing else than what lies between both."""
        self.setDateTimeRange(_shown(earliest), _shown(latest))

    def wall(self) -> datetime:
        """What is shown, to the minute."""
        shown = self.dateTime()
        date, time = shown.date(), shown.time()
        return datetime(
            date.year(), date.month(), date.day(), time.hour(), time.minute(), tzinfo=self._zone
        )


def _shown(wall: datetime) -> QDateTime:
    """`wall` as it is read, whatever zone the machine is in."""
    return QDateTime(wall.year, wall.month, wall.day, wall.hour, wall.minute, 0)
