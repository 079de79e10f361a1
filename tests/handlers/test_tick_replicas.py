"""Two whole bots on one PostgreSQL: there is no leader, and nothing is done or said twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import cycle
from pathlib import Path

import aiohttp
import pytest

from bot.timetable import At, Row
from handlers.app import build, web_client
from handlers.clock import SandboxClock
from handlers.connection import Http, Socket
from handlers.manifest import manifest_text
from handlers.tick import Tick
from sandbox.server import Sandbox
from storage import delivery as deliveries
from storage import partner_search
from storage.database import Connection, Store
from storage.delivery import Delivery
from tests.handlers.deliveries import TEAM, direct, greets, idle, posts
from tests.handlers.library import MANIFEST
from tests.handlers.library_settings import decide
from tests.handlers.wire import OverHttp
from tests.handlers.wire import deliveries as brought
from tests.storage.databases import PostgresServer

SECRET = "sandbox-signing-secret"
PEOPLE = ("U02", "U03", "U06", "U07", "U08", "U09")
NINE = Row("morning", At(time(9)))
MONDAY = datetime(2027, 1, 11, 7, 59, tzinfo=UTC)  # a minute before nine in Copenhagen


@dataclass
class Pair:
    """Two bots, to which Slack turns by turns."""

    one: OverHttp
    other: OverHttp
    over_http: bool

    def __post_init__(self) -> None:
        self._turns = cycle((self.one, self.other))

    async def turn(self) -> None:
        """Over HTTP, let the next request go to the other one; a socket's turn comes by itself."""
        if self.over_http:
            url = next(self._turns).url
            assert (await self.one.control("app", request_url=url))["ok"]

    async def add(self, name: str) -> None:
        """One bot opens the form, the other takes it."""
        await self.turn()
        await self.one.write(f"ny {name}")
        await self.turn()
        assert (await self.one.submit({}))["ok"]
        await self.one.close()


async def bot(stack: AsyncExitStack, play: Sandbox, database: str, *, over_http: bool) -> OverHttp:
    """One whole bot: its database, its clock, its tick, and the way by which Slack reaches it."""
    store = await Store.open(database)
    stack.push_async_callback(store.close)
    session = await stack.enter_async_context(aiohttp.ClientSession())
    client = web_client(f"{play.url}/api/", "xoxb-sandbox", session)
    clock = SandboxClock(f"{play.url}/_sandbox/clock")
    app, house = build(client=client, signing_secret=SECRET, store=store, clock=clock)
    tick = Tick(house)
    await clock.start(house.busy, house.changed)
    stack.push_async_callback(clock.stop)
    connection = Http(app, 0, SECRET) if over_http else Socket(app, "xapp-sandbox")
    await connection.start()
    stack.push_async_callback(connection.stop)
    await tick.start(alone=False)
    stack.push_async_callback(house.drain)
    stack.push_async_callback(tick.stop)
    port = connection.port if isinstance(connection, Http) else None
    return OverHttp(play, session, store, house, f"http://127.0.0.1:{port}/slack/events")


@pytest.fixture(params=["socket", "http"])
async def pair(
    request: pytest.FixtureRequest, tmp_path: Path, postgres: PostgresServer
) -> AsyncIterator[Pair]:
    over_http = request.param == "http"
    manifest = MANIFEST
    if over_http:
        manifest = tmp_path / "http.yaml"
        manifest.write_text(manifest_text("http://127.0.0.1:9"), encoding="utf-8")
    url = await postgres.emptied()
    async with AsyncExitStack() as stack:
        play = await Sandbox.start(manifest=manifest, limits=False)
        stack.push_async_callback(play.stop)
        one, other = [await bot(stack, play, url, over_http=over_http) for _ in range(2)]
        if not over_http:
            assert (await one.look("ready?connections=2"))["ok"]
        await decide(one, coordinators=("U01",), switched_on=True)
        other.house.forget(TEAM)
        yield Pair(one, other, over_http)


async def test_what_one_bot_begins_the_other_ends(pair: Pair) -> None:
    names = ["Fredagsbio", "Kodeklubben", "Pixelværket", "Springbræt"]
    for name in names:
        await pair.add(name)
    for name in names:
        (found,) = await pair.other.store.read(partner_search.search, TEAM, name)
        assert found.name == name


@pytest.mark.parametrize("pair", ["http"], indirect=True)
async def test_brought_to_both_at_once_it_is_done_once(pair: Pair) -> None:
    await pair.add("Springbræt")
    submission = (await brought(pair.one, "view_submission"))[-1]
    answers = await asyncio.gather(pair.one.again(submission), pair.other.again(submission))
    assert [status for status, _ in answers] == [200, 200]
    assert len(await pair.one.store.read(partner_search.search, TEAM, "Springbræt")) == 1


async def test_what_falls_due_for_both_is_done_and_said_once(pair: Pair) -> None:
    greeters = [greets(each.house) for each in (pair.one, pair.other)]
    ran = []

    def morning(conn: Connection, team: str, planned: datetime, now: datetime) -> None:
        ran.append(planned)
        for user in PEOPLE:
            greeting = Delivery("greeting", 1, user, now, f"{planned:%d}.{user}")
            assert deliveries.put(conn, team, greeting)

    await wind(pair, MONDAY)
    for each in (pair.one, pair.other):
        each.house.plan.jobs.append((NINE, morning))
        each.house.wake()
    assert await idle(pair.one)
    for days in (0, 1, 2):
        await wind(pair, MONDAY + timedelta(days=days, minutes=1))
    assert [planned.day for planned in ran] == [11, 12, 13]
    asked = [key for greeter in greeters for key in greeter.asked]
    assert len(asked) == len({*asked}) == len(await posts(pair.one)) == 3 * len(PEOPLE)
    for user in PEOPLE:
        assert len({*await direct(pair.one, user)}) == len(await direct(pair.one, user)) == 3


async def wind(pair: Pair, to: datetime) -> None:
    told = await pair.one.control("clock", now=to.isoformat(), jump=True)
    assert told["ok"], told
    assert await idle(pair.one)
