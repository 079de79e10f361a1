from datetime import UTC, datetime, timedelta

from bot.circle import Level, Move, Why
from bot.circle_activity import Activity
from bot.circle_course import Course
from bot.circle_gate import Answer, Criterion, Gate, checked
from bot.circle_question import Kind, hello
from bot.circle_trial import Trial
from bot.contact import Contact
from bot.contact import Kind as ContactKind
from bot.partner import Partner
from storage import (
    circle,
    circle_activity,
    circle_course,
    circle_gate,
    circle_question,
    circle_trial,
    contact,
    partner,
)
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
NOTHING = Course(moves=[], running=[], over=[], trials=[], put_off=[])


async def collaboration(store: Store) -> int:
    new = Partner("Springbræt", responsible="U02")
    number = (await store.write(partner.add, "T1", new, by="U09", now=NOW)).id
    step = Move(number, Level.NETWORK, Level.COLLABORATION, Why.ACTIVITY, "U02", NOW)
    await store.write(circle.move, "T1", step)
    return number


async def begun(store: Store, number: int, what: str) -> Activity:
    activity = Activity(number, what, "U02", NOW, ends_on=TODAY)
    return await store.write(circle_activity.begin, "T1", activity)


async def test_nobody_has_a_course_before_the_first_step(store: Store) -> None:
    new = await store.write(partner.add, "T1", Partner("Springbræt"), by="U09", now=NOW)
    assert await store.read(circle_course.of_partner, "T1", new.id) == NOTHING


async def test_the_course_is_all_of_it_and_the_teams_own(store: Store) -> None:
    number = await collaboration(store)
    fair = await begun(store, number, "loppemarked")
    trial = Trial(number, TODAY, TODAY + DAY, "U02", NOW)
    trial = await store.write(circle_trial.begin, "T1", trial)
    gate = await store.write(circle_gate.keep, "T1", checked(Gate(number, "U02", NOW)))
    course = await store.read(circle_course.of_partner, "T1", number)
    assert [move.why for move in course.moves] == [Why.ACTIVITY]
    assert (course.running, course.trial, course.gate) == ([fair], trial, gate)
    assert await store.read(circle_course.of_partner, "T2", number) == NOTHING


async def test_a_question_comes_with_what_one_must_know(store: Store) -> None:
    number = await collaboration(store)
    fair, play = await begun(store, number, "loppemarked"), await begun(store, number, "teater")
    trial = Trial(number, TODAY - DAY, TODAY + DAY, "U02", NOW)
    await store.write(circle_trial.begin, "T1", trial)
    await store.write(
        circle_gate.keep, "T1", checked(Gate(number, "U02", NOW, {Criterion.GOAL: Answer()}))
    )
    for days in (3, 1, 0):
        on = TODAY - days * DAY
        new = Contact(number, ContactKind.TALKED, on, "U02", NOW, about="om prøven")
        await store.write(contact.note, "T1", new)
    await store.write(circle_question.put, "T1", hello(number, TODAY, by="U02"))
    questions = await store.read(circle_question.open_of, "T1", number)
    asked = await store.read(circle_course.asked, "T1", questions)
    by_kind = {one.question.kind: one for one in asked}
    about = [one.activity for one in asked if one.question.kind is Kind.WHAT_NOW]
    assert about == [fair, play]
    assert all(one.others for one in asked if one.question.kind is Kind.WHAT_NOW)
    assert by_kind[Kind.TRIAL].contacts == 2
    assert by_kind[Kind.TRIAL].gate
    assert by_kind[Kind.HELLO].trial is None
    assert {one.partner.name for one in asked} == {"Springbræt"}


async def test_a_question_about_nobody_is_left_out(store: Store) -> None:
    assert await store.read(circle_course.asked, "T1", [hello(999, TODAY, by="U02")]) == []


async def test_the_hello_that_an_end_promised_is_part_of_the_course(store: Store) -> None:
    number = await collaboration(store)
    assert (await store.read(circle_course.of_partner, "T1", number)).hello_on is None
    await store.write(circle_question.put, "T1", hello(number, TODAY, by="U02"))
    found = await store.read(circle_course.of_partner, "T1", number)
    assert found.hello_on == TODAY + 365 * DAY
    assert (await store.read(circle_course.of_partner, "T2", number)).hello_on is None
