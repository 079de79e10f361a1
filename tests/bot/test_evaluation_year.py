"""The year ahead: nobody is asked too often, whatever comes together."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.circle import Level
from bot.evaluation import Occasion
from bot.evaluation_due import due
from bot.evaluation_next import expected
from bot.evaluation_relation import Ending, Intervals, Moved, Past, Relation
from bot.evaluation_room import (
    A_WEEK,
    A_WEEK_AT_FIRST,
    ONE_CHANNEL,
    ONE_PARTNER,
    House,
    fits,
    opens_on,
)
from bot.evaluation_year import AHEAD, WAITS, Beyond, How, Line, year
from bot.reminder_budget import BEGINNING
from bot.timetable import Calendar, calendar_of
from bot.timetable_holidays import DanishHolidays
from bot.timetable_week import week_of
from bot.workspace import ClosedDays, Workspace

DAY = timedelta(days=1)
TODAY = date(2026, 11, 24)  # a Tuesday
CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"), holidays=DanishHolidays())
USUAL = Intervals()
METTE, ALI, SOFIE = "U02", "U03", "U06"


def partnership(number: int = 3, due_on: date = TODAY, **fields: Any) -> Relation:
    """One whose yearly evaluation is due that day."""
    given: dict[str, Any] = {
        "name": f"Partner {number}",
        "level": Level.PARTNERSHIP,
        "moved_on": due_on.replace(year=due_on.year - 1),
        "responsible": METTE,
        "people": (METTE,),
        "channel": "C01",
    } | fields
    return Relation(number, date(2020, 1, 1), **given)


def trial(number: int, decide_on: date, **fields: Any) -> Relation:
    begun = (decide_on - 90 * DAY, decide_on)
    return partnership(number, level=Level.COLLABORATION, trial=begun, **fields)


def plan(
    *relations: Relation, house: House | None = None, today: date = TODAY, **calendar: Any
) -> list[Line]:
    return year(relations, USUAL, house or House(), replace(CALENDAR, **calendar), today)


def planned(lines: Iterable[Line]) -> dict[int, date | None]:
    return {line.relation.partner_id: line.on for line in lines if line.due.occasion != "pulse"}


def test_what_is_due_opens_on_its_own_day_when_nothing_is_in_the_way() -> None:
    (line,) = plan(partnership(people=(METTE, ALI)))
    assert (line.how, line.on, line.asked, line.asks_partner) == (
        How.PLANNED,
        TODAY,
        (METTE, ALI),
        True,
    )
    assert line.day == TODAY
    assert line.key == (3, Occasion.YEARLY, TODAY)


def test_four_begin_in_a_week_those_longest_due_first() -> None:
    many = [
        partnership(n, TODAY - n * DAY, responsible=f"U{n}", people=(f"U{n}",), channel=f"C{n}")
        for n in range(9)
    ]
    days = planned(plan(*many))
    weeks = [week_of(days[n] or TODAY) for n in range(8, -1, -1)]
    assert weeks == ["2026-W48"] * 4 + ["2026-W49"] * 4 + ["2027-W01"]


def test_half_as_many_in_the_first_four_weeks() -> None:
    begun = date(2027, 1, 11)
    many = [
        partnership(n, begun, responsible=f"U{n}", people=(f"U{n}",), channel=f"C{n}")
        for n in range(12)
    ]
    days = planned(plan(*many, house=House(begun_on=begun), today=begun))
    weeks = [week_of(day) for day in days.values() if day]
    assert [weeks.count(f"2027-W{n:02}") for n in range(2, 7)] == [2, 2, 2, 2, 4]


def test_evaluations_that_have_begun_this_week_count() -> None:
    (line,) = plan(partnership(), house=House(opened=[TODAY - DAY] * 4))
    assert line.on == date(2026, 11, 30)  # the only day of that week before December


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2027, 6, 30), True),
        (date(2027, 7, 1), False),
        (date(2027, 8, 2), True),
        (date(2026, 12, 1), False),
        (date(2027, 1, 4), True),
        (date(2027, 1, 9), False),  # a Saturday
        (date(2027, 3, 23), False),  # the week of Maundy Thursday and Good Friday
        (date(2027, 3, 30), True),  # the week of Easter Monday, which is one
        (date(2027, 5, 6), False),  # Ascension Day
        (date(2027, 5, 4), True),
        (date(2027, 2, 15), False),  # a week off
    ],
)
def test_on_which_days_rounds_begin(day: date, opens: bool) -> None:  # noqa: FBT001 - as written in the table
    assert opens_on(day, replace(CALENDAR, weeks_off=frozenset({7}))) is opens


def test_nothing_opens_where_the_library_is_closed() -> None:
    closed = (ClosedDays(first=TODAY, last=TODAY + 2 * DAY),)
    (line,) = plan(partnership(), closed=closed)
    assert line.on == TODAY + 3 * DAY


def test_a_round_waits_up_to_two_weeks_for_all_then_goes_on_without_some() -> None:
    today = date(2027, 1, 12)
    both = partnership(3, today, people=(METTE, ALI))
    busy = House(invited={ALI: [today - 5 * DAY]})
    (line,) = plan(both, house=busy, today=today)
    assert line.on
    assert today + 9 * DAY <= line.on <= today + WAITS * DAY
    assert line.asked == (METTE, ALI)
    often = House(invited={ALI: [today - n * 14 * DAY for n in range(12)]})
    (line,) = plan(both, house=often, today=today)
    assert (line.on, line.asked, line.spared) == (today, (METTE,), (ALI,))


def test_for_the_responsible_it_waits_as_long_as_it_takes() -> None:
    today = date(2027, 1, 12)
    both = partnership(3, today, people=(METTE, ALI))
    (line,) = plan(both, house=House(invited={METTE: [today - 5 * DAY]}), today=today)
    assert line.on
    assert line.on >= today + 9 * DAY
    twelve = [today - n * 15 * DAY for n in range(12)]
    (line,) = plan(both, house=House(invited={METTE: twelve}), today=today)
    assert line.on
    assert line.on >= twelve[-1] + 365 * DAY


def test_who_is_away_is_waited_for_a_little_and_not_for_long() -> None:
    today = date(2027, 1, 12)
    both = partnership(3, today, people=(METTE, ALI))
    (line,) = plan(both, house=House(away={METTE: today + 9 * DAY}), today=today)
    assert line.on
    assert line.on >= today + 9 * DAY
    assert line.asked == (METTE, ALI)
    (line,) = plan(both, house=House(away={METTE: date(2027, 9, 1)}), today=today)
    assert (line.on, line.asked, line.spared) == (today, (ALI,), ())
    alone = partnership(3, today)
    (line,) = plan(alone, house=House(away={METTE: date(2027, 9, 1)}), today=today)
    assert line.on
    assert date(2027, 9, 1) <= line.on <= date(2027, 9, 10)


def test_where_nobody_is_responsible_nobody_is_asked() -> None:
    (line,) = plan(partnership(responsible=None, people=(ALI,)))
    assert (line.how, line.on, line.day) == (How.NOBODY, None, TODAY)


def test_a_trial_goes_before_those_that_can_wait() -> None:
    today = date(2027, 1, 12)
    old = [partnership(n, today - n * DAY) for n in range(1, 4)]
    lines = plan(*old, trial(9, today + 15 * DAY), today=today)
    assert planned(lines)[9] == today
    late = plan(trial(9, today + 3 * DAY), house=House(opened=[today] * 4), today=today)
    assert [line.how for line in late] == [How.NO_ROOM]


def test_a_trial_that_is_decided_in_the_summer_is_asked_about_before_it() -> None:
    (line,) = plan(trial(9, date(2027, 7, 20)), today=date(2027, 6, 1))
    assert line.due.due_on == date(2027, 6, 29)
    (line,) = plan(trial(9, date(2027, 7, 29)), today=date(2027, 6, 1))
    assert line.due.due_on == date(2027, 7, 8)
    assert line.on
    assert date(2027, 6, 24) <= line.on <= date(2027, 6, 30)
    assert plan(trial(9, date(2027, 7, 29)), today=date(2027, 7, 9))[0].how is How.NO_ROOM


def test_a_channel_gets_three_in_a_week() -> None:
    today = date(2027, 1, 12)
    many = [partnership(n, today, responsible=f"U{n}", people=(f"U{n}",)) for n in range(5)]
    days = [day for day in planned(plan(*many, today=today)).values() if day]
    assert sum(day < today + 7 * DAY for day in days) == ONE_CHANNEL[0]
    full = House(threads={"C01": [today - 2 * DAY] * 3})
    (line,) = plan(many[0], house=full, today=today)
    assert line.on
    assert line.on >= today + 5 * DAY


def test_a_partner_asked_lately_is_left_in_peace() -> None:
    today = date(2027, 1, 12)
    past = [Past(Occasion.BY_HAND, today - 182 * DAY, today - 182 * DAY)]
    lately = trial(9, today + 20 * DAY, past=past)
    (line,) = plan(replace(lately, trial=(today - DAY, today + 20 * DAY)), today=today)
    assert (line.on, line.asks_partner) == (today, False)
    longer = replace(past[0], opened_on=today - ONE_PARTNER[1] * DAY)
    (line,) = plan(replace(lately, past=[longer]), today=today)
    assert line.asks_partner
    only_us = replace(past[0], asked_partner=False)
    (line,) = plan(
        replace(lately, past=[only_us], trial=(today - DAY, today + 20 * DAY)), today=today
    )
    assert line.asks_partner


def test_a_pulse_asks_only_us() -> None:
    past = [Past(Occasion.YEARLY, TODAY, date(2026, 5, 20))]
    pulse, yearly = plan(partnership(past=past))
    assert (pulse.due.occasion, pulse.asks_partner) == (Occasion.PULSE, False)
    assert (yearly.due.occasion, yearly.on, yearly.asks_partner) == (
        Occasion.YEARLY,
        date(2027, 5, 20),
        True,
    )


def moved(to_on: date | None, due_on: date = TODAY) -> Moved:
    return Moved(Occasion.YEARLY, due_on, to_on, TODAY)


def test_one_that_is_moved_stands_where_it_was_put_and_tells_what_that_goes_beyond() -> None:
    there = partnership(moved=[moved(date(2027, 7, 7))])
    (line,) = plan(there, house=House(invited={METTE: [date(2027, 7, 1)]}))
    assert (line.on, line.asked) == (date(2027, 7, 7), (METTE,))
    assert line.beyond == (Beyond.PERSON, Beyond.SEASON)
    absent = House(away={METTE: date(2027, 7, 8)})
    (line,) = plan(there, house=absent)
    assert line.beyond == (Beyond.AWAY, Beyond.SEASON)
    crowded = House(opened=[date(2027, 1, 5)] * 4, threads={"C01": [date(2027, 1, 5)] * 3})
    (line,) = plan(partnership(moved=[moved(date(2027, 1, 6))]), house=crowded)
    assert line.beyond == (Beyond.WEEK, Beyond.CHANNEL)
    (line,) = plan(partnership(moved=[moved(date(2027, 1, 6))]))
    assert line.beyond == ()


def test_one_that_is_moved_comes_on_the_next_working_day_when_its_own_has_passed() -> None:
    for to_on in (TODAY - 3 * DAY, TODAY):
        assert plan(partnership(moved=[moved(to_on)]))[0].on == TODAY
    saturday = date(2027, 1, 9)
    assert plan(partnership(moved=[moved(saturday)]))[0].on == date(2027, 1, 11)


def test_the_others_give_way_to_one_that_is_moved() -> None:
    today = date(2027, 1, 12)
    mine = partnership(3, today, moved=[moved(today + 7 * DAY, today)])
    other = partnership(4, today - 9 * DAY)
    days = planned(plan(mine, other, today=today))
    assert days[3] == today + 7 * DAY
    assert days[4]
    assert days[4] >= today + 21 * DAY


def test_one_left_out_takes_no_room() -> None:
    out, following = plan(partnership(moved=[moved(None)]))
    assert (out.how, out.on, out.day) == (How.LEFT_OUT, None, TODAY)
    assert following.on == date(2027, 11, 24)


def test_other_questions_take_no_day_and_make_no_room() -> None:
    asked = replace(moved(None), instrument="collaboration")
    full = House(opened=[TODAY] * 4)
    (line,) = plan(partnership(moved=[asked]), house=full)
    assert (line.how, line.on) == (How.PLANNED, plan(partnership(), house=full)[0].on)
    few = [date(2027, 1, 5) + n * 28 * DAY for n in range(12)]
    (line,) = plan(partnership(moved=[asked]), house=House(invited={METTE: few}))
    assert (line.how, line.due.instrument) == (How.NO_ROOM, "collaboration")


def test_what_finds_no_room_stands_last() -> None:
    few = [date(2027, 1, 5) + n * 28 * DAY for n in range(12)]
    lines = plan(
        partnership(3), partnership(4, responsible=None), house=House(invited={METTE: few})
    )
    assert [line.how for line in lines] == [How.NO_ROOM, How.NOBODY]


def test_what_comes_next_where_every_week_is_off_is_the_day_it_is_due_on() -> None:
    never = calendar_of(Workspace(weeks_off=tuple(range(1, 54))))
    found = expected(partnership(due_on=date(2027, 7, 2)), USUAL, never, TODAY)
    assert found is not None
    assert found.on == date(2027, 7, 2)


def test_what_comes_next_of_one_relation() -> None:
    def coming(relation: Relation) -> tuple[date, bool] | None:
        found = expected(relation, USUAL, CALENDAR, TODAY)
        return (found.on, found.is_sure) if found else None

    assert coming(partnership()) == (TODAY, False)
    assert coming(partnership(due_on=date(2027, 7, 2))) == (date(2027, 8, 2), False)
    assert coming(partnership(moved=[moved(date(2027, 7, 2))])) == (date(2027, 7, 2), True)
    assert coming(partnership(moved=[moved(None)])) == (date(2027, 11, 24), False)
    asked = replace(moved(None), instrument="collaboration")
    assert coming(partnership(moved=[asked])) == (TODAY, False)
    assert coming(partnership(responsible=None)) is None
    assert coming(partnership(level=Level.NETWORK)) is None


@given(
    st.lists(st.integers(0, 60), max_size=20),
    st.integers(0, 60),
    st.integers(1, 4),
    st.integers(1, 30),
)
def test_what_fits_is_what_counting_says(days: list[int], day: int, most: int, within: int) -> None:
    together = sorted([*days, day])
    windows = [[one for one in together if first <= one < first + within] for first in together]
    crowded = any(len(window) > most and day in window for window in windows)
    assert fits(sorted(days), day, most, within) is not crowded


# A whole house, and whatever Hypothesis makes of it.

USERS = [f"U{n}" for n in range(8)]
DATES = st.integers(-400, 400).map(lambda n: TODAY + n * DAY)


@st.composite
def relations(draw: st.DrawFn, number: int) -> Relation:
    people = tuple(draw(st.lists(st.sampled_from(USERS), unique=True, max_size=4)))
    level = draw(st.sampled_from([Level.COLLABORATION, Level.PARTNERSHIP]))
    begun = draw(DATES)
    on_trial = level is Level.COLLABORATION and draw(st.booleans())
    past = draw(st.lists(st.tuples(st.sampled_from(Occasion), DATES), max_size=3))
    decided = draw(st.lists(st.tuples(st.sampled_from(Occasion), DATES), max_size=2))
    to_on = draw(st.none() | DATES)
    instrument = draw(st.sampled_from(["", "collaboration"]))
    owned = draw(st.booleans())
    return Relation(
        number,
        draw(DATES),
        imported=draw(st.booleans()),
        level=level,
        start=draw(st.none() | DATES),
        moved_on=draw(st.none() | DATES),
        trial=(begun, begun + 60 * DAY) if on_trial else None,
        endings=[Ending(n, "Café", on) for n, on in enumerate(draw(st.lists(DATES, max_size=2)))],
        past=[Past(why, on, on) for why, on in past if on < TODAY],
        moved=[Moved(why, on, to_on, min(on, TODAY), instrument) for why, on in decided],
        responsible=people[0] if people and owned else None,
        people=people,
        channel=draw(st.sampled_from(["", "C01"])),
    )


@st.composite
def houses(draw: st.DrawFn) -> tuple[list[Relation], House]:
    found = [draw(relations(number)) for number in range(draw(st.integers(1, 12)))]
    lately = st.lists(st.integers(0, 364).map(lambda n: TODAY - n * DAY), max_size=6)
    house = House(
        begun_on=draw(st.none() | DATES),
        opened=draw(lately),
        invited={user: draw(lately) for user in USERS[:4]},
        threads={"C01": draw(lately)},
        away={user: TODAY + draw(st.integers(1, 200)) * DAY for user in USERS[2:3]},
    )
    return found, house


def check(lines: Sequence[Line], house: House, calendar: Calendar = CALENDAR) -> None:
    """What holds of every plan, for those that nobody has put somewhere."""
    ours = [line for line in lines if line.how is How.PLANNED and line.on]
    free = [line for line in ours if not line.due.put_on]
    for line in free:
        assert line.on
        assert TODAY <= line.on <= TODAY + (AHEAD + 7) * DAY
        assert opens_on(line.on, calendar)
        assert line.due.latest is None or line.on <= line.due.latest
        slow = house.begun_on and line.on < house.begun_on + BEGINNING
        begun = [*house.opened, *(one.on for one in ours if one.on)]
        assert line.beyond == ()
        if not any(one.beyond for one in ours):
            in_week = sum(week_of(day) == week_of(line.on) for day in begun)
            assert in_week <= max(A_WEEK_AT_FIRST if slow else A_WEEK, 1)
        for user in line.asked:
            others = [one.on for one in free if user in one.asked and one is not line and one.on]
            before = house.invited.get(user, ())
            assert all(abs((line.on - day).days) >= 14 for day in [*others, *before])
            assert house.away.get(user, line.on) <= line.on
    for line in ours:
        assert line.on
        assert line.relation.responsible
        assert line.asked
        earlier = [one.opened_on for one in line.relation.past if one.asked_partner]
        if line.asks_partner:
            assert all((line.on - day).days >= ONE_PARTNER[1] for day in earlier)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(houses())
def test_of_whatever_house_nobody_is_asked_too_often(given: tuple[list[Relation], House]) -> None:
    found, house = given
    lines = year(found, USUAL, house, CALENDAR, TODAY)
    check(lines, house)
    assert len(lines) == sum(len(due(one, USUAL, TODAY)) for one in found)
    assert lines == year(reversed(found), USUAL, house, CALENDAR, TODAY)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(houses())
def test_the_plan_is_the_same_the_next_day(given: tuple[list[Relation], House]) -> None:
    """As long as nothing happens but what was planned: nobody is away, no day was corrected."""
    found, house = given
    house = replace(house, away={})
    found = [replace(one, moved=()) for one in found]
    before = year(found, USUAL, house, CALENDAR, TODAY)
    opened = [line for line in before if line.on == TODAY]
    found = [happened(one, opened) for one in found]
    after = year(found, USUAL, with_opened(house, opened), CALENDAR, TODAY + DAY)
    days = {line.key: line.on for line in after}
    for line in before:
        overtaken = any(line.relation.partner_id == one.relation.partner_id for one in opened)
        in_time = line.due.latest is None or line.due.latest > TODAY
        if line.how is How.PLANNED and not overtaken and in_time:
            assert days[line.key] == line.on, line


def happened(relation: Relation, opened: Iterable[Line]) -> Relation:
    past = [
        Past(line.due.occasion, line.due.due_on, line.on, line.asks_partner)
        for line in opened
        if line.relation.partner_id == relation.partner_id and line.on
    ]
    return replace(relation, past=[*relation.past, *past]) if past else relation


def with_opened(house: House, opened: Sequence[Line]) -> House:
    invited = defaultdict(list, {user: [*days] for user, days in house.invited.items()})
    threads = defaultdict(list, {channel: [*days] for channel, days in house.threads.items()})
    for line in opened:
        assert line.on
        threads[line.relation.channel].append(line.on)
        for user in line.asked:
            invited[user].append(line.on)
    begun = [*house.opened, *(line.on for line in opened if line.on)]
    return replace(house, opened=begun, invited=dict(invited), threads=dict(threads))


# A year of a house, morning after morning.

MEMBERS = 60
TJEKS = 60  # rounds that colleagues call in a year


@dataclass
class Told:
    """What was opened."""

    days: list[date] = field(default_factory=list)
    invited: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    by_colleagues: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    partners: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))
    occasions: set[Occasion] = field(default_factory=set)

    def note(self, line: Line, today: date) -> None:
        self.days.append(today)
        self.occasions.add(line.due.occasion)
        for user in line.asked:
            self.invited[user].append(today)
        if line.asks_partner:
            self.partners[line.relation.partner_id].append(today)


def a_house(draw: random.Random) -> list[Relation]:
    """400 partners, of whom 40 are partnerships and 100 collaborations; a few have many."""
    weights = [1 / (n + 3) for n in range(MEMBERS)]
    found = []
    for number in range(400):
        level = (Level.PARTNERSHIP, Level.COLLABORATION, Level.NETWORK)[
            0 if number < 40 else 1 if number < 140 else 2
        ]
        people = tuple(dict.fromkeys(draw.choices(range(MEMBERS), weights, k=3)))
        users = tuple(f"U{n:02}" for n in people)
        found.append(
            Relation(
                number,
                date(2026, 11, 1),
                imported=True,
                level=level,
                responsible=users[0],
                people=users,
                channel=draw.choice(["C01", "C01", f"C{number}"]),
                trial=(TODAY, TODAY + draw.randrange(60, 500) * DAY) if number >= 130 else None,
                endings=[Ending(number, "Café", TODAY + draw.randrange(700) * DAY)]
                if level is Level.COLLABORATION
                else [],
            )
        )
    return found


def a_year(draw: random.Random) -> Told:
    """From the first morning on, with the rounds that colleagues call in between.

    Where nothing has happened but what was planned, the week's plan stands: see above.
    """
    told, found, house = Told(), a_house(draw), House(begun_on=TODAY)
    lines: list[Line] = []
    for n in range(395):
        today = TODAY + n * DAY
        if not opens_on(today, CALENDAR):
            continue
        called = draw.random() < TJEKS / 250
        if called:
            users = [f"U{user:02}" for user in draw.sample(range(MEMBERS), 4)]
            invited = {user: [*house.invited.get(user, ()), today] for user in users}
            house = replace(house, invited={**house.invited, **invited})
            for user in users:
                told.by_colleagues[user].append(today)
        if called or not lines or week_of(today) != week_of(today - DAY):
            lines = year(found, USUAL, house, CALENDAR, today)
        opened = [line for line in lines if line.on == today]
        house = with_opened(house, opened)
        found = [happened(one, opened) for one in found] if opened else found
        for line in opened:
            told.note(line, today)
    return told


def test_in_a_year_of_a_house_nobody_is_asked_too_often() -> None:
    told = a_year(random.Random(12))
    assert told.occasions == {*Occasion} - {Occasion.BY_HAND}
    assert len(told.days) > 120
    assert all(opens_on(day, CALENDAR) for day in told.days)
    weeks = [week_of(day) for day in told.days]
    assert max(map(weeks.count, weeks)) <= A_WEEK
    first = [week_of(day) for day in told.days if day < TODAY + BEGINNING]
    assert max(map(first.count, first)) <= A_WEEK_AT_FIRST
    for user, days in told.invited.items():
        assert all((later - day).days >= 14 for day, later in pairwise(days)), user
        colleagues = told.by_colleagues[user]
        for day in days:
            assert not any(0 <= (day - other).days < 14 for other in colleagues)
            since = [one for one in [*days, *colleagues] if 0 <= (day - one).days < 365]
            assert len(since) <= 12, user
    for days in told.partners.values():
        assert all((later - day).days >= ONE_PARTNER[1] for day, later in pairwise(days))
