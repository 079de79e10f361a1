"""The next evaluation of one relation, for its card."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.evaluation_due import due
from bot.evaluation_relation import Due, Intervals, Relation
from bot.evaluation_room import opens_on
from bot.evaluation_year import AHEAD
from bot.timetable import Calendar

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Next:
    """The next evaluation of one relation: about that day, unless somebody has chosen it."""

    due: Due
    on: date
    is_sure: bool = False


def expected(
    relation: Relation, intervals: Intervals, calendar: Calendar, today: date
) -> Next | None:
    """What comes next for one relation, as near as it can be told without the rest of the house.

    The day that it is due on where no day of a whole year opens one.
    """
    for one in sorted(due(relation, intervals, today), key=lambda one: one.due_on):
        if one.left_out or relation.responsible is None:
            continue
        if one.put_on:
            return Next(one, max(today, one.put_on), is_sure=True)
        first = max(today, one.due_on)
        days = (first + n * _DAY for n in range(AHEAD))
        return Next(one, next((day for day in days if opens_on(day, calendar)), first))
    return None
