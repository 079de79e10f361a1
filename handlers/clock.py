"""What time it is: the machine's clock, or the sandbox's, which can be wound forward."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

log = logging.getLogger(__name__)

RETRY_SECONDS = 0.5  # between two tries when the sandbox does not answer
LATE = timedelta(seconds=1)  # what an answer takes at most to get here
POLL_SECONDS = 30.0  # longer than the sandbox holds a question before it answers


async def survived(what: str, work: Awaitable[None]) -> bool:
    """Do what nobody waits for; False where it went wrong, for the log to tell."""
    try:
        await work
    except Exception:
        log.exception("%s went wrong", what)
        return False
    return True


def _nobody() -> None:
    """Tell nobody."""


class Clock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""
        return datetime.now(UTC)

    def real(self) -> datetime:
        """The machine's time, which nobody winds: for what processes agree on."""
        return datetime.now(UTC)

    def on_wound(self, tell: Callable[[], None]) -> None:
        """Whom to tell each time that it is wound; the machine's never is."""

    async def start(self, busy: Callable[[], int], changed: "Changed") -> None:
        """Begin to follow another clock; the machine's follows none."""

    async def stop(self) -> None:
        """Stop following."""


class Changed:
    """Tells whoever waits that the number of handlers at work changed."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def tell(self) -> None:
        """Wake all who wait now."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self) -> None:
        """Wait for the next time it is told."""
        await self._event.wait()


class SandboxClock(Clock):
    """Follows the sandbox's clock (PARTNERBOT_CLOCK_URL) by long-polling it.

    Each question reports the last revision seen and how many handlers are at work, so that the
    sandbox knows when everything due at that moment is done.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._name = f"bot-{secrets.token_hex(4)}"  # replicas may have one process id
        self._told = datetime.now(UTC)
        self._told_at = time.monotonic()
        self._revision = 0
        self._shift: float | None = None
        self._task: asyncio.Task[None] | None = None
        self._tell: Callable[[], None] = _nobody

    def now(self) -> datetime:
        """The sandbox's time: what it last said, and what has passed since."""
        return self._told + timedelta(seconds=time.monotonic() - self._told_at)

    def on_wound(self, tell: Callable[[], None]) -> None:
        """Whom to tell each time that it is wound, before the sandbox is told that it was seen."""
        self._tell = tell

    async def start(self, busy: Callable[[], int], changed: Changed) -> None:
        """Ask once, so that the time is right from the first moment, then keep following."""
        async with aiohttp.ClientSession() as session:
            await self._ask(session, busy())
        self._task = asyncio.create_task(self._follow(busy, changed))

    async def stop(self) -> None:
        """Stop following."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _follow(self, busy: Callable[[], int], changed: Changed) -> None:
        timeout = aiohttp.ClientTimeout(total=POLL_SECONDS + 10)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                reported = busy()
                question = asyncio.create_task(self._ask(session, reported))
                try:
                    while not question.done() and busy() == reported:
                        await self._either(question, changed)
                    if question.done():
                        question.result()
                except (aiohttp.ClientError, TimeoutError) as error:
                    log.warning("The sandbox's clock does not answer: %s", error)
                    await asyncio.sleep(RETRY_SECONDS)
                finally:
                    question.cancel()

    @staticmethod
    async def _either(question: asyncio.Task[None], changed: Changed) -> None:
        waiter = asyncio.create_task(changed.wait())
        try:
            await asyncio.wait({question, waiter}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiter.cancel()

    async def _ask(self, session: aiohttp.ClientSession, busy: int) -> None:
        query = {"follower": self._name, "rev": str(self._revision), "busy": str(busy)}
        async with session.get(self._url, params=query) as answer:
            told: dict[str, Any] = await answer.json()
        self._set(datetime.fromisoformat(told["now"]))
        self._revision = told["rev"]
        if self._shift != told["shift"]:
            self._shift = told["shift"]
            self._tell()

    def _set(self, told: datetime) -> None:
        """Take over what was told, unless it is only late: what is due now stays due."""
        if not timedelta(0) <= self.now() - told < LATE:
            self._told, self._told_at = told, time.monotonic()
