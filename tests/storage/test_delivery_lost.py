"""What Slack did not answer is settled once, by one process."""

import asyncio
from dataclasses import replace
from datetime import datetime
from functools import partial

from storage import delivery as deliveries
from storage import delivery_lost as lost_ones
from storage import delivery_sending as sending
from storage.database import Store
from storage.delivery import Outcome, State
from storage.delivery_lost import LEASE, LOOKED_FOR_AFTER, Lost
from storage.delivery_sending import ANSWER, Claimed
from tests.storage.test_delivery import (
    DAY,
    GREETING,
    NOW,
    REAL,
    SECOND,
    begun,
    claimed,
    put,
    state,
)

SETTLED = REAL + LOOKED_FOR_AFTER


async def lost(store: Store, key: str = GREETING.key) -> None:
    """Said, and Slack's answer was lost."""
    await begun(store, key)
    assert await store.write(lost_ones.answer_lost, "T1", key, real=REAL, reason="TimeoutError")


async def taken(store: Store, real: datetime = SETTLED) -> Lost | None:
    return await store.write(lost_ones.claim, "T1", real=real)


async def mine(store: Store) -> Lost:
    found = await taken(store)
    assert found
    return found


async def test_it_is_left_alone_until_slack_has_said_it_or_never_will(store: Store) -> None:
    await put(store, GREETING)
    await lost(store)
    assert await state(store) is State.PERHAPS
    assert await taken(store, SETTLED - SECOND) is None
    assert await store.read(lost_ones.teams, SETTLED - SECOND) == []
    assert await store.read(lost_ones.teams, SETTLED) == ["T1"]
    assert await taken(store) == Lost(GREETING, 0, SETTLED + LEASE)


async def test_only_what_slack_is_told_has_an_answer_to_lose(store: Store) -> None:
    await put(store, GREETING)
    assert not await store.write(
        lost_ones.answer_lost, "T1", GREETING.key, real=REAL, reason="TimeoutError"
    )
    assert await state(store) is State.WAITING


async def test_found_it_is_said(store: Store) -> None:
    await put(store, GREETING)
    await lost(store)
    await mine(store)
    where = {"channel": "D1", "ts": "9.1"}
    assert await store.write(sending.mark_said, "T1", GREETING.key, **where)
    assert await state(store) is State.SAID
    assert await taken(store, REAL + DAY) is None


async def test_not_found_it_goes_back_into_the_line_and_counts(store: Store) -> None:
    await put(store, GREETING)
    await lost(store)
    again = {"not_before": SETTLED + SECOND, "reason": "not_there"}
    assert await store.write(lost_ones.say_again, "T1", await mine(store), **again)  # type: ignore[arg-type] # both
    assert await claimed(store, real=SETTLED) is None
    back = await store.write(sending.claim, "T1", now=NOW, real=SETTLED + SECOND)
    assert back == [Claimed(GREETING, 1)]
    assert await taken(store, REAL + DAY) is None


async def test_given_up_it_is_dead(store: Store) -> None:
    await put(store, GREETING)
    await lost(store)
    assert await store.write(lost_ones.give_out, "T1", await mine(store), "not_there")
    found = await store.read(deliveries.outcome, "T1", GREETING.key)
    assert found == Outcome(State.DEAD, None, "not_there")


async def test_where_slack_cannot_be_asked_it_is_looked_for_later(store: Store) -> None:
    await put(store, GREETING)
    await lost(store)
    later = SETTLED + 10 * SECOND
    await store.write(lost_ones.look_again, "T1", await mine(store), later)
    assert await taken(store, later - SECOND) is None
    assert await taken(store, later) == Lost(GREETING, 1, later + LEASE)


async def test_what_another_took_over_is_no_longer_this_one_s(store: Store) -> None:
    await put(store, GREETING)
    await lost(store)
    slow = await mine(store)
    after = SETTLED + LEASE
    quick = await taken(store, after)
    assert quick
    again = {"not_before": after, "reason": "not_there"}
    assert await store.write(lost_ones.say_again, "T1", quick, **again)  # type: ignore[arg-type] # both
    await begun(store)
    assert not await store.write(lost_ones.say_again, "T1", slow, **again)  # type: ignore[arg-type] # both
    assert await state(store) is State.SENDING
    await store.write(lost_ones.answer_lost, "T1", GREETING.key, real=after, reason="TimeoutError")
    assert not await store.write(lost_ones.give_out, "T1", slow, "not_there")
    assert await state(store) is State.PERHAPS


async def test_many_at_once_never_take_the_same(store: Store) -> None:
    keys = [f"k{n}" for n in range(6)]
    await put(store, *(replace(GREETING, key=key) for key in keys))
    for key in keys:
        await lost(store, key)
    found = [one.delivery.key for one in await asyncio.gather(*map(taken, [store] * 9)) if one]
    assert len(found) == len({*found})
    while one := await taken(store):  # SKIP LOCKED may leave one that was locked by a loser
        found.append(one.delivery.key)
    assert sorted(found) == keys


async def test_what_a_dead_process_was_telling_is_given_up_in_time(store: Store) -> None:
    await put(store, GREETING, replace(GREETING, key="waits"))
    await claimed(store)
    await begun(store)
    assert await store.write(lost_ones.give_up, REAL + ANSWER - SECOND) == []
    assert await store.write(lost_ones.give_up, REAL + ANSWER) == [GREETING.key]
    assert await state(store) is State.PERHAPS
    assert await state(store, "waits") is State.WAITING
    assert await taken(store, REAL + ANSWER)
    where = {"channel": "D1", "ts": "9.1"}
    assert await store.write(sending.mark_said, "T1", GREETING.key, **where)  # late, but said
    assert await state(store) is State.SAID


async def test_alone_it_is_known_at_once_and_looked_for_when_slack_has_said_it(
    store: Store,
) -> None:
    await put(store, GREETING)
    await begun(store)

    first = partial(lost_ones.give_up, alone=True)
    assert await store.write(first, REAL) == [GREETING.key]
    assert await taken(store, REAL + ANSWER - SECOND) is None
    assert await taken(store, REAL + ANSWER)


async def test_a_clock_that_was_set_back_holds_nothing_up(store: Store) -> None:
    await put(store, GREETING)
    await begun(store)
    before = REAL - DAY
    assert await store.write(lost_ones.give_up, before) == [GREETING.key]
    assert await taken(store, before)


async def test_what_a_backup_did_not_know_is_never_settled(store: Store) -> None:
    await put(store, GREETING)
    await lost(store)

    restored = partial(deliveries.change, claimed_until=None)
    assert await store.write(restored, "T1", GREETING.key, State.PERHAPS)
    assert await taken(store, REAL + DAY) is None
    assert await store.read(lost_ones.teams, REAL + DAY) == []
