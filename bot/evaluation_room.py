"""What room a house has for evaluations: in a week, with a colleague, a partner and a channel.

What is taken is never given back, so whatever has found its place keeps it.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.reminder_budget import BEGINNING
from bot.timetable import Calendar
from bot.timetable_week import is_quiet

# A house with four new threads a week has something to talk about, with more a questionnaire.
A_WEEK = 4
A_WEEK_AT_FIRST = 2  # while the house learns to know the bot: half of everything
# (at most so many, within so many days in a row) of what one and the same is asked for.
ONE_PERSON = ((1, 14), (12, 365))  # who answers all the time does nothing else
# Half a year: a volunteer chairman who is asked by one branch in May is not asked by another in
# June. Also by hand: bot/evaluation_open.py.
ONE_PARTNER = (1, 183)
ONE_CHANNEL = (3, 7)  # as in bot/reminder_budget.py: more, and it is the bot's channel
ONE_CHANNEL_AT_FIRST = (3, 14)
# Half of the house is away in July, and in December there is Christmas: nothing begins then.
MONTHS_OFF = frozenset({7, 12})
# A week with two public holidays has three days, and everybody's work in them.
HOLIDAYS = 2

_FIVE = 5  # days from Monday to Friday
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class House:
    """What has happened in the house, as far as it takes up room."""

    begun_on: date | None = None  # the day it was switched on
    opened: Sequence[date] = ()  # evaluations
    invited: Mapping[str, Sequence[date]] = field(default_factory=dict)  # to any round, by user
    threads: Mapping[str, Sequence[date]] = field(default_factory=dict)  # of rounds, by channel
    away: Mapping[str, date] = field(default_factory=dict)  # the first day back, by user


def opens_on(day: date, calendar: Calendar) -> bool:
    """Whether rounds begin on such a day at all."""
    if day.month in MONTHS_OFF or is_quiet(day) or not calendar.is_working(day):
        return False
    if day.isocalendar().week in calendar.weeks_off:
        return False
    monday = day - day.weekday() * _DAY
    return sum(monday + n * _DAY in calendar.holidays for n in range(_FIVE)) < HOLIDAYS


def fits(days: Sequence[int], day: int, most: int, within: int) -> bool:
    """Whether with that day there are at most so many within so many days in a row.

    `days` are ordinals in their order.
    """
    place = bisect_left(days, day)
    together = [*days[max(0, place - most) : place], day, *days[place : place + most]]
    return all(
        together[n + most] - together[n] >= within for n in range(max(0, len(together) - most))
    )


def week_number(day: int) -> int:
    """The same number for the days of a week, Monday to Sunday; `day` is an ordinal."""
    return (day - 1) // 7


class Room:
    """How much is taken of it. Days are ordinals."""

    def __init__(self, house: House) -> None:
        self._in_week: defaultdict[int, int] = defaultdict(int)
        for day in house.opened:
            self._in_week[week_number(day.toordinal())] += 1
        self._invited = _ordinals(house.invited)
        self._threads = _ordinals(house.threads)
        self._partners: defaultdict[int, list[int]] = defaultdict(list)
        self._back = {user: day.toordinal() for user, day in house.away.items()}
        slow_until = house.begun_on + BEGINNING if house.begun_on else date.min
        self._slow_until = slow_until.toordinal()

    def asked_before(self, partner_id: int, days: Sequence[date]) -> None:
        """Remember when a partner was asked."""
        self._partners[partner_id] = sorted(day.toordinal() for day in days)

    def back(self, user: str) -> int:
        """Her first day here; 0 where she is not away."""
        return self._back.get(user, 0)

    def in_week(self, day: int) -> bool:
        """Whether one more may begin in that week."""
        most = A_WEEK_AT_FIRST if day < self._slow_until else A_WEEK
        return self._in_week[week_number(day)] < most

    def with_person(self, user: str, day: int) -> bool:
        """Whether she is here and may be asked."""
        here = day >= self.back(user)
        return here and all(fits(self._invited[user], day, *limit) for limit in ONE_PERSON)

    def in_channel(self, channel: str, day: int) -> bool:
        """Whether one more thread may begin there."""
        limit = ONE_CHANNEL_AT_FIRST if day < self._slow_until else ONE_CHANNEL
        return fits(self._threads[channel], day, *limit)

    def with_partner(self, partner_id: int, day: int) -> bool:
        """Whether the partner may be asked."""
        return fits(self._partners[partner_id], day, *ONE_PARTNER)

    def take(self, day: int, channel: str, users: Sequence[str], partner_id: int | None) -> None:
        """A round begins that day; without the partner where there is None."""
        self._in_week[week_number(day)] += 1
        insort(self._threads[channel], day)
        for user in users:
            insort(self._invited[user], day)
        if partner_id is not None:
            insort(self._partners[partner_id], day)


def _ordinals(days: Mapping[str, Sequence[date]]) -> defaultdict[str, list[int]]:
    found = {name: sorted(day.toordinal() for day in each) for name, each in days.items()}
    return defaultdict(list, found)
