"""The digest is said once: over restarts, and with two bots on one PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from handlers.app import build, web_client
from handlers.clock import SandboxClock
from handlers.tick import Tick
from sandbox.server import Sandbox
from storage import delivery as deliveries
from storage import delivery_sending as sending
from storage import job_run
from storage.database import Connection, Store
from storage.delivery import Delivery
from tests.handlers.deliveries import TEAM, idle, spoken
from tests.handlers.library import MANIFEST, Library
from tests.handlers.library_settings import decide
from tests.storage.databases import PostgresServer, sqlite_url

FRIDAY = datetime(2027, 1, 8, 12, tzinfo=UTC)
NINE = datetime(2027, 1, 12, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DIGEST = ["Venner af huset · uge 2: Kodeklubben Nord"]


@pytest.fixture
async def play() -> AsyncIterator[Sandbox]:
    """A Slack that outlives the bots."""
    play = await Sandbox.start(manifest=MANIFEST, limits=False)
    yield play
    await play.stop()


@asynccontextmanager
async def bot(play: Sandbox, url: str, *, alone: bool) -> AsyncIterator[Library]:
    """One life of a bot, on a database that others may use too."""
    async with AsyncExitStack() as stack:
        store = await Store.open(url)
        stack.push_async_callback(store.close)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        client = web_client(f"{play.url}/api/", "xoxb-sandbox", session)
        clock = SandboxClock(f"{play.url}/_sandbox/clock")
        _, house = build(client=client, signing_secret="secret", store=store, clock=clock)
        tick = Tick(house)
        tick.wake()
        await clock.start(house.busy, house.changed)
        stack.push_async_callback(clock.stop)
        await tick.start(alone=alone)
        stack.push_async_callback(house.drain)
        stack.push_async_callback(tick.stop)
        while house.busy():  # with the first beat
            await house.changed.wait()
        yield Library(play, session, store, house)


async def wind(library: Library, to: datetime) -> None:
    told = await library.control("clock", now=to.isoformat(), jump=True)
    assert told["ok"], told
    assert await idle(library)


async def begun(library: Library) -> None:
    """Set up on a Friday, and something is new."""
    await decide(library, coordinators=("U01",), digest_channel="C01", switched_on=True)
    await wind(library, FRIDAY)
    await library.known("Kodeklubben Nord", known_by=("U03",))


async def test_over_restarts_it_is_said_once(play: Sandbox, tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "partnerbot.db")
    async with bot(play, url, alone=True) as first:
        await begun(first)
        await wind(first, NINE - MINUTE)
    await play_on(play, NINE + MINUTE)
    for _ in range(3):
        async with bot(play, url, alone=True) as later:
            assert await idle(later)
            assert await spoken(later) == DIGEST


async def test_who_died_composing_leaves_it_to_the_next(play: Sandbox, tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "partnerbot.db")
    planned = Delivery("digest", 202702, "C01", NINE, "digest.2027-W02")

    def die(conn: Connection) -> None:
        real = datetime.now(UTC)
        assert job_run.claim(conn, TEAM, "digest", NINE, real)
        assert job_run.complete(conn, TEAM, "digest", NINE, NINE)
        assert deliveries.put(conn, TEAM, planned)
        assert sending.claim(conn, TEAM, now=NINE, real=real)

    async with bot(play, url, alone=True) as first:
        await begun(first)
        await wind(first, NINE - MINUTE)
        await first.store.write(die)
    await play_on(play, NINE + MINUTE)
    async with bot(play, url, alone=True) as later:
        assert await idle(later)
        assert await spoken(later) == DIGEST


async def test_two_bots_say_it_once(play: Sandbox, postgres: PostgresServer) -> None:
    url = await postgres.emptied()
    async with bot(play, url, alone=False) as one, bot(play, url, alone=False) as other:
        await begun(one)
        other.house.forget("T01")
        await wind(one, NINE - MINUTE)
        await wind(one, NINE)
        assert await idle(other)
        assert await spoken(one) == DIGEST
        await wind(one, NINE + timedelta(days=2))
        assert await spoken(other) == DIGEST


async def play_on(play: Sandbox, to: datetime) -> None:
    """Time passes without a bot."""
    body = {"now": to.isoformat(), "jump": True}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{play.url}/_sandbox/clock", json=body) as answer,
    ):
        assert (await answer.json())["ok"]
