import asyncio
from datetime import UTC, datetime, timedelta

from storage import job_run
from storage.database import Store
from storage.job_run import LEASE

PLANNED = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
NOW = PLANNED + timedelta(seconds=1)
DAY = timedelta(days=1)


async def claimed(
    store: Store, *, job: str = "care", now: datetime = NOW, team: str = "T1"
) -> bool:
    return await store.write(job_run.claim, team, job, PLANNED, now)


async def completed(store: Store, planned: datetime = PLANNED) -> bool:
    return await store.write(job_run.complete, "T1", "care", planned, NOW)


async def test_a_moment_planned_is_claimed_once(store: Store) -> None:
    assert sorted(await asyncio.gather(*(claimed(store) for _ in range(5)))) == [False] * 4 + [True]
    assert await claimed(store, job="digest")
    assert await claimed(store, team="T2")
    assert await store.write(job_run.claim, "T1", "care", PLANNED + DAY, NOW + DAY)


async def test_what_was_completed_never_runs_again(store: Store) -> None:
    await claimed(store)
    assert await completed(store)
    assert not await completed(store)
    assert not await claimed(store, now=NOW + 2 * LEASE)


async def test_what_was_begun_and_not_completed_is_taken_over_when_its_lease_is_out(
    store: Store,
) -> None:
    await claimed(store)
    assert not await claimed(store, now=NOW + LEASE - timedelta(seconds=1))
    late = NOW + LEASE
    assert sorted(await asyncio.gather(*(claimed(store, now=late) for _ in range(4)))) == [
        False,
        False,
        False,
        True,
    ]


async def test_what_was_never_claimed_is_not_completed(store: Store) -> None:
    assert not await completed(store)


async def test_the_last_run_is_the_newest_completed(store: Store) -> None:
    assert await store.read(job_run.last, "T1", "care", NOW) is None
    await claimed(store)
    assert await store.read(job_run.last, "T1", "care", NOW) is None
    await completed(store)
    await store.write(job_run.claim, "T1", "care", PLANNED - DAY, NOW)
    await completed(store, PLANNED - DAY)
    assert await store.read(job_run.last, "T1", "care", NOW) == PLANNED
    assert await store.read(job_run.last, "T1", "digest", NOW) is None
    assert await store.read(job_run.last, "T2", "care", NOW) is None


async def test_what_ran_while_the_clock_was_wrong_is_not_the_last(store: Store) -> None:
    ahead = PLANNED + 300 * DAY
    for planned in (PLANNED, ahead):
        await store.write(job_run.claim, "T1", "care", planned, NOW)
        await completed(store, planned)
    assert await store.read(job_run.last, "T1", "care", NOW) == PLANNED
    assert await store.read(job_run.last, "T1", "care", ahead) == ahead
