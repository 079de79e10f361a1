from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import evaluation_open as rules
from bot.circle import Level
from bot.errors import UserError
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_open import MOST_ASKED, Opening, Place
from bot.evaluation_questions import Instruments, shipped
from bot.evaluation_room import ONE_PARTNER
from bot.partner import Partner, RelationType, Status
from bot.round import LONGEST_DAYS
from bot.round_voice import THE_PARTNER
from bot.timetable import Calendar
from bot.timetable_holidays import DanishHolidays
from bot.workspace import ClosedDays

ZONE = ZoneInfo("Europe/Copenhagen")
CALENDAR = Calendar(ZONE, holidays=DanishHolidays())
TODAY = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
SPRINGBRAET = Partner(
    "Springbræt",
    level=Level.COLLABORATION,
    responsible="U02",
    deputy="U03",
    known_by=("U06", "U03", "U07"),
)
ALL = {"U01", "U02", "U03", "U06", "U07"}


@pytest.mark.parametrize(
    ("level", "occasion", "instrument"),
    [
        (Level.COLLABORATION, Occasion.ACTIVITY, "collaboration"),
        (Level.COLLABORATION, Occasion.YEARLY, "collaboration"),
        (Level.COLLABORATION, Occasion.TRIAL, "collaboration"),
        (Level.COLLABORATION, Occasion.BY_HAND, "collaboration"),
        (Level.NETWORK, Occasion.BY_HAND, "collaboration"),
        (Level.PARTNERSHIP, Occasion.YEARLY, "partnership"),
        (Level.PARTNERSHIP, Occasion.BY_HAND, "partnership"),
        (Level.PARTNERSHIP, Occasion.ACTIVITY, "collaboration"),
        (Level.PARTNERSHIP, Occasion.PULSE, "pulse"),
        (Level.COLLABORATION, Occasion.PULSE, "pulse"),
    ],
)
def test_the_instrument_follows_level_and_occasion(
    level: Level, occasion: Occasion, instrument: str
) -> None:
    assert rules.instrument_for(level, occasion) == instrument
    assert rules.chosen(shipped(), level, Opening(1, occasion, TODAY)).id == instrument


def test_the_choice_can_be_overruled_by_one_that_there_is() -> None:
    pulse = Opening(1, Occasion.YEARLY, TODAY, instrument_id="pulse")
    assert rules.chosen(shipped(), Level.PARTNERSHIP, pulse).id == "pulse"
    kept = tuple(one for one in shipped().instruments if one.id != "pulse")
    gone = Instruments(instruments=kept)
    assert rules.chosen(gone, Level.PARTNERSHIP, pulse).id == "partnership"


@pytest.mark.parametrize(
    ("questions", "minutes"), [(1, 1), (3, 1), (5, 1), (6, 2), (9, 2), (15, 3)]
)
def test_what_it_takes_is_said_in_whole_minutes(questions: int, minutes: int) -> None:
    assert rules.minutes(questions) == minutes


# Who is asked


def test_those_closest_are_asked_first_and_nobody_twice() -> None:
    assert rules.asked(SPRINGBRAET, ALL) == ("U02", "U03", "U06", "U07")


def test_who_is_away_or_has_left_is_not_asked() -> None:
    assert rules.asked(SPRINGBRAET, ALL - {"U06"}, {"U02"}) == ("U03", "U07")
    assert rules.asked(Partner("Bo"), ALL) == ()


def test_no_more_are_asked_than_can_talk_it_over() -> None:
    crowd = tuple(f"U1{number}" for number in range(20))
    known = Partner("Bo", responsible="U02", known_by=crowd)
    found = rules.asked(known, {"U02", *crowd})
    assert found == ("U02", *crowd[: MOST_ASKED - 1])


def test_the_responsible_leads_it_and_else_the_first_coordinator_still_here() -> None:
    assert rules.steward(SPRINGBRAET, ALL, ("U01",)) == "U02"
    assert rules.steward(SPRINGBRAET, ALL - {"U02"}, ("U90", "U01")) == "U01"
    assert rules.steward(Partner("Bo"), ALL, ()) is None


@pytest.mark.parametrize("change", [{"archived": True}, {"status": Status.ENDED}])
def test_what_is_over_is_not_asked_about(change: dict[str, object]) -> None:
    over = Partner("Bo", level=Level.COLLABORATION, responsible="U02", **change)  # type: ignore[arg-type] # one of the two
    assert not rules.goes_on(over)
    assert not rules.is_asked_about(over)
    with pytest.raises(UserError, match="archived or ended"):
        rules.check_asker(over, "U02", ())


def test_the_card_offers_it_for_collaborations_and_partnerships() -> None:
    assert rules.is_asked_about(SPRINGBRAET)
    assert rules.is_asked_about(Partner("Bo", level=Level.PARTNERSHIP))
    assert not rules.is_asked_about(Partner("Bo", level=Level.NETWORK))
    fund = Partner("Bo", level=Level.COLLABORATION, relation_type=RelationType.FUND)
    assert not rules.is_asked_about(fund)


def test_the_responsible_the_deputy_and_the_coordinator_may_ask() -> None:
    for user in ("U02", "U03", "U01"):
        rules.check_asker(SPRINGBRAET, user, ("U01",))
    with pytest.raises(UserError, match="the responsible, the deputy and the coordinator"):
        rules.check_asker(SPRINGBRAET, "U06", ("U01",))


# The partner's side


def before(ago: timedelta, *, asks_partner: bool = True) -> Evaluation:
    return Evaluation(
        1,
        Occasion.YEARLY,
        shipped().get("collaboration"),
        Level.COLLABORATION,
        TODAY,
        NOW - ago,
        asks_partner=asks_partner,
    )


def test_a_partner_is_asked_at_most_every_half_year() -> None:
    usual, pulse = shipped().get("collaboration"), shipped().get("pulse")
    rests = timedelta(days=ONE_PARTNER[1])
    assert rules.asks_partner(usual, [], NOW, CALENDAR)
    assert not rules.asks_partner(pulse, [], NOW, CALENDAR)
    assert rules.asks_partner(usual, [before(rests)], NOW, CALENDAR)
    # The year plans by the day: what was opened a little later that morning is no day too soon.
    assert rules.asks_partner(usual, [before(rests - timedelta(hours=2))], NOW, CALENDAR)
    assert not rules.asks_partner(usual, [before(rests - timedelta(days=1))], NOW, CALENDAR)
    without = before(timedelta(days=9), asks_partner=False)
    assert rules.asks_partner(usual, [without], NOW, CALENDAR)


def test_theirs_are_asked_in_their_channel_and_else_as_a_whole() -> None:
    shared = Place("C09", shared=True, voices=("@U50", "@U51"))
    assert rules.voices(shared, asks_partner=True) == ("@U50", "@U51")
    assert rules.voices(Place("C01"), asks_partner=True) == (THE_PARTNER,)
    assert rules.voices(shared, asks_partner=False) == ()


def test_a_shared_channel_is_only_for_what_they_take_part_in() -> None:
    shared, ours = Place("C09", shared=True, voices=("@U50",)), Place("C01")
    assert rules.place_in((shared, ours), asks_partner=True) == shared
    assert rules.place_in((shared, ours), asks_partner=False) == ours
    empty = Place("C09", shared=True)
    assert rules.place_in((empty, ours), asks_partner=True) == ours
    assert rules.place_in((empty,), asks_partner=True) == Place()
    assert rules.place_in((), asks_partner=True).channel == ""


# The deadline


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "deadline"),
    [
        (NOW, noon(2026, 12, 4)),
        (datetime(2026, 11, 23, 8, tzinfo=UTC), noon(2026, 12, 4)),  # a Monday
        (datetime(2026, 11, 29, 8, tzinfo=UTC), noon(2026, 12, 4)),  # a Sunday
        (datetime(2026, 12, 18, 8, tzinfo=UTC), noon(2026, 12, 23)),  # Christmas on the Friday
        (datetime(2027, 3, 16, 8, tzinfo=UTC), noon(2027, 3, 24)),  # Easter from the Thursday
    ],
)
def test_friday_noon_of_the_week_after_or_the_working_day_before(
    now: datetime, deadline: datetime
) -> None:
    assert rules.deadline(now, CALENDAR) == deadline


def test_a_week_in_which_the_library_is_closed_is_passed_over() -> None:
    closed = ClosedDays(first=date(2026, 11, 30), last=date(2026, 12, 6))
    assert rules.deadline(NOW, Calendar(ZONE, (closed,))) == noon(2026, 12, 11)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds are naive
def test_there_is_always_time_and_never_too_much(now: datetime) -> None:
    deadline = rules.deadline(now, CALENDAR)
    assert CALENDAR.is_working(CALENDAR.day(deadline))
    assert timedelta(days=1) < deadline - now < timedelta(days=LONGEST_DAYS)
