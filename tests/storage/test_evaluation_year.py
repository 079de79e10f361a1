"""What the year is planned from, read for the whole house in a handful of statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.circle import Level
from bot.circle_activity import Activity
from bot.circle_trial import Trial
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_questions import shipped
from bot.evaluation_relation import Ending, Moved, Past
from bot.partner import Partner, RelationType, Status
from bot.round import Kind, Round, called
from bot.round_voice import THE_PARTNER
from bot.timetable import calendar_of
from bot.workspace import Member, Workspace
from storage import circle_activity, circle_trial, evaluation_facts, evaluation_year
from storage import evaluation as evaluations
from storage import partner as register_of
from storage import reminder_cadence as care_of
from storage import round as rounds
from storage import workspace as settings_of
from storage.database import Connection, Store

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # the 24th in Copenhagen
TODAY = date(2026, 11, 24)
ZONE = ZoneInfo("Europe/Copenhagen")
DAY = timedelta(days=1)
METTE, ALI, SOFIE = "U02", "U03", "U06"
CALENDAR = calendar_of(Workspace())


async def known(store: Store, name: str = "Springbræt", **fields: Any) -> int:
    given: dict[str, Any] = {"level": Level.COLLABORATION, "responsible": METTE} | fields
    partner = Partner(name, **given)
    return (await store.write(register_of.add, "T1", partner, by=METTE, now=NOW)).id


async def opened(
    store: Store, partner_id: int, *, at: datetime = NOW, kind: Kind = Kind.EVALUATION
) -> Round:
    def write(conn: Connection, team: str) -> Round:
        subject = 77
        if kind is Kind.EVALUATION:
            pulse = shipped().get("pulse")
            new = Evaluation(partner_id, Occasion.YEARLY, pulse, Level.COLLABORATION, TODAY, at)
            subject = evaluations.add(conn, team, new).id
        this = called(
            kind,
            subject,
            by=METTE,
            invited=[METTE, ALI, THE_PARTNER],
            now=at,
            calendar=CALENDAR,
            partner_id=partner_id,
            channel="C01",
        )
        return rounds.start(conn, team, this)

    return await store.write(write, "T1")


async def test_a_relation_is_read_with_all_that_hangs_on_it(store: Store) -> None:
    number = await known(store, deputy=ALI, known_by=(SOFIE, METTE, "U09"), start=date(2025, 1, 1))
    noted = Activity(number, "Lektiecafé", METTE, NOW, ends_on=TODAY + 30 * DAY)
    over = replace(noted, what="Julefest", ends_on=None)
    running = await store.write(circle_activity.begin, "T1", noted)
    ended = await store.write(circle_activity.begin, "T1", over)
    endless = replace(over, what="Kaffe")
    await store.write(circle_activity.begin, "T1", endless)
    await store.write(circle_activity.finish, "T1", ended.id, by=METTE, now=NOW)
    trial = Trial(number, TODAY, TODAY + 90 * DAY, METTE, NOW)
    await store.write(circle_trial.begin, "T1", trial)
    (found,) = await store.read(evaluation_facts.relations, "T1", ZONE, channel="C01")
    assert (found.partner_id, found.name, found.added_on) == (number, "Springbræt", TODAY)
    assert (found.responsible, found.people) == (METTE, (METTE, ALI, SOFIE, "U09"))
    assert {*found.endings} == {
        Ending(running.id, "Lektiecafé", TODAY + 30 * DAY),
        Ending(ended.id, "Julefest", TODAY),
    }
    assert found.trial == (TODAY, TODAY + 90 * DAY)
    assert (found.start, found.moved_on, found.channel) == (date(2025, 1, 1), None, "C01")
    assert not found.switched_off


async def test_only_those_that_may_be_evaluated_are_read(store: Store) -> None:
    await known(store, "Netværket", level=Level.NETWORK)
    await known(store, "Idéen", status=Status.POSSIBLE)
    await known(store, "Sparekassen", relation_type=RelationType.SPONSOR)
    await known(store, "Væk", archived=True)
    ours = await known(store, "Springbræt")
    other = await known(store, "Museet", level=Level.PARTNERSHIP, responsible=None)
    found = await store.read(evaluation_facts.relations, "T1", ZONE)
    assert [one.partner_id for one in found] == [ours, other]
    assert (found[1].responsible, found[1].people) == (None, ())
    (one,) = await store.read(evaluation_facts.relations, "T1", ZONE, partner_id=other)
    assert one.name == "Museet"
    assert await store.read(evaluation_facts.relations, "T2", ZONE) == []


async def test_what_was_asked_and_what_takes_up_room(store: Store) -> None:
    number = await known(store)
    this = await opened(store, number)
    assert (await store.read(evaluation_facts.relations, "T1", ZONE))[0].past == [
        Past(Occasion.YEARLY, TODAY, TODAY)
    ]
    house = await store.read(evaluation_facts.house, "T1", ZONE, TODAY)
    assert house.opened == [TODAY]
    assert house.invited == {METTE: [TODAY], ALI: [TODAY]}
    assert house.threads == {"C01": [TODAY]}
    await store.write(rounds.cancel, "T1", this.id, by=METTE, now=NOW)
    (found,) = await store.read(evaluation_facts.relations, "T1", ZONE)
    assert found.past == [Past(Occasion.YEARLY, TODAY, TODAY, asked_partner=False)]


async def test_a_check_takes_up_room_but_not_for_who_called_it(store: Store) -> None:
    number = await known(store)
    await opened(store, number, kind=Kind.TJEK)
    await opened(store, number, at=NOW - 400 * DAY)
    house = await store.read(evaluation_facts.house, "T1", ZONE, TODAY)
    assert (house.opened, house.invited) == ([], {ALI: [TODAY]})


async def test_who_is_away_and_since_when_it_is_switched_on(store: Store) -> None:
    def write(conn: Connection, team: str) -> None:
        on = Workspace(switched_on=True)
        settings_of.save_settings(conn, team, on, now=NOW)
        back = TODAY + 9 * DAY
        settings_of.save_member(conn, team, METTE, Member(away_until=back), NOW)
        settings_of.save_member(conn, team, ALI, Member(away_until=TODAY), NOW)

    await store.write(write, "T1")
    house = await store.read(evaluation_facts.house, "T1", ZONE, TODAY)
    assert house.away == {METTE: TODAY + 9 * DAY}
    assert house.begun_on == TODAY


async def test_what_is_decided_about_one_is_read_newest_first_and_taken_back(store: Store) -> None:
    number = await known(store)
    about = (number, Occasion.YEARLY, date(2027, 3, 1))
    await store.write(evaluation_year.move, "T1", *about, to_on=None, by=METTE, now=NOW)
    await store.write(
        evaluation_year.move,
        "T1",
        *about,
        to_on=date(2027, 4, 1),
        by=METTE,
        now=NOW + DAY,
        instrument="pulse",
    )
    (found,) = await store.read(evaluation_facts.relations, "T1", ZONE)
    assert found.moved == [
        Moved(Occasion.YEARLY, about[2], date(2027, 4, 1), TODAY + DAY, "pulse"),
        Moved(Occasion.YEARLY, about[2], None, TODAY),
    ]
    await store.write(evaluation_year.put_back, "T1", *about)
    (found,) = await store.read(evaluation_facts.relations, "T1", ZONE)
    assert found.moved == ()


async def test_one_that_is_not_evaluated_stays_so_when_its_days_are_chosen(store: Store) -> None:
    number = await known(store)
    await store.write(care_of.choose_own, "T1", number, None, None, evaluated=False)
    await store.write(care_of.choose_own, "T1", number, None, None)
    assert await store.read(care_of.not_evaluated, "T1", [number]) == {number}
    (found,) = await store.read(evaluation_facts.relations, "T1", ZONE)
    assert found.switched_off
    assert await store.read(evaluation_year.next_on, "T1", number, TODAY) is None
    await store.write(care_of.choose_own, "T1", number, None, None, evaluated=True)
    assert await store.read(care_of.not_evaluated, "T1") == set()


async def test_what_comes_next_of_one(store: Store) -> None:
    number = await known(store, level=Level.PARTNERSHIP, start=date(2026, 4, 8))
    assert await store.read(evaluation_year.next_on, "T1", number, TODAY) == date(2027, 4, 8)
    nobody = await known(store, "Museet", responsible=None)
    assert await store.read(evaluation_year.next_of, "T1", nobody, TODAY) is None
    network = await known(store, "Klubben", level=Level.NETWORK)
    assert await store.read(evaluation_year.next_of, "T1", network, TODAY) is None


async def test_the_partner_hears_of_no_pulse_that_it_is_not_asked_in(store: Store) -> None:
    number = await known(store, level=Level.PARTNERSHIP, start=date(2024, 4, 8))
    await opened(store, number)
    pulse = await store.read(evaluation_year.next_on, "T1", number, TODAY)
    yearly = await store.read(evaluation_year.next_with_partner_on, "T1", number, TODAY)
    assert pulse is not None
    assert yearly is not None
    assert (yearly - pulse).days > 150


@contextmanager
def counted(statements: list[str]) -> Iterator[None]:
    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


async def test_a_house_of_many_takes_no_more_statements_than_one_of_few(store: Store) -> None:
    async def statements() -> int:
        found: list[str] = []
        with counted(found):
            await store.read(evaluation_facts.relations, "T1", ZONE)
            await store.read(evaluation_facts.house, "T1", ZONE, TODAY)
        return len([one for one in found if one.startswith("SELECT")])

    await opened(store, await known(store))
    few = await statements()
    for number in range(30):
        await known(store, f"Forening {number}")
    assert await statements() == few < 20
