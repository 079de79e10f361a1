"""The evaluations of the house in bench/noise.py: whom the bot asks by itself, and when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.circle import Level
from bot.evaluation_relation import Intervals, Past
from bot.evaluation_relation import Relation as Evaluated
from bot.evaluation_room import House, opens_on
from bot.evaluation_year import Line, year
from bot.partner import RelationType, Status
from bot.reminder_cadence import Relation
from bot.timetable import Calendar
from bot.timetable_week import week_of

USUAL = Intervals()


class Evaluations:
    """Planned anew each week, as nothing else happens meanwhile, and after each colleague's round.

    Users are numbers; who is responsible is asked, and two more who know the partner.
    """

    def __init__(
        self, partners: Sequence[Relation], people: Sequence[Sequence[int]], calendar: Calendar
    ) -> None:
        self._relations = [
            _evaluated(one, [f"{user}" for user in dict.fromkeys(people[n])])
            for n, one in enumerate(partners)
        ]
        self._calendar, self._week = calendar, ""
        self._lines: list[Line] = []
        self._invited: defaultdict[str, list[date]] = defaultdict(list)
        self._opened: list[date] = []
        self._threads: defaultdict[str, list[date]] = defaultdict(list)
        self._begun_on: date | None = None

    def called(self, users: Sequence[int], today: date) -> None:
        """A colleague has asked these in a round of her own."""
        for user in users:
            self._invited[f"{user}"].append(today)
        self._week = ""

    def opened(self, today: date) -> list[list[int]]:
        """Whom the rounds ask that begin today."""
        self._begun_on = self._begun_on or today
        if not opens_on(today, self._calendar):
            return []
        if week_of(today) != self._week:
            house = House(self._begun_on, self._opened, self._invited, self._threads)
            self._lines = year(self._relations, USUAL, house, self._calendar, today)
            self._week = week_of(today)
        return [self._begin(line, today) for line in self._lines if line.on == today]

    def _begin(self, line: Line, today: date) -> list[int]:
        number = line.relation.partner_id
        before = self._relations[number]
        past = Past(line.due.occasion, line.due.due_on, today, line.asks_partner)
        self._relations[number] = replace(before, past=[*before.past, past])
        self._opened.append(today)
        self._threads[before.channel].append(today)
        for user in line.asked:
            self._invited[user].append(today)
        return [int(user) for user in line.asked]


def _evaluated(one: Relation, people: Sequence[str]) -> Evaluated:
    in_circle = one.relation_type is RelationType.PARTNER and one.status is Status.ACTIVE
    return Evaluated(
        one.partner_id,
        one.added_on,
        imported=True,
        relation_type=one.relation_type,
        level=one.level if in_circle else Level.NETWORK,
        status=one.status,
        responsible=people[0],
        people=tuple(people),
        channel="C01",
    )
