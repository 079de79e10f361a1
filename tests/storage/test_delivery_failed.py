from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.delivery_failed import SHOWN, Failed
from bot.timetable import calendar_of
from bot.workspace import Workspace
from storage import delivery as deliveries
from storage import delivery_failed as dead
from storage import delivery_sending as sending
from storage.database import Store
from storage.delivery import Delivery, State

NOW = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
CALENDAR = calendar_of(Workspace())
SECOND = timedelta(seconds=1)
GREETING = Delivery("greeting", 7, "C01", NOW, "a")


async def died(store: Store, *these: Delivery, team: str = "T1") -> None:
    for one in these:
        await store.write(deliveries.put, team, one)
        what = (one.key, State.DEAD, "is_archived")
        assert await store.write(sending.settle, team, *what, at=State.WAITING)


async def failed(store: Store, now: datetime = NOW) -> list[Failed]:
    return await store.read(dead.failed, "T1", now, CALENDAR)


async def state(store: Store, key: str = "a") -> State:
    found = await store.read(deliveries.outcome, "T1", key)
    assert found
    return found.state


async def test_it_is_found_with_its_reason_the_newest_first_for_a_month(store: Store) -> None:
    before = replace(GREETING, key="b", subject_id=6, due=NOW - SECOND)
    await died(store, before, GREETING)
    await died(store, replace(GREETING, key="c"), team="T2")
    first, second = await failed(store)
    day = CALENDAR.day(NOW)  # by then it is the next one in Copenhagen
    assert first == Failed("a", "greeting", 7, "C01", day, "is_archived")
    assert second.key == "b"
    assert [one.key for one in await failed(store, NOW + SHOWN - SECOND)] == ["a"]


async def test_once_more_it_is_due_as_if_never_tried(store: Store) -> None:
    await died(store, GREETING, replace(GREETING, key="b"), replace(GREETING, key="c", to="C02"))
    later = NOW + timedelta(hours=1)
    assert await store.write(dead.again, "T1", "b", now=later)
    assert await state(store) is State.WAITING
    assert await state(store, "c") is State.DEAD
    taken = await store.write(sending.claim, "T1", now=later, real=later, most=3)
    assert [(one.delivery, one.failures) for one in taken] == [(replace(GREETING, due=later), 0)]
    assert not await store.write(dead.again, "T1", "b", now=later)
    assert not await store.write(dead.again, "T1", "unknown", now=later)


async def test_what_nobody_was_to_hear_did_not_fail_to_get_through(store: Store) -> None:
    await died(store, replace(GREETING, to=""))
    assert not await failed(store)


@pytest.mark.parametrize("state", [State.DEAD, State.DROPPED])
@pytest.mark.parametrize(("channel", "to"), [("C09", "C09"), (None, "C01")])
async def test_a_digest_goes_to_the_channel_of_now(
    store: Store, state: State, channel: str | None, to: str
) -> None:
    await store.write(deliveries.put, "T1", GREETING)
    rested = partial(sending.try_again, not_before=NOW + timedelta(hours=1), reason="", failed=True)
    await store.write(rested, "T1", "a", at=State.WAITING)
    await store.write(sending.settle, "T1", "a", state, at=State.WAITING)
    assert await store.write(dead.digest_again, "T1", "a", now=NOW, channel=channel)
    (taken,) = await store.write(sending.claim, "T1", now=NOW, real=NOW)
    assert (taken.delivery.to, taken.failures) == (to, 0)
    assert not await store.write(dead.digest_again, "T1", "a", now=NOW, channel=channel)


@pytest.mark.parametrize("key", ["a", "b"])
async def test_let_be_it_is_not_said(store: Store, key: str) -> None:
    await died(store, GREETING, replace(GREETING, key="b"))
    assert await store.write(dead.let_be, "T1", key)
    assert await state(store) is await state(store, "b") is State.WITHDRAWN
    assert not await store.write(dead.let_be, "T1", key)
    assert not await failed(store)


async def test_the_kind_is_known_as_long_as_the_row_is(store: Store) -> None:
    await died(store, GREETING)
    assert await store.read(dead.kind_of, "T1", "a") == "greeting"
    assert await store.read(dead.kind_of, "T1", "b") is None
