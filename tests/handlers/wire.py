"""Beside the front door: what Slack's machinery does, and what lies in the database."""

import json
import random
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_bolt.async_app import AsyncApp

from handlers.app import build, web_client
from handlers.clock import SandboxClock
from handlers.connection import Http, Socket
from handlers.manifest import manifest_text
from sandbox.delivery.http import signature
from sandbox.server import Sandbox
from storage.database import Store
from tests.handlers.library import MANIFEST, Json, Library
from tests.storage.databases import sqlite_url

BOT = {"Authorization": "Bearer xoxb-sandbox"}
PORTS = range(10_000, 30_000)
PATIENCE = 60  # seconds; longer than any test waits
OLD_BUTTON = "Den knap er gammel og passer ikke længere. Skriv /partner, så får du de nye."


@dataclass
class OverHttp(Library):
    """The same library, with Slack calling the bot at `url`."""

    url: str

    async def post(self, body: bytes, **headers: str) -> tuple[int, str]:
        async with self.http.post(self.url, data=body, headers=headers) as answer:
            return answer.status, await answer.text()

    async def again(self, entry: Json) -> tuple[int, str]:
        """Bring a delivery of the log once more, with a fresh signature."""
        body, mime = _body(entry["request"])
        return await self.post(body, **self.signed(body), **{"Content-Type": mime})

    def signed(self, body: bytes, age: float = 0) -> dict[str, str]:
        """The headers of a body that was signed `age` seconds ago."""
        stamp = str(int(self.sandbox.engine.clock.real().timestamp() - age))
        return {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(stamp, body),
        }


def _body(request: Json) -> tuple[bytes, str]:
    payload = request["payload"]
    if request["type"] == "events_api":
        return json.dumps(payload).encode(), "application/json"
    fields = payload if request["type"] == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def free_port() -> int:
    """One that stays free: none of those that the system gives to every call on its way out."""
    while True:
        port = random.choice(PORTS)
        with suppress(OSError), closing(socket.create_server(("127.0.0.1", port))):
            return port


async def moved_in(
    stack: AsyncExitStack, sandbox: Sandbox, folder: Path
) -> tuple[AsyncApp, Library]:
    """The bot with its database, before anything connects it to the sandbox."""
    store = await Store.open(sqlite_url(database(folder)))
    stack.push_async_callback(store.close)
    session = await stack.enter_async_context(aiohttp.ClientSession())
    clock = SandboxClock(f"{sandbox.url}/_sandbox/clock")
    app, house = build(
        client=web_client(f"{sandbox.url}/api/", "xoxb-sandbox", session),
        signing_secret="sandbox-signing-secret",
        store=store,
        clock=clock,
    )
    await clock.start(house.busy, house.changed)
    stack.push_async_callback(clock.stop)
    return app, Library(sandbox, session, store, house)


@asynccontextmanager
async def over_http(folder: Path) -> AsyncIterator[OverHttp]:
    """A sandbox that calls the bot over HTTP, as the manifest made for HTTP tells it to."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    manifest = folder / "http.yaml"
    manifest.write_text(manifest_text(address), encoding="utf-8")
    async with AsyncExitStack() as stack:
        sandbox = await Sandbox.start(manifest=manifest, limits=False)
        stack.push_async_callback(sandbox.stop)
        app, bot = await moved_in(stack, sandbox, folder)
        server = Http(app, port, "sandbox-signing-secret")
        await server.start()
        stack.push_async_callback(server.stop)
        stack.push_async_callback(bot.house.drain)
        yield OverHttp(sandbox, bot.http, bot.store, bot.house, f"{address}/slack/events")


@dataclass
class OverSockets(Library):
    """The same library, with the connections of the bot at hand."""

    sockets: list[Socket]


@asynccontextmanager
async def over_sockets(folder: Path, connections: int = 1) -> AsyncIterator[OverSockets]:
    """A sandbox and a bot with so many Socket Mode connections."""
    async with AsyncExitStack() as stack:
        sandbox = await Sandbox.start(manifest=MANIFEST, limits=False)
        stack.push_async_callback(sandbox.stop)
        app, bot = await moved_in(stack, sandbox, folder)
        sockets = [Socket(app, "xapp-sandbox") for _ in range(connections)]
        for opened in sockets:
            await opened.start()
            stack.push_async_callback(opened.stop)
        stack.push_async_callback(bot.house.drain)
        yield OverSockets(sandbox, bot.http, bot.store, bot.house, sockets)


async def api(library: Library, method: str, **arguments: Any) -> Json:
    """A call of the Web API as the bot, past the bot."""
    url = f"{library.sandbox.url}/api/{method}"
    async with library.http.post(url, json=arguments, headers=BOT) as answer:
        told: Json = await answer.json()
    assert told["ok"], told
    return told


async def show_modal(library: Library, view: Json, user: str = "U02") -> str:
    """Open a modal as an earlier version of the bot might have."""
    trigger = library.sandbox.engine.triggers.issue(library.sandbox.engine.team(), user)
    opened: str = (await api(library, "views.open", trigger_id=trigger, view=view))["view"]["id"]
    return opened


async def fault(library: Library, method: str, **how: Any) -> None:
    assert (await library.control("faults", method=method, **how))["ok"]


async def held_up(library: Library, method: str, match: Json | str | None = None) -> None:
    """The answer of the next such call waits until `let_go`."""
    await fault(library, method, match=match, delay=PATIENCE)


async def let_go(library: Library, method: str) -> None:
    """Slack answers what was held up."""
    await fault(library, method, clear=True, wait="ack")


async def deliveries(library: Library, name: str) -> list[Json]:
    """What was brought to the bot under that name, oldest first."""
    entries: list[Json] = await library.look("log")
    return [e for e in entries if e["kind"] in ("envelope", "event") and e["name"] == name]


def database(folder: Path) -> Path:
    return folder / "partnerbot.db"


def rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as conn:
        return conn.execute(query).fetchall()


def run(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


@contextmanager
def broken(file: Path, table: str) -> Iterator[None]:
    """Let the database refuse every new row of a table, for a reason nobody foresaw."""
    run(
        file,
        f"CREATE TRIGGER breakdown BEFORE INSERT ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'breakdown'); END",
    )
    try:
        yield
    finally:
        run(file, "DROP TRIGGER breakdown")


def count(file: Path, table: str) -> int:
    found: int = rows(file, f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608 - a table's name
    return found
