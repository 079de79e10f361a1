import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.circle import Level, Move, Why
from bot.circle_activity import Activity
from bot.circle_trial import Trial
from bot.home import Ahead, Coming
from bot.home_house import Figures
from bot.home_start import Question
from bot.partner import Partner, RelationType, Status
from storage import circle, circle_activity, circle_trial, home, home_house, home_start, partner
from storage.database import Connection, Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)


async def added(store: Store, given: Partner, team: str = "T1") -> int:
    return (await store.write(partner.add, team, given, by="U09", now=NOW)).id


async def test_the_rings_are_counted_without_those_who_stand_in_none(store: Store) -> None:
    held = Partner("A", responsible="U02")
    for given in (
        held,
        Partner("B", known_by=("U02",), deputy="U03"),
        replace(held, name="C", level=Level.PARTNERSHIP),
        Partner("D", level=Level.PARTNERSHIP, status=Status.RESTING),
        Partner("E", status=Status.POSSIBLE),
        Partner("F", status=Status.ENDED),
        Partner("G", archived=True),
        Partner("H", relation_type=RelationType.SUPPLIER),
    ):
        await added(store, given)
    await added(store, Partner("Another library's"), team="T2")
    found = await store.read(home_house.figures, "T1")
    assert found.levels == {Level.NETWORK: 2, Level.PARTNERSHIP: 2}
    assert found.unheld == 2  # B and E
    assert await store.read(home_house.figures, "T3") == Figures({}, 0)


async def test_those_nobody_is_responsible_for_come_by_name_and_page(store: Store) -> None:
    numbers = [await added(store, Partner(name)) for name in ("Å", "b", "A", "C")]
    await added(store, Partner("AA", responsible="U02"))
    ordered = [numbers[2], numbers[0], numbers[1], numbers[3]]  # as they are folded
    assert await store.read(home_house.unheld, "T1", first=0, most=3) == ordered[:3]
    assert await store.read(home_house.unheld, "T1", first=3, most=3) == ordered[3:]


async def test_who_stands_elsewhere_has_moved_and_what_was_read_in_is_no_move(store: Store) -> None:
    one, two, three, back = [await added(store, Partner(name)) for name in "ABCD"]
    up = Move(one, Level.NETWORK, Level.COLLABORATION, Why.ACTIVITY, "U02", NOW - 3 * DAY)
    await store.write(circle.move, "T1", up)
    again = replace(up, from_level=Level.COLLABORATION, to_level=Level.PARTNERSHIP, why=Why.FRAME)
    await store.write(circle.move, "T1", replace(again, at=NOW))
    out = replace(up, from_level=Level.COLLABORATION, to_level=Level.NETWORK, why=Why.REACHED)
    for step in (replace(up, partner_id=back), replace(out, partner_id=back, at=NOW - DAY)):
        await store.write(circle.move, "T1", step)
    await store.write(circle.move, "T1", replace(up, partner_id=two, at=NOW - 40 * DAY))
    await store.write(circle.move, "T1", replace(up, partner_id=three, why=Why.READ_IN))
    (found,), number = await store.read(home_house.moved, "T1", NOW - 28 * DAY, limit=3)
    way = (found.move.from_level, found.move.to_level)
    assert (found.name, way, number) == ("A", (Level.NETWORK, Level.PARTNERSHIP), 1)
    assert await store.read(home_house.moved, "T1", NOW - 28 * DAY, limit=0) == ([], 1)
    assert await store.read(home_house.moved, "T2", NOW - 28 * DAY, limit=3) == ([], 0)


async def test_an_end_is_a_move_and_who_stands_nowhere_has_made_none(store: Store) -> None:
    ended, supplier, possible = [await added(store, Partner(name)) for name in "ABC"]
    for number in (ended, supplier, possible):
        up = Move(number, Level.NETWORK, Level.COLLABORATION, Why.ACTIVITY, "U02", NOW - 3 * DAY)
        await store.write(circle.move, "T1", up)
    end = Move(ended, Level.COLLABORATION, Level.NETWORK, Why.ENDED, "U02", NOW)
    await store.write(circle.move, "T1", end)
    for number, now in (
        (supplier, {"relation_type": RelationType.SUPPLIER}),
        (possible, {"status": Status.POSSIBLE}),
    ):
        (before,) = await store.read(partner.get_many, "T1", [number])
        after = replace(before, **now)
        await store.write(partner.update, "T1", before, after, by="U09", now=NOW)
    (found,), number = await store.read(home_house.moved, "T1", NOW - 28 * DAY, limit=3)
    assert (found.name, found.move.ends, number) == ("A", True, 1)


async def test_what_is_to_come_is_theirs_who_are_tied_and_within_the_days(store: Store) -> None:
    mine = Partner("Byorkestret", responsible="U02", level=Level.COLLABORATION)
    number = await added(store, mine)
    other = await added(store, replace(mine, name="Another's", responsible="U03"))

    async def trial(partner_id: int, on: date) -> None:
        await store.write(circle_trial.begin, "T1", Trial(partner_id, TODAY, on, "U02", NOW))

    async def activity(on: date | None) -> None:
        new = Activity(number, "koncert", "U02", NOW, ends_on=on)
        await store.write(circle_activity.begin, "T1", new)

    await trial(number, TODAY + 9 * DAY)
    await trial(other, TODAY + 9 * DAY)
    for on in (None, TODAY, TODAY + 2 * DAY, TODAY + 14 * DAY, TODAY + 15 * DAY):
        await activity(on)
    days = {"today": TODAY, "until": TODAY + 14 * DAY}
    assert await store.read(home.coming, "T1", "U02", **days) == [
        Coming(Ahead.ACTIVITY, TODAY + 2 * DAY, number, "Byorkestret"),
        Coming(Ahead.TRIAL, TODAY + 9 * DAY, number, "Byorkestret"),
        Coming(Ahead.ACTIVITY, TODAY + 14 * DAY, number, "Byorkestret"),
    ]
    assert await store.read(home.coming, "T1", "U05", **days) == []


async def test_answers_take_the_place_of_those_before(store: Store) -> None:
    first = {Question.NOW: "Museet", Question.WHY: "Flere unge"}
    await store.write(home_start.keep, "T1", first, now=NOW)
    assert await store.read(home_start.answered, "T1") == first
    await store.write(home_start.keep, "T1", {Question.AREA: "Møderummet"}, now=NOW)
    assert await store.read(home_start.answered, "T1") == {Question.AREA: "Møderummet"}
    assert await store.read(home_start.answered, "T2") == {}


async def test_those_who_answer_at_once_wait_for_each_other(store: Store) -> None:
    def add(conn: Connection, question: Question) -> None:
        said = home_start.answered(conn, "T1", lock=True)
        home_start.keep(conn, "T1", {**said, question: "Museet"}, now=NOW)

    await asyncio.gather(*(store.write(add, question) for question in Question))
    assert len(await store.read(home_start.answered, "T1")) == len(Question)
