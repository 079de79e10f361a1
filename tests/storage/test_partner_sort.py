from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.circle import Level
from bot.contact import Contact
from bot.contact import Kind as How
from bot.partner import Kind, Partner, Purpose, RelationType, Room, Status
from bot.partner_sort import REST, Asked
from bot.workspace import Workspace
from storage import contact, partner, workspace
from storage import partner_sort as sorting
from storage.database import Connection, Store

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
FULL = Partner(
    "Springbræt",
    kind=Kind.ASSOCIATION,
    rooms=(Room.MEETING,),
    age_groups=("6-12",),
    purposes=(Purpose.NEW_USERS,),
)
ASKED_FOR = ("kind", "rooms", "age_groups", "purposes")


async def added(store: Store, *, team: str = "T1", **fields: Any) -> int:
    new = replace(FULL, **fields)
    return (await store.write(partner.add, team, new, by="U01", now=NOW)).id


async def decided(store: Store, **settings: Any) -> None:
    await store.write(workspace.save_settings, "T1", Workspace(**settings), now=NOW)


async def told(store: Store, asked: Asked, **fields: Any) -> None:
    """The question is answered."""

    def edit(conn: Connection, team: str) -> None:
        before = partner.existing(conn, team, asked.partner_id, lock=True)
        partner.update(conn, team, before, replace(before, **fields), by="U01", now=NOW)

    await store.write(edit, "T1")


async def order(store: Store) -> list[tuple[int, str]]:
    """Every question, in the order in which they are asked if all are skipped."""
    found = []
    while asked := await store.read(sorting.next_of, "T1", TODAY):
        found.append((asked.partner_id, asked.fact))
        await store.write(sorting.skip, "T1", asked, NOW)
    assert await store.read(sorting.waiting, "T1", TODAY) == 0
    return found


async def test_nothing_is_asked_of_an_empty_register(store: Store) -> None:
    await added(store, team="T2", kind=None)
    assert await store.read(sorting.next_of, "T1", TODAY) is None
    assert await store.read(sorting.waiting, "T1", TODAY) == 0
    known = await store.read(sorting.known, "T1")
    assert {(one.known, one.of) for one in known} == {(0, 0)}


async def test_who_is_sorted_is_asked_nothing(store: Store) -> None:
    await added(store)
    assert await order(store) == []


@pytest.mark.parametrize("field", ASKED_FOR)
async def test_each_fact_is_asked_for_until_it_is_told(store: Store, field: str) -> None:
    empty: dict[str, Any] = {field: None if field == "kind" else ()}
    number = await added(store, **empty)
    asked = await store.read(sorting.next_of, "T1", TODAY)
    assert asked == Asked(number, field)
    assert await store.read(sorting.waiting, "T1", TODAY) == 1
    await told(store, asked, **{field: getattr(FULL, field)})
    assert await store.read(sorting.waiting, "T1", TODAY) == 0


@pytest.mark.parametrize(
    "gone",
    [
        {"archived": True},
        {"status": Status.ENDED},
        {"relation_type": RelationType.SUPPLIER},
    ],
)
async def test_who_is_no_partner_of_ours_is_asked_nothing(store: Store, gone: Any) -> None:
    await added(store, kind=None, rooms=(), **gone)
    assert await order(store) == []
    assert {one.of for one in await store.read(sorting.known, "T1")} == {0}


async def test_pictures_then_inner_rings_then_facts_then_the_last_contact(store: Store) -> None:
    await decided(store, branches=("Børn",))
    nothing: dict[str, Any] = {"kind": None, "rooms": (), "branch": ""}
    quiet = await added(store, **nothing)
    spoken = await added(store, **nothing)
    undone = await added(store, **nothing)
    inner = await added(store, **nothing, level=Level.PARTNERSHIP, responsible="U02")
    middle = await added(store, **nothing, level=Level.COLLABORATION, responsible="U02")
    for number in (spoken, undone):
        met = Contact(number, How.MET, TODAY, "U01", NOW)
        noted = await store.write(contact.note, "T1", met)
        if number == undone:
            await store.write(contact.undo, "T1", noted.id, now=NOW)
    rings = ((inner,), (middle,), (spoken, quiet, undone))
    pictured = [(number, fact) for ring in rings for fact in ("kind", "rooms") for number in ring]
    assert await order(store) == [*pictured, *((n, "branch") for ring in rings for n in ring)]


async def test_somebody_responsible_is_asked_for_where_we_do_something_together(
    store: Store,
) -> None:
    await added(store)
    await added(store, level=Level.COLLABORATION, status=Status.RESTING)
    await added(store, level=Level.COLLABORATION, responsible="U02")
    wanted = await added(store, level=Level.COLLABORATION, deputy="U02", known_by=("U03",))
    assert await order(store) == [(wanted, "responsible")]
    known = {one.fact.field: (one.known, one.of) for one in await store.read(sorting.known, "T1")}
    assert known["responsible"] == (1, 2)
    assert known["rooms"] == (4, 4)


async def test_a_library_without_ages_and_with_branches(store: Store) -> None:
    await decided(store, age_groups=(), branches=("Børn",))
    number = await added(store, age_groups=())
    assert await order(store) == [(number, "branch")]
    assert [one.fact.field for one in await store.read(sorting.known, "T1")] == [
        "kind",
        "rooms",
        "purposes",
        "branch",
        "responsible",
    ]


async def test_what_was_skipped_rests_alone_and_comes_again(store: Store) -> None:
    number = await added(store, kind=None, rooms=())
    asked = Asked(number, "kind")
    await store.write(sorting.skip, "T1", asked, NOW)
    assert await store.read(sorting.next_of, "T1", TODAY) == Asked(number, "rooms")
    assert await store.read(sorting.next_of, "T1", TODAY + REST) == Asked(number, "rooms")
    assert await store.read(sorting.next_of, "T1", TODAY + REST + DAY) == asked
    await store.write(sorting.skip, "T1", asked, NOW + REST)
    assert await store.read(sorting.next_of, "T1", TODAY + REST + DAY) == Asked(number, "rooms")
    await store.write(sorting.unskip, "T1", asked)
    assert await store.read(sorting.next_of, "T1", TODAY) == asked


async def test_how_far_the_register_has_come(store: Store) -> None:
    await added(store)
    await added(store, kind=None)
    await added(store, kind=None, rooms=(), archived=True)
    known = {one.fact.field: (one.known, one.of) for one in await store.read(sorting.known, "T1")}
    assert (known["kind"], known["rooms"]) == ((1, 2), (2, 2))
    await store.write(sorting.skip, "T1", Asked(1, "kind"), NOW)
    assert known == {
        one.fact.field: (one.known, one.of) for one in await store.read(sorting.known, "T1")
    }


async def test_another_library_is_not_counted(store: Store) -> None:
    await added(store, team="T2", kind=None)
    number = await added(store, kind=None)
    await store.write(sorting.skip, "T2", Asked(1, "kind"), NOW)
    assert await order(store) == [(number, "kind")]
    assert await store.read(sorting.waiting, "T2", date(2030, 1, 1)) == 1
