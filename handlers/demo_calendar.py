"""The demo's days: counted from the moment of moving in, never on a weekend."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Days counted from `today`, in the library's time zone; never on a weekend."""

    today: date
    zone: ZoneInfo

    def ago(self, days: int) -> date:
        """The working day that many days before, or the last one before that."""
        return _working_day(self.today - timedelta(days), step=-1)

    def ahead(self, days: int) -> date:
        """The working day that many days on, or the first one after that."""
        return _working_day(self.today + timedelta(days), step=1)

    def moment(self, days_ago: int, at: time) -> datetime:
        """A time of day on the day that `ago` gives."""
        return datetime.combine(self.ago(days_ago), at, self.zone)


def _working_day(day: date, *, step: int) -> date:
    while day.weekday() >= _SATURDAY:
        day += timedelta(step)
    return day
