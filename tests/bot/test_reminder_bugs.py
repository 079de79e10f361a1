"""What other systems got wrong with time, each named after where it was reported."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.circle import Level
from bot.circle_question import Kind as Asks
from bot.circle_question import Question
from bot.digest import Facts, digest, is_stale
from bot.partner import Partner, RelationType, Status
from bot.reminder import Past, Thing, Value, What, answer, care, is_put_off, may_mention, question
from bot.reminder_budget import Kind, Said, may
from bot.reminder_cadence import Relation, due
from bot.reminder_handover import Handover, State, answered, taken
from bot.reminder_later import Later, until
from bot.reminder_week import weekly
from bot.timetable import Calendar
from bot.timetable_holidays import DanishHolidays
from bot.timetable_week import Tuesdays, week_of

DAY = timedelta(days=1)
WEEK = 7 * DAY
ZONES = ["America/Nuuk", "Atlantic/Reykjavik", "Europe/Copenhagen", "Asia/Kolkata", "Asia/Tokyo"]
COPENHAGEN = Calendar(ZoneInfo("Europe/Copenhagen"), holidays=DanishHolidays())
TUESDAYS = Tuesdays(COPENHAGEN)
TUESDAY = date(2026, 11, 24)
NINE = COPENHAGEN.moment(TUESDAY, time(9))
QUIET = Relation(7, date(2024, 1, 1), last_contact=TUESDAY - 300 * DAY)


def cared_for(relation: Relation, today: date) -> Thing:
    thing = care(relation, {}, today)
    assert thing
    return thing


@given(
    st.sampled_from(ZONES), st.dates(date(2024, 1, 1), date(2050, 1, 1)), st.integers(0, 24 * 60)
)
def test_monica_7382_the_next_one_is_always_in_the_future(
    zone: str, day: date, minutes: int
) -> None:
    tuesdays = Tuesdays(Calendar(ZoneInfo(zone)))
    now = tuesdays.calendar.moment(day, time()) + timedelta(minutes=minutes)
    following = tuesdays.following(now)
    assert following
    assert following > now
    again = tuesdays.following(following)
    assert again
    assert again > following


def test_monica_2510_a_reminder_may_be_set_for_today() -> None:
    today = until(Later.DATE, TUESDAY, TUESDAY)
    past = Past((TUESDAY - WEEK,), TUESDAY, today)
    assert not is_put_off(past, TUESDAY)
    assert may_mention(cared_for(QUIET, TUESDAY), past, TUESDAY)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28)])
def test_remindme_359_standup_raven_212_gatekeeper_4584_one_send_at_the_same_hour(
    zone: str, sunday: date
) -> None:
    tuesdays = Tuesdays(Calendar(ZoneInfo(zone)))
    start = datetime.combine(sunday - 10 * DAY, time(), UTC)
    last, sent = start, []
    for minutes in range(0, 20 * 24 * 60, 30):
        now = start + timedelta(minutes=minutes)
        planned = tuesdays.due(last, now)
        if planned:
            sent.append(now.astimezone(ZoneInfo(zone)))
            last = planned
    assert [one.date() for one in sent] == [sunday - 5 * DAY, sunday + 2 * DAY, sunday + 9 * DAY]
    assert {one.time() for one in sent} == {time(9)}


def test_18f_28_the_day_of_a_deadline_is_the_local_one() -> None:
    before_midnight = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    thing = answer(1, before_midnight, None, NINE, COPENHAGEN)
    assert thing
    assert thing.due_on == date(2026, 11, 25)


def test_civicrm_31600_6606_7668_twice_in_a_minute_and_again_after_a_failure_is_one_message() -> (
    None
):
    planned = TUESDAYS.due(NINE - WEEK, NINE)
    assert planned == NINE
    assert (
        TUESDAYS.due(NINE - WEEK, NINE + timedelta(hours=2)) == planned
    )  # the same, not a new one
    assert TUESDAYS.due(planned, NINE + timedelta(seconds=30)) is None
    assert week_of(TUESDAY) == week_of(COPENHAGEN.day(planned + 3 * DAY))  # so has the same key
    thing = cared_for(QUIET, TUESDAY)
    assert cared_for(QUIET, TUESDAY + 3 * DAY).key == thing.key
    assert weekly([thing], {thing.key: Past((TUESDAY,))}, TUESDAY) is None
    assert may(Kind.MESSAGE, [Said(Kind.MESSAGE, NINE)], NINE, COPENHAGEN) != NINE


@given(st.integers(-20, 20))
def test_civicrm_8025_another_base_date_repeats_nothing(days: int) -> None:
    told = TUESDAY, TUESDAY + 2 * WEEK
    corrected = replace(QUIET, last_contact=TUESDAY - 300 * DAY + days * DAY)
    thing = cared_for(corrected, TUESDAY + 3 * WEEK)
    assert not may_mention(thing, Past(told), TUESDAY + 3 * WEEK)
    assert not may_mention(thing, Past(told[:1]), TUESDAY + WEEK)
    at_once = TUESDAY - 30 * DAY  # the first day on which it was due
    later = cared_for(corrected, max(at_once, at_once + days * DAY))
    assert not may_mention(later, Past((at_once,)), at_once + 13 * DAY)


@pytest.mark.parametrize("begun", [date(2026, 3, 3), date(2028, 2, 29), date(2026, 12, 31)])
def test_civicrm_11239_what_comes_every_year_comes_in_the_second_too(begun: date) -> None:
    friend = Relation(7, begun, status=Status.ENDED, last_contact=begun)
    told: list[date] = []
    asked = []
    for n in range(5 * 366):
        today = begun + n * DAY
        thing = care(friend, {}, today)
        if thing and may_mention(thing, Past(tuple(told)), today):
            asked.append(today)
            told.append(today)
            friend = replace(friend, last_contact=today - 2 * DAY)  # "we wrote on Sunday"
    assert len(asked) == 5
    assert all(363 * DAY <= later - sooner <= 366 * DAY for sooner, later in pairwise(asked))


def test_slack_sup_2025_02_a_week_down_is_one_catch_up_and_then_the_normal_day() -> None:
    last, sent = NINE - WEEK, []  # down from the Monday before NINE to the Wednesday after
    for hours in range(21 * 24):
        now = NINE + 8 * DAY + timedelta(hours=hours)
        planned = TUESDAYS.due(last, now)
        if planned:
            sent.append(now)
            last = planned
    assert sent == [NINE + 8 * DAY, NINE + 2 * WEEK, NINE + 3 * WEEK]
    assert is_stale(week_of(TUESDAY), COPENHAGEN.day(sent[0]))


def test_monica_6571_a_contact_of_yesterday_silences_the_question_whoever_noted_it() -> None:
    assert cared_for(QUIET, TUESDAY)
    for place in (Status.ACTIVE, Status.POSSIBLE, Status.ENDED):
        met = replace(QUIET, status=place, last_contact=TUESDAY - DAY)
        assert care(met, {}, TUESDAY) is None
    hello = Question(Asks.HELLO, 7, 7, TUESDAY, id=1)
    assert question(hello, TUESDAY, TUESDAY - DAY) is None


def test_monica_2571_what_is_put_off_stays_in_the_list_until_it_is_done() -> None:
    off = Past((TUESDAY,), TUESDAY, TUESDAY + 30 * DAY)
    for n in range(60):
        thing = cared_for(QUIET, TUESDAY + n * DAY)  # which Home shows, whatever was mentioned
        assert thing.key == "care.7"
        assert is_put_off(off, TUESDAY + n * DAY) is (n < 30)
    done = replace(QUIET, last_contact=TUESDAY + 60 * DAY)
    assert care(done, {}, TUESDAY + 60 * DAY) is None


def test_slack_sup_remind_it_is_brought_up_again_only_if_nobody_has_reacted() -> None:
    told = Past((TUESDAY,))
    later = TUESDAY + 2 * WEEK
    assert may_mention(cared_for(QUIET, later), told, later)
    assert care(replace(QUIET, last_contact=TUESDAY + DAY), {}, later) is None
    assert not may_mention(
        cared_for(QUIET, later), replace(told, put_off_on=TUESDAY, put_off_until=later + DAY), later
    )


def test_azul_4494_who_took_it_is_named() -> None:
    museum = Partner("Byens Museum", 7, responsible="U01")
    offer = Handover(7, "U02", "U01", NINE, "U01")
    said = answered(offer, museum, "U02", accepts=True, now=NINE)
    assert said.state is State.ACCEPTED
    assert taken(museum, said.to).responsible == "U02"


def test_relaticle_monica_2571_nothing_is_sent_when_empty_and_everything_in_one() -> None:
    assert digest(Facts(), TUESDAY) is None
    assert weekly([], {}, TUESDAY) is None
    things = [Thing(What.CARE, n, Value.CARE, TUESDAY, n) for n in range(4)]
    message = weekly(things, {}, TUESDAY)
    assert message
    assert len(message.lines) == 4


def test_monica_5932_the_same_list_again_moves_no_day() -> None:
    row = Relation(7, TUESDAY, imported=True)
    assert due(row, {}) == due(replace(row), {}) == due(Relation(7, TUESDAY, imported=True), {})


# Contacts and dates that nobody foresaw


DAYS = st.dates(date(2024, 1, 1), date(2050, 12, 31))
RELATIONS = st.builds(
    Relation,
    st.integers(1, 9999),
    DAYS,
    imported=st.booleans(),
    status=st.sampled_from(Status),
    relation_type=st.sampled_from(RelationType),
    level=st.sampled_from(Level),
    on_trial=st.booleans(),
    last_contact=st.none() | DAYS,
    moved_on=st.none() | DAYS,
    declined_on=st.none() | DAYS,
    ask_again_on=st.none() | DAYS,
    agreement_ends=st.none() | DAYS,
)


@given(RELATIONS, DAYS)
def test_no_day_of_any_year_upsets_a_cadence(relation: Relation, today: date) -> None:
    when = due(relation, {})
    if when is None:
        return
    assert when.on_the_way_on <= when.ask_on
    assert when.since <= when.ask_on
    assert bool(care(relation, {}, today)) is (today >= when.ask_on)


@given(RELATIONS, DAYS)
def test_a_contact_of_today_silences_every_partner_but_a_promise(
    relation: Relation, today: date
) -> None:
    met = replace(relation, last_contact=today)
    silenced = relation.relation_type is RelationType.PARTNER and not relation.ask_again_on
    assert not silenced or care(met, {}, today) is None
