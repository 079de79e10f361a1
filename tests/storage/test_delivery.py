import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from storage import delivery as deliveries
from storage import delivery_sending as sending
from storage.database import Store
from storage.delivery import Delivery, State
from storage.delivery_sending import LEASE, LONGEST_REST, SKEW, SOON, Claimed

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
REAL = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)  # its own clock
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
GREETING = Delivery("greeting", 7, "U02", NOW, "greeting:7", "1.2")


async def put(store: Store, *these: Delivery, team: str = "T1") -> None:
    for delivery in these:
        assert await store.write(deliveries.put, team, delivery)


async def claimed(
    store: Store, *, now: datetime = NOW, real: datetime = REAL, resting: tuple[str, ...] = ()
) -> Delivery | None:
    taken = await store.write(sending.claim, "T1", now=now, real=real, resting=resting)
    return taken[0].delivery if taken else None


async def begun(store: Store, key: str = GREETING.key, **more: Any) -> bool:
    return await store.write(sending.begin, "T1", key, real=REAL, **more)


async def state(store: Store, key: str = GREETING.key) -> State:
    found = await store.read(deliveries.outcome, "T1", key)
    assert found
    return found.state


async def test_a_key_is_put_once_whatever_became_of_it(store: Store) -> None:
    await put(store, GREETING)
    assert not await store.write(deliveries.put, "T1", replace(GREETING, due=NOW + DAY))
    await store.write(deliveries.withdraw, "T1", GREETING.key)
    assert not await store.write(deliveries.put, "T1", GREETING)
    await put(store, GREETING, team="T2")


async def test_it_comes_back_as_it_was_put_when_it_is_due(store: Store) -> None:
    await put(store, GREETING)
    assert await claimed(store, now=NOW - SECOND) is None
    taken = await store.write(sending.claim, "T1", now=NOW, real=REAL)
    assert taken == [Claimed(GREETING, 0)]


async def test_what_has_been_due_longest_comes_first(store: Store) -> None:
    late = replace(GREETING, key="late", due=NOW - DAY)
    await put(store, GREETING, late)
    assert [await claimed(store), await claimed(store), await claimed(store)] == [
        late,
        GREETING,
        None,
    ]


async def test_many_at_once_never_take_the_same(store: Store) -> None:
    these = [replace(GREETING, key=f"k{n}") for n in range(8)]
    await put(store, *these)
    taken = await asyncio.gather(*(claimed(store) for _ in range(12)))
    found = [one.key for one in taken if one]
    assert len(found) == len({*found})
    while one := await claimed(store):  # SKIP LOCKED may leave one that was locked by a loser
        found.append(one.key)
    assert sorted(found) == sorted(one.key for one in these)


async def test_a_claim_ends_with_its_lease(store: Store) -> None:
    await put(store, GREETING)
    await claimed(store)
    assert await claimed(store, real=REAL + LEASE - SECOND) is None
    assert await claimed(store, real=REAL + LEASE) == GREETING


async def test_alone_one_need_not_wait_for_a_lease(store: Store) -> None:
    await put(store, GREETING)
    await claimed(store)
    await store.write(sending.release)
    assert await claimed(store) == GREETING


async def test_a_lease_of_a_clock_that_was_set_back_since_is_over(store: Store) -> None:
    await put(store, GREETING)
    await claimed(store, real=REAL + DAY)
    assert await claimed(store, real=REAL + DAY - SKEW) is None  # another replica's clock
    assert await claimed(store) == GREETING


async def test_nor_does_anything_rest_until_that_clock_s_time(store: Store) -> None:
    await put(store, GREETING)
    again = {"not_before": REAL + DAY + LONGEST_REST, "reason": "http_500", "failed": True}
    await store.write(sending.try_again, "T1", GREETING.key, at=State.WAITING, **again)  # type: ignore[arg-type] # the three of them
    assert await claimed(store, real=REAL + DAY) is None
    assert await store.read(sending.teams_with_due, NOW, REAL) == ["T1"]
    assert await claimed(store) == GREETING


async def test_it_is_remembered_in_which_thread_it_is_said(store: Store) -> None:
    await put(store, GREETING, replace(GREETING, key="other"))
    await begun(store, thread_ts="3.4")
    await begun(store, "other")
    found = await store.read(deliveries.on_their_way, "T1", 7, ("greeting",))
    assert {one.key: one.thread_ts for one in found} == {GREETING.key: "3.4", "other": "1.2"}


async def test_who_rests_is_left_out(store: Store) -> None:
    other = replace(GREETING, key="other", to="C01", due=NOW - DAY)
    await put(store, GREETING, other)
    assert await claimed(store, resting=("C01", "C02", "C03")) == GREETING
    assert await claimed(store, resting=("C01",)) is None


async def test_said_is_said(store: Store) -> None:
    await put(store, GREETING)
    await claimed(store)
    assert await store.read(deliveries.said, "T1", GREETING.key) is None
    assert await begun(store)
    assert not await begun(store)
    where = {"channel": "D1", "ts": "9.1"}
    assert await store.write(sending.mark_said, "T1", GREETING.key, **where)
    assert not await store.write(sending.mark_said, "T1", GREETING.key, **where)
    assert await store.read(deliveries.said, "T1", GREETING.key) == "9.1"
    assert await store.read(deliveries.said, "T2", GREETING.key) is None
    assert await claimed(store, real=REAL + DAY) is None


async def test_only_what_waits_can_be_withdrawn(store: Store) -> None:
    await put(store, GREETING)
    assert not await store.write(deliveries.withdraw, "T1", "another")
    await claimed(store)
    assert await store.write(deliveries.withdraw, "T1", GREETING.key)
    assert not await begun(store)
    assert await state(store) is State.WITHDRAWN
    other = replace(GREETING, key="other")
    await put(store, other)
    await claimed(store)
    assert await begun(store, "other")
    assert not await store.write(deliveries.withdraw, "T1", "other")


async def test_what_is_on_its_way_is_neither_said_nor_withdrawn(store: Store) -> None:
    keys = ("waiting", "sending", "said", "withdrawn")
    these = {key: replace(GREETING, key=key) for key in keys}
    others = (
        replace(GREETING, key="other subject", subject_id=8),
        replace(GREETING, key="other kind", kind="reminder"),
    )
    await put(store, *these.values(), *others)
    await put(store, GREETING, team="T2")
    for key in ("sending", "said"):
        assert await begun(store, key)
    await store.write(sending.mark_said, "T1", "said", channel="D1", ts="9.1")
    await store.write(deliveries.withdraw, "T1", "withdrawn")
    found = await store.read(deliveries.on_their_way, "T1", 7, ("greeting",))
    assert sorted(one.key for one in found) == ["sending", "waiting"]
    assert these["sending"] in found


async def test_what_is_tried_again_waits_in_real_time_and_counts(store: Store) -> None:
    await put(store, GREETING)
    await claimed(store)
    await begun(store)
    for failed, at in ((True, State.SENDING), (False, State.WAITING)):
        await store.write(
            sending.try_again,
            "T1",
            GREETING.key,
            not_before=REAL + 10 * SECOND,
            reason="http_500",
            failed=failed,
            at=at,
        )
    assert await claimed(store, now=NOW + DAY) is None
    taken = await store.write(sending.claim, "T1", now=NOW, real=REAL + 10 * SECOND)
    assert taken == [Claimed(GREETING, 1)]


async def test_what_rests_for_long_is_not_due_until_shortly_before(store: Store) -> None:
    await put(store, GREETING)
    again = {"not_before": REAL + LONGEST_REST, "reason": "http_500", "failed": True}
    await store.write(sending.try_again, "T1", GREETING.key, at=State.WAITING, **again)  # type: ignore[arg-type] # the three of them
    assert await store.read(sending.teams_with_due, NOW, REAL) == []
    assert await store.read(sending.teams_with_due, NOW, REAL + LONGEST_REST - SOON) == ["T1"]


async def test_what_is_postponed_becomes_due_then(store: Store) -> None:
    await put(store, GREETING)
    await claimed(store)
    await store.write(sending.postpone, "T1", GREETING.key, NOW + DAY)
    assert await claimed(store) is None
    assert await claimed(store, now=NOW + DAY) == replace(GREETING, due=NOW + DAY)


async def test_what_is_settled_stays_so(store: Store) -> None:
    await put(store, GREETING)
    await claimed(store)
    waits, key = State.WAITING, GREETING.key
    await store.write(sending.settle, "T1", key, State.DEAD, "is_archived", at=waits)
    await store.write(sending.settle, "T1", key, State.DROPPED, at=waits)
    found = await store.read(deliveries.outcome, "T1", GREETING.key)
    assert found == deliveries.Outcome(State.DEAD, None, "is_archived")
    assert await store.read(deliveries.outcome, "T1", "another") is None


async def test_what_another_process_has_begun_is_not_put_back_by_one_that_was_overtaken(
    store: Store,
) -> None:
    await put(store, GREETING)
    await claimed(store)
    await claimed(store, real=REAL + LEASE)
    assert await begun(store)
    again = {"not_before": REAL, "reason": "not_composed", "failed": True}
    await store.write(sending.try_again, "T1", GREETING.key, at=State.WAITING, **again)  # type: ignore[arg-type] # the three of them
    await store.write(sending.settle, "T1", GREETING.key, State.DROPPED, at=State.WAITING)
    assert await state(store) is State.SENDING
    assert not await begun(store)


async def test_the_libraries_with_something_due(store: Store) -> None:
    await put(store, GREETING)
    await put(store, replace(GREETING, due=NOW + DAY), team="T2")
    assert await store.read(sending.teams_with_due, NOW - SECOND, REAL) == []
    assert await store.read(sending.teams_with_due, NOW, REAL) == ["T1"]
    assert await store.read(sending.teams_with_due, NOW + DAY, REAL) == ["T1", "T2"]
    await store.write(deliveries.withdraw, "T1", GREETING.key)
    assert await store.read(sending.teams_with_due, NOW, REAL) == []


async def test_what_was_said_unasked_is_about_one_person(store: Store) -> None:
    other = replace(GREETING, key="other", to="U03")
    await put(store, GREETING, other)

    async def told(team: str, to: str, since: datetime = NOW) -> tuple[object, object]:
        return await store.write(sending.unasked, team, to, since=since, now=NOW)

    assert await told("T1", "U02") == ([], [(GREETING.key, GREETING.kind)])
    await begun(store, unasked_at=NOW)
    await begun(store, "other")
    assert await told("T1", "U02") == ([(GREETING.kind, NOW)], [])
    assert await told("T1", "U02", NOW + SECOND) == ([], [])
    assert await told("T1", "U03") == ([], [])
    assert await told("T2", "U02") == ([], [])


async def test_what_was_said_while_the_clock_was_wrong_keeps_nobody_silent(store: Store) -> None:
    other = replace(GREETING, key="other")
    await put(store, GREETING, other)
    await begun(store, unasked_at=NOW + SECOND)  # set back a little
    await begun(store, "other", unasked_at=NOW + 300 * DAY)
    said, _ = await store.write(sending.unasked, "T1", "U02", since=NOW - DAY, now=NOW)
    assert said == [(GREETING.kind, NOW + SECOND)]


async def test_what_is_due_later_does_not_wait_yet(store: Store) -> None:
    await put(store, replace(GREETING, due=NOW + DAY))
    assert await store.write(sending.unasked, "T1", "U02", since=NOW, now=NOW) == ([], [])


async def test_two_unasked_at_once_come_one_after_the_other(store: Store) -> None:
    """As two replicas do it: each looks and begins in one transaction."""
    keys = [f"k{n}" for n in range(4)]
    await put(store, *(replace(GREETING, key=key) for key in keys))

    def tell(conn: sa.Connection, key: str) -> bool:
        said, _ = sending.unasked(conn, "T1", "U02", since=NOW, now=NOW)
        if said:
            return False
        return sending.begin(conn, "T1", key, real=REAL, unasked_at=NOW)

    told = await asyncio.gather(*(store.write(tell, key) for key in keys))
    assert sorted(told) == [False, False, False, True]


async def test_several_are_taken_together_but_one_for_each_who_hears(store: Store) -> None:
    these = [replace(GREETING, key=f"k{n}", to=f"C{n // 2}") for n in range(6)]
    await put(store, *these)
    claim = partial(sending.claim, now=NOW, real=REAL)
    taken = await store.write(claim, "T1", most=4)
    assert [one.delivery.key for one in taken] == ["k0", "k2"]
    taken = await store.write(claim, "T1", resting=("C0", "C1"), most=4)
    assert [one.delivery.key for one in taken] == ["k4"]


async def test_what_is_for_nobody_comes_when_nobody_else_waits(store: Store) -> None:
    renewals = [replace(GREETING, key=f"a{n}", to="", due=NOW - DAY) for n in range(3)]
    await put(store, *renewals, replace(GREETING, key="b", to="C01"))
    assert [one and one.key for one in [await claimed(store) for _ in range(2)]] == ["b", "a0"]


async def test_who_is_left_in_peace_is_told_nothing_until_then(store: Store) -> None:
    await put(store, GREETING, replace(GREETING, key="again"), replace(GREETING, key="x", to="C9"))
    await store.write(sending.rest, "T1", GREETING.to, REAL + 30 * SECOND)
    assert [one and one.key for one in [await claimed(store) for _ in range(2)]] == ["x", None]
    assert await claimed(store, real=REAL + 30 * SECOND)


async def test_what_is_put_back_may_be_taken_at_once(store: Store) -> None:
    await put(store, GREETING, replace(GREETING, key="other", to="C01"))
    assert len(await store.write(partial(sending.claim, now=NOW, real=REAL), "T1", most=2)) == 2
    await store.write(sending.put_back, "T1", [])
    assert await claimed(store) is None
    await store.write(sending.put_back, "T1", [GREETING.key])
    assert await claimed(store) == GREETING
