"""When things are planned: the library's working days, and the jobs that run by them.

All of it in the library's own wall time, so that 9:00 stays 9:00 when the clocks change.
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.timetable_holidays import DanishHolidays
from bot.workspace import ClosedDays, Workspace

# The hours between are there once on every day of the year; those in which clocks change are not.
FIRST = time(6)
LAST = time(22)

_SATURDAY = 5
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Calendar:
    """The library's time zone, and the days on which nobody is at work besides weekends.

    `weeks_off` are ISO weeks in which the library works and the bot says nothing by itself: school
    holidays, such as 7 and 42.
    """

    zone: ZoneInfo
    closed: tuple[ClosedDays, ...] = ()
    holidays: Container[date] = frozenset()
    weeks_off: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the library works on that day."""
        if day.weekday() >= _SATURDAY or day in self.holidays:
            return False
        return not any(period.first <= day <= period.last for period in self.closed)

    def working_day(self, day: date, steps: int) -> date:
        """The working day so many steps after that day, or before it where negative."""
        step = _DAY if steps > 0 else -_DAY
        for _ in range(abs(steps)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def day(self, moment: datetime) -> date:
        """The day that a moment falls on here."""
        return moment.astimezone(self.zone).date()

    def moment(self, day: date, at: time) -> datetime:
        """That local time on that day, in UTC."""
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def calendar_of(workspace: Workspace) -> Calendar:
    """The calendar of a Danish library, wherever it lies."""
    weeks_off = frozenset(workspace.weeks_off)
    zone = ZoneInfo(workspace.timezone)
    return Calendar(zone, workspace.closed_days, DanishHolidays(), weeks_off)


class When(Protocol):
    """The moments for which something is planned."""

    def due(self, last: datetime, now: datetime, calendar: Calendar) -> datetime | None:
        """The newest moment (UTC) planned after `last` that has come; None until then.

        `last` is the moment planned that was run last, or when the library began. Of those missed
        while the bot was down no older one is due any more.
        """


@dataclass(frozen=True)
class At:
    """A local time every day, or every week on a weekday (0 is Monday).

    Raises:
        ValueError: the time is not between FIRST and LAST.
    """

    at: time
    weekday: int | None = None

    def __post_init__(self) -> None:
        if not FIRST <= self.at <= LAST:
            raise ValueError(f"{self.at} is an hour in which clocks may change")

    def due(self, last: datetime, now: datetime, calendar: Calendar) -> datetime | None:
        """As of any When; what was missed is caught up with on whatever day it is."""
        planned = self._newest_planned(now, calendar)
        return planned if planned > last else None

    def _newest_planned(self, now: datetime, calendar: Calendar) -> datetime:
        today = calendar.day(now)
        back = 0 if self.weekday is None else (today.weekday() - self.weekday) % 7
        day = today - back * _DAY
        planned = calendar.moment(day, self.at)
        if planned <= now:
            return planned
        return calendar.moment(day - (_DAY if self.weekday is None else _WEEK), self.at)


@dataclass(frozen=True)
class Row:
    """A job and when it runs, once for all bots.

    A `quiet` one has nothing said, and so runs also where the bot is not switched on yet.
    """

    job: str
    when: When
    quiet: bool = False
