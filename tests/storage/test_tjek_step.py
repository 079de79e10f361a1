from datetime import UTC, datetime, timedelta

import pytest

from bot.partner import Partner
from bot.round_step import Step
from bot.tjek import Check
from bot.tjek_step import Task
from storage import partner, tjek, tjek_step
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ON = NOW.date() + 5 * DAY


@pytest.fixture
async def check(store: Store) -> int:
    return (await store.write(tjek.start, "T1", Check("U02", NOW, idea="fast VR-rum"))).id


async def assigned(
    store: Store, check: int, *who: str, text: str = "Penge", days: int = 0
) -> list[str]:
    step = Step(text, ON + days * DAY, who)
    return await store.write(tjek_step.assign, "T1", check, step, by="U02", now=NOW)


async def waiting(store: Store, user: str, team: str = "T1") -> list[Task]:
    return await store.read(tjek_step.waiting_for, team, user, limit=9)


async def test_each_who_sees_to_it_has_it(store: Store, check: int) -> None:
    assert await assigned(store, check, "U03", "U04") == ["U03", "U04"]
    (task,) = await waiting(store, "U03")
    assert task == Task(check, "U03", "Penge", ON, "U02", NOW)
    assert await store.read(tjek_step.get, "T1", check, "U04")
    assert await waiting(store, "U02") == await waiting(store, "U03", "T2") == []


async def test_another_step_is_new_to_whom_it_is_new(store: Store, check: int) -> None:
    await assigned(store, check, "U03")
    assert await assigned(store, check, "U03", "U04") == ["U04"]
    assert await assigned(store, check, "U03", days=1) == ["U03"]
    assert await waiting(store, "U04") == []
    assert await store.write(tjek_step.assign, "T1", check, None, by="U02", now=NOW) == []
    assert await waiting(store, "U03") == []


async def test_it_is_done_for_all_and_stays_done(store: Store, check: int) -> None:
    await assigned(store, check, "U03", "U04")
    await store.write(tjek_step.finish, "T1", check, now=NOW)
    assert await waiting(store, "U04") == []
    assert await store.read(tjek_step.get, "T1", check, "U03") is None
    assert await assigned(store, check, "U03") == []
    assert await waiting(store, "U03") == []


async def test_what_is_due_first_stands_on_top(store: Store, check: int) -> None:
    other = (await store.write(tjek.start, "T1", Check("U02", NOW, idea="loppemarked"))).id
    await assigned(store, check, "U03", days=2)
    await assigned(store, other, "U03", days=1)
    assert [task.tjek_id for task in await waiting(store, "U03")] == [other, check]
    (first,) = await store.read(tjek_step.waiting_for, "T1", "U03", limit=1)
    assert first.tjek_id == other


async def test_it_comes_with_the_partner_that_its_check_is_about(store: Store, check: int) -> None:
    museum = await store.write(partner.add, "T1", Partner("Byens Museum"), by="U02", now=NOW)
    of = Check("U02", NOW, partner_id=museum.id, partner_name=museum.name)
    other = (await store.write(tjek.start, "T1", of)).id
    await assigned(store, check, "U03")
    await assigned(store, other, "U03")
    first, second = await waiting(store, "U03")
    found = await store.read(tjek_step.waiting_about, "T1", "U03", limit=9)
    assert found == [(first, None), (second, museum.id)]
    assert await store.read(tjek_step.waiting_about, "T1", "U03", limit=1) == [(first, None)]
    assert await store.read(tjek_step.waiting_about, "T2", "U03", limit=9) == []


async def test_it_goes_from_one_who_has_left_to_another(store: Store, check: int) -> None:
    await assigned(store, check, "U03", "U04")
    assert [task.user_id for task in await store.read(tjek_step.every_open, "T1")] == ["U03", "U04"]
    assert await store.write(tjek_step.hand_on, "T1", check, of="U03", to="U02")
    assert await store.write(tjek_step.hand_on, "T1", check, of="U04", to="U02")
    (task,) = await waiting(store, "U02")
    assert (task.user_id, task.text, task.by) == ("U02", "Penge", "U02")
    assert await store.read(tjek_step.every_open, "T1") == [task]
    assert not await store.write(tjek_step.hand_on, "T1", check, of="U03", to="U05")
    await store.write(tjek_step.finish, "T1", check, now=NOW)
    assert not await store.write(tjek_step.hand_on, "T1", check, of="U02", to="U05")
    assert await waiting(store, "U02") == await waiting(store, "U05") == []
