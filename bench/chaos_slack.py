"""The sandbox on a bad day, and what stands in it in the end."""

import asyncio
import random
from collections import Counter
from pathlib import Path
from typing import Any

from handlers.delivery_slack import EVENT_TYPE
from handlers.manifest import scopes
from sandbox.api.posting import add_message
from sandbox.faults import Fault
from sandbox.server import Sandbox

HOUSE = Path(__file__).parents[1]
POST = "chat.postMessage"
READS = ("conversations.open", "conversations.history", "conversations.replies")
CHANNELS = ("C01", "C02", "C03")

# How a post goes wrong, and how often beside the others.
_POSTS: dict[str, tuple[int, dict[str, Any]]] = {
    "answer dropped": (6, {"drop_answer": True}),
    "429": (2, {"retry_after": 1}),
    "500, nothing done": (3, {"status": 500}),
    "503": (2, {"status": 503}),
    "internal_error": (1, {"error": "internal_error"}),
    "answered late": (4, {"delay": 0.5}),
    "never answered": (1, {"delay": 5}),
    "never answered, nothing done": (1, {"delay": 5, "status": 500}),
}
_LOOKS: tuple[dict[str, Any], ...] = ({"retry_after": 1}, {"status": 500}, {"drop_answer": True})
_DISCONNECTS = ("warning", "refresh_requested", "abrupt")
_MOST_WAITING = 3  # faults that nothing has run into yet


async def opened(*, history: bool) -> Sandbox:
    """A workspace of 300 people, with or without the optional scopes granted."""
    return await Sandbox.start(
        manifest=HOUSE / "app.yaml",
        scene="large",
        limits=False,
        accept=scopes().optional if history else (),
    )


def people(sandbox: Sandbox) -> list[str]:
    """The colleagues: nobody else is written to."""
    members = sandbox.engine.team().members.values()
    others = [m.id for m in members if m.deleted or m.is_bot or m.is_stranger or m.is_restricted]
    return [m.id for m in members if m.id not in others]


def threads(sandbox: Sandbox) -> list[tuple[str, str]]:
    """A message in each channel to answer to, as channel and `ts`."""
    engine = sandbox.engine
    found = []
    for channel in CHANNELS:
        place = engine.team().channels[channel]
        said = add_message(engine, engine.team(), place, user="U02", text="Tråd")
        found.append((channel, said.ts))
    return found


class BadDay:
    """Lets things go wrong at random until it is over; `hit` counts what was ordered."""

    def __init__(self, sandbox: Sandbox, draw: random.Random, every: float) -> None:
        self._sandbox = sandbox
        self._draw = draw
        self._every = every  # seconds between two faults for posts
        self.hit: Counter[str] = Counter()
        self._coming: list[str] = []

    async def run(self) -> None:
        """Until it is cancelled."""
        await asyncio.gather(self._posts(), self._reads(), self._connections())

    def over(self) -> None:
        """From now on all goes well."""
        self._sandbox.engine.faults.clear()

    async def _posts(self) -> None:
        while True:
            await asyncio.sleep(self._draw.uniform(0, 2 * self._every))
            waiting = [f for f in self._sandbox.engine.faults.waiting if f.method == POST]
            if len(waiting) < _MOST_WAITING:
                name = self._next()
                self._order(name, Fault(POST, **_POSTS[name][1]))

    def _next(self) -> str:
        """As from a pack of cards on which each kind lies once before any lies there again."""
        if not self._coming:
            pack = [name for name, (often, _) in _POSTS.items() for _ in range(often - 1)]
            below, on_top = (self._draw.sample(cards, len(cards)) for cards in (pack, list(_POSTS)))
            self._coming = below + on_top
        return self._coming.pop()

    async def _reads(self) -> None:
        while True:
            await asyncio.sleep(self._draw.uniform(0, 20 * self._every))
            method, how = self._draw.choice(READS), self._draw.choice(_LOOKS)
            self._sandbox.engine.faults.clear(method)
            self._order(f"{method} failed", Fault(method, **how))

    async def _connections(self) -> None:
        while True:
            await asyncio.sleep(self._draw.uniform(0, 20 * self._every))
            reason = self._draw.choice(_DISCONNECTS)
            self.hit[f"socket {reason}"] += 1
            await self._sandbox.engine.delivery.disconnect(reason)

    def _order(self, name: str, fault: Fault) -> None:
        self.hit[name] += 1
        self._sandbox.engine.faults.add(fault)


def standing(sandbox: Sandbox) -> Counter[str]:
    """How often each message stands in the workspace, by its metadata."""
    found: Counter[str] = Counter()
    for channel in sandbox.engine.team().channels.values():
        for message in channel.messages:
            if message.metadata and message.metadata["event_type"] == EVENT_TYPE:
                found[message.metadata["event_payload"]["key"]] += 1
    return found
