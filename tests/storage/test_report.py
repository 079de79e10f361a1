"""What the leader's page is made of, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.circle import Level, Move, Why
from bot.circle_trial import Trial
from bot.contact import Contact
from bot.contact import Kind as How
from bot.evaluation_sense import Answer as Sense
from bot.evaluation_sense import Answered
from bot.partner import Kind, Partner, RelationType, Status
from bot.report import Count, Facts, Needs, Quarter, Waiting
from bot.round_voice import THE_PARTNER
from bot.timetable import Calendar
from bot.tjek import Check, Decision
from bot.workspace import Member
from storage import (
    circle,
    circle_trial,
    contact,
    duplicate_merge,
    evaluation_sense,
    partner,
    reminder_cadence,
    report,
    report_waiting,
    tjek,
    workspace,
)
from storage.database import Connection, Store
from tests.storage.evaluations import COLLABORATION, answer, opened, reveal

CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"))
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
FOURTH = Quarter(2026, 4)
LOW = {item.id: "1" for item in COLLABORATION.questions}


async def added(store: Store, new: Partner, at: datetime = NOW) -> int:
    return (await store.write(partner.add, "T1", new, by="U01", now=at)).id


async def facts(store: Store, quarter: Quarter = FOURTH, *left: str, team: str = "T1") -> Facts:
    wanted = report.Asked(quarter, TODAY, CALENDAR)
    return await store.read(report.facts, team, wanted, left)


async def test_an_empty_house(store: Store) -> None:
    found = await facts(store)
    assert not [*found.moves, *found.noes, *found.waiting]
    assert (found.count, found.before) == (Count(), Count())


async def test_moves_of_the_quarter_without_those_of_a_file(store: Store) -> None:
    one = await added(store, Partner("Springbræt"), NOW - 200 * DAY)
    levels = list(Level)
    for days, why in ((100, Why.ACTIVITY), (5, Why.READ_IN)):
        step = Move(one, levels[0], levels[1], why, "U02", NOW - days * DAY)
        await store.write(circle.move, "T1", step)
        levels.pop(0)
    assert not (await facts(store)).moves
    (third,) = (await facts(store, FOURTH.before)).moves
    assert third.why is Why.ACTIVITY
    assert await store.read(report_waiting.names, "T1", [one, 99]) == {one: "Springbræt"}


async def test_noes_by_the_name_of_today_or_by_the_idea(store: Store) -> None:
    one = await added(store, Partner("Pixelværket", kind=Kind.INDIVIDUAL))
    for check, decision, at in (
        (Check("U02", NOW, partner_id=one, partner_name="Pixel", idea="VR"), Decision.KINDLY_NO, 0),
        (Check("U02", NOW, idea="Escape room"), Decision.KINDLY_NO, 1),
        (Check("U02", NOW, idea="Kor"), Decision.GO_ON, 0),
        (Check("U02", NOW, idea="Bål"), Decision.KINDLY_NO, 90),
    ):
        new = await store.write(tjek.start, "T1", check)
        decided: dict[str, Any] = {"decision": decision, "reason": "tid", "by": "U02"}
        await store.write(tjek.decide, "T1", new.id, **decided, now=NOW - at * DAY)
    found = [(no.what, no.idea, no.partner_id) for no in (await facts(store)).noes]
    assert found == [("Pixelværket", "VR", one), ("Escape room", "", None)]


async def test_three_figures_beside_the_quarter_before(store: Store) -> None:
    one = await added(store, Partner("Springbræt"), NOW - 60 * DAY)
    await added(store, Partner("Trykkeriet", relation_type=RelationType.SUPPLIER))
    for on in (TODAY, TODAY - DAY, TODAY - 60 * DAY):
        await store.write(contact.note, "T1", Contact(one, How.MET, on, "U02", NOW))
    found = await facts(store)
    assert (found.count, found.before) == (Count(2, 1, 0), Count(1, 1, 1))


async def test_what_was_new_stays_new_and_once(store: Store) -> None:
    one, other, _ = [
        await added(store, Partner(name), NOW - 60 * DAY)
        for name in ("Springbræt", "Foreningen Springbræt", "Koret")
    ]
    put = await store.read(partner.existing, "T1", one)
    archived = replace(put, archived=True)
    await store.write(partner.update, "T1", put, archived, by="U02", now=NOW)
    assert (await facts(store)).before.new == 3
    seen = [(one, put.version + 1), (other, 1)]
    await store.write(duplicate_merge.merge, "T1", seen, {}, by="U02", now=NOW)
    assert (await facts(store)).before.new == 2


async def test_no_contact_is_what_a_list_gave_or_a_supplier_had(store: Store) -> None:
    friend = await added(store, Partner("Springbræt"))
    supplier = await added(store, Partner("Trykkeriet", relation_type=RelationType.SUPPLIER))
    for number, kind in ((friend, How.READ_IN), (supplier, How.MET)):
        await store.write(contact.note, "T1", Contact(number, kind, TODAY, "U02", NOW))
    assert (await facts(store)).count == Count(0, 0, 1)


async def test_what_waits_for_a_decision(store: Store) -> None:
    trial, later, agreement, fine, left, network = [
        await added(store, Partner(name, level=level, responsible=who))
        for name, level, who in (
            ("Byorkestret", Level.COLLABORATION, "U02"),
            ("Senere", Level.COLLABORATION, "U02"),
            ("Aftalen", Level.PARTNERSHIP, "U02"),
            ("Går godt", Level.PARTNERSHIP, "U02"),
            ("Alene", Level.PARTNERSHIP, "U09"),
            ("Netværk", Level.NETWORK, None),
        )
    ]
    alone = await added(store, Partner("Ingen", level=Level.COLLABORATION))
    await added(store, Partner("Væk", level=Level.PARTNERSHIP, archived=True))
    for status in (Status.RESTING, Status.POSSIBLE, Status.ENDED):
        await added(store, Partner("Ikke nu", level=Level.PARTNERSHIP, status=status))
    for number, day in ((trial, date(2026, 12, 14)), (later, date(2027, 1, 5))):
        await store.write(circle_trial.begin, "T1", Trial(number, TODAY, day, "U02", NOW))
    ends = date(2026, 12, 31)
    await store.write(reminder_cadence.choose_own, "T1", agreement, None, ends)
    found = (await facts(store, FOURTH, "U09")).waiting
    assert found == [
        Waiting(Needs.TRIAL, trial, date(2026, 12, 14)),
        Waiting(Needs.AGREEMENT, agreement, ends),
        Waiting(Needs.NOBODY, left),
        Waiting(Needs.NOBODY, alone),
    ]
    assert not {fine, network} & {one.partner_id for one in found}
    assert not (await facts(store, Quarter(2026, 2))).waiting
    assert not (await facts(store, team="T2")).waiting


async def test_low_twice_until_somebody_has_answered_to_it(store: Store) -> None:
    one = await added(store, Partner("Springbræt", level=Level.COLLABORATION, responsible="U02"))

    def evaluated(conn: Connection, team: str, at: datetime) -> int:
        this = opened(conn, team, one, ("U2", THE_PARTNER), opened_at=at)
        answer(conn, team, this, "U2", LOW)
        return reveal(conn, team, this).subject_id

    await store.write(evaluated, "T1", NOW - 150 * DAY)
    last = await store.write(evaluated, "T1", NOW - 30 * DAY)
    needs = [waiting.needs for waiting in (await facts(store)).waiting]
    assert needs == [Needs.EVALUATION, Needs.EVALUATION, Needs.LOW]
    said = Answered(last, Sense.FINE, "U02", NOW, "ny leder")
    await store.write(evaluation_sense.answer, "T1", said)
    assert Needs.LOW not in {waiting.needs for waiting in (await facts(store)).waiting}


async def test_what_nobody_answered_is_not_evaluated(store: Store) -> None:
    bare = Partner("Arken", level=Level.COLLABORATION, responsible="U02")
    one, other = await added(store, bare), await added(store, replace(bare, name="Dokk1"))

    def evaluated(conn: Connection, team: str, partner_id: int, *answering: str) -> None:
        this = opened(conn, team, partner_id, ("U2", "U3", THE_PARTNER))
        for voice in answering:
            answer(conn, team, this, voice, LOW)
        reveal(conn, team, this)

    await store.write(evaluated, "T1", one, THE_PARTNER)
    await store.write(evaluated, "T1", other, "U2")
    found = (await facts(store)).waiting
    assert found == [Waiting(Needs.EVALUATION, one), Waiting(Needs.UNANSWERED, other)]


async def test_who_has_chosen_to_get_it(store: Store) -> None:
    for user, gets_it in (("U05", True), ("U02", False), ("U01", True)):
        chosen = Member(quarterly=gets_it)
        await store.write(workspace.save_member, "T1", user, chosen, NOW)
    assert await store.read(report.readers, "T1") == ["U01", "U05"]
    assert await store.read(report.readers, "T2") == []
