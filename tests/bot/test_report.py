"""The leader's page: which quarter, what stands on it, and in which order."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.circle import Level, Move, Why
from bot.report import (
    MOVES,
    NOES,
    Count,
    Facts,
    Needs,
    No,
    Quarter,
    Waiting,
    asks,
    is_empty,
    page,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)
FOURTH = Quarter(2026, 4)
IN = (Level.NETWORK, Level.COLLABORATION, Why.ACTIVITY)
OUT = (Level.COLLABORATION, Level.NETWORK, Why.ACTIVITY_OVER)
FURTHER = (Level.COLLABORATION, Level.PARTNERSHIP, Why.FRAME)


def move(partner_id: int, days: int = 0, way: tuple[Level, Level, Why] = IN) -> Move:
    return Move(partner_id, *way, "U02", NOW - days * DAY, id=100 - days)


@pytest.mark.parametrize(
    ("day", "number", "first", "last"),
    [
        (date(2026, 1, 1), 1, date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), 2, date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), 3, date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), 4, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_the_quarter_of_a_day(day: date, number: int, first: date, last: date) -> None:
    quarter = Quarter.of(day)
    assert (quarter.number, quarter.first, quarter.last) == (number, first, last)
    assert Quarter.read(quarter.key) == quarter


def test_before_and_after() -> None:
    assert FOURTH.after == Quarter(2027, 1)
    assert FOURTH.before == Quarter(2026, 3)
    assert Quarter(2027, 1).before == FOURTH
    assert FOURTH.key == "2026-Q4"


def test_each_partner_moves_once_the_newest_first() -> None:
    told = page(FOURTH, Facts([move(1, 9), move(2, 5, OUT), move(1, 1, FURTHER)]), TODAY)
    assert [(one.partner_id, one.inwards) for one in told.moves] == [(1, True), (2, False)]
    assert (told.inwards, told.outwards, told.more_moves) == (1, 1, 0)


def test_further_in_is_who_stands_further_in_than_before() -> None:
    there_and_back = [move(1, 9), move(1, 8, OUT)]
    less = (Level.PARTNERSHIP, Level.COLLABORATION, Why.LESS_OFTEN)
    by_one_of_two = [move(2, 7), move(2, 6, FURTHER), move(2, 5, less)]
    told = page(FOURTH, Facts([*there_and_back, *by_one_of_two]), TODAY)
    assert [(one.partner_id, one.to_level) for one in told.moves] == [(2, Level.COLLABORATION)]
    assert (told.inwards, told.outwards) == (1, 0)
    assert is_empty(page(FOURTH, Facts(there_and_back), TODAY))


def test_what_is_left_is_counted() -> None:
    noes = [No(n, f"Idé {n}", "", "tid", NOW - n * DAY) for n in range(NOES + 1)]
    told = page(FOURTH, Facts([move(n, n) for n in range(MOVES + 2)], noes), TODAY)
    assert (len(told.moves), told.more_moves) == (MOVES, 2)
    assert [one.check_id for one in told.noes] == [0, 1, 2]
    assert told.more_noes == 1
    assert told.inwards == MOVES + 2


def test_a_relation_waits_once_where_it_is_most_urgent() -> None:
    waiting = [
        Waiting(Needs.NOBODY, 1),
        Waiting(Needs.NOBODY, 5),
        Waiting(Needs.NOBODY, 4),
        Waiting(Needs.TRIAL, 2, TODAY),
        Waiting(Needs.TRIAL, 1, TODAY - DAY),
    ]
    told = page(FOURTH, Facts(waiting=waiting), TODAY)
    assert list(told.waiting) == [Needs.TRIAL, Needs.NOBODY]
    assert [one.partner_id for one in told.waiting[Needs.TRIAL]] == [1, 2]
    assert [one.partner_id for one in told.waiting[Needs.NOBODY]] == [5, 4]
    assert told.shown == (1, 2, 5, 4)


def test_the_cards_are_those_that_are_named() -> None:
    no = No(1, "Springbræt", "", "tid", NOW, 3)
    idea = No(2, "Et VR-rum", "", "tid", NOW)
    told = page(FOURTH, Facts([move(2)], [no, idea]), TODAY)
    assert told.shown == (2, 3)


def test_until_when_it_tells() -> None:
    assert page(FOURTH, Facts(), TODAY).until == TODAY
    assert page(FOURTH.before, Facts(), TODAY).until == date(2026, 9, 30)


def test_it_is_empty_whatever_was_counted() -> None:
    assert is_empty(page(FOURTH, Facts(count=Count(3, 2, 1)), TODAY))
    assert not is_empty(page(FOURTH, Facts([move(1)]), TODAY))
    assert not is_empty(page(FOURTH, Facts(waiting=[Waiting(Needs.LOW, 1)]), TODAY))


def test_only_the_running_quarter_and_the_last_ask() -> None:
    assert asks(FOURTH, TODAY)
    assert not asks(FOURTH.before, TODAY)
    assert not asks(FOURTH.after, TODAY)
