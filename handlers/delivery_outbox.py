"""All that is due in one library, said at the pace that Slack allows."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers import access
from handlers.clock import survived
from handlers.delivery import Errand
from handlers.delivery_pace import Pace, jittered
from handlers.delivery_slack import Told, Wait
from handlers.house import House
from handlers.language import settings
from storage import delivery_sending as sending
from storage.delivery_sending import Claimed

AT_ONCE = 4  # messages on their way to Slack; a slow one holds up few others
PACE_SECONDS = 1.0  # between two messages in one channel: Slack's own limit
LOOK_SECONDS = 1.0  # until what waits for its next try is looked at again
CLAIMED = 10  # taken together: two seconds' worth, well within the lease
# What is taken and not begun by then is let go of, for another process may have it.
BEGUN_WITHIN = sending.LEASE - timedelta(seconds=5)


class Outbox:
    """One library's. What it remembers between two messages is monotonic seconds."""

    def __init__(self, house: House, team: str) -> None:
        self._house = house
        self._team = team
        self._quiet_until: dict[str, float] = {}  # by channel or person
        self._nothing_until = 0.0  # what Slack asked for
        self._pace = Pace()
        self._taken: deque[Claimed] = deque()
        self._taken_until = 0.0
        self._claiming = asyncio.Lock()
        self._look = asyncio.Event()
        self._stopping = asyncio.Event()
        self._open = False
        self._stopped = False
        self._client: AsyncWebClient | None = None

    def open(self, client: AsyncWebClient) -> None:
        """Begin to say what is due, or look again where that is under way; returns at once.

        What goes out from now on goes with this client: the token may be another one than before.
        """
        self._client = client
        self._look.set()
        if not self._open and not self._stopped:
            self._open = True
            self._house.carry_on(self._until_empty())

    def stop(self) -> None:
        """Begin nothing more; what is on its way to Slack is finished."""
        self._stopped = True
        self._stopping.set()
        self._look.set()

    async def _until_empty(self) -> None:
        try:
            await survived("Deliveries", self._empty())
            await survived("Deliveries", self._put_back())
        finally:
            self._open = False

    async def _empty(self) -> None:
        """Until nothing is due any more, what waits for its next try included."""
        while not self._stopped:
            self._look.clear()
            # One that goes wrong must leave none of the others out of sight.
            await asyncio.gather(*(survived("A delivery", self._work()) for _ in range(AT_ONCE)))
            if not await self._is_due():
                if self._look.is_set():  # by what came meanwhile
                    continue
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pause()):
                    await self._look.wait()

    async def _is_due(self) -> bool:
        clock = self._house.clock
        due = await self._house.store.read(sending.teams_with_due, clock.now(), clock.real())
        return self._team in due and await self._may_speak()

    async def _may_speak(self) -> bool:
        return (await settings(self._house, self._team)).switched_on

    def _pause(self) -> float:
        """Seconds until something may go out again."""
        now = time.monotonic()
        waits = [until - now for until in (*self._quiet_until.values(), self._nothing_until)]
        return min((wait for wait in waits if wait > 0), default=LOOK_SECONDS)

    async def _work(self) -> None:
        while self._client and (claimed := await self._claim()):
            told = None
            try:
                told = await Errand(self._house, self._team, self._client, claimed).run()
            finally:
                self._rest(claimed, told)

    async def _claim(self) -> Claimed | None:
        async with self._claiming:
            while not self._stopped and (pause := self._pace.pause()):
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._stopping.wait()
            now = time.monotonic()
            if self._stopped or now < self._nothing_until or not await self._may_speak():
                return None
            if now >= self._taken_until:
                self._let_go()
            if not self._taken:
                await self._take(now)
            if not self._taken:
                return None
            self._pace.take()
            return self._taken.popleft()

    async def _take(self, now: float) -> None:
        """The next few; their lease begins at `now`."""
        self._quiet_until = {to: at for to, at in self._quiet_until.items() if at > now}
        clock = self._house.clock
        claimed = await self._house.store.write(
            sending.claim,
            self._team,
            now=clock.now(),
            real=clock.real(),
            resting=list(self._quiet_until),
            most=CLAIMED,
        )
        self._taken.extend(claimed)
        self._taken_until = now + BEGUN_WITHIN.total_seconds()
        for one in claimed:
            self._quiet_until[one.delivery.to] = math.inf  # until it is through
        people = [one.delivery.to for one in claimed if one.delivery.to_person]
        await self._know(people)

    async def _know(self, people: Iterable[str]) -> None:
        """Ask Slack for many of them together; each by herself would soon be too many questions."""
        if self._client:
            with suppress(SlackApiError, ClientError, TimeoutError):  # asked again for each
                await access.profiles(self._house, self._client, self._team, people)

    def _let_go(self) -> None:
        for one in self._taken:
            self._quiet_until.pop(one.delivery.to, None)
        self._taken.clear()

    async def _put_back(self) -> None:
        """What was taken and is not begun."""
        keys = [one.delivery.key for one in self._taken]
        self._let_go()
        if keys:
            await self._house.store.write(sending.put_back, self._team, keys)

    def _rest(self, claimed: Claimed, told: Told | None) -> None:
        now = time.monotonic()
        self._quiet_until[claimed.delivery.to] = now + (PACE_SECONDS if told else 0)
        if told is None:
            self._pace.give_back()
        if isinstance(told, Wait):
            pause = jittered(told.seconds)
            self._nothing_until = max(self._nothing_until, now + pause)
