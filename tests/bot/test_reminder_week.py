from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminder import Past, Thing, Value, What, may_mention
from bot.reminder_week import MOST, Line, back_on, is_her_day, turns_monthly, weekly
from bot.timetable import Calendar
from bot.timetable_holidays import DanishHolidays
from bot.timetable_week import Tuesdays
from bot.workspace import Frequency

DAY = timedelta(days=1)
TUESDAY = date(2026, 11, 24)
TUESDAYS = Tuesdays(Calendar(ZoneInfo("Europe/Copenhagen"), holidays=DanishHolidays()))


def thing(number: int, what: What = What.CARE, value: Value = Value.CARE, days: int = 0) -> Thing:
    return Thing(what, number, value, TUESDAY - days * DAY, number)


STEP = thing(1, What.STEP, Value.PROMISE)
ROUND = thing(2, What.ROUND, Value.ROUND)
TRIAL = thing(3, What.QUESTION, Value.TRIAL)
CARE = thing(4)
WHAT_NOW = thing(5, What.QUESTION, Value.REST)


def numbers(*things: Thing, **past: Past) -> list[int]:
    said = weekly(things, {key.replace("_", "."): one for key, one in past.items()}, TUESDAY)
    return [line.thing.subject_id for line in said.lines] if said else []


def test_nothing_due_nothing_said() -> None:
    assert weekly([], {}, TUESDAY, on_the_way=[8, 9]) is None
    assert weekly([CARE], {CARE.key: Past((TUESDAY,))}, TUESDAY) is None


def test_the_most_valuable_comes_first() -> None:
    assert numbers(WHAT_NOW, CARE, TRIAL, ROUND, STEP) == [1, 2, 3, 4, 5]
    said = weekly([CARE, ROUND], {}, TUESDAY)
    assert said
    assert said.value is Value.ROUND


def test_of_equal_value_comes_first_what_she_has_not_heard_of_then_the_longest_due() -> None:
    heard = Past((TUESDAY - 14 * DAY,))
    assert numbers(thing(1, days=90), thing(2, days=5), thing(3, days=9), care_1=heard) == [3, 2, 1]


def test_five_at_most_and_the_rest_as_a_number() -> None:
    said = weekly([thing(n, days=n) for n in range(8)], {}, TUESDAY, on_the_way=[21, 22, 23, 24])
    assert said
    assert [line.thing.subject_id for line in said.lines] == [7, 6, 5, 4, 3]
    assert said.more == 3
    assert said.on_the_way == (21, 22, 23)


def test_the_second_mention_says_that_it_is_the_last() -> None:
    said = weekly([CARE, STEP], {CARE.key: Past((TUESDAY - 14 * DAY,))}, TUESDAY)
    assert said
    assert said.lines == (Line(STEP), Line(CARE, last=True))


def test_a_partner_that_another_line_is_about_is_not_asked_about_as_well() -> None:
    assert numbers(replace(STEP, partner_id=4), CARE) == [1]


def test_a_partner_has_a_second_line_only_where_there_is_room() -> None:
    what_now = replace(WHAT_NOW, partner_id=TRIAL.partner_id)
    said = weekly([what_now, TRIAL, CARE], {}, TUESDAY)
    assert said
    assert [line.thing for line in said.lines] == [TRIAL, CARE, what_now]
    assert said.more == 0
    full = [replace(CARE, subject_id=n, partner_id=n) for n in (21, 22, 23, 24)]
    assert numbers(TRIAL, what_now, *full) == [3, 21, 22, 23, 24]
    ideas = [replace(ROUND, subject_id=n, partner_id=None) for n in (11, 12)]
    assert numbers(*ideas) == [11, 12]


def test_care_does_not_follow_on_another_line_about_the_partner_at_once() -> None:
    same = replace(STEP, partner_id=4)
    assert numbers(same, CARE, step_1=Past((TUESDAY - 7 * DAY,))) == []
    put_off = Past((TUESDAY - 14 * DAY,), TUESDAY - 13 * DAY, TUESDAY + DAY)
    assert numbers(same, CARE, step_1=put_off) == [4]
    old = Past((TUESDAY - 200 * DAY, TUESDAY - 180 * DAY))
    assert numbers(same, CARE, step_1=old) == [4]  # a forgotten step silences nothing for ever


@pytest.mark.parametrize("value", [Value.CARE, Value.PROMISE, Value.REST])
def test_a_question_of_the_circle_stands_in_for_the_care(value: Value) -> None:
    asks = Thing(What.QUESTION, 9, value, TUESDAY, 4)
    assert numbers(asks, CARE) == [9]
    told = Past((TUESDAY - 200 * DAY, TUESDAY - 180 * DAY))
    assert numbers(asks, CARE, question_9=told) == []


def test_what_has_a_line_is_not_named_as_on_the_way_as_well() -> None:
    said = weekly([STEP], {}, TUESDAY, on_the_way=[1, 8, 1, 9, 7, 6])
    assert said
    assert said.on_the_way == (8, 9, 7)


def test_what_is_put_off_waits() -> None:
    assert numbers(CARE, STEP, step_1=Past((), TUESDAY - DAY, TUESDAY + DAY)) == [4]


THINGS = st.lists(
    st.builds(
        Thing,
        st.sampled_from(What),
        st.integers(1, 20),
        st.sampled_from(Value),
        st.dates(TUESDAY - 400 * DAY, TUESDAY),
        st.integers(1, 12),
    ),
    max_size=30,
    unique_by=lambda one: one.key,
)
PAST = st.builds(
    Past, st.lists(st.dates(TUESDAY - 60 * DAY, TUESDAY), max_size=3).map(tuple), st.none()
)


@given(THINGS, st.data())
def test_whatever_is_due_the_message_is_short_and_in_order(
    things: list[Thing], data: st.DataObject
) -> None:
    past = {one.key: data.draw(PAST) for one in things}
    said = weekly(things, past, TUESDAY)
    if said is None:
        return
    assert 1 <= len(said.lines) <= MOST
    values = [line.thing.value for line in said.lines]
    assert values == sorted(values)
    assert said.value is values[0]
    assert all(may_mention(line.thing, past[line.thing.key], TUESDAY) for line in said.lines)
    assert weekly(reversed(things), past, TUESDAY) == said


# When


def test_a_colleague_hears_on_the_partner_day_only() -> None:
    assert is_her_day(TUESDAY, Frequency.WEEKLY, 0, TUESDAYS)
    assert not is_her_day(TUESDAY + DAY, Frequency.WEEKLY, 0, TUESDAYS)
    assert not is_her_day(TUESDAY, Frequency.NEVER, 0, TUESDAYS)


@pytest.mark.parametrize(
    ("frequency", "silent"),
    [(Frequency.MONTHLY, 0), (Frequency.WEEKLY, 3), (Frequency.WEEKLY, 9)],
)
def test_who_wants_it_or_is_silent_hears_on_the_first_tuesday_of_the_month(
    frequency: Frequency, silent: int
) -> None:
    assert not is_her_day(TUESDAY, frequency, silent, TUESDAYS)
    assert is_her_day(date(2026, 12, 1), frequency, silent, TUESDAYS)


@pytest.mark.parametrize(
    ("frequency", "silent", "said"),
    [
        (Frequency.WEEKLY, 2, False),
        (Frequency.WEEKLY, 3, True),
        (Frequency.WEEKLY, 4, False),
        (Frequency.MONTHLY, 3, False),
    ],
)
def test_that_it_comes_monthly_is_said_once(
    frequency: Frequency, silent: int, *, said: bool
) -> None:
    assert turns_monthly(frequency, silent) is said
    message = weekly([CARE], {}, TUESDAY, turns_monthly=turns_monthly(frequency, silent))
    assert message
    assert message.turns_monthly is said


NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "now", "frequency", "back"),
    [
        (TUESDAY, NINE - DAY, Frequency.WEEKLY, TUESDAY),
        (TUESDAY, NINE, Frequency.WEEKLY, TUESDAY + 7 * DAY),  # this week's is said already
        (TUESDAY + 2 * DAY, NINE, Frequency.NEVER, TUESDAY + 7 * DAY),
        (TUESDAY + 9 * DAY, NINE, Frequency.MONTHLY, date(2027, 1, 5)),
    ],
)
def test_what_is_put_off_comes_back_with_one_of_her_messages(
    day: date, now: datetime, frequency: Frequency, back: date
) -> None:
    assert back_on(day, now, frequency, TUESDAYS) == back


def test_while_the_library_is_closed_for_years_it_is_the_day_itself() -> None:
    weeks = frozenset(range(1, 54))
    closed = Tuesdays(replace(TUESDAYS.calendar, weeks_off=weeks))
    assert back_on(TUESDAY, NINE, Frequency.WEEKLY, closed) == TUESDAY


def test_a_round_is_not_crowded_out_for_its_deadline_is_before_the_next_message() -> None:
    promises = [thing(n, What.STEP, Value.PROMISE) for n in range(10, 16)]
    assert numbers(*promises, ROUND) == [10, 11, 12, 13, 2]
    assert numbers(*promises, thing(10, What.ROUND, Value.ROUND)) == [10, 11, 12, 13, 10]
