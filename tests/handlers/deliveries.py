"""What the tests put into the line of deliveries, and how they look at what came of it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import aiohttp

from handlers.app import build, web_client
from handlers.clock import SandboxClock
from handlers.house import House
from handlers.language import translator
from handlers.tick import Tick
from handlers.tick_plan import Kind
from handlers.views.parts import Reply, rich
from sandbox.server import Sandbox
from storage import delivery as deliveries
from storage.database import Connection, Store
from storage.delivery import Delivery, Outcome
from tests.handlers.library import Json, Library

TEAM = "T01"


@dataclass
class Greeter:
    """A kind of delivery: what it says, and what it was asked and told."""

    words: str = "Goddag"
    silent: bool = False
    failing: int = 0  # times that it cannot be composed
    asked: list[str] = field(default_factory=list)
    told: list[tuple[str, str, str]] = field(default_factory=list)

    async def compose(self, house: House, team: str, delivery: Delivery) -> Reply | None:
        self.asked.append(delivery.key)
        if self.failing:
            self.failing -= 1
            raise RuntimeError("no words")
        if self.silent:
            return None
        t = await translator(house, team, delivery.to)
        words = f"{self.words} {delivery.key} ({t.language})"
        return Reply(words, [rich(words, "greeting")])

    def after(
        self, _conn: Connection, _team: str, delivery: Delivery, channel: str, ts: str
    ) -> None:
        self.told.append((delivery.key, channel, ts))


def greets(house: House, greeter: Greeter | None = None, *, unasked: bool = False) -> Greeter:
    """Sign the kind `greeting` up."""
    greeter = greeter or Greeter()
    house.plan.kinds["greeting"] = Kind(greeter.compose, greeter.after, unasked=unasked)
    return greeter


async def put(
    library: Library, key: str, to: str = "C01", *, in_: timedelta = timedelta(), thread: str = ""
) -> None:
    """Ask for a greeting, as a feature does in a turn."""
    due = library.house.clock.now() + in_
    greeting = Delivery("greeting", 1, to, due, key, thread)
    assert await library.store.write(deliveries.put, TEAM, greeting)
    library.house.wake()


async def idle(library: Library, *, within: float = 10) -> bool:
    """Whether everything due is done within so many seconds."""
    told: Json = await library.look(f"idle?quiet_ms=0&timeout={within}")
    return bool(told["idle"])


async def outcome(library: Library, key: str) -> Outcome:
    found = await library.store.read(deliveries.outcome, TEAM, key)
    assert found
    return found


async def posts(library: Library) -> list[Json]:
    """The messages that Slack was asked to post, refused ones included."""
    return [entry for entry in await library.log("api") if entry["name"] == "chat.postMessage"]


async def direct(library: Library, user: str) -> list[str]:
    """What the bot has said to that person alone."""
    channels = (await library.state(user))["channels"]
    return [m["text"] for c in channels if c["is_im"] for m in c["messages"] if m.get("bot_id")]


async def spoken(library: Library, channel: str = "C01") -> list[str]:
    """What the bot has said in that channel, without threads."""
    return [message["text"] for message in await library.in_channel(channel)]


@asynccontextmanager
async def bot_beside(play: Sandbox, url: str, greeter: Greeter) -> AsyncIterator[Library]:
    """One more life of the bot, on a database that is there, without a connection to Slack."""
    async with AsyncExitStack() as stack:
        store = await Store.open(url)
        stack.push_async_callback(store.close)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        client = web_client(f"{play.url}/api/", "xoxb-sandbox", session)
        clock = SandboxClock(f"{play.url}/_sandbox/clock")
        _, house = build(
            client=client, signing_secret="sandbox-signing-secret", store=store, clock=clock
        )
        greets(house, greeter)
        tick = Tick(house)
        tick.wake()
        await clock.start(house.busy, house.changed)
        stack.push_async_callback(clock.stop)
        await tick.start(alone=True)
        stack.push_async_callback(house.drain)
        stack.push_async_callback(tick.stop)
        yield Library(play, session, store, house)
