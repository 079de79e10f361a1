from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminder import Value
from bot.reminder_budget import (
    BY_A_COLLEAGUE,
    FROM,
    LATEST,
    LIMITS,
    LIMITS_AT_FIRST,
    REMEMBERED,
    TO,
    Kind,
    Limit,
    Said,
    gives_way,
    may,
)
from bot.timetable import Calendar
from bot.timetable_holidays import DanishHolidays

DAY = timedelta(days=1)
TUESDAY = date(2026, 11, 24)
CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"), holidays=DanishHolidays())
NINE = CALENDAR.moment(TUESDAY, time(9))


def said(*days: int, kind: Kind = Kind.MESSAGE) -> list[Said]:
    """That many days before the Tuesday."""
    return [Said(kind, NINE - day * DAY) for day in days]


def day_for(kind: Kind, log: list[Said], begun_on: date | None = None) -> date:
    moment = may(kind, log, NINE, CALENDAR, begun_on=begun_on)
    assert moment
    return CALENDAR.day(moment)


@pytest.mark.parametrize("kind", Kind)
def test_who_has_heard_nothing_may_be_told_now(kind: Kind) -> None:
    assert may(kind, [], NINE, CALENDAR) == NINE


def test_one_a_day() -> None:
    assert day_for(Kind.MESSAGE, said(0)) == TUESDAY + DAY
    assert day_for(Kind.MESSAGE, said(1)) == TUESDAY


def test_two_a_week() -> None:
    assert day_for(Kind.MESSAGE, said(1, 6)) == TUESDAY + DAY
    assert day_for(Kind.MESSAGE, said(1, 7)) == TUESDAY


def test_eight_in_eight_weeks() -> None:
    week = range(7, 56, 7)
    assert day_for(Kind.MESSAGE, said(*week)) == TUESDAY
    assert day_for(Kind.MESSAGE, said(4, *week)) == TUESDAY + 7 * DAY


@pytest.mark.parametrize("kind", sorted(BY_A_COLLEAGUE))
def test_what_a_colleague_asks_of_her_waits_for_nothing_and_the_bot_gives_way_to_it(
    kind: Kind,
) -> None:
    assert day_for(kind, said(0, 1, 2)) == TUESDAY
    assert day_for(kind, said(0, kind=kind), TUESDAY) == TUESDAY
    assert day_for(Kind.MESSAGE, said(0, kind=kind)) == TUESDAY + DAY
    assert day_for(Kind.MESSAGE, said(1, 2, kind=kind)) == TUESDAY + 5 * DAY + DAY  # on Monday


def test_an_invitation_comes_at_any_hour_and_a_request_when_she_is_at_work() -> None:
    sunday = CALENDAR.moment(TUESDAY - 2 * DAY, time(21))
    assert may(Kind.INVITATION, [], sunday, CALENDAR, not_before=TUESDAY) == sunday
    assert may(Kind.INVITATION, [], sunday, CALENDAR, until=sunday) is None
    monday = CALENDAR.moment(TUESDAY - DAY, time(9))
    assert may(Kind.REQUEST, [], sunday, CALENDAR) == monday
    assert may(Kind.REQUEST, [], sunday, CALENDAR, not_before=TUESDAY) == monday + DAY


def test_twelve_invitations_a_year() -> None:
    year = said(*range(20, 351, 30), kind=Kind.INVITATION)
    assert len(year) == 12
    assert day_for(Kind.INVITATION, year) == TUESDAY + 15 * DAY
    assert day_for(Kind.INVITATION, year[:-1]) == TUESDAY


def test_rounds_that_the_bot_opens_ask_once_in_a_fortnight_on_a_day_of_their_own() -> None:
    assert day_for(Kind.ROUND, said(0)) == TUESDAY + DAY
    for kind in (Kind.ROUND, Kind.INVITATION):
        assert day_for(Kind.ROUND, said(13, kind=kind)) == TUESDAY + DAY
        assert day_for(Kind.ROUND, said(14, kind=kind)) == TUESDAY
    assert day_for(Kind.INVITATION, said(1, kind=Kind.ROUND)) == TUESDAY
    begun = TUESDAY - 20 * DAY
    assert day_for(Kind.ROUND, said(15, kind=Kind.ROUND), begun) == TUESDAY + 8 * DAY


def test_a_channel_has_one_digest_a_week_and_three_parents() -> None:
    assert day_for(Kind.DIGEST, said(4, kind=Kind.DIGEST)) == TUESDAY  # last week's, on a Friday
    assert day_for(Kind.DIGEST, said(0, kind=Kind.DIGEST)) > TUESDAY + 3 * DAY
    assert day_for(Kind.PARENT, said(1, 2, kind=Kind.PARENT)) == TUESDAY
    assert day_for(Kind.PARENT, said(1, 2, 6, kind=Kind.PARENT)) == TUESDAY + DAY
    assert day_for(Kind.PARENT, said(0, kind=Kind.DIGEST)) == TUESDAY


def test_at_first_half_of_it() -> None:
    begun = TUESDAY - 10 * DAY
    assert day_for(Kind.MESSAGE, said(1), begun) == TUESDAY + 6 * DAY
    assert day_for(Kind.MESSAGE, said(7), begun) == TUESDAY
    # Two in the first four weeks; then, from the Saturday on, what is usual.
    assert day_for(Kind.MESSAGE, said(1, 8), begun) == TUESDAY + 20 * DAY
    assert day_for(Kind.DIGEST, said(7, kind=Kind.DIGEST), begun) == TUESDAY + 6 * DAY
    assert day_for(Kind.MESSAGE, said(1), TUESDAY - 28 * DAY) == TUESDAY
    assert day_for(Kind.MESSAGE, said(0), TUESDAY - 27 * DAY) == TUESDAY + DAY


def test_nothing_on_a_day_off() -> None:
    saturday = CALENDAR.moment(date(2026, 11, 28), time(10))
    assert may(Kind.MESSAGE, [], saturday, CALENDAR) == CALENDAR.moment(date(2026, 11, 30), time(9))
    yule = CALENDAR.moment(date(2026, 12, 24), time(9))
    assert may(Kind.MESSAGE, [], yule, CALENDAR) == CALENDAR.moment(date(2026, 12, 28), time(9))


@pytest.mark.parametrize(
    ("hour", "day", "at"),
    [
        (3, TUESDAY, FROM),
        (8, TUESDAY, time(8)),
        (17, TUESDAY, time(17)),
        (18, TUESDAY + DAY, time(9)),
        (23, TUESDAY + DAY, time(9)),
    ],
)
def test_nothing_in_the_evening_or_at_night(hour: int, day: date, at: time) -> None:
    now = CALENDAR.moment(TUESDAY, time(hour))
    assert may(Kind.MESSAGE, [], now, CALENDAR) == CALENDAR.moment(day, at)


@pytest.mark.parametrize(
    ("at", "then"), [(time(6), FROM), (time(12), time(12)), (time(17), LATEST)]
)
def test_on_another_day_it_comes_at_its_time_of_day(at: time, then: time) -> None:
    moment = may(Kind.MESSAGE, said(0), NINE, CALENDAR, at=at)
    assert moment == CALENDAR.moment(TUESDAY + DAY, then)


@pytest.mark.parametrize("at", [time(9), time(16), time(17), time(23)])
def test_what_is_planned_late_is_said_even_if_the_bot_is_busy_for_a_while(at: time) -> None:
    planned = may(Kind.MESSAGE, said(0), NINE, CALENDAR, at=at)
    assert planned
    late = planned + timedelta(minutes=30)
    assert may(Kind.MESSAGE, said(1), late, CALENDAR, at=at) == late


def test_who_is_away_is_told_when_she_is_back() -> None:
    thursday = TUESDAY + 2 * DAY
    back = may(Kind.MESSAGE, [], NINE, CALENDAR, not_before=thursday)
    assert back == CALENDAR.moment(thursday, time(9))
    assert may(Kind.MESSAGE, [], NINE, CALENDAR, not_before=TUESDAY - DAY) == NINE


def test_what_is_of_no_use_then_is_not_said_at_all() -> None:
    tomorrow = CALENDAR.moment(TUESDAY + DAY, time(9))
    assert may(Kind.MESSAGE, said(0), NINE, CALENDAR, until=tomorrow) is None
    assert may(Kind.MESSAGE, said(0), NINE, CALENDAR, until=tomorrow + DAY) == tomorrow


def test_what_is_worth_less_gives_way() -> None:
    assert gives_way(Value.CARE, [Value.REST, Value.ROUND])
    assert not gives_way(Value.CARE, [Value.REST, Value.CARE])
    assert not gives_way(Value.PROMISE, list(Value))
    assert not gives_way(Value.REST, [])


# Whatever is wanted, and whenever


ZONES = st.sampled_from(["America/Nuuk", "Europe/Copenhagen", "Asia/Kolkata", "Asia/Tokyo"])
WISHES = st.lists(  # each so many hours after the one before
    st.tuples(st.sampled_from(Kind), st.integers(0, 90)), min_size=10, max_size=80
)


def spoken(
    wishes: list[tuple[Kind, int]], calendar: Calendar, start: datetime, begun_on: date
) -> list[Said]:
    """Everything that is wanted is said as soon as it may, one after the other."""
    log: list[Said] = []
    now = start
    for kind, hours in wishes:
        now += timedelta(hours=hours)
        recent = [one for one in log if now - one.at <= REMEMBERED + DAY]
        moment = may(kind, recent, now, calendar, begun_on=begun_on)
        assert moment is not None
        assert moment >= now
        assert may(kind, recent, moment, calendar, begun_on=begun_on) == moment
        now = moment
        log.append(Said(kind, now))
    return log


def most_within(limit: Limit, log: list[Said], calendar: Calendar) -> int:
    """With what waits for the limit itself, and all that counted before it."""
    told = [(calendar.day(one.at), one.kind) for one in log if one.kind in limit.of]
    return max(
        (
            sum(0 <= (day - other).days < limit.days for other, _ in told[: n + 1])
            for n, (day, kind) in enumerate(told)
            if limit.is_for(kind)
        ),
        default=0,
    )


@given(WISHES, ZONES, st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001 - made aware below
def test_no_limit_is_ever_passed_and_every_hour_is_decent(
    wishes: list[tuple[Kind, int]], zone: str, naive: datetime
) -> None:
    calendar = Calendar(ZoneInfo(zone), holidays=DanishHolidays())
    start = naive.replace(tzinfo=UTC)
    begun_on = calendar.day(start)
    log = spoken(wishes, calendar, start, begun_on)
    for limit in LIMITS:
        assert most_within(limit, log, calendar) <= limit.most
    first = [one for one in log if calendar.day(one.at) < begun_on + 28 * DAY]
    for limit in LIMITS_AT_FIRST:
        assert most_within(limit, first, calendar) <= limit.most
    for one in [one for one in log if one.kind is not Kind.INVITATION]:
        local = one.at.astimezone(calendar.zone)
        assert calendar.is_working(local.date())
        assert FROM <= local.time() <= TO


def test_at_first_is_half_of_what_is_usual() -> None:
    def rates(limits: tuple[Limit, ...]) -> list[float]:
        # Over a year and of the digest the whole weeks count, which the tests above look at.
        counted = [one for one in limits if one.days < 365 and Kind.DIGEST not in one.of]
        return [one.most / one.days for one in counted]

    assert rates(LIMITS_AT_FIRST) == [rate / 2 for rate in rates(LIMITS)]
