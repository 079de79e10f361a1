"""The bot as `overview.py` measures it: from within, beside its own statements, and from Slack."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import processes
from slack_sdk.web.async_client import AsyncWebClient
from statements import send_again, statements

from bot.translation import Translator
from bot.workspace import Language
from handlers.clock import Clock
from handlers.house import House
from storage.database import Store

PATIENCE = 30.0
DRAWN, LOOK = 120.0, 0.2  # until it is drawn at most, and between two looks
TEAM = "T01"
Json = dict[str, Any]


@dataclass(frozen=True)
class Inside:
    """The bot's parts, without what brings clicks to them."""

    house: House
    client: AsyncWebClient
    t: Translator

    async def takes(self, work: Callable[[], Awaitable[object]]) -> float:
        """Milliseconds."""
        began = time.perf_counter()
        await work()
        return (time.perf_counter() - began) * 1000

    async def statements_take(self, work: Callable[[], Awaitable[object]]) -> float:
        """Milliseconds that what it sends to the database takes, once more as it is."""
        with statements() as sent:
            await work()
        return await self.takes(lambda: self.house.store.read(send_again, sent))


@asynccontextmanager
async def inside(file: Path, url: str) -> AsyncIterator[Inside]:
    """At that database, and at that sandbox."""
    store = await Store.open(f"sqlite:///{file}")
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-sandbox", base_url=f"{url}/api/", session=session)
        yield Inside(House(store, Clock(), session), client, Translator(Language.DANISH))
    await store.close()


class Front:
    """A colleague after another in Slack, before the bot as a process of its own."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self._control = f"{url}/_sandbox"
        self._http = http
        self._people = itertools.cycle(processes.STAFF)

    async def home(self) -> float:
        """Milliseconds from opening the tab to its view."""
        seen = (await self._log(0))[-1]["seq"]
        user = next(self._people)
        await self._post("home", {"user": user, "wait": "ack"})
        async with asyncio.timeout(PATIENCE):
            while True:
                log = await self._log(seen)
                opened = [e for e in log if e["kind"] == "event" and user in str(e["request"])]
                drawn = [e for e in log if e["name"] == "views.publish" and e["response"]["ok"]]
                if opened and drawn:
                    return _began(drawn[0]) - _began(opened[0])

    async def asks(self, text: str) -> float:
        """Milliseconds until `/partner text` is acknowledged."""
        body = {"user": next(self._people), "channel": processes.CHANNEL, "command": "/partner"}
        told = await self._post("slash", {**body, "text": text, "wait": "ack"})
        return float(told["ack"]["ms"])

    async def circle(self) -> None:
        """Until its picture hangs on a Home."""
        async with asyncio.timeout(DRAWN):
            while True:
                shown = [e for e in await self._log(0) if e["name"] == "views.publish"]
                if any("slack_file" in str(e["request"]) for e in shown if e["response"]["ok"]):
                    return
                await asyncio.sleep(LOOK)

    async def _post(self, what: str, body: Json) -> Json:
        async with self._http.post(f"{self._control}/{what}", json=body) as answer:
            told: Json = await answer.json()
        if not told["ok"]:
            raise SystemExit(f"{what} was not acknowledged: {told}")
        return told

    async def _log(self, since: int) -> list[Json]:
        async with self._http.get(f"{self._control}/log?since={since}") as answer:
            log: list[Json] = await answer.json()
        return log


def _began(entry: Json) -> float:
    """When an exchange began, in milliseconds; `at` is when it was over."""
    over: float = datetime.fromisoformat(entry["at"]).timestamp() * 1000
    return over - float(entry["ms"] or 0)
