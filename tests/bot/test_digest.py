from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.circle import Level, Move, Why
from bot.digest import (
    LINES,
    THREAD,
    Ahead,
    Coming,
    Contacts,
    Decided,
    Digest,
    Facts,
    Friend,
    Section,
    digest,
    is_stale,
    signed,
)
from bot.digest_look import (
    GAP_REST,
    TURNS,
    Look,
    Lookable,
    Looked,
    Partnered,
    jubilee,
    look,
)
from bot.digest_unclaimed import UNCLAIMED_REST, Unclaimed, unclaimed
from bot.goal_gap import Dimension, Gap, Place
from bot.partner import RelationType, Status
from bot.reminder_cadence import Relation
from bot.tjek import Decision

DAY, WEEK = timedelta(days=1), timedelta(days=7)
TUESDAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
FRIEND = Friend(1, TUESDAY - DAY, ("U02",))


CONTACTS = Contacts(3, 2, 7, "U03", TUESDAY - DAY)


def moved(number: int, partner_id: int, *, inwards: bool, days: int = 0) -> Move:
    rings = [Level.COLLABORATION, Level.PARTNERSHIP]
    start, end = rings if inwards else reversed(rings)
    why = Why.FRAME if inwards else Why.LESS_OFTEN
    return Move(partner_id, start, end, why, "U02", NOON - days * DAY, id=number)


def of(facts: Facts, today: date = TUESDAY) -> Digest:
    made = digest(facts, today)
    assert made
    return made


def test_nothing_new_nothing_said_whatever_might_be_looked_at() -> None:
    assert digest(Facts(), TUESDAY) is None
    seen = Facts(lookable=Lookable([Partnered(1, start=TUESDAY.replace(year=2016))], advice=5))
    assert digest(seen, TUESDAY) is None


@pytest.mark.parametrize(
    "facts",
    [
        Facts(friends=[FRIEND]),
        Facts(contacts=CONTACTS),
        Facts(moves=[moved(1, 1, inwards=True)]),
        Facts(decided=[Decided(1, Decision.GO_ON, TUESDAY)]),
        Facts(unclaimed=[Unclaimed(1, TUESDAY - 300 * DAY)]),
        Facts(coming=[Coming(Ahead.TRIAL, 1, TUESDAY)]),
    ],
)
def test_one_thing_to_tell_is_enough(facts: Facts) -> None:
    made = of(facts)
    assert made.week == "2026-W48"
    assert sum(map(bool, (made.friends, made.since, made.unclaimed, made.coming))) == 1


def test_a_greeting_is_worth_sending_by_itself() -> None:
    assert of(Facts(greeted=True)).week == "2026-W48"


def test_new_friends_the_newest_first_three_of_them() -> None:
    friends = [replace(FRIEND, partner_id=n, added_on=TUESDAY - n * DAY) for n in (4, 2, 5, 1, 3)]
    shown = of(Facts(friends=friends)).friends
    assert [one.partner_id for one in shown.lines] == [1, 2, 3]
    assert [one.partner_id for one in shown.rest] == [4, 5]


def test_moves_outwards_are_told_as_those_inwards() -> None:
    moves = [moved(1, 7, inwards=True, days=3), moved(2, 8, inwards=False, days=1)]
    assert of(Facts(moves=moves)).since.lines == (moves[1], moves[0])


def test_who_went_there_and_back_has_not_moved() -> None:
    moves = [moved(2, 7, inwards=False), moved(1, 7, inwards=True, days=2)]
    assert digest(Facts(moves=moves), TUESDAY) is None
    further = moved(3, 7, inwards=True)
    first = replace(further, from_level=Level.NETWORK, to_level=Level.COLLABORATION)
    (told,) = of(Facts(moves=[further, replace(first, at=NOON - DAY)])).since.lines
    assert told == replace(further, from_level=Level.NETWORK)


def test_contacts_then_moves_then_decisions_and_a_kind_no_is_told_to_nobody() -> None:
    decided = [
        Decided(1, Decision.GO_ON, TUESDAY - 2 * DAY),
        Decided(2, Decision.KINDLY_NO, TUESDAY),
        Decided(3, Decision.FIND_OUT, TUESDAY - DAY),
    ]
    step = moved(1, 7, inwards=True)
    since = of(Facts(contacts=CONTACTS, moves=[step], decided=decided)).since
    assert since.lines == (CONTACTS, step, decided[2])
    assert since.rest == (decided[0],)
    assert digest(Facts(decided=decided[1:2]), TUESDAY) is None


def test_who_takes_it_the_longest_quiet_first_three_of_them() -> None:
    found = [
        Unclaimed(1, TUESDAY - 900 * DAY, quiet=False),
        Unclaimed(2, TUESDAY - 300 * DAY),
        Unclaimed(3, TUESDAY - 400 * DAY, talked=False),
        Unclaimed(4, TUESDAY - 280 * DAY),
    ]
    made = of(Facts(unclaimed=found))
    assert [one.partner_id for one in made.unclaimed.lines] == [3, 2, 4]
    assert [one.partner_id for one in made.unclaimed.rest] == [1]
    assert made.has_more
    assert not of(Facts(unclaimed=found[:3])).has_more


LAST = TUESDAY - 20 * DAY
LATELY = Relation(1, TUESDAY - 900 * DAY, last_contact=LAST)
TOGETHER = replace(LATELY, level=Level.COLLABORATION)
FUND = replace(TOGETHER, relation_type=RelationType.FUND)


@pytest.mark.parametrize(
    ("relation", "wanted"),
    [
        (LATELY, None),
        (replace(LATELY, last_contact=TUESDAY - 270 * DAY), (TUESDAY - 270 * DAY, True, True)),
        (replace(LATELY, last_contact=None), (TUESDAY - 900 * DAY, False, True)),
        (TOGETHER, (LAST, True, False)),
        (replace(TOGETHER, status=Status.RESTING), None),
        (replace(TOGETHER, status=Status.POSSIBLE), None),
        (replace(TOGETHER, archived=True), None),
        (FUND, None),
        (replace(FUND, agreement_ends=TUESDAY + 200 * DAY), None),
        (replace(FUND, agreement_ends=TUESDAY + 80 * DAY), (LAST, True, False)),
        (replace(FUND, agreement_ends=TUESDAY + 65 * DAY), None),  # talked about since
    ],
)
def test_somebody_is_wanted_where_it_is_quiet_or_something_is_done_together(
    relation: Relation, wanted: tuple[date, bool, bool] | None
) -> None:
    found = unclaimed(relation, {}, TUESDAY)
    assert found == (Unclaimed(1, *wanted) if wanted else None)


def test_who_was_not_taken_stands_back_for_four_weeks_and_then_for_others() -> None:
    old = Unclaimed(1, TUESDAY - 900 * DAY, told_on=TUESDAY - UNCLAIMED_REST)
    new = Unclaimed(2, TUESDAY - 300 * DAY)
    assert of(Facts(unclaimed=[old, new])).unclaimed == Section((new, old))
    told = replace(old, told_on=TUESDAY - UNCLAIMED_REST + DAY)
    assert digest(Facts(unclaimed=[told]), TUESDAY) is None


def test_what_was_let_go_of_since_the_last_one_stands_first_whatever_it_is() -> None:
    for relation in (LATELY, FUND, replace(TOGETHER, status=Status.RESTING)):
        found = unclaimed(relation, {}, TUESDAY, let_go=True)
        assert found == Unclaimed(1, LAST, quiet=False, let_go=True)
    old = Unclaimed(1, TUESDAY - 900 * DAY)
    new = Unclaimed(2, LAST, told_on=TUESDAY - 7 * DAY, let_go=True)
    assert of(Facts(unclaimed=[old, new])).unclaimed == Section((new, old))


def test_on_the_way_is_what_comes_within_the_week_in_its_order() -> None:
    coming = [
        Coming(Ahead.TRIAL, 1, TUESDAY + 7 * DAY),
        Coming(Ahead.ROUND, 2, TUESDAY + 8 * DAY),
        Coming(Ahead.STEP, 3, TUESDAY),
        Coming(Ahead.STEP, 4, TUESDAY - DAY),
    ]
    shown = of(Facts(coming=coming)).coming
    assert [one.subject_id for one in shown.lines] == [3, 1]


def test_a_digest_of_another_week_is_dropped() -> None:
    assert not is_stale("2026-W48", date(2026, 11, 29))
    assert is_stale("2026-W48", date(2026, 11, 30))
    assert not is_stale("2026-W53", date(2027, 1, 3))


COMING = st.builds(
    Coming,
    st.sampled_from(Ahead),
    st.integers(1, 99),
    st.dates(TUESDAY - 9 * DAY, TUESDAY + 9 * DAY),
)
UNCLAIMED = st.builds(
    Unclaimed,
    st.integers(1, 99),
    st.dates(date(2020, 1, 1), TUESDAY),
    st.booleans(),
    st.booleans(),
    st.none() | st.dates(date(2026, 6, 1), TUESDAY),
)


@given(st.lists(COMING, max_size=60), st.lists(UNCLAIMED), st.integers(0, 5))
def test_no_section_is_longer_than_three_lines_and_nothing_is_lost(
    coming: list[Coming], found: list[Unclaimed], advice: int
) -> None:
    made = digest(Facts(unclaimed=found, coming=coming, lookable=Lookable(advice=advice)), TUESDAY)
    if made is None:
        return
    for section in (made.unclaimed, made.coming):
        assert len(section.lines) <= LINES
        assert not section.rest or len(section.lines) == LINES
        assert not section.more or len(section.rest) == THREAD
    ahead = [one for one in coming if TUESDAY <= one.on <= TUESDAY + 7 * DAY]
    shown = made.coming
    assert len(shown.lines) + len(shown.rest) + shown.more == len(ahead)
    assert bool(made.look) is bool(advice)


# A look


@pytest.mark.parametrize(
    ("start", "today", "years"),
    [
        (date(2025, 11, 22), TUESDAY, 0),  # last Sunday
        (date(2025, 11, 23), TUESDAY, 1),
        (date(2025, 11, 29), TUESDAY, 1),
        (date(2025, 11, 30), TUESDAY, 0),
        (date(2024, 11, 24), TUESDAY, 0),  # two years
        (date(2021, 11, 24), TUESDAY, 5),
        (date(2016, 11, 24), TUESDAY, 10),
        (date(2026, 11, 24), TUESDAY, 0),
        (None, TUESDAY, 0),
        (date(2027, 11, 24), TUESDAY, 0),  # still to come
        (date(2022, 1, 2), date(2026, 12, 29), 5),  # in a week of two years
        (date(2016, 2, 29), date(2021, 2, 23), 5),  # on the 28th
        (date(2016, 2, 29), date(2021, 3, 2), 0),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_a_jubilee_is_celebrated_in_its_week(start: date | None, today: date, years: int) -> None:
    assert jubilee(start, today) == years


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.sampled_from([1, 5, 10, 25]))
def test_each_jubilee_is_celebrated_in_one_week(start: date, years: int) -> None:
    about = start + years * 365 * DAY
    seen = [jubilee(start, about + n * 7 * DAY) for n in range(-4, 5)]
    assert sorted(seen) == [0] * 8 + [years]


def seen(today: date, advice: int = 5, **found: Any) -> Look | None:
    return look(Lookable(advice=advice, **found), today)


def test_a_jubilee_cannot_wait_and_the_greatest_is_told() -> None:
    partners = [
        Partnered(1, start=date(2021, 11, 24)),
        Partnered(2, start=date(2016, 11, 26)),
        Partnered(3, start=date(2025, 11, 26)),
    ]
    for week in (TUESDAY, TUESDAY + WEEK):
        found = seen(week, partners=partners)
        assert found
        assert (found.what is Looked.JUBILEE) is (week == TUESDAY)
        assert found.of_partner is (found.what is not Looked.ADVICE)
    assert seen(TUESDAY, partners=partners) == Look(Looked.JUBILEE, 2, 10)


def test_of_many_partners_one_celebrates_each_week_and_the_others_get_their_turn() -> None:
    partners = [Partnered(1, start=date(2021, 11, 24))]
    found = seen(TUESDAY, partners=partners, after_jubilee=True)
    assert found
    assert found.what is not Looked.JUBILEE


GAPS = tuple(Gap(Level.COLLABORATION, (Place(Dimension.AGE, name),)) for name in "ab")


def test_gap_partner_and_advice_take_turns_through_a_year_of_53_weeks() -> None:
    days = [date(2026, 12, 1) + n * WEEK for n in range(12)]
    weeks = [seen(day, partners=[Partnered(1)], gaps=GAPS) for day in days]
    kinds = [one.what for one in weeks if one]
    assert set(pairwise(kinds)) == {
        (Looked.GAP, Looked.FOCUS),
        (Looked.FOCUS, Looked.ADVICE),
        (Looked.ADVICE, Looked.GAP),
    }


@pytest.mark.parametrize("number", range(1, 7))
def test_each_piece_of_advice_has_its_turn(number: int) -> None:
    weeks = [
        seen(TUESDAY + n * WEEK, number, partners=[Partnered(1)], gaps=GAPS)
        for n in range(TURNS * number)
    ]
    advice = [one.number for one in weeks if one and one.what is Looked.ADVICE]
    assert sorted(advice) == list(range(number))


def test_where_one_of_them_is_missing_another_stands_in() -> None:
    for week in (TUESDAY, TUESDAY + WEEK, TUESDAY + 2 * WEEK):
        assert seen(week, 0, partners=[Partnered(1)]) == Look(Looked.FOCUS, 1)
        assert seen(week, 0, gaps=GAPS) == Look(Looked.GAP, gap=GAPS[0])
        advised = seen(week)
        assert advised
        assert advised.what is Looked.ADVICE
    assert seen(TUESDAY, 0) is None


@given(
    st.lists(st.sampled_from("abcde"), unique=True, max_size=5),
    st.integers(1, 60),
)
def test_no_gap_comes_again_before_all_others_have_or_within_a_season(
    keys: list[str], weeks: int
) -> None:
    gaps = [Gap(Level.COLLABORATION, (Place(Dimension.AGE, key),)) for key in keys]
    shown, told = dict[str, date](), list[Gap]()
    for n in range(weeks):
        today = TUESDAY + n * WEEK
        found = seen(today, 0, gaps=gaps, gaps_seen=dict(shown))
        if found is None:
            assert all(today - on < GAP_REST for on in shown.values())
            assert set(shown) == {gap.key for gap in gaps}
            continue
        assert found.gap
        shown[found.gap.key] = today
        told.append(found.gap)
    assert told == [gaps[n % len(keys)] for n in range(len(told))]  # the most telling first


def test_each_branch_has_its_turn_and_nobody_twice_within_a_year() -> None:
    today = TUESDAY
    partners = {n: Partnered(n, "abc"[n % 3]) for n in range(9)}
    branches = []
    for _ in range(9):
        found = seen(today, 0, partners=list(partners.values()))
        assert found
        branches.append(partners[found.number].branch)
        partners[found.number] = replace(partners[found.number], looked_at=today)
        today += 2 * WEEK
    assert all(set(branches[n : n + 3]) == {"a", "b", "c"} for n in (0, 3, 6))
    assert all(one.looked_at for one in partners.values())
    assert seen(today, 0, partners=list(partners.values())) is None
    a_year = TUESDAY + 365 * DAY
    assert seen(a_year, 0, partners=list(partners.values())) == Look(Looked.FOCUS, 0)


@pytest.mark.parametrize(
    ("greeting", "by", "shown"),
    [
        ("God tirsdag.", "Karen", "God tirsdag. Karen"),
        ("God tirsdag. Hilsen Karen", "Karen", "God tirsdag. Hilsen Karen"),
        ("God tirsdag /karen.", "Karen", "God tirsdag /karen."),
        ("Tak til Karensminde", "Karen", "Tak til Karensminde Karen"),
        ("Hilsen Anne Marie!", "Anne Marie", "Hilsen Anne Marie!"),
        ("God tirsdag.", "", "God tirsdag."),
        ("", "Karen", ""),
    ],
)
def test_a_greeting_is_signed_once(greeting: str, by: str, shown: str) -> None:
    assert signed(greeting, by) == shown
