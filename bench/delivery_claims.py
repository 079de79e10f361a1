"""Claims per second on PostgreSQL, beside procrastinate's on the same server.

Both have as many things that are due, and four workers that take them one after the other until
none is left: once taken only, and once taken and marked as done. Ours is taken as the outbox takes
it, a few at a time, and marked twice: before Slack is told and after.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import procrastinate
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

from handlers.delivery_outbox import AT_ONCE, CLAIMED
from storage import delivery as deliveries
from storage import delivery_sending as sending
from storage.database import Connection, Store
from storage.delivery import Delivery
from tests.storage.databases import PostgresServer, postgres_server

TEAM = "T01"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
CONNECTIONS = 10  # as many as ours
Work = Callable[[], Awaitable[int]]  # one worker until nothing is left; how many it took


@dataclass(frozen=True)
class Claims:
    """Lines to read, the figures that count, and ours as a multiple of theirs."""

    lines: list[str]
    verdict: str
    ratio: float


async def compare(count: int) -> Claims:
    """With so many things that are due."""
    with postgres_server() as server:
        ours = await _ours(server, count)
        theirs = await _theirs(server, count)
    lines = [
        f"{name}, a second: ours {own:.0f}, procrastinate {other:.0f}"
        for name, own, other in zip(("taken", "taken and marked"), ours, theirs, strict=True)
    ]
    ratio = ours[0] / theirs[0]
    verdict = f"claims ours {ours[0]:.0f}/s, procrastinate {theirs[0]:.0f}/s, ratio {ratio:.2f}"
    return Claims(lines, verdict, ratio)


async def _a_second(work: Work, count: int) -> float:
    began = time.perf_counter()
    taken = await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    if sum(taken) != count:
        raise SystemExit(f"of {count} due things {sum(taken)} were taken")
    return count / (time.perf_counter() - began)


async def _ours(server: PostgresServer, count: int) -> tuple[float, float]:
    async with server.database() as url, AsyncExitStack() as stack:
        store = await Store.open(url)
        stack.push_async_callback(store.close)

        async def claimed() -> list[str]:
            claim = partial(sending.claim, now=NOW, real=NOW, most=CLAIMED)
            taken = await store.write(claim, TEAM)
            return [one.delivery.key for one in taken]

        async def take() -> int:
            found = 0
            while keys := await claimed():
                found += len(keys)
            return found

        async def take_and_mark() -> int:
            found = 0
            while keys := await claimed():
                for key in keys:
                    await store.write(sending.begin, TEAM, key, real=NOW)
                    await store.write(sending.mark_said, TEAM, key, channel="D1", ts="1.1")
                found += len(keys)
            return found

        await store.write(_put, count)
        taken = await _a_second(take, count)
        await store.write(sending.release)
        return taken, await _a_second(take_and_mark, count)


def _put(conn: Connection, count: int) -> None:
    for number in range(count):
        deliveries.put(conn, TEAM, Delivery("bench", 1, f"U{number}", NOW, f"bench.{number}"))


async def _theirs(server: PostgresServer, count: int) -> tuple[float, float]:
    async with server.database(empty=True) as url:
        pool = procrastinate.PsycopgConnector(
            conninfo=url, min_size=CONNECTIONS, max_size=CONNECTIONS
        )
        app = procrastinate.App(connector=pool)
        async with app.open_async():
            await app.schema_manager.apply_schema_async()
            jobs = app.job_manager
            worker = await jobs.register_worker()
            task = app.configure_task("bench")
            await task.batch_defer_async(*({} for _ in range(count)))
            taken = await _a_second(lambda: _take(jobs, worker, mark=False), count)
            await task.batch_defer_async(*({} for _ in range(count)))
            return taken, await _a_second(lambda: _take(jobs, worker, mark=True), count)


async def _take(jobs: JobManager, worker: int, *, mark: bool) -> int:
    found = 0
    while (job := await jobs.fetch_job(None, worker)) and job.id is not None:
        if mark:
            await jobs.finish_job_by_id_async(job.id, Status.SUCCEEDED, delete_job=False)
        found += 1
    return found
