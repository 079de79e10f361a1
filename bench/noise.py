"""How much the bot says to one colleague, unasked, over the years.

A house of 60 members and 400 partners, out of a list with unknown last contacts on the first day.
Every other member answers most of what she is asked, the others read nothing. What happens is made
up; who is told what and when is decided by the bot's own rules. Nobody is on holiday, so that there
is more to say and not less; invitations, which are a colleague's, take up room and are not counted.
"""

import argparse
import random
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from figures import most
from noise_evaluation import Evaluations

from bot.circle import Level
from bot.partner import RelationType, Status
from bot.reminder import Past, Thing, Value, What, care
from bot.reminder_budget import BY_A_COLLEAGUE, REMEMBERED, Kind, Said, may
from bot.reminder_cadence import Relation, Standing, cadence_of, due, standing
from bot.reminder_later import Later, until
from bot.reminder_week import Weekly, is_her_day, turns_monthly, weekly
from bot.timetable import Calendar
from bot.timetable_holidays import DanishHolidays
from bot.timetable_week import NINE, Tuesdays, week_of
from bot.workspace import Frequency

MEMBERS, YEARS_OF_A_HOUSE = 60, 10
IN_A_WEEK, IN_EIGHT_WEEKS = 2, 8  # messages to one person, at most
LIMITS = ((7, IN_A_WEEK), (56, IN_EIGHT_WEEKS))
BEGUN = date(2026, 11, 23)
DAY = timedelta(days=1)
CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"), holidays=DanishHolidays())
TUESDAYS = Tuesdays(CALENDAR)

# What happens in a lively house in a year.
ROUNDS, MOVES = 60, 40
COMES_UP = (
    (600, What.STEP, Value.PROMISE, 20 * DAY),  # a next step, in so many days
    (30, What.QUESTION, Value.TRIAL, timedelta(0)),
    (120, What.QUESTION, Value.REST, timedelta(0)),  # an activity has ended
)
INVITED, ROUND_TAKES, NUDGED_BEFORE = 4, 7 * DAY, 2 * DAY
FORGOTTEN = 120 * DAY  # then it was done, and nobody said so
ANSWERED = 0.8  # of the lines, by those who answer
PUT_OFF = 0.25  # of the answers
CONTACTS = {True: 0.9, False: 0.3}  # per threshold, unasked: where one answers, and where not
_LISTED = Relation(0, BEGUN, imported=True)
PLACES = (  # 400 partners
    *[replace(_LISTED, level=Level.NETWORK)] * 210,
    *[replace(_LISTED, level=Level.COLLABORATION)] * 100,
    *[replace(_LISTED, level=Level.PARTNERSHIP)] * 40,
    *[replace(_LISTED, status=Status.POSSIBLE)] * 15,
    *[replace(_LISTED, status=Status.ENDED)] * 25,
    *[replace(_LISTED, relation_type=RelationType.SUPPLIER)] * 10,
)


@dataclass(frozen=True)
class Waiting:
    """Something to be said as soon as it may."""

    value: Value
    kind: Kind
    on: date
    weekly: Weekly | None = None


@dataclass
class Member:
    """One colleague, and the days on which she was told something."""

    answers: bool
    log: deque[Said] = field(default_factory=deque)
    past: dict[str, Past] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)  # all but care
    waiting: list[Waiting] = field(default_factory=list)
    silent: int = 0
    told: list[date] = field(default_factory=list)
    weekly: int = 0  # of those, the weekly messages


class House:
    """One house from its first day on."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.members = [Member(answers=n % 2 == 0) for n in range(MEMBERS)]
        self.partners = [replace(one, partner_id=n) for n, one in enumerate(PLACES)]
        weights = [1 / (n + 3) for n in range(MEMBERS)]  # a few have forty, most have four
        self.draw.shuffle(weights)
        self.owner = self.draw.choices(range(MEMBERS), weights, k=len(PLACES))
        self.due = [due(one, {}) for one in self.partners]
        self.met = [self._next_contact(n, BEGUN) for n in range(len(PLACES))]
        self.number = 0
        people = [(one, *self.draw.choices(range(MEMBERS), weights, k=2)) for one in self.owner]
        self.evaluations = Evaluations(self.partners, people, CALENDAR)

    def live(self, days: int) -> None:
        """So many days, each spoken on at nine where it is a working day."""
        for n in range(days):
            today = BEGUN + n * DAY
            self._happen(today)
            if CALENDAR.is_working(today):
                self._speak(today)

    def _next_contact(self, n: int, today: date) -> date:
        often = CONTACTS[self.members[self.owner[n]].answers] / cadence_of(self.partners[n], {}).ask
        return today + timedelta(days=1 + self.draw.expovariate(often))

    def _contact(self, n: int, today: date) -> None:
        self.partners[n] = replace(self.partners[n], last_contact=today)
        self.due[n] = due(self.partners[n], {})
        self.met[n] = self._next_contact(n, today)

    def _happen(self, today: date) -> None:
        for n in [n for n, day in enumerate(self.met) if day <= today]:
            self._contact(n, today)
        for a_year, what, value, ahead in COMES_UP:
            for _ in range(self._times(a_year)):
                self._put(what, value, today + ahead)
        for _ in range(self._times(MOVES)):
            told = self.members[self.draw.choice(self.owner)].waiting
            told.append(Waiting(Value.REST, Kind.MESSAGE, today))
        for _ in range(self._times(ROUNDS)):
            users = self.draw.sample(range(MEMBERS), INVITED)
            self.evaluations.called(users, today)
            self._ask(users, today)
        for users in self.evaluations.opened(today):
            self._ask(users, today)

    def _times(self, a_year: int) -> int:
        return int(a_year / 365 + self.draw.random())

    def _put(self, what: What, value: Value, on: date) -> None:
        n = self.draw.randrange(len(PLACES))
        self.number += 1
        thing = Thing(what, self.number, value, on, n)
        self.members[self.owner[n]].things[thing.key] = thing

    def _ask(self, users: Sequence[int], today: date) -> None:
        self.number += 1
        deadline = today + ROUND_TAKES
        for member in (self.members[user] for user in users):
            member.waiting.append(Waiting(Value.ROUND, Kind.INVITATION, today))
            if member.answers and self.draw.random() < ANSWERED:
                continue
            thing = Thing(What.ROUND, self.number, Value.ROUND, deadline)
            member.things[thing.key] = thing
            member.waiting.append(Waiting(Value.ROUND, Kind.MESSAGE, deadline - NUDGED_BEFORE))

    def _speak(self, today: date) -> None:
        cares = self._cares(today) if TUESDAYS.day_in(today) == today else None
        for n, member in enumerate(self.members):
            hers = is_her_day(today, Frequency.WEEKLY, member.silent, TUESDAYS)
            if cares is not None and hers:
                self._compose(member, cares[n], today)
            if member.waiting:
                self._say(member, CALENDAR.moment(today, NINE), today)

    def _cares(self, today: date) -> dict[int, list[Thing]]:
        found: dict[int, list[Thing]] = defaultdict(list)
        for n, when in enumerate(self.due):
            if standing(when, today) is Standing.ASK:
                thing = care(self.partners[n], {}, today)
                found[self.owner[n]] += [thing] if thing else []
        return found

    def _compose(self, member: Member, cares: Sequence[Thing], today: date) -> None:
        for key, thing in list(member.things.items()):
            rests = timedelta(0) if thing.what is What.ROUND else FORGOTTEN
            if thing.due_on + rests < today:
                del member.things[key]
        ahead = [one for one in member.things.values() if one.due_on <= today + 6 * DAY]
        monthly = turns_monthly(Frequency.WEEKLY, member.silent)
        message = weekly([*ahead, *cares], member.past, today, turns_monthly=monthly)
        if message:
            member.waiting.append(Waiting(message.value, Kind.MESSAGE, today, message))

    def _say(self, member: Member, now: datetime, today: date) -> None:
        while member.log and now - member.log[0].at > REMEMBERED + DAY:
            member.log.popleft()
        ripe = [one for one in member.waiting if one.on <= today]
        for one in sorted(ripe, key=lambda one: (one.value, one.on)):
            if week_of(one.on) != week_of(today) and (one.weekly or today - one.on > 6 * DAY):
                member.waiting.remove(one)  # too late to be of use
            elif may(one.kind, member.log, now, CALENDAR, begun_on=BEGUN) == now:
                member.waiting.remove(one)
                member.log.append(Said(one.kind, now))
                member.told += [today] if one.kind not in BY_A_COLLEAGUE else []
                if one.weekly:
                    member.weekly += 1
                    self._read(member, one.weekly, today)

    def _read(self, member: Member, message: Weekly, today: date) -> None:
        member.silent += 1
        for line in message.lines:
            heard = member.past.get(line.thing.key, Past())
            told = (*heard.mentioned[-2:], today)
            member.past[line.thing.key] = replace(heard, mentioned=told)
            if member.answers and self.draw.random() < ANSWERED:
                member.silent = 0
                self._answer(member, line.thing, today)

    def _answer(self, member: Member, thing: Thing, today: date) -> None:
        if self.draw.random() < PUT_OFF:
            later = until(self.draw.choice((Later.WEEK, Later.MONTH)), today)
            heard = member.past[thing.key]
            member.past[thing.key] = replace(heard, put_off_on=today, put_off_until=later)
        elif thing.what is What.CARE:
            self._contact(thing.subject_id, today)
        else:
            del member.things[thing.key]


def figures(members: Sequence[Member], weeks: float) -> str:
    weekly_ones = sum(one.weekly for one in members) / len(members) / weeks
    each = [len(one.told) / weeks for one in members]
    week, eight = (max(most(one.told, days) for one in members) for days in (7, 56))
    mean = f"mean {sum(each) / len(each):.2f} ({weekly_ones:.2f} weekly), busiest {max(each):.2f}"
    return f"{mean}, worst week {week}, worst eight weeks {eight}"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--years", type=int, default=200)
    options.add_argument("--no-limits", action="store_true", help="print, and judge nothing")
    chosen = options.parse_args()
    days = 365 * min(chosen.years, YEARS_OF_A_HOUSE)
    houses = [House(seed) for seed in range(-(-chosen.years // YEARS_OF_A_HOUSE))]
    for house in houses:
        house.live(days)
    members = [member for house in houses for member in house.members]
    print(f"{len(houses)} houses, {days} days each")
    answer, ignore = ([one for one in members if one.answers is does] for does in (True, False))
    print(
        f"noise, a person and week: who answers {figures(answer, days / 7)};"
        f" who ignores {figures(ignore, days / 7)} (limits {IN_A_WEEK} and {IN_EIGHT_WEEKS})"
    )
    over = any(most(one.told, days) > limit for one in members for days, limit in LIMITS)
    return int(over and not chosen.no_limits)


if __name__ == "__main__":
    raise SystemExit(main())
