from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.circle_asked import Ties
from bot.circle_question import ask_again
from bot.contact import Contact, Kind
from bot.partner import Partner
from bot.tjek import Check
from storage import circle_question, contact, home, partner, tjek
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SOON = TODAY + 7 * DAY


async def added(store: Store, given: Partner, hours: int = 0, team: str = "T1") -> int:
    now = NOW + hours * HOUR
    return (await store.write(partner.add, team, given, by="U09", now=now)).id


async def noted(store: Store, partner_id: int, by: str, team: str = "T1") -> Contact:
    new = Contact(partner_id, Kind.TALKED, TODAY, by, NOW + 9 * HOUR)
    return await store.write(contact.note, team, new)


async def own(store: Store, user: str = "U02", team: str = "T1") -> list[int]:
    return await store.read(home.own_partners, team, user)


async def due(
    store: Store, user: str = "U02", until: date = SOON, *, every: bool = False
) -> list[int]:
    return await store.read(home.steps_due, "T1", [user], until=until, every=every)


@pytest.mark.parametrize(
    "tied",
    [Partner("A", responsible="U02"), Partner("A", deputy="U02"), Partner("A", known_by=("U02",))],
)
async def test_a_partner_is_mine_by_any_tie(store: Store, tied: Partner) -> None:
    number = await added(store, tied)
    await added(store, Partner("Another's", responsible="U03"))
    assert await own(store) == [number]
    assert await own(store, team="T2") == []


async def test_a_partner_is_mine_by_a_contact_until_that_is_undone(store: Store) -> None:
    number = await added(store, Partner("Springbræt", known_by=("U03",)))
    assert await own(store) == []
    contact_of_mine = await noted(store, number, "U02")
    await noted(store, number, "U02")
    assert await own(store) == [number]
    await store.write(contact.undo, "T1", contact_of_mine.id, now=NOW)
    assert await own(store) == [number]


async def test_an_undone_contact_makes_nobody_mine(store: Store) -> None:
    number = await added(store, Partner("Springbræt"))
    slip = await noted(store, number, "U02")
    await store.write(contact.undo, "T1", slip.id, now=NOW)
    assert await own(store) == []


async def test_mine_are_those_touched_last_first_and_no_archived_one(store: Store) -> None:
    old, new = [await added(store, Partner(n, known_by=("U02",)), h) for h, n in enumerate("AB")]
    await added(store, Partner("Put away", archived=True, known_by=("U02",)))
    assert await own(store) == [new, old]
    await noted(store, old, "U03")
    assert await own(store) == [old, new]


async def test_a_step_is_due_within_a_week_or_past_the_first_on_top(store: Store) -> None:
    async def step(day: date | None, what: str = "ring") -> int:
        return await added(store, Partner("A", responsible="U02", next_step=what, next_step_on=day))

    last, past, today = [await step(day) for day in (SOON, TODAY - 90 * DAY, TODAY)]
    await step(SOON + DAY)
    await step(None)
    await step(TODAY, what="")
    assert await due(store) == [past, today, last]


async def test_a_step_may_be_anybodys_who_is_tied_to_the_partner(store: Store) -> None:
    given = Partner("A", next_step="ring", next_step_on=TODAY)
    ours = replace(given, responsible="U02", deputy="U03", known_by=("U04",))
    number = await added(store, ours)
    await added(store, replace(ours, archived=True))
    for user in ("U02", "U03", "U04"):
        assert await due(store, user) == [number]
    assert await due(store, "U05") == []
    assert await due(store, "U05", every=True) == [number]


async def test_the_ties_of_partners_as_they_stand_on_their_cards(store: Store) -> None:
    ours = Partner("A", responsible="U02", deputy="U03", known_by=("U05", "U04"))
    full, bare = await added(store, ours), await added(store, Partner("B"))
    found = await store.read(home.ties, "T1", [full, bare])
    assert found == {full: Ties("U02", "U03", ("U05", "U04")), bare: Ties()}
    assert await store.read(home.ties, "T2", [full]) == {full: Ties()}


async def test_five_partners_are_counted_no_further(store: Store) -> None:
    for n in range(5):
        assert not await store.read(home.has_partners, "T1", at_least=5)
        await added(store, Partner(f"Partner {n}"))
    assert await store.read(home.has_partners, "T1", at_least=5)
    assert await store.read(home.has_partners, "T1", at_least=3)
    assert not await store.read(home.has_partners, "T2", at_least=1)


async def test_a_check_counts_when_it_is_finished(store: Store) -> None:
    for _ in range(2):
        check = await store.write(tjek.start, "T1", Check("U02", NOW, idea="fast VR-rum"))
        assert not await store.read(home.has_finished_check, "T1")
    await store.write(tjek.finish, "T1", check.id, NOW)
    assert await store.read(home.has_finished_check, "T1")
    assert not await store.read(home.has_finished_check, "T2")


async def asked(
    store: Store, user: str, today: date = TODAY, team: str = "T1", *, every: bool = False
) -> list[int]:
    due = await store.read(home.questions_due, team, [user], today=today, every=every)
    return [question.partner_id for question in due]


async def test_a_question_may_be_theirs_who_are_tied_or_took_the_step(store: Store) -> None:
    tied = await added(store, Partner("A", responsible="U02", deputy="U03", known_by=("U05",)))
    nobodys = await added(store, Partner("B"))
    for number in (tied, nobodys):
        again = ask_again(number, TODAY - 40 * DAY, by="U06")
        await store.write(circle_question.put, "T1", again)
    for user in ("U02", "U03", "U05"):
        assert await asked(store, user) == [tied]
    assert await asked(store, "U06") == [tied, nobodys]
    assert await asked(store, "U09") == []
    assert await asked(store, "U09", every=True) == [tied, nobodys]
    assert await asked(store, "U02", team="T2") == []
    assert await asked(store, "U02", TODAY - 11 * DAY) == []


async def test_questions_wait_with_the_longest_due_first_and_never_from_the_archive(
    store: Store,
) -> None:
    numbers = [await added(store, Partner(name, responsible="U02")) for name in "ABC"]
    numbers.append(await added(store, Partner("D", responsible="U02", archived=True)))
    for days, number in zip((31, 33, 32, 40), numbers, strict=True):
        again = ask_again(number, TODAY - days * DAY, by="U02")
        await store.write(circle_question.put, "T1", again)
    assert await asked(store, "U02") == [numbers[1], numbers[2], numbers[0]]
