"""Tirsdag er partnerdag: the one day of a week on which the bot speaks by itself.

Tuesday, for Monday is many a library's day off after a weekend on duty and a public holiday twice a
year; at nine, before most houses open at ten.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.timetable import Calendar

TUESDAY = 1
NINE = time(9)
# Where Tuesday is closed the next working day steps in, within the week: Friday is the last.
_FRIDAY = 4
# Half of the house is away in July, and in the days from the first of Christmas to the second of
# January: what is said then is read by nobody, and answered by no partner.
_JULY = 7
_YULE = ((12, 22), (1, 2))  # month and day, both belong to it
# Longer than any closure that a library can enter in one line.
_WEEKS_AHEAD = 2 * 53

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


def week_of(day: date) -> str:
    """The ISO week, "2026-W53": the same for all its days, and for no other week."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def is_quiet(day: date) -> bool:
    """Whether that day lies in July or around the turn of the year."""
    first, last = _YULE
    return day.month == _JULY or (day.month, day.day) >= first or (day.month, day.day) <= last


@dataclass(frozen=True)
class Tuesdays:
    """The days of the partner week, in a library's time zone or in one colleague's."""

    calendar: Calendar

    def day_in(self, week: date) -> date | None:
        """The partner day of the week in which that day lies; None where it has none.

        A closed day is stepped over. The quiet time is not: nobody is told on its first day after.
        """
        tuesday = _tuesday(week)
        if is_quiet(tuesday) or tuesday.isocalendar().week in self.calendar.weeks_off:
            return None
        days = (tuesday + n * _DAY for n in range(_FRIDAY - TUESDAY + 1))
        return next((d for d in days if self._speaks_on(d)), None)

    def is_first_of_month(self, day: date) -> bool:
        """Whether it is the first partner day of the month in which its week's Tuesday lies."""
        tuesday = _tuesday(day)
        before = ((tuesday - n * _WEEK) for n in range(1, 5))
        this_month = [d for d in before if d.month == tuesday.month]
        return self.day_in(day) == day and not any(map(self.day_in, this_month))

    def due(self, last: datetime, now: datetime) -> datetime | None:
        """The moment (UTC) planned for this week, once it has come and was not run at `last`.

        What was missed is caught up with on a working day of the same week. What was missed in
        another week is not: what was due then is still due, and said on the next normal day.
        """
        today = self.calendar.day(now)
        planned = self._planned(today)
        if planned is None or not last < planned <= now:
            return None
        return planned if self._speaks_on(today) else None

    def until(self, planned: datetime) -> datetime:
        """The end of that week's working days (UTC): what was planned then is of no use after."""
        friday = _tuesday(self.calendar.day(planned)) + (_FRIDAY - TUESDAY) * _DAY
        return self.calendar.moment(friday + _DAY, time())

    def following(self, moment: datetime) -> datetime | None:
        """The next partner morning (UTC), always later than that; None while closed for years."""
        week = self.calendar.day(moment)
        for ahead in range(_WEEKS_AHEAD):
            planned = self._planned(week + ahead * _WEEK)
            if planned and planned > moment:
                return planned
        return None

    def first_from(self, day: date) -> date:
        """The first partner day from that one on; the day itself while closed for years."""
        before = self.calendar.moment(day, time()) - timedelta(seconds=1)
        morning = self.following(before)
        return self.calendar.day(morning) if morning else day

    def _planned(self, week: date) -> datetime | None:
        day = self.day_in(week)
        return self.calendar.moment(day, NINE) if day else None

    def _speaks_on(self, day: date) -> bool:
        return self.calendar.is_working(day) and not is_quiet(day)


class PartnerMorning:
    """Each partner morning, caught up with on a working day of its own week only."""

    def due(self, last: datetime, now: datetime, calendar: Calendar) -> datetime | None:
        """As of any When."""
        return Tuesdays(calendar).due(last, now)


def _tuesday(day: date) -> date:
    return day + (TUESDAY - day.weekday()) * _DAY
