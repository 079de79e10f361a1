from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.timetable import Calendar
from bot.timetable_holidays import DanishHolidays
from bot.timetable_week import PartnerMorning, Tuesdays, is_quiet, week_of
from bot.workspace import ClosedDays

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DANISH = Tuesdays(Calendar(COPENHAGEN, holidays=DanishHolidays()))
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
DAYS = st.dates(date(2024, 1, 1), date(2060, 1, 1))
ZONES = st.sampled_from(
    ["America/Nuuk", "Atlantic/Faroe", "Europe/Copenhagen", "Asia/Kolkata", "Asia/Tokyo"]
)


def closed(*days: date) -> Tuesdays:
    periods = tuple(ClosedDays(first=day, last=day) for day in days)
    return Tuesdays(Calendar(COPENHAGEN, periods, DanishHolidays()))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 24), "2026-W48"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
    ],
)
def test_a_week_has_its_own_name_across_the_turn_of_the_year(day: date, week: str) -> None:
    assert week_of(day) == week


@pytest.mark.parametrize(
    ("day", "quiet"),
    [
        (date(2026, 6, 30), False),
        (date(2026, 7, 1), True),
        (date(2026, 7, 31), True),
        (date(2026, 8, 1), False),
        (date(2026, 12, 21), False),
        (date(2026, 12, 22), True),
        (date(2027, 1, 2), True),
        (date(2027, 1, 3), False),
    ],
)
def test_it_is_quiet_in_july_and_around_the_turn_of_the_year(day: date, *, quiet: bool) -> None:
    assert is_quiet(day) is quiet


def test_a_partner_morning_is_a_when_of_its_own() -> None:
    tuesday = DANISH.calendar.moment(date(2026, 11, 24), time(9))
    before = tuesday - WEEK
    assert PartnerMorning().due(before, tuesday - DAY, DANISH.calendar) is None
    assert PartnerMorning().due(before, tuesday + DAY, DANISH.calendar) == tuesday
    assert PartnerMorning().due(tuesday, tuesday + DAY, DANISH.calendar) is None


@pytest.mark.parametrize("offset", range(-1, 6))
def test_the_partner_day_is_the_tuesday_of_the_week(offset: int) -> None:
    tuesday = date(2026, 11, 24)
    assert DANISH.day_in(tuesday + offset * DAY) == tuesday


def test_a_closed_tuesday_moves_to_the_next_working_day_of_its_week() -> None:
    tuesday = date(2026, 11, 24)
    assert closed(tuesday).day_in(tuesday) == tuesday + DAY
    assert closed(*(tuesday + n * DAY for n in range(3))).day_in(tuesday) == tuesday + 3 * DAY
    assert closed(*(tuesday + n * DAY for n in range(4))).day_in(tuesday) is None


def test_a_public_holiday_moves_it_as_well() -> None:
    constitution_day = date(2029, 6, 5)
    assert constitution_day.weekday() == 1
    assert DANISH.day_in(constitution_day) == date(2029, 6, 6)


def test_no_day_steps_in_for_one_in_the_quiet_time_nor_lies_in_it() -> None:
    assert DANISH.day_in(date(2029, 1, 2)) is None  # a Tuesday, and the third is a working day
    last_of_june = date(2026, 6, 30)
    assert DANISH.day_in(last_of_june) == last_of_june
    assert closed(last_of_june).day_in(last_of_june) is None  # the next days are in July


def test_a_library_may_want_none_in_the_school_holidays() -> None:
    off = Tuesdays(replace(DANISH.calendar, weeks_off=frozenset({7, 42})))
    assert off.day_in(date(2026, 10, 13)) is None
    assert off.day_in(date(2026, 10, 20)) == date(2026, 10, 20)


@given(DAYS)
def test_the_day_is_a_working_day_from_tuesday_to_friday_of_that_week(week: date) -> None:
    day = DANISH.day_in(week)
    if day is not None:
        assert week_of(day) == week_of(week)
        assert 1 <= day.weekday() <= 4
        assert DANISH.calendar.is_working(day)
        assert not is_quiet(day)


def test_the_first_of_a_month_is_the_first_partner_day_that_it_has() -> None:
    assert DANISH.is_first_of_month(date(2026, 12, 1))
    assert not DANISH.is_first_of_month(date(2026, 12, 8))
    assert not DANISH.is_first_of_month(date(2026, 12, 2))  # no partner day at all
    assert DANISH.is_first_of_month(date(2029, 1, 9))  # the second lies in the quiet time
    first = date(2026, 12, 1)
    assert closed(first).is_first_of_month(first + DAY)
    fifth = date(2026, 9, 29)
    rebuilt = ClosedDays(first=date(2026, 9, 7), last=date(2026, 9, 25))
    mostly_closed = Tuesdays(Calendar(COPENHAGEN, (rebuilt,)))
    assert mostly_closed.day_in(fifth) == fifth
    assert not mostly_closed.is_first_of_month(fifth)


@given(st.integers(2024, 2060))
def test_each_month_but_july_has_one_first(year: int) -> None:
    days = (date(year, 1, 1) + n * DAY for n in range(366))
    months = [day.month for day in days if DANISH.is_first_of_month(day) and day.year == year]
    assert sorted(months) == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]


def test_it_comes_due_at_nine_and_once() -> None:
    tuesday = date(2026, 11, 24)
    nine = DANISH.calendar.moment(tuesday, time(9))
    long_ago = nine - 30 * DAY
    assert DANISH.due(long_ago, nine - timedelta(seconds=1)) is None
    assert DANISH.due(long_ago, nine) == nine
    assert DANISH.due(nine, nine + timedelta(hours=3)) is None


def test_what_was_missed_is_caught_up_with_on_a_working_day_of_the_same_week() -> None:
    nine = DANISH.calendar.moment(date(2026, 11, 24), time(9))
    assert DANISH.due(nine - WEEK, nine + 3 * DAY) == nine
    assert DANISH.due(nine - WEEK, nine + 4 * DAY) is None  # Saturday
    assert DANISH.due(nine - WEEK, nine + 6 * DAY) is None  # Monday
    in_july = DANISH.calendar.moment(date(2026, 6, 30), time(9))
    assert DANISH.due(in_july - WEEK, in_july + DAY) is None


def test_it_is_of_no_use_after_the_week() -> None:
    nine = DANISH.calendar.moment(date(2026, 11, 24), time(9))
    assert DANISH.until(nine) == DANISH.calendar.moment(date(2026, 11, 28), time())


def test_a_week_without_a_day_has_nothing_due() -> None:
    assert DANISH.due(datetime.min.replace(tzinfo=UTC), datetime(2026, 7, 8, tzinfo=UTC)) is None


def test_the_quiet_time_is_stepped_over_by_the_next_one() -> None:
    before = DANISH.calendar.moment(date(2026, 6, 30), time(9))
    assert DANISH.following(before) == DANISH.calendar.moment(date(2026, 8, 4), time(9))


def test_a_library_that_is_closed_for_years_has_no_next_one() -> None:
    years = ClosedDays(first=date(2026, 1, 1), last=date(2030, 1, 1))
    never = Tuesdays(Calendar(COPENHAGEN, (years,)))
    assert never.following(datetime(2026, 11, 24, tzinfo=UTC)) is None
    assert never.first_from(date(2026, 11, 25)) == date(2026, 11, 25)


def test_what_comes_back_on_a_day_is_told_on_the_first_partner_day_from_it() -> None:
    tuesday = date(2026, 11, 24)
    assert DANISH.first_from(tuesday) == tuesday
    assert DANISH.first_from(tuesday + DAY) == tuesday + 7 * DAY


@given(st.datetimes(datetime(2024, 1, 1), datetime(2060, 1, 1)), ZONES)  # noqa: DTZ001 - made aware below
def test_the_next_one_is_at_nine_local_time_and_the_one_that_comes_due(
    naive: datetime, zone: str
) -> None:
    tuesdays = Tuesdays(Calendar(ZoneInfo(zone), holidays=DanishHolidays()))
    now = naive.replace(tzinfo=UTC)
    planned = tuesdays.following(now)
    assert planned
    assert planned > now
    assert planned.astimezone(ZoneInfo(zone)).time() == time(9)
    assert tuesdays.due(now, planned) == planned
    assert tuesdays.due(planned, planned) is None


@given(st.integers(2024, 2060), ZONES)
def test_a_year_has_no_two_in_one_week(year: int, zone: str) -> None:
    tuesdays = Tuesdays(Calendar(ZoneInfo(zone), holidays=DanishHolidays()))
    moment = datetime(year, 1, 1, tzinfo=UTC)
    weeks = []
    while moment.year == year:
        following = tuesdays.following(moment)
        assert following
        moment = following
        weeks.append(week_of(tuesdays.calendar.day(moment)))
    assert len(set(weeks)) == len(weeks)
    assert 44 <= len(weeks) <= 49
