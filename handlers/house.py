"""What lives as long as the process; every handler is handed it, nothing is a module's global."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import aiohttp
from slack_bolt.authorization import AuthorizeResult

from bot.evaluation_open import Place
from bot.questions import QuestionSet
from bot.workspace import Language, Workspace
from handlers.circle_kept import Pictures
from handlers.clock import Changed, Clock
from handlers.delivery_teams import Teams
from handlers.home_tabs import Tabs
from handlers.tick_plan import Plan
from storage.database import Store

log = logging.getLogger(__name__)

DRAIN_SECONDS = 10.0  # what handlers at work are given to finish when the process is told to stop
PROFILE_SECONDS = 600.0  # Slack tells of a change; this is for the replica that is not told
ANSWERABLE_SECONDS = 1800.0  # Slack takes an answer to a message clicked in for half an hour
REMEMBER_SECONDS = 60.0  # a setting changed in another replica is seen here within a minute

T = TypeVar("T")


class Cache(Generic[T]):
    """Values that are read at every interaction and change seldom, kept for a minute."""

    def __init__(self, seconds: float = REMEMBER_SECONDS) -> None:
        self._seconds = seconds
        self._kept: dict[tuple[str, ...], tuple[float, T]] = {}
        self._drops = 0

    def get(self, *key: str) -> T | None:
        """The value, if it is fresh."""
        at, value = self._kept.get(key, (0.0, None))
        return value if time.monotonic() - at < self._seconds else None

    async def fetch(self, read: Callable[[], Awaitable[T]], *key: str) -> T:
        """The value, read anew where it is not fresh.

        What was read before somebody dropped it may be the old one, and is not kept.
        """
        known = self.get(*key)
        if known is not None:
            return known
        drops = self._drops
        value = await read()
        return self.put(value, *key) if drops == self._drops else value

    def put(self, value: T, *key: str) -> T:
        """Keep a value, and give it back."""
        self._kept[key] = (time.monotonic(), value)
        return value

    def drop(self, *key: str) -> None:
        """Forget a value because it changed."""
        self._drops += 1
        self._kept.pop(key, None)

    def drop_team(self, team: str) -> None:
        """Forget every value whose key begins with the team."""
        self._drops += 1
        self._kept = {key: kept for key, kept in self._kept.items() if key[0] != team}


@dataclass
class House:
    """The parts that every handler may need."""

    store: Store
    clock: Clock
    session: aiohttp.ClientSession
    public_url: str = ""  # where browsers reach the bot; empty where they do not
    workspaces: Cache[Workspace] = field(default_factory=Cache)
    languages: Cache[Language] = field(default_factory=Cache)
    questions: Cache[QuestionSet] = field(default_factory=Cache)
    messages: Cache[str] = field(default_factory=lambda: Cache(ANSWERABLE_SECONDS))
    profiles: Cache[dict[str, Any]] = field(default_factory=lambda: Cache(PROFILE_SECONDS))
    colleagues: Cache[dict[str, str]] = field(default_factory=lambda: Cache(PROFILE_SECONDS))
    places: Cache[Place] = field(default_factory=Cache)
    authorized: Cache[AuthorizeResult] = field(default_factory=Cache)
    tabs: Tabs = field(default_factory=Tabs)
    pictures: Pictures = field(default_factory=Pictures)
    changed: Changed = field(default_factory=Changed)
    teams: Teams = field(default_factory=Teams)
    plan: Plan = field(default_factory=Plan)
    learning: asyncio.Lock = field(default_factory=asyncio.Lock)  # everybody, once
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)  # one large file at a time
    wake: Callable[[], None] = lambda: None  # once the tick has started, lets it look at once
    _at_work: int = 0
    _going_on: set[asyncio.Task[None]] = field(default_factory=set)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def forget(self, team: str) -> None:
        """A library came or went: what was remembered of it holds no longer."""
        for cache in (
            self.workspaces,
            self.languages,
            self.questions,
            self.profiles,
            self.colleagues,
            self.places,
            self.authorized,
        ):
            cache.drop_team(team)
        self.tabs.drop_team(team)
        self.pictures.drop_team(team)

    def busy(self) -> int:
        """How many handlers are at work now."""
        return self._at_work

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Count a handler in, so that shutdown and the sandbox's clock wait for it."""
        self._at_work += 1
        try:
            yield
        finally:
            self._at_work -= 1
            self.changed.tell()

    def carry_on(self, work: Coroutine[Any, Any, None]) -> None:
        """Let work go on after the answer, counted in from now until its end."""
        counted = ExitStack()
        counted.enter_context(self.at_work())
        task = asyncio.create_task(work)
        self._going_on.add(task)  # the loop itself would let it be collected half-way
        task.add_done_callback(self._going_on.discard)
        task.add_done_callback(lambda _: counted.close())

    async def pause(self, seconds: float) -> None:
        """Let so much time pass, or less when the process is told to stop."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()

    async def drain(self) -> None:
        """Wait until what was acknowledged is done; the process may then stop."""
        self._stopping.set()
        with_patience = asyncio.timeout(DRAIN_SECONDS)
        try:
            async with with_patience:
                while self._at_work:
                    await self.changed.wait()
        except TimeoutError:
            log.warning("Stopped with %d handlers still at work", self._at_work)
