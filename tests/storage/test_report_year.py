"""The figures of a year from a real database: whatever happens later, they stay as they were."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.circle import Level, Move, Why
from bot.circle_trial import Outcome, Trial
from bot.contact import Contact
from bot.contact import Kind as How
from bot.partner import Kind, Partner, RelationType, Room, Status
from bot.report_life import Cause, Place
from bot.report_year import Account, Evaluated, Figures, Other, Way, Year, checked_year
from bot.round_voice import THE_PARTNER
from bot.timetable import Calendar
from bot.tjek import Answer, Check, Decision, Sheet
from storage import (
    circle,
    circle_trial,
    contact,
    duplicate_merge,
    duplicate_undo,
    partner,
    report_life,
    report_year,
    tjek,
)
from storage.circle_tables import MOVE
from storage.database import Connection, Store
from tests.storage.evaluations import agree, answer, opened, reveal

CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"))
DAY = timedelta(days=1)
OLD = datetime(2025, 3, 1, 9, tzinfo=UTC)
SPRING = datetime(2026, 4, 1, 9, tzinfo=UTC)
NEXT = datetime(2027, 1, 20, 9, tzinfo=UTC)


def year(number: int = 2026) -> Year:
    return checked_year(number, date(2025, 3, 1), date(2027, 6, 1), CALENDAR)


async def told(store: Store, number: int = 2026, team: str = "T1") -> Figures:
    return await store.read(report_year.told, team, year(number))


async def added(store: Store, new: Partner, at: datetime = OLD) -> Partner:
    return await store.write(partner.add, "T1", new, by="U01", now=at)


async def moved(
    store: Store, one: Partner, to: Level, why: Why, at: datetime, level: Level | None = None
) -> None:
    step = Move(one.id, level or one.level, to, why, "U02", at, reason="fordi")
    await store.write(circle.move, "T1", step)


async def edited(store: Store, number: int, at: datetime, **fields: Any) -> None:
    def edit(conn: Connection, team: str) -> None:
        before = partner.existing(conn, team, number, lock=True)
        partner.update(conn, team, before, replace(before, **fields), by="U01", now=at)

    await store.write(edit, "T1")


def figures(found: Figures) -> dict[Place, tuple[int, ...]]:
    return {
        place: (one.start, one.new, one.came, one.left, one.other, one.end)
        for place, one in found.accounts.items()
        if one != Account()
    }


async def test_nothing_at_all(store: Store) -> None:
    assert await store.read(report_life.first_day, "T1") is None
    assert figures(await told(store)) == {}


async def test_from_history_and_not_from_todays_card(store: Store) -> None:
    one = await added(store, Partner("Springbræt", rooms=(Room.LEARNING,), branch="Nord"))
    await added(store, Partner("Byens Museum", level=Level.COLLABORATION), SPRING)
    await moved(store, one, Level.COLLABORATION, Why.ACTIVITY, SPRING)
    before = await told(store)
    assert figures(before) == {
        Place.NETWORK: (1, 0, 0, 1, 0, 0),
        Place.COLLABORATION: (0, 1, 1, 0, 0, 2),
    }
    assert before.ways == [(Way(Place.NETWORK, Place.COLLABORATION, Why.ACTIVITY), 1)]
    assert {card.rooms for card, _ in before.cards} == {(Room.LEARNING,), ()}
    await moved(store, one, Level.PARTNERSHIP, Why.FRAME, NEXT, level=Level.COLLABORATION)
    await edited(store, one.id, NEXT + DAY, branch="Syd", rooms=(Room.MEETING,), kind=Kind.FIRM)
    await edited(store, one.id, NEXT + 2 * DAY, archived=True)
    assert await told(store) == before
    after = await told(store, 2027)
    assert figures(after)[Place.COLLABORATION][0] == 2
    assert after.others == [(Other.ARCHIVED, Place.PARTNERSHIP, -1)]
    assert await store.read(report_life.first_day, "T1") == OLD
    assert figures(await told(store, team="T2")) == {}


async def test_an_end_an_edit_and_a_sponsor(store: Store) -> None:
    ended = await added(store, Partner("A", level=Level.PARTNERSHIP))
    await moved(store, ended, Level.NETWORK, Why.ENDED, SPRING)
    corrected = await added(store, Partner("B"))
    await edited(store, corrected.id, SPRING, level=Level.COLLABORATION)
    sponsor = await added(store, Partner("C"))
    await edited(store, sponsor.id, SPRING, relation_type=RelationType.SPONSOR)
    found = await told(store)
    assert found.ways == [
        (Way(Place.NETWORK, Place.COLLABORATION, Cause.EDITED), 1),
        (Way(Place.PARTNERSHIP, Place.FRIEND, Why.ENDED), 1),
    ]
    assert found.others == [(Other.SORT, Place.NETWORK, -1)]


async def test_two_made_one_later_were_two_then(store: Store) -> None:
    one = await added(store, Partner("Springbræt"))
    other = await added(store, Partner("Springbraet", status=Status.POSSIBLE), OLD + DAY)
    await moved(store, other, Level.COLLABORATION, Why.ACTIVITY, SPRING)
    before = await told(store)
    seen = [(one.id, 1), (other.id, 2)]
    _, number = await store.write(duplicate_merge.merge, "T1", seen, {}, by="U01", now=NEXT)
    assert await told(store) == before
    after = await told(store, 2027)
    assert {place: now[0] for place, now in figures(after).items()} == {
        Place.NETWORK: 1,
        Place.COLLABORATION: 1,
    }
    assert {place: now[-1] for place, now in figures(after).items()} == {
        Place.NETWORK: 0,
        Place.COLLABORATION: 1,
    }
    assert sum(n for what, _, n in after.others if what is Other.MADE_ONE) == -1
    await store.write(duplicate_undo.undo, "T1", number, by="U01", now=NEXT + DAY)
    assert await told(store) == before
    assert (await told(store, 2027)).others == []


async def test_contacts_of_the_year_noted_in_time(store: Store) -> None:
    one = await added(store, Partner("Springbræt"))

    async def noted(on: date, at: datetime, how: How = How.TALKED) -> Contact:
        return await store.write(contact.note, "T1", Contact(one.id, how, on, "U02", at))

    await noted(date(2026, 4, 1), SPRING)
    await noted(date(2026, 12, 30), NEXT, How.MET)  # in January
    await noted(date(2026, 12, 30), NEXT + 20 * DAY)  # in February
    await noted(date(2025, 12, 30), SPRING)
    found = (await told(store)).happened
    assert (found.contacts, found.contacted) == ({How.TALKED: 1, How.MET: 1}, 1)


async def test_checks_and_why_we_said_no(store: Store) -> None:
    noes = Sheet({"hours": Answer.NO, "breadth": Answer.NO, "goals": Answer.YES})
    for sheet, decision, at in (
        (noes, Decision.KINDLY_NO, SPRING),
        (Sheet(), Decision.KINDLY_NO, SPRING),
        (noes, Decision.GO_ON, SPRING),
        (noes, Decision.KINDLY_NO, NEXT),
    ):
        new = await store.write(
            tjek.start, "T1", Check("U02", OLD, idea="VR", sheets={"U02": sheet})
        )
        await store.write(
            tjek.decide, "T1", new.id, decision=decision, reason="tid", by="U02", now=at
        )
    found = (await told(store)).happened
    assert found.checks == {Decision.GO_ON: 1, Decision.KINDLY_NO: 2}
    assert found.noes == {"breadth": 1, "hours": 1}
    assert found.unsaid == 1


async def test_trials_as_they_stood(store: Store) -> None:
    for number in range(3):
        one = await added(store, Partner(f"Nr. {number}", level=Level.COLLABORATION))
        trial = Trial(one.id, OLD.date(), NEXT.date(), "U02", OLD if number else SPRING)
        begun = await store.write(circle_trial.begin, "T1", trial)
        if number:
            at = SPRING if number == 1 else NEXT
            await store.write(
                circle_trial.settle, "T1", begun.id, Outcome.COLLABORATION, by="U02", now=at
            )
    found = (await told(store)).happened
    assert (found.trials, found.outcomes, found.running) == (1, {Outcome.COLLABORATION: 1}, 2)


@pytest.mark.parametrize("number", [2025, 2026])
async def test_one_years_end_is_the_nexts_beginning(store: Store, number: int) -> None:
    for n, level in enumerate(Level):
        one = await added(store, Partner(f"Nr. {n}", level=level), OLD + n * 250 * DAY)
        await edited(store, one.id, OLD + (n * 250 + 100) * DAY, status=Status.ENDED)
    ends = {place: one.end for place, one in (await told(store, number)).accounts.items()}
    after = (await told(store, number + 1)).accounts
    assert ends == {place: one.start for place, one in after.items()}


async def test_evaluations_with_their_steps(store: Store) -> None:
    one = await added(store, Partner("Springbræt", level=Level.COLLABORATION))

    def evaluated(conn: Connection, team: str, at: datetime, *, agreed: bool) -> None:
        this = opened(conn, team, one.id, ("U2", THE_PARTNER), opened_at=at)
        if agreed:
            answer(conn, team, this, THE_PARTNER, {"ease": "3"})
        reveal(conn, team, this)
        if agreed:
            agree(conn, team, this, this.deadline)

    await store.write(evaluated, "T1", SPRING, agreed=True)
    await store.write(evaluated, "T1", SPRING + 60 * DAY, agreed=False)
    await store.write(evaluated, "T1", NEXT, agreed=True)
    found = (await told(store)).happened.evaluated
    assert found == Evaluated(2, 2, 1, {"adjust": 1, "": 1}, 1, 1)


async def test_steps_of_before_the_register_are_only_mentioned(store: Store) -> None:
    one = await added(store, Partner("Springbræt", level=Level.COLLABORATION), SPRING)

    def brought(conn: Connection, team: str) -> None:
        row = {"id": 99, "partner_id": one.id, "from_level": Level.NETWORK, "by": "", "reason": ""}
        row |= {"to_level": Level.COLLABORATION, "why": Why.ACTIVITY, "learned": "", "told": ""}
        conn.execute(sa.insert(MOVE).values(team_id=team, at=SPRING - 9 * DAY, **row))

    await store.write(brought, "T1")
    found = await told(store)
    assert (found.happened.told, found.ways) == (1, [])
