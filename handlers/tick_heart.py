"""What lets the tick beat each second, whatever somebody does to the machine's clock."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from handlers.clock import Clock

log = logging.getLogger(__name__)

SECONDS = 1.0


class Heart:
    """One job of APScheduler's, and a watch over its clock.

    The scheduler remembers when it is to call next. Set back by an hour, it would wait that hour.
    """

    def __init__(self, clock: Clock, beat: Callable[[], Awaitable[None]]) -> None:
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._job = self._scheduler.add_job(
            beat,
            "interval",
            seconds=SECONDS,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._watching: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()
        self._watching = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Beat no more; a beat that has not ended is cancelled. Once stopped, it stays so."""
        watching, self._watching = self._watching, None
        if watching is None:
            return
        self._scheduler.shutdown(wait=False)
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    async def _watch(self) -> None:
        while True:
            before = self._clock.real()
            await asyncio.sleep(SECONDS)
            now = self._clock.real()
            if now < before:
                log.warning("The machine's clock was set back by %s", before - now)
                self._job.modify(next_run_time=now)
