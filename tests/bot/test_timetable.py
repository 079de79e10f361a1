from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.timetable import At, Calendar, calendar_of
from bot.workspace import ClosedDays, Workspace

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
CALENDAR = Calendar(COPENHAGEN)
TUESDAY = date(2026, 11, 24)
DAY = timedelta(days=1)
CARE = At(time(9), weekday=1)
ASK = At(time(9))


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=COPENHAGEN)


# Working days


def test_five_working_days_after_a_tuesday_is_the_next_tuesday() -> None:
    assert CALENDAR.working_day(TUESDAY, 5) == date(2026, 12, 1)
    assert CALENDAR.working_day(date(2026, 12, 1), -5) == TUESDAY


def test_weekends_closed_days_and_holidays_are_stepped_over() -> None:
    closed = ClosedDays(first=date(2026, 12, 28), last=date(2026, 12, 30))
    christmas = {date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)}
    calendar = Calendar(COPENHAGEN, (closed,), christmas)
    assert calendar.working_day(date(2026, 12, 23), 1) == date(2026, 12, 31)
    assert calendar.working_day(date(2026, 12, 23), 2) == date(2027, 1, 4)
    assert calendar.working_day(date(2027, 1, 4), -1) == date(2026, 12, 31)
    assert not calendar.is_working(date(2026, 12, 28))
    assert not calendar.is_working(date(2026, 12, 30))
    assert not calendar.is_working(date(2026, 12, 25))


def test_it_starts_from_a_day_off_as_well() -> None:
    saturday = date(2026, 11, 28)
    assert not CALENDAR.is_working(saturday)
    assert CALENDAR.working_day(saturday, 1) == date(2026, 11, 30)
    assert CALENDAR.working_day(saturday, -1) == date(2026, 11, 27)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 30))
def test_there_and_back_again(day: date, steps: int) -> None:
    there = CALENDAR.working_day(day, steps)
    assert CALENDAR.is_working(there)
    between = [day + n * DAY for n in range(1, (there - day).days + 1)]
    assert sum(map(CALENDAR.is_working, between)) == steps
    if CALENDAR.is_working(day):
        assert CALENDAR.working_day(there, -steps) == day


def test_a_librarys_calendar_is_made_of_its_settings() -> None:
    closed = ClosedDays(first=TUESDAY, last=TUESDAY)
    workspace = Workspace(timezone="America/Nuuk", closed_days=(closed,))
    calendar = calendar_of(workspace)
    assert calendar.zone == ZoneInfo("America/Nuuk")
    assert calendar.working_day(TUESDAY - DAY, 1) == TUESDAY + DAY
    assert calendar.working_day(date(2026, 12, 23), 1) == date(2026, 12, 28)


def test_a_day_is_the_librarys_and_a_moment_is_utc() -> None:
    assert CALENDAR.day(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == TUESDAY
    noon = CALENDAR.moment(TUESDAY, time(12))
    assert (noon, noon.tzinfo) == (datetime(2026, 11, 24, 11, tzinfo=UTC), UTC)
    assert CALENDAR.moment(date(2026, 7, 1), time(12)) == datetime(2026, 7, 1, 10, tzinfo=UTC)


# Daily and weekly rows


def test_a_daily_row_comes_due_at_its_time_and_once() -> None:
    last = local(TUESDAY - DAY, 9)
    assert ASK.due(last, local(TUESDAY, 8, 59), CALENDAR) is None
    planned = ASK.due(last, local(TUESDAY, 9), CALENDAR)
    assert planned == local(TUESDAY, 9)
    assert planned
    assert planned.tzinfo is UTC
    assert ASK.due(planned, local(TUESDAY, 23), CALENDAR) is None


@pytest.mark.parametrize(
    ("day", "hour", "planned"),
    [
        (TUESDAY, 8, TUESDAY - 7 * DAY),
        (TUESDAY, 9, TUESDAY),
        (TUESDAY + DAY, 0, TUESDAY),
        (TUESDAY + 6 * DAY, 23, TUESDAY),
        (TUESDAY + 7 * DAY, 8, TUESDAY),
    ],
)
def test_a_weekly_row_comes_due_on_its_weekday(day: date, hour: int, planned: date) -> None:
    last = local(TUESDAY - 14 * DAY, 9)
    assert CARE.due(last, local(day, hour), CALENDAR) == local(planned, 9)


def test_of_those_missed_only_the_newest_is_due() -> None:
    last = local(TUESDAY - 30 * DAY, 9)
    assert ASK.due(last, local(TUESDAY, 15), CALENDAR) == local(TUESDAY, 9)


def test_what_was_planned_before_the_library_began_is_not_due() -> None:
    assert CARE.due(local(TUESDAY, 10), local(TUESDAY + DAY, 9), CALENDAR) is None


def test_nine_stays_nine_when_the_clocks_change() -> None:
    winter = date(2026, 10, 25)  # 02:30 is there twice
    summer = date(2026, 3, 29)  # and here never
    for day in (winter, summer):
        planned = ASK.due(local(day - DAY, 9), local(day, 9), CALENDAR)
        assert planned == CALENDAR.moment(day, time(9))
        assert ASK.due(local(day - DAY, 9), local(day, 8, 59), CALENDAR) is None


ZONES = st.sampled_from(["Europe/Copenhagen", "America/Nuuk", "Pacific/Kiritimati", "Asia/Kolkata"])
TIMES = st.builds(
    At,
    st.times(time(6), time(22)),
    st.one_of(st.none(), st.integers(0, 6)),
)


@given(TIMES, st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), ZONES)  # noqa: DTZ001 - made aware below
def test_every_time_comes_once_in_each_period_in_every_zone(
    one: At, naive: datetime, zone: str
) -> None:
    calendar = Calendar(ZoneInfo(zone))
    now = naive.replace(tzinfo=UTC)
    planned = one.due(now - 30 * DAY, now, calendar)
    assert planned
    period = DAY if one.weekday is None else 7 * DAY
    assert timedelta(0) <= now - planned < period + timedelta(hours=1)  # a day may have 25 hours
    assert planned.astimezone(calendar.zone).time() == one.at
    assert one.due(planned, now, calendar) is None
    following = one.due(planned, planned + period + timedelta(hours=1), calendar)
    assert following
    assert following > planned


@pytest.mark.parametrize("at", [time(5, 59), time(22, 1), time(2, 30)])
def test_nothing_runs_when_clocks_may_change(at: time) -> None:
    with pytest.raises(ValueError, match="clocks may change"):
        At(at)


@pytest.mark.parametrize("at", [time(6), time(22)])
def test_the_first_and_the_last_hour(at: time) -> None:
    assert At(at).at == at
