"""Search-as-you-type among 100,000 partners, on SQLite and PostgreSQL.

A colleague types into the form's select: the sandbox asks the bot for options, and the time is from
its question to its answer. Beside it, in the same round, storage answers the same words without bot
and Slack, and then the statements that it sent are sent once more as they are through an engine
of the same kind: what storage takes over that is its share.
"""

import asyncio
import math
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
import processes
import psutil
import search_register
from figures import Figures
from statements import send_again, statements

from storage import migrate
from storage.database import Store
from storage.partner_search import suggest
from tests.storage.databases import postgres_server

MOST = 50.0  # milliseconds at p99, through the bot
MOST_TIMES = 2.0  # storage against its own statements

SIZE = 100_000
ROUNDS = 10
OPTIONS = 20
PATIENCE = 30.0  # seconds until the form is open
TEAM = "T01"
NEIGHBOUR = "T02"  # a small library in the same database
SMALLER = 500  # times
Ask = Callable[[str], Awaitable[int]]  # how many options there are for some words
USER = processes.STAFF[0]
PICK = "partner_pick"

# As people type: beginnings, several words, Danish letters in both spellings, slips, words that are
# on every second card, what nobody has, and what means something to a database.
TYPED = (
    *("", "f", "s", "å", "ø", "fo", "te", "ka", "for", "kul", "sko"),
    *(
        "foreningen",
        "Foreningen S",
        "foreningen aarhus",
        "forening kultur",
        "f fo for",
        "f s",
        "a b",
    ),
    *("k m a", "kultur og", "kultur børn", "boern kultur", "mette jensen", "mette ågård", "ærø"),
    *(
        "Ørest",
        "oerest",
        "Århus",
        "aarhus",
        "hørsholm skakforening",
        "cafe",
        "idrætsforening valby",
    ),
    *("lektiehjælp foredrag", "mette kultur idræts", "foreningen klubben", "teater aps", "venner"),
    *("sprinbæk", "sejlfrening", "kultr", "foreningn aarhs", "forening for idrætsforening"),
    *("post", "ster", "xyzzy", "foreningen xyzzy", "ålborg jensen skak lind", "intet vrøvl her"),
    *('"foreningen"', "foren*", "-kultur", "kultur OR skak", "NEAR(kultur, børn)", "(kultur)", "%"),
)


@dataclass
class Times:
    """Milliseconds, each list in the order of the others."""

    bot: list[float] = field(default_factory=list)
    storage: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    neighbour: list[float] = field(default_factory=list)  # storage, in the small library
    storage_busy: list[float] = field(default_factory=list)  # the processor
    bare_busy: list[float] = field(default_factory=list)
    bot_busy: float = 0.0  # in all


def measure(size: int | None, _only: Sequence[str]) -> Figures:
    """The figures of both databases; `size` is how many partners, and few are asked less often."""
    with tempfile.TemporaryDirectory() as folder:
        count = size or SIZE
        return asyncio.run(_measure(Path(folder), count, max(1, ROUNDS * count // SIZE)))


async def _measure(folder: Path, size: int, rounds: int) -> Figures:
    file = folder / "partnerbot.db"
    sqlite = f"sqlite:///{file}"
    with postgres_server() as server:
        async with server.database() as postgres:
            await migrate.upgrade(sqlite, backup=False)
            libraries = {TEAM: size, NEIGHBOUR: max(size // SMALLER, 1)}
            await search_register.fill(file, libraries, postgres=postgres)
            urls = {"SQLite": sqlite, "PostgreSQL": postgres}
            async with AsyncExitStack() as stack:
                people = [
                    await stack.enter_async_context(_colleague(folder, url))
                    for url in urls.values()
                ]
                for number in range(rounds + 1):
                    for words in TYPED:
                        for colleague in people:
                            await colleague.types(words, counts=number > 0)
    return _figures(size, dict(zip(urls, (one.times for one in people), strict=True)))


class Colleague:
    """Somebody at a form of the bot, and the same database without the bot."""

    def __init__(self, ask: Ask, bot: psutil.Process, store: Store) -> None:
        self._ask = ask
        self._bot = bot
        self._store = store
        self.times = Times()

    async def types(self, words: str, *, counts: bool) -> None:
        """Ask in all the ways."""
        times = self.times if counts else Times()
        busy, began = _busy(self._bot), time.perf_counter()
        told = await self._ask(words)
        times.bot.append(_since(began))
        times.bot_busy += _busy(self._bot) - busy
        began, busy = time.perf_counter(), time.process_time()
        await self._store.read(suggest, TEAM, words, limit=OPTIONS)
        times.storage.append(_since(began))
        times.storage_busy.append((time.process_time() - busy) * 1000)
        with statements() as sent:
            hits = await self._store.read(suggest, TEAM, words, limit=OPTIONS)
        if told != len(hits):
            raise SystemExit(f"{words!r}: the bot offers {told}, not {len(hits)}")
        began, busy = time.perf_counter(), time.process_time()
        await self._store.read(send_again, sent)
        times.bare.append(_since(began))
        times.bare_busy.append((time.process_time() - busy) * 1000)
        began = time.perf_counter()
        await self._store.read(suggest, NEIGHBOUR, words, limit=OPTIONS)
        times.neighbour.append(_since(began))


@asynccontextmanager
async def _colleague(folder: Path, url: str) -> AsyncIterator[Colleague]:
    """With a form open that has the select in it."""
    store = await Store.open(url)
    with ExitStack() as stack:
        sandbox = stack.enter_context(processes.sandbox())
        started = stack.enter_context(processes.bot(sandbox, folder / "partnerbot.db", url))
        async with aiohttp.ClientSession() as http:
            control = f"{sandbox}/_sandbox"
            body = {"user": USER, "channel": processes.CHANNEL, "command": "/partner"}
            async with http.post(f"{control}/slash", json={**body, "text": "tjek"}) as answer:
                await answer.read()
            view = await _view(control, http)
            asked = {"user": USER, "view_id": view, "action_id": PICK, "block_id": PICK}
            asked["wait"] = "ack"  # not until nothing happens any more, as a demo wants

            async def ask(words: str) -> int:
                async with http.post(f"{control}/suggest", json={**asked, "value": words}) as reply:
                    told = await reply.json()
                if not told["ok"]:
                    raise SystemExit(f"no options for {words!r}: {told}")
                return len(told["options"])

            yield Colleague(ask, psutil.Process(started.pid), store)
    await store.close()


async def _view(control: str, http: aiohttp.ClientSession) -> str:
    """The form's id, once it is there."""
    views: list[dict[str, Any]] = []
    async with asyncio.timeout(PATIENCE):
        while not views:
            async with http.get(f"{control}/idle?quiet_ms=30") as answer:
                await answer.read()
            async with http.get(f"{control}/state?user={USER}") as answer:
                views = (await answer.json())["views"]
    return str(views[-1]["id"])


def _busy(process: psutil.Process) -> float:
    """Milliseconds of the processor, in steps of a few."""
    times = process.cpu_times()
    return (times.user + times.system) * 1000


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _figures(size: int, found: dict[str, Times]) -> Figures:
    lines, said, missed = [], [], False
    for name, times in found.items():
        late = _percentile(times.bot, 99)
        share = sum(times.storage) / sum(times.bare)
        for way in ("bot", "storage", "bare", "neighbour"):
            each = getattr(times, way)
            middle, tail = median(each), _percentile(each, 99)
            lines.append(f"{name:10} {way:9} p50 {middle:6.1f} ms, p99 {tail:6.1f} ms")
        busy = [times.bot_busy, sum(times.storage_busy), sum(times.bare_busy)]
        means = "bot {:.1f} ms, storage {:.1f} ms, bare {:.1f} ms".format(
            *(each / len(times.bot) for each in busy)
        )
        lines.append(f"{name:10} processor, a question: {means}")
        slowest = max(range(len(TYPED)), key=lambda at: median(times.bot[at :: len(TYPED)]))
        lines.append(f"{name:10} slowest  {TYPED[slowest]!r}")
        said.append(f"{name} p99 {late:.0f} ms, storage {share:.1f} times its SQL")
        missed |= late > MOST or share > MOST_TIMES
    limits = f"(limits {MOST:.0f} ms, {MOST_TIMES:.0f})"
    return Figures(lines, f"search among {size} partners: {'; '.join(said)} {limits}", missed)


def _percentile(times: list[float], percent: int) -> float:
    """The nearest rank: a time that was measured, none in between."""
    return sorted(times)[math.ceil(len(times) * percent / 100) - 1]
