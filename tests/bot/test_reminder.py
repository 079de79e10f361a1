from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.circle_asked import Absent, Ties
from bot.circle_question import Kind, Question
from bot.evaluation_step import Agreed
from bot.partner import RelationType, Status
from bot.reminder import (
    MENTION_DAYS,
    Past,
    Thing,
    Value,
    What,
    agreed,
    answer,
    asked,
    care,
    decision,
    is_last_mention,
    is_put_off,
    is_unclaimed,
    may_mention,
    offer,
    question,
    step,
    task,
)
from bot.reminder_cadence import Relation
from bot.reminder_handover import OPEN_FOR, Handover, State
from bot.timetable import Calendar
from bot.tjek_step import Task

DAY = timedelta(days=1)
TUESDAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"))
QUIET = Relation(7, date(2024, 1, 1), last_contact=TUESDAY - 270 * DAY)
THING = Thing(What.CARE, 7, Value.CARE, TUESDAY, 7)


# What has come to its day


def test_a_relation_that_was_quiet_for_too_long_is_a_thing_to_ask_about() -> None:
    thing = care(QUIET, {}, TUESDAY)
    assert thing
    assert (thing.key, thing.value, thing.due_on, thing.partner_id) == (
        "care.7",
        Value.CARE,
        TUESDAY,
        7,
    )


@pytest.mark.parametrize(
    "relation",
    [
        replace(QUIET, last_contact=TUESDAY - 269 * DAY),  # on the way: Home shows it
        replace(QUIET, last_contact=TUESDAY),
        replace(QUIET, status=Status.RESTING),
    ],
)
def test_a_relation_on_the_way_or_at_rest_is_none(relation: Relation) -> None:
    assert care(relation, {}, TUESDAY) is None


def test_an_agreement_is_a_thing_of_its_own() -> None:
    sponsor = replace(QUIET, relation_type=RelationType.SPONSOR)
    ends = TUESDAY + 90 * DAY
    thing = care(replace(sponsor, agreement_ends=ends), {}, TUESDAY)
    assert thing
    assert (thing.what, thing.value, thing.again_on) == (
        What.AGREEMENT,
        Value.REST,
        ends - 30 * DAY,
    )
    assert care(sponsor, {}, TUESDAY) is None


def test_a_next_step_is_due_in_the_message_before_its_day() -> None:
    friday = step(7, TUESDAY + 3 * DAY, TUESDAY)
    assert friday
    assert (friday.key, friday.value) == ("step.7", Value.PROMISE)
    assert step(7, TUESDAY + 6 * DAY, TUESDAY)
    assert step(7, TUESDAY + 7 * DAY, TUESDAY) is None
    assert step(7, TUESDAY - 100 * DAY, TUESDAY)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.AFTER_NO, Value.PROMISE),
        (Kind.TRIAL, Value.TRIAL),
        (Kind.HELLO, Value.CARE),
        (Kind.WHAT_NOW, Value.REST),
        (Kind.ACTIVITY, Value.REST),
    ],
)
def test_a_question_of_the_circle_is_due_on_its_day(kind: Kind, value: Value) -> None:
    asks = Question(kind, 7, 3, TUESDAY, id=11)
    thing = question(asks, TUESDAY)
    assert thing
    assert (thing.key, thing.value) == ("question.11", value)
    tomorrow = question(replace(asks, due_on=TUESDAY + DAY), TUESDAY)
    assert bool(tomorrow) is (kind is Kind.TRIAL)  # the week of a decision is told of it
    assert question(replace(asks, due_on=TUESDAY + 7 * DAY), TUESDAY) is None


def test_an_old_friend_whom_somebody_has_met_meanwhile_is_not_asked_about() -> None:
    hello = Question(Kind.HELLO, 7, 7, TUESDAY, id=11)
    assert question(hello, TUESDAY, TUESDAY - 365 * DAY)
    assert question(hello, TUESDAY, TUESDAY - 330 * DAY)
    assert question(hello, TUESDAY, TUESDAY - 329 * DAY) is None
    assert question(replace(hello, kind=Kind.WHAT_NOW), TUESDAY, TUESDAY)
    met = TUESDAY + 13 * DAY
    again = question(hello, met + 330 * DAY, met)
    assert again
    assert again.due_on == met + 330 * DAY
    assert may_mention(again, Past((TUESDAY, TUESDAY + 14 * DAY)), met + 330 * DAY)


def test_a_round_waits_until_its_deadline() -> None:
    thing = answer(5, NOW + DAY, 7, NOW, CALENDAR)
    assert thing
    assert (thing.key, thing.value, thing.due_on) == ("round.5", Value.ROUND, TUESDAY + DAY)
    assert answer(5, NOW, 7, NOW, CALENDAR) is None


def test_an_offer_waits_until_it_is_answered_or_has_lapsed() -> None:
    offered = Handover(7, "U02", "U01", NOW, id=3)
    thing = offer(offered, NOW, CALENDAR)
    assert thing
    assert (thing.key, thing.value) == ("handover.3", Value.ROUND)
    assert offer(replace(offered, state=State.DECLINED), NOW, CALENDAR) is None
    assert offer(offered, NOW + OPEN_FOR, CALENDAR) is None


def test_what_she_was_chosen_for_is_a_promise_from_the_message_before_its_day() -> None:
    chosen = Task(3, "U02", "spørg om pengene", TUESDAY, "U03", NOW)
    assert task(chosen, 7, TUESDAY - 7 * DAY) is None
    thing = task(chosen, 7, TUESDAY - 6 * DAY)
    assert thing == Thing(What.TASK, 3, Value.PROMISE, TUESDAY, 7, TUESDAY - 6 * DAY)
    assert task(chosen, None, TUESDAY + 90 * DAY)


# Mentioned at most twice


def test_a_thing_is_mentioned_twice_a_fortnight_apart_and_then_lives_on_home() -> None:
    assert may_mention(THING, Past(), TUESDAY)
    assert not is_last_mention(THING, Past())
    once = Past((TUESDAY,))
    assert not may_mention(THING, once, TUESDAY + (MENTION_DAYS - 1) * DAY)
    assert may_mention(THING, once, TUESDAY + MENTION_DAYS * DAY)
    assert is_last_mention(THING, once)
    twice = Past((TUESDAY, TUESDAY + MENTION_DAYS * DAY))
    assert not may_mention(THING, twice, TUESDAY + 1000 * DAY)


def test_what_was_mentioned_before_another_silence_does_not_count() -> None:
    again = replace(THING, since=TUESDAY)
    assert may_mention(again, Past((TUESDAY - 2 * DAY, TUESDAY - DAY)), TUESDAY)
    assert is_last_mention(again, Past((TUESDAY - DAY, TUESDAY)))


def test_a_contact_noted_for_some_days_back_begins_anew() -> None:
    told = Past((TUESDAY, TUESDAY + 14 * DAY))
    met = replace(QUIET, last_contact=TUESDAY + 12 * DAY)
    then = TUESDAY + (12 + 270) * DAY
    thing = care(met, {}, then)
    assert thing
    assert may_mention(thing, told, then)
    assert not is_last_mention(thing, told)


def test_a_next_step_with_another_day_is_another_promise() -> None:
    told = Past((TUESDAY, TUESDAY + 14 * DAY))
    for days, counts in ((14, True), (21, False)):
        moved = step(7, TUESDAY + days * DAY, TUESDAY + 21 * DAY)
        assert moved
        assert may_mention(moved, told, TUESDAY + 21 * DAY) is not counts


def test_an_agreement_is_mentioned_on_its_two_days() -> None:
    ends = TUESDAY + 90 * DAY
    sponsor = replace(QUIET, relation_type=RelationType.SUPPLIER, agreement_ends=ends)
    thing = care(sponsor, {}, TUESDAY)
    assert thing
    once = Past((TUESDAY,))
    assert not may_mention(thing, once, ends - 31 * DAY)
    assert may_mention(thing, once, ends - 30 * DAY)
    twice = Past((TUESDAY, ends - 30 * DAY))
    assert not may_mention(thing, twice, ends)
    renewed = care(replace(sponsor, agreement_ends=ends + 365 * DAY), {}, ends + 275 * DAY)
    assert renewed
    assert may_mention(renewed, twice, ends + 275 * DAY)
    late = Past((ends - 10 * DAY, ends + 5 * DAY))
    assert may_mention(renewed, late, ends + 275 * DAY)


def test_what_is_put_off_comes_back_that_day_and_does_not_say_how_often() -> None:
    off = Past((TUESDAY,), TUESDAY, TUESDAY + 6 * DAY)
    assert is_put_off(off, TUESDAY + 5 * DAY)
    assert not may_mention(THING, off, TUESDAY + 5 * DAY)
    assert not is_put_off(off, TUESDAY + 6 * DAY)
    assert may_mention(THING, off, TUESDAY + 6 * DAY)
    assert not is_last_mention(THING, off)
    back = replace(off, mentioned=(TUESDAY, TUESDAY + 7 * DAY))
    assert not may_mention(THING, back, TUESDAY + 100 * DAY)  # the second time: now on Home


def test_what_was_told_twice_and_put_off_is_told_once_more_as_she_asked() -> None:
    told = Past((TUESDAY, TUESDAY + 14 * DAY), TUESDAY + 14 * DAY, TUESDAY + 21 * DAY)
    assert may_mention(THING, told, TUESDAY + 21 * DAY)
    assert not is_last_mention(THING, told)


def test_a_day_put_off_to_before_another_silence_brings_nothing_back() -> None:
    old = Past((TUESDAY, TUESDAY + 14 * DAY), TUESDAY, TUESDAY + 6 * DAY)
    anew = replace(THING, since=TUESDAY + 13 * DAY)
    assert not may_mention(anew, old, TUESDAY + 20 * DAY)
    assert is_last_mention(anew, old)


@given(st.lists(st.booleans(), min_size=30, max_size=60))
def test_whatever_the_weeks_nothing_is_mentioned_more_than_twice(weeks: list[bool]) -> None:
    past, told = Past(), []
    for n, speaks in enumerate(weeks):
        day = TUESDAY + n * 7 * DAY
        if speaks and may_mention(THING, past, day):
            told.append(day)
            past = Past(tuple(told))
    assert len(told) <= 2
    assert all(day - before >= MENTION_DAYS * DAY for before, day in pairwise(told))


# Whom


OURS = Ties("U01", "U02", ("U03",))


@pytest.mark.parametrize(
    ("ties", "absent", "who", "unclaimed"),
    [
        (OURS, Absent(), "U01", False),
        (OURS, Absent(away={"U01": "U09"}), "U02", False),
        (Ties("U01"), Absent(away={"U01": "U09"}), "U09", False),
        (Ties("U01"), Absent(away={"U01": None}), None, False),
        (OURS, Absent(frozenset({"U02"}), {"U01": None}), None, False),
        (OURS, Absent(away={"U01": None, "U02": "U03"}), None, False),
        (OURS, Absent(frozenset({"U01"})), None, True),
        (Ties(None, "U02", ("U03",)), Absent(), None, True),
    ],
)
def test_care_is_asked_of_the_responsible_or_who_steps_in(
    ties: Ties, absent: Absent, who: str | None, *, unclaimed: bool
) -> None:
    assert asked(ties, absent) == who
    assert is_unclaimed(ties, absent) is unclaimed


def test_a_decision_that_is_missing_is_worth_as_much_as_an_answer() -> None:
    thing = decision(5, TUESDAY, 7)
    assert (thing.what, thing.subject_id, thing.partner_id) == (What.DECISION, 5, 7)
    assert thing.value is Value.ROUND
    assert may_mention(thing, Past(), TUESDAY)


def test_what_an_evaluation_has_agreed_on_comes_in_the_week_of_its_day() -> None:
    one = Agreed(3, "U02", "Ring om lokaler", TUESDAY, "U01", NOW, id=9)
    assert agreed(one, 7, TUESDAY - 7 * DAY) is None
    thing = agreed(one, 7, TUESDAY - 6 * DAY)
    assert thing
    assert (thing.what, thing.subject_id, thing.partner_id) == (What.AGREED, 9, 7)
