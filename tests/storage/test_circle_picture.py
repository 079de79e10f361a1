from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.circle import Level, Move, Why
from bot.circle_picture import Facts, Moved, Placed
from bot.contact import Contact, Kind
from bot.partner import Kind as Sort
from bot.partner import Partner, RelationType, Room, Status
from storage import circle, circle_picture, contact, partner
from storage.circle_picture import Drawn
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
ZONE = ZoneInfo("Europe/Copenhagen")
DAY = timedelta(days=1)
DRAWN = Drawn("kind", "da", "abc", "F0000001", "Cirklen", NOW)


async def added(store: Store, given: Partner, team: str = "T1") -> int:
    return (await store.write(partner.add, team, given, by="U09", now=NOW)).id


async def facts(store: Store, team: str = "T1", since: datetime | None = None) -> Facts:
    return await store.read(circle_picture.facts, team, TODAY, ZONE, since)


async def stamp(store: Store, today: date = TODAY) -> str:
    return await store.read(circle_picture.stamp, "T1", today)


async def noted(store: Store, number: int, on: date = TODAY) -> Contact:
    new = Contact(number, Kind.TALKED, on, "U02", NOW)
    return await store.write(contact.note, "T1", new)


async def stepped(store: Store, number: int, at: datetime, why: Why = Why.ACTIVITY) -> None:
    step = Move(number, Level.NETWORK, Level.COLLABORATION, why, "U02", at)
    await store.write(circle.move, "T1", step)


async def test_all_that_is_drawn_of_a_partner(store: Store) -> None:
    rooms = (Room.MEETING, Room.LEARNING)
    given = Partner("Ærø Kor", kind=Sort.CULTURE, level=Level.PARTNERSHIP, rooms=rooms)
    number = await added(store, given)
    await noted(store, number)
    await noted(store, number, TODAY - 500 * DAY)
    undone = await noted(store, number)
    await store.write(contact.undo, "T1", undone.id, now=NOW)
    other = await added(store, Partner("Uden noget"))
    assert await facts(store) == Facts(
        [
            Placed(number, Level.PARTNERSHIP, Sort.CULTURE, rooms, 1, "Ærø Kor"),
            Placed(other, Level.NETWORK, name="Uden noget"),
        ],
        [],
    )
    assert await facts(store, "T2") == Facts([], [])


@pytest.mark.parametrize(
    "outside",
    [
        Partner("A", archived=True),
        Partner("A", status=Status.POSSIBLE),
        Partner("A", status=Status.ENDED),
        Partner("A", relation_type=RelationType.SPONSOR),
    ],
)
async def test_who_has_no_place_in_the_circle_is_not_drawn(store: Store, outside: Partner) -> None:
    number = await added(store, replace(outside, archived=False))
    if outside.archived:
        before = await store.read(partner.existing, "T1", number)
        after = replace(before, archived=True)
        await store.write(partner.update, "T1", before, after, by="U09", now=NOW)
    assert not (await facts(store)).partners


async def test_one_that_rests_keeps_its_place(store: Store) -> None:
    await added(store, Partner("A", status=Status.RESTING))
    assert len((await facts(store)).partners) == 1


async def test_one_person_has_no_name(store: Store) -> None:
    await added(store, Partner("Anne Holm", kind=Sort.INDIVIDUAL))
    assert [one.name for one in (await facts(store)).partners] == [""]


async def test_more_contacts_than_are_told_apart_count_as_one_figure(store: Store) -> None:
    number = await added(store, Partner("A"))
    for _ in range(8):
        await noted(store, number)
    assert [one.contacts for one in (await facts(store)).partners] == [6]


async def test_moves_of_the_last_month_or_since_then(store: Store) -> None:
    new, old, read_in = [await added(store, Partner(name)) for name in ("A", "B", "C")]
    await stepped(store, new, NOW - 2 * DAY)
    await stepped(store, old, NOW - 60 * DAY)
    assert (await facts(store)).moves == [Moved(new, Level.NETWORK, NOW - 2 * DAY)]
    both = await facts(store, since=NOW - 61 * DAY)
    assert [move.partner_id for move in both.moves] == [old, new]
    assert await facts(store, since=NOW - DAY) == await facts(store)
    assert read_in not in [move.partner_id for move in both.moves]


async def test_the_stamp_is_another_after_whatever_is_drawn(store: Store) -> None:
    stamps = [await stamp(store)]
    number = await added(store, Partner("A"))
    stamps.append(await stamp(store))
    noted_one = await noted(store, number)
    stamps.append(await stamp(store))
    await store.write(contact.undo, "T1", noted_one.id, now=NOW)
    assert await stamp(store) == stamps[1]
    before = await store.read(partner.existing, "T1", number)
    after = replace(before, rooms=(Room.MEETING,))
    await store.write(partner.update, "T1", before, after, by="U09", now=NOW)
    stamps.append(await stamp(store))
    await stepped(store, number, NOW)
    stamps.append(await stamp(store))
    assert await stamp(store, TODAY + DAY) == stamps[-1]  # the same week
    stamps.append(await stamp(store, TODAY + 7 * DAY))
    assert len(set(stamps)) == len(stamps)
    await added(store, Partner("Another library's"), team="T2")
    assert await stamp(store) == stamps[-2]


async def test_the_picture_that_slack_has_is_remembered_by_way_and_language(store: Store) -> None:
    await store.write(circle_picture.save, "T1", DRAWN)
    english = replace(DRAWN, language="en", file_id="F0000002")
    await store.write(circle_picture.save, "T1", english)
    newer = replace(DRAWN, made_of="def", file_id="F0000003")
    await store.write(circle_picture.save, "T1", newer)
    assert await store.read(circle_picture.get, "T1", "kind", "da") == newer
    assert await store.read(circle_picture.get, "T2", "kind", "da") is None
    await store.write(circle_picture.forget, "T1", "F0000003")
    assert await store.read(circle_picture.get, "T1", "kind", "da") is None
    assert await store.read(circle_picture.get, "T1", "kind", "en") == english
