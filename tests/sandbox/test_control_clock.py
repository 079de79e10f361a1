"""The workspace's clock: walked in steps, followed, and waited for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox.server import Sandbox
from tests.sandbox.play import Json, Play, manifest_file, play, wire


@pytest.fixture
async def p() -> AsyncIterator[Play]:
    async with play() as running:
        yield running


class Follower:
    """A bot that follows the clock; `work` is what it still has to do at each revision."""

    def __init__(self, p: Play, name: str = "bot") -> None:
        self.p, self.name = p, name
        self.times: list[datetime] = []
        self.busy = 0
        self.free = asyncio.Event()
        self.heard = asyncio.Event()

    async def run(self) -> None:
        rev = 0
        while True:
            query = f"follower={self.name}&rev={rev}&busy={self.busy}"
            told = await self.p.look(f"clock?{query}")
            if told["rev"] != rev:
                rev = told["rev"]
                self.times.append(datetime.fromisoformat(told["now"]))
                self.heard.set()


@asynccontextmanager
async def following(p: Play, name: str = "bot") -> AsyncIterator[Follower]:
    follower = Follower(p, name)
    running = asyncio.create_task(follower.run())
    await follower.heard.wait()
    yield follower
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def now(p: Play) -> datetime:
    return datetime.fromisoformat((await p.look("clock"))["now"])


async def test_it_is_walked_in_steps_that_every_follower_sees(p: Play) -> None:
    async with following(p) as bot:
        start = await now(p)
        bot.times.clear()
        done = await p.do("clock", advance=4 * 3600)
        assert done["ok"]
        first = start.replace(minute=0, second=0, microsecond=0)
        for hour in (1, 2, 3, 4):
            stop = first + timedelta(hours=hour)
            assert any(stop <= at < stop + timedelta(seconds=30) for at in bot.times)
        assert datetime.fromisoformat(done["now"]) >= start + timedelta(hours=4)


async def test_a_jump_is_one_leap(p: Play) -> None:
    async with following(p) as bot:
        start = await now(p)
        bot.times.clear()
        await p.do("clock", now=(start + timedelta(days=7)).isoformat(), jump=True)
        between = [at for at in bot.times if at < start + timedelta(days=6)]
        assert between == []


async def test_it_never_goes_backwards_and_runs_on(p: Play) -> None:
    start = await now(p)
    past = (start - timedelta(seconds=1)).isoformat()
    assert await p.refused("clock", now=past) == (400, "clock_backwards")
    assert await p.refused("clock", now="soon") == (400, "invalid_value")
    assert await p.refused("clock", advance="1") == (400, "invalid_value")
    assert await p.refused("clock", advance=1, step=0) == (400, "invalid_value")
    await p.do("clock", advance=60)
    first = await now(p)
    assert await now(p) > first >= start + timedelta(seconds=60)


async def test_a_follower_that_does_not_finish_is_named(p: Play) -> None:
    async with following(p) as bot:
        bot.busy = 1
        done = await p.do("clock", advance=10, timeout=0.3)
        assert (done["ok"], done["behind"]) == (False, ["bot"])
        idle = await p.look("idle?timeout=0.2")
        assert idle == {"idle": False, "waiting_for": ["follower bot"]}
        bot.busy = 0
        assert (await p.look("idle?quiet_ms=0"))["idle"]


async def test_a_follower_that_is_gone_blocks_nobody(p: Play) -> None:
    async with following(p) as bot:
        bot.busy = 1
        assert not (await p.look("idle?timeout=0.2"))["idle"]
    assert (await p.do("clock", advance=10, timeout=5))["ok"]


async def test_idle_waits_for_events_and_names_them(p: Play) -> None:
    connection = await wire(p)
    await p.do("home", user="U01", wait="ack")
    envelope = await connection.envelope()
    waiting = await p.look("idle?timeout=0.05")
    assert waiting == {"idle": False, "waiting_for": ["event app_home_opened"]}
    await connection.ack(envelope)
    assert await p.look("idle?quiet_ms=0") == {"idle": True, "waiting_for": []}


async def test_a_call_waits_until_a_follower_says_that_it_is_done(tmp_path: Path) -> None:
    async with play(manifest_file(tmp_path)) as p, following(p) as bot:
        connection = await wire(p)
        bot.busy = 1
        call: Json = {"user": "U01", "channel": "C01", "command": "/partner", "text": ""}
        asked = asyncio.create_task(p.do("slash", **call))
        await connection.ack(await connection.envelope())
        late = asyncio.create_task(late_post(p, bot))
        assert (await asked)["ok"]
        assert late.done()
        assert (await p.messages())[-1]["text"] == "Sent arbejde"


async def late_post(p: Play, bot: Follower) -> None:
    """What the bot does after its answer; only then it is free."""
    await p.look("log")
    await p.api("chat.postMessage", channel="C01", text="Sent arbejde")
    bot.busy = 0


async def test_waiting_costs_little_more_than_its_silence(p: Play) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()
    for _ in range(20):
        await p.look("idle?quiet_ms=0")
    assert loop.time() - started < 2


async def test_a_web_api_call_being_served_is_waited_for(p: Play) -> None:
    await p.do("faults", method="auth.test", delay=60)
    calling: asyncio.Task[Any] = asyncio.create_task(p.api("auth.test"))
    while not p.sandbox.engine.activity.waiting_for():
        await p.look("clock")
    waiting = await p.look("idle?timeout=0.01")
    assert waiting["waiting_for"] == ["api auth.test"]
    await p.do("faults", method="auth.test", clear=True)
    assert (await p.look("idle?quiet_ms=0"))["idle"]
    assert calling.done() or (await calling)["ok"]


async def test_it_begins_when_it_is_told_to() -> None:
    at = datetime(2001, 2, 3, 4, 5, tzinfo=UTC)
    sandbox = await Sandbox.start(at=at)
    try:
        assert timedelta() <= sandbox.engine.clock.now() - at < timedelta(minutes=1)
    finally:
        await sandbox.stop()
