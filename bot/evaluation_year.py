"""The year ahead: every evaluation on a day that bothers nobody too much.

Worked out anew each time from what has happened, and the same each time until something happens:
what is placed first never gives way to what is placed after it. Those moved by somebody stand where
she put them, then come trials, which have a day of their own, then who has waited longest.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.evaluation import Occasion
from bot.evaluation_due import due
from bot.evaluation_relation import Due, Intervals, Relation
from bot.evaluation_room import House, Room, opens_on, week_number
from bot.timetable import Calendar

# All who know a partner seldom have room at once. For so long a round waits for them, then it goes
# on without those who have answered another lately; only for the responsible it waits longer, for
# without her nothing comes of the answers.
WAITS = 14  # days
AHEAD = 365  # days

# Tirsdag er partnerdag, but not four times in the same channel: the days next to it, in turn.
_DAYS = (1, 2, 3)
_REST = (0, 4)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


class Beyond(StrEnum):
    """What a day that somebody has chosen goes beyond; she is told."""

    WEEK = "week"  # more rounds in the house that week than usual
    AWAY = "away"  # the responsible
    PERSON = "person"  # she has been asked lately, or often
    CHANNEL = "channel"
    SEASON = "season"  # July, December, or a week with holidays


class How(StrEnum):
    """How an evaluation stands in the year."""

    PLANNED = "planned"
    LEFT_OUT = "left_out"
    NO_ROOM = "no_room"  # in the year ahead
    NOBODY = "nobody"  # is responsible, so nobody is asked


@dataclass(frozen=True)
class Line:
    """One evaluation of the year ahead."""

    relation: Relation
    due: Due
    how: How
    on: date | None = None  # where it is planned
    asked: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()  # who has been asked in another round lately
    asks_partner: bool = False
    beyond: tuple[Beyond, ...] = ()

    @property
    def key(self) -> tuple[int, Occasion, date]:
        """What tells it from all others, wherever it is put."""
        return self.relation.partner_id, self.due.occasion, self.due.about

    @property
    def day(self) -> date:
        """Where it stands in the year."""
        return self.on or self.due.due_on


def year(
    relations: Iterable[Relation],
    intervals: Intervals,
    house: House,
    calendar: Calendar,
    today: date,
) -> list[Line]:
    """Everything to come, by day; then what has no day, by the day it was due."""
    plan = _Plan(house, calendar, today)
    found = []
    for relation in relations:
        found += [(relation, one) for one in due(relation, intervals, today)]
        asked = [one.opened_on for one in relation.past if one.asked_partner]
        plan.room.asked_before(relation.partner_id, asked)
    lines = [plan.line(relation, one) for relation, one in sorted(found, key=_in_turn)]
    return sorted(lines, key=_by_day)


def _in_turn(found: tuple[Relation, Due]) -> tuple[int, date, int, str]:
    relation, one = found
    if one.put_on:
        return 0, one.put_on, relation.partner_id, one.occasion
    if one.occasion is Occasion.TRIAL:
        return 1, one.latest or one.due_on, relation.partner_id, one.occasion
    return 2, one.due_on, relation.partner_id, one.occasion


def _by_day(line: Line) -> tuple[bool, date, str, int, str]:
    has_day = line.how in (How.PLANNED, How.LEFT_OUT)
    relation = line.relation
    return not has_day, line.day, relation.name, relation.partner_id, line.due.occasion


class _Plan:
    """The year as far as it is filled."""

    def __init__(self, house: House, calendar: Calendar, today: date) -> None:
        self.room = Room(house)
        self._calendar, self._today = calendar, today
        self._weeks = _weeks(calendar, today)
        self._full: set[tuple[str, int]] = set()  # channels and people without room in a week

    def line(self, relation: Relation, one: Due) -> Line:
        """Find its day, and take it."""
        if one.left_out:
            return Line(relation, one, How.LEFT_OUT)
        if relation.responsible is None:
            return Line(relation, one, How.NOBODY)
        if one.put_on:
            return self._taken(relation, one, *self._chosen(relation, one.put_on))
        found = self._found(relation, one)
        return self._taken(relation, one, found) if found else Line(relation, one, How.NO_ROOM)

    def _chosen(self, relation: Relation, wished: date) -> tuple[date, tuple[Beyond, ...]]:
        day = max(wished, self._today)
        if not self._calendar.is_working(day):
            day = self._calendar.working_day(day, 1)
        number = day.toordinal()
        needed = self._needed(relation, day)
        here = number >= self.room.back(needed)
        within = {
            Beyond.WEEK: self.room.in_week(number),
            Beyond.AWAY: here,
            Beyond.PERSON: not here or self.room.with_person(needed, number),
            Beyond.CHANNEL: self.room.in_channel(relation.channel, number),
            Beyond.SEASON: opens_on(day, self._calendar),
        }
        return day, tuple(beyond for beyond, is_so in within.items() if not is_so)

    def _found(self, relation: Relation, one: Due) -> date | None:
        """The first day for all of them, if it is near the first day for the responsible."""
        start = max(self._today, self._begin(one))
        needed = self._needed(relation, start)
        first: int | None = None
        for day in self._days(relation, needed, start, one.latest):
            if first is not None and day > first + WAITS:
                break
            first = first or day
            if all(self.room.with_person(user, day) for user in relation.people):
                return date.fromordinal(day)
        return date.fromordinal(first) if first else None

    def _begin(self, one: Due) -> date:
        """The day it was due; earlier where until its last day no round begins at all."""
        begin = one.due_on
        while one.occasion is Occasion.TRIAL and one.latest and begin > self._today:
            days = (one.latest - begin).days + 1
            if any(opens_on(begin + n * _DAY, self._calendar) for n in range(days)):
                break
            begin -= _WEEK
        return begin

    def _needed(self, relation: Relation, start: date) -> str:
        """The responsible; where she is away for long, the next who is not."""
        soon = start.toordinal() + WAITS
        here = (user for user in relation.people if self.room.back(user) <= soon)
        return next(here, None) or min(relation.people, key=self.room.back)

    def _days(
        self, relation: Relation, needed: str, start: date, latest: date | None
    ) -> Iterator[int]:
        """The days on which there is room in the house and in the channel, and she is free."""
        from_, to = start.toordinal(), (latest or date.max).toordinal()
        who = ((relation.channel, self.room.in_channel), (needed, self.room.with_person))
        for number, orders in self._weeks.items():
            week = orders[relation.partner_id % len(_DAYS)]
            if max(week) < from_ or not self.room.in_week(week[0]):
                continue
            if min(week) > to:
                return
            if not self._is_full(number, week, who):
                within = (day for day in week if from_ <= day <= to)
                yield from (day for day in within if all(has(name, day) for name, has in who))

    def _is_full(
        self,
        number: int,
        week: Sequence[int],
        who: Iterable[tuple[str, Callable[[str, int], bool]]],
    ) -> bool:
        """Whether one of them has no room in that week, which then stays so."""
        for name, has_room in who:
            if (name, number) in self._full:
                return True
            if not any(has_room(name, day) for day in week):
                self._full.add((name, number))
                return True
        return False

    def _taken(
        self, relation: Relation, one: Due, on: date, beyond: tuple[Beyond, ...] = ()
    ) -> Line:
        day, needed = on.toordinal(), self._needed(relation, on)
        here = [user for user in relation.people if self.room.back(user) <= day or user == needed]
        free = [user for user in here if user == needed or self.room.with_person(user, day)]
        spared = tuple(user for user in here if user not in free)
        pulse = one.occasion is Occasion.PULSE
        asks_partner = not pulse and self.room.with_partner(relation.partner_id, day)
        theirs = relation.partner_id if asks_partner else None
        self.room.take(day, relation.channel, free, theirs)
        return Line(relation, one, How.PLANNED, on, tuple(free), spared, asks_partner, beyond)


def _weeks(calendar: Calendar, today: date) -> dict[int, list[list[int]]]:
    """The days of each week on which rounds begin, in three orders of trying."""
    found: dict[int, list[list[int]]] = {}
    monday = today - today.weekday() * _DAY
    for n in range(AHEAD // 7 + 1):
        days = [monday + n * _WEEK + day * _DAY for day in range(len(_DAYS) + len(_REST))]
        days = [day for day in days if day >= today and opens_on(day, calendar)]
        if days:
            number = week_number(days[0].toordinal())
            found[number] = [_order(days, turn) for turn in range(len(_DAYS))]
    return found


def _order(days: Sequence[date], turn: int) -> list[int]:
    order = [*_DAYS[turn:], *_DAYS[:turn], *_REST]
    return [day.toordinal() for day in sorted(days, key=lambda day: order.index(day.weekday()))]
