import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from handlers.clock import Changed, Clock, SandboxClock
from sandbox.server import Sandbox
from tests.handlers.library import Library
from tests.handlers.wire import database, free_port, held_up, let_go, rows

CLOSE = timedelta(seconds=2)


@asynccontextmanager
async def following(
    sandbox: Sandbox, busy: list[int]
) -> AsyncIterator[tuple[SandboxClock, Changed]]:
    clock, changed = SandboxClock(f"{sandbox.url}/_sandbox/clock"), Changed()
    await clock.start(lambda: busy[0], changed)
    try:
        yield clock, changed
    finally:
        await clock.stop()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = await Sandbox.start()
    yield sandbox
    await sandbox.stop()


async def caught_up(sandbox: Sandbox) -> None:
    """Wait until the follower has said that it knows the time."""
    async with asyncio.timeout(5):
        while sandbox.engine.clock.behind():
            await asyncio.wait({asyncio.ensure_future(sandbox.engine.clock._wait(0.01))})


def test_the_machines_clock_is_utc_and_right() -> None:
    now = Clock().now()
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < CLOSE


async def test_the_machines_clock_follows_nobody(sandbox: Sandbox) -> None:
    clock = Clock()
    await clock.start(lambda: 0, Changed())
    await clock.stop()
    assert not sandbox.engine.clock.followers()


async def test_the_time_is_the_sandboxs_from_the_first_moment(sandbox: Sandbox) -> None:
    sandbox.engine.clock.advance(40 * 86_400)
    async with following(sandbox, [0]) as (clock, _):
        assert abs(clock.now() - sandbox.engine.clock.now()) < CLOSE
        assert clock.now().utcoffset() == timedelta(0)


async def test_a_clock_that_is_wound_is_followed_and_runs_on(sandbox: Sandbox) -> None:
    async with following(sandbox, [0]) as (clock, _):
        for _ in range(3):
            sandbox.engine.clock.advance(86_400)
            await caught_up(sandbox)
            assert abs(clock.now() - sandbox.engine.clock.now()) < CLOSE
        first = clock.now()
        assert clock.now() > first


async def test_it_never_goes_back_by_the_time_an_answer_takes(sandbox: Sandbox) -> None:
    """What is due now is still due at the next look."""
    async with following(sandbox, [0]) as (clock, _):
        for _ in range(20):
            before = clock.now()
            sandbox.engine.clock.advance(0)
            await caught_up(sandbox)
            assert clock.now() >= before


async def test_who_wants_to_know_is_told_before_the_sandbox_is(sandbox: Sandbox) -> None:
    busy = [0]
    async with following(sandbox, busy) as (clock, changed):

        def wound() -> None:
            busy[0] = 1

        clock.on_wound(wound)
        sandbox.engine.clock.advance(3600)
        done, _ = await asyncio.wait({asyncio.ensure_future(caught_up(sandbox))}, timeout=0.3)
        assert not done
        busy[0] = 0
        clock.on_wound(lambda: None)
        changed.tell()
        await caught_up(sandbox)


async def test_nobody_is_told_of_a_question_that_winds_nothing(sandbox: Sandbox) -> None:
    told: list[float] = []
    async with following(sandbox, [0]) as (clock, _):
        clock.on_wound(lambda: told.append(1))
        sandbox.engine.clock.advance(0)
        await caught_up(sandbox)
        assert not told
        sandbox.engine.clock.advance(0.5)
        await caught_up(sandbox)
        assert len(told) == 1
        sandbox.engine.clock.reset()
        await caught_up(sandbox)
        assert len(told) == 2


async def test_who_is_at_work_is_told_and_waited_for(sandbox: Sandbox) -> None:
    busy = [1]
    async with following(sandbox, busy) as (_, changed):
        sandbox.engine.clock.advance(3600)
        done, _ = await asyncio.wait({asyncio.ensure_future(caught_up(sandbox))}, timeout=0.3)
        assert not done
        busy[0] = 0
        changed.tell()
        await caught_up(sandbox)


async def test_a_sandbox_that_started_over_is_followed_again(sandbox: Sandbox) -> None:
    async with following(sandbox, [0]) as (clock, _):
        sandbox.engine.clock.advance(10 * 86_400)
        await caught_up(sandbox)
        sandbox.engine.clock.reset()
        await caught_up(sandbox)
        assert abs(clock.now() - datetime.now(UTC)) < CLOSE


async def test_a_sandbox_that_is_away_for_a_while_is_found_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    port, busy = free_port(), [0]
    sandbox = await Sandbox.start(port=port)
    async with following(sandbox, busy) as (clock, changed):
        await sandbox.stop()
        busy[0] = 1
        changed.tell()
        async with asyncio.timeout(5):
            while "does not answer" not in caplog.text:
                await asyncio.wait({asyncio.ensure_future(changed.wait())}, timeout=0.01)
        assert abs(clock.now() - datetime.now(UTC)) < CLOSE
        busy[0] = 0
        again = await Sandbox.start(port=port)
        again.engine.clock.advance(86_400)
        async with asyncio.timeout(10):
            while not again.engine.clock.followers():
                await asyncio.wait({asyncio.ensure_future(again.engine.clock._wait(0.05))})
            await caught_up(again)
        assert abs(clock.now() - again.engine.clock.now()) < CLOSE
        await again.stop()


async def test_a_sandbox_that_is_not_there_stops_the_start() -> None:
    clock = SandboxClock("http://127.0.0.1:9/_sandbox/clock")
    with pytest.raises(aiohttp.ClientError):
        await clock.start(lambda: 0, Changed())


async def test_idle_waits_for_a_handler_at_work(library: Library) -> None:
    await held_up(library, "views.open")
    await library.control(
        "slash", user="U02", channel="C03", command="/partner", text="tjek", wait="ack"
    )
    assert library.house.busy() == 1
    told = await library.look("idle?timeout=0.2&quiet_ms=0")
    assert not told["idle"]
    await let_go(library, "views.open")
    assert (await library.look("idle?quiet_ms=0"))["idle"]
    assert library.house.busy() == 0
    assert (await library.view())["callback_id"] == "tjek_start"


async def test_what_is_stored_carries_the_sandboxs_time(library: Library, tmp_path: Path) -> None:
    await library.control("clock", advance=400 * 86_400, jump=True)
    await library.write("tjek Pixelværket")
    await library.submit({})
    ((stored,),) = rows(database(tmp_path), "SELECT started_at FROM tjek")
    at = datetime.fromisoformat((await library.state())["now"])
    assert at.year > datetime.now(UTC).year
    assert abs(datetime.fromisoformat(stored).replace(tzinfo=UTC) - at) < CLOSE


async def test_a_house_without_work_is_drained_at_once(library: Library) -> None:
    async with asyncio.timeout(1):
        await library.house.drain()
    assert library.house.busy() == 0


async def test_draining_waits_for_the_last_one(library: Library) -> None:
    house = library.house
    with house.at_work(), house.at_work():
        draining = asyncio.create_task(house.drain())
        done, _ = await asyncio.wait({draining}, timeout=0.05)
        assert not done
        assert house.busy() == 2
    async with asyncio.timeout(1):
        await draining
